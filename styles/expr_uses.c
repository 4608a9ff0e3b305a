/* expr_uses.c - analyses a compiled expression: its use of the zoom, its outputs. */
#include "styles/expr_node.h"

enum zoom_use { ZOOM_NONE, ZOOM_CURVE, ZOOM_ELSEWHERE, ZOOM_TWICE };

static bool is_curve(const struct expr *expr)
{
    return expr->eval == expr_eval_step || expr->eval == expr_eval_interpolate;
}

/* "zoom" is only allowed as the input of one step or interpolate at the top, or within
 * "let" and "coalesce". *curve is that one. */
static enum zoom_use find_curve(const struct expr *expr, const struct expr **curve)
{
    const struct expr *own = NULL, *below = NULL;
    enum zoom_use use = ZOOM_NONE;
    if (!(expr->flags & EXPR_ZOOM))
        return ZOOM_NONE;
    if (is_curve(expr) && expr->args[0]->eval == expr_eval_zoom)
        own = expr;
    bool passes = expr->eval == expr_eval_let || expr->eval == expr_eval_coalesce;
    for (size_t i = 0; i < expr->n_args; i++) {
        enum zoom_use use_below = find_curve(expr->args[i], &below);
        if (use_below > ZOOM_CURVE)
            return use_below;
        if (use_below == ZOOM_NONE)
            continue;
        /* The curve of a let is that of its result, the last argument. */
        bool leads = passes && (expr->eval == expr_eval_coalesce || i + 1 == expr->n_args);
        if (!own && leads)
            own = below;
        else
            use = own && own != below ? ZOOM_TWICE : ZOOM_ELSEWHERE;
        if (use > ZOOM_CURVE)
            return use;
    }
    *curve = own;
    return own ? ZOOM_CURVE : ZOOM_NONE;
}

/* True if all outputs are literals: a browser loads fonts by name, and must know all
 * names. */
static bool outputs_written(const struct expr *expr)
{
    bool branches = expr->eval == expr_eval_case,
         chooses = is_curve(expr) || branches || expr->eval == expr_eval_match;
    bool passes = expr->eval == expr_eval_coalesce || expr->eval == expr_eval_assertion ||
                  expr->eval == expr_eval_coercion;
    if (expr->eval == expr_eval_let)
        return outputs_written(expr->args[expr->n_args - 1]);
    if (!chooses && !passes)
        return expr->eval == expr_eval_literal;
    for (size_t i = chooses && !branches ? 1 : 0; i < expr->n_args; i++) {
        bool test = branches && i % 2 == 0 && i + 1 < expr->n_args;
        if (!test && !outputs_written(expr->args[i]))
            return false;
    }
    return true;
}

bool expr_check_uses(const struct expr *expr, const struct expr_path *path,
                     const struct expr_wants *wants, struct err *err)
{
    if ((expr->flags & EXPR_FEATURE) && !wants->data)
        return expr_path_error(err, path, "este valor no puede depender de los datos");
    if ((expr->flags & EXPR_STATE) && wants->no_state)
        return expr_path_error(err, path, "«feature-state» solo vale en las propiedades de paint");
    if (wants->written && !outputs_written(expr))
        return expr_path_error(err, path, "los valores que puede dar deben estar escritos en ella");
    if (!(expr->flags & EXPR_ZOOM))
        return true;
    if (!wants->zoom)
        return expr_path_error(err, path, "este valor no puede depender de la escala («zoom»)");
    if (wants->zoom_anywhere)
        return true;
    const struct expr *curve = NULL;
    enum zoom_use use = find_curve(expr, &curve);
    if (use == ZOOM_TWICE)
        return expr_path_error(err, path, "«zoom» puede estar en un solo «step» o «interpolate»");
    if (use != ZOOM_CURVE)
        return expr_path_error(err, path,
                               "«zoom» solo puede ser la entrada de un «step» o "
                               "«interpolate» que esté arriba de todo");
    if (curve->eval == expr_eval_interpolate && !wants->interpolate)
        return expr_path_error(err, path, "este valor no admite «interpolate»");
    return true;
}

bool expr_each_output(const struct expr *expr, expr_output_fn *fn, void *arg)
{
    bool branches = expr->eval == expr_eval_case, curve = is_curve(expr);
    if ((expr->eval == expr_eval_coercion || expr->eval == expr_eval_assertion) &&
        expr->n_args == 1)
        return expr_each_output(expr->args[0], fn, arg);
    if (!branches && !curve && expr->eval != expr_eval_match)
        return fn(arg, expr);
    for (size_t i = branches ? 0 : 1; i < expr->n_args; i++) {
        bool test = branches && i % 2 == 0 && i + 1 < expr->n_args;
        if (!test && !expr_each_output(expr->args[i], fn, arg))
            return false;
    }
    return true;
}
