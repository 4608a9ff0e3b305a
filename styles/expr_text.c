/* expr_text.c - operators on texts: joining, splitting, case. */
#include <string.h>

#include "styles/expr_node.h"
#include "styles/locale.h"

bool expr_take_text(const struct expr *expr, struct expr_env *env, struct buf *text,
                    struct expr_value *out)
{
    bool ok = false;
    if (buf_failed(text))
        err_no_memory(env->err);
    else if (text->len > EXPR_MAX_TEXT)
        expr_fail(expr, env, "el texto pasa de %d bytes", EXPR_MAX_TEXT);
    else {
        *out = expr_string(arena_strndup(env->arena, text->data ? text->data : "", text->len));
        ok = out->kind == EXPR_STRING || err_no_memory(env->err);
    }
    buf_free(text);
    return ok;
}

bool expr_eval_concat(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct buf text;
    buf_init(&text);
    for (size_t i = 0; i < expr->n_args && text.len <= EXPR_MAX_TEXT; i++) {
        struct expr_value part;
        if (!expr_eval(expr->args[i], env, &part)) {
            buf_free(&text);
            return false;
        }
        expr_put_text(&text, &part);
    }
    return expr_take_text(expr, env, &text, out);
}

static bool change_case(const struct expr *expr, struct expr_env *env,
                        char *(*change)(struct arena *, const char *), struct expr_value *out)
{
    struct expr_value text;
    if (!expr_eval(expr->args[0], env, &text))
        return false;
    *out = expr_string(change(env->arena, text.string));
    return out->kind == EXPR_STRING || err_no_memory(env->err);
}

bool expr_eval_upcase(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    return change_case(expr, env, locale_upper, out);
}

bool expr_eval_downcase(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    return change_case(expr, env, locale_lower, out);
}

/* Length of the next part of text before `mark`; if mark is empty, of one character. */
static size_t part_len(const char *text, const char *mark, bool *last)
{
    if (!*mark) {
        size_t len = 1;
        while (((unsigned char)text[len] & 0xC0) == 0x80)
            len++;
        *last = !text[0] || !text[len];
        return text[0] ? len : 0;
    }
    const char *found = strstr(text, mark);
    *last = !found;
    return found ? (size_t)(found - text) : strlen(text);
}

bool expr_eval_split(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value text, mark;
    if (!expr_eval(expr->args[0], env, &text) || !expr_eval(expr->args[1], env, &mark))
        return false;
    size_t n = 1, step = strlen(mark.string);
    bool last;
    for (const char *at = text.string;; n++) {
        at += part_len(at, mark.string, &last) + step;
        if (last)
            break;
    }
    if (!step && !text.string[0])
        n = 0;
    struct expr_items *items = arena_alloc(env->arena, sizeof *items);
    struct expr_value *parts = arena_array(env->arena, n, sizeof *parts);
    if (!items || !parts)
        return err_no_memory(env->err);
    const char *at = text.string;
    for (size_t i = 0; i < n; i++) {
        size_t len = part_len(at, mark.string, &last);
        parts[i] = expr_string(arena_strndup(env->arena, at, len));
        if (parts[i].kind != EXPR_STRING)
            return err_no_memory(env->err);
        at += len + step;
    }
    *items = (struct expr_items){n, parts};
    *out = (struct expr_value){.kind = EXPR_ARRAY, .array = items};
    return true;
}

bool expr_eval_join(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value list, mark;
    if (!expr_eval(expr->args[0], env, &list) || !expr_eval(expr->args[1], env, &mark))
        return false;
    struct buf text;
    buf_init(&text);
    for (size_t i = 0; i < list.array->n && text.len <= EXPR_MAX_TEXT; i++) {
        buf_puts(&text, i ? mark.string : "");
        expr_put_text(&text, &list.array->at[i]);
    }
    return expr_take_text(expr, env, &text, out);
}
