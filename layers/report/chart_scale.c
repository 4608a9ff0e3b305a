/* chart_scale.c - chooses the ticks of a chart's axis. */
#include "layers/report/chart_scale.h"

#include <math.h>

/* The next of 1, 2, 5, 10, ... that is not under `least`. */
static double nice_step(double least)
{
    double power = pow(10, floor(log10(least)));
    const double times[] = {1, 2, 5, 10};
    for (int i = 0; i < 4; i++)
        if (times[i] * power >= least * (1 - 1e-9))
            return times[i] * power;
    return 10 * power;
}

struct chart_scale chart_scale_of(double low, double high, size_t most, int from_zero)
{
    struct chart_scale scale = {0};
    low = isfinite(low) ? low : 0;
    high = isfinite(high) ? high : 0;
    if (low > high) {
        double swap = low;
        low = high;
        high = swap;
    }
    if (from_zero || low == high) {
        low = fmin(low, 0);
        high = fmax(high, 0);
    }
    if (low == high)
        high = 1;
    most = most < 2 ? 2 : most;
    scale.step = nice_step((high - low) / (double)(most - 1));
    for (;;) { /* after rounding the ends there may be one tick too many */
        scale.low = floor(low / scale.step + 1e-9) * scale.step;
        scale.high = ceil(high / scale.step - 1e-9) * scale.step;
        scale.n = (size_t)lrint((scale.high - scale.low) / scale.step) + 1;
        if (scale.n <= most || scale.n <= 2)
            break;
        scale.step = nice_step(scale.step * 1.5);
    }
    scale.decimals = (int)fmax(0, -floor(log10(scale.step) + 1e-9));
    return scale;
}

double chart_scale_at(const struct chart_scale *scale, double value)
{
    return (value - scale->low) / (scale->high - scale->low);
}
