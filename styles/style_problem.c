/* style_problem.c - reports what is wrong in a style document, and where. */
#include <stdarg.h>
#include <stdio.h>

#include "styles/style_layer.h"

bool style_problem_err(struct style_reader *reader, const struct err *err)
{
    if (reader->n_problems++ == 0)
        reader->first = *err;
    if (reader->fn)
        reader->fn(reader->arg, err->message);
    return false;
}

bool style_problem(struct style_reader *reader, const struct expr_path *path, const char *format,
                   ...)
{
    char message[ERR_MESSAGE_MAX];
    struct err err = {0};
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    expr_path_error(&err, path, "%s", message);
    return style_problem_err(reader, &err);
}

const struct expr_path *style_path(struct style_reader *reader, const struct expr_path *path,
                                   const char *name, size_t index)
{
    struct expr_path *down = arena_alloc(reader->arena, sizeof *down);
    if (!down)
        return path;
    *down = (struct expr_path){path, name, index};
    return down;
}
