/* chart_bars.c - horizontal bar charts: side by side, stacked, or as a funnel. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/number.h"
#include "layers/report/chart.h"

#define KEY_HEIGHT 14.0
#define ROW_GAP 5.0
#define LABEL_GAP 3.0

static double bar_height(const struct chart *chart)
{
    return chart->n_series == 1 ? 9.5 : chart->n_series == 2 ? 7 : 6.2;
}

static double key_height(const struct chart *chart)
{
    return chart->n_series > 1 ? KEY_HEIGHT : 0;
}

double chart_bars_height(struct pen *pen, const struct chart *chart, double width)
{
    (void)pen, (void)width;
    if (!chart_has_values(chart))
        return 40;
    return key_height(chart) +
           (double)chart->n * ((double)chart->n_series * bar_height(chart) + ROW_GAP);
}

/* Width of the widest value label on either side of zero. */
static double value_room(struct pen *pen, const struct chart *chart, bool negative)
{
    char text[48];
    double widest = 0;
    for (size_t s = 0; s < chart->n_series; s++)
        for (size_t i = 0; i < chart->n; i++)
            if ((chart->values[s][i] < 0) == negative) {
                number_text(text, sizeof text, chart->values[s][i], chart->decimals);
                widest = fmax(widest, pen_text_width(pen, PEN_CHART, text));
            }
    return widest > 0 ? widest + LABEL_GAP + 1 : 0;
}

void chart_bars(struct pen *pen, const struct chart *chart, double x, double y, double width,
                double height)
{
    char text[48];
    double low, high, bar = bar_height(chart);
    if (!chart_has_values(chart)) {
        chart_say_empty(pen, x, y, width, height);
        return;
    }
    chart_range(chart, &low, &high);
    low = fmin(low, 0);
    high = fmax(high, 0);
    double labels = chart_label_room(pen, chart, width, 0.42);
    double left = x + labels + (low < 0 ? value_room(pen, chart, true) : 0);
    double room = x + width - value_room(pen, chart, false) - left;
    double per_unit = high > low ? room / (high - low) : 0, zero = left - low * per_unit;
    chart_key(pen, chart, x + labels, y + 7);
    y += key_height(chart);
    double top = y;
    for (size_t i = 0; i < chart->n; i++) {
        double block = (double)chart->n_series * bar;
        pen_text(pen, PEN_CHART, PEN_BLACK, x + labels - 6, y + ROW_GAP / 2 + block / 2 + 2.6, 1,
                 labels - 6, chart->labels[i]);
        for (size_t s = 0; s < chart->n_series; s++) {
            double value = chart->values[s][i], at = y + ROW_GAP / 2 + (double)s * bar;
            double length = isfinite(value) ? value * per_unit : 0;
            if (length != 0)
                pen_rect(pen, chart_color(s), fmin(zero, zero + length), at + 0.4, fabs(length),
                         bar - 0.8);
            number_text(text, sizeof text, value, chart->decimals);
            pen_text(pen, PEN_CHART, isfinite(value) ? PEN_BLACK : PEN_GREY,
                     zero + length + (length < 0 ? -LABEL_GAP : LABEL_GAP), at + bar / 2 + 2.6,
                     length < 0 ? 1 : 0, 0, text);
        }
        y += block + ROW_GAP;
    }
    pen_rule(pen, PEN_GREY, 0.6, zero, top, zero, y);
}

/* ---- stacked ------------------------------------------------------------- */

double chart_stacked_height(struct pen *pen, const struct chart *chart, double width)
{
    (void)pen, (void)width;
    return chart_has_values(chart) ? KEY_HEIGHT + (double)chart->n * (11 + ROW_GAP) : 40;
}

static double total_of(const struct chart *chart, size_t row)
{
    double total = 0;
    for (size_t s = 0; s < chart->n_series; s++)
        if (chart->values[s][row] > 0)
            total += chart->values[s][row];
    return total;
}

