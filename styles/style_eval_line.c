/* style_eval_line.c - evaluates expressions given as JSON lines, for `sigg style eval`. */
#include <string.h>

#include "styles/json.h"
#include "styles/style_function.h"
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
    const struct expr_members *state;
    const struct expr_items *words; /* of an enumeration; NULL: none */
    bool enumeration;
    struct expr_view view;
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
    request->enumeration = strcmp(name, "enum") == 0;
    if (request->enumeration)
        name = "string";
    request->type = expr_type_parse(request->arena, name);
    return request->type || err_set(err, ERR_INPUT, "type: no hay una clase «%s»", name);
}

/* Converts {"stops": …} to an expression. Its meaning also depends on "values", "default",
 * "interpolated" (true by default) and "tokens". */
static bool read_function(struct request *request, const struct expr_members *members,
                          struct err *err)
{
    const struct expr_value *fallback = expr_member_find(members, "default");
    const struct expr_value *smooth = expr_member_find(members, "interpolated");
    const struct expr_value *tokens = expr_member_find(members, "tokens");
    const struct expr_type *type = request->type;
    bool array = type && type->kind == EXPR_ARRAY;
    struct style_function_spec spec = {
        .kind = type ? type->kind : EXPR_VALUE,
        .item = array ? expr_type_name(request->arena, type->item) : NULL,
        .length = array && type->length > 0 ? type->length : 0,
        .interpolated = !smooth || smooth->kind != EXPR_BOOLEAN || smooth->boolean,
        .tokens = tokens && tokens->kind == EXPR_BOOLEAN && tokens->boolean,
        .words = request->words,
        .fallback = fallback ? *fallback : expr_null()};
    struct expr_value *made = arena_alloc(request->arena, sizeof *made);
    if (!made)
        return err_no_memory(err);
    if (!style_function_convert(request->arena, request->expression, &spec, made))
        return err_set(err, ERR_INPUT, "expression: no es una función");
    request->expression = made;
    return true;
}

static double number_in(const struct expr_members *members, const char *name)
{
    const struct expr_value *value = expr_member_find(members, name);
    return value && value->kind == EXPR_NUMBER ? value->number : 0;
}

static const struct expr_members *object_in(const struct expr_members *members, const char *name)
{
    const struct expr_value *value = expr_member_find(members, name);
    return value && value->kind == EXPR_OBJECT ? value->object : NULL;
}

static void read_view(struct request *request, const struct expr_members *members)
{
    const struct expr_value *accumulated = expr_member_find(members, "accumulated");
    request->view = (struct expr_view){
        .heatmap_density = number_in(members, "heatmapDensity"),
        .line_progress = number_in(members, "lineProgress"),
        .elevation = number_in(members, "elevation"),
        .accumulated = accumulated ? *accumulated : expr_null(),
        .feature_state = object_in(members, "featureState"),
    };
}

static bool read_request(struct request *request, const struct expr_value *json, struct err *err)
{
    if (json->kind != EXPR_OBJECT)
        return err_set(err, ERR_INPUT, "se esperaba un objeto JSON");
    request->expression = expr_member_find(json->object, "expression");
    if (!request->expression)
        return err_set(err, ERR_INPUT, "expression: falta");
    const struct expr_value *feature = expr_member_find(json->object, "feature");
    const struct expr_value *images = expr_member_find(json->object, "availableImages");
    const struct expr_value *values = expr_member_find(json->object, "values");
    if (values && values->kind == EXPR_ARRAY)
        request->words = values->array;
    request->state = object_in(json->object, "globalState");
    request->zoom = number_in(json->object, "zoom");
    read_view(request, json->object);
    if (images && images->kind == EXPR_ARRAY)
        request->images = images->array;
    if (feature && feature->kind == EXPR_OBJECT) {
        const struct expr_members *geometry = object_in(feature->object, "geometry");
        const struct expr_value *id = expr_member_find(feature->object, "id");
        request->properties = object_in(feature->object, "properties");
        if (geometry) {
            const struct expr_value *type = expr_member_find(geometry, "type");
            request->geometry_type = type && type->kind == EXPR_STRING ? type->string : NULL;
        }
        if (id)
            request->id = *id;
    }
    return read_type(request, expr_member_find(json->object, "type"), err) &&
           (request->expression->kind != EXPR_OBJECT || read_function(request, json->object, err));
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
                               .to_string = request.type == &expr_type_string && !request.words &&
                                            !request.enumeration,
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
                           .state = request.state,
                           .images = request.images,
                           .view = &request.view,
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
