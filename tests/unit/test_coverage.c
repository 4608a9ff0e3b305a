/* test_coverage.c - tests of geo/figures/coverage and irrigation.
 * What counts on which day, and in which place. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "geo/figures/coverage.h"
#include "geo/figures/irrigation.h"
#include "geo/figures/linker.h"
#include "tests/support/must.h"
#include "tests/unit/country.h"

static void put_alianza(struct geo_store *store, const char *codigo, const char *municipio,
                        const char *convenio, int64_t familias, const char *rubro, int64_t modelo)
{
    struct draft draft = draft_new("alianzas");
    draft_set(&draft, "codigo", a_text(codigo));
    draft_set(&draft, "nombre", a_text("Prueba"));
    draft_set(&draft, "rubro", a_text(rubro));
    draft_set(&draft, "modelo", an_int(modelo));
    draft_set(&draft, "etapa", a_text(convenio ? "convenio" : "viable"));
    draft_set(&draft, "familias", an_int(familias));
    draft_set(&draft, "mujeres", an_int(familias / 2));
    draft_set(&draft, "comprometido_cts", an_int(familias * 101));
    draft_set(&draft, "fecha_convenio", a_text(convenio));
    draft_set(&draft, "municipio_codigo", a_text(municipio));
    draft_put(&draft, store);
}

static void put_area(struct geo_store *store, const char *codigo, const char *alianza,
                     const char *operacion, double x0, double y0, double x1, double y1)
{
    struct draft draft = draft_new("areas_riego");
    draft_set(&draft, "codigo", a_text(codigo));
    draft_set(&draft, "alianza_codigo", a_text(alianza));
    draft_set(&draft, "fecha_operacion", a_text(operacion));
    draft_set(&draft, "declarado_ha", a_real(10));
    wkb_square(&draft.wkb, x0, y0, x1, y1);
    draft_put(&draft, store);
}

static void put_subproyecto(struct geo_store *store, const char *codigo, const char *municipio,
                            const char *inicio, const char *estado)
{
    struct draft draft = draft_new("subproyectos");
    draft_set(&draft, "codigo", a_text(codigo));
    draft_set(&draft, "nombre", a_text("Obra"));
    draft_set(&draft, "estado", a_text(estado));
    draft_set(&draft, "familias", an_int(100));
    draft_set(&draft, "comprometido_empoderar_cts", an_int(1000));
    draft_set(&draft, "comprometido_cp_cts", an_int(300));
    draft_set(&draft, "ejecutado_empoderar_cts", an_int(70));
    draft_set(&draft, "ejecutado_cp_cts", an_int(7));
    draft_set(&draft, "fecha_inicio", a_text(inicio));
    draft_set(&draft, "municipio_codigo", a_text(municipio));
    draft_put(&draft, store);
}

static int set_up(void **state)
{
    struct err err = {0};
    struct country *country = country_new();
    struct geo_store *store = country->store;
    must(geo_store_begin(store, &err), &err);
    put_alianza(store, "A1", "010101", "2019-06-30", 10, "apicultura", 1);
    put_alianza(store, "A2", "010101", "2020-06-30", 20, "riego_tecnificado", 1);
    put_alianza(store, "A3", "010104", "2021-06-30", 40, "apicultura", 2);
    put_alianza(store, "A4", "080606", NULL, 80, "otro", 3);      /* no convenio: never counts */
    put_alianza(store, "A5", NULL, "2021-01-01", 160, "otro", 3); /* no municipality */
    put_alianza(store, "A6", "050102", "2022-01-01", 320, "piscicultura", 1);
    /* Two plots overlapping by half, one crossing to 050102; one beyond the border. */
    put_area(store, "R1", "A1", "2020-01-01", -65.95, -17.95, -65.94, -17.94);
    put_area(store, "R2", "A3", NULL, -65.945, -17.95, -65.935, -17.94);
    put_area(store, "R3", "A4", NULL, -65.905, -17.95, -65.895, -17.94);
    put_area(store, "R4", NULL, NULL, -66.02, -17.95, -66.01, -17.94);
    put_subproyecto(store, "S1", "050103", "2020-05-05", "ejecucion");
    put_subproyecto(store, "S2", "050103", NULL, "licitacion");
    put_subproyecto(store, "S3", NULL, "2021-05-05", "ejecucion");
    put_fact(store, "010101", "viviendas_rurales_2012", 1);
    put_fact(store, "010101", "viviendas_rurales_2024", 300);
    put_fact(store, "010101", "viviendas_rurales", 2);
    put_fact(store, "010101", "poblacion_rural_2024", 900);
    put_fact(store, "010101", "poblacion_rural_pct", 55); /* a fact that coverage does not use */
    put_fact(store, "010104", "viviendas_rurales", 100);
    put_fact(store, "080606", "viviendas_rurales", 0);
    must(geo_link_all(store, NULL, NULL, NULL, NULL, &err), &err);
    must(geo_store_commit(store, &err), &err);
    *state = country;
    return 0;
}

