/* test_names.c - tests of geo/place/names.
 * Names as people write them, looked up in the editions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "geo/place/names.h"
#include "tests/support/boundaries.h"
#include "tests/support/cells.h"
#include "tests/support/csv.h"

static struct geo_edition *edition;
static struct geo_names *names;

/* Real names; the places are squares in a row. */
static struct cell cells[] = {
    {.codigo = "010501", .nombre = "Monteagudo"},
    {.codigo = "010702", .nombre = "San Lucas", .provincia = "Nor Cinti"},
    {.codigo = "010901", .nombre = "Tarabuco", .provincia = "Yamparáez"},
    {.codigo = "010902", .nombre = "Yamparáez", .provincia = "Yamparáez"},
    {.codigo = "011001", .nombre = "Villa Vaca Guzmán"},
    {.codigo = "011002", .nombre = "Huacaya (Autonomía Guaraní Chaqueño De Huacaya)"},
    {.codigo = "020101", .nombre = "Nuestra Señora De La Paz"},
    {.codigo = "020105", .nombre = "El Alto"},
    {.codigo = "020308", .nombre = "Santiago De Callapa"},
    {.codigo = "020403", .nombre = "Puerto Mayor De Carabuco"},
    {.codigo = "020805", .nombre = "La (Marka) San Andrés De Machaca"},
    {.codigo = "020806", .nombre = "Jesús De Machaka"},
    {.codigo = "021303", .nombre = "Ayo Ayo"},
    {.codigo = "031003", .nombre = "Villa Tunari"},
    {.codigo = "031201", .nombre = "Totora"},
    {.codigo = "031206", .nombre = "Entre Ríos", .provincia = "Carrasco"},
    {.codigo = "031301", .nombre = "Mizque"},
    {.codigo = "041301", .nombre = "Totora", .provincia = "San Pedro De Totora"},
    {.codigo = "050501", .nombre = "San Pedro"},
    {.codigo = "050901", .nombre = "Colcha \"K\""},
    {.codigo = "051102", .nombre = "Caiza \"D\""},
    {.codigo = "060601", .nombre = "Entre Ríos", .uo = "Chaco"},
    {.codigo = "070102", .nombre = "Cotoca"},
    {.codigo = "070301", .nombre = "San Ignacio", .provincia = "Velasco"},
    {.codigo = "070602", .nombre = "Santa Rosa", .provincia = "Sara"},
    {.codigo = "070702", .nombre = "Charagua (Autonomía Guaraní Charagua Iyambae)"},
    {.codigo = "071002", .nombre = "General Saavedra"},
    {.codigo = "071004", .nombre = "Fernández Alonso"},
    {.codigo = "071005", .nombre = "San Pedro"},
    {.codigo = "071401", .nombre = "Puerto Suárez"},
    {.codigo = "071501", .nombre = "Ascención De Guarayos"},
    {.codigo = "080303", .nombre = "Santa Rosa", .provincia = "General José Ballivián"},
    {.codigo = "080501", .nombre = "San Ignacio", .provincia = "Moxos"},
    {.codigo = "090202", .nombre = "San Pedro"},
    {.codigo = "090401", .nombre = "Santa Rosa"},
    {0},
};

static int set_up(void **state)
{
    (void)state;
    for (size_t i = 0; cells[i].codigo; i++)
        cells[i].box = (struct geo_box){-68 + 0.1 * (double)i, -18, -67.9 + 0.1 * (double)i, -17};
    edition = cells_edition(cells, NULL);
    names = edition ? geo_names_build(edition, NULL, NULL) : NULL;
    return names ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    geo_names_free(names);
    geo_edition_free(edition);
    return 0;
}

#define ONE GEO_NAMES_ONE
#define MANY GEO_NAMES_AMBIGUOUS
#define TWO GEO_NAMES_TWO
#define NOT GEO_NAMES_UNKNOWN

