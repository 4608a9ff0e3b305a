/* call.h - one request on its way through its handler: what it asks, the view
 * of the data it is answered from, and the answer that grows.
 *
 * Owns:    nothing; dispatch.c makes it and ends it.
 * Threads: one worker.
 */
#ifndef SERVER_CALL_H
#define SERVER_CALL_H

#include "geo/base/budget.h"
#include "server/coding.h"
#include "server/http.h"
#include "server/metrics.h"
#include "server/rate_limit.h"
#include "server/routes.h"
#include "server/state.h"

struct mvt_encoder;

/* What a worker thread keeps between requests. */
struct worker {
    struct service *service;
    struct packers *packers;
    struct metrics_part *counts;
    struct mvt_encoder *vectors; /* made by vector_tiles.c */
};

/* What all requests share. */
struct service {
    struct state *state;
    struct metrics *metrics;
    FILE *log;
    int archives;                /* the folder of /archives; -1: none */
    const char *public_url;      /* "https://sigg.gob.bo", or NULL: the address listened on */
    _Atomic(struct http *) http; /* NULL before it has started */
    struct log_ring *ring;       /* behind log */
    struct rate_limit *limit;    /* of each client; NULL: none */
    unsigned figure_ms;          /* an answer may take; 0: no bound */
    unsigned workers;
    atomic_uint reports;       /* being made (reports_http.c) */
    unsigned report_memory_mb; /* of the process that makes one */
    unsigned report_s;         /* and how long it may take */
};

struct call {
    const struct http_request *http;
    struct arena *arena;
    struct worker *worker;
    struct service *service;
    struct view *view;
    struct geo_store *store; /* lent by call_store() */
    struct budget *budget;   /* of this answer: its client's, and the bound of a figure */
    unsigned limit_s;        /* that bound */

    const struct route *route; /* NULL while none was found */
    struct target target;
    struct route_values path;
    struct param_value values[PARAMS_MAX]; /* of route->params */

    struct http_response *out;
    const char *base_url; /* "http://host:port", for links */
    bool compressible;    /* set by respond_*(): text */
    bool versioned;       /* the URL names the version it gets: may be kept for good */
    bool finished;        /* every header is there */
    bool costly;          /* made, or to be made, as a figure: call_aside() was asked */
    const char *version;  /* of what the answer is made of (versions.h): all, unless the
                             handler knows better */
    const char *kept_key; /* the answer is to be kept under it (kept.h); NULL: not */
};

/* The value of a parameter of the route; asking for one that the route does not
 * list is a programming error (abort). */
const struct param_value *call_param(const struct call *call, const char *name);
const char *call_text(const struct call *call, const char *name); /* NULL: not given */
/* What stands for {name} in the path. */
const char *call_path(const struct call *call, const char *name);

/* For what takes long: true when it has to be made elsewhere, where the handler is
 * called again, or must not be made for this client now, which is answered (429); the
 * handler is to return (true) at once. Ask it after looking for a kept answer. */
bool call_aside(struct call *call);
/* The same for a picture that keeps a worker from others for tens of milliseconds. */
bool call_drawing(struct call *call);

/* The core's errors begin with the name of what is wrong, "weights: ...": here it
 * is a parameter; what else is not found is the edition. Other errors stay as they
 * are. False. */
bool call_name_parameter(const struct call *call, struct err *err);

/* A connection to the database, the call's until it ends. NULL with *err filled. */
struct geo_store *call_store(struct call *call, struct err *err);

#endif
