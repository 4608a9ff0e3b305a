/* Pictures of the embedded data set against those in tests/golden/, which were
 * looked at. SIGG_GOLDEN=update draws them anew (`make golden`). A picture that
 * differs is left, with the difference, in BUILD/golden/. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>

#include <cmocka.h>
#include <png.h>

#include "layers/page/page.h"
#include "layers/paint/png.h"
#include "layers/tile.h"
#include "tests/support/world.h"

enum { MAX_TILES = 9 };

/* A picture is columns x rows tiles, from the tile at the place. */
static const struct golden {
    const char *name, *style;
    int z, columns, rows, size_px, scale;
    double lon, lat; /* in the tile in the left upper corner */
    bool page;       /* the country on a page of columns x rows px, with all it can bear */
} pictures[] = {
    {"pais-z5", "cobertura", 5, 2, 3, 256, 1, -70, -9, false},
    {"cochabamba-z8", "cobertura", 8, 2, 2, 256, 1, -67, -16.5, false},
    {"punata-z10", "cobertura", 10, 1, 1, 512, 1, -65.85, -17.5, false},
    {"chaco-z9-retina", "cobertura", 9, 1, 1, 256, 2, -63.5, -21.3, false},
    {"pagina-pais-utm20", "cobertura", 0, 794, 900, 0, 1, 0, 0, true},
};

static struct world world;
static struct snapshot *snapshot;

static int set_up(void **state)
{
    struct err err = {0};
    (void)state;
    if (!world_open(&world, NULL))
        return -1;
    snapshot = snapshot_build(world.store, NULL, &err);
    if (!snapshot)
        print_error("%s\n", err.message);
    return snapshot ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    snapshot_unref(snapshot);
    world_close(&world);
    return 0;
}

struct picture {
    int width, height;
    uint32_t *pixels; /* BGRA bytes */
};

static bool read_png(png_image *image, bool began, struct picture *out)
{
    if (!began)
        return false;
    image->format = PNG_FORMAT_BGRA;
    *out = (struct picture){(int)image->width, (int)image->height, malloc(PNG_IMAGE_SIZE(*image))};
    return png_image_finish_read(image, NULL, out->pixels, 0, NULL) != 0;
}

static struct picture draw_page(const struct golden *golden)
{
    const char *json;
    size_t len;
    struct err err = {0};
    struct picture whole = {0};
    struct buf png;
    png_image image = {.version = PNG_IMAGE_VERSION};
    const struct page_request request = {.box = {-69.7, -23, -57.4, -9.6},
                                         .width_px = golden->columns,
                                         .height_px = golden->rows,
                                         .scale = golden->scale,
                                         .epsg = 32720,
                                         .title = "Cobertura por municipio",
                                         .legend = true,
                                         .scale_bar = true,
                                         .north = true,
                                         .graticule = true,
                                         .provenance = true,
                                         .version = "0.1.0"};
    buf_init(&png);
    assert_true(styles_document(golden->style, &json, &len));
    struct style *style = style_parse(json, len, &err);
    if (!style || !page_draw(style, snapshot, &request, &png, &err) ||
        !read_png(&image, png_image_begin_read_from_memory(&image, png.data, png.len), &whole))
        fail_msg("%s: %s", golden->name, err.message);
    buf_free(&png);
    style_free(style);
    return whole;
}

