/* styles_http.h - the style a path names. */
#ifndef SERVER_STYLES_HTTP_H
#define SERVER_STYLES_HTTP_H

#include "server/call.h"

/* Index of the style in {style}; ERR_NOT_FOUND lists those there are. */
bool styles_http_find(struct call *call, size_t *index, struct err *err);

#endif
