/* access_log.h - one line a request: when, who, what, how it went.
 *
 * Owns:    nothing; struct access_clock is its caller's, one a thread.
 * Threads: any; lines stay whole, and nobody waits for who reads them (log_ring.h).
 * Units:   UTC with milliseconds; microseconds from the request line to the end.
 *
 * Written by hand: a line is due on every request, and printf goes the slow way
 * once a library has registered conversions of its own, as one below GDAL does.
 */
#ifndef SERVER_ACCESS_LOG_H
#define SERVER_ACCESS_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "server/log_ring.h"

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
    bool whole; /* the answer was sent to its end */
};

void access_log(struct log_ring *log, struct access_clock *clock, const struct access_line *line);

#endif
