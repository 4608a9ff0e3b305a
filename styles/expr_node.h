/* expr_node.h - internals of the expression engine: nodes, the parser, the operators.
 *
 * An operator is one row of a table (expr_ops.c). A row with `parse` NULL is an ordinary
 * function: its arguments are checked against `params`. Other rows have their own parser.
 * Only included by styles/expr*.c.
 */
#ifndef STYLES_EXPR_NODE_H
#define STYLES_EXPR_NODE_H

#include "styles/expr.h"

enum {
    EXPR_MAX_PARAMS = 4,
    EXPR_VARIADIC = -1,          /* any number of arguments of type params[0] */
    EXPR_MAX_TEXT = 1 << 20,     /* bytes of a string that an expression makes */
    EXPR_MAX_COST = 1000 * 1000, /* nodes visited by one evaluation */
};

enum {
    EXPR_FEATURE = 1,  /* reads the feature */
    EXPR_ZOOM = 2,     /* reads the zoom */
    EXPR_STATE = 8,    /* reads the feature's state in a browser */
    EXPR_VOLATILE = 4, /* never computed at parse time: error, image, collator */
};

typedef bool expr_eval_fn(const struct expr *expr, struct expr_env *env, struct expr_value *out);

struct expr_parser;
typedef struct expr *expr_parse_fn(struct expr_parser *parser, const struct expr_items *items);

struct expr_op {
    const char *name;
    expr_eval_fn *eval;
    const struct expr_type *type;
    int n_params;
    const struct expr_type *params[EXPR_MAX_PARAMS];
    unsigned flags;
    double (*math)(double); /* for expr_eval_math */
    expr_parse_fn *parse;
};

struct expr {
    expr_eval_fn *eval;
    const struct expr_op *op; /* NULL: a literal, an assertion or a coercion put in by the parser */
    const struct expr_type *type;
    const struct expr_path *path;
    struct expr **args;
    size_t n_args;
    unsigned flags;
    double cost;
    struct expr_value literal; /* of a literal, of which args is empty */
    const void *data;          /* data of the operator */
    const double *stops;       /* step, interpolate: one for each output */
    int slot;                  /* get, has with a literal name; else -1 */
};

struct expr_binding {
    const struct expr_binding *up;
    const char *name;
    struct expr *value;
};

enum expr_annotation { EXPR_ANNOTATE, EXPR_COERCE, EXPR_OMIT };

struct expr_parser {
    /* Parses any expression (expr.c): operators parse their arguments with it. */
    struct expr *(*parse)(struct expr_parser *parser, const struct expr_value *json,
                          enum expr_annotation annotation);
    struct arena *arena;
    struct err *err;
    struct expr_names *names;
    const struct expr_path *path;
    const struct expr_binding *scope;
    const struct expr_op *op;         /* operator being parsed */
    const struct expr_type *expected; /* NULL: nothing in particular */
    int depth;
};

/* Parsing ---------------------------------------------------------------- */

/* Parses the i-th item, expected to be of a type (NULL: any). NULL with *err. */
struct expr *expr_parse_item(struct expr_parser *parser, const struct expr_items *items, size_t i,
                             const struct expr_type *expected);
struct expr *expr_parse_item_as(struct expr_parser *parser, const struct expr_items *items,
                                size_t i, const struct expr_type *expected,
                                enum expr_annotation annotation);
/* Parses a member `name` of item i (options of format, collator, …). */
struct expr *expr_parse_member(struct expr_parser *parser, const struct expr_value *json, size_t i,
                               const char *name, const struct expr_type *expected);
/* A node with room for n_args; call expr_seal() when they are set. NULL with *err. */
struct expr *expr_node(struct expr_parser *parser, expr_eval_fn *eval, const struct expr_type *type,
                       size_t n_args);
/* Completes a node: computes from its arguments what it depends on, and its cost. */
struct expr *expr_seal(struct expr_parser *parser, struct expr *expr);
struct expr *expr_literal(struct expr_parser *parser, const struct expr_type *type,
                          const struct expr_value *value);
/* An assertion or a coercion around arg (expr_types.c). */
struct expr *expr_assertion(struct expr_parser *parser, struct expr *arg,
                            const struct expr_type *type);
struct expr *expr_coercion(struct expr_parser *parser, struct expr *arg,
                           const struct expr_type *type);
