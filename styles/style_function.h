/* style_function.h - internal to styles/: converts values of the specification's old syntax
 * to expressions: functions ({"stops": …}) and tokens ("{nombre}").
 *
 * Owns:    nothing; results live in the arena.
 * Errors:  false: it is not a function, or memory is short.
 */
#ifndef STYLES_STYLE_FUNCTION_H
#define STYLES_STYLE_FUNCTION_H

#include "styles/expr_value.h"

/* The property's traits on which the meaning of a function depends. */
struct style_function_spec {
    enum expr_kind kind; /* of the property */
    const char *item;    /* "number", "string": of an array; NULL: any */
    double length;       /* of an array; 0: any */
    bool interpolated;   /* a function without "type" is "exponential", else "interval" */
    bool tokens;         /* texts may contain {property} */
    const struct expr_items *words; /* of an enumeration; NULL: none */
    struct expr_value fallback;     /* the property's default */
};

bool style_function_convert(struct arena *arena, const struct expr_value *json,
                            const struct style_function_spec *spec, struct expr_value *out);
/* "de {a}" -> ["concat", "de ", ["get", "a"]]; a text without tokens stays. */
bool style_tokens_convert(struct arena *arena, const char *text, struct expr_value *out);

#endif
