/* breaks.h - class breaks of a map: limits between classes of values.
 *
 * A break belongs to the class above it: class i holds break[i-1] <= v < break[i].
 * The method decides which values are together; the break is then the roundest
 * number between the largest value below and the smallest above, so that
 * rounding moves no value into another class. No class is empty: where values are
 * equal there are fewer classes than asked for.
 *
 *   quantile  breaks at the quantiles i/k (Hyndman and Fan 1996, type 7, as in R):
 *             as many values a class as ties allow; if equal values would leave the
 *             class below them empty, they are put in that class
 *   equal     breaks at equal distances between the least and the greatest value
 *   jenks     the partition of least sum of squared deviations from the means of
 *             the classes, found exactly (Fisher 1958, JASA 53, by dynamic
 *             programming)
 *   manual    the breaks given, as they are
 *
 * Threads: any. Units: the values'. Errors: ERR_MEMORY; ERR_INPUT for breaks
 * given that do not ascend.
 */
#ifndef GEO_ANALYSIS_BREAKS_H
#define GEO_ANALYSIS_BREAKS_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/err.h"

enum { BREAKS_MAX_CLASSES = 12 };

enum breaks_method { BREAKS_QUANTILE, BREAKS_EQUAL, BREAKS_JENKS, BREAKS_MANUAL };

struct breaks {
    size_t n_classes; /* 0: there are no values */
    double at[BREAKS_MAX_CLASSES];
    double least, greatest;           /* of the values */
    size_t count[BREAKS_MAX_CLASSES]; /* values in each class */
};

/* "quantile", "equal", "jenks", "manual"; false: none of them. */
bool breaks_method_of(const char *name, enum breaks_method *method);
const char *breaks_method_name(enum breaks_method method);

/* values in any order; NaN and infinities are ignored. n_classes from 1 to
 * BREAKS_MAX_CLASSES. */
bool breaks_compute(enum breaks_method method, const double *values, size_t n, size_t n_classes,
                    struct breaks *out, struct err *err);
/* given: n_classes - 1 breaks, ascending. Classes may be empty. */
bool breaks_manual(const double *given, size_t n_classes, const double *values, size_t n,
                   struct breaks *out, struct err *err);

/* The roundest number in (low, high]: a multiple of 1, 2 or 5 times the greatest possible
 * power of ten. low and high are finite, low < high. */
double breaks_round(double low, double high);

#endif
