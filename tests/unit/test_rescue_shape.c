/* test_rescue_shape.c - tests of geo/place/rescue_shape: polygons and lines elsewhere. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "geo/place/crs.h"
#include "geo/place/rescue_shape.h"
#include "geo/place/shape.h"
#include "tests/support/cells.h"

static const struct cell cells[] = {
    {.codigo = "020801", .nombre = "Viacha", .box = {-69, -17, -68, -16}},
    {.codigo = "020901", .nombre = "Luribay", .box = {-68, -17, -66, -16}},
    {.codigo = "071401", .nombre = "Puerto Suárez", .box = {-63, -18, -60, -16}},
    {0},
};
enum { NONE = -1, VIACHA, LURIBAY, SUAREZ };

static struct geo_edition *edition;
static struct geo_rescue *rescue;
static struct geo_crs *crs;

static int set_up(void **state)
{
    (void)state;
    edition = cells_edition(cells, NULL);
    rescue = geo_rescue_new(NULL);
    crs = geo_crs_new(NULL);
    return edition && rescue && crs ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    geo_crs_free(crs);
    geo_rescue_free(rescue);
    geo_edition_free(edition);
    return 0;
}

/* What was done to a square of Viacha (or another one) before it came. */
struct damage {
    bool swap, lose_x, lose_y;
    int numbers; /* EPSG of the numbers that it was written in */
    int taken;   /* EPSG that the source took them for; 0: nobody transformed them */
};

static const double square[5][2] = {
    {-68.1234, -16.4868}, {-68.1214, -16.4868}, {-68.1214, -16.4888},
    {-68.1234, -16.4888}, {-68.1234, -16.4868},
};

/* A polygon as two squares, `apart` degrees from each other, or a line. */
static void put(struct buf *wkb, const struct damage *damage, bool line, double dx, double dy)
{
    struct geo_shape_room room;
    size_t parts = line ? 1 : 2;
    struct geo_shape *shape = geo_shape_new(line ? GEO_SHAPE_LINE : GEO_SHAPE_POLYGON, parts == 2,
                                            5 * parts, parts, parts, &room, NULL);
    assert_non_null(shape);
    for (size_t i = 0; i < 5 * parts; i++) {
        double *at = room.xy + 2 * i;
        at[0] = square[i % 5][0] + dx + (i < 5 ? 0 : 0.01);
        at[1] = square[i % 5][1] + dy;
        if (damage->numbers)
            assert_true(geo_crs_from_lonlat(crs, damage->numbers, at, 1, NULL));
        double x = damage->lose_x ? -at[0] : at[0], y = damage->lose_y ? -at[1] : at[1];
        at[0] = damage->swap ? y : x;
        at[1] = damage->swap ? x : y;
        if (damage->taken)
            assert_true(geo_crs_to_lonlat(crs, damage->taken, at, 1, NULL));
    }
    for (size_t p = 0; p < parts; p++) {
        room.rings[p] = (uint32_t)(5 * p);
        room.parts[p] = (uint32_t)p;
    }
    geo_shape_put_wkb(shape, parts == 2, wkb);
    geo_shape_free(shape);
}

