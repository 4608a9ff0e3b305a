/* fuzz_expr.c - any line of `sigg style eval`.
 * The answer is one JSON object, {"value": …} or {"error": …, "when": …}, and the same one
 * each time. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "styles/json.h"
#include "styles/style.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_answer(const struct expr_value *json)
{
    if (json->kind != EXPR_OBJECT)
        return false;
    if (expr_member_find(json->object, "value"))
        return json->object->n == 1;
    const struct expr_value *error = expr_member_find(json->object, "error");
    const struct expr_value *when = expr_member_find(json->object, "when");
    return error && error->kind == EXPR_STRING && error->string[0] && when &&
           when->kind == EXPR_STRING &&
           (strcmp(when->string, "parse") == 0 || strcmp(when->string, "eval") == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf answer, again;
    struct err err = {0};
    struct expr_value json;
    buf_init(&answer);
    buf_init(&again);
    style_eval_line((const char *)data, size, &answer);
    style_eval_line((const char *)data, size, &again);
    if (buf_failed(&answer) || buf_failed(&again))
        goto done;
    if (!text_is_utf8(answer.data, answer.len) || answer.len != again.len ||
        memcmp(answer.data, again.data, answer.len) != 0)
        abort();
    struct arena *arena = arena_new();
    /* An answer may nest deeper than what is read, by its own two levels. */
    if (arena && styles_json_read(answer.data, answer.len, arena, &json, &err) && !is_answer(&json))
        abort();
    arena_free(arena);
done:
    buf_free(&answer);
    buf_free(&again);
    return 0;
}
