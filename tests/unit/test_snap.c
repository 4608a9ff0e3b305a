/* test_snap.c - tests of layers/shapes/snap and planar; GEOS judges unions and validity. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <geos_c.h>

#include "layers/shapes/geometry.h"
#include "layers/shapes/merc.h"
#include "layers/shapes/planar.h"
#include "layers/shapes/snap.h"
#include "tests/support/boundaries.h"

static GEOSContextHandle_t geos;

/* ---- polygons of a few corners --------------------------------------------- */

/* Around 17 degrees south; a metre on the ground is some 112 steps. */
enum { METRE = 112, AT_X = -780000000, AT_Y = 210000000 };

static const struct {
    const char *name;
    double m[64][2]; /* metres; rings are not closed */
    struct {
        int first, count;
        unsigned feature;
    } rings[4];
    size_t n_rings, n_features;
    bool slivers;    /* some faces get another owner */
    size_t lone;     /* arcs with land on one side only, afterwards */
    double areas[3]; /* hectares of each feature, afterwards */
} cases[] = {
    {"squares that share their corners",
     {{0, 0}, {1000, 0}, {1000, 1000}, {0, 1000}, {1000, 0}, {2000, 0}, {2000, 1000}, {1000, 1000}},
     {{0, 4, 0}, {4, 4, 1}},
     2,
     2,
     false,
     2,
     {100, 100}},
    {"a vertex on one side that lies on the other's line",
     {{0, 0},
      {1000, 0},
      {1000, 1000},
      {0, 1000},
      {1000, 0},
      {2000, 0},
      {2000, 1000},
      {1000, 1000},
      {1000, 400}},
     {{0, 4, 0}, {4, 5, 1}},
     2,
     2,
     false,
     2,
     {100, 100}},
    {"a gap goes to the later one: the first one's line stays",
     {{0, 0},
      {1000, 0},
      {1000, 1000},
      {0, 1000},
      {1000, 0},
      {2000, 0},
      {2000, 1000},
      {1000, 1000},
      {1030, 500}},
     {{0, 4, 0}, {4, 5, 1}},
     2,
     2,
     true,
     2,
     {100, 100}},
    {"an overlap goes to the first one",
     {{0, 0},
      {1000, 0},
      {1000, 1000},
      {0, 1000},
      {1000, 0},
      {2000, 0},
      {2000, 1000},
      {1000, 1000},
      {970, 500}},
     {{0, 4, 0}, {4, 5, 1}},
     2,
     2,
     true,
     2,
     {100, 100}},
    {"a lake stays",
     {{0, 0},
      {1000, 0},
      {1000, 1000},
      {0, 1000},
      {1000, 0},
      {3000, 0},
      {3000, 1000},
      {1000, 1000},
      {2200, 900},
      {2200, 100}},
     {{0, 4, 0}, {4, 6, 1}},
     2,
     2,
     false,
     4, /* two outsides, two shores */
     {100, 92}},
    {"a gap that is open at its end is closed",
     {{0, 0}, {1000, 0}, {1000, 1000}, {0, 1000}, {1000, 0}, {2000, 0}, {2000, 1000}, {1020, 1000}},
     {{0, 4, 0}, {4, 4, 1}},
     2,
     2,
     true,
     2,
     {100, 100}},
    {"one that lies in another, and is all sliver, is not lost",
     {{0, 0}, {1000, 0}, {1000, 1000}, {0, 1000}, {500, 500}, {530, 500}, {530, 530}, {500, 530}},
     {{0, 4, 0}, {4, 4, 1}},
     2,
     2,
     true,
     1,
     {99.91, 0.09}},
    {"a claim of two that is wide stays with both",
     {{0, 0}, {2000, 0}, {2000, 2000}, {0, 2000}, {1000, 0}, {3000, 0}, {3000, 2000}, {1000, 2000}},
     {{0, 4, 0}, {4, 4, 1}},
     2,
     2,
     false,
     6,
     {400, 400}},
};

