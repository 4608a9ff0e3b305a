/* jobs.h - a few background threads for answers that take seconds.
 *
 * A worker serves many connections, and while it computes none of them gets an answer. Long
 * computations are done here instead, one on each thread; others wait in a queue. Every
 * client has its own queue, and clients take turns, so that a client with many requests
 * only delays itself.
 *
 * Owns:    its threads; a task is its caller's, who keeps it until it was run.
 * Threads: any, but for jobs_start/stop.
 * Errors:  jobs_start says what is missing; jobs_add is false when the queue is full.
 */
#ifndef SERVER_JOBS_H
#define SERVER_JOBS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "geo/base/budget.h"
#include "geo/base/err.h"

struct jobs;

struct jobs_task {
    struct jobs_task *next;
    struct timespec added;
    const char *client; /* its address (client_key.h); only read by jobs_add() */
    /* If it is cancelled while the task waits, the task is run late, at once. jobs_stop()
     * cancels the budgets of running tasks. NULL: never cancelled. */
    struct budget *budget;
};

struct jobs_options {
    unsigned threads;      /* tasks at a time */
    unsigned threads_each; /* tasks of one client at a time */
    unsigned line;         /* waiting tasks */
    unsigned line_each;    /* of one client */
    unsigned wait_s;       /* a task that waited longer is run late */
    /* late: it must only answer that there is no time. */
    void (*run)(void *worker, struct jobs_task *task, bool late);
    void *(*worker_new)(void *arg); /* one a thread; NULL: memory */
    void (*worker_free)(void *worker);
    void *arg;
};

/* threads_each or line_each 0: no separate limit. */
struct jobs *jobs_start(const struct jobs_options *options, struct err *err);
/* Queues the task, to be run by one of our threads; false: the queue, or the client's part
 * of it, is full. */
bool jobs_add(struct jobs *jobs, struct jobs_task *task);
/* Runs waiting tasks late; cancels the budgets of running ones, and waits for them. NULL
 * is fine. */
void jobs_stop(struct jobs *jobs);

struct jobs_counts {
    unsigned waiting, running;                       /* now */
    uint64_t refused_line, refused_client, run_late; /* so far: of all, of one client */
};
void jobs_count(struct jobs *jobs, struct jobs_counts *counts);

#endif
