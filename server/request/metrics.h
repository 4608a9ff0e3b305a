/* metrics.h - counters of the server for /metrics.
 *
 * Owns:    its counters.
 * Threads: each worker writes only its own struct, so that no cache line is shared. Any
 *          thread may read them.
 * Units:   seconds, bytes, as Prometheus has them.
 */
#ifndef SERVER_METRICS_H
#define SERVER_METRICS_H

#include "geo/base/buf.h"
#include "server/request/route.h"

struct metrics;
struct metrics_part; /* one worker's counters */

/* routes: the table whose rows are counted. NULL: memory. */
struct metrics *metrics_new(const struct route *routes);
void metrics_free(struct metrics *metrics);

/* Counters for the calling worker; they live as long as metrics. NULL: memory. */
struct metrics_part *metrics_worker(struct metrics *metrics);

/* route NULL: none was found. */
void metrics_request(struct metrics_part *part, const struct route *route, int status, int64_t ns);
void metrics_cache(struct metrics_part *part, bool hit);

/* Prometheus' text format, version 0.0.4. */
void metrics_put(struct metrics *metrics, struct buf *out);
/* One figure without labels; kind: "gauge" or "counter". */
void metrics_put_figure(struct buf *out, const char *name, const char *kind, const char *help,
                        double value);

#endif