static const struct {
    const char *nombre, *departamento;
    enum geo_names_kind kind;
    const char *codes; /* of the unit or of the candidates, in order */
} asked[] = {
    {"Monteagudo", NULL, ONE, "010501"},
    {"  MONTEAGUDO ", "", ONE, "010501"},
    {"Villa Vaca Guzman", NULL, ONE, "011001"},
    {"V. Vaca Guzmán", NULL, ONE, "011001"},
    {"Muyupampa", NULL, ONE, "011001"},
    {"Muyupampa", "Chuquisaca", ONE, "011001"},
    {"villa tunari", NULL, ONE, "031003"},
    {"V.Tunari", "CBBA", ONE, "031003"},
    {"Vlla. Tunari", NULL, ONE, "031003"},
    {"Municipio de Villa Tunari", NULL, ONE, "031003"},
    {"G.A.M. de V. Tunari", NULL, ONE, "031003"},
    {"GAM Villa Tunari", NULL, ONE, "031003"},
    {"Gobierno Autónomo Municipal de Villa Tunari", NULL, ONE, "031003"},
    {"Villa Tunari (Chapare)", NULL, ONE, "031003"},
    {"La Paz (El Alto)", NULL, TWO, "020101 020105"},
    {"V. Tunari (Mizque) ", "Cochabamba", TWO, "031003 031301"},
    {"Monteagudo (Cotoca)", "Chuquisaca", ONE, "010501"},
    {"Tarabuco (Yamparáez)", NULL, ONE, "010901"},
    {"Yamparáez (Tarabuco)", NULL, TWO, "010902 010901"},
    {"Tarabuco (capital)", NULL, ONE, "010901"},
    {"Huacaya", NULL, ONE, "011002"},
    {"Huacaya (Autonomia Guarani Chaqueno de Huacaya)", NULL, ONE, "011002"},
    {"Autonomía Guaraní Chaqueño de Huacaya", NULL, ONE, "011002"},
    {"GAIOC Charagua Iyambae", NULL, ONE, "070702"},
    {"Charagua Iyambae (Charagua)", NULL, ONE, "070702"},
    {"Autonomía Guaraní Charagua Iyambae", NULL, ONE, "070702"},
    {"La Marka San Andrés de Machaca", NULL, ONE, "020805"},
    {"San Andres de Machaca", NULL, ONE, "020805"},
    {"S. Andres de Machaca", NULL, ONE, "020805"},
    {"Marka", NULL, NOT, ""},
    {"Jesus de Machaca", NULL, ONE, "020806"},
    {"La Paz", NULL, ONE, "020101"},
    {"Ntra. Sra. de La Paz", NULL, ONE, "020101"},
    {"Alto", NULL, ONE, "020105"},
    {"el alto", NULL, ONE, "020105"},
    {"Stgo. de Callapa", NULL, ONE, "020308"},
    {"S. de Callapa", NULL, ONE, "020308"},
    {"Carabuco", NULL, ONE, "020403"},
    {"Pto. Mayor Carabuco", NULL, ONE, "020403"},
    {"Ayoayo", NULL, ONE, "021303"},
    {"Colcha K", NULL, ONE, "050901"},
    {"colcha-k", NULL, ONE, "050901"},
    {"Caiza D", NULL, ONE, "051102"},
    {"Pto Suarez", NULL, ONE, "071401"},
    {"Gral. Saavedra", NULL, ONE, "071002"},
    {"Fdez. Alonso", NULL, ONE, "071004"},
    {"Ascensión de Guarayos", NULL, ONE, "071501"},
    {"San Ignacio de Velasco", NULL, ONE, "070301"},
    {"San Ignacio de Moxos", NULL, ONE, "080501"},
    {"Sta. Rosa del Sara", NULL, ONE, "070602"},
    {"S. Rosa del Sara", NULL, ONE, "070602"},
    {"Santa Rosa de Ballivián", NULL, ONE, "080303"},
    {"Entre Ríos de Carrasco", NULL, ONE, "031206"},
    {"San Pedro de Totora", NULL, ONE, "041301"},
    {"San Pedro", NULL, MANY, "050501 071005 090202"},
    {"S. Pedro", NULL, MANY, "050501 071005 090202"},
    {"San Pedro", "Pando", ONE, "090202"},
    {"San Pedro", "SCZ", ONE, "071005"},
    {"San Pedro", "Dpto. de Potosí", ONE, "050501"},
    {"San Pedro", "05", ONE, "050501"},
    {"San Pedro (Pando)", NULL, ONE, "090202"},
    {"San Pedro, Santa Cruz", NULL, ONE, "071005"},
    {"San Pedro - Potosi", NULL, ONE, "050501"},
    {"San Pedro", "Atlantis", MANY, "050501 071005 090202"},
    {"San Pedro", "Tarija", NOT, "050501 071005 090202"},
    {"Entre Rios", "Chaco", ONE, "060601"},
    {"Entre Ríos", NULL, MANY, "031206 060601"},
    {"San Lucas", "Potosí", NOT, "010702"},
    {"Totora", "Oruro", ONE, "041301"},
    {"071005", NULL, ONE, "071005"},
    {"10501", NULL, ONE, "010501"},
    {"Mizqe", NULL, NOT, "031301"},
    {"Monteaguod", NULL, NOT, "010501"},
    {"Raqaypampa", NULL, ONE, "031301"},
    {"TIOC-Raqaypampa", NULL, ONE, "031301"},
    {"Nueva York", NULL, NOT, ""},
    {"", NULL, NOT, ""},
    {"???", NULL, NOT, ""},
    {NULL, NULL, NOT, ""},
    {"\xff\xfe", NULL, NOT, ""},
};

