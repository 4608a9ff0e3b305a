/* aside.h - a few threads beside the workers, for answers that take seconds.
 *
 * A worker serves many connections: while it computes, none of them gets its
 * tile. What is long is done here instead, so many at a time as there are
 * threads; what comes meanwhile waits in line.
 *
 * Owns:    its threads; a task is its caller's, who keeps it until it was run.
 * Threads: any, but for aside_start/stop.
 * Errors:  aside_start says what is missing; aside_add is false when the line is
 *          full.
 */
#ifndef SERVER_ASIDE_H
#define SERVER_ASIDE_H

#include <stdbool.h>
#include <time.h>

#include "geo/base/err.h"

struct aside;

struct aside_task {
    struct aside_task *next;
    struct timespec added;
};

struct aside_options {
    unsigned threads; /* tasks at a time */
    unsigned line;    /* tasks that wait for their turn */
    unsigned wait_s;  /* one that waited longer is run late */
    /* late: there is no time for it any more, say so. */
    void (*run)(void *worker, struct aside_task *task, bool late);
    void *(*worker_new)(void *arg); /* one a thread; NULL: memory */
    void (*worker_free)(void *worker);
    void *arg;
};

struct aside *aside_start(const struct aside_options *options, struct err *err);
/* The task is run soon after, by a thread of ours; false: the line is full. */
bool aside_add(struct aside *aside, struct aside_task *task);
/* Tasks that still wait are run late; those under way are finished. NULL is fine. */
void aside_stop(struct aside *aside);

#endif
