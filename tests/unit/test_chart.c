/* test_chart.c - tests of layers/report/chart.
 * Round ticks, and every kind of chart with one value, equal values, zeros and none. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cairo.h>
#include <cmocka.h>

#include "layers/report/chart.h"
#include "layers/report/chart_scale.h"

/* ---- axes ---------------------------------------------------------------- */

static const struct {
    const char *name;
    double low, high;
    size_t most;
    int from_zero;
    double want_low, want_high, want_step;
    int decimals;
} axes[] = {
    {"plain", 0, 97, 6, 1, 0, 100, 20, 0},
    {"exact ends", 0, 100, 6, 1, 0, 100, 20, 0},
    {"from zero", 40, 90, 6, 1, 0, 100, 20, 0},
    {"not from zero", 41, 89, 6, 0, 40, 90, 10, 0},
    {"one value", 7, 7, 6, 0, 0, 8, 2, 0},
    {"a negative one", -7, -7, 6, 0, -8, 0, 2, 0},
    {"zero alone", 0, 0, 6, 1, 0, 1, 0.2, 1},
    {"below zero too", -30, 70, 6, 1, -50, 100, 50, 0},
    {"small", 0, 0.0123, 6, 1, 0, 0.015, 0.005, 3},
    {"large", 0, 416057721, 6, 1, 0, 500e6, 100e6, 0},
    {"the wrong way round", 97, 0, 6, 1, 0, 100, 20, 0},
    {"nothing finite", NAN, INFINITY, 6, 1, 0, 1, 0.2, 1},
    {"two ticks", 0, 97, 2, 1, 0, 100, 100, 0},
};

static void test_axes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof axes / sizeof *axes; i++) {
        struct chart_scale scale =
            chart_scale_of(axes[i].low, axes[i].high, axes[i].most, axes[i].from_zero);
        if (fabs(scale.low - axes[i].want_low) > 1e-9 * fabs(axes[i].want_high) ||
            fabs(scale.high - axes[i].want_high) > 1e-9 * fabs(axes[i].want_high) ||
            fabs(scale.step - axes[i].want_step) > 1e-9 || scale.decimals != axes[i].decimals)
            fail_msg("%s: %g to %g by %g, %d places", axes[i].name, scale.low, scale.high,
                     scale.step, scale.decimals);
        assert_int_equal(scale.n, lrint((scale.high - scale.low) / scale.step) + 1);
    }
}

/* For any range: ticks are 1, 2 or 5 times a power of ten, not too many, and enclose the
 * range. */
static void test_any_axis(void **state)
{
    (void)state;
    unsigned seed = 20261122;
    for (int i = 0; i < 20000; i++) {
        seed = seed * 1664525u + 1013904223u;
        double low = (double)(seed >> 8) / 100 * pow(10, seed % 9 - 4.0);
        seed = seed * 1664525u + 1013904223u;
        double high = low + (double)(seed >> 8) / 100 * pow(10, seed % 7 - 3.0);
        size_t most = 3 + seed % 8;
        struct chart_scale scale = chart_scale_of(low, high, most, (int)(seed >> 5 & 1));
        double digit = scale.step / pow(10, floor(log10(scale.step) + 1e-9));
        bool nice = fabs(digit - 1) < 1e-6 || fabs(digit - 2) < 1e-6 || fabs(digit - 5) < 1e-6 ||
                    fabs(digit - 10) < 1e-6;
        double slack = scale.step * 1e-6;
        if (!nice || scale.n > most || scale.low > low + slack || scale.high < high - slack)
            fail_msg("%g to %g, %zu ticks: %g to %g by %g, %zu", low, high, most, scale.low,
                     scale.high, scale.step, scale.n);
    }
}

/* ---- drawing ------------------------------------------------------------- */

enum { WIDTH = 480, HEIGHT = 600 };

static const struct {
    const char *name;
    size_t n;
    double value; /* of all; the first is twice that */
    bool equal;
} data[] = {
    {"several", 5, 10, false}, {"one", 1, 42, true},      {"equal", 4, 7, true},
    {"zeros", 3, 0, true},     {"missing", 3, NAN, true}, {"nothing", 0, 0, true},
    {"tiny", 3, 1e-9, false},  {"huge", 3, 1e15, false},
};

