/* pages.h - the description of the API; used by the test of the route table. */
#ifndef SERVER_PAGES_H
#define SERVER_PAGES_H

#include "geo/base/buf.h"
#include "geo/base/err.h"

/* Appends OpenAPI 3.0 as JSON: openapi.json and the figures. path: of the public URL, or "". */
bool pages_put_openapi(const char *path, struct buf *out, struct err *err);

#endif
