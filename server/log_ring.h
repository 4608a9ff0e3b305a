/* log_ring.h - what the server says, written by a thread of its own.
 *
 * Nobody who has something to say waits for who reads it: a pipe that nobody reads,
 * a full disk or a slow terminal stops the writer alone. What does not fit meanwhile
 * is left out, counted, and the log says how much when it goes on.
 *
 * Owns:    the writer thread and the bytes that wait; the file is its caller's.
 * Threads: any, but for log_ring_start/stop.
 * Errors:  log_ring_start says what is missing; afterwards nothing fails.
 */
#ifndef SERVER_LOG_RING_H
#define SERVER_LOG_RING_H

#include <stdint.h>
#include <stdio.h>

#include "geo/base/err.h"

struct log_ring;

struct log_ring *log_ring_start(int file, struct err *err);
/* Whole lines. */
void log_ring_put(struct log_ring *ring, const char *lines, size_t len);
/* For fprintf(); each line goes the same way. The ring's. */
FILE *log_ring_stream(struct log_ring *ring);
/* Lines left out since the start. */
uint64_t log_ring_lost(struct log_ring *ring);
/* Waits up to wait_ms for what is still to be written. NULL is fine. */
void log_ring_stop(struct log_ring *ring, unsigned wait_ms);

#endif