/* Set an error at the expression, or at its i-th item; return NULL. */
struct expr *expr_refuse(struct expr_parser *parser, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct expr *expr_refuse_item(struct expr_parser *parser, size_t i, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
struct expr *expr_refuse_memory(struct expr_parser *parser);
/* "Expected 2 arguments, but found 3". */
struct expr *expr_refuse_count(struct expr_parser *parser, const char *expected,
                               const struct expr_items *items);
const char *expr_parser_type_name(struct expr_parser *parser, const struct expr_type *type);

/* Checks that the expression depends only on what is allowed, and uses the zoom only as
 * the specification allows. */
bool expr_check_uses(const struct expr *expr, const struct expr_path *path,
                     const struct expr_wants *wants, struct err *err);

/* Options: an object whose members are expressions (format, collator, …). */
struct expr_option {
    const char *name;
    const struct expr_type *type;
};

/* Parses the options in item `item`, an object; missing ones are NULL. */
bool expr_parse_options(struct expr_parser *parser, const struct expr_value *json, size_t item,
                        const struct expr_option *options, size_t n, struct expr **out);
/* A node over n options, some of them NULL. */
struct expr *expr_node_with_options(struct expr_parser *parser, expr_eval_fn *eval,
                                    const struct expr_type *type, struct expr *const *at, size_t n);
size_t expr_option_count(const struct expr *expr);
/* Evaluates option i; null if it is not given. */
bool expr_option(const struct expr *expr, struct expr_env *env, size_t i, struct expr_value *out);

/* Evaluation ------------------------------------------------------------- */

bool expr_fail(const struct expr *expr, struct expr_env *env, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
const char *expr_kind_name(struct expr_env *env, const struct expr_value *value);
/* The bytes of text as a string of the arena; frees the buffer. */
bool expr_take_text(const struct expr *expr, struct expr_env *env, struct buf *text,
                    struct expr_value *out);

/* Types that only properties have (expr_special.c): whether a value of type `actual` can
 * be read as one, and interpolation between two values of a kind. */
bool expr_special_takes(enum expr_kind special, enum expr_kind actual);
bool expr_special_mix(const struct expr *expr, struct expr_env *env, const struct expr_value *from,
                      const struct expr_value *to, double t, enum color_space space,
                      struct expr_value *out);

/* Compares two strings by a collator's rules. */
bool expr_collate(const struct expr *expr, struct expr_env *env, const struct expr_value *collator,
                  const char *a, const char *b, int *order);

/* Operators -------------------------------------------------------------- */

/* The row with that name and number of arguments, or else the first with that name; n_args
 * -1: the first. */
const struct expr_op *expr_op_find(const char *name, int n_args);

expr_eval_fn expr_eval_literal, expr_eval_math, expr_eval_assertion, expr_eval_coercion;
expr_parse_fn expr_parse_literal, expr_parse_semiliteral, expr_parse_assertion, expr_parse_coercion,
    expr_parse_case, expr_parse_match, expr_parse_coalesce, expr_parse_step, expr_parse_interpolate,
    expr_parse_let, expr_parse_var, expr_parse_state, expr_parse_compare, expr_parse_at,
    expr_parse_in, expr_parse_index_of, expr_parse_slice, expr_parse_length,
    expr_parse_number_format, expr_parse_format, expr_parse_image, expr_parse_collator,
    expr_parse_refused;
expr_eval_fn expr_eval_case, expr_eval_match, expr_eval_coalesce, expr_eval_step,
    expr_eval_interpolate, expr_eval_let;
expr_eval_fn expr_eval_get, expr_eval_get_from, expr_eval_has, expr_eval_has_in,
    expr_eval_properties, expr_eval_geometry_type, expr_eval_id, expr_eval_zoom,
    expr_eval_feature_state, expr_eval_accumulated, expr_eval_heatmap_density,
    expr_eval_line_progress, expr_eval_elevation, expr_eval_error, expr_eval_typeof, expr_eval_rgba,
    expr_eval_to_rgba;
expr_eval_fn expr_eval_add, expr_eval_multiply, expr_eval_subtract, expr_eval_negate,
    expr_eval_divide, expr_eval_remainder, expr_eval_power, expr_eval_min, expr_eval_max,
    expr_eval_ln2, expr_eval_pi, expr_eval_e;
expr_eval_fn expr_eval_all, expr_eval_any, expr_eval_not, expr_eval_true;
expr_eval_fn expr_eval_concat, expr_eval_upcase, expr_eval_downcase, expr_eval_split,
    expr_eval_join, expr_eval_resolved_locale;
expr_eval_fn expr_eval_filter_compare;

#endif
