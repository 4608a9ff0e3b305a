/* expr_types.c - literals, assertions ("number", "array", …) and conversions. */
#include <math.h>
#include <string.h>

#include "styles/expr_node.h"

struct expr *expr_parse_literal(struct expr_parser *parser, const struct expr_items *items)
{
    if (items->n != 2)
        return expr_refuse_count(parser, "un argumento", items);
    const struct expr_type *type = expr_type_of(parser->arena, &items->at[1]);
    if (!type)
        return expr_refuse_memory(parser);
    /* [] has no items that determine its type: it takes the one expected. */
    const struct expr_type *expected = parser->expected;
    if (type->kind == EXPR_ARRAY && type->length == 0 && expected && expected->kind == EXPR_ARRAY &&
        expected->length <= 0)
        type = expected;
    return expr_literal(parser, type, &items->at[1]);
}

/* An array of expressions. */
static bool eval_semiliteral(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_items *items = arena_alloc(env->arena, sizeof *items);
    struct expr_value *at = arena_array(env->arena, expr->n_args, sizeof *at);
    if (!items || !at)
        return err_no_memory(env->err);
    for (size_t i = 0; i < expr->n_args; i++)
        if (!expr_eval(expr->args[i], env, &at[i]))
            return false;
    *items = (struct expr_items){expr->n_args, at};
    *out = (struct expr_value){.kind = EXPR_ARRAY, .array = items};
    return true;
}

struct expr *expr_parse_semiliteral(struct expr_parser *parser, const struct expr_items *items)
{
    if (items->n != 2)
        return expr_refuse_count(parser, "un argumento", items);
    if (items->at[1].kind != EXPR_ARRAY)
        return expr_parse_literal(parser, items);
    const struct expr_items *parts = items->at[1].array;
    struct expr *expr = expr_node(parser, eval_semiliteral, NULL, parts->n);
    if (!expr)
        return NULL;
    struct expr_parser below = *parser;
    below.path = &(struct expr_path){parser->path, NULL, 1};
    struct expr_path *path = arena_alloc(parser->arena, sizeof *path);
    if (!path)
        return expr_refuse_memory(parser);
    *path = *below.path;
    below.path = path;
    below.depth++;
    const struct expr_type *item = NULL;
    for (size_t i = 0; i < parts->n; i++) {
        expr->args[i] = expr_parse_item(&below, parts, i, &expr_type_value);
        if (!expr->args[i])
            return NULL;
        const struct expr_type *type = expr->args[i]->type;
        item = !item || item == type ? type : &expr_type_value;
    }
    expr->type =
        expr_type_array_of(parser->arena, item ? item : &expr_type_value, (double)parts->n);
    return expr->type ? expr_seal(parser, expr) : expr_refuse_memory(parser);
}

/* Parses the arguments from item `first` on, of any type. */
static struct expr *parse_values(struct expr_parser *parser, const struct expr_items *items,
                                 size_t first, expr_eval_fn *eval, const struct expr_type *type)
{
    struct expr *expr = expr_node(parser, eval, type, items->n - first);
    if (!expr)
        return NULL;
    for (size_t i = first; i < items->n; i++) {
        expr->args[i - first] = expr_parse_item(parser, items, i, &expr_type_value);
        if (!expr->args[i - first])
            return NULL;
    }
    return expr_seal(parser, expr);
}

static const struct expr_type *asserted_type(const char *name)
{
    static const struct {
        const char *name;
        const struct expr_type *type;
    } rows[] = {{"string", &expr_type_string},
                {"number", &expr_type_number},
                {"boolean", &expr_type_boolean},
                {"object", &expr_type_object}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].name, name) == 0)
            return rows[i].type;
    return NULL;
}

