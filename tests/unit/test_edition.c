/* test_edition.c - tests of geo/place.
 * Locate, edition, split and boundaries, against brute force in integers, on small countries
 * and the official boundaries. */
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "geo/place/boundaries.h"
#include "geo/place/locate.h"
#include "geo/place/measure.h"
#include "tests/support/boundaries.h"
#include "tests/support/wkt.h"

/* Brute force ------------------------------------------------------------------ */

__extension__ typedef __int128 wide;

/* Coordinates are multiples of 2^-49 (every double of 8 to 180 is, and the
 * lattice below), so that this is exact in integers and shares nothing with
 * geo/place/orient.c. */
static wide cross(const double *a, const double *b, const double *p)
{
    const double unit = ldexp(1, 49);
    int64_t ax = (int64_t)(a[0] * unit), ay = (int64_t)(a[1] * unit);
    int64_t bx = (int64_t)(b[0] * unit), by = (int64_t)(b[1] * unit);
    int64_t px = (int64_t)(p[0] * unit), py = (int64_t)(p[1] * unit);
    return (wide)(bx - ax) * (py - ay) - (wide)(by - ay) * (px - ax);
}

static bool brute_holds(const struct geo_shape *shape, const double *p)
{
    bool inside = false;
    for (size_t r = 0; r < shape->n_rings; r++)
        for (uint32_t i = shape->rings[r]; i + 1 < shape->rings[r + 1]; i++) {
            const double *a = shape->xy + 2 * (size_t)i, *b = a + 2;
            if ((a[1] > p[1] && b[1] > p[1]) || (a[1] < p[1] && b[1] < p[1]))
                continue;
            wide turn = cross(a, b, p);
            if (turn == 0 && p[0] >= fmin(a[0], b[0]) && p[0] <= fmax(a[0], b[0]))
                return true;
            if ((a[1] > p[1]) != (b[1] > p[1]) && (turn > 0) == (b[1] > a[1]))
                inside = !inside;
        }
    return inside;
}

static int brute_locate(struct geo_shape *const *shapes, size_t n, const double *p)
{
    for (size_t i = 0; i < n; i++)
        if (shapes[i] && geo_box_holds(shapes[i]->box, p[0], p[1]) && brute_holds(shapes[i], p))
            return (int)i;
    return -1;
}

/* A star on a lattice of 1/64 degree: many corners, edges and sides in line
 * with each other and with the points asked for. */
static struct geo_shape *random_star(unsigned short seed[3], double x, double y, double size)
{
    char wkt[4096];
    int n = 3 + (int)(12 * erand48(seed)), at = snprintf(wkt, sizeof wkt, "POLYGON ((");
    double first[2] = {0, 0};
    for (int i = 0; i < n; i++) {
        double r = size * (0.3 + 0.7 * erand48(seed)), angle = 2 * M_PI * i / n;
        double corner[2] = {round(64 * (x + r * cos(angle))) / 64,
                            round(64 * (y + r * sin(angle))) / 64};
        if (i == 0)
            memcpy(first, corner, sizeof first);
        at += snprintf(wkt + at, sizeof wkt - (size_t)at, "%.17g %.17g, ", corner[0], corner[1]);
    }
    snprintf(wkt + at, sizeof wkt - (size_t)at, "%.17g %.17g))", first[0], first[1]);
    size_t len;
    unsigned char *wkb = wkb_of(wkt, &len);
    struct geo_shape *shape = geo_shape_parse(wkb, len, NULL);
    free(wkb);
    return shape;
}