static double twice_area(const struct arc_xy *xy, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        struct arc_xy a = xy[i], b = xy[(i + 1) % n];
        sum += ((double)a.x - xy[0].x) * ((double)b.y - xy[0].y) -
               ((double)a.y - xy[0].y) * ((double)b.x - xy[0].x);
    }
    return sum;
}

static size_t lone_arcs(const struct arcs *arcs)
{
    size_t n = 0;
    for (size_t a = 0; a < arcs->n_arcs; a++)
        n += arcs->arcs[a].left < 0 || arcs->arcs[a].right < 0;
    return n;
}

static void slivers_go_where_they_belong(void **state)
{
    (void)state;
    double step_m = 40075016.69 / MERC_WORLD * cos(merc_lat(AT_Y) * MERC_PI / 180);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct arc_xy xy[64];
        struct arc_path paths[4];
        struct snapped snapped = {0};
        double areas[3] = {0};
        for (size_t i = 0; i < 64; i++)
            xy[i] = (struct arc_xy){AT_X + (int32_t)(cases[c].m[i][0] * METRE),
                                    AT_Y + (int32_t)(cases[c].m[i][1] * METRE)};
        for (size_t r = 0; r < cases[c].n_rings; r++)
            paths[r] = (struct arc_path){(uint32_t)cases[c].rings[r].first,
                                         (uint32_t)cases[c].rings[r].count,
                                         cases[c].rings[r].feature, true};
        assert_true(snap_paths(xy, paths, cases[c].n_rings, cases[c].n_features, &snapped));
        for (size_t p = 0; p < snapped.n_paths; p++)
            areas[snapped.paths[p].feature] +=
                twice_area(snapped.xy + snapped.paths[p].first, snapped.paths[p].count) / 2 /
                METRE / METRE / 1e4;
        struct arcs *arcs = arcs_build(snapped.xy, snapped.paths, snapped.n_paths);
        print_message("%s: %zu slivers, %zu arcs alone, %.2f and %.2f ha\n", cases[c].name,
                      snapped.n_slivers, lone_arcs(arcs), areas[0], areas[1]);
        assert_true(fabs(step_m * METRE - 1) < 0.01);
        assert_int_equal(snapped.n_slivers > 0, cases[c].slivers);
        assert_int_equal(lone_arcs(arcs), cases[c].lone);
        for (size_t f = 0; f < cases[c].n_features; f++)
            assert_true(fabs(areas[f] - cases[c].areas[f]) < 0.001);
        arcs_free(arcs);
        free(snapped.xy);
        free(snapped.paths);
    }
}

/* ---- many, with GEOS ------------------------------------------------------- */

static GEOSGeometry *ring_of(const struct arc_xy *xy, size_t n)
{
    GEOSCoordSequence *at = GEOSCoordSeq_create_r(geos, (unsigned)n + 1, 2);
    for (size_t i = 0; i <= n; i++)
        GEOSCoordSeq_setXY_r(geos, at, (unsigned)i, xy[i % n].x, xy[i % n].y);
    return GEOSGeom_createLinearRing_r(geos, at);
}

/* Rings, each shell before its holes, as a multipolygon. */
static GEOSGeometry *polygon_of(const struct arc_xy *xy, const struct arc_path *paths, size_t n)
{
    GEOSGeometry **parts = calloc(n + 1, sizeof *parts), **holes = calloc(n + 1, sizeof *holes);
    unsigned n_parts = 0;
    for (size_t p = 0; p < n;) {
        GEOSGeometry *shell = ring_of(xy + paths[p].first, paths[p].count);
        unsigned n_holes = 0;
        for (p++; p < n && twice_area(xy + paths[p].first, paths[p].count) < 0; p++)
            holes[n_holes++] = ring_of(xy + paths[p].first, paths[p].count);
        parts[n_parts++] = GEOSGeom_createPolygon_r(geos, shell, holes, n_holes);
    }
    GEOSGeometry *whole = GEOSGeom_createCollection_r(geos, GEOS_MULTIPOLYGON, parts, n_parts);
    free(parts);
    free(holes);
    return whole;
}

struct verdict {
    size_t valid, holes;  /* holes of the union */
    double overlap, area; /* share of the area that is counted twice; area of the union */
};

