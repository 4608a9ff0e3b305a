/* Cases for layers/png: what comes back from libpng is what went in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <png.h>

#include "layers/png.h"

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
        png_image image = {.version = PNG_IMAGE_VERSION};
        if (!png_image_begin_read_from_memory(&image, out.data, out.len))
            fail_msg("%s: %s", cases[c].name, image.message);
        image.format = PNG_FORMAT_BGRA;
        uint32_t *back = malloc(PNG_IMAGE_SIZE(image));
        if (!png_image_finish_read(&image, NULL, back, 0, NULL))
            fail_msg("%s: %s", cases[c].name, image.message);
        assert_int_equal(image.width, width);
        assert_int_equal(image.height, height);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                if (back[y * width + x] != straight(pixels[y * stride + x]))
                    fail_msg("%s: at %d,%d %08x came back as %08x", cases[c].name, x, y,
                             straight(pixels[y * stride + x]), back[y * width + x]);
        if (out.data[25] != cases[c].color_type || out.data[24] != cases[c].depth)
            fail_msg("%s: colour type %d, depth %d", cases[c].name, out.data[25], out.data[24]);
        free(back);
        buf_free(&out);
    }
    png_encoder_free(encoder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pixel_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
