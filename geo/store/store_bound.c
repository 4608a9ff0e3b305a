/* store_bound.c - ends reads when the budget is spent, or on request. */
#include "geo/base/budget.h"
#include "geo/store/store_internal.h"

/* Instructions of SQLite's virtual machine between two checks of the budget: some 0.1 ms. */
enum { STEPS = 2000 };

static int is_over(void *budget)
{
    return !budget_left(budget, NULL);
}

void geo_store_bound(struct geo_store *store, const struct budget *budget)
{
    sqlite3_progress_handler(store->db, budget ? STEPS : 0, budget ? is_over : NULL,
                             (void *)(uintptr_t)budget);
    store->budget = budget;
}

const struct budget *geo_store_budget(const struct geo_store *store)
{
    return store->budget;
}
