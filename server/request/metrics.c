/* metrics.c - counters of requests, in the text format of Prometheus. */
#include "server/request/metrics.h"

#include <pthread.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ROUTES_MAX = 128 };

/* Status codes we answer with; the last one stands for all others. */
static const int statuses[] = {200, 204, 206, 303, 304, 400, 404, 405, 406,
                               412, 413, 414, 416, 429, 431, 500, 503, 0};
/* Upper limits of the buckets in nanoseconds; the last bucket has none. */
static const int64_t limits_ns[] = {100000,    250000,    500000,     1000000,   2500000,
                                    5000000,   10000000,  25000000,   50000000,  100000000,
                                    250000000, 500000000, 1000000000, 2500000000};

enum {
    N_STATUSES = sizeof statuses / sizeof *statuses,
    N_LIMITS = sizeof limits_ns / sizeof *limits_ns,
    CACHE_LINE = 64,
};

struct counts {
    /* By row of the route table; the last for what has no route. */
    atomic_uint_fast64_t requests[ROUTES_MAX][N_STATUSES];
    atomic_uint_fast64_t latency[N_LIMITS + 1], total_ns;
    atomic_uint_fast64_t hits, misses;
};

struct metrics_part {
    alignas(CACHE_LINE) struct counts counts;
    struct metrics_part *next;
    const struct route *routes; /* of metrics */
};

struct metrics {
    const struct route *routes;
    pthread_mutex_t lock; /* of parts */
    struct metrics_part *parts;
};

struct metrics *metrics_new(const struct route *routes)
{
    struct metrics *metrics = calloc(1, sizeof *metrics);
    if (!metrics)
        return NULL;
    metrics->routes = routes;
    pthread_mutex_init(&metrics->lock, NULL);
    return metrics;
}

void metrics_free(struct metrics *metrics)
{
    if (!metrics)
        return;
    for (struct metrics_part *part = metrics->parts, *next; part; part = next) {
        next = part->next;
        free(part);
    }
    pthread_mutex_destroy(&metrics->lock);
    free(metrics);
}

struct metrics_part *metrics_worker(struct metrics *metrics)
{
    struct metrics_part *part = aligned_alloc(CACHE_LINE, sizeof *part);
    if (!part)
        return NULL;
    memset(part, 0, sizeof *part); /* zero initialises these atomics */
    part->routes = metrics->routes;
    pthread_mutex_lock(&metrics->lock);
    part->next = metrics->parts;
    metrics->parts = part;
    pthread_mutex_unlock(&metrics->lock);
    return part;
}

/* The only writer: no locked instruction is needed. */
static void count(atomic_uint_fast64_t *counter, uint64_t more)
{
    uint64_t now = atomic_load_explicit(counter, memory_order_relaxed);
    atomic_store_explicit(counter, now + more, memory_order_relaxed);
}

void metrics_request(struct metrics_part *part, const struct route *route, int status, int64_t ns)
{
    struct counts *counts = &part->counts;
    size_t row = route ? (size_t)(route - part->routes) : ROUTES_MAX - 1, slot = 0, bucket = 0;
    while (slot < N_STATUSES - 1 && statuses[slot] != status)
        slot++;
    while (bucket < N_LIMITS && ns > limits_ns[bucket])
        bucket++;
    if (row >= ROUTES_MAX)
        row = ROUTES_MAX - 1;
    count(&counts->requests[row][slot], 1);
    count(&counts->latency[bucket], 1);
    count(&counts->total_ns, ns > 0 ? (uint64_t)ns : 0);
}

void metrics_cache(struct metrics_part *part, bool hit)
{
    count(hit ? &part->counts.hits : &part->counts.misses, 1);
}

/* The counter at `offset` of struct counts, over all workers. */
static uint64_t sum_at(struct metrics *metrics, size_t offset)
{
    uint64_t all = 0;
    pthread_mutex_lock(&metrics->lock);
    for (struct metrics_part *part = metrics->parts; part; part = part->next)
        all += atomic_load_explicit(
            (atomic_uint_fast64_t *)(void *)((char *)&part->counts + offset), memory_order_relaxed);
    pthread_mutex_unlock(&metrics->lock);
    return all;
}
#define SUM(metrics, member) sum_at(metrics, offsetof(struct counts, member))

void metrics_put_figure(struct buf *out, const char *name, const char *kind, const char *help,
                        double value)
{
    buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n%s %.15g\n", name, help, name, kind, name, value);
}

static void put_requests(struct metrics *metrics, struct buf *out)
{
    buf_puts(out, "# HELP sigg_http_requests_total Peticiones atendidas, por ruta y estado.\n"
                  "# TYPE sigg_http_requests_total counter\n");
    size_t n = 0;
    while (metrics->routes[n].method)
        n++;
    for (size_t row = 0; row < ROUTES_MAX; row++)
        for (size_t slot = 0; slot < N_STATUSES; slot++) {
            uint64_t value = SUM(metrics, requests[row][slot]);
            if (value == 0)
                continue;
            buf_printf(out, "sigg_http_requests_total{ruta=\"%s\",estado=\"",
                       row < n ? metrics->routes[row].pattern : "otra");
            if (statuses[slot])
                buf_printf(out, "%d", statuses[slot]);
            else
                buf_puts(out, "otro");
            buf_printf(out, "\"} %llu\n", (unsigned long long)value);
        }
}

void metrics_put(struct metrics *metrics, struct buf *out)
{
    static const char name[] = "sigg_http_request_duration_seconds";
    uint64_t below = 0;
    put_requests(metrics, out);
    buf_printf(out,
               "# HELP %s Tiempo desde la petición leída hasta la respuesta hecha.\n"
               "# TYPE %s histogram\n",
               name, name);
    for (size_t i = 0; i <= N_LIMITS; i++) {
        below += SUM(metrics, latency[i]);
        if (i < N_LIMITS)
            buf_printf(out, "%s_bucket{le=\"%g\"} %llu\n", name, (double)limits_ns[i] / 1e9,
                       (unsigned long long)below);
    }
    buf_printf(out, "%s_bucket{le=\"+Inf\"} %llu\n%s_sum %.9f\n%s_count %llu\n", name,
               (unsigned long long)below, name, (double)SUM(metrics, total_ns) / 1e9, name,
               (unsigned long long)below);
    metrics_put_figure(out, "sigg_cache_hits_total", "counter",
                       "Respuestas que ya estaban hechas, o que hacía otra petición.",
                       (double)SUM(metrics, hits));
    metrics_put_figure(out, "sigg_cache_misses_total", "counter", "Respuestas que hubo que hacer.",
                       (double)SUM(metrics, misses));
}
