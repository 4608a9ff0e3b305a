/* test_rescue_edition.c - tests of geo/place/rescue_edition: boundaries elsewhere on Earth. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>

#include <cmocka.h>

#include "geo/place/crs.h"
#include "geo/place/rescue_edition.h"
#include "geo/place/shape.h"
#include "tests/support/boundaries.h"
#include "tests/support/cells.h"

/* Three municipalities of the east of zone 19 and the west of zone 20. */
static const struct cell cells[] = {
    {.codigo = "010101", .nombre = "Sucre", .box = {-65.5, -19.3, -65, -18.7}},
    {.codigo = "010102", .nombre = "Yotala", .box = {-65.5, -19.9, -65, -19.3}},
    {.codigo = "010103", .nombre = "Poroma", .box = {-66, -19.3, -65.5, -18.7}},
    {0},
};
/* Codes that no edition has, in the same places. */
static const struct cell others[] = {
    {.codigo = "090101", .nombre = "Uno", .box = {-65.5, -19.3, -65, -18.7}},
    {.codigo = "090102", .nombre = "Dos", .box = {-65.5, -19.9, -65, -19.3}},
    {.codigo = "090103", .nombre = "Tres", .box = {-66, -19.3, -65.5, -18.7}},
    {0},
};
enum { UNITS = 3 };

static struct geo_edition *known;
static struct geo_rescue *rescue;
static struct geo_crs *crs;

static int set_up(void **state)
{
    (void)state;
    known = cells_edition(cells, NULL);
    rescue = geo_rescue_new(NULL);
    crs = geo_crs_new(NULL);
    return known && rescue && crs ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    geo_crs_free(crs);
    geo_rescue_free(rescue);
    geo_edition_free(known);
    return 0;
}

/* What was done to the boundaries before they came. */
struct damage {
    bool swap, lose_x, lose_y;
    int numbers; /* EPSG of the numbers that they were written in */
    int taken;   /* EPSG that the source took them for; 0: nobody transformed them */
    bool stray;  /* the last unit lies elsewhere on Earth */
};

static struct buf damaged(const unsigned char *wkb, size_t wkb_len, const struct damage *damage)
{
    struct geo_shape *from = geo_shape_parse(wkb, wkb_len, NULL);
    struct geo_shape_room room;
    assert_non_null(from);
    struct geo_shape *shape = geo_shape_new(from->kind, from->multi, from->n_points, from->n_rings,
                                            from->n_parts, &room, NULL);
    assert_non_null(shape);
    memcpy(room.rings, from->rings, from->n_rings * sizeof *room.rings);
    memcpy(room.parts, from->parts, from->n_parts * sizeof *room.parts);
    memcpy(room.xy, from->xy, 2 * from->n_points * sizeof *room.xy);
    if (damage->numbers)
        assert_true(geo_crs_from_lonlat(crs, damage->numbers, room.xy, from->n_points, NULL));
    for (size_t i = 0; i < from->n_points; i++) {
        double x = damage->lose_x ? -room.xy[2 * i] : room.xy[2 * i];
        double y = damage->lose_y ? -room.xy[2 * i + 1] : room.xy[2 * i + 1];
        room.xy[2 * i] = damage->swap ? y : x;
        room.xy[2 * i + 1] = damage->swap ? x : y;
    }
    if (damage->taken)
        assert_true(geo_crs_to_lonlat(crs, damage->taken, room.xy, from->n_points, NULL));
    struct buf out;
    buf_init(&out);
    geo_shape_put_wkb(shape, from->multi, &out);
    geo_shape_free(shape);
    geo_shape_free(from);
    return out;
}

static bool same_shape(const struct buf *a, const unsigned char *b, size_t b_len)
{
    struct geo_shape *left = geo_shape_parse((const unsigned char *)a->data, a->len, NULL);
    struct geo_shape *right = geo_shape_parse(b, b_len, NULL);
    bool same = left && right && left->n_points == right->n_points;
    for (size_t i = 0; same && i < 2 * left->n_points; i++)
        same = fabs(left->xy[i] - right->xy[i]) < 1e-7;
    geo_shape_free(left);
    geo_shape_free(right);
    return same;
}

#define OUTSIDE "3 de 3 municipios quedan fuera del país "