static int tear_down(void **state)
{
    country_free(*state);
    return 0;
}

static struct geo_coverage *compute(struct geo_store *store, enum geo_group group,
                                    const char *as_of, const char *edition)
{
    struct err err = {0};
    struct geo_coverage_query query = {.group = group, .as_of = as_of, .edition = edition};
    struct geo_coverage *coverage = geo_coverage_compute(store, &query, &err);
    must(coverage != NULL, &err);
    return coverage;
}

static const struct geo_coverage_row *row_of(const struct geo_coverage *coverage, const char *key)
{
    for (size_t i = 0; i < coverage->n_rows; i++)
        if (strcmp(coverage->rows[i].codigo, key) == 0 ||
            strcmp(coverage->rows[i].nombre, key) == 0)
            return &coverage->rows[i];
    fail_msg("no row %s", key);
    return NULL;
}

static const double plot_ha = 117.25166706438065; /* PostGIS: tests/unit/test_overlap.c */

static void records_count_from_their_day(void **state)
{
    static const struct {
        const char *name, *as_of, *row;
        int64_t alianzas, familias, subproyectos;
        double gross, net; /* plots */
    } cases[] = {
        {"all known", NULL, "010101", 2, 30, 0, 2.5, 2},
        {"before the first", "2019-06-29", "010101", 0, 0, 0, 0.5, 0.5},
        {"on its day", "2019-06-30", "010101", 1, 10, 0, 0.5, 0.5},
        {"an area by its own date", "2020-01-01", "010101", 1, 10, 0, 1.5, 1.5},
        {"an area by its alliance's date", "2021-06-30", "010101", 2, 30, 0, 2.5, 2},
        {"one day before", "2021-06-29", "010101", 2, 30, 0, 1.5, 1.5},
        {"part of an area next door", NULL, "050102", 1, 320, 0, 0.5, 0.5},
        {"an area of an alliance without a date", "2019-01-01", "050102", 0, 0, 0, 0.5, 0.5},
        {"an application is no coverage", NULL, "080606", 0, 0, 0, 0, 0},
        {"works", NULL, "050103", 0, 0, 2, 0, 0},
        {"works before the start", "2020-05-04", "050103", 0, 0, 1, 0, 0},
        {"without municipality", NULL, "Sin municipio", 1, 160, 1, 1, 1},
    };
    const struct country *country = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct geo_coverage *coverage =
            compute(country->store, GEO_BY_MUNICIPIO, cases[i].as_of, NULL);
        const struct geo_coverage_row *row = row_of(coverage, cases[i].row);
        if (row->alianzas != cases[i].alianzas || row->familias != cases[i].familias ||
            row->mujeres != cases[i].familias / 2 ||
            row->comprometido_cts != cases[i].familias * 101 ||
            row->subproyectos != cases[i].subproyectos ||
            row->subproyectos_comprometido_cts != cases[i].subproyectos * 1300 ||
            row->subproyectos_ejecutado_cts != cases[i].subproyectos * 77 ||
            fabs(row->riego_bruto_m2 / 1e4 / plot_ha - cases[i].gross) > 2e-6 ||
            fabs(row->riego_neto_m2 / 1e4 / plot_ha - cases[i].net) > 2e-6)
            fail_msg("%s: %d alliances, %d families, %d works, %.7f and %.7f plots", cases[i].name,
                     (int)row->alianzas, (int)row->familias, (int)row->subproyectos,
                     row->riego_bruto_m2 / 1e4 / plot_ha, row->riego_neto_m2 / 1e4 / plot_ha);
        geo_coverage_free(coverage);
    }
}

