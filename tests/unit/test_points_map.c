/* test_points_map.c - tests of layers/report/points_map and the marks of layers/page.
 * Points stand where PROJ puts them, in the colour of their state; those elsewhere are counted. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>
#include <png.h>

#include "layers/report/points_map.h"
#include "tests/support/served.h"

enum { WIDTH = 600, HEIGHT = 500, SCALE = 2 };

static uint32_t *draw(const struct points_map_point *points, size_t n, const char *title)
{
    struct err err = {0};
    struct buf out;
    const struct points_map map = {.points = points,
                                   .n = n,
                                   .title = title,
                                   .width_px = WIDTH,
                                   .height_px = HEIGHT,
                                   .version = "x"};
    buf_init(&out);
    if (!points_map_png(snapshot, &map, &out, &err))
        fail_msg("%s", err.message);
    png_image image = {.version = PNG_IMAGE_VERSION};
    assert_true(png_image_begin_read_from_memory(&image, out.data, out.len));
    image.format = PNG_FORMAT_RGB;
    assert_int_equal(image.width, WIDTH * SCALE);
    assert_int_equal(image.height, HEIGHT * SCALE);
    uint32_t *pixels = calloc(image.width * image.height, sizeof *pixels);
    unsigned char *rgb = malloc(PNG_IMAGE_SIZE(image));
    assert_true(png_image_finish_read(&image, NULL, rgb, 0, NULL));
    for (size_t i = 0; i < (size_t)image.width * image.height; i++)
        pixels[i] = (uint32_t)rgb[3 * i] << 16 | (uint32_t)rgb[3 * i + 1] << 8 | rgb[3 * i + 2];
    free(rgb);
    buf_free(&out);
    return pixels;
}

/* The mean place of the pixels of a colour within the map, below `from` (device pixels). */
static size_t find(const uint32_t *pixels, uint32_t color, int from, double *x, double *y)
{
    size_t n = 0;
    *x = *y = 0;
    for (int row = from; row < HEIGHT * SCALE; row++)
        for (int column = 0; column < WIDTH * SCALE; column++)
            if (pixels[row * WIDTH * SCALE + column] == color) {
                n++;
                *x += column;
                *y += row;
            }
    *x /= n ? (double)n : 1;
    *y /= n ? (double)n : 1;
    return n;
}

static const uint32_t colors[] = {0x0F6145, 0x1F6BCC, 0xE08A00, 0xB8171C, 0x6B21A8};
enum { BELOW_PANEL = 2 * 190 };

/* The four corners of a square on the map: equal distances between their marks. */
static void points_stand_where_they_are(void **state)
{
    (void)state;
    static const struct points_map_point points[] = {
        {-66.0, -17.3, POINTS_OK},       {-65.6, -17.3, POINTS_RESCUED},
        {-66.0, -17.5, POINTS_CONFLICT}, {-65.6, -17.5, POINTS_OUTSIDE},
        {-65.8, -17.4, POINTS_MOVED},    {-65.8, -16.9, POINTS_OK}, /* room for the panel */
    };
    double x[5], y[5];
    uint32_t *pixels = draw(points, 6, "Prueba");
    for (int i = 0; i < 5; i++)
        if (find(pixels, colors[points[i].state], BELOW_PANEL, &x[i], &y[i]) < 50)
            fail_msg("no point of state %d", i);
    free(pixels);
    assert_true(fabs(x[0] - x[2]) < 2 && fabs(x[1] - x[3]) < 2);
    assert_true(fabs(y[0] - y[1]) < 2 && fabs(y[2] - y[3]) < 3);
    /* 0.4 degrees of longitude to 0.2 of latitude, at 17.4 south. */
    double ratio = (x[1] - x[0]) / (y[2] - y[0]);
    if (fabs(ratio - 2 * cos(17.4 * 3.14159265 / 180)) > 0.03)
        fail_msg("the map has another shape: %g", ratio);
}

static void points_elsewhere_stand_at_the_edge(void **state)
{
    (void)state;
    static const struct points_map_point points[] = {{-66.0, -17.3, POINTS_OK},
                                                     {-40, -17.3, POINTS_OUTSIDE},
                                                     {NAN, 5, POINTS_OUTSIDE},
                                                     {1e300, -1e300, POINTS_OUTSIDE}};
    double x, y;
    uint32_t *pixels = draw(points, 4, "Prueba");
    assert_true(find(pixels, colors[POINTS_OUTSIDE], BELOW_PANEL, &x, &y) > 10);
    assert_true(x > (WIDTH - 30) * SCALE);
    free(pixels);
}

/* Without a point that could be drawn, the whole country. */
static void no_points_are_a_map_too(void **state)
{
    (void)state;
    double x, y;
    uint32_t *pixels = draw(NULL, 0, "Nada");
    for (size_t i = 0; i < sizeof colors / sizeof *colors; i++)
        assert_int_equal(find(pixels, colors[i], 0, &x, &y), 0);
    free(pixels);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_stand_where_they_are),
        cmocka_unit_test(points_elsewhere_stand_at_the_edge),
        cmocka_unit_test(no_points_are_a_map_too),
    };
    return cmocka_run_group_tests(tests, served_embedded, served_close);
}
