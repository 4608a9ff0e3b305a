/* budget.h - the time limit of a computation, and its cancellation when nobody waits for
 * it any more. A computation that can take more than 50 ms or so calls budget_left() in
 * its outer loop.
 *
 * Owns:    nothing. The caller that wants the result owns the struct, until after the end.
 * Threads: budget_cancel() and `others` from any thread; the rest from the threads that
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
    /* The budget of the request for which the work is done; NULL: none. When that request
     * is cancelled the work ends too, unless `others` (a count) wait for it. */
    const struct budget *asker;
    atomic_uint others;
};

/* limit_ms 0: no bound in time. */
void budget_start(struct budget *budget, int64_t limit_ms);
/* The same for work done for another request's budget; asker may be NULL. */
void budget_start_for(struct budget *budget, const struct budget *asker, int64_t limit_ms);
void budget_cancel(struct budget *budget);
/* False, with *err, once the time is over or nobody waits; it then stays false. NULL: no
 * limits. Costs some 30 ns. */
bool budget_left(const struct budget *budget, struct err *err);

#endif