static struct verdict judge(const struct arc_xy *xy, const struct arc_path *paths, size_t n_paths,
                            size_t n_features)
{
    struct verdict verdict = {0};
    GEOSGeometry **all = calloc(n_features + 1, sizeof *all);
    double sum = 0, area;
    for (size_t f = 0, p = 0; f < n_features; f++) {
        size_t first = p;
        while (p < n_paths && paths[p].feature == f)
            p++;
        all[f] = polygon_of(xy, paths + first, p - first);
        verdict.valid += GEOSisValid_r(geos, all[f]) == 1;
        GEOSArea_r(geos, all[f], &area);
        sum += area;
    }
    GEOSGeometry *set =
        GEOSGeom_createCollection_r(geos, GEOS_GEOMETRYCOLLECTION, all, (unsigned)n_features);
    GEOSGeometry *joined = GEOSUnaryUnion_r(geos, set);
    assert_non_null(joined);
    GEOSArea_r(geos, joined, &verdict.area);
    verdict.overlap = fabs(sum - verdict.area) / sum;
    for (int i = 0; i < GEOSGetNumGeometries_r(geos, joined); i++)
        verdict.holes +=
            (size_t)GEOSGetNumInteriorRings_r(geos, GEOSGetGeometryN_r(geos, joined, i));
    GEOSGeom_destroy_r(geos, joined);
    GEOSGeom_destroy_r(geos, set);
    free(all);
    return verdict;
}

/* Cells of a kilometre; each has digitised its own borders. */
static void random_cells_cover_the_land(void **state)
{
    (void)state;
    enum { SIDE = 8, EXTRA = 6, PER_CELL = 4 * (EXTRA + 1) };
    size_t slivers = 0;
    for (unsigned seed = 1; seed <= 25; seed++) {
        static struct arc_xy xy[SIDE * SIDE * PER_CELL];
        struct arc_path paths[SIDE * SIDE];
        unsigned random = seed;
        size_t n = 0;
        for (unsigned f = 0; f < SIDE * SIDE; f++) {
            int32_t x = AT_X + (int32_t)(f % SIDE) * 1000 * METRE,
                    y = AT_Y + (int32_t)(f / SIDE) * 1000 * METRE;
            static const int corners[5][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}};
            paths[f] = (struct arc_path){(uint32_t)n, PER_CELL, f, true};
            for (int c = 0; c < 4; c++)
                for (int i = 0; i <= EXTRA; i++) {
                    double t =
                        i ? (i + rand_r(&random) / (double)RAND_MAX * 0.8 - 0.4) / (EXTRA + 1) : 0;
                    double off = i ? (rand_r(&random) / (double)RAND_MAX - 0.5) * 60 : 0; /* m */
                    double px = corners[c][0] + t * (corners[c + 1][0] - corners[c][0]);
                    double py = corners[c][1] + t * (corners[c + 1][1] - corners[c][1]);
                    bool across = corners[c][0] == corners[c + 1][0];
                    xy[n++] =
                        (struct arc_xy){x + (int32_t)((px * 1000 + (across ? off : 0)) * METRE),
                                        y + (int32_t)((py * 1000 + (across ? 0 : off)) * METRE)};
                }
        }
        struct snapped snapped = {0};
        assert_true(snap_paths(xy, paths, SIDE * SIDE, SIDE * SIDE, &snapped));
        struct verdict before = judge(xy, paths, SIDE * SIDE, SIDE * SIDE);
        struct verdict after = judge(snapped.xy, snapped.paths, snapped.n_paths, SIDE * SIDE);
        if (after.valid != SIDE * SIDE || after.overlap > 1e-12 || after.holes != 0)
            fail_msg("seed %u: %zu valid, %g overlap, %zu gaps", seed, after.valid, after.overlap,
                     after.holes);
        assert_true(before.overlap > 1e-4 && before.holes > 0);
        slivers += snapped.n_slivers;
        free(snapped.xy);
        free(snapped.paths);
    }
    print_message("25 times 64 cells: %zu slivers settled, no gap, no overlap\n", slivers);
}

/* ---- the official boundaries ------------------------------------------------ */

