#include "server/metrics.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

enum { ROUTES_MAX = 128 };

/* What we answer; the last stands for any other. */
static const int statuses[] = {200, 204, 206, 303, 304, 400, 404, 405, 406,
                               412, 413, 414, 416, 431, 500, 503, 0};
/* Upper ends in seconds; one more bucket has no end. */
static const double limits_s[] = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01,
                                  0.025,  0.05,    0.1,    0.25,  0.5,    1,     2.5};

enum {
    N_STATUSES = sizeof statuses / sizeof *statuses,
    N_LIMITS = sizeof limits_s / sizeof *limits_s,
};

struct metrics {
    /* By row of the route table; the last for what has no route. */
    atomic_uint_fast64_t requests[ROUTES_MAX][N_STATUSES];
    atomic_uint_fast64_t latency[N_LIMITS + 1], total_ns;
    atomic_uint_fast64_t hits, misses;
};

struct metrics *metrics_new(void)
{
    return calloc(1, sizeof(struct metrics)); /* zero is how these atomics begin */
}

void metrics_free(struct metrics *metrics)
{
    free(metrics);
}

static void count(atomic_uint_fast64_t *counter, uint64_t more)
{
    atomic_fetch_add_explicit(counter, more, memory_order_relaxed);
}

static uint64_t now(const atomic_uint_fast64_t *counter)
{
    return atomic_load_explicit((atomic_uint_fast64_t *)(uintptr_t)counter, memory_order_relaxed);
}

void metrics_request(struct metrics *metrics, const struct route *route, int status, double seconds)
{
    size_t row = route ? (size_t)(route - routes) : ROUTES_MAX - 1, slot = 0, bucket = 0;
    while (slot < N_STATUSES - 1 && statuses[slot] != status)
        slot++;
    while (bucket < N_LIMITS && seconds > limits_s[bucket])
        bucket++;
    if (row >= ROUTES_MAX)
        row = ROUTES_MAX - 1;
    count(&metrics->requests[row][slot], 1);
    count(&metrics->latency[bucket], 1);
    count(&metrics->total_ns, (uint64_t)(seconds * 1e9));
}

void metrics_cache(struct metrics *metrics, bool hit)
{
    count(hit ? &metrics->hits : &metrics->misses, 1);
}

void metrics_put_figure(struct buf *out, const char *name, const char *kind, const char *help,
                        double value)
{
    buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n%s %.15g\n", name, help, name, kind, name, value);
}

static void put_requests(const struct metrics *metrics, struct buf *out)
{
    buf_puts(out, "# HELP sigg_http_requests_total Peticiones atendidas, por ruta y estado.\n"
                  "# TYPE sigg_http_requests_total counter\n");
    size_t n = 0;
    while (routes[n].method)
        n++;
    for (size_t row = 0; row < ROUTES_MAX; row++)
        for (size_t slot = 0; slot < N_STATUSES; slot++) {
            uint64_t value = now(&metrics->requests[row][slot]);
            if (value == 0)
                continue;
            buf_printf(out, "sigg_http_requests_total{ruta=\"%s\",estado=\"",
                       row < n ? routes[row].pattern : "otra");
            if (statuses[slot])
                buf_printf(out, "%d", statuses[slot]);
            else
                buf_puts(out, "otro");
            buf_printf(out, "\"} %llu\n", (unsigned long long)value);
        }
}

void metrics_put(const struct metrics *metrics, struct buf *out)
{
    static const char name[] = "sigg_http_request_duration_seconds";
    uint64_t below = 0;
    put_requests(metrics, out);
    buf_printf(out,
               "# HELP %s Tiempo desde la petición leída hasta la respuesta hecha.\n"
               "# TYPE %s histogram\n",
               name, name);
    for (size_t i = 0; i <= N_LIMITS; i++) {
        below += now(&metrics->latency[i]);
        if (i < N_LIMITS)
            buf_printf(out, "%s_bucket{le=\"%g\"} %llu\n", name, limits_s[i],
                       (unsigned long long)below);
    }
    buf_printf(out, "%s_bucket{le=\"+Inf\"} %llu\n%s_sum %.9f\n%s_count %llu\n", name,
               (unsigned long long)below, name, (double)now(&metrics->total_ns) / 1e9, name,
               (unsigned long long)below);
    metrics_put_figure(out, "sigg_cache_hits_total", "counter",
                       "Respuestas que ya estaban hechas, o que hacía otra petición.",
                       (double)now(&metrics->hits));
    metrics_put_figure(out, "sigg_cache_misses_total", "counter", "Respuestas que hubo que hacer.",
                       (double)now(&metrics->misses));
}
