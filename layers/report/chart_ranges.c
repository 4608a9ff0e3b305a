/* chart_ranges.c - a chart of values with their ranges: a dot and a line, one row each. */
#include <cairo.h>
#include <math.h>

#include "geo/base/number.h"
#include "layers/report/chart.h"
#include "layers/report/chart_scale.h"

#define ROW 12.5
#define HEAD 16.0

double chart_ranges_height(struct pen *pen, const struct chart *chart, double width)
{
    (void)pen, (void)width;
    return chart_has_values(chart) ? HEAD + (double)chart->n * ROW + 4 : 40;
}

static void put_axis(struct pen *pen, const struct chart_scale *scale, double x, double y,
                     double width, double height)
{
    char text[48];
    for (size_t i = 0; i < scale->n; i++) {
        double value = scale->low + (double)i * scale->step;
        double at = x + width * chart_scale_at(scale, value);
        pen_rule(pen, PEN_RULE, 0.4, at, y + HEAD - 3, at, y + height);
        number_text(text, sizeof text, value, scale->decimals);
        pen_text(pen, PEN_CHART, PEN_GREY, at, y + 8, 0.5, 0, text);
    }
}

void chart_ranges(struct pen *pen, const struct chart *chart, double x, double y, double width,
                  double height)
{
    cairo_t *cr = pen_cairo(pen);
    char low_text[48], high_text[48];
    double low, high, labels = chart_label_room(pen, chart, width, 0.36);
    if (!chart_has_values(chart)) {
        chart_say_empty(pen, x, y, width, height);
        return;
    }
    chart_range(chart, &low, &high);
    struct chart_scale scale = chart_scale_of(low, high, 8, 1);
    double left = x + labels + 6, room = width - labels - 6 - 70;
    put_axis(pen, &scale, left, y, room, height);
    y += HEAD;
    for (size_t i = 0; i < chart->n; i++, y += ROW) {
        const double value = chart->values[0][i], from = chart->values[1][i],
                     to = chart->values[2][i];
        const double middle = y + ROW / 2;
        pen_text(pen, PEN_CHART, PEN_BLACK, x + labels - 6, middle + 2.6, 1, labels - 6,
                 chart->labels[i]);
        if (isfinite(from) && isfinite(to))
            pen_rule(pen, PEN_SKY, 3, left + room * chart_scale_at(&scale, from), middle,
                     left + room * chart_scale_at(&scale, to), middle);
        if (isfinite(value)) {
            cairo_arc(cr, left + room * chart_scale_at(&scale, value), middle, 2.7, 0,
                      2 * acos(-1));
            pen_set_color(pen, PEN_DEEP);
            cairo_fill(cr);
        }
        number_text(low_text, sizeof low_text, from, chart->decimals);
        number_text(high_text, sizeof high_text, to, chart->decimals);
        double at = x + width;
        at -= pen_text(pen, PEN_CHART, PEN_GREY, at, middle + 2.6, 1, 0, high_text);
        at -= pen_text(pen, PEN_CHART, PEN_GREY, at - 2, middle + 2.6, 1, 0, "a") + 4;
        pen_text(pen, PEN_CHART, PEN_GREY, at, middle + 2.6, 1, 0, low_text);
    }
}
