/* test_linker.c - tests of geo/figures/linker.
 * Results updated after each edit equal those computed anew, in every edition. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "geo/figures/coverage.h"
#include "geo/figures/irrigation.h"
#include "geo/figures/linker.h"
#include "geo/store/db_sqlite.h"
#include "geo/store/results.h"
#include "geo/store/store_internal.h"
#include "tests/support/must.h"
#include "tests/unit/country.h"

static int set_up(void **state)
{
    *state = country_new();
    return 0;
}

static int tear_down(void **state)
{
    country_free(*state);
    return 0;
}

/* Every row of the results as text, numbers with nine digits: overlaps elsewhere in a
 * cluster may change the last digits. */
static char *dump(struct geo_store *store)
{
    static const char *const queries[] = {
        "SELECT capa, registro, edicion, orden, municipio, metodo, estado,"
        " printf('%.9g', distancia_m), printf('%.9g', parte), zona_urbana FROM vinculos"
        " ORDER BY capa, registro, edicion, orden",
        "SELECT edicion, municipio, areas, printf('%.9g', bruto_m2), printf('%.9g', neto_m2),"
        " printf('%.9g', declarado_ha) FROM riego_municipal ORDER BY edicion, municipio",
        "SELECT edicion, codigo, alianzas, familias, mujeres, comprometido_cts, solicitado_cts,"
        " transferido_cts, descargado_cts, printf('%.9g', riego_bruto_m2),"
        " printf('%.9g', riego_neto_m2), printf('%.9g', riego_declarado_ha), subproyectos,"
        " subproyectos_familias, subproyectos_comprometido_cts, subproyectos_ejecutado_cts,"
        " poblacion_rural, viviendas_rurales, cobertura_familias_pct, areas_riego,"
        " alianzas_modelo1, alianzas_modelo2, alianzas_modelo3, alianzas_riego_tecnificado,"
        " alianzas_agua_ganaderia, alianzas_apicultura, alianzas_piscicultura, alianzas_otro,"
        " alianzas_etapa_solicitud, alianzas_etapa_evaluacion, alianzas_etapa_plan,"
        " alianzas_etapa_viable, alianzas_etapa_convenio, alianzas_etapa_inversion,"
        " alianzas_etapa_operacion, alianzas_etapa_concluida, alianzas_etapa_rechazada,"
        " alianzas_etapa_abandonada, subproyectos_evaluacion_fps, subproyectos_licitacion,"
        " subproyectos_ejecucion, subproyectos_recepcion_provisional,"
        " subproyectos_recepcion_definitiva"
        " FROM cobertura ORDER BY edicion, codigo",
    };
    struct buf out;
    buf_init(&out);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct err err = {0};
        sqlite3_stmt *statement = db_statement(store->db, queries[i], &err);
        if (!statement)
            fail_msg("%s", err.message);
        while (sqlite3_step(statement) == SQLITE_ROW) {
            for (int c = 0; c < sqlite3_column_count(statement); c++)
                buf_printf(&out, "%s|", db_statement_word(statement, c));
            buf_putc(&out, '\n');
        }
        sqlite3_finalize(statement);
    }
    return buf_take(&out, NULL);
}

static void compute_anew(struct geo_store *store)
{
    struct err err = {0};
    must(geo_store_begin(store, &err), &err);
    must(db_script(store->db,
                   "DELETE FROM vinculos; DELETE FROM riego_municipal; DELETE FROM cobertura;",
                   "borrar", &err),
         &err);
    must(geo_link_all(store, NULL, NULL, NULL, NULL, &err), &err);
    must(geo_store_commit(store, &err), &err);
}

/* The first line where two texts differ, for the message. */
static void same_lines(const char *kept, const char *anew, int edits)
{
    const char *a = kept, *b = anew;
    while (*a && *b) {
        size_t la = strcspn(a, "\n"), lb = strcspn(b, "\n");
        if (la != lb || memcmp(a, b, la) != 0)
            break;
        a += la + (a[la] == '\n');
        b += lb + (b[lb] == '\n');
    }
    if (*a || *b)
        fail_msg("after %d edits:\n  kept %.*s\n  anew %.*s", edits, (int)strcspn(a, "\n"), a,
                 (int)strcspn(b, "\n"), b);
}

/* Random edits ------------------------------------------------------------ */

static void a_place(uint64_t *dice, double *lon, double *lat)
{
    *lon = dice_real(dice, -66.03, -65.6);
    *lat = dice_real(dice, -18.02, -17.79);
}

