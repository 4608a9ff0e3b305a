/* stop_signal.h - SIGTERM and SIGINT end the program in time.
 *
 * The first one asks: stop_signal_wait() returns, and whoever waited ends what is under
 * way. If that takes longer than limit_ms, or a second one comes, the process ends at
 * once: whatever hangs, it does not keep the system waiting. SIGHUP is ignored.
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