static void covered_and_shares(void **state)
{
    static const struct {
        const char *codigo;
        int64_t alianzas, riego, subproyectos;
        double poblacion, viviendas, pct;
    } cases[] = {
        {"010101", 1, 1, 0, 900, 300, 10},  {"010104", 1, 0, 0, NAN, 100, 40},
        {"050102", 1, 1, 0, NAN, NAN, NAN}, {"050103", 0, 0, 1, NAN, NAN, NAN},
        {"080505", 0, 0, 0, NAN, NAN, NAN}, {"080606", 0, 0, 0, NAN, 0, NAN},
    };
    const struct country *country = *state;
    struct geo_coverage *coverage = compute(country->store, GEO_BY_MUNICIPIO, NULL, NULL);
    assert_int_equal(coverage->n_rows, 7);
    for (size_t i = 0; i < 6; i++) {
        const struct geo_coverage_row *row = &coverage->rows[i];
        assert_string_equal(row->codigo, cases[i].codigo);
        const double got[] = {row->poblacion_rural, row->viviendas_rurales,
                              row->cobertura_familias_pct};
        const double wanted[] = {cases[i].poblacion, cases[i].viviendas, cases[i].pct};
        for (int k = 0; k < 3; k++)
            if (got[k] != wanted[k] && !(isnan(got[k]) && isnan(wanted[k])))
                fail_msg("%s: fact %d: %g", cases[i].codigo, k, got[k]);
        assert_int_equal(row->municipios_alianzas, cases[i].alianzas);
        assert_int_equal(row->municipios_riego, cases[i].riego);
        assert_int_equal(row->municipios_subproyectos, cases[i].subproyectos);
    }
    const struct geo_coverage_row *row = &coverage->rows[0];
    assert_int_equal(row->por_modelo[0], 2);
    assert_int_equal(row->por_rubro[0], 1);
    assert_int_equal(row->por_rubro[2], 1);
    assert_int_equal(row->por_etapa[4], 2);
    assert_int_equal(coverage->rows[3].por_estado[1], 1);
    assert_int_equal(coverage->rows[3].por_estado[2], 1);
    geo_coverage_free(coverage);
}

