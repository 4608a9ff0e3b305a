/* expr_curves.c - step and interpolate: outputs at stops of a number. */
#include <math.h>
#include <string.h>

#include "styles/expr_node.h"

enum curve { CURVE_EXPONENTIAL, CURVE_BEZIER };

struct interpolation {
    enum curve curve;
    double base;       /* exponential; linear is base 1 */
    double control[4]; /* cubic Bézier: x1, y1, x2, y2 */
    enum color_space space;
};

static const struct expr_type *wanted_output(const struct expr_parser *parser)
{
    const struct expr_type *expected = parser->expected;
    return expected && expected->kind != EXPR_VALUE ? expected : NULL;
}

/* Parses stops and outputs, alternating, from item `first` on, into args[1]… */
static bool parse_stops(struct expr_parser *parser, const struct expr_items *items, size_t first,
                        double *stops, struct expr *expr, const struct expr_type *output)
{
    const char *name = parser->op->name;
    for (size_t i = first, k = 0; i + 1 < items->n; i += 2, k++) {
        const struct expr_value *stop = &items->at[i];
        /* The first output of step has no stop: item `first` is its input. */
        bool open = expr->eval == expr_eval_step && k == 0;
        if (!open && stop->kind != EXPR_NUMBER)
            return expr_refuse_item(parser, i,
                                    "las entradas de «%s» deben ser números escritos "
                                    "como tales",
                                    name);
        stops[k] = open ? -INFINITY : stop->number;
        if (k && stops[k - 1] >= stops[k])
            return expr_refuse_item(parser, i, "las entradas de «%s» deben ir de menor a mayor",
                                    name);
        struct expr *arg = expr_parse_item(parser, items, i + 1, output);
        if (!arg)
            return false;
        expr->args[k + 1] = arg;
        output = output ? output : arg->type;
    }
    expr->type = output;
    return true;
}

/* Index of the last stop at or below x; false for NaN. */
static bool find_stop(const struct expr *expr, struct expr_env *env, double x, size_t *index)
{
    if (isnan(x))
        return expr_fail(expr, env, "la entrada no es un número");
    size_t low = 0, high = expr->n_args - 1;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (expr->stops[middle] <= x)
            low = middle;
        else
            high = middle;
    }
    *index = low;
    return true;
}

struct expr *expr_parse_step(struct expr_parser *parser, const struct expr_items *items)
{
    if (items->n < 5)
        return expr_refuse_count(parser, "al menos 4 argumentos", items);
    if (items->n % 2 == 0)
        return expr_refuse_count(parser, "un número par de argumentos", items);
    size_t n_stops = (items->n - 1) / 2;
    struct expr *expr = expr_node(parser, expr_eval_step, NULL, n_stops + 1);
    double *stops = arena_array(parser->arena, n_stops, sizeof *stops);
    if (!expr || !stops)
        return expr_refuse_memory(parser);
    expr->stops = stops;
    expr->args[0] = expr_parse_item(parser, items, 1, &expr_type_number);
    if (!expr->args[0])
        return NULL;
    if (!parse_stops(parser, items, 1, stops, expr, wanted_output(parser)))
        return NULL;
    return expr_seal(parser, expr);
}

bool expr_eval_step(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value input;
    size_t index = 0;
    return expr_eval(expr->args[0], env, &input) && find_stop(expr, env, input.number, &index) &&
           expr_eval(expr->args[index + 1], env, out);
}

/* Interpolation ------------------------------------------------------------ */

static bool read_interpolation(struct expr_parser *parser, const struct expr_value *json,
                               struct interpolation *out)
{
    if (json->kind != EXPR_ARRAY || json->array->n == 0)
        return expr_refuse_item(parser, 1,
                                "falta la interpolación: [\"linear\"], "
                                "[\"exponential\", base] o [\"cubic-bezier\", …]");
    const struct expr_items *items = json->array;
    const char *name = items->at[0].kind == EXPR_STRING ? items->at[0].string : "";
    *out = (struct interpolation){.base = 1};
    if (strcmp(name, "linear") == 0)
        return true;
    if (strcmp(name, "exponential") == 0) {
        if (items->n < 2 || items->at[1].kind != EXPR_NUMBER)
            return expr_refuse_item(parser, 1, "«exponential» necesita una base numérica");
        out->base = items->at[1].number;
        return true;
    }
    if (strcmp(name, "cubic-bezier") != 0)
        return expr_refuse_item(parser, 1, "no hay una interpolación «%s»", name);
    out->curve = CURVE_BEZIER;
    bool four = items->n == 5;
    for (size_t i = 0; four && i < 4; i++) {
        const struct expr_value *part = &items->at[i + 1];
        four = part->kind == EXPR_NUMBER && part->number >= 0 && part->number <= 1;
        out->control[i] = four ? part->number : 0;
    }
    return four || expr_refuse_item(parser, 1, "«cubic-bezier» necesita cuatro números de 0 a 1");
}

