/* stop_signal.h - ends the program on SIGTERM and SIGINT, within a time limit.
 *
 * At the first signal stop_signal_wait() returns, and its caller shuts down. If that takes
 * longer than limit_ms, or a second signal comes, the process exits at once, whatever is
 * blocked. SIGHUP is ignored.
 *
 * Owns:    a thread that lives as long as the process.
 * Threads: stop_signal_start() before any other thread begins, so that signals reach
 *          none of them.
 * Errors:  stop_signal_start says what is missing.
 */
#ifndef SERVER_STOP_SIGNAL_H
#define SERVER_STOP_SIGNAL_H

#include "geo/base/err.h"

struct stop_signal;

struct stop_signal *stop_signal_start(unsigned limit_ms, struct err *err);
void stop_signal_wait(struct stop_signal *stop);

#endif