static struct geo_value a_date(uint64_t *dice, char day[11])
{
    if (dice_int(dice, 4) == 0)
        return a_text(NULL);
    snprintf(day, 11, "20%02d-%02d-%02d", 18 + dice_int(dice, 5), 1 + dice_int(dice, 12),
             1 + dice_int(dice, 28));
    return a_text(day);
}

static struct geo_value a_declaration(uint64_t *dice)
{
    static const char *const codes[] = {"010101", "050102", "080606", "999999"};
    int which = dice_int(dice, 8);
    return a_text(which < 4 ? codes[which] : NULL);
}

static int64_t put_alianza(struct geo_store *store, uint64_t *dice, const char *codigo)
{
    static const char *const money[] = {"comprometido_cts", "solicitado_cts", "transferido_cts",
                                        "descargado_cts"};
    char day[11];
    double lon, lat;
    struct draft draft = draft_new("alianzas");
    a_place(dice, &lon, &lat);
    draft_set(&draft, "codigo", a_text(codigo));
    draft_set(&draft, "nombre", a_text("Prueba"));
    draft_set(&draft, "familias", an_int(dice_int(dice, 60)));
    draft_set(&draft, "mujeres", an_int(dice_int(dice, 20)));
    for (int i = 0; i < 4; i++)
        draft_set(&draft, money[i], an_int(dice_int(dice, 100000000)));
    draft_set(&draft, "fecha_convenio", a_date(dice, day));
    draft_set(&draft, "municipio_codigo", a_declaration(dice));
    if (dice_int(dice, 5))
        wkb_point(&draft.wkb, lon, lat);
    return draft_put(&draft, store);
}

static int64_t put_area(struct geo_store *store, uint64_t *dice, const char *codigo)
{
    char day[11];
    double lon, lat, width = dice_real(dice, 0.001, 0.05), height = dice_real(dice, 0.001, 0.05);
    struct draft draft = draft_new("areas_riego");
    a_place(dice, &lon, &lat);
    draft_set(&draft, "codigo", a_text(codigo));
    draft_set(&draft, "declarado_ha",
              dice_int(dice, 3) ? a_real(dice_int(dice, 100)) : a_text(NULL));
    draft_set(&draft, "fecha_operacion", a_date(dice, day));
    draft_set(&draft, "municipio_codigo", a_declaration(dice));
    if (dice_int(dice, 8))
        wkb_square(&draft.wkb, lon, lat, lon + width, lat + height);
    return draft_put(&draft, store);
}

static int64_t put_subproyecto(struct geo_store *store, uint64_t *dice, const char *codigo)
{
    char day[11];
    double lon, lat;
    struct draft draft = draft_new("subproyectos");
    a_place(dice, &lon, &lat);
    draft_set(&draft, "codigo", a_text(codigo));
    draft_set(&draft, "nombre", a_text("Obra"));
    draft_set(&draft, "estado", a_text(dice_int(dice, 2) ? "ejecucion" : "licitacion"));
    draft_set(&draft, "familias", an_int(dice_int(dice, 300)));
    draft_set(&draft, "comprometido_empoderar_cts", an_int(dice_int(dice, 1000000)));
    draft_set(&draft, "ejecutado_cp_cts", an_int(dice_int(dice, 1000000)));
    draft_set(&draft, "fecha_inicio", a_date(dice, day));
    draft_set(&draft, "municipio_codigo", a_declaration(dice));
    switch (dice_int(dice, 4)) {
    case 0:
        wkb_point(&draft.wkb, lon, lat);
        break;
    case 1:
        wkb_line(&draft.wkb, lon, lat, lon + dice_real(dice, -0.1, 0.1), lat + 0.03);
        break;
    case 2:
        wkb_square(&draft.wkb, lon, lat, lon + 0.02, lat + 0.02);
        break;
    default:
        break;
    }
    return draft_put(&draft, store);
}

struct kind {
    const char *table, *prefix;
    int64_t (*put)(struct geo_store *store, uint64_t *dice, const char *codigo);
};

static const struct kind kinds[] = {
    {"alianzas", "A", put_alianza},
    {"areas_riego", "R", put_area},
    {"subproyectos", "S", put_subproyecto},
};

enum { CODES = 40 };

/* One edit: a record written or removed, in its own transaction. */
static void edit(struct geo_linker *linker, struct geo_store *store, uint64_t *dice,
                 int64_t ids[3][CODES])
{
    struct err err = {0};
    char codigo[24];
    int which = dice_int(dice, 3), number = dice_int(dice, CODES);
    const struct geo_table *table = geo_table_find(kinds[which].table);
    snprintf(codigo, sizeof codigo, "%s%d", kinds[which].prefix, number);
    must(geo_store_begin(store, &err), &err);
    int64_t id = ids[which][number];
    if (id && dice_int(dice, 3) == 0) {
        must(geo_store_remove(store, table, id, &err), &err);
        ids[which][number] = 0;
    } else
        id = ids[which][number] = kinds[which].put(store, dice, codigo);
    must(geo_linker_update(linker, table, &id, 1, NULL, NULL, &err), &err);
    must(geo_store_commit(store, &err), &err);
}

