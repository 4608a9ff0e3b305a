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
struct line {
    struct client_key key;
    struct aside_task *first, **last;
    unsigned waiting, running; /* both 0: free for another client */
};

struct aside_thread {
    struct aside *aside;
    pthread_t id;
    void *worker;
};

struct aside {
    struct aside_options options;
    pthread_mutex_t lock; /* protects all below */
    pthread_cond_t changed;
    struct line *lines;
    size_t n_lines, turn; /* turn: index of the queue to look at first */
    struct aside_counts counts;
    bool stopping;
    struct budget ending; /* parent of the budgets of all running tasks */
    struct aside_thread threads[THREADS_MAX];
    unsigned n_threads;
};

/* Lines ------------------------------------------------------------------------ */

/* The client's queue, or a free one for it: there are as many as can be in use. */
static struct line *line_of(struct aside *aside, const char *client)
{
    const struct client_key key = client_key_of(client);
    struct line *unused = NULL;
    for (size_t i = 0; i < aside->n_lines; i++) {
        struct line *line = &aside->lines[i];
        bool used = line->waiting || line->running;
        if (used && memcmp(&line->key, &key, sizeof key) == 0)
            return line;
        if (!used && !unused)
            unused = line;
    }
    if (unused)
        *unused = (struct line){.key = key, .last = &unused->first};
    return unused;
}

static struct aside_task *unlink_task(struct line *line, struct aside_task **at)
{
    struct aside_task *task = *at;
    *at = task->next;
    if (!*at)
        line->last = at;
    line->waiting--;
    return task;
}

/* Takes a cancelled task, which costs nothing and makes room at once. */
static struct aside_task *take_cancelled(struct aside *aside, struct line **from)
{
    for (size_t i = 0; i < aside->n_lines; i++)
        for (struct aside_task **at = &aside->lines[i].first; aside->lines[i].waiting && *at;
             at = &(*at)->next)
            if (aside->stopping || ((*at)->budget && !budget_left((*at)->budget, NULL))) {
                *from = &aside->lines[i];
                return unlink_task(*from, at);
            }
    return NULL;
}

static struct aside_task *take_in_turn(struct aside *aside, struct line **from)
{
    for (size_t i = 0; i < aside->n_lines; i++) {
        size_t at = (aside->turn + i) % aside->n_lines;
        struct line *line = &aside->lines[at];
        if (!line->waiting || line->running >= aside->options.threads_each)
            continue;
        aside->turn = at + 1;
        *from = line;
        return unlink_task(line, &line->first);
    }
    return NULL;
}

/* Waits for the next task; NULL: the end. */
static struct aside_task *take(struct aside *aside, struct line **from, bool *late)
{
    struct timespec now;
    struct aside_task *task;
    for (;;) {
        *late = true;
        if ((task = take_cancelled(aside, from)))
            break;
        *late = false;
        if (aside->stopping || (task = take_in_turn(aside, from)))
            break;
        pthread_cond_wait(&aside->changed, &aside->lock);
    }
    if (!task)
        return NULL;
    clock_gettime(CLOCK_MONOTONIC, &now);
    *late = *late || now.tv_sec - task->added.tv_sec > (time_t)aside->options.wait_s;
    aside->counts.waiting--;
    aside->counts.running++;
    aside->counts.run_late += *late;
    (*from)->running++;
    if (task->budget)
        task->budget->asker = &aside->ending;
    return task;
}

/* Threads ---------------------------------------------------------------------- */

static void *work(void *arg)
{
    struct aside_thread *thread = arg;
    struct aside *aside = thread->aside;
    struct aside_task *task;
    struct line *from = NULL;
    bool late;
    pthread_mutex_lock(&aside->lock);
    while ((task = take(aside, &from, &late))) {
        pthread_mutex_unlock(&aside->lock);
        aside->options.run(thread->worker, task, late); /* then the task is its caller's again */
        pthread_mutex_lock(&aside->lock);
        from->running--;
        aside->counts.running--;
        pthread_cond_broadcast(&aside->changed); /* now the client may have another one run */
    }
    pthread_mutex_unlock(&aside->lock);
    return NULL;
}

static unsigned or_all(unsigned some, unsigned all)
{
    return some && some < all ? some : all;
}

struct aside *aside_start(const struct aside_options *options, struct err *err)
{
    struct aside *aside = calloc(1, sizeof *aside);
    if (!aside) {
        err_no_memory(err);
        return NULL;
    }
    aside->options = *options;
    aside->options.line = options->line < LINE_MAX ? options->line : LINE_MAX;
    aside->options.threads_each = or_all(options->threads_each, options->threads);
    aside->options.line_each = or_all(options->line_each, aside->options.line);
    aside->n_lines = aside->options.line + THREADS_MAX;
    aside->lines = calloc(aside->n_lines, sizeof *aside->lines);
    budget_start(&aside->ending, 0);
    pthread_mutex_init(&aside->lock, NULL);
    pthread_cond_init(&aside->changed, NULL);
    if (!aside->lines) {
        err_no_memory(err);
        aside_stop(aside);
        return NULL;
    }
    for (unsigned i = 0; i < options->threads && i < THREADS_MAX; i++) {
        struct aside_thread *thread = &aside->threads[i];
        thread->aside = aside;
        thread->worker = options->worker_new(options->arg);
        int failed = thread->worker ? pthread_create(&thread->id, NULL, work, thread) : ENOMEM;
        if (failed) {
            err_set(err, ERR_DEPENDENCY, "no se pudo iniciar un hilo: %s", err_reason(failed));
            if (thread->worker)
                options->worker_free(thread->worker);
            aside_stop(aside);
            return NULL;
        }
        aside->n_threads++;
    }
    return aside;
}

bool aside_add(struct aside *aside, struct aside_task *task)
{
    pthread_mutex_lock(&aside->lock);
    struct line *line = line_of(aside, task->client);
    unsigned left = aside->options.line - aside->counts.waiting;
    /* The second half of the line is for clients of whom nothing waits yet: a handful that
     * ask without a pause do not keep the next one out. */
    bool own = line && (line->waiting == 0 || (line->waiting < aside->options.line_each &&
                                               left > aside->options.line / 2));
    bool room = own && !aside->stopping && left > 0;
    if (room) {
        task->next = NULL;
        clock_gettime(CLOCK_MONOTONIC, &task->added);
        *line->last = task;
        line->last = &task->next;
        line->waiting++;
        aside->counts.waiting++;
        pthread_cond_signal(&aside->changed);
    } else if (own || !line) {
        aside->counts.refused_line++;
    } else {
        aside->counts.refused_client++;
    }
    pthread_mutex_unlock(&aside->lock);
    return room;
}

void aside_stop(struct aside *aside)
{
    if (!aside)
        return;
    pthread_mutex_lock(&aside->lock);
    aside->stopping = true;
    budget_cancel(&aside->ending);
    pthread_cond_broadcast(&aside->changed);
    pthread_mutex_unlock(&aside->lock);
    for (unsigned i = 0; i < aside->n_threads; i++)
        pthread_join(aside->threads[i].id, NULL);
    for (unsigned i = 0; i < aside->n_threads; i++)
        aside->options.worker_free(aside->threads[i].worker);
    pthread_cond_destroy(&aside->changed);
    pthread_mutex_destroy(&aside->lock);
    free(aside->lines);
    free(aside);
}

void aside_count(struct aside *aside, struct aside_counts *counts)
{
    pthread_mutex_lock(&aside->lock);
    *counts = aside->counts;
    pthread_mutex_unlock(&aside->lock);
}
