/* problem.h - errors as RFC 9457 problem+json.
 *
 * The client gets the full message of its own mistakes. For failures on our side it gets a
 * general sentence and the request's id; the details are in the log.
 */
#ifndef SERVER_PROBLEM_H
#define SERVER_PROBLEM_H

#include "server/request/call.h"

/* Appends the body. id: of the request. */
void problem_put(struct buf *body, int status, const char *detail, const char *id);

/* Makes the answer for a handler's error. */
void problem_from_err(struct call *call, const struct err *err);
/* An error without a handler: 404, 405, 413, ... detail is for the client. */
void problem_answer(struct call *call, int status, const char *detail);
/* 429: the client has used up its time; it may try again in retry_s. */
void problem_busy(struct call *call, unsigned retry_s);

#endif
