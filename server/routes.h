/* routes.h - the table of all URLs, handed to dispatch.c through struct service.
 *
 * Threads: the first call is made by the main one, before others begin; then the table is
 *          constant.
 */
#ifndef SERVER_ROUTES_H
#define SERVER_ROUTES_H

#include "server/request/route.h"

/* Ends with a NULL method. */
const struct route *routes(void);

#endif
