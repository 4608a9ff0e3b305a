/* chart_scale.h - the scale of an axis: ticks at 1, 2 or 5 times a power of ten, none
 * outside the axis.
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

/* An axis around [low, high] with at most `most` ticks (2 or more). A single value, or
 * equal ones, give an axis from zero to the value, or 0 to 1 for zero. Values that are not
 * finite count as zero. from_zero: the axis includes zero. */
struct chart_scale chart_scale_of(double low, double high, size_t most, int from_zero);
/* Position of a value, 0 at low and 1 at high. */
double chart_scale_at(const struct chart_scale *scale, double value);

#endif
