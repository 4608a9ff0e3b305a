/* import_stop.c - ends an import on SIGINT or SIGTERM, and leaves nothing of it. */
#include "server/commands/import_stop.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "geo/base/budget.h"

static struct budget until_stopped; /* a handler of signals has no other way to reach it */

static void stop(int signal)
{
    (void)signal;
    if (atomic_load(&until_stopped.cancelled))
        _exit(EXIT_FAILURE);
    budget_cancel(&until_stopped);
}

static void handle(void (*how)(int))
{
    /* Without SA_RESTART, so that waiting for the source ends too. */
    struct sigaction action = {.sa_handler = how};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

void import_stop_begin(struct geo_store *store)
{
    budget_start(&until_stopped, 0);
    geo_store_bound(store, &until_stopped);
    handle(stop);
}

void import_stop_too_late(void)
{
    handle(SIG_IGN);
}

void import_stop_end(void)
{
    handle(SIG_DFL);
}

bool import_stop_came(struct err *err)
{
    if (!atomic_load(&until_stopped.cancelled))
        return false;
    return !err_set(err, ERR_CANCELLED, "interrumpido: no se cargó nada");
}