static void edits_leave_what_computing_anew_gives(void **state)
{
    enum { EDITS = 480, CHECK_EVERY = 60 };
    struct country *country = *state;
    struct err err = {0};
    uint64_t dice = 7;
    int64_t ids[3][CODES] = {{0}};
    compute_anew(country->store);
    struct geo_linker *linker = geo_linker_open(country->store, &err);
    must(linker != NULL, &err);
    for (int i = 1; i <= EDITS; i++) {
        edit(linker, country->store, &dice, ids);
        if (i % CHECK_EVERY)
            continue;
        char *kept = dump(country->store);
        compute_anew(country->store);
        char *anew = dump(country->store);
        assert_non_null(strstr(anew, "conflicto"));
        assert_non_null(strstr(anew, "en_agua"));
        same_lines(kept, anew, i);
        free(kept);
        free(anew);
    }
    geo_linker_close(linker);
}

static void many_at_once_are_as_one_by_one(void **state)
{
    struct country *country = *state;
    struct err err = {0};
    uint64_t dice = 11;
    int64_t ids[200];
    compute_anew(country->store);
    for (int k = 0; k < 3; k++) {
        must(geo_store_begin(country->store, &err), &err);
        for (int i = 0; i < 200; i++) {
            char codigo[24];
            snprintf(codigo, sizeof codigo, "%s%d", kinds[k].prefix, i);
            ids[i] = kinds[k].put(country->store, &dice, codigo);
        }
        ids[0] = 123456; /* no record has it */
        must(geo_link_update(country->store, geo_table_find(kinds[k].table), ids, 200, NULL, NULL,
                             &err),
             &err);
        /* The one left out has no links yet. */
        must(geo_link_update(country->store, geo_table_find(kinds[k].table), NULL, 0, NULL, NULL,
                             &err),
             &err);
        must(geo_store_commit(country->store, &err), &err);
    }
    char *kept = dump(country->store);
    compute_anew(country->store);
    char *anew = dump(country->store);
    same_lines(kept, anew, 600);
    free(kept);
    free(anew);
}

static int64_t revision(struct geo_store *store, const char *layer)
{
    struct err err = {0};
    struct geo_layer_info info;
    must(geo_store_layer(store, layer, &info, &err), &err);
    return info.revision;
}

static void only_what_changed_is_touched(void **state)
{
    struct country *country = *state;
    struct geo_store *store = country->store;
    struct err err = {0};
    const struct geo_table *alianzas = geo_table_find("alianzas");
    compute_anew(store);
    struct draft draft = draft_new("alianzas");
    draft_set(&draft, "codigo", a_text("A1"));
    draft_set(&draft, "nombre", a_text("Prueba"));
    draft_set(&draft, "fecha_convenio", a_text("2020-01-01"));
    wkb_point(&draft.wkb, -65.95, -17.85);
    must(geo_store_begin(store, &err), &err);
    int64_t before[3] = {revision(store, "alianzas"), revision(store, "municipios"),
                         revision(store, "areas_riego")};
    int64_t id = draft_put(&draft, store);
    struct geo_link_counts counts;
    must(geo_link_update(store, alianzas, &id, 1, NULL, &counts, &err), &err);
    assert_int_equal(counts.records, 1);
    assert_int_equal(counts.by_state[GEO_STATE_LOCATED], 1);
    int64_t linked = revision(store, "alianzas");
    assert_true(linked > before[0]);
    assert_true(revision(store, "municipios") > before[1]);
    assert_int_equal(revision(store, "areas_riego"), before[2]);
    int64_t again = revision(store, "municipios");
    must(geo_link_update(store, alianzas, &id, 1, NULL, NULL, &err), &err);
    assert_int_equal(revision(store, "alianzas"), linked);
    assert_int_equal(revision(store, "municipios"), again);
    geo_store_rollback(store);
}

