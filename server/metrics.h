/* metrics.h - what the server has done so far, as counters for /metrics.
 *
 * Owns:    its counters.
 * Threads: any; counting is a few relaxed atomic additions.
 * Units:   seconds, bytes, as Prometheus has them.
 */
#ifndef SERVER_METRICS_H
#define SERVER_METRICS_H

#include "geo/base/buf.h"
#include "server/routes.h"

struct metrics;

struct metrics *metrics_new(void); /* NULL: memory */
void metrics_free(struct metrics *metrics);

/* route NULL: none was found. */
void metrics_request(struct metrics *metrics, const struct route *route, int status,
                     double seconds);
void metrics_cache(struct metrics *metrics, bool hit);

/* Prometheus' text format, version 0.0.4. */
void metrics_put(const struct metrics *metrics, struct buf *out);
/* One figure without labels; kind: "gauge" or "counter". */
void metrics_put_figure(struct buf *out, const char *name, const char *kind, const char *help,
                        double value);

#endif
