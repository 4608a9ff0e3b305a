/* expr.h - one MapLibre expression: type-checked once, evaluated many times.
 *
 * Semantics are those of the reference implementation (the npm package
 * @maplibre/maplibre-gl-style-spec): implicit assertions and coercions, errors
 * at parse time for what is known then, JavaScript's numbers and strings.
 *
 * Owns:    nothing; the compiled tree lives in the arena given to expr_parse().
 * Threads: a tree is immutable; each thread evaluates with its own expr_env.
 * Errors:  ERR_INPUT, "PATH: sentence", PATH being the place in the JSON.
 */
#ifndef STYLES_EXPR_H
#define STYLES_EXPR_H

#include "geo/base/err.h"
#include "styles/expr_value.h"
#include "styles/style.h"

/* A path in the JSON: a chain up to the root; name NULL: an index. */
struct expr_path {
    const struct expr_path *up;
    const char *name;
    size_t index;
};

/* err_set(ERR_INPUT, "PATH: …"); false. */
bool expr_path_error(struct err *err, const struct expr_path *path, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Names of feature properties, each once, in order of first use. */
struct expr_names {
    const char **at;
    size_t n, room;
};

/* What kind of expression the property accepts. */
struct expr_wants {
    const struct expr_type *type; /* NULL: anything */
    bool to_string;               /* a value of another type becomes text (text-field) */
    bool data, zoom, interpolate; /* may depend on the feature, on the zoom; may interpolate */
    bool no_state;                /* may not depend on the feature's state (layout, filters) */
    bool written;                 /* all outputs are literals (text-font) */
    bool zoom_anywhere; /* the zoom may be used anywhere, not only as the input of one curve at the
                           top (filters) */
};

struct expr;

struct expr *expr_parse(struct arena *arena, const struct expr_value *json,
                        const struct expr_path *path, const struct expr_wants *wants,
                        struct expr_names *names, struct err *err);
/* An array that begins with the name of an operator. */
bool expr_is_expression(const struct expr_value *json);

bool expr_uses_feature(const struct expr *expr);

/* Inputs that exist in a browser but not on the server: 0, null or empty here. */
struct expr_view {
    double heatmap_density, line_progress, elevation;
    struct expr_value accumulated;
    const struct expr_members *feature_state; /* NULL: empty */
};

struct expr_env {
    double zoom;
    const struct style_feature *feature; /* NULL: none */
    const struct expr_names *names;      /* names of the feature's slots */
    struct arena *arena;                 /* for strings and arrays made during evaluation */
    const struct expr_members *state;    /* of ["global-state", name]; NULL: empty */
    const struct expr_items *images;     /* names of the existing images; NULL: unknown */
    const struct expr_view *view;        /* NULL: no such inputs */
    struct err *err;                     /* NULL: the message is not wanted */
};

/* False: an evaluation error (the caller takes the property's default). */
bool expr_eval(const struct expr *expr, struct expr_env *env, struct expr_value *out);

/* Calls fn for the outputs of the topmost case, match, step or interpolate, in the order
 * of the JSON, and of those nested in them; an expression of another kind is its own only
 * output. fn returns false to stop. */
typedef bool expr_output_fn(void *arg, const struct expr *output);
bool expr_each_output(const struct expr *expr, expr_output_fn *fn, void *arg);

#endif