static const struct {
    const char *name;
    bool codes_known;
    struct damage damage;
    const char *crs, *how;
    const char *refused; /* the message if nothing may be changed; NULL: it stands as it is */
} good[] = {
    {"as it is", true, {0}, "OGC:CRS84", "", NULL},
    {"as it is, unknown codes", false, {0}, "OGC:CRS84", "", NULL},
    {"a stated system", true, {.numbers = 32720, .taken = 32720}, "EPSG:32720", "", NULL},
    {"swapped",
     true,
     {.swap = true},
     "OGC:CRS84",
     "invertidas",
     OUTSIDE "(010101 en x -19.3, y -65.5; 010102 en x -19.9, y -65.5; 010103 en x -19.3, y -66); "
             "así quedarían en él: invertidas"},
    {"swapped, unknown codes",
     false,
     {.swap = true},
     "OGC:CRS84",
     "invertidas",
     OUTSIDE "(090101 en x -19.3, y -65.5; 090102 en x -19.9, y -65.5; 090103 en x -19.3, y -66); "
             "así quedarían en él: invertidas"},
    {"signs lost",
     true,
     {.lose_x = true, .lose_y = true},
     "OGC:CRS84",
     "signo",
     OUTSIDE "(010101 en x 65.5, y 19.3; 010102 en x 65.5, y 19.9; 010103 en x 66, y 19.3); así "
             "quedarían en él: signo"},
    {"swapped, signs lost",
     true,
     {.swap = true, .lose_x = true, .lose_y = true},
     "OGC:CRS84",
     "invertidas+signo",
     OUTSIDE "(010101 en x 19.3, y 65.5; 010102 en x 19.9, y 65.5; 010103 en x 19.3, y 66); así "
             "quedarían en él: invertidas+signo"},
    {"metres of nobody's system",
     true,
     {.numbers = 32720},
     "EPSG:32720",
     "utm_zona",
     OUTSIDE "(010101 en x 237284.8092, y 7864082.4605; 010102 en x 238257.9385, y 7797640.0869; "
             "010103 en x 184707.1224, y 7863247.7306); así quedarían en él: utm_zona, EPSG:32720"},
    {"a zone of Africa stated",
     true,
     {.numbers = 32720, .taken = 32733},
     "EPSG:32720",
     "utm_zona",
     OUTSIDE "(010101 en x 12.5, y -19.3; 010102 en x 12.5, y -19.9; 010103 en x 12, y -19.3); así "
             "quedarían en él: utm_zona, EPSG:32720"},
    {"the north stated",
     true,
     {.numbers = 32720, .taken = 32620},
     "EPSG:32720",
     "utm_zona",
     OUTSIDE "(010101 en x -70.1513, y 70.7416; 010102 en x -69.9201, y 70.1513; 010103 en x "
             "-71.5609, y 70.6734); así quedarían en él: utm_zona, EPSG:32720"},
};

static void boundaries_are_put_right(void **state)
{
    (void)state;
    const struct geo_edition *const editions[] = {known};
    for (size_t g = 0; g < sizeof good / sizeof *good; g++) {
        unsigned char meant[UNITS][CELL_WKB];
        struct geo_source_unit units[UNITS];
        struct buf given[UNITS], out[UNITS];
        for (size_t i = 0; i < UNITS; i++) {
            units[i] = cell_unit(good[g].codes_known ? &cells[i] : &others[i], meant[i]);
            given[i] = damaged(meant[i], CELL_WKB, &good[g].damage);
            units[i].wkb = (unsigned char *)given[i].data;
            units[i].wkb_len = given[i].len;
            buf_init(&out[i]);
        }
        struct geo_rescued found = {0}, none = {.lon_deg = 7};
        struct err err = {0};
        bool ok = geo_rescue_edition(rescue, editions, 1, units, UNITS, good[g].damage.taken,
                                     &found, out, &err);
        if (!ok || strcmp(found.crs, good[g].crs) != 0 || strcmp(found.how, good[g].how) != 0 ||
            found.changed != (*good[g].how != '\0'))
            fail_msg("%s: %s %s «%s» changed %d", good[g].name, ok ? "read as" : err.message,
                     found.crs, found.how, found.changed);
        for (size_t i = 0; i < UNITS; i++)
            if (!same_shape(found.changed ? &out[i] : &given[i], meant[i], CELL_WKB))
                fail_msg("%s: unit %zu is elsewhere", good[g].name, i);
        ok = geo_rescue_edition(rescue, editions, 1, units, UNITS, good[g].damage.taken, &none,
                                NULL, &err);
        if (ok != !good[g].refused || (!ok && strcmp(err.message, good[g].refused) != 0))
            fail_msg("%s:\n%s\n%s", good[g].name, err.message,
                     good[g].refused ? good[g].refused : "");
        for (size_t i = 0; i < UNITS; i++) {
            buf_free(&given[i]);
            buf_free(&out[i]);
        }
    }
}