static void points_are_located_as_by_brute_force(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t shapes;
        double spread, size;
    } cases[] = {
        {"apart", 20, 4, 0.4},        {"overlapping", 60, 2, 0.8},
        {"one tiny", 1, 0, 0.04},     {"more than a cell can list", 90, 0.02, 0.5},
        {"huge and small", 40, 3, 3},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        unsigned short seed[3] = {2023, 4, (unsigned short)c};
        struct geo_shape *shapes[100];
        size_t n = cases[c].shapes;
        struct geo_box box = geo_box_empty();
        for (size_t i = 0; i < n; i++) {
            shapes[i] = random_star(seed, -65 + cases[c].spread * (erand48(seed) - 0.5),
                                    -17 + cases[c].spread * (erand48(seed) - 0.5), cases[c].size);
            box = geo_box_join(box, shapes[i]->box);
        }
        struct geo_locate *locate = geo_locate_build(shapes, n, NULL);
        assert_non_null(locate);
        enum { POINTS = 20000 };
        double *xy = malloc(sizeof(double[2 * POINTS]));
        int *found = malloc(POINTS * sizeof *found), on_lattice = 0;
        for (size_t i = 0; i < POINTS; i++) {
            /* Half of the points are on the lattice: on corners, on edges, in line with
             * them. */
            double lattice = i % 2 ? 64 : 65536;
            for (int k = 0; k < 2; k++) {
                double low = k ? box.min_y : box.min_x, high = k ? box.max_y : box.max_x;
                xy[2 * i + k] =
                    round(lattice * (low - 0.05 + erand48(seed) * (high - low + 0.1))) / lattice;
            }
        }
        geo_locate_points(locate, xy, POINTS, found);
        for (size_t i = 0; i < POINTS; i++) {
            int expected = brute_locate(shapes, n, xy + 2 * i);
            if (found[i] != expected ||
                geo_locate_point(locate, xy[2 * i], xy[2 * i + 1]) != expected)
                fail_msg("%s: %.17g %.17g in %d, not %d", cases[c].name, xy[2 * i], xy[2 * i + 1],
                         found[i], expected);
            for (size_t k = 0; k < n; k++)
                on_lattice +=
                    geo_shape_side(shapes[k], xy[2 * i], xy[2 * i + 1]) == GEO_SIDE_BORDER;
        }
        assert_true(on_lattice > 0); /* the hard cases did occur */
        geo_locate_free(locate);
        for (size_t i = 0; i < n; i++)
            geo_shape_free(shapes[i]);
        free(xy);
        free(found);
    }
}

/* Rings without area still have a border. */
static void flat_rings_hold_their_border(void **state)
{
    (void)state;
    static const struct {
        const char *name, *wkt;
        double on[2], off[2];
    } cases[] = {
        {"all one point",
         "POLYGON ((-65 -17, -65 -17, -65 -17, -65 -17))",
         {-65, -17},
         {-65.001, -17}},
        {"there and back",
         "POLYGON ((-65 -17, -64 -16, -64.5 -16.5, -65 -17))",
         {-64.25, -16.25},
         {-64.25, -16.2}},
        {"a corner twice",
         "POLYGON ((-65 -17, -64 -17, -64 -17, -64 -16, -65 -17))",
         {-64.5, -16.5},
         {-64.5, -16.4}},
        {"a part that is a point",
         "MULTIPOLYGON (((-65 -17, -64 -17, -64 -16, -65 -17)), ((-66 -18, -66 -18, -66 -18,"
         " -66 -18)))",
         {-66, -18},
         {-66, -17.999}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t len;
        unsigned char *wkb = wkb_of(cases[i].wkt, &len);
        struct geo_shape *shape = geo_shape_parse(wkb, len, NULL);
        struct geo_locate *locate = geo_locate_build(&shape, 1, NULL);
        if (geo_locate_point(locate, cases[i].on[0], cases[i].on[1]) != 0 ||
            geo_locate_point(locate, cases[i].off[0], cases[i].off[1]) != -1)
            fail_msg("%s", cases[i].name);
        geo_locate_free(locate);
        geo_shape_free(shape);
        free(wkb);
    }
}

static void what_is_no_place_lies_nowhere(void **state)
{
    (void)state;
    unsigned short seed[3] = {1, 1, 1};
    struct geo_shape *shape = random_star(seed, -65, -17, 1);
    struct geo_locate *locate = geo_locate_build(&shape, 1, NULL);
    struct geo_locate *empty = geo_locate_build(NULL, 0, NULL);
    static const double far[] = {NAN, INFINITY, -INFINITY, 1e300, -1e300, 180};
    for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
        assert_int_equal(geo_locate_point(locate, far[i], -17), -1);
        assert_int_equal(geo_locate_point(locate, -65, far[i]), -1);
        assert_int_equal(geo_locate_point(empty, far[i], far[i]), -1);
    }
    assert_int_equal(geo_locate_point(empty, 0, 0), -1);
    geo_locate_free(locate);
    geo_locate_free(empty);
    geo_shape_free(shape);
}

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
static const char lake[] = "POLYGON ((-1 0, 0.1 0, 0.1 2, -1 2, -1 0))";
static const char town[] = "POLYGON ((0.4 0.4, 0.6 0.4, 0.6 0.6, 0.4 0.6, 0.4 0.4))";

