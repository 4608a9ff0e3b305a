/* style_eval.c - expressions as JSON lines, for `sigg style eval`. */
#include <string.h>

#include "styles/json.h"
#include "styles/style_layer.h"

struct request {
    struct arena *arena;
    const struct expr_value *expression;
    const struct expr_members *properties; /* NULL: none */
    struct expr_value id;
    const char *geometry_type;
    double zoom;
    const struct expr_type *type;
    const struct expr_items *images;
};

static struct style_value to_style(const struct expr_value *value)
{
    return (struct style_value){.kind = STYLE_JSON, .json = value};
}

static bool property_at(const void *ctx, size_t i, const char **name, struct style_value *value)
{
    const struct request *request = ctx;
    if (!request->properties || i >= request->properties->n)
        return false;
    *name = request->properties->at[i].name;
    *value = to_style(&request->properties->at[i].value);
    return true;
}

static bool read_type(struct request *request, const struct expr_value *type, struct err *err)
{
    if (!type || type->kind == EXPR_NULL)
        return true;
    const char *name = type->kind == EXPR_STRING ? type->string : "";
    request->type = expr_type_parse(request->arena, name);
    return request->type || err_set(err, ERR_INPUT, "type: no hay una clase «%s»", name);
}

static bool read_request(struct request *request, const struct expr_value *json, struct err *err)
{
    if (json->kind != EXPR_OBJECT)
        return err_set(err, ERR_INPUT, "se esperaba un objeto JSON");
    request->expression = expr_member_find(json->object, "expression");
    if (!request->expression)
        return err_set(err, ERR_INPUT, "expression: falta");
    const struct expr_value *feature = expr_member_find(json->object, "feature");
    const struct expr_value *zoom = expr_member_find(json->object, "zoom");
    const struct expr_value *images = expr_member_find(json->object, "availableImages");
    if (zoom && zoom->kind == EXPR_NUMBER)
        request->zoom = zoom->number;
    if (images && images->kind == EXPR_ARRAY)
        request->images = images->array;
    if (feature && feature->kind == EXPR_OBJECT) {
        const struct expr_value *properties = expr_member_find(feature->object, "properties");
        const struct expr_value *geometry = expr_member_find(feature->object, "geometry");
        const struct expr_value *id = expr_member_find(feature->object, "id");
        if (properties && properties->kind == EXPR_OBJECT)
            request->properties = properties->object;
        if (geometry && geometry->kind == EXPR_OBJECT) {
            const struct expr_value *type = expr_member_find(geometry->object, "type");
            request->geometry_type = type && type->kind == EXPR_STRING ? type->string : NULL;
        }
        if (id)
            request->id = *id;
    }
    return read_type(request, expr_member_find(json->object, "type"), err);
}

static void put_error(struct buf *answer, const struct err *err, const char *when)
{
    buf_puts(answer, "{\"error\":");
    buf_put_json(answer, err->message);
    buf_printf(answer, ",\"when\":\"%s\"}", when);
}

void style_eval_line(const char *line, size_t len, struct buf *answer)
{
    struct request request = {.arena = arena_new(), .id = expr_null()};
    struct err err = {0};
    struct expr_value json, value;
    const char *when = "parse";
    if (!request.arena) {
        err_no_memory(&err);
        goto failed;
    }
    if (!styles_json_read(line, len, request.arena, &json, &err) ||
        !read_request(&request, &json, &err))
        goto failed;
    struct expr_wants wants = {.type = request.type,
                               .to_string = request.type == &expr_type_string,
                               .data = true,
                               .zoom = true,
                               .interpolate = true};
    struct expr *expr = expr_parse(request.arena, request.expression, NULL, &wants, NULL, &err);
    if (!expr)
        goto failed;
    struct style_feature feature = {.at = property_at,
                                    .ctx = &request,
                                    .id = to_style(&request.id),
                                    .geometry_type = request.geometry_type};
    struct expr_env env = {.zoom = request.zoom,
                           .feature = &feature,
                           .arena = request.arena,
                           .images = request.images,
                           .err = &err};
    when = "eval";
    if (!expr_eval(expr, &env, &value))
        goto failed;
    buf_puts(answer, "{\"value\":");
    expr_put_json(answer, &value);
    buf_putc(answer, '}');
    goto done;
failed:
    put_error(answer, &err, when);
done:
    arena_free(request.arena);
}
