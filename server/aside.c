#include "server/aside.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS_MAX = 8 };

struct aside_thread {
    struct aside *aside;
    pthread_t id;
    void *worker;
};

struct aside {
    struct aside_options options;
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t added;
    struct aside_task *first, **last; /* in the order they came */
    unsigned waiting;
    bool stopping;
    struct aside_thread threads[THREADS_MAX];
    unsigned n_threads;
};

/* The next task, when there is one; NULL: the end. */
static struct aside_task *take(struct aside *aside, bool *late)
{
    struct timespec now;
    pthread_mutex_lock(&aside->lock);
    while (!aside->first && !aside->stopping)
        pthread_cond_wait(&aside->added, &aside->lock);
    struct aside_task *task = aside->first;
    if (task) {
        aside->first = task->next;
        if (!aside->first)
            aside->last = &aside->first;
        aside->waiting--;
        clock_gettime(CLOCK_MONOTONIC, &now);
        *late = aside->stopping || now.tv_sec - task->added.tv_sec > (time_t)aside->options.wait_s;
    }
    pthread_mutex_unlock(&aside->lock);
    return task;
}

static void *work(void *arg)
{
    struct aside_thread *thread = arg;
    const struct aside_options *options = &thread->aside->options;
    struct aside_task *task;
    bool late;
    while ((task = take(thread->aside, &late)))
        options->run(thread->worker, task, late);
    return NULL;
}

struct aside *aside_start(const struct aside_options *options, struct err *err)
{
    struct aside *aside = calloc(1, sizeof *aside);
    if (!aside) {
        err_no_memory(err);
        return NULL;
    }
    aside->options = *options;
    aside->last = &aside->first;
    pthread_mutex_init(&aside->lock, NULL);
    pthread_cond_init(&aside->added, NULL);
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
    bool room = !aside->stopping && aside->waiting < aside->options.line;
    if (room) {
        task->next = NULL;
        clock_gettime(CLOCK_MONOTONIC, &task->added);
        *aside->last = task;
        aside->last = &task->next;
        aside->waiting++;
        pthread_cond_signal(&aside->added);
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
    pthread_cond_broadcast(&aside->added);
    pthread_mutex_unlock(&aside->lock);
    for (unsigned i = 0; i < aside->n_threads; i++)
        pthread_join(aside->threads[i].id, NULL);
    for (unsigned i = 0; i < aside->n_threads; i++)
        aside->options.worker_free(aside->threads[i].worker);
    pthread_cond_destroy(&aside->added);
    pthread_mutex_destroy(&aside->lock);
    free(aside);
}
