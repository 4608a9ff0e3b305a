/* rate_limit.h - how much processor time one client may take: two token buckets a
 * client, one for figures and one for all else. A bucket holds what forty seconds give;
 * what an answer took is taken out once it is made, so that it may go below nothing,
 * and nothing is begun for who has nothing left.
 *
 * Owns:    its buckets, of at most RATE_LIMIT_CLIENTS clients; a full one goes first,
 *          of the others that which was used longest ago.
 * Threads: any.
 * Units:   milliseconds of processor a second; nanoseconds taken out.
 * Errors:  short of memory a client goes uncounted.
 */
#ifndef SERVER_RATE_LIMIT_H
#define SERVER_RATE_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rate_limit;

enum rate_kind {
    RATE_FIGURES, /* made aside: rankings, clusters, reports */
    RATE_REST,    /* made by the workers: tiles, lists */
    RATE_KINDS
};

enum {
    RATE_LIMIT_CLIENTS = 4096,
    /* A quarter of one processor for figures, a whole one for the rest. */
    RATE_LIMIT_FIGURES_MS = 250,
    RATE_LIMIT_REST = 4, /* times as much */
    RATE_LIMIT_BURST_S = 40,
};

/* figures_ms: a second, above 0. NULL: memory. */
struct rate_limit *rate_limit_new(unsigned figures_ms);
void rate_limit_free(struct rate_limit *limit); /* NULL is fine */

/* False: nothing is left; *retry_s until there is, at least 1. A NULL limit allows all. */
bool rate_limit_allows(struct rate_limit *limit, const char *client, enum rate_kind kind,
                       unsigned *retry_s);
void rate_limit_take(struct rate_limit *limit, const char *client, enum rate_kind kind,
                     int64_t taken_ns);
size_t rate_limit_clients(struct rate_limit *limit); /* counted at present */

/* For tests: the same at a time of theirs (nanoseconds of a clock that only grows). */
bool rate_limit_allows_at(struct rate_limit *limit, const char *client, enum rate_kind kind,
                          int64_t now_ns, unsigned *retry_s);
void rate_limit_take_at(struct rate_limit *limit, const char *client, enum rate_kind kind,
                        int64_t now_ns, int64_t taken_ns);

#endif
