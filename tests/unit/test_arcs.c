/* test_arcs.c - tests of layers/shapes: arcs, simplification and levels of a geometry. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "layers/shapes/geometry.h"
#include "layers/shapes/merc.h"
#include "tests/support/boundaries.h"

/* ---- cutting paths ------------------------------------------------------- */

static const struct {
    const char *name;
    struct arc_xy xy[16];
    struct arc_path paths[4];
    size_t n_paths, n_arcs, n_shared;
} cut_cases[] = {
    {"a square alone is one closed arc",
     {{0, 0}, {10, 0}, {10, 10}, {0, 10}},
     {{0, 4, 0, true}},
     1,
     1,
     0},
    {"two squares: two outer arcs and the one they share",
     {{0, 0}, {10, 0}, {10, 10}, {0, 10}, {10, 0}, {20, 0}, {20, 10}, {10, 10}},
     {{0, 4, 0, true}, {4, 4, 1, true}},
     2,
     3,
     1},
    {"a hole filled by an island is one arc",
     {{0, 0},
      {30, 0},
      {30, 30},
      {0, 30},
      {10, 10},
      {10, 20},
      {20, 20},
      {20, 10},
      {20, 20},
      {10, 20},
      {10, 10},
      {20, 10}},
     {{0, 4, 0, true}, {4, 4, 0, true}, {8, 4, 1, true}},
     3,
     2,
     1},
    {"two that touch at a corner share nothing",
     {{0, 0}, {10, 0}, {10, 10}, {0, 10}, {10, 10}, {20, 10}, {20, 20}, {10, 20}},
     {{0, 4, 0, true}, {4, 4, 1, true}},
     2,
     2,
     0},
    {"a line stays whole", {{0, 0}, {5, 5}, {9, 0}}, {{0, 3, 0, false}}, 1, 1, 0},
    {"crossing lines are cut at the vertex they share",
     {{0, 0}, {5, 5}, {10, 10}, {0, 10}, {5, 5}, {10, 0}},
     {{0, 3, 0, false}, {3, 3, 1, false}},
     2,
     4,
     0},
};

/* Eight squares around a missing ninth with an island, beside one that touches them in
 * a corner. */
static void the_outline_leaves_out_what_is_missing_inside(void **state)
{
    struct arc_xy xy[40];
    struct arc_path paths[10];
    size_t n = 0;
    (void)state;
    for (int32_t i = 0; i < 10; i++) {
        int32_t x = i < 9 ? 10 * (i % 3) : 30, y = i < 9 ? 10 * (i / 3) : 30;
        const int32_t side = i == 4 ? 2 : 10;
        if (i == 4)
            x = y = 14;
        const struct arc_xy square[] = {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}};
        memcpy(xy + 4 * n, square, sizeof square);
        paths[n] = (struct arc_path){(uint32_t)(4 * n), 4, (uint32_t)n, true};
        n++;
    }
    struct arcs *arcs = arcs_build(xy, paths, n);
    assert_non_null(arcs);
    uint8_t outline[64];
    assert_true(arcs->n_arcs < sizeof outline && arcs_outline(arcs, outline));
    size_t around = 0, inside = 0, shared = 0;
    for (size_t a = 0; a < arcs->n_arcs; a++) {
        const struct arc *arc = &arcs->arcs[a];
        bool hole = true;
        for (uint32_t i = 0; i < arc->count; i++) {
            const struct arc_xy at = arcs->xy[arc->first + i];
            hole = hole && at.x >= 10 && at.x <= 20 && at.y >= 10 && at.y <= 20;
        }
        if (arc->left >= 0 && arc->right >= 0) {
            assert_int_equal(outline[a], 0);
            shared++;
        } else {
            assert_int_equal(outline[a], !hole);
            around += !hole;
            inside += hole;
        }
    }
    print_message("%zu arcs around, %zu inside, %zu shared\n", around, inside, shared);
    assert_true(around >= 5 && inside >= 5 && shared == 8);
    arcs_free(arcs);
}

static size_t count_shared(const struct arcs *arcs)
{
    size_t n = 0;
    for (size_t a = 0; a < arcs->n_arcs; a++)
        n += arcs->arcs[a].left >= 0 && arcs->arcs[a].right >= 0;
    return n;
}

