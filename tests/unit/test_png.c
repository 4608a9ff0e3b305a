/* test_png.c - tests of layers/paint/png: libpng reads the same pixels from our files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <png.h>

#include "layers/paint/png.h"

enum { MAX_SIDE = 300 };

static uint32_t one_color(int x, int y)
{
    (void)x, (void)y;
    return 0xFFFBFAF6;
}

static uint32_t two_colors(int x, int y)
{
    return x > y ? 0xFF000000 : 0xFFFFFFFF;
}

static uint32_t four_colors(int x, int y)
{
    return 0xFF000000 | (uint32_t)(x / 7 % 2 * 80 + y / 5 % 2 * 160);
}

static uint32_t sixteen_colors(int x, int y)
{
    return 0xFF000000 | (uint32_t)((x + y) % 16) * 0x0F0D0B;
}

static uint32_t all_of_a_palette(int x, int y)
{
    return 0xFF000000 | (uint32_t)((x + 16 * y) % 256) * 0x010203;
}

static uint32_t one_too_many(int x, int y)
{
    return 0xFF000000 | (uint32_t)((x + 16 * y) % 257) * 0x010203;
}

static uint32_t noise(int x, int y)
{
    uint32_t v = (uint32_t)x * 374761393u + (uint32_t)y * 668265263u;
    return 0xFF000000 | ((v ^ v >> 13) * 1274126177u & 0xFFFFFF);
}

static uint32_t clear_and_solid(int x, int y)
{
    return (x / 9 + y / 9) % 2 ? 0 : 0xFF336699;
}

/* Premultiplied: no channel above the alpha. */
static uint32_t fading(int x, int y)
{
    uint32_t a = (uint32_t)(x * 3 + y) % 256;
    return a << 24 | a / 2 << 16 | a / 3 << 8 | a;
}

static const struct {
    const char *name;
    int width, height;
    uint32_t (*pixel)(int x, int y);
    bool opaque;
    int color_type, depth; /* as PNG numbers them: 2 RGB, 3 palette, 6 RGBA */
} cases[] = {
    {"one colour takes a bit a pixel", 256, 256, one_color, true, 3, 1},
    {"two colours", 256, 256, two_colors, true, 3, 1},
    {"four colours", 256, 256, four_colors, true, 3, 2},
    {"sixteen colours", 256, 256, sixteen_colors, true, 3, 4},
    {"256 colours fit a palette", 256, 256, all_of_a_palette, true, 3, 8},
    {"257 colours do not", 256, 256, one_too_many, true, 2, 8},
    {"noise", 256, 256, noise, true, 2, 8},
    {"transparency in a palette", 256, 256, clear_and_solid, false, 3, 1},
    {"half transparency", 256, 256, fading, false, 3, 8},
    {"one pixel", 1, 1, noise, true, 3, 1},
    {"a width that no byte ends at", 13, 5, two_colors, true, 3, 1},
    {"wider than high", 300, 3, sixteen_colors, true, 3, 4},
    {"one column", 1, 257, one_too_many, true, 2, 8},
};

static uint32_t straight(uint32_t pixel)
{
    uint32_t a = pixel >> 24;
    if (a == 0)
        return 0;
    uint32_t out = a << 24;
    for (int shift = 0; shift < 24; shift += 8) {
        uint32_t v = ((pixel >> shift & 255) * 255 + a / 2) / a;
        out |= (v > 255 ? 255 : v) << shift;
    }
    return out;
}

/* Fails, with the case's name, unless libpng reads the same pixels from the file. */
static void check_file(const char *name, const struct buf *file, const uint32_t *pixels, int width,
                       int height, int stride)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(&image, file->data, file->len))
        fail_msg("%s: %s", name, image.message);
    image.format = PNG_FORMAT_BGRA;
    uint32_t *back = malloc(PNG_IMAGE_SIZE(image));
    if (!png_image_finish_read(&image, NULL, back, 0, NULL))
        fail_msg("%s: %s", name, image.message);
    assert_int_equal(image.width, width);
    assert_int_equal(image.height, height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            if (back[y * width + x] != straight(pixels[y * stride + x]))
                fail_msg("%s: at %d,%d %08x came back as %08x", name, x, y,
                         straight(pixels[y * stride + x]), back[y * width + x]);
    free(back);
}

static void every_pixel_comes_back(void **state)
{
    (void)state;
    struct err err = {0};
    struct png_encoder *encoder = png_encoder_new(&err);
    assert_non_null(encoder);
    static uint32_t pixels[MAX_SIDE * (MAX_SIDE + 5)];
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        int width = cases[c].width, height = cases[c].height, stride = width + 5;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < stride; x++)
                pixels[y * stride + x] = x < width ? cases[c].pixel(x, y) : 0xDEADBEEF;
        struct buf out;
        buf_init(&out);
        if (!png_encode(encoder, pixels, width, height, stride, cases[c].opaque, &out, &err))
            fail_msg("%s: %s", cases[c].name, err.message);
        check_file(cases[c].name, &out, pixels, width, height, stride);
        if (out.data[25] != cases[c].color_type || out.data[24] != cases[c].depth)
            fail_msg("%s: colour type %d, depth %d", cases[c].name, out.data[25], out.data[24]);
        buf_free(&out);
    }
    png_encoder_free(encoder);
}

