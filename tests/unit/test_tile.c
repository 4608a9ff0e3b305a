/* test_tile.c - tests of layers/map/tile: the pixels of a tile. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/support/mosaic.h"
#include "tests/support/served.h"
#include "tests/support/styles.h"

/* A style of the given layers over a background of one colour. */
static struct style *style_of(const char *ground, const char *layers)
{
    char json[4096];
    struct err err = {0};
    int n = snprintf(json, sizeof json,
                     "{\"version\":8,\"name\":\"t\",\"sources\":{\"sigg\":{\"type\":\"vector\"}},"
                     "\"layers\":[{\"id\":\"g\",\"type\":\"background\",\"paint\":"
                     "{\"background-color\":\"%s\"}}%s%s]}",
                     ground, layers[0] ? "," : "", layers);
    struct style *style = style_parse(json, (size_t)n, &err);
    if (!style)
        fail_msg("%s", err.message);
    return style;
}

#define FILL(paint, more)                                                                       \
    "{\"id\":\"m\",\"type\":\"fill\",\"source\":\"sigg\",\"source-layer\":\"municipios\"," more \
    "\"paint\":{" paint "}}"

/* Pixels as 0xAABBGGRR, to be freed. */
static uint32_t *draw(const struct tile_plan *plan, struct tile_request request)
{
    struct err err = {0};
    struct buf out;
    buf_init(&out);
    if (!tile_png(plan, &request, &out, &err))
        fail_msg("%s", err.message);
    png_image image = {.version = PNG_IMAGE_VERSION};
    assert_true(png_image_begin_read_from_memory(&image, out.data, out.len));
    image.format = PNG_FORMAT_RGBA;
    assert_int_equal(image.width, request.size_px * request.scale);
    assert_int_equal(image.height, request.size_px * request.scale);
    uint32_t *pixels = malloc(PNG_IMAGE_SIZE(image));
    assert_true(png_image_finish_read(&image, NULL, pixels, 0, NULL));
    buf_free(&out);
    return pixels;
}

static struct tile_plan *plan_of(const struct style *style)
{
    struct err err = {0};
    struct tile_plan *plan = tile_plan_new(style, snapshot, &err);
    assert_non_null(plan);
    return plan;
}

static struct tile_request tile_at(int z, double lon, double lat)
{
    double n = ldexp(1, z), y = (1 - asinh(tan(lat * M_PI / 180)) / M_PI) / 2;
    return (struct tile_request){z, (int64_t)((lon + 180) / 360 * n), (int64_t)(y * n), 256, 1};
}

static void addresses_outside_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct tile_request request;
        enum err_kind kind;
    } cases[] = {
        {"the world", {0, 0, 0, 256, 1}, ERR_NONE},
        {"the deepest", {22, 1300000, 2300000, 512, 2}, ERR_NONE},
        {"too deep", {23, 0, 0, 256, 1}, ERR_NOT_FOUND},
        {"below zero", {-1, 0, 0, 256, 1}, ERR_NOT_FOUND},
        {"x past the edge", {1, 2, 0, 256, 1}, ERR_NOT_FOUND},
        {"y below the edge", {1, 0, -1, 256, 1}, ERR_NOT_FOUND},
        {"an odd size", {1, 0, 0, 300, 1}, ERR_INPUT},
        {"scale 3", {1, 0, 0, 256, 3}, ERR_INPUT},
    };
    struct style *style = style_of("#ffffff", FILL("\"fill-color\":\"#000000\"", ""));
    struct tile_plan *plan = plan_of(style);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct err err = {0};
        struct buf out;
        buf_init(&out);
        bool ok = tile_png(plan, &cases[c].request, &out, &err);
        if (ok != (cases[c].kind == ERR_NONE) || err.kind != cases[c].kind)
            fail_msg("%s: %s", cases[c].name, err.message);
        buf_free(&out);
    }
    tile_plan_free(plan);
    style_free(style);
}

static void ground_without_a_layer_is_one_colour(void **state)
{
    (void)state;
    struct style *style = style_of("#336699", "");
    struct tile_plan *plan = plan_of(style);
    uint32_t *pixels = draw(plan, (struct tile_request){5, 10, 17, 512, 2});
    for (int i = 0; i < 1024 * 1024; i++)
        assert_int_equal(pixels[i], 0xFF996633);
    free(pixels);
    tile_plan_free(plan);
    style_free(style);
}

