/* route.h - a row of the route table, and finding the row for a request.
 *
 * Threads: any; the table is constant.
 */
#ifndef SERVER_ROUTE_H
#define SERVER_ROUTE_H

#include "server/request/request.h"

struct call;

enum { ROUTE_VALUES_MAX = 6, ROUTE_ALLOW_MAX = 64 };

/* False with *err filled: problem.c makes the answer. */
typedef bool route_handler(struct call *call, struct err *err);

struct route {
    const char *method;  /* "GET" answers HEAD too */
    const char *pattern; /* "/tiles/{style}/{z}/{x}/{y}.png" */
    route_handler *handler;
    const struct param *params; /* parameters of the query; NULL: none */
    int max_age_s;              /* for URLs with their version (v=); else clients must revalidate */
    /* No rate limit: it tells the state of the server, or costs next to nothing. An operator can
     * see the cause of a problem, and the web page can show it. */
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
