/* expr_ops.c - every operator, one row each. A new one is a new row. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "styles/expr_node.h"

#define NUMBER &expr_type_number
#define STRING &expr_type_string
#define BOOLEAN &expr_type_boolean
#define COLOR &expr_type_color
#define OBJECT &expr_type_object
#define VALUE &expr_type_value

#define FORM(word, parser, evaluator)                    \
    {                                                    \
        .name = word, .eval = evaluator, .parse = parser \
    }
#define FUNCTION(word, result, evaluator, n, ...)                                                 \
    {                                                                                             \
        .name = word, .eval = evaluator, .type = result, .n_params = n, .params = { __VA_ARGS__ } \
    }
#define READS(word, result, evaluator, what, n, ...)                                             \
    {                                                                                            \
        .name = word, .eval = evaluator, .type = result, .n_params = n, .params = {__VA_ARGS__}, \
        .flags = what                                                                            \
    }
#define MATH(word, function)                                                                     \
    {                                                                                            \
        .name = word, .eval = expr_eval_math, .type = NUMBER, .n_params = 1, .params = {NUMBER}, \
        .math = function                                                                         \
    }

static const struct expr_type rgba_type = {EXPR_ARRAY, &expr_type_number, 4};
static const struct expr_type strings_type = {EXPR_ARRAY, &expr_type_string, EXPR_ANY_LENGTH};

static double log10_of(double x)
{
    return log(x) / M_LN10;
}

static double log2_of(double x)
{
    return log(x) / M_LN2;
}

/* Rows with the same name are adjacent; they differ in the number of arguments. */
static const struct expr_op ops[] = {
    /* Types */
    FORM("literal", expr_parse_literal, expr_eval_literal),
    FORM("semiliteral", expr_parse_semiliteral, NULL),
    FORM("array", expr_parse_assertion, expr_eval_assertion),
    FORM("boolean", expr_parse_assertion, expr_eval_assertion),
    FORM("number", expr_parse_assertion, expr_eval_assertion),
    FORM("object", expr_parse_assertion, expr_eval_assertion),
    FORM("string", expr_parse_assertion, expr_eval_assertion),
    FORM("to-boolean", expr_parse_coercion, expr_eval_coercion),
    FORM("to-color", expr_parse_coercion, expr_eval_coercion),
    FORM("to-number", expr_parse_coercion, expr_eval_coercion),
    FORM("to-string", expr_parse_coercion, expr_eval_coercion),
    FUNCTION("typeof", STRING, expr_eval_typeof, 1, VALUE),
    /* Feature and view */
    READS("get", VALUE, expr_eval_get, EXPR_FEATURE, 1, STRING),
    FUNCTION("get", VALUE, expr_eval_get_from, 2, STRING, OBJECT),
    READS("has", BOOLEAN, expr_eval_has, EXPR_FEATURE, 1, STRING),
    FUNCTION("has", BOOLEAN, expr_eval_has_in, 2, STRING, OBJECT),
    READS("properties", OBJECT, expr_eval_properties, EXPR_FEATURE, 0, NULL),
    READS("geometry-type", STRING, expr_eval_geometry_type, EXPR_FEATURE, 0, NULL),
    READS("id", VALUE, expr_eval_id, EXPR_FEATURE, 0, NULL),
    READS("feature-state", VALUE, expr_eval_feature_state, EXPR_FEATURE | EXPR_STATE, 1, STRING),
    FORM("global-state", expr_parse_state, NULL),
    READS("zoom", NUMBER, expr_eval_zoom, EXPR_ZOOM, 0, NULL),
    READS("heatmap-density", NUMBER, expr_eval_heatmap_density, EXPR_VOLATILE, 0, NULL),
    READS("line-progress", NUMBER, expr_eval_line_progress, EXPR_VOLATILE, 0, NULL),
    READS("elevation", NUMBER, expr_eval_elevation, EXPR_VOLATILE, 0, NULL),
    READS("accumulated", VALUE, expr_eval_accumulated, EXPR_VOLATILE, 0, NULL),
    /* Not possible in a picture drawn as a whole: refused with their name */
    FORM("within", expr_parse_refused, NULL),
    FORM("distance", expr_parse_refused, NULL),
    /* Decisions and curves */
    FORM("case", expr_parse_case, expr_eval_case),
    FORM("match", expr_parse_match, expr_eval_match),
    FORM("coalesce", expr_parse_coalesce, expr_eval_coalesce),
    FORM("step", expr_parse_step, expr_eval_step),
    FORM("interpolate", expr_parse_interpolate, expr_eval_interpolate),
    FORM("interpolate-hcl", expr_parse_interpolate, expr_eval_interpolate),
    FORM("interpolate-lab", expr_parse_interpolate, expr_eval_interpolate),
    FORM("let", expr_parse_let, expr_eval_let),
    FORM("var", expr_parse_var, NULL),
    FORM("==", expr_parse_compare, NULL),
    FORM("!=", expr_parse_compare, NULL),
    FORM("<", expr_parse_compare, NULL),
    FORM(">", expr_parse_compare, NULL),
    FORM("<=", expr_parse_compare, NULL),
    FORM(">=", expr_parse_compare, NULL),
    FUNCTION("all", BOOLEAN, expr_eval_all, EXPR_VARIADIC, BOOLEAN),
    FUNCTION("any", BOOLEAN, expr_eval_any, EXPR_VARIADIC, BOOLEAN),
    FUNCTION("!", BOOLEAN, expr_eval_not, 1, BOOLEAN),
    READS("error", &expr_type_error, expr_eval_error, EXPR_VOLATILE, 1, STRING),
    READS("is-supported-script", BOOLEAN, expr_eval_true, EXPR_VOLATILE, 1, STRING),
    /* Filters of the old syntax (style_filter.c): different types are no error */
    FUNCTION("filter-==", BOOLEAN, expr_eval_filter_compare, 2, VALUE, VALUE),
    FUNCTION("filter-<", BOOLEAN, expr_eval_filter_compare, 2, VALUE, VALUE),
    FUNCTION("filter-<=", BOOLEAN, expr_eval_filter_compare, 2, VALUE, VALUE),
    FUNCTION("filter->", BOOLEAN, expr_eval_filter_compare, 2, VALUE, VALUE),
    FUNCTION("filter->=", BOOLEAN, expr_eval_filter_compare, 2, VALUE, VALUE),
    /* Numbers */
    FUNCTION("+", NUMBER, expr_eval_add, EXPR_VARIADIC, NUMBER),
    FUNCTION("*", NUMBER, expr_eval_multiply, EXPR_VARIADIC, NUMBER),
    FUNCTION("-", NUMBER, expr_eval_subtract, 2, NUMBER, NUMBER),
    FUNCTION("-", NUMBER, expr_eval_negate, 1, NUMBER),
    FUNCTION("/", NUMBER, expr_eval_divide, 2, NUMBER, NUMBER),
    FUNCTION("%", NUMBER, expr_eval_remainder, 2, NUMBER, NUMBER),
    FUNCTION("^", NUMBER, expr_eval_power, 2, NUMBER, NUMBER),
    FUNCTION("min", NUMBER, expr_eval_min, EXPR_VARIADIC, NUMBER),
    FUNCTION("max", NUMBER, expr_eval_max, EXPR_VARIADIC, NUMBER),
    FUNCTION("ln2", NUMBER, expr_eval_ln2, 0, NULL),
    FUNCTION("pi", NUMBER, expr_eval_pi, 0, NULL),
    FUNCTION("e", NUMBER, expr_eval_e, 0, NULL),
    MATH("sqrt", sqrt),
    MATH("log10", log10_of),
    MATH("ln", log),
    MATH("log2", log2_of),
    MATH("sin", sin),
    MATH("cos", cos),
    MATH("tan", tan),
    MATH("asin", asin),
    MATH("acos", acos),
    MATH("atan", atan),
    MATH("abs", fabs),
    MATH("round", round), /* halves away from zero, as the specification says */
    MATH("floor", floor),
    MATH("ceil", ceil),
    /* Colours */
    FUNCTION("rgb", COLOR, expr_eval_rgba, 3, NUMBER, NUMBER, NUMBER),
    FUNCTION("rgba", COLOR, expr_eval_rgba, 4, NUMBER, NUMBER, NUMBER, NUMBER),
    FUNCTION("to-rgba", &rgba_type, expr_eval_to_rgba, 1, COLOR),
    /* Lists and texts */
    FORM("at", expr_parse_at, NULL),
    FORM("in", expr_parse_in, NULL),
    FORM("index-of", expr_parse_index_of, NULL),
    FORM("slice", expr_parse_slice, NULL),
    FORM("length", expr_parse_length, NULL),
    FUNCTION("concat", STRING, expr_eval_concat, EXPR_VARIADIC, VALUE),
    FUNCTION("upcase", STRING, expr_eval_upcase, 1, STRING),
    FUNCTION("downcase", STRING, expr_eval_downcase, 1, STRING),
    FORM("number-format", expr_parse_number_format, NULL),
    FORM("format", expr_parse_format, NULL),
    FORM("image", expr_parse_image, NULL),
    FORM("collator", expr_parse_collator, NULL),
    FUNCTION("resolved-locale", STRING, expr_eval_resolved_locale, 1, &expr_type_collator),
    FUNCTION("split", &strings_type, expr_eval_split, 2, STRING, STRING),
    FUNCTION("join", STRING, expr_eval_join, 2, &strings_type, STRING),
};

const struct expr_op *expr_op_find(const char *name, int n_args)
{
    const size_t n = sizeof ops / sizeof *ops;
    const struct expr_op *first = NULL;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(ops[i].name, name) != 0)
            continue;
        if (!first)
            first = &ops[i];
        if (n_args < 0 || ops[i].parse || ops[i].n_params == EXPR_VARIADIC ||
            ops[i].n_params == n_args)
            return &ops[i];
    }
    return first;
}
