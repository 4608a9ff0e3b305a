/* test_labels.c - tests of layers/text.
 * Broken lines, anchors, labels that do not collide, and the same label on both sides of a
 * tile's edge. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <png.h>

#include "geo/base/arena.h"
#include "layers/map/map.h"
#include "layers/map/tile.h"
#include "layers/map/tools.h"
#include "layers/shapes/anchors.h"
#include "layers/shapes/merc.h"
#include "layers/snapshot/snapshot_internal.h"
#include "layers/text/collisions.h"
#include "layers/text/labels.h"
#include "layers/text/lettering.h"
#include "layers/text/lettering_break.h"
#include "tests/support/served.h"

/* Lines ------------------------------------------------------------------------ */

/* Every letter is half an em wide. Lines are broken as MapLibre does: even, not full. */
static const struct {
    const char *name, *text;
    double max_em;
    const char *lines; /* joined by | */
} breaking[] = {
    {"one word", "Tarija", 3, "Tarija"},
    {"fits", "San Pedro", 7, "San Pedro"},
    {"two even lines", "Santa Cruz de la Sierra", 8, "Santa Cruz|de la Sierra"},
    {"three lines", "San Antonio de Lomerío", 4, "San|Antonio de|Lomerío"},
    {"never without a width", "Santa Cruz de la Sierra", 0, "Santa Cruz de la Sierra"},
    {"line feed", "Sucre\nCapital", 0, "Sucre|Capital"},
    {"hyphen", "Chuquihuta-Ayllu", 5, "Chuquihuta-|Ayllu"},
    {"blanks at the ends", "  Yotala ", 7, "Yotala"},
    {"nothing", "", 7, ""},
};

static void lines_are_broken_as_maplibre_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof breaking / sizeof *breaking; i++) {
        struct arena *scratch = arena_new();
        size_t len = strlen(breaking[i].text);
        double widths[64];
        struct lettering_break lines[65];
        char joined[128] = "";
        for (size_t k = 0; k < 64; k++)
            widths[k] = 0.5;
        assert_true(len < 64);
        size_t n = lettering_break(breaking[i].text, widths, 0, breaking[i].max_em, scratch, lines);
        for (size_t k = 0; k < n; k++) {
            strcat(joined, k ? "|" : "");
            strncat(joined, breaking[i].text + lines[k].start, lines[k].end - lines[k].start);
        }
        if (strcmp(joined, breaking[i].lines) != 0)
            fail_msg("%s: «%s», not «%s»", breaking[i].name, joined, breaking[i].lines);
        arena_free(scratch);
    }
}

static void a_text_is_set_once_and_about_its_anchor(void **state)
{
    (void)state;
    struct err err = {0};
    struct style_run run = {.text = "Villa Tunari", .scale = 1};
    struct lettering_text text = {.runs = &run,
                                  .n_runs = 1,
                                  .fonts = "Open Sans Regular",
                                  .max_width_em = 10,
                                  .line_height_em = 1.2,
                                  .justify = "center",
                                  .anchor = "center"};
    struct lettering *lettering = tools_lettering(snapshot, &err);
    assert_non_null(lettering);
    const struct lettering_block *block = lettering_set(lettering, &text, &err);
    assert_non_null(block);
    assert_ptr_equal(block, lettering_set(lettering, &text, &err));
    assert_int_equal(block->n_letters, 12);
    assert_int_equal(block->n_lines, 1);
    assert_float_equal(block->left, -block->right, 1e-5);
    assert_float_equal(block->bottom - block->top, 1.2, 1e-5);
    /* Open Sans: V 1225, i 517, l 516, a 1139, blank 532, T 1134, u 1257, n 1257,
     * r 836, of 2048; kerning may take some off. */
    double wide =
        (1225 + 517 + 516 + 516 + 1139 + 532 + 1134 + 1257 + 1257 + 1139 + 836 + 517) / 2048.0;
    assert_float_equal(block->right - block->left, wide, 0.12);
    text.anchor = "top-left";
    block = lettering_set(lettering, &text, &err);
    assert_float_equal(block->left, 0, 1e-6);
    assert_float_equal(block->top, 0, 1e-6);
    lettering_unref(lettering);
}