static void facts_and_boundaries_bring_their_figures(void **state)
{
    struct country *country = *state;
    struct geo_store *store = country->store;
    struct err err = {0};
    uint64_t dice = 3;
    int64_t ids[3][CODES] = {{0}};
    compute_anew(store);
    struct geo_linker *linker = geo_linker_open(store, &err);
    for (int i = 0; i < 60; i++)
        edit(linker, store, &dice, ids);
    must(geo_store_begin(store, &err), &err);
    struct draft fact = draft_new("hechos_municipio");
    draft_set(&fact, "codigo", a_text("010101"));
    draft_set(&fact, "hecho", a_text("viviendas_rurales_2024"));
    draft_set(&fact, "valor", a_real(321));
    int64_t id = draft_put(&fact, store);
    must(geo_linker_update(linker, geo_table_find("hechos_municipio"), &id, 1, NULL, NULL, &err),
         &err);
    /* The lake grows over the shore of the sixth municipality: towns and water change what
     * lies where. */
    put_named(store, "cuerpos_agua", "Otro lago", -66.1, -18.1, -66.0, -17.8);
    must(geo_linker_update(linker, geo_table_find("cuerpos_agua"), NULL, 0, NULL, NULL, &err),
         &err);
    must(geo_store_commit(store, &err), &err);
    edit(linker, store, &dice, ids);
    /* A border changes without the linker; it notices by the layer's revision. */
    must(geo_store_begin(store, &err), &err);
    struct draft unit = draft_new("municipios");
    draft_set(&unit, "edicion", a_text("dos"));
    draft_set(&unit, "codigo", a_text("010101"));
    draft_set(&unit, "nombre", a_text("Sucre"));
    draft_set(&unit, "departamento", a_text("Chuquisaca"));
    draft_set(&unit, "uo", a_text("Chuquisaca"));
    wkb_square(&unit.wkb, -66.0, -18.0, -65.86, -17.8);
    draft_put(&unit, store);
    must(geo_store_touch(store, "municipios", NULL, false, NULL, &err), &err);
    must(geo_link_all(store, "dos", NULL, NULL, NULL, &err), &err);
    must(geo_store_commit(store, &err), &err);
    for (int i = 0; i < 20; i++)
        edit(linker, store, &dice, ids);
    char *kept = dump(store);
    assert_non_null(strstr(kept, "|321"));
    compute_anew(store);
    char *anew = dump(store);
    same_lines(kept, anew, 81);
    free(kept);
    free(anew);
    geo_linker_close(linker);
}

static void stored_figures_are_those_computed_for_the_last_day(void **state)
{
    struct country *country = *state;
    struct err err = {0};
    uint64_t dice = 5;
    int64_t ids[3][CODES] = {{0}};
    compute_anew(country->store);
    struct geo_linker *linker = geo_linker_open(country->store, &err);
    for (int i = 0; i < 120; i++)
        edit(linker, country->store, &dice, ids);
    geo_linker_close(linker);
    static const char *const editions[] = {"seis", "dos"};
    for (int e = 0; e < 2; e++)
        for (int group = GEO_BY_MUNICIPIO; group <= GEO_BY_NACIONAL; group++) {
            struct geo_coverage_query query = {.group = (enum geo_group)group,
                                               .edition = editions[e]};
            struct geo_coverage *now = geo_coverage_compute(country->store, &query, &err);
            query.as_of = "2100-01-01";
            struct geo_coverage *then = geo_coverage_compute(country->store, &query, &err);
            must(now && then, &err);
            assert_int_equal(now->n_rows, then->n_rows);
            for (size_t i = 0; i < now->n_rows; i++) {
                const struct geo_coverage_row *a = &now->rows[i], *b = &then->rows[i];
                assert_string_equal(a->nombre, b->nombre);
                assert_int_equal(a->familias, b->familias);
                assert_int_equal(a->mujeres, b->mujeres);
                assert_int_equal(a->comprometido_cts, b->comprometido_cts);
                assert_int_equal(a->solicitado_cts, b->solicitado_cts);
                assert_int_equal(a->transferido_cts, b->transferido_cts);
                assert_int_equal(a->descargado_cts, b->descargado_cts);
                assert_int_equal(a->subproyectos, b->subproyectos);
                assert_int_equal(a->subproyectos_familias, b->subproyectos_familias);
                assert_int_equal(a->subproyectos_comprometido_cts,
                                 b->subproyectos_comprometido_cts);
                assert_int_equal(a->subproyectos_ejecutado_cts, b->subproyectos_ejecutado_cts);
                assert_memory_equal(a->por_modelo, b->por_modelo, sizeof a->por_modelo);
                assert_memory_equal(a->por_rubro, b->por_rubro, sizeof a->por_rubro);
                assert_memory_equal(a->por_etapa, b->por_etapa, sizeof a->por_etapa);
                assert_memory_equal(a->por_estado, b->por_estado, sizeof a->por_estado);
                assert_int_equal(a->municipios_riego, b->municipios_riego);
                assert_int_equal(a->areas_riego, b->areas_riego);
                assert_true(fabs(a->riego_neto_m2 - b->riego_neto_m2) <= 1e-9 * b->riego_neto_m2);
                assert_true(fabs(a->riego_bruto_m2 - b->riego_bruto_m2) <=
                            1e-9 * b->riego_bruto_m2);
            }
            geo_coverage_free(now);
            geo_coverage_free(then);
        }
}