static void codes_of(const struct geo_edition *of, const struct geo_names_match *match, char *out)
{
    if (match->kind == GEO_NAMES_ONE)
        strcpy(out, geo_edition_unit(of, (size_t)match->unit)->codigo);
    else
        for (size_t i = 0; i < match->n_candidates; i++)
            out += sprintf(out, "%s%s", i ? " " : "",
                           geo_edition_unit(of, (size_t)match->candidates[i])->codigo);
}

static void names_are_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        struct geo_names_match match =
            geo_names_find(names, asked[i].nombre, asked[i].departamento);
        char codes[128] = "";
        codes_of(edition, &match, codes);
        if (match.kind != asked[i].kind || strcmp(codes, asked[i].codes) != 0)
            fail_msg("«%s» of %s: kind %d, codes %s", asked[i].nombre, asked[i].departamento,
                     match.kind, codes);
        assert_int_equal(match.unit >= 0, match.kind == GEO_NAMES_ONE);
    }
}

static void what_is_wrong_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *nombre, *departamento, *message;
    } cases[] = {
        {"San Pedro", NULL,
         "San Pedro: hay 3 municipios con ese nombre: San Pedro (Potosí, 050501), San Pedro (Santa "
         "Cruz, 071005), San Pedro (Pando, 090202); indique el departamento o el código"},
        {"San Lucas", "Potosí",
         "San Lucas: no está en el departamento indicado; hay San Lucas (Chuquisaca, 010702)"},
        {"Mizqe", NULL,
         "Mizqe: no hay un municipio con ese nombre en la edición prueba; los más parecidos: "
         "Mizque (Cochabamba, 031301)"},
        {"Nueva York", NULL,
         "Nueva York: no hay un municipio con ese nombre en la edición prueba, ni uno parecido"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct geo_names_match match =
            geo_names_find(names, cases[i].nombre, cases[i].departamento);
        struct err err = {0};
        assert_false(geo_names_explain(names, cases[i].nombre, &match, &err));
        assert_string_equal(err.message, cases[i].message);
        assert_int_equal(err.kind, ERR_INPUT);
    }
}

static void aliases_of_the_store_come_first(void **state)
{
    (void)state;
    char path[] = "/tmp/sigg_names_XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    unlink(path);
    struct err err = {0};
    struct geo_store *store = geo_store_open(path, GEO_STORE_CREATE, &err);
    if (!store)
        fail_msg("%s", err.message);
    assert_true(geo_store_begin(store, &err));
    assert_true(geo_store_alias_put(store, "San Pedro", "071005", &err));
    assert_true(geo_store_alias_put(store, "El Puesto", "071004", &err));
    assert_true(geo_store_alias_put(store, "Otra edición", "999999", &err));
    assert_true(geo_store_commit(store, &err));
    struct geo_names *with = geo_names_build(edition, store, &err);
    assert_non_null(with);
    struct geo_names_match match = geo_names_find(with, "san pedro", NULL);
    assert_int_equal(match.kind, GEO_NAMES_ONE);
    assert_string_equal(geo_edition_unit(edition, (size_t)match.unit)->codigo, "071005");
    match = geo_names_find(with, "San Pedro", "Pando");
    assert_string_equal(geo_edition_unit(edition, (size_t)match.unit)->codigo, "090202");
    match = geo_names_find(with, "Municipio de El Puesto", NULL);
    assert_int_equal(match.kind, GEO_NAMES_ONE);
    geo_names_free(with);
    geo_store_close(store);
    unlink(path);
}

