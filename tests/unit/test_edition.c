/* test_edition.c - tests of geo/place/edition and split.
 * A small country, and the official boundaries. */
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "geo/place/measure.h"
#include "tests/support/brute.h"
#include "tests/support/official.h"
#include "tests/support/units.h"

/* A made-up country ------------------------------------------------------------- */

/*   lat 2  +-----+-----+
 *          |  3  |  4  |      three lies above one, four above two; five is in
 *        1 +-----+-----+      four; two and six overlap in a strip; W is a lake
 *          |  1  |  2 [6]     to the west of one
 *        0 +-----+-----+
 *     lon  0     1     2                                                        */
static const struct {
    const char *codigo, *wkt;
} country[] = {
    {"000006", "POLYGON ((1.9 0.2, 2.2 0.2, 2.2 0.8, 1.9 0.8, 1.9 0.2))"},
    {"000003", "POLYGON ((0 1, 1 1, 1 2, 0 2, 0 1))"},
    {"000004", "POLYGON ((1 1, 2 1, 2 2, 1 2, 1 1), (1.4 1.4, 1.6 1.4, 1.6 1.6, 1.4 1.6,"
               " 1.4 1.4))"},
    {"000005", "POLYGON ((1.4 1.4, 1.6 1.4, 1.6 1.6, 1.4 1.6, 1.4 1.4))"},
    {"000001", "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"},
    {"000002", "MULTIPOLYGON (((1 0, 2 0, 2 1, 1 1, 1 0)), ((5 5, 6 5, 6 6, 5 6, 5 5)))"},
};
enum { COUNTRY = sizeof country / sizeof *country };
static const char lake[] = /* with an island, and a pond on it */
    "MULTIPOLYGON (((-1 0, 0.1 0, 0.1 2, -1 2, -1 0),"
    " (-0.4 0.4, -0.2 0.4, -0.2 0.6, -0.4 0.6, -0.4 0.4)),"
    " ((-0.33 0.47, -0.27 0.47, -0.27 0.53, -0.33 0.53, -0.33 0.47)))";

static struct geo_edition *small_edition(void)
{
    struct geo_source_unit units[COUNTRY];
    struct geo_source_unit water = source_unit("01", lake);
    struct err err = {0};
    for (size_t i = 0; i < COUNTRY; i++)
        units[i] = source_unit(country[i].codigo, country[i].wkt);
    struct geo_edition *edition = geo_edition_build("prueba", units, COUNTRY, &water, 1, &err);
    if (!edition)
        fail_msg("%s", err.message);
    for (size_t i = 0; i < COUNTRY; i++)
        free_unit(&units[i]);
    free_unit(&water);
    return edition;
}

static void units_are_in_order_of_code(void **state)
{
    (void)state;
    struct geo_edition *edition = small_edition();
    assert_string_equal(geo_edition_codigo(edition), "prueba");
    assert_int_equal(geo_edition_count(edition), COUNTRY);
    for (int i = 0; i < COUNTRY; i++) {
        const struct geo_unit *unit = geo_edition_unit(edition, (size_t)i);
        char expected[16];
        snprintf(expected, sizeof expected, "%06d", i + 1);
        assert_string_equal(unit->codigo, expected);
        assert_string_equal(unit->nombre, expected);
        assert_string_equal(unit->uo, "");
        assert_int_equal(geo_edition_find(edition, expected), i);
    }
    assert_true(geo_edition_unit(edition, 1)->box.max_x == 6);
    assert_int_equal(geo_edition_find(edition, "000000"), -1);
    assert_int_equal(geo_edition_find(edition, "000007"), -1);
    geo_edition_free(edition);
}

static void a_bad_unit_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *name, *wkt, *codigo, *message;
    } cases[] = {
        {"a point", "POINT (1 1)", "000009", "edición e: municipio 000009: se espera un polígono"},
        {"a code twice", "POLYGON ((0 0, 1 0, 1 1, 0 0))", "000001",
         "edición e: el código 000001 está repetido"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        struct geo_source_unit units[2] = {source_unit("000001", country[4].wkt),
                                           source_unit(cases[i].codigo, cases[i].wkt)};
        assert_null(geo_edition_build("e", units, 2, NULL, 0, &err));
        assert_string_equal(err.message, cases[i].message);
        free_unit(&units[0]);
        free_unit(&units[1]);
    }
}