static bool interpolates(const struct expr_type *type)
{
    return type->kind == EXPR_NUMBER || type->kind == EXPR_COLOR ||
           (type->kind >= EXPR_PADDING && type->kind <= EXPR_PROJECTION) ||
           (type->kind == EXPR_ARRAY && type->item->kind == EXPR_NUMBER &&
            type->length != EXPR_ANY_LENGTH);
}

struct expr *expr_parse_interpolate(struct expr_parser *parser, const struct expr_items *items)
{
    struct interpolation *how = arena_alloc(parser->arena, sizeof *how);
    if (!how)
        return expr_refuse_memory(parser);
    if (!read_interpolation(parser, items->n > 1 ? &items->at[1] : &items->at[0], how))
        return NULL;
    if (items->n < 5)
        return expr_refuse_count(parser, "al menos 4 argumentos", items);
    if (items->n % 2 == 0)
        return expr_refuse_count(parser, "un número par de argumentos", items);
    const char *name = parser->op->name;
    how->space = name[sizeof "interpolate" - 1] == '\0'   ? COLOR_RGB
                 : name[sizeof "interpolate-" - 1] == 'h' ? COLOR_HCL
                                                          : COLOR_LAB;
    size_t n_stops = (items->n - 3) / 2;
    struct expr *expr = expr_node(parser, expr_eval_interpolate, NULL, n_stops + 1);
    double *stops = arena_array(parser->arena, n_stops, sizeof *stops);
    if (!expr || !stops)
        return expr_refuse_memory(parser);
    expr->data = how;
    expr->stops = stops;
    expr->args[0] = expr_parse_item(parser, items, 2, &expr_type_number);
    if (!expr->args[0])
        return NULL;
    const struct expr_type *output = wanted_output(parser);
    if (how->space != COLOR_RGB && output != &expr_type_colors)
        output = &expr_type_color;
    if (!parse_stops(parser, items, 3, stops, expr, output))
        return NULL;
    if (!interpolates(expr->type))
        return expr_refuse(parser, "%s no se puede interpolar",
                           expr_parser_type_name(parser, expr->type));
    return expr_seal(parser, expr);
}

/* y of a cubic Bézier from (0,0) to (1,1) at x: Newton, then bisection, as
 * @mapbox/unitbezier does it (to 1e-6). */
static double bezier(const double control[4], double x)
{
    const double epsilon = 1e-6;
    double cx = 3 * control[0], bx = 3 * (control[2] - control[0]) - cx, ax = 1 - cx - bx;
    double cy = 3 * control[1], by = 3 * (control[3] - control[1]) - cy, ay = 1 - cy - by;
    if (x <= 0 || x >= 1)
        return x <= 0 ? 0 : 1;
    double t = x;
    for (int i = 0; i < 8; i++) {
        double off = ((ax * t + bx) * t + cx) * t - x;
        double slope = (3 * ax * t + 2 * bx) * t + cx;
        if (fabs(off) < epsilon)
            return ((ay * t + by) * t + cy) * t;
        if (fabs(slope) < epsilon)
            break;
        t -= off / slope;
    }
    double low = 0, high = 1;
    t = x;
    for (int i = 0; i < 20; i++) {
        double here = ((ax * t + bx) * t + cx) * t;
        if (fabs(here - x) < epsilon)
            break;
        if (x > here)
            low = t;
        else
            high = t;
        t = (low + high) / 2;
    }
    return ((ay * t + by) * t + cy) * t;
}

/* Position of x between two stops, 0–1: f(x) = a·baseˣ + b through both. */
static double factor(const struct interpolation *how, double x, double lower, double upper)
{
    double span = upper - lower, progress = x - lower;
    if (span == 0)
        return 0;
    if (how->curve == CURVE_BEZIER)
        return bezier(how->control, progress / span);
    if (how->base == 1)
        return progress / span;
    return (pow(how->base, progress) - 1) / (pow(how->base, span) - 1);
}

bool expr_eval_interpolate(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    const struct interpolation *how = expr->data;
    size_t n_stops = expr->n_args - 1, index = 0;
    struct expr_value input, to;
    if (n_stops == 1)
        return expr_eval(expr->args[1], env, out);
    if (!expr_eval(expr->args[0], env, &input))
        return false;
    double x = input.number;
    if (x <= expr->stops[0])
        return expr_eval(expr->args[1], env, out);
    if (x >= expr->stops[n_stops - 1])
        return expr_eval(expr->args[n_stops], env, out);
    if (!find_stop(expr, env, x, &index))
        return false;
    double t = factor(how, x, expr->stops[index], expr->stops[index + 1]);
    if (!expr_eval(expr->args[index + 1], env, out) || !expr_eval(expr->args[index + 2], env, &to))
        return false;
    if (out->kind == EXPR_COLOR)
        *out = expr_color(color_mix(out->color, to.color, t, how->space));
    else if (out->kind == EXPR_NUMBER)
        *out = expr_number(out->number + t * (to.number - out->number));
    else {
        struct expr_value from = *out;
        return expr_special_mix(expr, env, &from, &to, t, how->space, out);
    }
    return true;
}