/* Anchors ----------------------------------------------------------------------- */

#define M 1000000
static const struct {
    const char *name;
    struct arc_xy xy[12];
    uint32_t first[3];
    size_t n_rings;
    double x, y, tol_x, tol_y;
} anchors[] = {
    {"wide box",
     {{0, 0}, {4 * M, 0}, {4 * M, M}, {0, M}},
     {0, 4},
     1,
     2 * M,
     0.5 * M,
     1.6 * M,
     0.1 * M},
    {"L: the foot, not the middle",
     {{0, 0}, {M, 0}, {M, 3 * M}, {6 * M, 3 * M}, {6 * M, 5 * M}, {0, 5 * M}},
     {0, 6},
     1,
     3.0 * M,
     4.0 * M,
     3.0 * M,
     0.2 * M},
    {"beside the hole",
     {{0, 0},
      {10 * M, 0},
      {10 * M, 4 * M},
      {0, 4 * M},
      {1 * M, 1 * M},
      {1 * M, 3 * M},
      {7 * M, 3 * M},
      {7 * M, 1 * M}},
     {0, 4, 8},
     2,
     8.5 * M,
     2 * M,
     0.1 * M,
     1.4 * M},
};

static void anchors_lie_where_there_is_room(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof anchors / sizeof *anchors; i++) {
        struct arc_xy at;
        assert_true(anchor_in_rings(anchors[i].xy, anchors[i].first, anchors[i].n_rings, &at));
        if (fabs(at.x - anchors[i].x) > anchors[i].tol_x ||
            fabs(at.y - anchors[i].y) > anchors[i].tol_y)
            fail_msg("%s: %d %d", anchors[i].name, at.x, at.y);
    }
}

static void every_municipality_holds_its_name(void **state)
{
    (void)state;
    const struct slab *slab = snapshot_slab(snapshot, layers_find("municipios"));
    const struct arc_xy *at = geometry_anchors(slab->geometry);
    assert_non_null(at);
    assert_ptr_equal(at, geometry_anchors(slab->geometry));
    for (size_t f = 0; f < slab->geometry->n_features; f++)
        if (geo_shape_side(slab->geometry->shapes[f], merc_lon(at[f].x), merc_lat(at[f].y)) !=
            GEO_SIDE_IN)
            fail_msg("%s has its name outside", slab->columns->ids[f]);
}

/* Places -------------------------------------------------------------------------- */

static void the_grid_agrees_with_looking_at_all(void **state)
{
    (void)state;
    struct collision_box boxes[600];
    struct collisions *grid = collisions_new();
    size_t hits = 0;
    srand48(7);
    for (size_t i = 0; i < 600; i++) {
        double x = drand48() * 3000 - 1500, y = drand48() * 3000 - 1500;
        boxes[i] = (struct collision_box){x, y, x + drand48() * 200, y + drand48() * 40};
        bool hit = false;
        for (size_t k = 0; k < i; k++)
            hit |= boxes[i].min_x < boxes[k].max_x && boxes[k].min_x < boxes[i].max_x &&
                   boxes[i].min_y < boxes[k].max_y && boxes[k].min_y < boxes[i].max_y;
        assert_int_equal(collisions_hit(grid, &boxes[i]), hit);
        hits += hit;
        assert_true(collisions_add(grid, &boxes[i]));
    }
    assert_in_range(hits, 50, 550);
    collisions_free(grid);
}

static struct style *document(const char *id)
{
    const char *json;
    size_t len;
    struct err err = {0};
    assert_true(styles_document(id, &json, &len));
    struct style *style = style_parse(json, len, &err);
    if (!style)
        fail_msg("%s", err.message);
    return style;
}

struct placed {
    struct style *style;
    struct map_plan plan;
    struct map_views *views;
};

