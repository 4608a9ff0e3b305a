/* routes.h - the table of all URLs, handed to dispatch.c through struct service.
 *
 * Threads: any; the table is constant.
 */
#ifndef SERVER_ROUTES_H
#define SERVER_ROUTES_H

#include "server/request/route.h"

/* Ends with a NULL method. */
extern const struct route routes[];

#endif
