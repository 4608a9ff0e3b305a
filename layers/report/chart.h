/* chart.h - figures as pictures: bars, a funnel, lines, Lorenz curves, ranges.
 *
 * Bars begin at zero, always. Values stand beside what shows them, so that no
 * axis has to be read back; lightness tells series apart, not hue alone.
 * Titles, units and sources are the page's (compose.c), which numbers them.
 *
 * Owns:    nothing; values and labels are borrowed.
 * Threads: one, the pen's.
 * Units:   points; values in the unit that the title names.
 *
 * Without a value at all a chart says so instead; a value that is missing (NaN)
 * is a dash, and one that is zero has its label and no bar.
 */
#ifndef LAYERS_REPORT_CHART_H
#define LAYERS_REPORT_CHART_H

#include <stddef.h>

#include "layers/report/ink.h"

enum { CHART_SERIES = 4 };

struct chart {
    size_t n;
    const char *const *labels; /* of the n rows or steps */
    size_t n_series;           /* 1 to CHART_SERIES */
    const char *titles[CHART_SERIES];
    const double *values[CHART_SERIES]; /* n each; ranges: value, low, high */
    int decimals;
    const char *note;              /* chart_lorenz(): what stands in the empty corner; NULL */
    const char *x_title, *y_title; /* of axes; NULL: none */
};

typedef double chart_height_fn(struct ink *ink, const struct chart *chart, double width);
typedef void chart_draw_fn(struct ink *ink, const struct chart *chart, double x, double y,
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

/* Shared by the kinds ------------------------------------------------------ */

/* Some value is there to be shown. */
bool chart_has_values(const struct chart *chart);
void chart_range(const struct chart *chart, double *low, double *high); /* 0, 0 without values */
void chart_say_empty(struct ink *ink, double x, double y, double width, double height);
enum ink_color chart_color(size_t series);
/* The series' names with their colours, from x on, their baseline at y; nothing
 * for one series. */
void chart_key(struct ink *ink, const struct chart *chart, double x, double y);
/* The room for labels at the left, at most `part` of the width. */
double chart_label_room(struct ink *ink, const struct chart *chart, double width, double part);

#endif
