/* pages.h - the description of the API; used by the test of the route table. */
#ifndef SERVER_PAGES_H
#define SERVER_PAGES_H

#include <stddef.h>

/* OpenAPI 3.0 as JSON, NUL-terminated. */
const char *pages_openapi(size_t *len);

#endif
