/* problem.h - an error as RFC 9457 problem+json.
 *
 * What the caller did wrong is said in full; of what failed on our side the
 * client gets a sentence and the request's id, and the log gets the rest.
 */
#ifndef SERVER_PROBLEM_H
#define SERVER_PROBLEM_H

#include "server/call.h"

/* Appends the body. id: of the request. */
void problem_put(struct buf *body, int status, const char *detail, const char *id);

/* Makes the call's answer of a handler's error. */
void problem_from_err(struct call *call, const struct err *err);
/* An answer that no handler made: 404, 405, 413, ... detail is for the client. */
void problem_answer(struct call *call, int status, const char *detail);
/* 429: the client has taken all that one is given; there is more in retry_s. */
void problem_busy(struct call *call, unsigned retry_s);

#endif
