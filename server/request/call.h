/* call.h - a request while its handler runs: its parameters, the data it is
 * answered from, and the answer being made.
 *
 * Owns:    nothing; created and released by dispatch.c.
 * Threads: one worker.
 */
#ifndef SERVER_CALL_H
#define SERVER_CALL_H

#include "geo/base/budget.h"
#include "server/http/content_coding.h"
#include "server/http/http.h"
#include "server/http/rate_limit.h"
#include "server/request/metrics.h"
#include "server/request/public_url.h"
#include "server/request/route.h"
#include "server/served/state.h"

struct mvt_encoder;

/* What a worker thread keeps between requests. */
struct worker {
    struct service *service;
    struct content_coder *coder;
    struct metrics_part *counts;
    struct mvt_encoder *vectors; /* made by vector_tiles.c */
};

/* What all requests share. */
struct service {
    const struct route *routes; /* ends with a NULL method */
    struct state *state;
    struct metrics *metrics;
    FILE *log;
    int archives;                 /* the folder of /archives; -1: none */
    struct public_url public_url; /* none: links hold the address listened on */
    _Atomic(struct http *) http;  /* NULL before it has started */
    struct log_ring *ring;        /* the ring that `log` writes to */
    struct rate_limit *limit;     /* of each client; NULL: none */
    unsigned figure_ms;           /* limit for making a figure; 0: none */
    unsigned workers;
    atomic_uint reports;       /* reports being made (reports.c) */
    unsigned report_memory_mb; /* memory of the process that makes a report */
    unsigned report_s;         /* and its time */
};

struct call {
    const struct http_request *http;
    struct arena *arena;
    struct worker *worker;
    struct service *service;
    struct served *served;
    struct geo_store *store; /* lent by call_store() */
    struct budget *budget;   /* of this answer: cancelled by its client, limited for figures */
    unsigned limit_s;        /* that limit */

    const struct route *route; /* NULL until found */
    struct target target;
    struct route_values path;
    struct param_value values[PARAMS_MAX]; /* of route->params */

    struct http_response *out;
    const char *address;   /* http->target without the path of the public URL */
    const char *base_url;  /* "http://host:port" or the public URL, for links */
    bool compressible;     /* set by respond_*(): text */
    bool versioned;        /* the URL contains its version: the answer may be cached for long */
    bool finished;         /* all headers are set */
    bool costly;           /* it counts as a figure: call_defer() was called */
    const char *version;   /* version of the answer's content (versions.h): of all data, unless the
                              handler sets another */
    const char *cache_key; /* cache key of the answer (response_cache.h); NULL: not cached */
};

/* The value of a parameter of the route; asking for one that the route does not
 * list is a programming error (abort). */
const struct param_value *call_param(const struct call *call, const char *name);
const char *call_text(const struct call *call, const char *name); /* NULL: not given */
/* The part of the path that matched {name}. */
const char *call_path(const struct call *call, const char *name);

/* For answers that take long. True: the handler must return true at once, because it will
 * be called again on a background thread, or because the client has used up its time
 * (answered with 429). Call it after looking for a cached answer. */
bool call_defer(struct call *call);
/* The same for a picture that would keep a worker busy for tens of milliseconds. */
bool call_drawing(struct call *call);

/* A connection to the database, lent to the call until its end. NULL with *err filled. */
struct geo_store *call_store(struct call *call, struct err *err);

#endif