/* A path read back from its arcs has its own positions, in order. */
static void assert_path(const char *name, const struct arcs *arcs, const struct arc_xy *xy,
                        const struct arc_path *path, size_t p)
{
    size_t seen = 0, shift = 0;
    for (uint32_t r = arcs->path_first[p]; r < arcs->path_first[p + 1]; r++) {
        int32_t ref = arcs->refs[r];
        const struct arc *arc = &arcs->arcs[ref < 0 ? ~ref : ref];
        for (uint32_t i = 0; i + 1 < arc->count; i++, seen++) {
            struct arc_xy at = arcs->xy[arc->first + (ref < 0 ? arc->count - 1 - i : i)];
            if (seen == 0)
                while (xy[path->first + shift].x != at.x || xy[path->first + shift].y != at.y)
                    shift++;
            struct arc_xy want = xy[path->first + (shift + seen) % path->count];
            if (at.x != want.x || at.y != want.y)
                fail_msg("%s: path %zu, position %zu", name, p, seen);
        }
    }
    if (seen != path->count - (path->ring ? 0 : 1))
        fail_msg("%s: path %zu has %zu positions", name, p, seen);
}

static void paths_are_cut_where_they_part(void **state)
{
    (void)state;
    for (size_t c = 0; c < sizeof cut_cases / sizeof *cut_cases; c++) {
        struct arcs *arcs = arcs_build(cut_cases[c].xy, cut_cases[c].paths, cut_cases[c].n_paths);
        assert_non_null(arcs);
        if (arcs->n_arcs != cut_cases[c].n_arcs || count_shared(arcs) != cut_cases[c].n_shared)
            fail_msg("%s: %zu arcs, %zu shared", cut_cases[c].name, arcs->n_arcs,
                     count_shared(arcs));
        for (size_t p = 0; p < cut_cases[c].n_paths; p++)
            assert_path(cut_cases[c].name, arcs, cut_cases[c].xy, &cut_cases[c].paths[p], p);
        arcs_free(arcs);
    }
}

/* ---- simplifying the official boundaries ---------------------------------- */

struct official {
    struct boundaries all;
    struct geometry *geometry;
};

static int set_up(void **state)
{
    static struct official official;
    const char *shared = getenv("SIGG_SHARED");
    char path[512];
    struct err err = {0};
    snprintf(path, sizeof path, "%s/data/municipios_339.geojson", shared ? shared : "../shared");
    FILE *there = fopen(path, "rb");
    *state = NULL;
    if (!there)
        return 0;
    fclose(there);
    if (!boundaries_read(path, &official.all))
        return -1;
    struct geo_shape **shapes = calloc(official.all.n, sizeof *shapes);
    for (size_t i = 0; i < official.all.n; i++) {
        shapes[i] = geo_shape_parse(official.all.units[i].wkb, official.all.units[i].wkb_len, &err);
        if (!shapes[i])
            return -1;
    }
    official.geometry = geometry_build(shapes, official.all.n, true, NULL, &err);
    *state = &official;
    return official.geometry ? 0 : -1;
}

static int tear_down(void **state)
{
    struct official *official = *state;
    if (official) {
        geometry_unref(official->geometry);
        boundaries_free(&official->all);
    }
    return 0;
}

/* Twice the signed area of a path at a level, and how many positions it has. */
static double path_area(const struct geometry *g, int level, size_t p, size_t *n)
{
    double sum = 0;
    struct arc_xy origin = {0, 0}, last = {0, 0};
    *n = 0;
    for (uint32_t r = g->arcs->path_first[p]; r < g->arcs->path_first[p + 1]; r++) {
        int32_t ref = g->arcs->refs[r];
        uint32_t count;
        const struct arc_xy *xy = geometry_arc(g, level, (uint32_t)(ref < 0 ? ~ref : ref), &count);
        for (uint32_t i = 0; i < count; i++) {
            struct arc_xy at = xy[ref < 0 ? count - 1 - i : i];
            if (*n == 0)
                origin = last = at;
            else
                sum += ((double)last.x - origin.x) * ((double)at.y - origin.y) -
                       ((double)last.y - origin.y) * ((double)at.x - origin.x);
            last = at;
            *n += i + 1 < count;
        }
    }
    return sum;
}