static const struct {
    const char *name;
    bool codes_known;
    struct damage damage;
    const char *message;
} bad[] = {
    {"one unit is elsewhere",
     true,
     {.stray = true},
     "1 de 3 municipios quedan fuera del país (010103 en x -19.3, y -66); ningún orden, signo ni "
     "zona UTM los pone todos en él"},
    {"metres that fit in two zones, unknown codes",
     false,
     {.numbers = 32720},
     OUTSIDE "(090101 en x 237284.8092, y 7864082.4605; 090102 en x 238257.9385, y 7797640.0869; "
             "090103 en x 184707.1224, y 7863247.7306); se leen de varias maneras: utm_zona, "
             "EPSG:32720; utm_zona, EPSG:32721"},
    {"the wrong zone stated, and still in the country",
     true,
     {.numbers = 32720, .taken = 32721},
     "ningún municipio queda donde otras ediciones tienen su código; así sí: utm_zona, "
     "EPSG:32720"},
};

static void others_are_refused(void **state)
{
    (void)state;
    const struct geo_edition *const editions[] = {known};
    for (size_t b = 0; b < sizeof bad / sizeof *bad; b++) {
        unsigned char meant[UNITS][CELL_WKB];
        struct geo_source_unit units[UNITS];
        struct buf given[UNITS], out[UNITS];
        for (size_t i = 0; i < UNITS; i++) {
            struct damage damage = bad[b].damage;
            damage.swap = damage.stray && i == UNITS - 1;
            units[i] = cell_unit(bad[b].codes_known ? &cells[i] : &others[i], meant[i]);
            given[i] = damaged(meant[i], CELL_WKB, &damage);
            units[i].wkb = (unsigned char *)given[i].data;
            units[i].wkb_len = given[i].len;
            buf_init(&out[i]);
        }
        struct geo_rescued found = {.lon_deg = 7};
        struct err err = {0};
        if (geo_rescue_edition(rescue, editions, 1, units, UNITS, bad[b].damage.taken, &found, out,
                               &err))
            fail_msg("%s: read as %s «%s»", bad[b].name, found.crs, found.how);
        assert_int_equal(err.kind, ERR_INPUT);
        assert_true(found.lon_deg == 7);
        if (strcmp(err.message, bad[b].message) != 0)
            fail_msg("%s:\n%s\n%s", bad[b].name, err.message, bad[b].message);
        for (size_t i = 0; i < UNITS; i++) {
            assert_int_equal(out[i].len, 0);
            buf_free(&given[i]);
            buf_free(&out[i]);
        }
    }
}

/* The official boundaries, damaged, without any edition known. */
static void the_official_boundaries(void **state)
{
    (void)state;
    static const struct {
        struct damage damage;
        const char *how;
    } cases[] = {
        {{0}, ""},
        {{.swap = true}, "invertidas"},
        {{.lose_x = true, .lose_y = true}, "signo"},
        {{.numbers = 32720}, "utm_zona"},
        {{.numbers = 32720, .taken = 32719}, "utm_zona"},
    };
    char path[4096];
    struct boundaries all;
    struct err err = {0};
    snprintf(path, sizeof path, "%s/data/municipios_339.geojson", getenv("SIGG_SHARED"));
    assert_true(boundaries_read(path, &all));
    struct geo_source_unit *units = calloc(all.n, sizeof *units);
    struct buf *given = calloc(all.n, sizeof *given), *out = calloc(all.n, sizeof *out);
    assert_true(units && given && out);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        for (size_t i = 0; i < all.n; i++) {
            given[i] = damaged(all.units[i].wkb, all.units[i].wkb_len, &cases[c].damage);
            units[i] = all.units[i];
            units[i].wkb = (unsigned char *)given[i].data;
            units[i].wkb_len = given[i].len;
            buf_init(&out[i]);
        }
        struct geo_rescued found = {0};
        if (!geo_rescue_edition(rescue, NULL, 0, units, all.n, cases[c].damage.taken, &found, out,
                                &err))
            fail_msg("%s: %s", cases[c].how, err.message);
        assert_string_equal(found.how, cases[c].how);
        for (size_t i = 0; i < all.n; i++) {
            assert_true(same_shape(found.changed ? &out[i] : &given[i], all.units[i].wkb,
                                   all.units[i].wkb_len));
            buf_free(&given[i]);
            buf_free(&out[i]);
        }
    }
    free(units);
    free(given);
    free(out);
    boundaries_free(&all);
}

static void nothing(void **state)
{
    (void)state;
}

int main(void)
{
    const char *shared = getenv("SIGG_SHARED");
    char path[4096];
    snprintf(path, sizeof path, "%s/data/municipios_339.geojson", shared ? shared : "");
    bool there = access(path, R_OK) == 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(boundaries_are_put_right),
        cmocka_unit_test(others_are_refused),
        {there ? "the_official_boundaries" : "the_official_boundaries # SKIP no official data",
         there ? the_official_boundaries : nothing, NULL, NULL, NULL},
    };
    return cmocka_run_group_tests_name("rescue_edition", tests, set_up, tear_down);
}
