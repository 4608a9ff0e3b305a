/* expr_functions.c - the ordinary functions: colours, numbers, logic. */
#include <math.h>
#include <string.h>

#include "styles/expr_node.h"

/* The i-th argument; the parser has ensured its type. */
static bool arg(const struct expr *expr, struct expr_env *env, size_t i, struct expr_value *out)
{
    return expr_eval(expr->args[i], env, out);
}

static bool number_arg(const struct expr *expr, struct expr_env *env, size_t i, double *out)
{
    struct expr_value value;
    if (!expr_eval(expr->args[i], env, &value))
        return false;
    *out = value.number;
    return true;
}

static bool give_number(struct expr_value *out, double number)
{
    *out = expr_number(number);
    return true;
}

static bool give_boolean(struct expr_value *out, bool boolean)
{
    *out = expr_boolean(boolean);
    return true;
}

/* Values without arguments ------------------------------------------------ */

bool expr_eval_true(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    (void)expr, (void)env;
    return give_boolean(out, true);
}

bool expr_eval_error(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    return arg(expr, env, 0, out) && expr_fail(expr, env, "%s", out->string);
}

bool expr_eval_typeof(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value value;
    if (!arg(expr, env, 0, &value))
        return false;
    const struct expr_type *type = expr_type_of(env->arena, &value);
    *out = expr_string(type ? expr_type_name(env->arena, type) : NULL);
    return out->kind == EXPR_STRING || err_no_memory(env->err);
}

/* Colours ---------------------------------------------------------------- */

bool expr_eval_rgba(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    double part[4] = {0, 0, 0, 1};
    for (size_t i = 0; i < expr->n_args; i++) {
        if (!number_arg(expr, env, i, &part[i]))
            return false;
        double max = i < 3 ? 255 : 1;
        if (!(part[i] >= 0 && part[i] <= max))
            return expr_fail(expr, env, "color: %g no está entre 0 y %g", part[i], max);
    }
    *out = expr_color((struct color){part[0] / 255, part[1] / 255, part[2] / 255, part[3]});
    return true;
}

/* The reference implementation stores colours multiplied by alpha. Dividing again changes
 * the last digit, which to-string shows; this reproduces it. */
static double channel(double straight, double alpha)
{
    return (alpha > 0 ? straight * alpha / alpha : straight) * 255;
}

bool expr_eval_to_rgba(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value color;
    if (!arg(expr, env, 0, &color))
        return false;
    struct expr_items *items = arena_alloc(env->arena, sizeof *items);
    struct expr_value *at = arena_array(env->arena, 4, sizeof *at);
    if (!items || !at)
        return err_no_memory(env->err);
    at[0] = expr_number(channel(color.color.r, color.color.a));
    at[1] = expr_number(channel(color.color.g, color.color.a));
    at[2] = expr_number(channel(color.color.b, color.color.a));
    at[3] = expr_number(color.color.a);
    *items = (struct expr_items){4, at};
    *out = (struct expr_value){.kind = EXPR_ARRAY, .array = items};
    return true;
}

/* Numbers ---------------------------------------------------------------- */

bool expr_eval_math(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    double x;
    return number_arg(expr, env, 0, &x) && give_number(out, expr->op->math(x));
}

bool expr_eval_add(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    double sum = 0, x;
    for (size_t i = 0; i < expr->n_args; i++) {
        if (!number_arg(expr, env, i, &x))
            return false;
        sum += x;
    }
    return give_number(out, sum);
}

bool expr_eval_multiply(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    double product = 1, x;
    for (size_t i = 0; i < expr->n_args; i++) {
        if (!number_arg(expr, env, i, &x))
            return false;
        product *= x;
    }
    return give_number(out, product);
}

static bool two_numbers(const struct expr *expr, struct expr_env *env, double *a, double *b)
{
    return number_arg(expr, env, 0, a) && number_arg(expr, env, 1, b);
}

bool expr_eval_subtract(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    double a, b;
    return two_numbers(expr, env, &a, &b) && give_number(out, a - b);
}

bool expr_eval_negate(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    double x;
    return number_arg(expr, env, 0, &x) && give_number(out, -x);
}

bool expr_eval_divide(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    double a, b;
    return two_numbers(expr, env, &a, &b) && give_number(out, a / b);
}

bool expr_eval_remainder(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    double a, b;
    return two_numbers(expr, env, &a, &b) && give_number(out, fmod(a, b));
}

/* JavaScript's power is NaN where IEEE's is 1: (±1)^±inf, 1^NaN. */
bool expr_eval_power(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    double a, b;
    if (!two_numbers(expr, env, &a, &b))
        return false;
    return give_number(out, fabs(a) == 1 && !isfinite(b) ? NAN : pow(a, b));
}

bool expr_eval_min(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    double min = INFINITY, x;
    for (size_t i = 0; i < expr->n_args; i++) {
        if (!number_arg(expr, env, i, &x))
            return false;
        min = isnan(x) || x < min ? x : min;
    }
    return give_number(out, min);
}

bool expr_eval_max(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    double max = -INFINITY, x;
    for (size_t i = 0; i < expr->n_args; i++) {
        if (!number_arg(expr, env, i, &x))
            return false;
        max = isnan(x) || x > max ? x : max;
    }
    return give_number(out, max);
}

bool expr_eval_ln2(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    (void)expr, (void)env;
    return give_number(out, M_LN2);
}

bool expr_eval_pi(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    (void)expr, (void)env;
    return give_number(out, M_PI);
}

bool expr_eval_e(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    (void)expr, (void)env;
    return give_number(out, M_E);
}

/* Logic ------------------------------------------------------------------ */

/* Evaluates until an argument has the decisive value. */
static bool decide(const struct expr *expr, struct expr_env *env, bool decisive,
                   struct expr_value *out)
{
    for (size_t i = 0; i < expr->n_args; i++) {
        if (!arg(expr, env, i, out))
            return false;
        if (out->boolean == decisive)
            return true;
    }
    return give_boolean(out, !decisive);
}

bool expr_eval_all(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    return decide(expr, env, false, out);
}

bool expr_eval_any(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    return decide(expr, env, true, out);
}

bool expr_eval_not(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    return arg(expr, env, 0, out) && give_boolean(out, !out->boolean);
}