struct expr *expr_parse_assertion(struct expr_parser *parser, const struct expr_items *items)
{
    if (items->n < 2)
        return expr_refuse_count(parser, "al menos un argumento", items);
    const struct expr_type *type = asserted_type(parser->op->name);
    if (type)
        return parse_values(parser, items, 1, expr_eval_assertion, type);
    /* ["array", value] · ["array", type, value] · ["array", type, length, value] */
    const struct expr_type *item = &expr_type_value;
    double length = EXPR_ANY_LENGTH;
    size_t first = 1;
    if (items->n > 2) {
        const struct expr_value *name = &items->at[1];
        item = name->kind == EXPR_STRING ? asserted_type(name->string) : NULL;
        if (!item || item->kind == EXPR_OBJECT)
            return expr_refuse_item(parser, 1,
                                    "los elementos de «array» pueden ser string, "
                                    "number o boolean");
        first = 2;
    }
    if (items->n > 3) {
        const struct expr_value *n = &items->at[2];
        if (n->kind != EXPR_NULL &&
            (n->kind != EXPR_NUMBER || n->number < 0 || n->number != floor(n->number)))
            return expr_refuse_item(parser, 2, "el largo de «array» debe ser un entero desde 0");
        length = n->kind == EXPR_NUMBER ? n->number : EXPR_ANY_LENGTH;
        first = 3;
    }
    type = expr_type_array_of(parser->arena, item, length);
    if (!type)
        return expr_refuse_memory(parser);
    return parse_values(parser, items, first, expr_eval_assertion, type);
}

/* The first argument that has the type; an error is about the last one. */
bool expr_eval_assertion(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    for (size_t i = 0; i < expr->n_args; i++) {
        if (!expr_eval(expr->args[i], env, out))
            return false;
        if (expr->type->kind != EXPR_ARRAY) {
            if (out->kind == expr->type->kind)
                return true;
            continue;
        }
        const struct expr_type *type = expr_type_of(env->arena, out);
        if (!type)
            return err_no_memory(env->err);
        if (expr_type_fits(expr->type, type))
            return true;
    }
    const char *wanted = env->err ? expr_type_name(env->arena, expr->type) : "";
    return expr_fail(expr, env, "se esperaba un valor de clase %s, y es %s", wanted ? wanted : "?",
                     expr_kind_name(env, out));
}

struct expr *expr_parse_coercion(struct expr_parser *parser, const struct expr_items *items)
{
    const char *name = parser->op->name;
    const struct expr_type *type = strcmp(name, "to-boolean") == 0  ? &expr_type_boolean
                                   : strcmp(name, "to-color") == 0  ? &expr_type_color
                                   : strcmp(name, "to-number") == 0 ? &expr_type_number
                                                                    : &expr_type_string;
    if (items->n < 2)
        return expr_refuse_count(parser, "al menos un argumento", items);
    bool only_one = type == &expr_type_boolean || type == &expr_type_string;
    if (only_one && items->n != 2)
        return expr_refuse_count(parser, "un argumento", items);
    return parse_values(parser, items, 1, expr_eval_coercion, type);
}

/* A colour from three or four numbers, 0–255 and alpha 0–1, taken as multiplied by alpha
 * already, as in the reference implementation. */
static bool color_of_array(const struct expr_items *items, struct color *out)
{
    double part[4] = {0, 0, 0, 1};
    if (items->n < 3 || items->n > 4)
        return false;
    for (size_t i = 0; i < items->n; i++) {
        part[i] = items->at[i].kind == EXPR_NUMBER ? items->at[i].number : NAN;
        if (!(part[i] >= 0 && part[i] <= (i < 3 ? 255 : 1)))
            return false;
    }
    double whole = part[3] > 0 ? 255 * part[3] : INFINITY;
    *out = (struct color){part[0] / whole, part[1] / whole, part[2] / whole, part[3]};
    return true;
}

static bool to_color(const struct expr_value *value, struct expr_value *out)
{
    struct color color;
    if (value->kind == EXPR_COLOR)
        color = value->color;
    else if (value->kind == EXPR_STRING
                 ? !color_parse(value->string, &color)
                 : value->kind != EXPR_ARRAY || !color_of_array(value->array, &color))
        return false;
    *out = expr_color(color);
    return true;
}

static bool to_number(const struct expr_value *value, struct expr_value *out)
{
    *out = expr_number(expr_to_number(value));
    return !isnan(out->number);
}

