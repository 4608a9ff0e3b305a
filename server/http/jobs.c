/* jobs.c - background threads that serve the queues of the clients in turn. */
#include "server/http/jobs.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "server/http/client_key.h"

enum {
    THREADS_MAX = 8,
    LINE_MAX = 1024,
};

/* A client's waiting tasks, in order of arrival. */
struct jobs_line {
    struct client_key key;
    struct jobs_task *first, **last;
    unsigned waiting, running; /* both 0: free for another client */
};

struct jobs_thread {
    struct jobs *jobs;
    pthread_t id;
    void *worker;
};

struct jobs {
    struct jobs_options options;
    pthread_mutex_t lock; /* protects all below */
    pthread_cond_t changed;
    struct jobs_line *lines;
    size_t n_lines, turn; /* turn: index of the queue to look at first */
    struct jobs_counts counts;
    bool stopping;
    struct budget ending; /* parent of the budgets of all running tasks */
    struct jobs_thread threads[THREADS_MAX];
    unsigned n_threads;
};

/* Lines ------------------------------------------------------------------------ */

/* The client's queue, or a free one for it: there are as many as can be in use. */
static struct jobs_line *line_of(struct jobs *jobs, const char *client)
{
    const struct client_key key = client_key_of(client);
    struct jobs_line *unused = NULL;
    for (size_t i = 0; i < jobs->n_lines; i++) {
        struct jobs_line *line = &jobs->lines[i];
        bool used = line->waiting || line->running;
        if (used && memcmp(&line->key, &key, sizeof key) == 0)
            return line;
        if (!used && !unused)
            unused = line;
    }
    if (unused)
        *unused = (struct jobs_line){.key = key, .last = &unused->first};
    return unused;
}

static struct jobs_task *unlink_task(struct jobs_line *line, struct jobs_task **at)
{
    struct jobs_task *task = *at;
    *at = task->next;
    if (!*at)
        line->last = at;
    line->waiting--;
    return task;
}

/* Takes a cancelled task, which costs nothing and makes room at once. */
static struct jobs_task *take_cancelled(struct jobs *jobs, struct jobs_line **from)
{
    for (size_t i = 0; i < jobs->n_lines; i++)
        for (struct jobs_task **at = &jobs->lines[i].first; jobs->lines[i].waiting && *at;
             at = &(*at)->next)
            if (jobs->stopping || ((*at)->budget && !budget_left((*at)->budget, NULL))) {
                *from = &jobs->lines[i];
                return unlink_task(*from, at);
            }
    return NULL;
}

static struct jobs_task *take_in_turn(struct jobs *jobs, struct jobs_line **from)
{
    for (size_t i = 0; i < jobs->n_lines; i++) {
        size_t at = (jobs->turn + i) % jobs->n_lines;
        struct jobs_line *line = &jobs->lines[at];
        if (!line->waiting || line->running >= jobs->options.threads_each)
            continue;
        jobs->turn = at + 1;
        *from = line;
        return unlink_task(line, &line->first);
    }
    return NULL;
}

/* Waits for the next task; NULL: the end. */
static struct jobs_task *take(struct jobs *jobs, struct jobs_line **from, bool *late)
{
    struct timespec now;
    struct jobs_task *task;
    for (;;) {
        *late = true;
        if ((task = take_cancelled(jobs, from)))
            break;
        *late = false;
        if (jobs->stopping || (task = take_in_turn(jobs, from)))
            break;
        pthread_cond_wait(&jobs->changed, &jobs->lock);
    }
    if (!task)
        return NULL;
    clock_gettime(CLOCK_MONOTONIC, &now);
    *late = *late || now.tv_sec - task->added.tv_sec > (time_t)jobs->options.wait_s;
    jobs->counts.waiting--;
    jobs->counts.running++;
    jobs->counts.run_late += *late;
    (*from)->running++;
    if (task->budget)
        task->budget->asker = &jobs->ending;
    return task;
}

/* Threads ---------------------------------------------------------------------- */