void chart_stacked(struct pen *pen, const struct chart *chart, double x, double y, double width,
                   double height)
{
    char text[48];
    double most = 0, labels = chart_label_room(pen, chart, width, 0.42), values = 0;
    if (!chart_has_values(chart)) {
        chart_say_empty(pen, x, y, width, height);
        return;
    }
    for (size_t i = 0; i < chart->n; i++) {
        most = fmax(most, total_of(chart, i));
        number_text(text, sizeof text, total_of(chart, i), chart->decimals);
        values = fmax(values, pen_text_width(pen, PEN_CHART, text) + LABEL_GAP + 1);
    }
    double per_unit = most > 0 ? (width - labels - values) / most : 0;
    chart_key(pen, chart, x + labels, y + 7);
    y += KEY_HEIGHT;
    double top = y;
    for (size_t i = 0; i < chart->n; i++, y += 11 + ROW_GAP) {
        double at = x + labels, middle = y + ROW_GAP / 2 + 5.5 + 2.6;
        pen_text(pen, PEN_CHART, PEN_BLACK, at - 6, middle, 1, labels - 6, chart->labels[i]);
        for (size_t s = 0; s < chart->n_series; s++) {
            double length = chart->values[s][i] > 0 ? chart->values[s][i] * per_unit : 0;
            if (length > 0)
                pen_rect(pen, chart_color(s), at, y + ROW_GAP / 2, length, 11);
            number_text(text, sizeof text, chart->values[s][i], chart->decimals);
            /* Inside the bar if there is room; white on dark colours. */
            if (length > pen_text_width(pen, PEN_CHART, text) + 6)
                pen_text(pen, PEN_CHART, s == 1 ? PEN_BLACK : PEN_WHITE, at + length / 2, middle,
                         0.5, 0, text);
            at += length;
        }
        number_text(text, sizeof text, total_of(chart, i), chart->decimals);
        pen_text(pen, PEN_CHART, PEN_BLACK, at + LABEL_GAP, middle, 0, 0, text);
    }
    pen_rule(pen, PEN_GREY, 0.6, x + labels, top, x + labels, y);
}

/* ---- funnel -------------------------------------------------------------- */

double chart_funnel_height(struct pen *pen, const struct chart *chart, double width)
{
    (void)pen, (void)width;
    return chart_has_values(chart) ? (double)chart->n * 20 + 12 : 40;
}

/* "61,9 %" of a whole, "–" where there is none. */
static void put_share(char *text, size_t size, double part, double whole)
{
    number_text(text, size, whole > 0 ? 100 * part / whole : NAN, 1);
    size_t len = strlen(text);
    if (whole > 0)
        snprintf(text + len, size - len, " %%");
}

void chart_funnel(struct pen *pen, const struct chart *chart, double x, double y, double width,
                  double height)
{
    enum { SHARES = 118 };
    char text[48];
    const double *values = chart->values[0];
    double low, high, labels = chart_label_room(pen, chart, width, 0.36);
    if (!chart_has_values(chart)) {
        chart_say_empty(pen, x, y, width, height);
        return;
    }
    chart_range(chart, &low, &high);
    double room = width - labels - SHARES - 40, per_unit = high > 0 ? room / high : 0;
    double shares = x + width - SHARES;
    pen_text(pen, PEN_SMALL, PEN_GREY, shares + 52, y + 6, 1, 0, "del primero");
    pen_text(pen, PEN_SMALL, PEN_GREY, x + width, y + 6, 1, 0, "del anterior");
    y += 12;
    for (size_t i = 0; i < chart->n; i++, y += 20) {
        double value = values[i] > 0 ? values[i] : 0, middle = y + 8 + 2.6;
        pen_text(pen, PEN_CHART, PEN_BLACK, x + labels - 6, middle, 1, labels - 6,
                 chart->labels[i]);
        if (value > 0)
            pen_rect(pen, PEN_DEEP, x + labels, y + 1, value * per_unit, 14);
        number_text(text, sizeof text, values[i], chart->decimals);
        pen_text(pen, PEN_CHART, PEN_BLACK, x + labels + value * per_unit + LABEL_GAP, middle, 0, 0,
                 text);
        put_share(text, sizeof text, values[i], values[0]);
        pen_text(pen, PEN_CHART, PEN_BLACK, shares + 52, middle, 1, 0, text);
        put_share(text, sizeof text, values[i], i ? values[i - 1] : NAN);
        pen_text(pen, PEN_CHART, PEN_BLACK, x + width, middle, 1, 0, text);
        pen_rule(pen, PEN_RULE, 0.4, x, y + 17.5, x + width, y + 17.5);
    }
}
