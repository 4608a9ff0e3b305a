/* dispatch.h - handles a request, from parsing to the answer, in one function.
 *
 * Threads: dispatch_handle() in the workers of http.h; arg is a struct service.
 */
#ifndef SERVER_DISPATCH_H
#define SERVER_DISPATCH_H

#include "server/request/call.h"

void *dispatch_worker_new(void *service);
void dispatch_worker_free(void *worker); /* NULL is fine */
/* Bytes of large answers that are only kept because they are being sent. */
size_t dispatch_lent_bytes(void *service);
void dispatch_handle(void *service, void *worker, const struct http_request *request,
                     struct http_response *response);

#endif
