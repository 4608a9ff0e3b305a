/* source_json_error.c - recognises the error of a service saved instead of data. */
#include <jansson.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/source/source_json.h"

/* The first of these members that is a text with something in it; NULL: none. */
static const char *words_of(const json_t *object, const char *const *members)
{
    for (; *members; members++) {
        const char *words = json_string_value(json_object_get(object, *members));
        if (words && !text_is_blank(words))
            return words + strspn(words, " \t\r\n");
    }
    return NULL;
}

/* GeoServer has "exceptions", ArcGIS "error", OGC API "code" and "description", others the members
 * of RFC 9457. */
static const char *error_of(const json_t *answer)
{
    static const char *const of_exception[] = {"text", "exceptionText", "code", NULL};
    static const char *const of_error[] = {"message", "error_description", "error", NULL};
    static const char *const of_ogc[] = {"description", NULL};
    static const char *const of_problem[] = {"detail", "title", NULL};
    const json_t *exceptions = json_object_get(answer, "exceptions");
    if (exceptions)
        return words_of(json_array_get(exceptions, 0), of_exception);
    const json_t *error = json_object_get(answer, "error");
    if (error)
        return words_of(json_is_object(error) ? error : answer, of_error);
    if (json_object_get(answer, "code") && words_of(answer, of_ogc))
        return words_of(answer, of_ogc);
    return json_object_get(answer, "status") ? words_of(answer, of_problem) : NULL;
}

bool source_json_is_error(const char *bytes, size_t len, struct err *err)
{
    json_t *answer = json_loadb(bytes, len, 0, NULL);
    const char *words = json_is_object(answer) ? error_of(answer) : NULL;
    if (words)
        err_set(err, ERR_INPUT,
                "no son datos sino el error de un servicio («%.*s»): pídale la capa otra vez",
                text_cut(words, 300), words);
    json_decref(answer);
    return words != NULL;
}
