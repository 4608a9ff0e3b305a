/* kml_types.c - completes the Schema of a KML, and takes the types of numbers out of it. */
#include "geo/claims/kml_types.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/claims/value_names.h"

static const char blanks[] = " \t\r\n";

bool kml_types_is_number(const char *type, size_t len)
{
    static const char *const numbers[] = {"short", "ushort", "int", "uint",
                                          "float", "double", "bool"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (strlen(numbers[i]) == len && strncmp(type, numbers[i], len) == 0)
            return true;
    return false;
}

/* The value of an attribute in the text of a start tag, after its quote; NULL: it has none. */
static const char *attribute(const char *tag, size_t tag_len, const char *name, size_t *len)
{
    size_t n = strlen(name);
    const char *end = tag + tag_len;
    for (const char *at = tag; (at = memmem(at, (size_t)(end - at), name, n)); at += n) {
        const char *value = at + n;
        if (at == tag || !strchr(blanks, at[-1]))
            continue;
        while (value < end && (*value == '=' || strchr(blanks, *value)))
            value++;
        const char *close = value < end && (*value == '"' || *value == '\'')
                                ? memchr(value + 1, *value, (size_t)(end - value - 1))
                                : NULL;
        if (!close)
            return NULL;
        *len = (size_t)(close - value - 1);
        return value + 1;
    }
    return NULL;
}

/* The next start tag of that element, after its name, and its length up to '>'; NULL: none. */
static const char *next_tag(const char *at, const char *end, const char *element, size_t *len)
{
    size_t n = strlen(element);
    while ((at = memmem(at, (size_t)(end - at), element, n))) {
        at += n;
        const char *close = memchr(at, '>', (size_t)(end - at));
        if (close && strchr(" \t\r\n>", *at)) {
            *len = (size_t)(close - at);
            return at;
        }
    }
    return NULL;
}

static bool drop_type(char *bytes, const char *tag, size_t len, struct kml_types *types)
{
    size_t type_len, name_len;
    const char *type = attribute(tag, len, "type", &type_len);
    const char *name = attribute(tag, len, "name", &name_len);
    if (!type || !kml_types_is_number(type, type_len))
        return true;
    memset(bytes + (type - bytes), 'x', type_len);
    if (!name)
        return true;
    if (!array_reserve(types->numbers, types->cap, types->n + 1) ||
        !(types->numbers[types->n] = strndup(name, name_len)))
        return false;
    types->n++;
    return true;
}

static const char field[] = "SimpleField", data[] = "SimpleData";

bool kml_types_drop(char *bytes, size_t len, struct kml_types *types)
{
    size_t n;
    for (const char *at = bytes; (at = next_tag(at, bytes + len, field, &n)); at += n)
        if (!drop_type(bytes, at, n, types))
            return false;
    return true;
}

/* Adds the names of all elements of that kind. */
static bool gather(const char *bytes, size_t len, const char *element, struct value_names *names)
{
    size_t n, name_len;
    int64_t i = 0;
    for (const char *at = bytes; (at = next_tag(at, bytes + len, element, &n)); at += n) {
        const char *name = attribute(at, n, "name", &name_len);
        char *copy = name ? strndup(name, name_len) : NULL;
        bool ok = !name || (copy && value_names_add(names, copy, value_names_id(copy), i++));
        free(copy);
        if (!ok)
            return false;
    }
    return true;
}

/* In each Schema: a declaration of each name that is missing. */
static void put_declared(const char *bytes, size_t len, const struct value_names *used,
                         const struct value_names *declared, struct buf *out)
{
    static const char element[] = "Schema";
    const char *from = bytes, *at = bytes, *end = bytes + len;
    size_t n;
    for (; (at = next_tag(at, end, element, &n)); at += n) {
        const char *name = at - (sizeof element - 1), *open = name;
        while (open > bytes && open[-1] != '<' && open[-1] != '/')
            open--;
        if (open == bytes || open[-1] != '<' || (n && at[n - 1] == '/'))
            continue;
        int prefix = (int)(name - open);
        buf_put(out, from, (size_t)(at + n + 1 - from));
        from = at + n + 1;
        for (size_t i = 0; i < used->n; i++)
            if (!value_names_has(declared, used->list[i].id))
                buf_printf(out, "<%.*sSimpleField name=\"%s\" type=\"string\"></%.*sSimpleField>",
                           prefix, open, used->list[i].name, prefix, open);
    }
    buf_put(out, from, (size_t)(end - from));
}

bool kml_types_declare(const char *bytes, size_t len, struct buf *out)
{
    struct value_names used = {0}, declared = {0};
    bool ok = gather(bytes, len, data, &used) && gather(bytes, len, field, &declared);
    size_t missing = 0;
    for (size_t i = 0; ok && i < used.n; i++)
        missing += !value_names_has(&declared, used.list[i].id) && !strchr(used.list[i].name, '"');
    if (missing)
        put_declared(bytes, len, &used, &declared, out);
    value_names_free(&used);
    value_names_free(&declared);
    return ok && !buf_failed(out);
}

void kml_types_free(struct kml_types *types)
{
    for (size_t i = 0; i < types->n; i++)
        free(types->numbers[i]);
    free(types->numbers);
    *types = (struct kml_types){0};
}

bool kml_types_has(const struct kml_types *types, const char *column)
{
    for (size_t i = 0; i < types->n; i++)
        if (strcmp(types->numbers[i], column) == 0)
            return true;
    return false;
}