static void places_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double lon, lat;
        enum geo_where where;
        int unit;
        double distance_m; /* -1: NaN */
    } cases[] = {
        {"inside", 0.3, 0.3, GEO_IN_UNIT, 0, 0},
        {"on a border: the lower code", 1, 0.5, GEO_IN_UNIT, 0, 0},
        {"on a corner of four", 1, 1, GEO_IN_UNIT, 0, 0},
        {"on a border above", 0.5, 1, GEO_IN_UNIT, 0, 0},
        {"in an overlap: the lower code", 1.95, 0.5, GEO_IN_UNIT, 1, 0},
        {"beyond the overlap", 2.1, 0.5, GEO_IN_UNIT, 5, 0},
        {"in a hole that another fills", 1.5, 1.5, GEO_IN_UNIT, 4, 0},
        {"on the hole's border", 1.4, 1.5, GEO_IN_UNIT, 3, 0},
        {"a second part", 5.5, 5.5, GEO_IN_UNIT, 1, 0},
        {"land under water is land", 0.05, 0.5, GEO_IN_UNIT, 0, 0},
        /* A hundredth of a degree on the equator: 1113.19 m. */
        {"in the lake", -0.01, 0.5, GEO_IN_WATER, 0, 1113.15},
        {"in the lake, nearer to three", -0.01, 1.5, GEO_IN_WATER, 2, 1112.81},
        {"on an island that is no unit's", -0.21, 0.5, GEO_IN_WATER, 0, 23376.21},
        {"in a pond on the island", -0.3, 0.5, GEO_IN_WATER, 0, 33394.58},
        {"outside", 3, 3, GEO_OUTSIDE, -1, -1},
        {"between parts", 4, 4, GEO_OUTSIDE, -1, -1},
    };
    struct geo_edition *edition = small_edition();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct geo_place place = geo_edition_place(edition, cases[i].lon, cases[i].lat);
        bool far = cases[i].distance_m < 0 ? !isnan(place.distance_m)
                                           : fabs(place.distance_m - cases[i].distance_m) > 0.1;
        if (place.where != cases[i].where || place.unit != cases[i].unit || far)
            fail_msg("%s: where %d, unit %d, %.3f m", cases[i].name, place.where, place.unit,
                     place.distance_m);
    }
    assert_true(geo_edition_distance(edition, 0, 0.5, 0.5) == 0);
    geo_edition_free(edition);
}

/* The nearest point of both is the corner they share. */
static void of_two_equally_near_the_lower_code_is_taken(void **state)
{
    (void)state;
    struct geo_source_unit units[2] = {source_unit("000002", "POLYGON ((0 0, 1 0, 1 1, 0 0))"),
                                       source_unit("000001", "POLYGON ((0 0, 1 -1, 1 0, 0 0))")};
    struct geo_source_unit water = source_unit("01", "POLYGON ((-1 -1, 0 -1, 0 1, -1 1, -1 -1))");
    static const double lats[] = {0, 0.001, 0.2, -0.2};
    struct geo_edition *edition = geo_edition_build("e", units, 2, &water, 1, NULL);
    for (size_t i = 0; i < sizeof lats / sizeof *lats; i++) {
        struct geo_place place = geo_edition_place(edition, -0.5, lats[i]);
        assert_int_equal(place.unit, 0);
        assert_float_equal(place.distance_m, geo_measure_distance(-0.5, lats[i], 0, 0), 1e-6);
    }
    geo_edition_free(edition);
    free_unit(&units[0]);
    free_unit(&units[1]);
    free_unit(&water);
}