static void groups_are_ordered_and_sum_to_the_records(void **state)
{
    static const char *const departments[] = {"Beni", "Chuquisaca", "Potosí", "Sin municipio"};
    static const char *const uos[] = {"Beni", "Chuquisaca", "Potosí", "Chaco", "Sin municipio"};
    static const struct {
        enum geo_group group;
        const char *const *names;
        size_t n;
    } cases[] = {
        {GEO_BY_MUNICIPIO, NULL, 7},
        {GEO_BY_DEPARTAMENTO, departments, 4},
        {GEO_BY_UO, uos, 5},
        {GEO_BY_NACIONAL, NULL, 1},
    };
    static const char *const dates[] = {NULL, "2021-06-30"};
    const struct country *country = *state;
    for (size_t d = 0; d < 2; d++)
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            struct geo_coverage *coverage =
                compute(country->store, cases[i].group, dates[d], "seis");
            struct geo_coverage_row sum = {0};
            assert_int_equal(coverage->n_rows, cases[i].n);
            for (size_t k = 0; k < coverage->n_rows; k++) {
                const struct geo_coverage_row *row = &coverage->rows[k];
                if (cases[i].names)
                    assert_string_equal(row->nombre, cases[i].names[k]);
                sum.municipios += row->municipios;
                sum.alianzas += row->alianzas;
                sum.familias += row->familias;
                sum.subproyectos += row->subproyectos;
                sum.areas_riego += row->areas_riego;
                sum.riego_neto_m2 += row->riego_neto_m2;
                sum.riego_declarado_ha += row->riego_declarado_ha;
            }
            assert_int_equal(sum.municipios, 6);
            assert_int_equal(sum.alianzas, d ? 4 : 5);
            assert_int_equal(sum.familias, d ? 230 : 550);
            assert_int_equal(sum.subproyectos, 3);
            assert_int_equal(sum.areas_riego, 4);
            assert_true(fabs(sum.riego_neto_m2 / 1e4 / plot_ha - 3.5) < 2e-6);
            assert_true(fabs(sum.riego_declarado_ha - 40) < 1e-9);
            geo_coverage_free(coverage);
        }
}

static void another_edition_has_its_own_figures(void **state)
{
    const struct country *country = *state;
    struct geo_coverage *coverage = compute(country->store, GEO_BY_MUNICIPIO, NULL, "dos");
    assert_string_equal(coverage->edition, "dos");
    assert_int_equal(coverage->n_rows, 3);
    /* This edition has no 010104 and 050102, so A3 and A6 have no municipality. */
    assert_int_equal(coverage->rows[0].alianzas, 2);
    assert_int_equal(coverage->rows[2].alianzas, 3);
    assert_true(fabs(coverage->rows[0].riego_neto_m2 / 1e4 / plot_ha - 2.5) < 2e-6);
    geo_coverage_free(coverage);
}

static void irrigation_sums_to_the_whole(void **state)
{
    const struct country *country = *state;
    struct err err = {0};
    for (int group = GEO_BY_MUNICIPIO; group <= GEO_BY_NACIONAL; group++) {
        struct geo_coverage_query query = {.group = (enum geo_group)group};
        struct geo_irrigation *irrigation = geo_irrigation_compute(country->store, &query, &err);
        must(irrigation != NULL, &err);
        struct geo_irrigated sum = {0};
        for (size_t i = 0; i < irrigation->n_rows; i++) {
            sum.areas += irrigation->rows[i].figures.areas;
            sum.bruto_m2 += irrigation->rows[i].figures.bruto_m2;
            sum.neto_m2 += irrigation->rows[i].figures.neto_m2;
            assert_int_equal(irrigation->rows[i].outside,
                             group != GEO_BY_NACIONAL && i + 1 == irrigation->n_rows);
        }
        assert_int_equal(sum.areas, 4);
        assert_true(fabs(sum.bruto_m2 / 1e4 / plot_ha - 4) < 1e-8);
        assert_true(fabs(sum.neto_m2 / 1e4 / plot_ha - 3.5) < 2e-6);
        geo_irrigation_free(irrigation);
    }
    struct geo_coverage_query query = {.group = GEO_BY_NACIONAL};
    struct geo_irrigation *nation = geo_irrigation_compute(country->store, &query, &err);
    struct rows *rows = geo_irrigation_rows(nation);
    struct buf out;
    buf_init(&out);
    rows_write(rows, ROWS_CSV, &out);
    assert_non_null(strstr(out.data, "codigo,nombre,departamento,uo,areas,bruto_ha,neto_ha,"
                                     "declarado_ha,traslape_ha\n,Bolivia,,,4,469.00666"));
    buf_free(&out);
    rows_free(rows);
    geo_irrigation_free(nation);
}

