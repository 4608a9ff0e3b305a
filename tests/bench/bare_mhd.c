/* bare_mhd PORT HEAD BODY: libmicrohttpd alone, answering every request with the same
 * prepared bytes; no server that is built on it can be faster. HEAD holds "Name: value"
 * lines. Two threads with epoll on 127.0.0.1:PORT, until stdin closes. */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buf.h"

static bool read_file(const char *path, struct buf *out)
{
    FILE *file = fopen(path, "rb");
    char part[65536];
    size_t n;
    buf_init(out);
    while (file && (n = fread(part, 1, sizeof part, file)) > 0)
        buf_put(out, part, n);
    return file && fclose(file) == 0 && !buf_failed(out);
}

static enum MHD_Result answer(void *response, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *body,
                              size_t *body_len, void **context)
{
    (void)url;
    (void)method;
    (void)version;
    (void)body;
    (void)body_len;
    if (!*context) { /* only the headers so far: any server must wait for the end */
        *context = response;
        return MHD_YES;
    }
    return MHD_queue_response(connection, MHD_HTTP_OK, response);
}

int main(int argc, char **argv)
{
    struct buf body, head;
    if (argc != 4 || !read_file(argv[2], &head) || !read_file(argv[3], &body)) {
        fprintf(stderr, "usage: bare_mhd PORT HEAD BODY\n");
        return 2;
    }
    struct MHD_Response *response =
        MHD_create_response_from_buffer(body.len, body.data, MHD_RESPMEM_PERSISTENT);
    buf_putc(&head, '\0');
    for (char *rest = head.data, *line; (line = strtok_r(rest, "\r\n", &rest));) {
        char *colon = strstr(line, ": ");
        if (!colon)
            continue;
        *colon = '\0';
        MHD_add_response_header(response, line, colon + 2);
    }
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)atoi(argv[1])),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG, 0, NULL, NULL, answer, response,
        MHD_OPTION_SOCK_ADDR, (const struct sockaddr *)&address, MHD_OPTION_THREAD_POOL_SIZE, 2u,
        MHD_OPTION_CONNECTION_LIMIT, 1000u, MHD_OPTION_END);
    if (!daemon)
        return 1;
    while (getchar() != EOF)
        continue;
    MHD_stop_daemon(daemon);
    MHD_destroy_response(response);
    buf_free(&head);
    buf_free(&body);
    return 0;
}
