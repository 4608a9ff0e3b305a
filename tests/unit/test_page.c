/* test_page.c - tests of layers/page.
 * A page's map equals that of the tiles, places lie where PROJ puts them, and required
 * notices are there. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <png.h>

#include "geo/place/crs.h"
#include "layers/map/tile.h"
#include "layers/page/page.h"
#include "layers/page/projection.h"
#include "layers/page/provenance.h"
#include "layers/shapes/merc.h"
#include "tests/support/served.h"

static struct style *style;

static int set_up(void **state)
{
    struct err err = {0};
    const char *json;
    size_t len;
    if (served_embedded(state) != 0 || !styles_document("cobertura", &json, &len))
        return -1;
    style = style_parse(json, len, &err);
    if (!style)
        print_error("%s\n", err.message);
    return style ? 0 : -1;
}

static int tear_down(void **state)
{
    style_free(style);
    return served_close(state);
}

static uint32_t *decode(const struct buf *file, int width, int height)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    assert_true(png_image_begin_read_from_memory(&image, file->data, file->len));
    image.format = PNG_FORMAT_RGBA;
    assert_int_equal(image.width, width);
    assert_int_equal(image.height, height);
    uint32_t *pixels = malloc(PNG_IMAGE_SIZE(image));
    assert_true(png_image_finish_read(&image, NULL, pixels, 0, NULL));
    return pixels;
}

static uint32_t *draw_page(const struct page_request *request)
{
    struct err err = {0};
    struct buf out;
    buf_init(&out);
    if (!page_draw(style, snapshot, request, &out, &err))
        fail_msg("%s", err.message);
    uint32_t *pixels =
        decode(&out, request->width_px * request->scale, request->height_px * request->scale);
    buf_free(&out);
    return pixels;
}

/* A page with a tile's box equals the tile, except for the notice of simulated data within
 * the last 16 px. */
static void a_page_is_drawn_as_a_tile(void **state)
{
    (void)state;
    for (int scale = 1; scale <= 2; scale++) {
        const struct tile_request tile = {7, 41, 69, 256, scale};
        double side = ldexp(1, 32 - tile.z), x = ldexp(-1, 31) + (double)tile.x * side,
               y = ldexp(-1, 31) + (double)tile.y * side;
        const struct page_request page = {
            .box = {merc_lon(x), merc_lat(y + side), merc_lon(x + side), merc_lat(y)},
            .width_px = 256,
            .height_px = 256,
            .scale = scale,
            .epsg = PROJECTION_MERCATOR,
        };
        struct err err = {0};
        struct buf out;
        buf_init(&out);
        struct tile_plan *plan = tile_plan_new(style, snapshot, &err);
        assert_true(tile_png(plan, &tile, &out, &err));
        uint32_t *wanted = decode(&out, 256 * scale, 256 * scale), *got = draw_page(&page);
        size_t differ = 0, n = 256u * (size_t)scale * (256u - 17) * (size_t)scale;
        for (size_t i = 0; i < n; i++)
            differ += wanted[i] != got[i];
        /* The box's corners come back from degrees within a millionth of a pixel. */
        if (differ > n / 2000)
            fail_msg("scale %d: %zu of %zu pixels differ", scale, differ, n);
        size_t labelled = 0;
        for (size_t i = n; i < 256u * 256u * (size_t)(scale * scale); i++)
            labelled += wanted[i] != got[i];
        assert_true(labelled > 100);
        free(wanted);
        free(got);
        buf_free(&out);
        tile_plan_free(plan);
    }
}

static void planes_lie_where_proj_says(void **state)
{
    static const struct {
        int epsg;
        double steps_per_unit, lon, lat;
    } cases[] = {
        {32719, 100, -68.15, -16.5}, {32720, 100, -63.2, -17.8}, {4326, 1e7, -64.7, -16.4},
        {5356, 100, -68, -20},       {24880, 100, -65, -19},
    };
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct err err = {0};
        const struct geo_box box = {-66, -18, -65, -17};
        struct projection *projection = projection_new(cases[c].epsg, NULL, box, &err);
        struct geo_crs *crs = geo_crs_new(&err);
        double wanted[4] = {-65.5, -17.5, cases[c].lon, cases[c].lat};
        double got[4] = {-65.5, -17.5, cases[c].lon, cases[c].lat};
        assert_true(projection && crs);
        assert_true(projection_to_steps(projection, got, 2, &err));
        assert_true(geo_crs_from_lonlat(crs, cases[c].epsg, wanted, 2, &err));
        assert_true(fabs(got[2] - (wanted[2] - wanted[0]) * cases[c].steps_per_unit) < 1e-3);
        assert_true(fabs(got[3] - (wanted[1] - wanted[3]) * cases[c].steps_per_unit) < 1e-3);
        assert_true(projection_to_lonlat(projection, got, 2, &err));
        /* PSAD56 loses the height between the ellipsoids, so coordinates come back within a
         * centimetre only. */
        if (!(fabs(got[2] - cases[c].lon) < 1e-7 && fabs(got[3] - cases[c].lat) < 1e-7))
            fail_msg("EPSG:%d: off by %g, %g degrees", cases[c].epsg, got[2] - cases[c].lon,
                     got[3] - cases[c].lat);
        geo_crs_free(crs);
        projection_free(projection);
    }
}

