/* route.h - a row of the route table, and finding the row for a request.
 *
 * Threads: any; the table is constant once server/routes.c has made it.
 */
#ifndef SERVER_ROUTE_H
#define SERVER_ROUTE_H

#include "server/request/request.h"

struct call;

enum { ROUTE_VALUES_MAX = 6, ROUTE_ALLOW_MAX = 64 };

/* True: answered by respond.h, or deferred (call_defer()). False with *err filled:
 * problem.c makes the answer. call.h has what a handler may ask. */
typedef bool route_handler(struct call *call, struct err *err);

struct route {
    const char *method;  /* "GET" answers HEAD too */
    const char *pattern; /* "/tiles/{style}/{z}/{x}/{y}.png" */
    route_handler *handler;
    const struct param *params; /* parameters of the query; NULL: none */
    int max_age_s; /* Cache-Control of URLs with the current v=; else clients ask again */
    /* Answered even to a client that has used up its time: it costs next to nothing, or must
     * be seen when the server is overloaded (/health, /metrics). */
    bool unlimited;
};

/* The parts of the path that matched each {name}. */
struct route_values {
    size_t n;
    struct {
        const char *name; /* borrowed from the pattern, name_len bytes */
        size_t name_len;
        const char *value;
    } list[ROUTE_VALUES_MAX];
};

/* routes ends with a NULL method. NULL: no route; then allow is "" when the path is unknown,
 * or lists the methods of the path, as an Allow header does. */
const struct route *route_match(const struct route *routes, const char *method,
                                const struct target *target, struct arena *arena,
                                struct route_values *values, char allow[ROUTE_ALLOW_MAX]);

#endif
