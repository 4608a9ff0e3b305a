/* figure_api.h - the figures' part of /api (OpenAPI 3.0), made from their descriptions.
 *
 * Threads: any. Errors: ERR_MEMORY, ERR_SETUP for a document that is not as expected.
 */
#ifndef SERVER_FIGURES_FIGURE_API_H
#define SERVER_FIGURES_FIGURE_API_H

#include "geo/base/buf.h"
#include "geo/base/err.h"

/* Appends the document `json` with its version, the server's URL ("/", "/mapa") and a path for
 * every figure with a URL. */
bool figure_api_put(const char *json, size_t len, const char *server, struct buf *out,
                    struct err *err);

#endif