static void geometries_are_split(void **state)
{
    (void)state;
    static const struct {
        const char *name, *wkt;
        size_t n;
        struct {
            int unit;
            double share;
        } parts[4];
    } cases[] = {
        {"in one", "POLYGON ((0.2 0.2, 0.4 0.2, 0.4 0.4, 0.2 0.2))", 1, {{0, 1}}},
        {"in none", "POLYGON ((3 3, 4 3, 4 4, 3 3))", 1, {{-1, 1}}},
        {"half and half: the lower code first",
         "POLYGON ((0.8 0.2, 1.2 0.2, 1.2 0.4, 0.8 0.4, 0.8 0.2))",
         2,
         {{0, 0.5}, {1, 0.5}}},
        {"the largest first",
         "POLYGON ((0.9 0.2, 1.2 0.2, 1.2 0.4, 0.9 0.4, 0.9 0.2))",
         2,
         {{1, 2.0 / 3}, {0, 1.0 / 3}}},
        {"what lies in none last",
         "POLYGON ((0.9 -0.3, 1 -0.3, 1 0.1, 0.9 0.1, 0.9 -0.3))",
         2,
         {{0, 0.25}, {-1, 0.75}}},
        {"an overlap goes to the lower code",
         "POLYGON ((1.8 0.4, 2.1 0.4, 2.1 0.6, 1.8 0.6, 1.8 0.4))",
         2,
         {{1, 2.0 / 3}, {5, 1.0 / 3}}},
        {"round a whole unit",
         "POLYGON ((1.3 1.3, 1.7 1.3, 1.7 1.7, 1.3 1.7, 1.3 1.3))",
         2,
         {{3, 0.75}, {4, 0.25}}},
        {"exactly a unit", "POLYGON ((1.4 1.4, 1.6 1.4, 1.6 1.6, 1.4 1.6, 1.4 1.4))", 1, {{4, 1}}},
        {"parts far apart",
         "MULTIPOLYGON (((0.2 0.2, 0.4 0.2, 0.4 0.4, 0.2 0.4, 0.2 0.2)),"
         " ((1.2 0.2, 1.4 0.2, 1.4 0.4, 1.2 0.4, 1.2 0.2)))",
         2,
         {{0, 0.5}, {1, 0.5}}},
        {"a sliver is dropped",
         "POLYGON ((0.5 0.2, 1.0000000001 0.2, 1.0000000001 0.4, 0.5 0.4, 0.5 0.2))",
         1,
         {{0, 1}}},
        {"a line in one", "LINESTRING (0.2 0.2, 0.4 0.4)", 1, {{0, 1}}},
        {"a line through two and out",
         "LINESTRING (0 0.9, 3 0.9)",
         3,
         {{0, 1.0 / 3}, {1, 1.0 / 3}, {-1, 1.0 / 3}}},
        {"a line along a border: the lower code", "LINESTRING (1 0.2, 1 0.8)", 1, {{0, 1}}},
        {"a point", "POINT (1 0.5)", 1, {{0, 1}}},
        {"a point in none", "POINT (3 3)", 1, {{-1, 1}}},
        {"points",
         "MULTIPOINT ((1.5 0.5), (0.5 0.5), (1.6 0.5), (3 3))",
         3,
         {{1, 0.5}, {0, 0.25}, {-1, 0.25}}},
    };
    struct geo_edition *edition = small_edition();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct geo_part *parts = NULL;
        struct err err = {0};
        size_t len, n = 0;
        unsigned char *wkb = wkb_of(cases[i].wkt, &len);
        if (!geo_edition_split(edition, wkb, len, &parts, &n, &err))
            fail_msg("%s: %s", cases[i].name, err.message);
        struct geo_shape *shape = geo_shape_parse(wkb, len, NULL);
        double whole =
            shape->kind == GEO_SHAPE_POLYGON ? geo_measure_area(shape) : geo_measure_length(shape);
        double shares = 0, measures = 0;
        bool good = n == cases[i].n;
        for (size_t k = 0; good && k < n; k++) {
            /* In degrees the shares are round numbers; on the ground the northern half is a
             * little narrower. */
            good = parts[k].unit == cases[i].parts[k].unit &&
                   fabs(parts[k].share - cases[i].parts[k].share) < 1e-4;
            shares += parts[k].share;
            measures += parts[k].measure;
        }
        if (!good || fabs(shares - 1) > 1e-12 || fabs(measures - whole) > 1e-9 * whole)
            fail_msg("%s: %zu parts, first %d %.6f", cases[i].name, n, parts[0].unit,
                     parts[0].share);
        geo_shape_free(shape);
        free(parts);
        free(wkb);
    }
    struct err err = {0};
    struct geo_part *parts = NULL;
    size_t n = 0;
    assert_false(geo_edition_split(edition, (const unsigned char *)"\1", 1, &parts, &n, &err));
    assert_null(parts);
    geo_edition_free(edition);
}