static void every_municipality_is_there_at_every_zoom(void **state)
{
    struct official *official = *state;
    if (!official)
        skip();
    const struct geometry *g = official->geometry;
    assert_int_equal(g->n_features, 339);
    assert_true(g->tiling);
    for (int level = 0; level < GEOMETRY_LEVELS; level++)
        for (size_t f = 0; f < g->n_features; f++) {
            double area = 0, whole = 0;
            for (uint32_t p = g->feature_path[f]; p < g->feature_path[f + 1]; p++) {
                size_t n, all;
                double here = path_area(g, level, p, &n);
                double full = path_area(g, GEOMETRY_LEVELS - 1, p, &all);
                if (n < 3 || here / full < 0.5)
                    fail_msg("level %d, municipality %zu: a ring of %zu with %g of its area", level,
                             f, n, here / full);
                area += here;
                whole += full;
            }
            if (!(area > 0.4 * whole))
                fail_msg("level %d: municipality %zu lost its area", level, f);
        }
}

/* Ring areas add up to the same sum at every level: what one side of a border loses, the
 * other gains. Only the outer border may change the sum. */
static void neighbours_have_no_gap_or_overlap(void **state)
{
    struct official *official = *state;
    if (!official)
        skip();
    const struct geometry *g = official->geometry;
    struct geo_geos *geos = geo_geos_new(NULL);
    assert_non_null(geos);
    for (int level = 0; level < GEOMETRY_LEVELS; level++) {
        double rings = 0, outer = 0;
        for (size_t p = 0; p < g->arcs->n_paths; p++) {
            size_t n;
            rings += path_area(g, level, p, &n);
        }
        /* The same from the arcs that have land on one side only. */
        for (size_t a = 0; a < g->arcs->n_arcs; a++) {
            const struct arc *arc = &g->arcs->arcs[a];
            int sides = (arc->left >= 0) - (arc->right >= 0);
            uint32_t n;
            const struct arc_xy *xy = geometry_arc(g, level, (uint32_t)a, &n);
            for (uint32_t i = 1; i < n && sides; i++)
                outer += sides * ((double)xy[i - 1].x * xy[i].y - (double)xy[i].x * xy[i - 1].y);
        }
        assert_true(fabs(rings - outer) <= 1e-9 * fabs(rings));
    }
    geo_geos_free(geos);
}

/* Level l leaves a border within a pixel and a half of where it was. */
static void borders_stay_where_they_are(void **state)
{
    struct official *official = *state;
    if (!official)
        skip();
    const struct geometry *g = official->geometry;
    for (int level = 4; level < SIMPLIFY_LEVELS; level += 2) {
        double worst = 0, pixel = ldexp(1, 24 - level);
        for (size_t a = 0; a < g->arcs->n_arcs; a++) {
            uint32_t n, m;
            const struct arc_xy *full = geometry_arc(g, GEOMETRY_LEVELS - 1, (uint32_t)a, &n);
            const struct arc_xy *few = geometry_arc(g, level, (uint32_t)a, &m);
            for (uint32_t i = 0, k = 0; i < n; i++) {
                if (k + 1 < m && full[i].x == few[k + 1].x && full[i].y == few[k + 1].y)
                    k++;
                struct arc_xy from = few[k], to = few[k + 1 < m ? k + 1 : k];
                double dx = (double)to.x - from.x, dy = (double)to.y - from.y;
                double px = (double)full[i].x - from.x, py = (double)full[i].y - from.y;
                double along = dx || dy ? (px * dx + py * dy) / (dx * dx + dy * dy) : 0;
                along = fmin(fmax(along, 0), 1);
                worst = fmax(worst, hypot(px - along * dx, py - along * dy) / pixel);
            }
        }
        if (worst > 1.5)
            fail_msg("level %d: a border moved by %.2f px", level, worst);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_outline_leaves_out_what_is_missing_inside),
        cmocka_unit_test(paths_are_cut_where_they_part),
        cmocka_unit_test(every_municipality_is_there_at_every_zoom),
        cmocka_unit_test(neighbours_have_no_gap_or_overlap),
        cmocka_unit_test(borders_stay_where_they_are),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
