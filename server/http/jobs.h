/* jobs.h - a few background threads for answers that take seconds.
 *
 * A worker serves many connections, and while it computes none of them gets an answer. Long
 * computations are done here instead, one on each thread; others wait in a queue. Every
 * client has its own queue, and clients take turns, so that a client with many requests
 * only delays itself.
 *
 * Owns:    its threads; a task is its caller's, who keeps it until it was run.
 * Threads: any, but for aside_start/stop.
 * Errors:  aside_start says what is missing; aside_add is false when the queue is full.
 */
#ifndef SERVER_JOBS_H
#define SERVER_JOBS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "geo/base/budget.h"
#include "geo/base/err.h"

struct aside;

struct aside_task {
    struct aside_task *next;
    struct timespec added;
    const char *client; /* its address (client_key.h); only read by aside_add() */
    /* If it is cancelled while the task waits, the task is run late, at once. aside_stop()
     * cancels the budgets of running tasks. NULL: never cancelled. */
    struct budget *budget;
};

struct aside_options {
    unsigned threads;      /* tasks at a time */
    unsigned threads_each; /* tasks of one client at a time */
    unsigned line;         /* waiting tasks */
    unsigned line_each;    /* of one client */
    unsigned wait_s;       /* a task that waited longer is run late */
    /* late: it must only answer that there is no time. */
    void (*run)(void *worker, struct aside_task *task, bool late);
    void *(*worker_new)(void *arg); /* one a thread; NULL: memory */
    void (*worker_free)(void *worker);
    void *arg;
};

/* threads_each or line_each 0: no separate limit. */
struct aside *aside_start(const struct aside_options *options, struct err *err);
/* Queues the task, to be run by one of our threads; false: the queue, or the client's part
 * of it, is full. */
bool aside_add(struct aside *aside, struct aside_task *task);
/* Runs waiting tasks late; cancels the budgets of running ones, and waits for them. NULL
 * is fine. */
void aside_stop(struct aside *aside);

struct aside_counts {
    unsigned waiting, running;                       /* now */
    uint64_t refused_line, refused_client, run_late; /* so far: of all, of one client */
};
void aside_count(struct aside *aside, struct aside_counts *counts);

#endif
