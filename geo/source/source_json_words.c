/* source_json_words.c - the words of coded values, as Esri JSON lists them with its fields. */
#include <stdio.h>
#include <string.h>

#include "geo/source/source_domains.h"
#include "geo/source/source_json_internal.h"

/* The text of a code, which may be a number; NULL: it is neither. */
static const char *code_of(const json_t *value, char digits[32])
{
    if (json_is_integer(value))
        snprintf(digits, 32, "%lld", (long long)json_integer_value(value));
    return json_is_string(value)    ? json_string_value(value)
           : json_is_integer(value) ? digits
                                    : NULL;
}

/* The word of a code in a list of {"name": word, "code": code}; NULL: the code stays. */
static const char *word_of(json_t *values, const char *code)
{
    size_t i;
    json_t *value;
    json_array_foreach(values, i, value)
    {
        char digits[32];
        const char *own = code_of(json_object_get(value, "code"), digits);
        if (own && strcmp(own, code) == 0)
            return source_domains_better(code, json_string_value(json_object_get(value, "name")));
    }
    return NULL;
}

static bool write_field(json_t *features, const char *name, json_t *values)
{
    size_t i;
    json_t *feature;
    bool ok = true;
    json_array_foreach(features, i, feature)
    {
        char digits[32];
        json_t *attributes = json_object_get(feature, "attributes");
        const char *code = code_of(json_object_get(attributes, name), digits);
        const char *word = code ? word_of(values, code) : NULL;
        ok = ok && (!word || json_object_set_new(attributes, name, json_string(word)) == 0);
    }
    return ok;
}

bool source_json_write_words(json_t *features, json_t *fields)
{
    size_t i;
    json_t *field;
    bool ok = true;
    json_array_foreach(fields, i, field)
    {
        const char *name = json_string_value(json_object_get(field, "name"));
        json_t *values = json_object_get(json_object_get(field, "domain"), "codedValues");
        ok = ok && (!name || !values || write_field(features, name, values));
    }
    return ok;
}
