/* log_ring.c - a bounded ring of lines and the thread that writes them. */
#include "server/http/log_ring.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "geo/base/parse.h"

enum {
    RING_BYTES = 512 * 1024,
    /* A pipe that is writable (POLLOUT) takes this many bytes without blocking. */
    WRITE_BYTES = 4096,
    POLL_MS = 100,
    /* The writer collects lines for this long: one write for many requests. */
    GATHER_MS = 5,
    FULL_DISK_MS = 500,
    NOTICE_MAX = 160,
};

struct log_ring {
    pthread_mutex_t lock; /* protects all but the bytes being written */
    pthread_cond_t changed;
    pthread_t thread;
    FILE *stream;
    int file;
    bool stopping, done;
    size_t start, used;           /* first waiting byte */
    uint64_t lost, lost_not_said; /* lines */
    char bytes[RING_BYTES];
};

static void copy_in(struct log_ring *ring, const char *text, size_t len)
{
    size_t at = (ring->start + ring->used) % RING_BYTES;
    size_t first = len < RING_BYTES - at ? len : RING_BYTES - at;
    memcpy(ring->bytes + at, text, first);
    memcpy(ring->bytes, text + first, len - first);
    ring->used += len;
}

static uint64_t count_lines(const char *text, size_t len)
{
    uint64_t lines = 0;
    for (const char *end = text + len; (text = memchr(text, '\n', (size_t)(end - text))); text++)
        lines++;
    return lines ? lines : 1;
}

static void lose(struct log_ring *ring, uint64_t lines)
{
    ring->lost += lines;
    ring->lost_not_said += lines;
}

/* Writes how many lines were dropped. */
static void put_notice(struct log_ring *ring)
{
    char now[21], text[NOTICE_MAX];
    date_now(now);
    int len = snprintf(text, sizeof text,
                       "%s registro: faltan aquí %llu líneas, que nadie leía a tiempo\n", now,
                       (unsigned long long)ring->lost_not_said);
    ring->lost_not_said = 0;
    if (len > 0 && len < NOTICE_MAX)
        copy_in(ring, text, (size_t)len);
}

void log_ring_put(struct log_ring *ring, const char *lines, size_t len)
{
    pthread_mutex_lock(&ring->lock);
    size_t room = RING_BYTES - ring->used;
    if (len + NOTICE_MAX > room) {
        lose(ring, count_lines(lines, len));
    } else {
        bool idle = ring->used == 0;
        if (ring->lost_not_said)
            put_notice(ring);
        copy_in(ring, lines, len);
        if (idle)
            pthread_cond_signal(&ring->changed);
    }
    pthread_mutex_unlock(&ring->lock);
}

static ssize_t put_stream(void *cookie, const char *text, size_t len)
{
    log_ring_put(cookie, text, len);
    return (ssize_t)len;
}

/* The waiting bytes, as many as one write takes. The ring is locked. */
static size_t peek(const struct log_ring *ring, const char **bytes)
{
    size_t len = RING_BYTES - ring->start;
    if (len > ring->used)
        len = ring->used;
    *bytes = ring->bytes + ring->start;
    return len < WRITE_BYTES ? len : WRITE_BYTES;
}

static void drop_front(struct log_ring *ring, size_t len)
{
    ring->start = (ring->start + len) % RING_BYTES;
    ring->used -= len;
}

static void pause_ms(unsigned ms)
{
    const struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
    nanosleep(&time, NULL);
}

/* Writes without the lock: only this thread moves the front. Returns how many bytes are
 * done. */
static size_t write_some(struct log_ring *ring, const char *bytes, size_t len)
{
    struct pollfd ready = {.fd = ring->file, .events = POLLOUT};
    if (poll(&ready, 1, POLL_MS) == 0)
        return 0;
    ssize_t written = write(ring->file, bytes, len);
    if (written >= 0)
        return (size_t)written;
    if (errno == EINTR || errno == EAGAIN)
        return 0;
    if (errno == ENOSPC || errno == EDQUOT) { /* there may be room later */
        pause_ms(FULL_DISK_MS);
        return 0;
    }
    pthread_mutex_lock(&ring->lock);
    lose(ring, count_lines(bytes, len)); /* the reader is gone */
    pthread_mutex_unlock(&ring->lock);
    return len;
}

static void *work(void *arg)
{
    struct log_ring *ring = arg;
    const char *bytes;
    pthread_mutex_lock(&ring->lock);
    while (!ring->stopping || ring->used) {
        if (!ring->used) {
            pthread_cond_wait(&ring->changed, &ring->lock);
            if (!ring->stopping) {
                pthread_mutex_unlock(&ring->lock);
                pause_ms(GATHER_MS);
                pthread_mutex_lock(&ring->lock);
            }
            continue;
        }
        size_t len = peek(ring, &bytes);
        pthread_mutex_unlock(&ring->lock);
        size_t done = write_some(ring, bytes, len);
        pthread_mutex_lock(&ring->lock);
        drop_front(ring, done);
        if (ring->done) /* log_ring_stop() does not wait longer */
            break;
    }
    pthread_mutex_unlock(&ring->lock);
    return NULL;
}

struct log_ring *log_ring_start(int file, struct err *err)
{
    struct log_ring *ring = calloc(1, sizeof *ring);
    const cookie_io_functions_t functions = {.write = put_stream};
    if (!ring) {
        err_no_memory(err);
        return NULL;
    }
    ring->file = file;
    pthread_mutex_init(&ring->lock, NULL);
    pthread_cond_init(&ring->changed, NULL);
    ring->stream = fopencookie(ring, "w", functions);
    int failed = ring->stream ? pthread_create(&ring->thread, NULL, work, ring) : ENOMEM;
    if (failed) {
        err_set(err, ERR_DEPENDENCY, "no se pudo iniciar un hilo: %s", err_reason(failed));
        if (ring->stream)
            fclose(ring->stream);
        free(ring);
        return NULL;
    }
    setvbuf(ring->stream, NULL, _IOLBF, 0);
    return ring;
}

FILE *log_ring_stream(struct log_ring *ring)
{
    return ring->stream;
}

uint64_t log_ring_lost(struct log_ring *ring)
{
    pthread_mutex_lock(&ring->lock);
    uint64_t lost = ring->lost;
    pthread_mutex_unlock(&ring->lock);
    return lost;
}

void log_ring_stop(struct log_ring *ring, unsigned wait_ms)
{
    struct timespec end;
    if (!ring)
        return;
    fflush(ring->stream);
    pthread_mutex_lock(&ring->lock);
    ring->stopping = true;
    pthread_cond_signal(&ring->changed);
    pthread_mutex_unlock(&ring->lock);
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += wait_ms / 1000;
    end.tv_nsec += (long)(wait_ms % 1000) * 1000000;
    if (end.tv_nsec >= 1000000000) {
        end.tv_sec++;
        end.tv_nsec -= 1000000000;
    }
    if (pthread_timedjoin_np(ring->thread, NULL, &end) != 0) {
        pthread_mutex_lock(&ring->lock);
        ring->done = true;
        pthread_mutex_unlock(&ring->lock);
        clock_gettime(CLOCK_REALTIME, &end);
        end.tv_sec += 1;
        if (pthread_timedjoin_np(ring->thread, NULL, &end) != 0) {
            pthread_detach(ring->thread); /* blocked in write(): the process ends without it */
            return;
        }
    }
    fclose(ring->stream);
    pthread_cond_destroy(&ring->changed);
    pthread_mutex_destroy(&ring->lock);
    free(ring);
}
