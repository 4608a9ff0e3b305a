/* chart.h - charts: bars, a funnel, lines, Lorenz curves, ranges.
 *
 * Bars always begin at zero. Values are printed beside their marks, so that no axis has to
 * be read. Series differ in lightness, not only in hue. Titles, units and sources are
 * written by the page (compose.c), which numbers them.
 *
 * Owns:    nothing; values and labels are borrowed.
 * Threads: one, the pen's.
 * Units:   points; values in the unit that the title names.
 *
 * A chart without any value says so. A missing value (NaN) is a dash; a value of zero has
 * its label and no bar.
 */
#ifndef LAYERS_REPORT_CHART_H
#define LAYERS_REPORT_CHART_H

#include <stddef.h>

#include "layers/report/pen.h"

enum { CHART_SERIES = 4 };

struct chart {
    size_t n;
    const char *const *labels; /* of the n rows or steps */
    size_t n_series;           /* 1 to CHART_SERIES */
    const char *titles[CHART_SERIES];
    const double *values[CHART_SERIES]; /* n each; ranges: value, low, high */
    int decimals;
    const char *note;              /* chart_lorenz(): text in the empty corner; NULL */
    const char *x_title, *y_title; /* of axes; NULL: none */
};

typedef double chart_height_fn(struct pen *pen, const struct chart *chart, double width);
typedef void chart_draw_fn(struct pen *pen, const struct chart *chart, double x, double y,
                           double width, double height);

struct chart_kind {
    const char *name; /* in templates: "barras", ... */
    chart_height_fn *height;
    chart_draw_fn *draw;
    size_t min_series, max_series;
};

/* barras, apiladas, embudo, lineas, lorenz, rangos. NULL: no such kind. */
const struct chart_kind *chart_kind_find(const char *name);
const struct chart_kind *chart_kind_at(size_t index); /* NULL: past the last */

chart_height_fn chart_bars_height, chart_funnel_height, chart_lines_height, chart_lorenz_height,
    chart_ranges_height, chart_stacked_height;
chart_draw_fn chart_bars, chart_funnel, chart_lines, chart_lorenz, chart_ranges, chart_stacked;

/* chart_parts.c: shared by the kinds ------------------------------------------------------ */

/* True if there is a value to show. */
bool chart_has_values(const struct chart *chart);
void chart_range(const struct chart *chart, double *low, double *high); /* 0, 0 without values */
void chart_say_empty(struct pen *pen, double x, double y, double width, double height);
enum pen_color chart_color(size_t series);
/* Draws the names of the series with their colours, from x on, with the baseline at y;
 * nothing for one series. */
void chart_key(struct pen *pen, const struct chart *chart, double x, double y);
/* Width for the labels at the left, at most `part` of the whole. */
double chart_label_room(struct pen *pen, const struct chart *chart, double width, double part);

#endif