/* Between two regions the background never shows through. */
static void no_hairline_between_neighbours(void **state)
{
    (void)state;
    struct style *two = style_of(
        "#00ff00",
        FILL("\"fill-color\":[\"case\",[\"in\",[\"slice\",[\"get\",\"codigo\"],5],\"13579\"],"
             "\"#ff0000\",\"#0000ff\"]",
             ""));
    struct style *black = style_of("#00ff00", FILL("\"fill-color\":\"#000000\"", ""));
    struct tile_plan *colours = plan_of(two), *whole = plan_of(black);
    int land = 0;
    static const double places[][2] = {
        {-65.9, -17.6}, /* the valleys of Cochabamba: the smallest of all */
        {-68.2, -16.6}, /* La Paz and its neighbours */
        {-69.0, -16.1}, /* Titicaca */
        {-68.0, -19.6}, /* between the salt flats */
        {-65.2, -19.2}, /* Potosí, Sucre */
        {-63.3, -17.6}, /* Santa Cruz */
        {-64.7, -21.5}, /* Tarija */
        {-63.4, -21.2}, /* the Chaco */
        {-66.8, -11.2}, /* the north: straight lines and rivers */
    };
    for (size_t p = 0; p < 11 * (sizeof places / sizeof *places); p++) {
        int z = 4 + (int)(p % 11);
        struct tile_request request = tile_at(z, places[p / 11][0], places[p / 11][1]);
        uint32_t *a = draw(colours, request), *b = draw(whole, request);
        size_t inside = 0, mixed = 0;
        for (int i = 0; i < 256 * 256; i++) {
            if (b[i] != 0xFF000000)
                continue; /* the country's edge, or a gap in the data */
            inside++;
            mixed += (a[i] & 0xFF) != 0 && (a[i] >> 16 & 0xFF) != 0;
            if ((a[i] >> 8 & 0xFF) > 2) /* a remainder of rounding */
                fail_msg("z%d, %g %g: the ground shows at %d,%d: %08x", z, places[p / 11][0],
                         places[p / 11][1], i % 256, i / 256, a[i]);
        }
        land += inside > 1000; /* a lake may fill a tile */
        if (z >= 6 && z <= 9 && p / 11 == 0)
            assert_true(mixed > 50);
        free(a);
        free(b);
    }
    assert_true(land >= 80);
    tile_plan_free(colours);
    tile_plan_free(whole);
    style_free(two);
    style_free(black);
}

static int worst_channel(const struct picture *a, const struct picture *b)
{
    int worst = 0;
    assert_true(a->width == b->width && a->height == b->height);
    for (int i = 0; i < a->width * a->height; i++)
        for (int shift = 0; shift < 24; shift += 8) {
            int d = abs((int)(a->pixels[i] >> shift & 255) - (int)(b->pixels[i] >> shift & 255));
            worst = d > worst ? d : worst;
        }
    return worst;
}

/* A 512 px tile equals the four 256 px tiles of the next zoom, names included: each of them
 * draws what crosses its edges in the same way. */
static void tiles_meet_without_a_seam(void **state)
{
    (void)state;
    for (size_t s = 0; s < styles_count(); s++) {
        struct err err = {0};
        struct style *style = style_at(s);
        struct tile_plan *plan = plan_of(style);
        for (int z = 4; z <= 10; z += 2)
            for (int scale = 1; scale <= 2; scale++) {
                struct tile_request big = tile_at(z, -65.2, -17.9), first;
                struct picture whole = {0}, parts = {0};
                big.size_px = 512;
                big.scale = scale;
                first = (struct tile_request){z + 1, big.x * 2, big.y * 2, 256, scale};
                assert_true(mosaic_draw(plan, &big, 1, 1, &whole, &err));
                assert_true(mosaic_draw(plan, &first, 2, 2, &parts, &err));
                int worst = worst_channel(&whole, &parts);
                /* Wide lines are clipped at the picture's edge, and cairo rounds positions
                 * to 1/256 px. It samples a pixel in fifteen rows, each worth 17 levels at
                 * full contrast; one row may change. This is more frequent with the long
                 * straight borders of the embedded data, and most visible under the black
                 * lines of print. */
                int limit = strstr(styles_id(s), "-impresion") ? 16 : 10;
                if (worst > limit)
                    fail_msg("%s, z%d, scale %d: %d levels of difference", styles_id(s), z, scale,
                             worst);
                picture_free(&whole);
                picture_free(&parts);
            }
        tile_plan_free(plan);
        style_free(style);
    }
}

