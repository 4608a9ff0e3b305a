/* request.h - parses and checks the target and parameters of a request.
 *
 * Owns:    nothing; results live in the arena given.
 * Threads: any.
 * Errors:  ERR_INPUT with a sentence that names the parameter, its value and
 *          what is accepted.
 */
#ifndef SERVER_REQUEST_H
#define SERVER_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/base/arena.h"
#include "geo/base/box.h"
#include "geo/base/err.h"
#include "geo/store/schema.h"

enum { TARGET_SEGMENTS_MAX = 16, TARGET_PAIRS_MAX = 32, PARAMS_MAX = 16 };

/* A parsed request target: segments, names and values are percent-decoded (in a query '+'
 * is a blank), valid UTF-8, without control characters. */
struct target {
    const char *path; /* decoded, for messages */
    size_t n_segments;
    const char *segments[TARGET_SEGMENTS_MAX]; /* "/" has none */
    size_t n_pairs;
    struct {
        const char *name, *value;
    } pairs[TARGET_PAIRS_MAX];
};

bool request_parse_target(struct arena *arena, const char *raw, struct target *target,
                          struct err *err);

enum param_kind {
    PARAM_TEXT,   /* anything, up to 200 bytes */
    PARAM_INT,    /* min to max; a value above max is an error, or clamped */
    PARAM_DATE,   /* ISO 8601 day */
    PARAM_BOX,    /* "w,s,e,n" in lon/lat; with heights (6 numbers) these are ignored */
    PARAM_CHOICE, /* one of choices */
    PARAM_LAYER,  /* a table of the kind `tables` (geo/store/schema.h) */
};

/* A parameter that a route accepts; lists end with a NULL name. */
struct param {
    const char *name;
    enum param_kind kind;
    int64_t min, max, fallback; /* PARAM_INT */
    bool clamp;
    const char *const *choices; /* ends with NULL */
    enum geo_tables_kind tables;
    const char *beyond; /* PARAM_INT: advice for values above max; NULL: none */
};

struct param_value {
    bool given;
    const char *text; /* as sent; NULL if it was not */
    int64_t integer;  /* the default if it was not sent */
    struct geo_box box;
};

/* Parses the parameters: values[i] is that of params[i]. Unknown, repeated and malformed
 * parameters are ERR_INPUT. params may be NULL: none is accepted. */
bool request_parse_params(const struct target *target, const struct param *params,
                          struct param_value values[PARAMS_MAX], struct err *err);

/* Parses "z", "x" or "y" of a path in the canonical form, because a tile has one address.
 * Numbers beyond the tile matrix are accepted; others are ERR_INPUT. */
bool request_parse_index(const char *name, const char *text, int64_t *out, struct err *err);

/* True if an If-None-Match header lists the tag, "\"a-1\"" (weak comparison), or is "*".
 * NULL header: false. */
bool request_tag_listed(const char *header, const char *tag);

/* The quality, 0–1, that an Accept or Accept-Encoding header gives `token`
 * ("text/html", "gzip"), wildcards included. NULL header: 1 for types. */
double request_quality(const char *header, const char *token);

#endif