static struct geo_source_unit source_unit(const char *codigo, const char *wkt)
{
    struct geo_source_unit unit = {.unit = {.nombre = codigo}};
    snprintf(unit.unit.codigo, sizeof unit.unit.codigo, "%s", codigo);
    unit.wkb = wkb_of(wkt, &unit.wkb_len);
    return unit;
}

static void free_unit(struct geo_source_unit *unit)
{
    free((void *)(uintptr_t)unit->wkb);
}

static struct geo_edition *small_edition(void)
{
    struct geo_source_unit units[COUNTRY];
    struct geo_source_unit water = source_unit("01", lake), urban = source_unit("1", town);
    struct err err = {0};
    for (size_t i = 0; i < COUNTRY; i++)
        units[i] = source_unit(country[i].codigo, country[i].wkt);
    struct geo_edition *edition =
        geo_edition_build("prueba", units, COUNTRY, &water, 1, &urban, 1, &err);
    if (!edition)
        fail_msg("%s", err.message);
    for (size_t i = 0; i < COUNTRY; i++)
        free_unit(&units[i]);
    free_unit(&water);
    free_unit(&urban);
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
        assert_null(geo_edition_build("e", units, 2, NULL, 0, NULL, 0, &err));
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
        bool urban;
    } cases[] = {
        {"inside", 0.3, 0.3, GEO_IN_UNIT, 0, 0, false},
        {"in the town", 0.5, 0.5, GEO_IN_UNIT, 0, 0, true},
        {"on the town's border", 0.4, 0.5, GEO_IN_UNIT, 0, 0, true},
        {"on a border: the lower code", 1, 0.5, GEO_IN_UNIT, 0, 0, false},
        {"on a corner of four", 1, 1, GEO_IN_UNIT, 0, 0, false},
        {"on a border above", 0.5, 1, GEO_IN_UNIT, 0, 0, false},
        {"in an overlap: the lower code", 1.95, 0.5, GEO_IN_UNIT, 1, 0, false},
        {"beyond the overlap", 2.1, 0.5, GEO_IN_UNIT, 5, 0, false},
        {"in a hole that another fills", 1.5, 1.5, GEO_IN_UNIT, 4, 0, false},
        {"on the hole's border", 1.4, 1.5, GEO_IN_UNIT, 3, 0, false},
        {"a second part", 5.5, 5.5, GEO_IN_UNIT, 1, 0, false},
        {"land under water is land", 0.05, 0.5, GEO_IN_UNIT, 0, 0, false},
        /* A hundredth of a degree on the equator: 1113.19 m. */
        {"in the lake", -0.01, 0.5, GEO_IN_WATER, 0, 1113.15, false},
        {"in the lake, nearer to three", -0.01, 1.5, GEO_IN_WATER, 2, 1112.81, false},
        {"outside", 3, 3, GEO_OUTSIDE, -1, -1, false},
        {"between parts", 4, 4, GEO_OUTSIDE, -1, -1, false},
    };
    struct geo_edition *edition = small_edition();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct geo_place place = geo_edition_place(edition, cases[i].lon, cases[i].lat);
        bool far = cases[i].distance_m < 0 ? !isnan(place.distance_m)
                                           : fabs(place.distance_m - cases[i].distance_m) > 0.1;
        if (place.where != cases[i].where || place.unit != cases[i].unit ||
            place.urban != cases[i].urban || far)
            fail_msg("%s: where %d, unit %d, %.3f m, urban %d", cases[i].name, place.where,
                     place.unit, place.distance_m, place.urban);
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
    struct geo_edition *edition = geo_edition_build("e", units, 2, &water, 1, NULL, 0, NULL);
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
    put_area(store, "zonas_urbanas", "", "1",
             "MULTIPOLYGON (((0.4 0.4, 0.6 0.4, 0.6 0.6, 0.4 0.6, 0.4 0.4)))");
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
    assert_true(geo_edition_place(current, 0.5, 0.5).urban);
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

