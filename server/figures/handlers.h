/* handlers.h - the handlers of figures in the route table, by file; each is a route_handler
 * (server/request/route.h).
 */
#ifndef SERVER_FIGURES_HANDLERS_H
#define SERVER_FIGURES_HANDLERS_H

#include "server/request/route.h"

/* figures.c */
route_handler figures_coverage, figures_irrigation;

/* figures_time.c */
route_handler figures_time_series, figures_time_indicators;

/* editions_http.c */
route_handler editions_http_list, editions_http_crosswalk, editions_http_conflicts;

/* access_http.c */
route_handler access_http_get, access_http_sites, access_http_clusters;

/* targeting_http.c */
route_handler targeting_http_get, targeting_http_equity;

#endif
