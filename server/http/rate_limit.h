/* rate_limit.h - limits the processor time of each client by two token buckets, one for
 * figures and one for all else. A bucket holds what forty seconds add. The time of an
 * answer is subtracted after it was made, so a bucket may become negative; no answer is
 * begun for a client whose bucket is empty.
 *
 * Owns:    its buckets, of at most RATE_LIMIT_CLIENTS clients; full ones are dropped first,
 *          then the least recently used.
 * Threads: any.
 * Units:   milliseconds of processor time a second; nanoseconds subtracted.
 * Errors:  if memory is short a client is not limited.
 */
#ifndef SERVER_RATE_LIMIT_H
#define SERVER_RATE_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rate_limit;

enum rate_kind {
    RATE_FIGURES, /* made on background threads: rankings, clusters, reports */
    RATE_REST,    /* made by the workers: tiles, lists */
    RATE_KINDS
};

enum {
    RATE_LIMIT_CLIENTS = 4096,
    /* A quarter of one processor for figures, a whole one for the rest. */
    RATE_LIMIT_FIGURES_MS = 250,
    RATE_LIMIT_REST = 4, /* this times as much */
    RATE_LIMIT_BURST_S = 40,
};

/* figures_ms: added each second, above 0. NULL: memory. */
struct rate_limit *rate_limit_new(unsigned figures_ms);
void rate_limit_free(struct rate_limit *limit); /* NULL is fine */

/* False: the bucket is empty; *retry_s: until it is not, at least 1. A NULL limit allows
 * everything. */
bool rate_limit_allows(struct rate_limit *limit, const char *client, enum rate_kind kind,
                       unsigned *retry_s);
void rate_limit_take(struct rate_limit *limit, const char *client, enum rate_kind kind,
                     int64_t taken_ns);
size_t rate_limit_clients(struct rate_limit *limit); /* clients with a bucket */

/* For tests: the same with a time of their own (nanoseconds of a monotonic clock). */
bool rate_limit_allows_at(struct rate_limit *limit, const char *client, enum rate_kind kind,
                          int64_t now_ns, unsigned *retry_s);
void rate_limit_take_at(struct rate_limit *limit, const char *client, enum rate_kind kind,
                        int64_t now_ns, int64_t taken_ns);

#endif