static void boundaries_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct {
            const char *codigo, *wkt;
        } units[4], water;
        bool fit;
        size_t n;
        const char *first; /* the first finding's message */
    } cases[] = {
        {"fit",
         {{"010101", "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"},
          {"010102", "POLYGON ((1 0, 2 0, 2 1, 1 1, 1 0))"}},
         {NULL, NULL},
         true,
         0,
         NULL},
        {"a code of five digits",
         {{"10101", "POLYGON ((0 0, 1 0, 1 1, 0 0))"}},
         {NULL, NULL},
         false,
         1,
         "el código «10101» no tiene seis dígitos"},
        {"a code with a letter",
         {{"01010A", "POLYGON ((0 0, 1 0, 1 1, 0 0))"}},
         {NULL, NULL},
         false,
         1,
         "el código «01010A» no tiene seis dígitos"},
        {"a code three times",
         {{"010101", "POLYGON ((0 0, 1 0, 1 1, 0 0))"},
          {"010101", "POLYGON ((2 0, 3 0, 3 1, 2 0))"},
          {"010101", "POLYGON ((4 0, 5 0, 5 1, 4 0))"}},
         {NULL, NULL},
         false,
         1,
         "el código 010101 está repetido"},
        {"not repaired",
         {{"010101", "POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))"}},
         {NULL, NULL},
         false,
         1,
         "el polígono de 010101 no es válido"},
        /* 0.01 by 1 degree: 1.113 km by 110.57 km. */
        {"an overlap",
         {{"010102", "POLYGON ((1 0, 2 0, 2 1, 1 1, 1 0))"},
          {"010101", "POLYGON ((0 0, 1.01 0, 1.01 1, 0 1, 0 0))"}},
         {NULL, NULL},
         false,
         1,
         "010101 y 010102 se superponen en 1230"},
        {"a sliver of ten metres",
         {{"010101", "POLYGON ((0 0, 1.0001 0, 1.0001 1, 0 1, 0 0))"},
          {"010102", "POLYGON ((1 0, 2 0, 2 1, 1 1, 1 0))"}},
         {NULL, NULL},
         true,
         0,
         NULL},
        {"a gap",
         {{"010101", "POLYGON ((0 0, 3 0, 3 3, 0 3, 0 0), (1 1, 1.1 1, 1.1 1.1, 1 1.1, 1 1))"}},
         {NULL, NULL},
         true,
         1,
         "hueco sin municipio de 12307.1 ha"},
        {"a gap between neighbours",
         {{"010101", "POLYGON ((0 0, 3 0, 3 1, 1 1, 1 2, 3 2, 3 3, 0 3, 0 0))"},
          {"010102", "POLYGON ((3 1, 3 2, 2 2, 2 1, 3 1))"}},
         {NULL, NULL},
         true,
         1,
         "hueco sin municipio de 1230"},
        {"a gap that is a lake",
         {{"010101", "POLYGON ((0 0, 3 0, 3 3, 0 3, 0 0), (1 1, 1.1 1, 1.1 1.1, 1 1.1, 1 1))"}},
         {"01", "POLYGON ((0.9 0.9, 1.2 0.9, 1.2 1.2, 0.9 1.2, 0.9 0.9))"},
         true,
         0,
         NULL},
        {"a gap with an islet of land in its lake",
         {{"010101", "POLYGON ((0 0, 3 0, 3 3, 0 3, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))"}},
         {"01", "POLYGON ((1 1, 2 1, 2 2, 1 2, 1 1), (1.4 1.4, 1.41 1.4, 1.41 1.41, 1.4 1.41,"
                " 1.4 1.4))"},
         true,
         1,
         "hueco sin municipio de 123."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct geo_source_unit units[4], water = {.wkb = NULL};
        struct geo_boundaries_report report;
        struct err err = {0};
        struct buf text;
        size_t n = 0;
        buf_init(&text);
        for (; n < 4 && cases[i].units[n].codigo; n++)
            units[n] = source_unit(cases[i].units[n].codigo, cases[i].units[n].wkt);
        if (cases[i].water.wkt)
            water = source_unit(cases[i].water.codigo, cases[i].water.wkt);
        if (!geo_boundaries_check(units, n, &water, water.wkb ? 1 : 0, &report, &err))
            fail_msg("%s: %s", cases[i].name, err.message);
        if (report.n)
            geo_boundaries_describe(&report.findings[0], &text);
        if (report.fit != cases[i].fit || report.n != cases[i].n ||
            (cases[i].first && !strstr(text.data, cases[i].first)))
            fail_msg("%s: %zu findings, first: %s", cases[i].name, report.n,
                     report.n ? text.data : "");
        geo_boundaries_report_free(&report);
        buf_free(&text);
        for (size_t k = 0; k < n; k++)
            free_unit(&units[k]);
        free_unit(&water);
    }
}

