/* budget.h - how long a computation may go on, and whether anybody still waits
 * for it. What can take more than some 50 ms asks budget_left() in its outer loop.
 *
 * Owns:    nothing; it lives with whoever asked for the computation, and longer.
 * Threads: budget_cancel() and `others` from any thread; the rest from the ones that
 *          compute.
 * Units:   milliseconds of the wall clock (CLOCK_MONOTONIC).
 * Errors:  ERR_LIMIT: the time is over; ERR_CANCELLED: nobody waits any more.
 */
#ifndef GEO_BASE_BUDGET_H
#define GEO_BASE_BUDGET_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "geo/base/err.h"

struct budget {
    atomic_bool cancelled;
    int64_t ends_ns; /* 0: no bound in time */
    /* Work that is done for an asker ends when the asker's budget is cancelled, unless
     * `others` (a count) wait for the same work. NULL: nobody in particular. */
    const struct budget *asker;
    atomic_uint others;
};

/* limit_ms 0: no bound in time. */
void budget_start(struct budget *budget, int64_t limit_ms);
/* The same for work that is done for an asker, who may be NULL. */
void budget_start_for(struct budget *budget, const struct budget *asker, int64_t limit_ms);
void budget_cancel(struct budget *budget);
/* NULL is a budget without bounds. Once false it stays so. Costs some 30 ns. */
bool budget_left(const struct budget *budget, struct err *err);

#endif
