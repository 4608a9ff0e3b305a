/* test_colors.c - tests that the classes of the served styles can be told apart.
 * Each pair, with normal sight, protanopia, deuteranopia and tritanopia; ordered classes in
 * grey too. Colour blindness is simulated as in Machado, Oliveira and Fernandes 2009 (A
 * Physiologically-based Model for Simulation of Color Vision Deficiency, severity 1);
 * differences are CIEDE2000 (Sharma, Wu and Dalal 2005). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "styles/style.h"
#include "tests/support/styles.h"

/* A difference of 1 is just visible side by side; apart on a map more is needed. */
#define LEAST_DIFFERENCE 7.0
/* Lightness L* between neighbours of a scale, for a printer without colour. */
#define LEAST_STEP 7.0

struct lab {
    double l, a, b;
};

static const struct {
    const char *name;
    double to[3][3]; /* of linear RGB */
} eyes[] = {
    {"normal", {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
    {"protanopia",
     {{0.152286, 1.052583, -0.204868},
      {0.114503, 0.786281, 0.099216},
      {-0.003882, -0.048116, 1.051998}}},
    {"deuteranopia",
     {{0.367322, 0.860646, -0.227968},
      {0.280085, 0.672501, 0.047413},
      {-0.011820, 0.042940, 0.968881}}},
    {"tritanopia",
     {{1.255528, -0.076749, -0.178779},
      {-0.078411, 0.930809, 0.147602},
      {0.004733, 0.691367, 0.303900}}},
};

enum { N_EYES = sizeof eyes / sizeof *eyes };

static double linear(double s)
{
    return s <= 0.04045 ? s / 12.92 : pow((s + 0.055) / 1.055, 2.4);
}

static double cube_root_of(double t)
{
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/* sRGB of IEC 61966-2-1, D65. */
static struct lab lab_of(struct style_color color, size_t eye)
{
    const double in[3] = {linear((double)color.r), linear((double)color.g),
                          linear((double)color.b)};
    double rgb[3];
    for (int i = 0; i < 3; i++)
        rgb[i] = fmin(fmax(eyes[eye].to[i][0] * in[0] + eyes[eye].to[i][1] * in[1] +
                               eyes[eye].to[i][2] * in[2],
                           0),
                      1);
    double x = (0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047;
    double y = 0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2];
    double z = (0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883;
    double fx = cube_root_of(x), fy = cube_root_of(y), fz = cube_root_of(z);
    return (struct lab){116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)};
}

static double degrees(double radians)
{
    return radians * 180 / acos(-1);
}

static double radians(double degrees)
{
    return degrees * acos(-1) / 180;
}

static double hue(double b, double a)
{
    double h = a == 0 && b == 0 ? 0 : degrees(atan2(b, a));
    return h < 0 ? h + 360 : h;
}

static double ciede2000(struct lab p, struct lab q)
{
    double c = (hypot(p.a, p.b) + hypot(q.a, q.b)) / 2, c7 = pow(c, 7);
    double g = 0.5 * (1 - sqrt(c7 / (c7 + pow(25, 7))));
    double a1 = (1 + g) * p.a, a2 = (1 + g) * q.a;
    double c1 = hypot(a1, p.b), c2 = hypot(a2, q.b);
    double h1 = hue(p.b, a1), h2 = hue(q.b, a2), dh = h2 - h1;
    bool grey = c1 * c2 == 0;
    dh = grey ? 0 : dh > 180 ? dh - 360 : dh < -180 ? dh + 360 : dh;
    double dl = q.l - p.l, dc = c2 - c1, dH = 2 * sqrt(c1 * c2) * sin(radians(dh / 2));
    double l = (p.l + q.l) / 2, mc = (c1 + c2) / 2, sum = h1 + h2;
    double mh = grey                   ? sum
                : fabs(h1 - h2) <= 180 ? sum / 2
                : sum < 360            ? (sum + 360) / 2
                                       : (sum - 360) / 2;
    double t = 1 - 0.17 * cos(radians(mh - 30)) + 0.24 * cos(radians(2 * mh)) +
               0.32 * cos(radians(3 * mh + 6)) - 0.20 * cos(radians(4 * mh - 63));
    double turn = 30 * exp(-pow((mh - 275) / 25, 2)), mc7 = pow(mc, 7);
    double rc = 2 * sqrt(mc7 / (mc7 + pow(25, 7)));
    double sl = 1 + 0.015 * pow(l - 50, 2) / sqrt(20 + pow(l - 50, 2));
    double sc = 1 + 0.045 * mc, sh = 1 + 0.015 * mc * t, rt = -sin(radians(2 * turn)) * rc;
    return sqrt(pow(dl / sl, 2) + pow(dc / sc, 2) + pow(dH / sh, 2) + rt * dc / sc * dH / sh);
}

/* Pairs of the table of Sharma, Wu and Dalal. */
static void the_measure_is_ciede2000(void **state)
{
    (void)state;
    static const struct {
        struct lab p, q;
        double wanted;
    } pairs[] = {
        {{50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425},
        {{50, 0, 0}, {50, -1, 2}, 2.3669},
        {{50, 2.5, 0}, {73, 25, -18}, 27.1492},
        {{50, 2.5, 0}, {61, -5, 29}, 22.8977},
        {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
        {{2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514}, 0.9082},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_float_equal(ciede2000(pairs[i].p, pairs[i].q), pairs[i].wanted, 5e-5);
}

static bool of_one_layer(const struct style_legend_entry *a, const struct style_legend_entry *b)
{
    return strcmp(a->layer_id, b->layer_id) == 0 && !a->pattern && !b->pattern;
}

static double check_pairs(const char *id, const struct style_legend_entry *entries, size_t n,
                          size_t *n_close)
{
    double least = INFINITY;
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++) {
            if (!of_one_layer(&entries[i], &entries[k]))
                continue;
            for (size_t eye = 0; eye < N_EYES; eye++) {
                double apart =
                    ciede2000(lab_of(entries[i].color, eye), lab_of(entries[k].color, eye));
                least = fmin(least, apart);
                if (apart < LEAST_DIFFERENCE && ++*n_close)
                    print_error("%s, %s: «%s» and «%s» differ by %.1f\n", id, eyes[eye].name,
                                entries[i].label, entries[k].label, apart);
            }
        }
    return least;
}

static void classes_differ_for_every_eye(void **state)
{
    (void)state;
    double least = INFINITY;
    size_t n_close = 0;
    for (size_t s = 0; s < styles_count(); s++) {
        struct style *style = style_at(s);
        const struct style_legend_entry *entries;
        size_t n = style_legend(style, &entries);
        least = fmin(least, check_pairs(styles_id(s), entries, n, &n_close));
        style_free(style);
    }
    print_message("# least difference between two classes of a layer, whichever eye: %.1f\n",
                  least);
    assert_int_equal(n_close, 0);
}

/* From light to dark, so that a copy without colour keeps the order. */
static void scales_darken_evenly(void **state)
{
    (void)state;
    double least = INFINITY;
    size_t n_close = 0;
    for (size_t s = 0; s < styles_count(); s++) {
        struct style *style = style_at(s);
        const struct style_breaks *breaks;
        const struct style_legend_entry *entries;
        size_t n = style_legend(style, &entries);
        for (size_t b = 0; b < style_breaks(style, &breaks); b++)
            for (size_t i = 1; i < n; i++) {
                if (strcmp(entries[i].layer_id, breaks[b].layer_id) != 0 ||
                    !of_one_layer(&entries[i - 1], &entries[i]))
                    continue;
                double step = lab_of(entries[i - 1].color, 0).l - lab_of(entries[i].color, 0).l;
                least = fmin(least, step);
                if (step < LEAST_STEP && ++n_close)
                    print_error("%s: «%s» is darker than «%s» by %.1f only\n", styles_id(s),
                                entries[i].label, entries[i - 1].label, step);
            }
        style_free(style);
    }
    print_message("# least step of lightness between two classes of a scale: %.1f\n", least);
    assert_int_equal(n_close, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_measure_is_ciede2000),
        cmocka_unit_test(classes_differ_for_every_eye),
        cmocka_unit_test(scales_darken_evenly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
