/* stop_signal.c - a thread that receives the signals to stop. */
#include "server/commands/stop_signal.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct stop_signal {
    sem_t told;
    sigset_t signals;
    struct timespec limit;
};

static void *work(void *arg)
{
    struct stop_signal *stop = arg;
    int caught;
    while (sigwait(&stop->signals, &caught) != 0) {
    }
    sem_post(&stop->told);
    const struct timespec limit = stop->limit;
    while (sigtimedwait(&stop->signals, NULL, &limit) < 0 && errno == EINTR) {
    }
    _exit(0); /* nothing acknowledged is lost by this */
}

struct stop_signal *stop_signal_start(unsigned limit_ms, struct err *err)
{
    struct stop_signal *stop = calloc(1, sizeof *stop);
    pthread_t thread;
    if (!stop) {
        err_no_memory(err);
        return NULL;
    }
    sem_init(&stop->told, 0, 0);
    stop->limit = (struct timespec){limit_ms / 1000, (long)(limit_ms % 1000) * 1000000};
    sigemptyset(&stop->signals);
    sigaddset(&stop->signals, SIGTERM);
    sigaddset(&stop->signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stop->signals, NULL);
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_IGN); /* write() reports a peer that hung up */
    int failed = pthread_create(&thread, NULL, work, stop);
    if (failed) {
        err_set(err, ERR_DEPENDENCY, "no se pudo iniciar un hilo: %s", err_reason(failed));
        free(stop);
        return NULL;
    }
    pthread_detach(thread);
    return stop;
}

void stop_signal_wait(struct stop_signal *stop)
{
    while (sem_wait(&stop->told) != 0) {
    }
}