/* The official editions and the declared names of the communities. */
static void check_communities(const char *file, const char *communities, long unresolved,
                              const char *unresolved_name)
{
    struct boundaries all;
    struct err err = {0};
    assert_true(boundaries_read(file, &all));
    for (size_t i = 0; i < all.n; i++) {
        all.units[i].unit.departamento = department_of(all.units[i].unit.codigo);
        all.units[i].unit.provincia = all.units[i].unit.uo = "";
    }
    struct geo_edition *official = geo_edition_build("oficial", all.units, all.n, NULL, 0, &err);
    assert_non_null(official);
    struct geo_names *known = geo_names_build(official, NULL, &err);
    assert_non_null(known);
    FILE *rows = fopen(communities, "r");
    assert_non_null(rows);
    char line[4096], *fields[8];
    long n = 0, bad = 0, wrong = 0;
    double seconds = 0;
    assert_non_null(fgets(line, sizeof line, rows));
    while (fgets(line, sizeof line, rows)) {
        assert_int_equal(csv_cut(line, fields, 8), 8);
        struct timespec from, to;
        clock_gettime(CLOCK_MONOTONIC, &from);
        struct geo_names_match match = geo_names_find(known, fields[2], fields[3]);
        clock_gettime(CLOCK_MONOTONIC, &to);
        seconds += (double)(to.tv_sec - from.tv_sec) + 1e-9 * (double)(to.tv_nsec - from.tv_nsec);
        n++;
        if (match.kind != GEO_NAMES_ONE) {
            bad++;
            assert_string_equal(fields[2], unresolved_name);
        } else
            wrong += strcmp(geo_edition_unit(official, (size_t)match.unit)->departamento,
                            fields[3]) != 0;
    }
    fclose(rows);
    printf("# %zu municipios: %ld of %ld names resolve, %.1f us each\n", all.n, n - bad, n,
           1e6 * seconds / (double)n);
    assert_int_equal(n, 7000);
    assert_int_equal(bad, unresolved);
    assert_int_equal(wrong, 0);
    /* Every name and every code of the edition finds its own unit. */
    for (size_t i = 0; i < all.n; i++) {
        const struct geo_unit *unit = geo_edition_unit(official, i);
        assert_int_equal(geo_names_find(known, unit->nombre, unit->departamento).unit, (int)i);
        assert_int_equal(geo_names_find(known, unit->codigo, NULL).unit, (int)i);
    }
    geo_names_free(known);
    geo_edition_free(official);
    boundaries_free(&all);
}

static void communities_resolve(void **state)
{
    (void)state;
    const char *shared = getenv("SIGG_SHARED");
    char file_339[4096], file_343[4096], communities[4096];
    snprintf(file_339, sizeof file_339, "%s/data/municipios_339.geojson", shared ? shared : "");
    snprintf(file_343, sizeof file_343, "%s/data/municipios_343.geojson", shared ? shared : "");
    snprintf(communities, sizeof communities, "%s/data/comunidades.csv", shared ? shared : "");
    check_communities(file_343, communities, 0, "");
    check_communities(file_339, communities, 10, "Tioc-Territorio Indígena Multiétnico");
}

static void nothing(void **state)
{
    (void)state;
}

int main(void)
{
    const char *shared = getenv("SIGG_SHARED");
    char path[4096];
    snprintf(path, sizeof path, "%s/data/comunidades.csv", shared ? shared : "");
    bool there = access(path, R_OK) == 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_found),
        cmocka_unit_test(what_is_wrong_is_said),
        cmocka_unit_test(aliases_of_the_store_come_first),
        {there ? "communities_resolve" : "communities_resolve # SKIP no official data",
         there ? communities_resolve : nothing, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("names", tests, set_up, tear_down);
}