static struct geometry *official(const char *file, bool tiling)
{
    const char *shared = getenv("SIGG_SHARED");
    struct boundaries all;
    struct err err = {0};
    char path[512];
    snprintf(path, sizeof path, "%s/data/%s", shared ? shared : "../shared", file);
    FILE *there = fopen(path, "rb");
    if (!there)
        return NULL;
    fclose(there);
    assert_true(boundaries_read(path, &all));
    struct geo_shape **shapes = calloc(all.n, sizeof *shapes);
    for (size_t i = 0; i < all.n; i++)
        shapes[i] = geo_shape_parse(all.units[i].wkb, all.units[i].wkb_len, &err);
    struct geometry *geometry = geometry_build(shapes, all.n, tiling, NULL, &err);
    assert_non_null(geometry);
    boundaries_free(&all);
    return geometry;
}

/* The rings of a level, put together from their arcs. */
static struct verdict judge_level(const struct geometry *g, int level)
{
    struct arc_xy *xy = malloc((2 * g->n_pool + 1) * sizeof *xy);
    struct arc_path *paths = malloc((g->arcs->n_paths + 1) * sizeof *paths);
    size_t n = 0;
    for (size_t p = 0; p < g->arcs->n_paths; p++) {
        paths[p] = (struct arc_path){(uint32_t)n, 0, g->paths[p].feature, true};
        for (uint32_t r = g->arcs->path_first[p]; r < g->arcs->path_first[p + 1]; r++) {
            int32_t ref = g->arcs->refs[r];
            uint32_t count;
            const struct arc_xy *at =
                geometry_arc(g, level, (uint32_t)(ref < 0 ? ~ref : ref), &count);
            for (uint32_t i = 0; i + 1 < count; i++)
                xy[n++] = at[ref < 0 ? count - 1 - i : i];
        }
        paths[p].count = (uint32_t)n - paths[p].first;
    }
    struct verdict verdict = judge(xy, paths, g->arcs->n_paths, g->n_features);
    free(xy);
    free(paths);
    return verdict;
}

static void the_official_boundaries_cover_the_land(void **state)
{
    static const struct {
        const char *file;
        size_t n;
        int step; /* between the levels tested */
    } editions[] = {{"municipios_339.geojson", 339, 1}, {"municipios_343.geojson", 343, 5}};
    (void)state;
    for (size_t e = 0; e < sizeof editions / sizeof *editions; e++) {
        struct geometry *before = official(editions[e].file, false);
        if (!before)
            skip();
        struct geometry *g = official(editions[e].file, true);
        assert_true(g->tiling);
        assert_int_equal(g->n_features, editions[e].n);
        print_message("%s: %zu arcs, %zu with land on one side; snapped %zu and %zu\n",
                      editions[e].file, before->arcs->n_arcs, lone_arcs(before->arcs),
                      g->arcs->n_arcs, lone_arcs(g->arcs));
        double whole = judge_level(g, GEOMETRY_LEVELS - 1).area;
        for (int level = 4; level < GEOMETRY_LEVELS; level += editions[e].step) {
            struct verdict verdict = judge_level(g, level);
            print_message(
                "level %d: %zu valid, %.1e of the area twice, %zu gaps, area off by %.1e\n", level,
                verdict.valid, verdict.overlap, verdict.holes, verdict.area / whole - 1);
            assert_int_equal(verdict.valid, editions[e].n);
            assert_true(verdict.overlap < 1e-12);
            /* Lakes and salt flats; one as small as a pixel or two of the level may close. */
            assert_true(verdict.holes <= 5 && (level < 8 || verdict.holes == 5));
            assert_true(fabs(verdict.area / whole - 1) < 1e-3);
        }
        assert_true(lone_arcs(before->arcs) > 800 && lone_arcs(g->arcs) < 200);
        geometry_unref(before);
        geometry_unref(g);
    }
}

static int set_up(void **state)
{
    (void)state;
    geos = GEOS_init_r();
    return geos ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    GEOS_finish_r(geos);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slivers_go_where_they_belong),
        cmocka_unit_test(random_cells_cover_the_land),
        cmocka_unit_test(the_official_boundaries_cover_the_land),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