static bool unreadable(const struct expr *expr, struct expr_env *env,
                       const struct expr_value *value)
{
    const char *text = env->err ? expr_to_text(env->arena, value) : NULL;
    const char *name = env->err ? expr_type_name(env->arena, expr->type) : NULL;
    return expr_fail(expr, env, "«%s» no se puede leer como %s", text ? text : "?",
                     expr->type->kind == EXPR_NUMBER ? "número"
                     : name                          ? name
                                                     : "?");
}

/* The first argument that can be converted to a colour or number. */
static bool first_converted(const struct expr *expr, struct expr_env *env,
                            bool (*convert)(const struct expr_value *, struct expr_value *),
                            struct expr_value *out)
{
    struct expr_value value = expr_null();
    for (size_t i = 0; i < expr->n_args; i++) {
        if (!expr_eval(expr->args[i], env, &value))
            return false;
        if (convert(&value, out))
            return true;
    }
    return unreadable(expr, env, &value);
}

static bool to_special(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value value;
    return expr_eval(expr->args[0], env, &value) &&
           (expr_special_read(expr->type->kind, &value, env->arena, out) ||
            unreadable(expr, env, &value));
}

static bool to_formatted(const struct expr_value *value, struct expr_env *env,
                         struct expr_value *out)
{
    if (value->kind == EXPR_FORMATTED) {
        *out = *value;
        return true;
    }
    struct expr_sections *sections = arena_alloc(env->arena, sizeof *sections);
    struct expr_section *section = arena_alloc(env->arena, sizeof *section);
    const char *text = expr_to_text(env->arena, value);
    if (!sections || !section || !text)
        return err_no_memory(env->err);
    section->text = text;
    *sections = (struct expr_sections){1, section};
    *out = (struct expr_value){.kind = EXPR_FORMATTED, .formatted = sections};
    return true;
}

static bool to_image(const struct expr_value *value, struct expr_env *env, struct expr_value *out)
{
    struct expr_image *image = arena_alloc(env->arena, sizeof *image);
    const char *text = expr_to_text(env->arena, value);
    if (!image || !text)
        return err_no_memory(env->err);
    image->name = text;
    *out = text[0] ? (struct expr_value){.kind = EXPR_IMAGE, .image = image} : expr_null();
    return true;
}

bool expr_eval_coercion(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value value;
    if (expr->type->kind == EXPR_COLOR)
        return first_converted(expr, env, to_color, out);
    if (expr->type->kind == EXPR_NUMBER)
        return first_converted(expr, env, to_number, out);
    if (expr->type->kind >= EXPR_PADDING && expr->type->kind <= EXPR_PROJECTION)
        return to_special(expr, env, out);
    if (!expr_eval(expr->args[0], env, &value))
        return false;
    if (expr->type->kind == EXPR_BOOLEAN) {
        *out = expr_boolean(expr_to_boolean(&value));
        return true;
    }
    if (expr->type->kind == EXPR_FORMATTED)
        return to_formatted(&value, env, out);
    if (expr->type->kind == EXPR_IMAGE)
        return to_image(&value, env, out);
    const char *text = expr_to_text(env->arena, &value);
    *out = expr_string(text);
    return text || err_no_memory(env->err);
}

/* An assertion or coercion that the parser puts around arg. */
static struct expr *annotate(struct expr_parser *parser, struct expr *arg, expr_eval_fn *eval,
                             const struct expr_type *type)
{
    struct expr *expr = expr_node(parser, eval, type, 1);
    if (!expr)
        return NULL;
    expr->op = NULL;
    expr->args[0] = arg;
    return expr_seal(parser, expr);
}

struct expr *expr_assertion(struct expr_parser *parser, struct expr *arg,
                            const struct expr_type *type)
{
    return annotate(parser, arg, expr_eval_assertion, type);
}

struct expr *expr_coercion(struct expr_parser *parser, struct expr *arg,
                           const struct expr_type *type)
{
    return annotate(parser, arg, expr_eval_coercion, type);
}