static struct placed place(struct style *style, double zoom)
{
    struct err err = {0};
    struct placed placed = {.style = style};
    if (!map_plan_init(&placed.plan, style, snapshot, &err))
        fail_msg("%s", err.message);
    placed.views = map_views_new(&placed.plan, zoom, &err);
    if (!placed.views)
        fail_msg("%s", err.message);
    return placed;
}

static void forget(struct placed *placed)
{
    map_views_free(placed->views);
    map_plan_clear(&placed->plan);
    style_free(placed->style);
}

/* The text's box in pixels of the zoom. */
static struct collision_box box_of(const struct label *label, double zoom)
{
    double px = exp2(23 - zoom), em = (double)label->em_px;
    double x = label->anchor.x / px + (double)label->x_px;
    double y = label->anchor.y / px + (double)label->y_px;
    return (struct collision_box){
        x + (double)label->block->left * em, y + (double)label->block->top * em,
        x + (double)label->block->right * em, y + (double)label->block->bottom * em};
}

static void names_do_not_overlap_and_grow_in_number(void **state)
{
    (void)state;
    size_t before = 0;
    for (int zoom = 4; zoom <= 11; zoom++) {
        struct placed placed = place(document("cobertura"), zoom);
        const struct labels *labels = placed.views->labels;
        struct collision_box all[400];
        size_t n = 0;
        for (size_t s = 0; s < labels->n_sets; s++)
            for (size_t i = 0; i < labels->sets[s].n; i++) {
                all[n] = box_of(&labels->sets[s].labels[i], zoom);
                for (size_t k = 0; k < n; k++)
                    if (all[n].min_x < all[k].max_x && all[k].min_x < all[n].max_x &&
                        all[n].min_y < all[k].max_y && all[k].min_y < all[n].max_y)
                        fail_msg("zoom %d: two names overlap", zoom);
                n++;
            }
        if (n < before)
            fail_msg("zoom %d has %zu names, the one before %zu", zoom, n, before);
        before = n;
        forget(&placed);
    }
    assert_int_equal(
        before, snapshot_feature_count(snapshot, layers_find("municipios"))); /* nobody left out */
}

static void placing_is_the_same_every_time(void **state)
{
    (void)state;
    struct placed a = place(document("cobertura"), 8), b = place(document("cobertura"), 8);
    for (size_t s = 0; s < a.views->labels->n_sets; s++) {
        const struct label_set *x = &a.views->labels->sets[s], *y = &b.views->labels->sets[s];
        assert_int_equal(x->n, y->n);
        for (size_t i = 0; i < x->n; i++) {
            assert_ptr_equal(x->labels[i].block, y->labels[i].block);
            assert_memory_equal(&x->labels[i].anchor, &y->labels[i].anchor, sizeof(struct arc_xy));
        }
    }
    forget(&a);
    forget(&b);
}

/* Edges ------------------------------------------------------------------------------ */

#define SYMBOL_STYLE(layout, paint)                                                           \
    "{\"version\":8,\"name\":\"x\",\"sources\":{\"sigg\":{\"type\":\"vector\"}},\"layers\":[" \
    "{\"id\":\"f\",\"type\":\"background\",\"paint\":{\"background-color\":\"#fff\"}},"       \
    "{\"id\":\"a\",\"type\":\"symbol\",\"source\":\"sigg\",\"source-layer\":\"municipios\","  \
    "\"layout\":{" layout "},\"paint\":{" paint "}}]}"

static const struct {
    const char *name;
    int levels;       /* allowed difference of a channel: cairo clips at the tile before it draws */
    const char *json; /* NULL: the built-in document of that name */
} edges[] = {
    {"cobertura", 10, NULL}, /* cairo's wide lines, see test_tile.c */
    {"names alone", 0,
     SYMBOL_STYLE("\"text-field\":[\"get\",\"nombre\"],\"text-size\":11.3,\"text-max-width\":7",
                  "\"text-halo-color\":\"#fc0\",\"text-halo-width\":1.2")},
    {"names along borders", 0,
     SYMBOL_STYLE("\"symbol-placement\":\"line\",\"text-field\":[\"get\",\"nombre\"],"
                  "\"text-size\":13",
                  "\"text-halo-color\":\"#fc0\",\"text-halo-width\":1.5")},
    {"two colours, icons", 0,
     SYMBOL_STYLE("\"text-field\":[\"format\",[\"get\",\"nombre\"],{},\"\\n\",{},[\"get\","
                  "\"codigo\"],{\"font-scale\":0.8,\"text-color\":\"#a00\"}],\"icon-image\":"
                  "\"riego\",\"text-offset\":[0,1.6],\"icon-allow-overlap\":true,"
                  "\"icon-optional\":true,\"text-optional\":true",
                  "\"icon-opacity\":0.8")},
};

