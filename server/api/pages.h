/* pages.h - the description of the API; used by the test of the route table. */
#ifndef SERVER_PAGES_H
#define SERVER_PAGES_H

#include "geo/base/buf.h"

/* Appends OpenAPI 3.0 as JSON. */
void pages_put_openapi(struct buf *out);

#endif
