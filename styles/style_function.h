/* style_function.h - inside styles/: values of the specification's old syntax,
 * written anew as expressions: functions ({"stops": …}) and tokens ("{nombre}").
 *
 * Owns:    nothing; what is made lives in the arena.
 * Errors:  false: it is no function, or memory is short.
 */
#ifndef STYLES_STYLE_FUNCTION_H
#define STYLES_STYLE_FUNCTION_H

#include "styles/expr_value.h"

/* What a function's meaning depends on beside itself. */
struct style_function_spec {
    enum expr_kind kind; /* of the property */
    const char *item;    /* "number", "string": of an array; NULL: any */
    double length;       /* of an array; 0: any */
    bool interpolated;   /* a function without "type" is "exponential", else "interval" */
    bool tokens;         /* texts may hold {property} */
    const struct expr_items *words; /* of an enumeration; NULL: none */
    struct expr_value fallback;     /* the property's default */
};

bool style_function_convert(struct arena *arena, const struct expr_value *json,
                            const struct style_function_spec *spec, struct expr_value *out);
/* "de {a}" -> ["concat", "de ", ["get", "a"]]; a text without tokens stays. */
bool style_tokens_convert(struct arena *arena, const char *text, struct expr_value *out);

#endif
