/* expr_feature.c - operators that read the feature and the view. */
#include <string.h>

#include "styles/expr_node.h"

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

static struct expr_value from_style(const struct style_value *value)
{
    switch (value->kind) {
    case STYLE_BOOL:
        return expr_boolean(value->boolean);
    case STYLE_NUMBER:
        return expr_number(value->number);
    case STYLE_STRING:
        return expr_string(value->string);
    case STYLE_COLOR:
        return expr_color(
            (struct color){value->color.r, value->color.g, value->color.b, value->color.a});
    case STYLE_JSON:
        return *(const struct expr_value *)value->json;
    case STYLE_NULL:
        break;
    }
    return expr_null();
}

/* Finds a property whose name is only known now; NULL values count as missing. */
static bool find_property(struct expr_env *env, const char *name, struct expr_value *out)
{
    const struct style_feature *feature = env->feature;
    const char *here;
    struct style_value value;
    if (!feature)
        return false;
    if (feature->at) {
        for (size_t i = 0; feature->at(feature->ctx, i, &here, &value); i++)
            if (strcmp(here, name) == 0) {
                *out = from_style(&value);
                return true;
            }
        return false;
    }
    for (size_t i = 0; env->names && i < env->names->n; i++)
        if (strcmp(env->names->at[i], name) == 0 && feature->has(feature->ctx, (int)i)) {
            value = feature->get(feature->ctx, (int)i);
            *out = from_style(&value);
            return true;
        }
    return false;
}

bool expr_eval_get(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value name;
    if (expr->slot >= 0 && env->feature) {
        struct style_value value = env->feature->get(env->feature->ctx, expr->slot);
        *out = from_style(&value);
        return true;
    }
    if (!expr_eval(expr->args[0], env, &name))
        return false;
    if (!find_property(env, name.string, out))
        *out = expr_null();
    return true;
}

bool expr_eval_has(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value name, value;
    if (expr->slot >= 0 && env->feature)
        return give_boolean(out, env->feature->has(env->feature->ctx, expr->slot));
    return expr_eval(expr->args[0], env, &name) &&
           give_boolean(out, find_property(env, name.string, &value));
}

bool expr_eval_get_from(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value name, object;
    if (!expr_eval(expr->args[0], env, &name) || !expr_eval(expr->args[1], env, &object))
        return false;
    const struct expr_value *found = expr_member_find(object.object, name.string);
    *out = found ? *found : expr_null();
    return true;
}

bool expr_eval_has_in(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value name, object;
    return expr_eval(expr->args[0], env, &name) && expr_eval(expr->args[1], env, &object) &&
           give_boolean(out, expr_member_find(object.object, name.string) != NULL);
}

/* All properties if the feature can list them, else those the style reads. */
bool expr_eval_properties(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    const struct style_feature *feature = env->feature;
    struct expr_members *members = arena_alloc(env->arena, sizeof *members);
    const char *name;
    struct style_value value;
    size_t room = env->names ? env->names->n : 0, n = 0;
    if (feature && feature->at)
        for (room = 0; feature->at(feature->ctx, room, &name, &value);)
            room++;
    struct expr_member *at = arena_array(env->arena, room, sizeof *at);
    if (!members || !at) {
        (void)expr;
        return err_no_memory(env->err);
    }
    for (size_t i = 0; feature && i < room; i++) {
        if (feature->at)
            feature->at(feature->ctx, i, &name, &value);
        else if (feature->has(feature->ctx, (int)i)) {
            name = env->names->at[i];
            value = feature->get(feature->ctx, (int)i);
        } else
            continue;
        at[n++] = (struct expr_member){name, from_style(&value)};
    }
    *members = (struct expr_members){n, at};
    *out = (struct expr_value){.kind = EXPR_OBJECT, .object = members};
    return true;
}

bool expr_eval_geometry_type(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    (void)expr;
    *out = expr_string(env->feature ? env->feature->geometry_type : NULL);
    return true;
}

bool expr_eval_id(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    (void)expr;
    *out = env->feature ? from_style(&env->feature->id) : expr_null();
    return true;
}

bool expr_eval_zoom(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    (void)expr;
    return give_number(out, env->zoom);
}

bool expr_eval_feature_state(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value name;
    if (!expr_eval(expr->args[0], env, &name))
        return false;
    const struct expr_members *state = env->view ? env->view->feature_state : NULL;
    const struct expr_value *found = state ? expr_member_find(state, name.string) : NULL;
    *out = found ? *found : expr_null();
    return true;
}

bool expr_eval_accumulated(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    (void)expr;
    *out = env->view ? env->view->accumulated : expr_null();
    return true;
}

bool expr_eval_heatmap_density(const struct expr *expr, struct expr_env *env,
                               struct expr_value *out)
{
    (void)expr;
    return give_number(out, env->view ? env->view->heatmap_density : 0);
}

bool expr_eval_line_progress(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    (void)expr;
    return give_number(out, env->view ? env->view->line_progress : 0);
}

bool expr_eval_elevation(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    (void)expr;
    return give_number(out, env->view ? env->view->elevation : 0);
}