static uint32_t dice;

static uint32_t roll(uint32_t below)
{
    dice = dice * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)dice * below >> 32);
}

/* Runs of one colour, copies of the row above (also shifted) and noise, of at most
 * `colours` colours: like a map, and unlike one. */
static void make_picture(uint32_t *pixels, int width, int height, uint32_t colours, bool opaque)
{
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width;) {
            uint32_t kind = roll(4), color = roll(colours) * 2654435761u;
            int end = x + 1 + (int)roll(roll(3) ? 20 : (uint32_t)width), shift = (int)roll(3) - 1;
            for (; x < end && x < width; x++) {
                uint32_t *pixel = &pixels[y * width + x];
                if (kind == 1 && y > 0 && x + shift >= 0 && x + shift < width) {
                    *pixel = pixels[(y - 1) * width + x + shift];
                    continue;
                }
                if (kind == 3)
                    color = roll(colours) * 2654435761u;
                uint32_t a = opaque ? 255 : (color >> 3 & 255);
                *pixel = a << 24 | (color >> 16 & 255) * a / 255 << 16 |
                         (color >> 8 & 255) * a / 255 << 8 | (color & 255) * a / 255;
            }
        }
}

static void any_picture_comes_back(void **state)
{
    (void)state;
    static const uint32_t colours[] = {1, 2, 3, 5, 17, 200, 256, 257, 1000, 1u << 24};
    struct err err = {0};
    struct png_encoder *encoder = png_encoder_new(&err);
    struct buf out;
    buf_init(&out);
    assert_non_null(encoder);
    for (uint32_t seed = 1; seed <= 400; seed++) {
        char name[64];
        dice = seed;
        /* Every fiftieth picture is large. */
        int width = seed % 50 == 0 ? 900 : 1 + (int)roll(140);
        int height = seed % 50 == 0 ? 700 : 1 + (int)roll(90);
        bool opaque = roll(3) > 0;
        uint32_t *pixels = malloc((size_t)width * (size_t)height * sizeof *pixels);
        make_picture(pixels, width, height, colours[seed % 10], opaque);
        snprintf(name, sizeof name, "seed %u, %d x %d px", seed, width, height);
        buf_clear(&out);
        if (!png_encode(encoder, pixels, width, height, width, opaque, &out, &err))
            fail_msg("%s: %s", name, err.message);
        check_file(name, &out, pixels, width, height, width);
        /* Data that cannot be compressed are stored. */
        assert_true(out.len < (size_t)width * (size_t)height * 4 + (size_t)height + 2000);
        free(pixels);
    }
    buf_free(&out);
    png_encoder_free(encoder);
}

static void one_colour_is_the_same_file(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int width, height;
        uint32_t pixel;
        bool opaque;
    } flat[] = {
        {"sea", 256, 256, 0xFFD4E6EE, true},
        {"high resolution", 1024, 1024, 0xFF31A354, true},
        {"nothing", 256, 256, 0, false},
        {"a veil", 512, 512, 0x40302010, false},
        {"odd", 13, 7, 0xFF000001, true},
        {"one pixel", 1, 1, 0xFF123456, true},
        {"alpha is not looked at", 9, 9, 42, true},
    };
    static uint32_t pixels[1024 * 1024];
    struct err err = {0};
    struct png_encoder *encoder = png_encoder_new(&err);
    struct buf once, again;
    buf_init(&once);
    buf_init(&again);
    for (size_t c = 0; c < sizeof flat / sizeof *flat; c++) {
        int width = flat[c].width, height = flat[c].height;
        for (int i = 0; i < width * height; i++)
            pixels[i] = flat[c].pixel;
        buf_clear(&once);
        buf_clear(&again);
        if (!png_encode(encoder, pixels, width, height, width, flat[c].opaque, &once, &err) ||
            !png_encode_one_color(encoder, flat[c].pixel, width, height, flat[c].opaque, &again,
                                  &err))
            fail_msg("%s: %s", flat[c].name, err.message);
        if (once.len != again.len || memcmp(once.data, again.data, once.len) != 0)
            fail_msg("%s: another file", flat[c].name);
    }
    buf_free(&once);
    buf_free(&again);
    png_encoder_free(encoder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pixel_comes_back),
        cmocka_unit_test(any_picture_comes_back),
        cmocka_unit_test(one_colour_is_the_same_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
