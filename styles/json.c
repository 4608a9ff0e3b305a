/* json.c - parses JSON into expression values, by jansson. */
#include "styles/json.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "geo/base/text.h"

static bool copy(json_t *json, int depth, struct arena *arena, struct expr_value *out,
                 struct err *err);

static bool copy_array(json_t *json, int depth, struct arena *arena, struct expr_value *out,
                       struct err *err)
{
    size_t n = json_array_size(json);
    struct expr_items *items = arena_alloc(arena, sizeof *items);
    struct expr_value *at = arena_array(arena, n, sizeof *at);
    if (!items || !at)
        return err_no_memory(err);
    for (size_t i = 0; i < n; i++)
        if (!copy(json_array_get(json, i), depth, arena, &at[i], err))
            return false;
    *items = (struct expr_items){n, at};
    *out = (struct expr_value){.kind = EXPR_ARRAY, .array = items};
    return true;
}

static bool copy_object(json_t *json, int depth, struct arena *arena, struct expr_value *out,
                        struct err *err)
{
    size_t n = 0;
    struct expr_members *members = arena_alloc(arena, sizeof *members);
    struct expr_member *at = arena_array(arena, json_object_size(json), sizeof *at);
    if (!members || !at)
        return err_no_memory(err);
    const char *name;
    json_t *value;
    json_object_foreach(json, name, value)
    {
        at[n].name = arena_strdup(arena, name);
        if (!at[n].name)
            return err_no_memory(err);
        if (!copy(value, depth, arena, &at[n].value, err))
            return false;
        n++;
    }
    *members = (struct expr_members){n, at};
    *out = (struct expr_value){.kind = EXPR_OBJECT, .object = members};
    return true;
}

static bool copy(json_t *json, int depth, struct arena *arena, struct expr_value *out,
                 struct err *err)
{
    if (depth > STYLES_JSON_DEPTH)
        return err_set(err, ERR_INPUT, "JSON con más de %d niveles", STYLES_JSON_DEPTH);
    switch (json_typeof(json)) {
    case JSON_NULL:
        *out = expr_null();
        return true;
    case JSON_TRUE:
    case JSON_FALSE:
        *out = expr_boolean(json_is_true(json));
        return true;
    case JSON_INTEGER:
    case JSON_REAL:
        *out = expr_number(json_number_value(json));
        return true;
    case JSON_STRING:
        *out = expr_string(arena_strdup(arena, json_string_value(json)));
        return out->kind == EXPR_STRING || err_no_memory(err);
    case JSON_ARRAY:
        return copy_array(json, depth + 1, arena, out, err);
    case JSON_OBJECT:
        return copy_object(json, depth + 1, arena, out, err);
    }
    return err_set(err, ERR_DEPENDENCY, "JSON de una clase desconocida");
}

bool styles_json_read(const char *text, size_t len, struct arena *arena, struct expr_value *out,
                      struct err *err)
{
    json_error_t error;
    errno = 0;
    json_t *json = json_loadb(text, len, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, &error);
    /* jansson quotes the text, and may cut a character in two. */
    char *shown = json ? NULL : strstr(error.text, " near ");
    if (shown && !text_is_utf8(error.text, strlen(error.text)))
        *shown = '\0';
    if (!json && errno == ENOMEM) /* jansson reports it as an error in the text */
        return err_no_memory(err);
    if (!json)
        return err_set(err, ERR_INPUT, "no es JSON válido: línea %d, columna %d: %s", error.line,
                       error.column, error.text);
    bool ok = copy(json, 0, arena, out, err);
    json_decref(json);
    return ok;
}
