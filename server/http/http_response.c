/* http_response.c - converts a handler's answer to libmicrohttpd's response. */
#include <microhttpd.h>
#include <stdlib.h>
#include <unistd.h>

#include "server/http/http_internal.h"

void http_add_header(struct http_response *response, const char *name, const char *value)
{
    if (response->n_headers == HTTP_HEADERS_MAX)
        abort();
    response->headers[response->n_headers].name = name;
    response->headers[response->n_headers++].value = value;
}

struct MHD_Response *http_make_response(struct http_response *made, size_t *bytes)
{
    struct MHD_Response *response = NULL;
    if (made->file >= 0) {
        *bytes = made->file_len;
        response =
            MHD_create_response_from_fd_at_offset64(made->file_len, made->file, made->file_offset);
        if (!response)
            close(made->file);
    } else if (made->lent) {
        *bytes = made->lent_len;
        response = MHD_create_response_from_buffer(made->lent_len, (void *)(uintptr_t)made->lent,
                                                   MHD_RESPMEM_PERSISTENT);
    } else {
        char *data = buf_take(&made->body, bytes);
        if (!data)
            return NULL;
        response = MHD_create_response_from_buffer(*bytes, data, MHD_RESPMEM_MUST_FREE);
        if (!response)
            free(data);
    }
    for (size_t i = 0; i < made->n_headers && response; i++)
        if (MHD_add_response_header(response, made->headers[i].name, made->headers[i].value) !=
            MHD_YES) {
            MHD_destroy_response(response);
            response = NULL;
        }
    return response;
}

struct http_ready *http_ready_new(const struct http_response *made)
{
    struct http_ready *ready = calloc(1, sizeof *ready);
    struct http_response lent = *made;
    if (!ready)
        return NULL;
    ready->status = made->status;
    ready->response = http_make_response(&lent, &ready->bytes);
    if (ready->response)
        return ready;
    free(ready);
    return NULL;
}

int http_ready_status(const struct http_ready *ready)
{
    return ready->status;
}

void http_ready_free(void *arg)
{
    struct http_ready *ready = arg;
    if (!ready)
        return;
    MHD_destroy_response(ready->response); /* a connection that sends it has its own reference */
    free(ready);
}
