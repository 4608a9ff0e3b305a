/* budget.c - checks the time limit and the cancellation of a computation. */
#include "geo/base/budget.h"

#include <time.h>

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void budget_start(struct budget *budget, int64_t limit_ms)
{
    budget_start_for(budget, NULL, limit_ms);
}

void budget_start_for(struct budget *budget, const struct budget *asker, int64_t limit_ms)
{
    atomic_init(&budget->cancelled, false);
    atomic_init(&budget->others, 0);
    budget->asker = asker;
    budget->ends_ns = limit_ms ? now_ns() + limit_ms * 1000000 : 0;
}

void budget_cancel(struct budget *budget)
{
    atomic_store_explicit(&budget->cancelled, true, memory_order_relaxed);
}

static bool is_cancelled(const struct budget *budget)
{
    for (; budget; budget = budget->asker) {
        if (atomic_load_explicit(&budget->cancelled, memory_order_relaxed))
            return true;
        if (atomic_load_explicit(&budget->others, memory_order_relaxed))
            return false;
    }
    return false;
}

bool budget_left(const struct budget *budget, struct err *err)
{
    if (!budget)
        return true;
    if (is_cancelled(budget)) {
        /* Also cancels this work itself, for good: a request that joined now must not get
         * half of a result. */
        budget_cancel((struct budget *)(uintptr_t)budget);
        return err_set(err, ERR_CANCELLED, "nadie espera ya la respuesta");
    }
    if (budget->ends_ns && now_ns() > budget->ends_ns)
        return err_set(err, ERR_LIMIT, "el cálculo tarda más de lo que se permite");
    return true;
}
