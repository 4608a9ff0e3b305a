/* respond_header.h - headers of an answer: its own, and those that every answer has.
 *
 * Threads: one worker a call.
 */
#ifndef SERVER_RESPOND_HEADER_H
#define SERVER_RESPOND_HEADER_H

#include "server/request/call.h"

void respond_header(struct call *call, const char *name, const char *value);
/* Sets the headers of every answer. */
void respond_general(struct call *call);

#endif
