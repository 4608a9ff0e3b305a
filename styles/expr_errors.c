/* expr_errors.c - error messages with their path in the JSON. */
#include <stdarg.h>
#include <stdio.h>

#include "styles/expr_node.h"

/* "layers[3].paint.fill-color[2]"; "" for the root. NULL: memory. */
static const char *expr_path_text(struct arena *arena, const struct expr_path *path)
{
    if (!path)
        return "";
    const char *up = expr_path_text(arena, path->up);
    if (!up || !path->name)
        return up ? arena_printf(arena, "%s[%zu]", up, path->index) : NULL;
    return arena_printf(arena, "%s%s%s", up, up[0] ? "." : "", path->name);
}

static bool path_error(struct err *err, const struct expr_path *path, const char *format,
                       va_list args)
{
    if (!err)
        return false;
    char message[ERR_MESSAGE_MAX];
    vsnprintf(message, sizeof message, format, args);
    struct arena *arena = arena_new();
    const char *where = arena ? expr_path_text(arena, path) : NULL;
    if (!where)
        err_no_memory(err);
    else
        err_set(err, ERR_INPUT, "%s%s%s", where, where[0] ? ": " : "", message);
    arena_free(arena);
    return false;
}

bool expr_path_error(struct err *err, const struct expr_path *path, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    path_error(err, path, format, args);
    va_end(args);
    return false;
}

struct expr *expr_refuse(struct expr_parser *parser, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    path_error(parser->err, parser->path, format, args);
    va_end(args);
    return NULL;
}

struct expr *expr_refuse_item(struct expr_parser *parser, size_t i, const char *format, ...)
{
    struct expr_path path = {parser->path, NULL, i};
    va_list args;
    va_start(args, format);
    path_error(parser->err, &path, format, args);
    va_end(args);
    return NULL;
}

struct expr *expr_refuse_memory(struct expr_parser *parser)
{
    err_no_memory(parser->err);
    return NULL;
}

struct expr *expr_refuse_count(struct expr_parser *parser, const char *expected,
                               const struct expr_items *items)
{
    return expr_refuse(parser, "«%s» necesita %s y tiene %zu", parser->op->name, expected,
                       items->n - 1);
}

const char *expr_parser_type_name(struct expr_parser *parser, const struct expr_type *type)
{
    const char *name = expr_type_name(parser->arena, type);
    return name ? name : "?";
}

bool expr_fail(const struct expr *expr, struct expr_env *env, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    path_error(env->err, expr->path, format, args);
    va_end(args);
    return false;
}

const char *expr_kind_name(struct expr_env *env, const struct expr_value *value)
{
    const struct expr_type *type = env->err ? expr_type_of(env->arena, value) : NULL;
    const char *name = type ? expr_type_name(env->arena, type) : NULL;
    return name ? name : "?";
}