static void columns_are_those_agreed(void **state)
{
    static const char agreed[] =
        "codigo,nombre,departamento,uo,alianzas,familias,mujeres,comprometido_bs,solicitado_bs,"
        "transferido_bs,descargado_bs,riego_bruto_ha,riego_neto_ha,subproyectos,"
        "subproyectos_familias,subproyectos_ejecutado_bs,poblacion_rural,viviendas_rurales,"
        "cobertura_familias_pct,";
    const struct country *country = *state;
    for (int group = GEO_BY_MUNICIPIO; group <= GEO_BY_NACIONAL; group++) {
        struct geo_coverage *coverage = compute(country->store, (enum geo_group)group, NULL, NULL);
        struct rows *rows = geo_coverage_rows(coverage);
        struct buf out;
        buf_init(&out);
        rows_write(rows, ROWS_CSV, &out);
        assert_int_equal(strncmp(out.data, agreed, strlen(agreed)), 0);
        const char *rest = out.data + strlen(agreed);
        const char *flags = group == GEO_BY_MUNICIPIO
                                ? "cubierto_alianzas,cubierto_riego,cubierto_subproyectos,"
                                : "municipios,municipios_alianzas,municipios_riego,"
                                  "municipios_subproyectos,";
        assert_int_equal(strncmp(rest, flags, strlen(flags)), 0);
        /* A choice that is added to the schema needs a column of coverage. */
        static const struct {
            const char *table, *field, *prefix;
            size_t room;
        } choices[] = {{"alianzas", "rubro", "alianzas_", GEO_RUBROS},
                       {"alianzas", "etapa", "alianzas_etapa_", GEO_ETAPAS},
                       {"subproyectos", "estado", "subproyectos_", GEO_ESTADOS}};
        const char *after = rest;
        for (size_t i = 0; i < 3; i++) {
            const struct geo_table *table = geo_table_find(choices[i].table);
            const struct geo_choice *choice =
                table->fields[geo_table_field(table, choices[i].field)].choices;
            size_t n = 0;
            for (; choice[n].value; n++) {
                char column[64];
                snprintf(column, sizeof column, ",%s%s", choices[i].prefix, choice[n].value);
                const char *at = strstr(after, column);
                if (!at)
                    fail_msg("no column %s in its place", column);
                after = at;
            }
            assert_int_equal(n, choices[i].room);
        }
        buf_free(&out);
        rows_free(rows);
        geo_coverage_free(coverage);
    }
}

static void mistakes_are_told(void **state)
{
    static const struct {
        const char *name;
        struct geo_coverage_query query;
        enum err_kind kind;
        const char *says;
    } cases[] = {
        {"no such edition", {.edition = "siete"}, ERR_NOT_FOUND, "siete"},
        {"no such day", {.as_of = "2021-02-29"}, ERR_INPUT, "2021-02-29"},
        {"not a day", {.as_of = "ayer"}, ERR_INPUT, "AAAA-MM-DD"},
    };
    const struct country *country = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        assert_null(geo_coverage_compute(country->store, &cases[i].query, &err));
        if (err.kind != cases[i].kind || !strstr(err.message, cases[i].says))
            fail_msg("%s: %s", cases[i].name, err.message);
        err = (struct err){0};
        assert_null(geo_irrigation_compute(country->store, &cases[i].query, &err));
        assert_int_equal(err.kind, cases[i].kind);
    }
    enum geo_group group = GEO_BY_UO;
    assert_true(geo_group_of("departamento", &group));
    assert_int_equal(group, GEO_BY_DEPARTAMENTO);
    assert_false(geo_group_of("provincia", &group));
    assert_int_equal(group, GEO_BY_DEPARTAMENTO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_count_from_their_day),
        cmocka_unit_test(covered_and_shares),
        cmocka_unit_test(groups_are_ordered_and_sum_to_the_records),
        cmocka_unit_test(another_edition_has_its_own_figures),
        cmocka_unit_test(irrigation_sums_to_the_whole),
        cmocka_unit_test(columns_are_those_agreed),
        cmocka_unit_test(mistakes_are_told),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