/* A record's circle is at the record's place. */
static void a_circle_lies_on_its_point(void **state)
{
    (void)state;
    struct style *style = style_of(
        "#ffffff", "{\"id\":\"a\",\"type\":\"circle\",\"source\":\"sigg\",\"source-layer\":"
                   "\"alianzas\",\"filter\":[\"==\",[\"get\",\"codigo\"],\"FA-BEN-0001\"],"
                   "\"paint\":{\"circle-color\":\"#ff0000\",\"circle-radius\":5}}");
    struct tile_plan *plan = plan_of(style);
    const double lon = -65.80293, lat = -11.36786; /* data/alianzas.csv */
    for (int z = 6; z <= 20; z += 7) {
        struct tile_request request = tile_at(z, lon, lat);
        double n = ldexp(1, z);
        double px = ((lon + 180) / 360 * n - (double)request.x) * 256;
        double py = ((1 - asinh(tan(lat * M_PI / 180)) / M_PI) / 2 * n - (double)request.y) * 256;
        uint32_t *pixels = draw(plan, request);
        double sum = 0, sx = 0, sy = 0;
        for (int i = 0; i < 256 * 256; i++) {
            double ink = 1 - (pixels[i] >> 8 & 255) / 255.0;
            sum += ink;
            sx += ink * (i % 256 + 0.5);
            sy += ink * (i / 256 + 0.5);
        }
        bool whole = px > 6 && py > 6 && px < 250 && py < 250;
        if (whole && (fabs(sx / sum - px) > 0.05 || fabs(sy / sum - py) > 0.05))
            fail_msg("z%d: at %.2f,%.2f for %.2f,%.2f", z, sx / sum, sy / sum, px, py);
        /* The ramp of discs.h ends at the edge, so its middle is half a pixel inside;
         * smoothstep's derivative has a variance of 1/20. */
        if (whole && fabs(sum - M_PI * (4.5 * 4.5 + 0.05)) > 1)
            fail_msg("z%d: %.2f square pixels", z, sum);
        assert_true(sum > 1);
        free(pixels);
    }
    tile_plan_free(plan);
    style_free(style);
}

/* A point inside the municipality, or its first vertex. */
static void point_inside(const struct geo_shape *shape, double *lon, double *lat)
{
    *lon = shape->xy[0];
    *lat = shape->xy[1];
    for (int n = 4; n <= 64; n *= 2)
        for (int i = 0; i < n * n; i++) {
            double x = shape->box.min_x + (i % n + 0.5) / n * (shape->box.max_x - shape->box.min_x);
            double y = shape->box.min_y + (i / n + 0.5) / n * (shape->box.max_y - shape->box.min_y);
            if (geo_shape_side(shape, x, y) == GEO_SIDE_IN) {
                *lon = x;
                *lat = y;
                return;
            }
        }
}

struct drawn {
    size_t n;
    char codigo[400][7];
    double lon[400], lat[400];
};

static bool take(void *arg, const struct geo_record *record)
{
    struct drawn *all = arg;
    struct geo_shape *shape = geo_shape_parse(record->wkb, record->wkb_len, NULL);
    int codigo = geo_table_field(geo_table_find("municipios"), "codigo");
    snprintf(all->codigo[all->n], 7, "%s", geo_record_text(record, codigo));
    point_inside(shape, &all->lon[all->n], &all->lat[all->n]);
    all->n++;
    geo_shape_free(shape);
    return all->n < 400;
}

/* Each municipality alone on white leaves a mark at every zoom. */
static void every_municipality_is_drawn_at_every_zoom(void **state)
{
    (void)state;
    static struct drawn all;
    struct err err = {0};
    struct geo_query query = {0};
    served_note();
    assert_true(
        geo_store_each(world.store, geo_table_find("municipios"), &query, take, &all, &err));
    assert_int_equal(all.n, 339);
    for (size_t m = 0; m < all.n; m++) {
        char layer[512];
        snprintf(
            layer, sizeof layer,
            FILL("\"fill-color\":\"#000000\"", "\"filter\":[\"==\",[\"get\",\"codigo\"],\"%s\"],"),
            all.codigo[m]);
        struct style *style = style_of("#ffffff", layer);
        struct tile_plan *plan = plan_of(style);
        for (int z = 4; z <= 14; z++) {
            uint32_t *pixels = draw(plan, tile_at(z, all.lon[m], all.lat[m]));
            size_t marked = 0;
            for (int i = 0; i < 256 * 256; i++)
                marked += pixels[i] != 0xFFFFFFFF;
            if (marked == 0)
                fail_msg("%s is not to be seen at z%d", all.codigo[m], z);
            free(pixels);
        }
        tile_plan_free(plan);
        style_free(style);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_outside_are_refused),
        cmocka_unit_test(ground_without_a_layer_is_one_colour),
        cmocka_unit_test(no_hairline_between_neighbours),
        cmocka_unit_test(tiles_meet_without_a_seam),
        cmocka_unit_test(a_circle_lies_on_its_point),
        cmocka_unit_test(every_municipality_is_drawn_at_every_zoom),
    };
    return cmocka_run_group_tests(tests, served_official, served_close);
}
