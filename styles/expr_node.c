/* expr_node.c - nodes of expressions: making, parsing and evaluating them one by one. */
#include "styles/expr_node.h"

struct expr *expr_node(struct expr_parser *parser, expr_eval_fn *eval, const struct expr_type *type,
                       size_t n_args)
{
    struct expr *expr = arena_alloc(parser->arena, sizeof *expr);
    struct expr **args = arena_array(parser->arena, n_args, sizeof(struct expr *));
    if (!expr || !args)
        return expr_refuse_memory(parser);
    expr->eval = eval;
    expr->op = parser->op;
    expr->type = type;
    expr->path = parser->path;
    expr->args = args;
    expr->n_args = n_args;
    expr->slot = -1;
    return expr;
}

struct expr *expr_seal(struct expr_parser *parser, struct expr *expr)
{
    expr->cost = 1;
    expr->flags |= expr->op ? expr->op->flags : 0;
    /* Not computed at parse time: the images are only known later, and collators depend on
     * the machine. */
    if (expr->type && (expr->type->kind == EXPR_IMAGE || expr->type->kind == EXPR_COLLATOR))
        expr->flags |= EXPR_VOLATILE;
    for (size_t i = 0; i < expr->n_args; i++) {
        expr->cost += expr->args[i]->cost;
        expr->flags |= expr->args[i]->flags;
    }
    if (expr->cost > EXPR_MAX_COST)
        return expr_refuse(parser, "la expresión es demasiado grande");
    return expr;
}

bool expr_eval_literal(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    (void)env;
    *out = expr->literal;
    return true;
}

struct expr *expr_literal(struct expr_parser *parser, const struct expr_type *type,
                          const struct expr_value *value)
{
    struct expr *expr = expr_node(parser, expr_eval_literal, type, 0);
    if (!expr)
        return NULL;
    expr->op = NULL;
    expr->literal = *value;
    return expr_seal(parser, expr);
}

static const struct expr_path *path_down(struct expr_parser *parser, const char *name, size_t i)
{
    struct expr_path *path = arena_alloc(parser->arena, sizeof *path);
    if (path)
        *path = (struct expr_path){parser->path, name, i};
    return path;
}

struct expr *expr_parse_item_as(struct expr_parser *parser, const struct expr_items *items,
                                size_t i, const struct expr_type *expected,
                                enum expr_annotation annotation)
{
    struct expr_parser below = *parser;
    below.depth++;
    below.expected = expected;
    below.path = path_down(parser, NULL, i);
    return below.path ? parser->parse(&below, &items->at[i], annotation)
                      : expr_refuse_memory(parser);
}

struct expr *expr_parse_item(struct expr_parser *parser, const struct expr_items *items, size_t i,
                             const struct expr_type *expected)
{
    return expr_parse_item_as(parser, items, i, expected, EXPR_ANNOTATE);
}

struct expr *expr_parse_member(struct expr_parser *parser, const struct expr_value *json, size_t i,
                               const char *name, const struct expr_type *expected)
{
    struct expr_parser below = *parser;
    below.depth++;
    below.expected = expected;
    below.path = path_down(parser, NULL, i);
    if (below.path)
        below.path = path_down(&below, name, 0);
    return below.path ? parser->parse(&below, json, EXPR_ANNOTATE) : expr_refuse_memory(parser);
}

bool expr_uses_feature(const struct expr *expr)
{
    return expr->flags & EXPR_FEATURE;
}

bool expr_eval(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    return expr->eval(expr, env, out);
}