static void read_tile(const struct tile_plan *plan, int z, int64_t x, int64_t y, int size,
                      int scale, uint32_t *pixels, size_t stride)
{
    struct err err = {0};
    struct tile_request request = {z, x, y, size, scale};
    struct buf out;
    png_image image = {.version = PNG_IMAGE_VERSION};
    buf_init(&out);
    if (!tile_png(plan, &request, &out, &err))
        fail_msg("%s", err.message);
    assert_true(png_image_begin_read_from_memory(&image, out.data, out.len));
    image.format = PNG_FORMAT_BGRA;
    assert_true(png_image_finish_read(&image, NULL, pixels, (int)stride * 4, NULL));
    buf_free(&out);
}

static int apart(uint32_t a, uint32_t b)
{
    int worst = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        int d = abs((int)(a >> shift & 255) - (int)(b >> shift & 255));
        worst = d > worst ? d : worst;
    }
    return worst;
}

static void a_label_is_the_same_on_both_sides_of_an_edge(void **state)
{
    (void)state;
    enum { SIDE = 1024 };
    uint32_t *whole = malloc(SIDE * SIDE * 4), *parts = malloc(SIDE * SIDE * 4);
    for (size_t e = 0; e < sizeof edges / sizeof *edges; e++)
        for (int scale = 1; scale <= 2; scale++)
            for (int z = 6; z <= 9; z++) {
                struct err err = {0};
                struct style *style = edges[e].json
                                          ? style_parse(edges[e].json, strlen(edges[e].json), &err)
                                          : document(edges[e].name);
                struct tile_plan *plan = style ? tile_plan_new(style, snapshot, &err) : NULL;
                if (!plan)
                    fail_msg("%s: %s", edges[e].name, err.message);
                int64_t x = (int64_t)((-66.2 + 180) / 360 * ldexp(1, z)),
                        y = (int64_t)(0.5483 * ldexp(1, z)); /* 17.2 south */
                size_t side = 512 * (size_t)scale, half = side / 2, differ = 0, ink = 0;
                read_tile(plan, z, x, y, 512, scale, whole, side);
                for (size_t q = 0; q < 4; q++)
                    read_tile(plan, z + 1, 2 * x + (int64_t)(q & 1), 2 * y + (int64_t)(q >> 1), 256,
                              scale, parts + (q >> 1) * half * side + (q & 1) * half, side);
                for (size_t i = 0; i < side * side; i++) {
                    differ += apart(whole[i], parts[i]) > edges[e].levels;
                    ink += whole[i] != whole[0];
                }
                if (differ || !ink)
                    fail_msg("%s, z%d@%d: %zu pixels differ of %zu", edges[e].name, z, scale,
                             differ, ink);
                tile_plan_free(plan);
                style_free(style);
            }
    free(whole);
    free(parts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_broken_as_maplibre_does),
        cmocka_unit_test(a_text_is_set_once_and_about_its_anchor),
        cmocka_unit_test(anchors_lie_where_there_is_room),
        cmocka_unit_test(every_municipality_holds_its_name),
        cmocka_unit_test(the_grid_agrees_with_looking_at_all),
        cmocka_unit_test(names_do_not_overlap_and_grow_in_number),
        cmocka_unit_test(placing_is_the_same_every_time),
        cmocka_unit_test(a_label_is_the_same_on_both_sides_of_an_edge),
    };
    return cmocka_run_group_tests(tests, served_official, served_close);
}