static struct picture draw(const struct golden *golden)
{
    if (golden->page)
        return draw_page(golden);
    const char *json;
    size_t len;
    struct err err = {0};
    assert_true(styles_document(golden->style, &json, &len));
    struct style *style = style_parse(json, len, &err);
    struct tile_plan *plan = style ? tile_plan_new(style, snapshot, &err) : NULL;
    if (!plan)
        fail_msg("%s: %s", golden->name, err.message);
    int side = golden->size_px * golden->scale;
    struct picture whole = {golden->columns * side, golden->rows * side, NULL};
    whole.pixels = malloc((size_t)whole.width * (size_t)whole.height * 4);
    double n = ldexp(1, golden->z);
    int64_t x0 = (int64_t)((golden->lon + 180) / 360 * n);
    int64_t y0 = (int64_t)((1 - asinh(tan(golden->lat * M_PI / 180)) / M_PI) / 2 * n);
    struct buf out;
    buf_init(&out);
    for (int t = 0; t < golden->columns * golden->rows; t++) {
        int column = t % golden->columns, row = t / golden->columns;
        struct tile_request request = {golden->z, x0 + column, y0 + row, golden->size_px,
                                       golden->scale};
        struct picture tile = {0};
        png_image image = {.version = PNG_IMAGE_VERSION};
        buf_clear(&out);
        if (!tile_png(plan, &request, NULL, &out, &err))
            fail_msg("%s: %s", golden->name, err.message);
        assert_true(
            read_png(&image, png_image_begin_read_from_memory(&image, out.data, out.len), &tile));
        for (int y = 0; y < side; y++)
            memcpy(whole.pixels + ((size_t)(row * side + y) * (size_t)whole.width) +
                       (size_t)(column * side),
                   tile.pixels + y * side, (size_t)side * 4);
        free(tile.pixels);
    }
    buf_free(&out);
    tile_plan_free(plan);
    style_free(style);
    return whole;
}

static void write_png(const char *folder, const char *name, const char *suffix,
                      const struct picture *picture)
{
    char path[512];
    struct err err = {0};
    struct buf out;
    struct png_encoder *encoder = png_encoder_new(&err);
    buf_init(&out);
    snprintf(path, sizeof path, "%s/%s%s.png", folder, name, suffix);
    assert_true(png_encode(encoder, picture->pixels, picture->width, picture->height,
                           picture->width, true, &out, &err));
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(out.data, 1, out.len, file) != out.len || fclose(file) != 0)
        fail_msg("%s cannot be written", path);
    print_message("wrote %s\n", path);
    buf_free(&out);
    png_encoder_free(encoder);
}

/* Pixels of which a channel differs by more than 24 levels, marked in red. */
static size_t compare(const struct picture *a, const struct picture *b, struct picture *marked)
{
    size_t differ = 0, n = (size_t)a->width * (size_t)a->height;
    *marked = (struct picture){a->width, a->height, malloc(n * 4)};
    for (size_t i = 0; i < n; i++) {
        int worst = 0;
        for (int shift = 0; shift < 24; shift += 8) {
            int d = abs((int)(a->pixels[i] >> shift & 255) - (int)(b->pixels[i] >> shift & 255));
            worst = d > worst ? d : worst;
        }
        differ += worst > 24;
        marked->pixels[i] = worst > 24 ? 0xFFFF0000 : 0xFFE0E0E0;
    }
    return differ;
}

static void pictures_are_those_that_were_looked_at(void **state)
{
    (void)state;
    const char *update = getenv("SIGG_GOLDEN"), *build = getenv("BUILD");
    char folder[256], path[512];
    snprintf(folder, sizeof folder, "%s/golden", build ? build : "build");
    int failed = 0;
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        struct picture drawn = draw(&pictures[i]), golden = {0}, marked = {0};
        png_image image = {.version = PNG_IMAGE_VERSION};
        snprintf(path, sizeof path, "tests/golden/%s.png", pictures[i].name);
        if (update && strcmp(update, "update") == 0)
            write_png("tests/golden", pictures[i].name, "", &drawn);
        if (!read_png(&image, png_image_begin_read_from_file(&image, path), &golden))
            fail_msg("%s: %s", path, image.message);
        if (golden.width != drawn.width || golden.height != drawn.height)
            fail_msg("%s: %dx%d instead of %dx%d", path, drawn.width, drawn.height, golden.width,
                     golden.height);
        size_t differ = compare(&drawn, &golden, &marked);
        /* One pixel in a thousand: another version of cairo, not another map. */
        if (differ * 1000 > (size_t)drawn.width * (size_t)drawn.height) {
            mkdir(folder, 0777);
            write_png(folder, pictures[i].name, "", &drawn);
            write_png(folder, pictures[i].name, "-difference", &marked);
            print_error("%s: %zu pixels differ\n", pictures[i].name, differ);
            failed++;
        }
        free(drawn.pixels);
        free(golden.pixels);
        free(marked.pixels);
    }
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_are_those_that_were_looked_at),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