/* South America Albers, as ESRI numbers it (on SAD69, which is within 100 m) and
 * spelt out; the figures are GDAL's: echo "-65 -17" | gdaltransform -output_xy
 * -s_srs OGC:CRS84 -t_srs "+proj=aea … +datum=WGS84" */
static void systems_have_other_names_too(void **state)
{
#define ALBERS "+proj=aea +lat_1=-5 +lat_2=-42 +lat_0=-32 +lon_0=-60"
    static const struct {
        const char *name;
        double within_m;
    } cases[] = {
        {"ESRI:102033", 100},
        {ALBERS " +datum=WGS84", 0.02},
        {ALBERS " +ellps=GRS80 +towgs84=0,0,0", 0.02},
    };
    const struct geo_box box = {-60 - 1e-9, -32 - 1e-9, -60 + 1e-9, -32 + 1e-9};
    struct err err = {0};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct projection *projection = projection_new(0, cases[i].name, box, &err);
        double xy[4] = {-65, -17, -60, -32};
        if (!projection)
            fail_msg("%s: %s", cases[i].name, err.message);
        assert_true(projection_to_steps(projection, xy, 2, &err));
        double x = (xy[0] - xy[2]) / 100, y = (xy[3] - xy[1]) / 100;
        if (!(hypot(x - -509457.967, y - 1738197.490) < cases[i].within_m))
            fail_msg("%s: %.3f %.3f", cases[i].name, x, y);
        assert_true(projection_to_lonlat(projection, xy, 1, &err));
        assert_true(fabs(xy[0] + 65) < 1e-6 && fabs(xy[1] + 17) < 1e-6);
        projection_free(projection);
    }
    assert_null(projection_new(0, "ESRI:999999", box, &err));
    assert_non_null(strstr(err.message, "ESRI:999999"));
    assert_null(projection_new(0, "+proj=nada", box, &err));
}

static void bad_requests_are_refused(void **state)
{
    const struct page_request good = {
        .box = {-69, -18, -67, -16}, .width_px = 300, .height_px = 200, .scale = 1, .epsg = 3857};
    struct page_request cases[7] = {good, good, good, good, good, good, good};
    (void)state;
    cases[1].width_px = 0;
    cases[2].height_px = PAGE_MAX_PX + 1;
    cases[3].width_px = cases[3].height_px = 19000;
    cases[4].epsg = 999999;
    cases[5].title = "No cabe";
    cases[5].height_px = 60;
    cases[6].box = (struct geo_box){-69, -18, -69 + 1e-13, -18 + 1e-13};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct err err = {0};
        struct buf out;
        buf_init(&out);
        if (page_draw(style, snapshot, &cases[c], &out, &err) != (c == 0))
            fail_msg("case %zu: %s", c, err.message);
        assert_true(c == 0 || err.message[0]);
        buf_free(&out);
    }
}

static void what_is_simulated_is_labelled(void **state)
{
    struct buf text;
    (void)state;
    const struct provenance provenance = provenance_of(snapshot, style);
    assert_true(provenance.simulated);
    buf_init(&text);
    provenance_put(&provenance, "9.9", &text);
    assert_non_null(strstr(text.data, "Datos simulados"));
    assert_non_null(strstr(text.data, "SIGG 9.9"));
    buf_free(&text);
    static const struct {
        struct provenance provenance;
        const char *text;
    } cases[] = {
        {{false, false, "", ""}, "SIGG 1"},
        {{true, true, "2023-06-30", "339"},
         "Datos al 30/06/2023 · Límites: edición 339 · Datos simulados · Límites esquemáticos · "
         "SIGG 1"},
        {{false, true, "", "x"}, "Límites: edición x · Límites esquemáticos · SIGG 1"},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        buf_init(&text);
        provenance_put(&cases[c].provenance, "1", &text);
        assert_string_equal(text.data, cases[c].text);
        buf_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_drawn_as_a_tile),
        cmocka_unit_test(planes_lie_where_proj_says),
        cmocka_unit_test(systems_have_other_names_too),
        cmocka_unit_test(bad_requests_are_refused),
        cmocka_unit_test(what_is_simulated_is_labelled),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