static void put_area(struct geo_store *store, const char *name, const char *edition,
                     const char *codigo, const char *wkt)
{
    const struct geo_table *table = geo_table_find(name);
    struct geo_value values[32] = {{.kind = GEO_NULL}};
    struct geo_record record = {.values = values};
    struct err err = {0};
    enum geo_put what;
    int64_t id;
    static const char *const fields[] = {"edicion", "codigo", "nombre", "departamento", "uo"};
    const char *const texts[] = {edition, codigo, name, "La Paz", "UO La Paz"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        int field = geo_table_field(table, fields[i]);
        if (field >= 0)
            values[field] = (struct geo_value){.kind = GEO_TEXT_VALUE, .text = texts[i]};
    }
    unsigned char *wkb = wkb_of(wkt, &record.wkb_len);
    record.wkb = wkb;
    if (!geo_store_put(store, table, &record, &what, &id, &err))
        fail_msg("%s", err.message);
    free(wkb);
}

static void editions_are_loaded_from_the_store(void **state)
{
    (void)state;
    struct err err = {0};
    char folder[] = "/tmp/sigg_edition_XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/db.sqlite", folder);
    struct geo_store *store = geo_store_open(path, GEO_STORE_CREATE, &err);
    if (!store)
        fail_msg("%s", err.message);
    struct geo_edition_info a = {.codigo = "a", .title = "A", .current = true};
    struct geo_edition_info b = {.codigo = "b", .title = "B"};
    assert_true(geo_store_begin(store, &err));
    assert_true(geo_store_edition_put(store, &a, &err));
    assert_true(geo_store_edition_put(store, &b, &err));
    put_area(store, "municipios", "a", "020102", "MULTIPOLYGON (((1 0, 2 0, 2 1, 1 1, 1 0)))");
    put_area(store, "municipios", "a", "020101", "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 1, 0 0)))");
    put_area(store, "municipios", "b", "020101", "MULTIPOLYGON (((0 0, 2 0, 2 1, 0 1, 0 0)))");
    put_area(store, "cuerpos_agua", "", "01", "MULTIPOLYGON (((2 0, 3 0, 3 1, 2 1, 2 0)))");
    assert_true(geo_store_commit(store, &err));

    struct geo_edition *current = geo_edition_load(store, NULL, &err);
    struct geo_edition *other = geo_edition_load(store, "b", &err);
    assert_non_null(current);
    assert_non_null(other);
    assert_string_equal(geo_edition_codigo(current), "a");
    assert_int_equal(geo_edition_count(current), 2);
    assert_int_equal(geo_edition_count(other), 1);
    assert_string_equal(geo_edition_unit(current, 1)->codigo, "020102");
    assert_string_equal(geo_edition_unit(current, 1)->departamento, "La Paz");
    assert_string_equal(geo_edition_unit(current, 1)->provincia, "");
    assert_true(geo_edition_unit(current, 1)->id > 0);
    assert_int_equal(geo_edition_locate(current, 1.5, 0.5), 1);
    assert_int_equal(geo_edition_place(current, 2.5, 0.5).where, GEO_IN_WATER);
    assert_null(geo_edition_load(store, "c", &err));
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    geo_edition_free(current);
    geo_edition_free(other);
    geo_store_close(store);
    static const char *const leftovers[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof leftovers / sizeof *leftovers; i++) {
        char file[96];
        snprintf(file, sizeof file, "%s%s", path, leftovers[i]);
        unlink(file);
    }
    rmdir(folder);
}

/* The official boundaries ---------------------------------------------------------- */

static struct geo_edition *official_edition(void)
{
    struct geo_edition *edition = geo_edition_build("339", official.units, official.n,
                                                    official_water.units, official_water.n, NULL);
    assert_non_null(edition);
    return edition;
}

