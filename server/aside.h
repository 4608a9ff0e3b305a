/* aside.h - a few threads beside the workers, for answers that take seconds.
 *
 * A worker serves many connections: while it computes, none of them gets its
 * tile. What is long is done here instead, so many at a time as there are
 * threads; what comes meanwhile waits in line. Every client has a line of its own,
 * and they take turns: who asks for much waits for themselves.
 *
 * Owns:    its threads; a task is its caller's, who keeps it until it was run.
 * Threads: any, but for aside_start/stop.
 * Errors:  aside_start says what is missing; aside_add is false when the line is
 *          full.
 */
#ifndef SERVER_ASIDE_H
#define SERVER_ASIDE_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "geo/base/budget.h"
#include "geo/base/err.h"

struct aside;

struct aside_task {
    struct aside_task *next;
    struct timespec added;
    const char *client; /* its address (client_key.h); read by aside_add() alone */
    /* Cancelled while it waits it is run late, at once; aside_stop() cancels it while it
     * is run. NULL: it is always wanted. */
    struct budget *budget;
};

struct aside_options {
    unsigned threads;      /* tasks at a time */
    unsigned threads_each; /* of one client, so that another need not wait for them */
    unsigned line;         /* tasks that wait for their turn */
    unsigned line_each;    /* of one client */
    unsigned wait_s;       /* one that waited longer is run late */
    /* late: there is no time for it any more, say so. */
    void (*run)(void *worker, struct aside_task *task, bool late);
    void *(*worker_new)(void *arg); /* one a thread; NULL: memory */
    void (*worker_free)(void *worker);
    void *arg;
};

/* threads_each and line_each of 0: all of them. */
struct aside *aside_start(const struct aside_options *options, struct err *err);
/* The task is run soon after, by a thread of ours; false: the line is full, or the
 * client's own part of it. */
bool aside_add(struct aside *aside, struct aside_task *task);
/* Tasks that still wait are run late; the budgets of those under way are cancelled,
 * and they end. NULL is fine. */
void aside_stop(struct aside *aside);

struct aside_counts {
    unsigned waiting, running;                       /* now */
    uint64_t refused_line, refused_client, run_late; /* so far: of all, of one client */
};
void aside_count(struct aside *aside, struct aside_counts *counts);

#endif
