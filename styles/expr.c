/* expr.c - parses and type-checks expressions.
 *
 * The rules are those of the reference implementation's ParsingContext.
 */
#include "styles/expr.h"

#include <string.h>

#include "styles/expr_node.h"
#include "styles/json.h"

/* Parsing ---------------------------------------------------------------- */

/* Adapts an expression to the type expected. Where a string, number, boolean, object or
 * array is expected, a value is asserted. Where a colour, image, formatted text or one of
 * the types of properties is expected, a value or string is converted. All else must fit. */
static struct expr *meet_expected(struct expr_parser *parser, struct expr *expr,
                                  enum expr_annotation annotation)
{
    const struct expr_type *expected = parser->expected, *actual = expr->type;
    bool asserts = false, coerces = false;
    switch (expected->kind) {
    case EXPR_STRING:
    case EXPR_NUMBER:
    case EXPR_BOOLEAN:
    case EXPR_OBJECT:
    case EXPR_ARRAY:
        asserts = actual->kind == EXPR_VALUE;
        break;
    case EXPR_COLOR:
    case EXPR_FORMATTED:
    case EXPR_IMAGE:
        coerces = actual->kind == EXPR_VALUE || actual->kind == EXPR_STRING;
        break;
    default:
        coerces = expr_special_takes(expected->kind, actual->kind);
        break;
    }
    if (asserts || coerces) {
        if (annotation == EXPR_OMIT)
            return expr;
        if (annotation == EXPR_COERCE || coerces)
            return expr_coercion(parser, expr, expected);
        return expr_assertion(parser, expr, expected);
    }
    if (!expr_type_fits(expected, actual))
        return expr_refuse(parser, "se esperaba %s, y es %s",
                           expr_parser_type_name(parser, expected),
                           expr_parser_type_name(parser, actual));
    return expr;
}

/* Evaluates a constant expression at parse time; its error is a parse error. */
static struct expr *fold(struct expr_parser *parser, struct expr *expr)
{
    if (expr->eval == expr_eval_literal || expr->flags || expr->type->kind == EXPR_IMAGE)
        return expr;
    struct expr_env env = {.arena = parser->arena, .err = parser->err};
    struct expr_value value;
    if (!expr_eval(expr, &env, &value))
        return NULL;
    return expr_literal(parser, expr->type, &value);
}

/* Parses an ordinary function, and checks each argument against its parameter. */
static struct expr *parse_function(struct expr_parser *parser, const struct expr_items *items)
{
    const struct expr_op *op = parser->op;
    size_t n_args = items->n - 1;
    if (op->n_params != EXPR_VARIADIC && (size_t)op->n_params != n_args)
        return expr_refuse(parser, "«%s» necesita %d argumento%s y tiene %zu", op->name,
                           op->n_params, op->n_params == 1 ? "" : "s", n_args);
    struct expr *expr = expr_node(parser, op->eval, op->type, n_args);
    if (!expr)
        return NULL;
    for (size_t i = 0; i < n_args; i++) {
        const struct expr_type *param = op->params[op->n_params == EXPR_VARIADIC ? 0 : i];
        expr->args[i] = expr_parse_item(parser, items, i + 1, param);
        if (!expr->args[i])
            return NULL;
    }
    return expr_seal(parser, expr);
}

/* Sets the slot of a property whose name is a literal. */
static bool bind_slot(struct expr_parser *parser, struct expr *expr)
{
    bool reads = expr->eval == expr_eval_get || expr->eval == expr_eval_has;
    if (!reads || expr->args[0]->eval != expr_eval_literal || !parser->names)
        return true;
    struct expr_names *names = parser->names;
    const char *name = expr->args[0]->literal.string;
    size_t i = 0;
    while (i < names->n && strcmp(names->at[i], name) != 0)
        i++;
    if (i == names->room) {
        size_t room = names->room ? names->room * 2 : 8;
        const char **at = arena_array(parser->arena, room, sizeof *at);
        if (!at)
            return err_no_memory(parser->err);
        for (size_t k = 0; k < names->n; k++)
            at[k] = names->at[k];
        names->at = at;
        names->room = room;
    }
    if (i == names->n)
        names->at[names->n++] = name;
    expr->slot = (int)i;
    return true;
}

static struct expr *parse_array(struct expr_parser *parser, const struct expr_items *items)
{
    if (items->n == 0)
        return expr_refuse(parser, "la lista está vacía; una lista de valores se escribe "
                                   "[\"literal\", []]");
    if (items->at[0].kind != EXPR_STRING)
        return expr_refuse_item(parser, 0,
                                "el nombre de la operación debe ser un texto; una "
                                "lista de valores se escribe [\"literal\", […]]");
    const char *name = items->at[0].string;
    parser->op = expr_op_find(name, (int)(items->n - 1));
    if (!parser->op)
        return expr_refuse_item(parser, 0,
                                "no hay una operación «%s»; una lista de valores se "
                                "escribe [\"literal\", […]]",
                                name);
    struct expr *expr =
        parser->op->parse ? parser->op->parse(parser, items) : parse_function(parser, items);
    if (expr && !bind_slot(parser, expr))
        return NULL;
    return expr;
}

static struct expr *parse(struct expr_parser *parser, const struct expr_value *json,
                          enum expr_annotation annotation)
{
    if (parser->depth > STYLES_JSON_DEPTH)
        return expr_refuse(parser, "la expresión tiene más de %d niveles", STYLES_JSON_DEPTH);
    struct expr *expr;
    if (json->kind == EXPR_OBJECT)
        return expr_refuse(parser, "un objeto se escribe [\"literal\", {…}]");
    if (json->kind == EXPR_ARRAY)
        expr = parse_array(parser, json->array);
    else {
        const struct expr_type *type = expr_type_of(parser->arena, json);
        expr = type ? expr_literal(parser, type, json) : expr_refuse_memory(parser);
    }
    if (expr && parser->expected)
        expr = meet_expected(parser, expr, annotation);
    return expr ? fold(parser, expr) : NULL;
}

/* Whole expressions -------------------------------------------------------- */

struct expr *expr_parse(struct arena *arena, const struct expr_value *json,
                        const struct expr_path *path, const struct expr_wants *wants,
                        struct expr_names *names, struct err *err)
{
    struct expr_parser parser = {.parse = parse,
                                 .arena = arena,
                                 .err = err,
                                 .names = names,
                                 .path = path,
                                 .expected = wants->type};
    struct expr *expr = parse(&parser, json, wants->to_string ? EXPR_COERCE : EXPR_ANNOTATE);
    return expr && expr_check_uses(expr, path, wants, err) ? expr : NULL;
}

bool expr_is_expression(const struct expr_value *json)
{
    return json->kind == EXPR_ARRAY && json->array->n > 0 &&
           json->array->at[0].kind == EXPR_STRING &&
           expr_op_find(json->array->at[0].string, -1) != NULL;
}
