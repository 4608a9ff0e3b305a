/* figure_http.h - answers the URL of a figure, in the format asked for. An answer is made
 * once for the data served and a set of parameters, even for concurrent requests.
 *
 * Threads: one worker a call.
 * Errors:  those of the figure.
 */
#ifndef SERVER_FIGURES_FIGURE_HTTP_H
#define SERVER_FIGURES_FIGURE_HTTP_H

#include "geo/catalog/figure.h"
#include "server/request/route.h"

/* Fills the route of a figure that has a URL: its parameters and `f`. params has PARAMS_MAX
 * places and lives as long as the route. */
void figure_http_route(const struct figure *figure, struct param params[PARAMS_MAX],
                       struct route *route);

/* The figure of such a route, with the values of the route's parameters. ERR_INPUT: one is
 * missing that must be given. */
bool figure_http_args(const struct route *route, const struct param_value values[PARAMS_MAX],
                      struct figure_args *args, struct err *err);

/* The handler of all these routes. */
route_handler figure_http_get;

#endif