/* Pixels that are not white within the rectangle, and outside it. */
static void count_ink(cairo_surface_t *surface, double height, size_t *inside, size_t *outside)
{
    cairo_surface_flush(surface);
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    *inside = *outside = 0;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            uint32_t pixel;
            memcpy(&pixel, pixels + y * stride + 4 * x, 4);
            if ((pixel & 0xFFFFFF) == 0xFFFFFF)
                continue;
            bool in = x >= 38 && x <= WIDTH - 38 && y >= 18 && y <= 22 + height;
            *(in ? inside : outside) += 1;
        }
}

static void test_kinds(void **state)
{
    (void)state;
    struct pen *pen = pen_new();
    for (size_t k = 0; chart_kind_at(k); k++)
        for (size_t i = 0; i < sizeof data / sizeof *data; i++) {
            const struct chart_kind *kind = chart_kind_at(k);
            const char *labels[5] = {"Potosí", "Nuestra Señora de La Paz", "Ñ", "", "Chaco"};
            double values[3][5];
            for (size_t s = 0; s < 3; s++)
                for (size_t r = 0; r < 5; r++)
                    values[s][r] = data[i].value * (r == 0 && !data[i].equal ? 2 : 1);
            struct chart chart = {.n = data[i].n,
                                  .labels = labels,
                                  .n_series = kind->min_series,
                                  .titles = {"Una", "Otra", "Tercera"},
                                  .values = {values[0], values[1], values[2]}};
            cairo_surface_t *surface =
                cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
            cairo_t *cr = cairo_create(surface);
            cairo_set_source_rgb(cr, 1, 1, 1);
            cairo_paint(cr);
            pen_use(pen, cr);
            double height = kind->height(pen, &chart, WIDTH - 80);
            kind->draw(pen, &chart, 40, 20, WIDTH - 80, height);
            size_t inside, outside;
            count_ink(surface, height, &inside, &outside);
            if (cairo_status(cr) != CAIRO_STATUS_SUCCESS || inside < 100 || outside > 0 ||
                height < 12 || height > 400)
                fail_msg("%s of %s: height %g, %zu pixels in its place, %zu beside it", kind->name,
                         data[i].name, height, inside, outside);
            cairo_destroy(cr);
            cairo_surface_destroy(surface);
        }
    pen_free(pen);
}

/* A bar twice the value is twice as long: nothing is cut off below. */
static void test_bars_from_zero(void **state)
{
    (void)state;
    struct pen *pen = pen_new();
    const char *labels[3] = {"a", "b", "c"};
    const double values[3] = {100, 50, 98};
    struct chart chart = {.n = 3, .labels = labels, .n_series = 1, .values = {values}};
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    cairo_t *cr = cairo_create(surface);
    pen_use(pen, cr);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    double height = chart_bars_height(pen, &chart, WIDTH);
    chart_bars(pen, &chart, 0, 0, WIDTH, height);
    cairo_surface_flush(surface);
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    int lengths[3];
    double rgb[3];
    pen_color_of(PEN_DEEP, rgb);
    for (int i = 0; i < 3; i++) {
        int y = (int)(height / 3 * i + height / 6);
        lengths[i] = 0;
        for (int x = 0; x < WIDTH; x++) {
            uint32_t pixel;
            memcpy(&pixel, pixels + y * cairo_image_surface_get_stride(surface) + 4 * x, 4);
            lengths[i] += abs((int)(pixel >> 16 & 255) - (int)lrint(rgb[0] * 255)) < 3 &&
                          abs((int)(pixel & 255) - (int)lrint(rgb[2] * 255)) < 3;
        }
    }
    assert_true(lengths[0] > 200);
    assert_true(abs(lengths[0] - 2 * lengths[1]) <= 2);
    assert_true(abs(lengths[2] * 100 - lengths[0] * 98) <= 200);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    pen_free(pen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_axes),
        cmocka_unit_test(test_any_axis),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_bars_from_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