static const struct {
    const char *name;
    int declared;
    struct damage damage;
    double dx, dy; /* the place, from that of `square` */
    const char *crs, *how;
    bool uncertain;
} good[] = {
    {"as it is", VIACHA, {0}, 0, 0, "OGC:CRS84", "", false},
    {"as it is, nothing declared", NONE, {0}, 0, 0, "OGC:CRS84", "", false},
    {"as it is, another declared", SUAREZ, {0}, 0, 0, "OGC:CRS84", "", false},
    {"across the border", VIACHA, {0}, -0.8771, 0, "OGC:CRS84", "", false},
    {"a little outside", VIACHA, {0}, -1.2, 0, "OGC:CRS84", "", false},
    {"swapped", VIACHA, {.swap = true}, 0, 0, "OGC:CRS84", "invertidas", false},
    {"swapped, nothing declared", NONE, {.swap = true}, 0, 0, "OGC:CRS84", "invertidas", false},
    {"swapped, next to the declared",
     LURIBAY,
     {.swap = true},
     0.107,
     0,
     "OGC:CRS84",
     "invertidas",
     false},
    {"swapped, across the border",
     VIACHA,
     {.swap = true},
     -0.8771,
     0,
     "OGC:CRS84",
     "invertidas",
     false},
    {"signs lost", VIACHA, {.lose_x = true, .lose_y = true}, 0, 0, "OGC:CRS84", "signo", false},
    {"sign of lon lost", VIACHA, {.lose_x = true}, 0, 0, "OGC:CRS84", "signo", false},
    {"sign of lat lost, nothing declared",
     NONE,
     {.lose_y = true},
     0,
     0,
     "OGC:CRS84",
     "signo",
     false},
    {"swapped, signs lost",
     VIACHA,
     {true, true, true, 0, 0},
     0,
     0,
     "OGC:CRS84",
     "invertidas+signo",
     false},
    {"swapped under EPSG:4326",
     VIACHA,
     {true, false, false, 4326, 4326},
     0,
     0,
     "EPSG:4326",
     "invertidas",
     false},
    {"metres of nobody's system", VIACHA, {.numbers = 32719}, 0, 0, "EPSG:32719", "utm_zona", true},
    {"the same, northing first",
     VIACHA,
     {.numbers = 32719, .swap = true},
     0,
     0,
     "EPSG:32719",
     "invertidas+utm_zona",
     true},
    {"another zone stated",
     VIACHA,
     {.numbers = 32719, .taken = 32721},
     0,
     0,
     "EPSG:32719",
     "utm_zona",
     false},
    {"the north stated",
     VIACHA,
     {.numbers = 32719, .taken = 32619},
     0,
     0,
     "EPSG:32719",
     "utm_zona",
     false},
    {"the north and another zone stated",
     SUAREZ,
     {.numbers = 32720, .taken = 32619},
     6,
     0,
     "EPSG:32720",
     "utm_zona",
     false},
    {"another zone of PSAD56 stated",
     VIACHA,
     {.numbers = 24879, .taken = 24881},
     0,
     0,
     "EPSG:24879",
     "utm_zona",
     false},
    {"metres of Web Mercator", VIACHA, {.numbers = 3857}, 0, 0, "EPSG:3857", "mercator", false},
};

static void shapes_are_put_right(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2 * (sizeof good / sizeof *good); i++) {
        size_t g = i / 2;
        struct buf given, meant, out;
        buf_init(&given);
        buf_init(&meant);
        buf_init(&out);
        put(&given, &good[g].damage, i % 2, good[g].dx, good[g].dy);
        put(&meant, &(struct damage){0}, i % 2, good[g].dx, good[g].dy);
        struct geo_written_shape written = {(unsigned char *)given.data, given.len,
                                            good[g].damage.taken, NULL};
        struct geo_rescued found = {0};
        struct err err = {0};
        bool ok = geo_rescue_shape(rescue, edition, good[g].declared, &written, &found, &out, &err);
        if (!ok || strcmp(found.crs, good[g].crs) != 0 || strcmp(found.how, good[g].how) != 0 ||
            found.datum_uncertain != good[g].uncertain || found.changed != (*good[g].how != '\0') ||
            found.changed != (out.len > 0))
            fail_msg("%s: %s %s «%s» uncertain %d changed %d bytes %zu", good[g].name,
                     ok ? "read as" : err.message, found.crs, found.how, found.datum_uncertain,
                     found.changed, out.len);
        struct buf *result = found.changed ? &out : &given;
        struct geo_shape *a = geo_shape_parse((unsigned char *)result->data, result->len, NULL);
        struct geo_shape *b = geo_shape_parse((unsigned char *)meant.data, meant.len, NULL);
        assert_true(a && b && a->n_points == b->n_points && a->n_parts == b->n_parts &&
                    a->kind == b->kind);
        for (size_t k = 0; k < 2 * a->n_points; k++)
            if (fabs(a->xy[k] - b->xy[k]) > 1e-7)
                fail_msg("%s: number %zu is %.9f, not %.9f", good[g].name, k, a->xy[k], b->xy[k]);
        assert_true(found.lon_deg == a->xy[0] && found.lat_deg == a->xy[1]);
        geo_shape_free(a);
        geo_shape_free(b);
        buf_free(&given);
        buf_free(&meant);
        buf_free(&out);
    }
}