static void *work(void *arg)
{
    struct jobs_thread *thread = arg;
    struct jobs *jobs = thread->jobs;
    struct jobs_task *task;
    struct jobs_line *from = NULL;
    bool late;
    pthread_mutex_lock(&jobs->lock);
    while ((task = take(jobs, &from, &late))) {
        pthread_mutex_unlock(&jobs->lock);
        jobs->options.run(thread->worker, task, late); /* then the task is its caller's again */
        pthread_mutex_lock(&jobs->lock);
        from->running--;
        jobs->counts.running--;
        pthread_cond_broadcast(&jobs->changed); /* now the client may have another one run */
    }
    pthread_mutex_unlock(&jobs->lock);
    return NULL;
}

static unsigned or_all(unsigned some, unsigned all)
{
    return some && some < all ? some : all;
}

struct jobs *jobs_start(const struct jobs_options *options, struct err *err)
{
    struct jobs *jobs = calloc(1, sizeof *jobs);
    if (!jobs) {
        err_no_memory(err);
        return NULL;
    }
    jobs->options = *options;
    jobs->options.line = options->line < LINE_MAX ? options->line : LINE_MAX;
    jobs->options.threads_each = or_all(options->threads_each, options->threads);
    jobs->options.line_each = or_all(options->line_each, jobs->options.line);
    jobs->n_lines = jobs->options.line + THREADS_MAX;
    jobs->lines = calloc(jobs->n_lines, sizeof *jobs->lines);
    budget_start(&jobs->ending, 0);
    pthread_mutex_init(&jobs->lock, NULL);
    pthread_cond_init(&jobs->changed, NULL);
    if (!jobs->lines) {
        err_no_memory(err);
        jobs_stop(jobs);
        return NULL;
    }
    for (unsigned i = 0; i < options->threads && i < THREADS_MAX; i++) {
        struct jobs_thread *thread = &jobs->threads[i];
        thread->jobs = jobs;
        thread->worker = options->worker_new(options->arg);
        int failed = thread->worker ? pthread_create(&thread->id, NULL, work, thread) : ENOMEM;
        if (failed) {
            err_set(err, ERR_DEPENDENCY, "no se pudo iniciar un hilo: %s", err_reason(failed));
            if (thread->worker)
                options->worker_free(thread->worker);
            jobs_stop(jobs);
            return NULL;
        }
        jobs->n_threads++;
    }
    return jobs;
}

bool jobs_add(struct jobs *jobs, struct jobs_task *task)
{
    pthread_mutex_lock(&jobs->lock);
    struct jobs_line *line = line_of(jobs, task->client);
    unsigned left = jobs->options.line - jobs->counts.waiting;
    /* The second half of the line is for clients of whom nothing waits yet: a handful that
     * ask without a pause do not keep the next one out. */
    bool own = line && (line->waiting == 0 ||
                        (line->waiting < jobs->options.line_each && left > jobs->options.line / 2));
    bool room = own && !jobs->stopping && left > 0;
    if (room) {
        task->next = NULL;
        clock_gettime(CLOCK_MONOTONIC, &task->added);
        *line->last = task;
        line->last = &task->next;
        line->waiting++;
        jobs->counts.waiting++;
        pthread_cond_signal(&jobs->changed);
    } else if (own || !line) {
        jobs->counts.refused_line++;
    } else {
        jobs->counts.refused_client++;
    }
    pthread_mutex_unlock(&jobs->lock);
    return room;
}

void jobs_stop(struct jobs *jobs)
{
    if (!jobs)
        return;
    pthread_mutex_lock(&jobs->lock);
    jobs->stopping = true;
    budget_cancel(&jobs->ending);
    pthread_cond_broadcast(&jobs->changed);
    pthread_mutex_unlock(&jobs->lock);
    for (unsigned i = 0; i < jobs->n_threads; i++)
        pthread_join(jobs->threads[i].id, NULL);
    for (unsigned i = 0; i < jobs->n_threads; i++)
        jobs->options.worker_free(jobs->threads[i].worker);
    pthread_cond_destroy(&jobs->changed);
    pthread_mutex_destroy(&jobs->lock);
    free(jobs->lines);
    free(jobs);
}

void jobs_count(struct jobs *jobs, struct jobs_counts *counts)
{
    pthread_mutex_lock(&jobs->lock);
    *counts = jobs->counts;
    pthread_mutex_unlock(&jobs->lock);
}
