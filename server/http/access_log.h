/* access_log.h - the access log: one line a request with time, client, request and result.
 *
 * Owns:    nothing; struct access_clock is its caller's, one a thread.
 * Threads: any; lines stay whole, and nobody waits for the reader of the log (log_ring.h).
 * Units:   UTC with milliseconds; microseconds from the request line to the end.
 *
 * Formatted by hand, because it is done for every request: printf takes a slow path once a
 * library has registered conversions of its own, as one that GDAL uses does.
 */
#ifndef SERVER_ACCESS_LOG_H
#define SERVER_ACCESS_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "server/http/log_ring.h"

enum { ACCESS_SHOWN_MAX = 1000 }; /* bytes of a method or target; more is cut */

/* The second that was written last, as text. */
struct access_clock {
    time_t second;
    char text[24];
};

struct access_line {
    const char *remote, *method, *target, *id;
    int status;
    size_t bytes;
    long long us;
    bool whole; /* the answer was sent completely */
};

void access_log(struct log_ring *log, struct access_clock *clock, const struct access_line *line);

#endif