/* The official boundaries ---------------------------------------------------------- */

static struct boundaries official, official_water;

static bool have_official(void)
{
    const char *shared = getenv("SIGG_SHARED");
    char path[4096];
    if (official.n)
        return true;
    snprintf(path, sizeof path, "%s/data/municipios_339.geojson", shared ? shared : "../shared");
    if (access(path, R_OK) != 0)
        return false;
    assert_true(boundaries_read(path, &official));
    snprintf(path, sizeof path, "%s/data/cuerpos_agua.geojson", shared ? shared : "../shared");
    assert_true(boundaries_read(path, &official_water));
    return true;
}

static struct geo_edition *official_edition(void)
{
    struct geo_edition *edition = geo_edition_build(
        "339", official.units, official.n, official_water.units, official_water.n, NULL, 0, NULL);
    assert_non_null(edition);
    return edition;
}

static void official_boundaries_are_repaired_and_fit(void **state)
{
    (void)state;
    if (!have_official())
        skip();
    struct geo_boundaries_report report;
    assert_int_equal(official.n, 339);
    assert_int_equal(official.n_repaired, 17); /* data/README: as delivered */
    assert_true(geo_boundaries_check(official.units, official.n, official_water.units,
                                     official_water.n, &report, NULL));
    assert_true(report.fit);
    assert_int_equal(report.n_overlaps, 0);
    assert_true(report.n_gaps > 0 && report.gaps_m2 > 0);
    geo_boundaries_report_free(&report);
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

static int forget_official(void **state)
{
    (void)state;
    boundaries_free(&official);
    boundaries_free(&official_water);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_located_as_by_brute_force),
        cmocka_unit_test(flat_rings_hold_their_border),
        cmocka_unit_test(what_is_no_place_lies_nowhere),
        cmocka_unit_test(units_are_in_order_of_code),
        cmocka_unit_test(a_bad_unit_is_named),
        cmocka_unit_test(places_are_told_apart),
        cmocka_unit_test(of_two_equally_near_the_lower_code_is_taken),
        cmocka_unit_test(geometries_are_split),
        cmocka_unit_test(editions_are_loaded_from_the_store),
        cmocka_unit_test(boundaries_are_checked),
        cmocka_unit_test(official_boundaries_are_repaired_and_fit),
        cmocka_unit_test(communities_and_corners_are_located_as_by_brute_force),
        cmocka_unit_test(threads_share_an_edition),
    };
    return cmocka_run_group_tests(tests, NULL, forget_official);
}
