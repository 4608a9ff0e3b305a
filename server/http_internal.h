/* http_internal.h - what http.c and http_response.c share. */
#ifndef SERVER_HTTP_INTERNAL_H
#define SERVER_HTTP_INTERNAL_H

#include "server/http.h"

struct MHD_Response;

struct http_ready {
    struct MHD_Response *response;
    int status;
    size_t bytes;
};

/* The bytes are lent until the end of the request, or the buffer's or the file's,
 * taken over. *bytes: of the body. NULL: memory. */
struct MHD_Response *http_make_response(struct http_response *made, size_t *bytes);

#endif