static void communities_and_corners_are_located_as_by_brute_force(void **state)
{
    (void)state;
    if (!have_official())
        skip();
    struct geo_edition *edition = official_edition();
    struct geo_shape **shapes = calloc(official.n, sizeof(struct geo_shape *));
    for (size_t i = 0; i < official.n; i++)
        for (size_t k = 0; k < official.n; k++) /* in order of code, as the edition */
            if (strcmp(official.units[k].unit.codigo, geo_edition_unit(edition, i)->codigo) == 0)
                shapes[i] = geo_shape_parse(official.units[k].wkb, official.units[k].wkb_len, NULL);
    char path[4096], line[1024];
    const char *shared = getenv("SIGG_SHARED");
    snprintf(path, sizeof path, "%s/data/comunidades.csv", shared ? shared : "../shared");
    FILE *file = fopen(path, "r");
    int n = 0;
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        /* lon, lat, personas, viviendas are the last four; names may hold commas. */
        char *at = line + strlen(line);
        for (int commas = 0; at > line && commas < 4;)
            commas += *--at == ',';
        double p[2];
        assert_int_equal(sscanf(at, ",%lf,%lf", &p[0], &p[1]), 2);
        assert_int_equal(geo_edition_locate(edition, p[0], p[1]),
                         brute_locate(shapes, official.n, p));
        n++;
    }
    fclose(file);
    assert_int_equal(n, 7000);
    for (size_t i = 0; i < official.n; i++)
        for (size_t k = 0; shapes[i] && k < shapes[i]->n_points; k += 23) {
            const double *corner = shapes[i]->xy + 2 * k;
            int found = geo_edition_locate(edition, corner[0], corner[1]);
            assert_true(found >= 0 && found <= (int)i);
            assert_int_equal(found, brute_locate(shapes, official.n, corner));
        }
    for (size_t i = 0; i < official.n; i++)
        geo_shape_free(shapes[i]);
    free(shapes);
    geo_edition_free(edition);
}

/* True if a shell of the water holds the point; `shape` is one body of water. */
static bool brute_shells_hold(const struct geo_shape *shape, const double *p)
{
    for (size_t part = 0; part < shape->n_parts; part++) {
        struct geo_shape shell = *shape;
        shell.rings = shape->rings + shape->parts[part];
        shell.n_rings = 1;
        if (brute_holds(&shell, p))
            return true;
    }
    return false;
}

/* Where the point lies and to which unit it belongs, measured to every unit. */
static struct geo_place brute_place(const struct geo_edition *edition,
                                    struct geo_shape *const *water, const double *p)
{
    struct geo_place place = {.where = GEO_IN_UNIT, .distance_m = 0};
    place.unit = geo_edition_locate(edition, p[0], p[1]); /* compared in the test above */
    if (place.unit >= 0)
        return place;
    place = (struct geo_place){.where = GEO_OUTSIDE, .unit = -1, .distance_m = NAN};
    for (size_t i = 0; i < official_water.n; i++)
        if (brute_shells_hold(water[i], p))
            place = (struct geo_place){.where = GEO_IN_WATER, .unit = -1, .distance_m = INFINITY};
    for (size_t i = 0; place.where == GEO_IN_WATER && i < official.n; i++) {
        double m = geo_edition_distance(edition, (int)i, p[0], p[1]);
        if (m < place.distance_m) {
            place.distance_m = m;
            place.unit = (int)i;
        }
    }
    return place;
}

