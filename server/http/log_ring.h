/* log_ring.h - the server's log, written by a thread of its own.
 *
 * Threads that log never wait for the reader of the log: a pipe that nobody reads, a full
 * disk or a slow terminal only stops the writer. Lines that do not fit meanwhile are
 * dropped and counted, and the log says how many when it continues.
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
/* Adds whole lines. */
void log_ring_put(struct log_ring *ring, const char *lines, size_t len);
/* A stream for fprintf() whose lines go into the ring. Belongs to the ring. */
FILE *log_ring_stream(struct log_ring *ring);
/* Lines dropped since the start. */
uint64_t log_ring_lost(struct log_ring *ring);
/* Waits up to wait_ms for what is still to be written. NULL is fine. */
void log_ring_stop(struct log_ring *ring, unsigned wait_ms);

#endif