static int64_t families(struct geo_store *store)
{
    struct err err = {0};
    const struct geo_coverage_query query = {.group = GEO_BY_NACIONAL, .edition = "seis"};
    struct geo_coverage *coverage = geo_coverage_compute(store, &query, &err);
    must(coverage != NULL, &err);
    int64_t sum = coverage->rows[0].familias;
    geo_coverage_free(coverage);
    return sum;
}

static void change(struct geo_store *store, const char *sql)
{
    struct err err = {0};
    must(db_script(store->db, sql, "cambiar", &err), &err);
}

/* Shows where the figures come from: the table is given other numbers. */
static void rows_of_an_earlier_schema_are_counted_from_the_records(void **state)
{
    struct geo_store *store = ((struct country *)*state)->store;
    compute_anew(store);
    int64_t counted = families(store);
    change(store, "UPDATE cobertura SET familias = familias + 1000 WHERE codigo = ''");
    assert_int_equal(families(store), counted + 1000);
    change(store, "UPDATE cobertura SET alianzas_otro = NULL"
                  " WHERE codigo = (SELECT min(codigo) FROM municipios WHERE edicion = 'seis')");
    assert_int_equal(families(store), counted);
    compute_anew(store);
    change(store, "DELETE FROM cobertura WHERE edicion = 'seis' AND codigo = ''");
    assert_int_equal(families(store), counted);
}

struct findings {
    int n;
    char last[256];
};

static void note_finding(void *arg, const char *finding)
{
    struct findings *findings = arg;
    findings->n++;
    snprintf(findings->last, sizeof findings->last, "%s", finding);
}

static struct findings check(struct geo_store *store)
{
    struct err err = {0};
    struct findings findings = {0};
    int64_t n = 0;
    must(geo_coverage_check(store, note_finding, &findings, &n, &err), &err);
    assert_int_equal(n, findings.n);
    return findings;
}

static void a_table_that_is_not_the_records_is_found(void **state)
{
    struct geo_store *store = ((struct country *)*state)->store;
    uint64_t dice = 11;
    int64_t ids[3][CODES] = {{0}};
    struct err err = {0};
    compute_anew(store);
    struct geo_linker *linker = geo_linker_open(store, &err);
    for (int i = 0; i < 60; i++)
        edit(linker, store, &dice, ids);
    geo_linker_close(linker);
    assert_int_equal(check(store).n, 0);
    change(store, "UPDATE cobertura SET subproyectos_licitacion = subproyectos_licitacion + 1"
                  " WHERE edicion = 'dos' AND codigo <> ''");
    struct findings findings = check(store);
    assert_int_equal(findings.n, 1);
    assert_non_null(strstr(findings.last, "edición dos: 2 filas no corresponden"));
    assert_non_null(strstr(findings.last, "sigg link"));
}

/* The municipality that a linker finds by a name; -1: none. */
static int named(struct geo_linker *linker, const char *nombre)
{
    const struct geo_edition *edition;
    const struct geo_names *names;
    struct err err = {0};
    must(geo_linker_edition(linker, "dos", &edition, &names, &err), &err);
    return geo_names_find(names, nombre, NULL).unit;
}

static void a_new_alias_is_noticed(void **state)
{
    struct geo_store *store = ((struct country *)*state)->store;
    struct err err = {0};
    struct geo_linker *linker = geo_linker_open(store, &err);
    must(linker != NULL, &err);
    assert_int_equal(named(linker, "Villa Inventada"), -1);
    must(geo_store_begin(store, &err), &err);
    must(geo_store_alias_put(store, "Villa Inventada", "010101", &err), &err);
    must(geo_store_commit(store, &err), &err);
    assert_int_not_equal(named(linker, "Villa Inventada"), -1);
    geo_linker_close(linker);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(edits_leave_what_computing_anew_gives, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_at_once_are_as_one_by_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_what_changed_is_touched, set_up, tear_down),
        cmocka_unit_test_setup_teardown(facts_and_boundaries_bring_their_figures, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_new_alias_is_noticed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(stored_figures_are_those_computed_for_the_last_day, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(rows_of_an_earlier_schema_are_counted_from_the_records,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_table_that_is_not_the_records_is_found, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