static void islands_belong_to_the_nearest_shore(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double lon, lat;
        enum geo_where where;
        const char *codigo;
    } cases[] = {
        {"Isla del Sol", -69.165, -16.02, GEO_IN_WATER, "021701"},
        {"Isla de la Luna", -69.072, -16.0392, GEO_IN_WATER, "021701"},
        {"Suriqui, a part of a municipality", -68.76, -16.31, GEO_IN_UNIT, "021204"},
        {"Panza in the Poopó, likewise", -66.97, -18.7, GEO_IN_UNIT, "040201"},
        {"an islet in the Uyuni salt flat", -67.83885, -20.27287, GEO_IN_WATER, "051402"},
        {"in Peru", -69.5, -16.3, GEO_OUTSIDE, ""},
    };
    if (!have_official())
        skip();
    struct geo_edition *edition = official_edition();
    struct geo_shape *water[16];
    assert_true(official_water.n <= 16);
    for (size_t i = 0; i < official_water.n; i++)
        water[i] =
            geo_shape_parse(official_water.units[i].wkb, official_water.units[i].wkb_len, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct geo_place place = geo_edition_place(edition, cases[i].lon, cases[i].lat);
        const char *codigo =
            place.unit < 0 ? "" : geo_edition_unit(edition, (size_t)place.unit)->codigo;
        if (place.where != cases[i].where || strcmp(codigo, cases[i].codigo) != 0)
            fail_msg("%s: where %d, %s", cases[i].name, place.where, codigo);
    }
    unsigned short seed[3] = {1, 2, 3};
    size_t islands = 0;
    for (int i = 0; i < 120; i++) { /* round Isla del Sol and Isla de la Luna */
        double p[2] = {-69.25 + 0.25 * erand48(seed), -16.1 + 0.13 * erand48(seed)};
        struct geo_place ours = geo_edition_place(edition, p[0], p[1]);
        struct geo_place theirs = brute_place(edition, water, p);
        assert_int_equal(ours.where, theirs.where);
        assert_int_equal(ours.unit, theirs.unit);
        islands += ours.where == GEO_IN_WATER && brute_locate(water, official_water.n, p) < 0;
    }
    assert_in_range(islands, 4, 100);
    for (size_t i = 0; i < official_water.n; i++)
        geo_shape_free(water[i]);
    geo_edition_free(edition);
}

struct reader {
    const struct geo_edition *edition;
    unsigned short seed[3];
    long sum;
};

static void *read_edition(void *arg)
{
    struct reader *reader = arg;
    for (int i = 0; i < 3000; i++) {
        double lon = -69 + 11 * erand48(reader->seed), lat = -22 + 12 * erand48(reader->seed);
        struct geo_place place = geo_edition_place(reader->edition, lon, lat);
        reader->sum += 3 * place.unit + place.where;
        if (place.unit >= 0 && i % 50 == 0)
            reader->sum += (long)geo_edition_distance(reader->edition, 0, lon, lat);
        if (i % 50 == 0) {
            char wkt[256];
            struct geo_part *parts;
            size_t len, n;
            snprintf(wkt, sizeof wkt, "LINESTRING (%f %f, %f %f)", lon, lat, lon + 0.2, lat);
            unsigned char *wkb = wkb_of(wkt, &len);
            if (geo_edition_split(reader->edition, wkb, len, &parts, &n, NULL)) {
                reader->sum += (long)n + parts[0].unit;
                free(parts);
            }
            free(wkb);
        }
    }
    return NULL;
}

static void threads_share_an_edition(void **state)
{
    (void)state;
    if (!have_official())
        skip();
    struct geo_edition *edition = official_edition();
    struct reader readers[3];
    pthread_t threads[3];
    for (int i = 0; i < 3; i++) {
        readers[i] = (struct reader){.edition = edition, .seed = {5, 6, 7}};
        assert_int_equal(pthread_create(&threads[i], NULL, read_edition, &readers[i]), 0);
    }
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(readers[0].sum, readers[1].sum);
    assert_int_equal(readers[0].sum, readers[2].sum);
    geo_edition_free(edition);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_are_in_order_of_code),
        cmocka_unit_test(a_bad_unit_is_named),
        cmocka_unit_test(places_are_told_apart),
        cmocka_unit_test(of_two_equally_near_the_lower_code_is_taken),
        cmocka_unit_test(geometries_are_split),
        cmocka_unit_test(editions_are_loaded_from_the_store),
        cmocka_unit_test(communities_and_corners_are_located_as_by_brute_force),
        cmocka_unit_test(islands_belong_to_the_nearest_shore),
        cmocka_unit_test(threads_share_an_edition),
    };
    return cmocka_run_group_tests(tests, NULL, forget_official);
}