static const struct {
    const char *name;
    int declared;
    struct damage damage;
    double dx, dy;
    const char *message;
} bad[] = {
    {"another declared",
     SUAREZ,
     {.swap = true},
     0,
     0,
     "el vértice 1 está en x -16.4868, y -68.1234, fuera del país, y no hay una sola lectura que "
     "caiga en Puerto Suárez (Santa Cruz, 071401), el municipio declarado, o a 2 km de él: "
     "invertidas: lon -68.1234, lat -16.4868, en Viacha (La Paz)"},
    {"elsewhere",
     VIACHA,
     {0},
     100,
     0,
     "el vértice 1 está en x 31.8766, y -16.4868, fuera del país, y ningún orden, signo ni zona "
     "UTM lo pone en él"},
    {"metres that fit in two zones, nothing declared",
     NONE,
     {.numbers = 32719},
     0,
     0,
     "el vértice 1 está en x 593561.4478, y 8177013.163, fuera del país, y se lee de varias "
     "maneras: utm_zona EPSG:32719: lon -68.1234, lat -16.4868, en Viacha (La Paz); utm_zona "
     "EPSG:32720: lon -62.1234, lat -16.4868, en Puerto Suárez (Santa Cruz); indique su sistema "
     "con --crs EPSG:n"},
};

static void others_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct buf given, out;
        buf_init(&given);
        buf_init(&out);
        put(&given, &bad[i].damage, false, bad[i].dx, bad[i].dy);
        struct geo_written_shape written = {(unsigned char *)given.data, given.len,
                                            bad[i].damage.taken, NULL};
        struct geo_rescued found = {.lon_deg = 7};
        struct err err = {0};
        if (geo_rescue_shape(rescue, edition, bad[i].declared, &written, &found, &out, &err))
            fail_msg("%s: read as %s «%s»", bad[i].name, found.crs, found.how);
        assert_int_equal(err.kind, ERR_INPUT);
        assert_true(found.lon_deg == 7 && out.len == 0);
        if (strcmp(err.message, bad[i].message) != 0)
            fail_msg("%s:\n%s\n%s", bad[i].name, err.message, bad[i].message);
        buf_free(&given);
        buf_free(&out);
    }
}

/* A polygon with one vertex of swapped numbers is no reading of any kind. */
static void one_wrong_vertex(void **state)
{
    (void)state;
    double xy[5][2];
    memcpy(xy, square, sizeof xy);
    xy[2][0] = square[2][1];
    xy[2][1] = square[2][0];
    unsigned char wkb[CELL_WKB];
    cell_wkb((struct geo_box){0, 0, 1, 1}, wkb);
    memcpy(wkb + CELL_WKB - sizeof xy, xy, sizeof xy);
    struct geo_written_shape written = {wkb, sizeof wkb, 0, NULL};
    struct geo_rescued found;
    struct err err = {0};
    struct buf out;
    buf_init(&out);
    assert_false(geo_rescue_shape(rescue, edition, VIACHA, &written, &found, &out, &err));
    assert_string_equal(err.message,
                        "el vértice 3 está en x -16.4888, y -68.1214, fuera del país, y ningún "
                        "orden, signo ni zona UTM lo pone en él");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes_are_put_right),
        cmocka_unit_test(others_are_refused),
        cmocka_unit_test(one_wrong_vertex),
    };
    return cmocka_run_group_tests_name("rescue_shape", tests, set_up, tear_down);
}
