/* kml_types.c - takes the types of numbers out of a KML. */
#include "geo/source/kml_types.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"

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

/* The value of an attribute in the text of a start tag; NULL: it has none. */
static char *attribute(char *tag, size_t tag_len, const char *name, size_t *len)
{
    size_t n = strlen(name);
    char *end = tag + tag_len;
    for (char *at = tag; (at = memmem(at, (size_t)(end - at), name, n)); at += n) {
        char *value = at + n;
        if (at == tag || !strchr(blanks, at[-1]))
            continue;
        while (value < end && (*value == '=' || strchr(blanks, *value)))
            value++;
        char *close = value < end && (*value == '"' || *value == '\'')
                          ? memchr(value + 1, *value, (size_t)(end - value - 1))
                          : NULL;
        if (!close)
            return NULL;
        *len = (size_t)(close - value - 1);
        return value + 1;
    }
    return NULL;
}

static bool drop_type(char *tag, size_t len, struct kml_types *types)
{
    size_t type_len, name_len;
    char *type = attribute(tag, len, "type", &type_len);
    char *name = attribute(tag, len, "name", &name_len);
    if (!type || !kml_types_is_number(type, type_len))
        return true;
    memset(type, 'x', type_len);
    if (!name)
        return true;
    if (!array_reserve(types->numbers, types->cap, types->n + 1) ||
        !(types->numbers[types->n] = strndup(name, name_len)))
        return false;
    types->n++;
    return true;
}

bool kml_types_drop(char *bytes, size_t len, struct kml_types *types)
{
    static const char element[] = "SimpleField";
    char *end = bytes + len;
    for (char *at = bytes; (at = memmem(at, (size_t)(end - at), element, sizeof element - 1));) {
        at += sizeof element - 1;
        char *close = memchr(at, '>', (size_t)(end - at));
        if (close && strchr(blanks, *at) && !drop_type(at, (size_t)(close - at), types))
            return false;
    }
    return true;
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
