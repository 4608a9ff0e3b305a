/* chart_scale.h - an axis that people can read: ticks at 1, 2 or 5 times a power
 * of ten, none outside what is shown.
 *
 * Threads: any; a value.
 */
#ifndef LAYERS_REPORT_CHART_SCALE_H
#define LAYERS_REPORT_CHART_SCALE_H

#include <stddef.h>

struct chart_scale {
    double low, high; /* the axis' ends, both ticks; low < high */
    double step;
    size_t n; /* ticks: low + i * step */
    int decimals;
};

/* Around [low, high] with at most `most` ticks (2 or more). One value alone, or
 * all equal, still makes an axis: from zero to the value, or 0 to 1 for zero.
 * What is not finite counts as zero. from_zero: the axis has zero on it. */
struct chart_scale chart_scale_of(double low, double high, size_t most, int from_zero);
/* Where a value stands, 0 at low and 1 at high. */
double chart_scale_at(const struct chart_scale *scale, double value);

#endif
