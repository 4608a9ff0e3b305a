/* column_words.c - reads titles and definitions of columns from columns.json. */
#include "geo/catalog/column_words.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/base/embed.h"

EMBED(catalog_columns, "geo/catalog/columns.json");

struct column_words {
    json_t *root;
};

struct column_words *column_words_load(struct err *err)
{
    json_error_t problem;
    struct column_words *words = calloc(1, sizeof *words);
    if (!words) {
        err_no_memory(err);
        return NULL;
    }
    errno = 0;
    /* Both are labels of one object (geo/base/embed.h). */
    /* cppcheck-suppress comparePointers */
    words->root = json_loadb(catalog_columns, (size_t)(catalog_columns_end - catalog_columns),
                             JSON_REJECT_DUPLICATES, &problem);
    if (words->root)
        return words;
    if (errno == ENOMEM) /* jansson reports it as an error in the text */
        err_no_memory(err);
    else
        err_set(err, ERR_SETUP, "columns.json: línea %d: %s", problem.line, problem.text);
    free(words);
    return NULL;
}

void column_words_free(struct column_words *words)
{
    if (!words)
        return;
    json_decref(words->root);
    free(words);
}

static const char *word(const struct column_words *words, const char *figure, const char *column,
                        size_t index)
{
    char key[128];
    json_t *found = NULL;
    if (figure) {
        snprintf(key, sizeof key, "%s.%s", figure, column);
        found = json_object_get(words->root, key);
    }
    if (!found)
        found = json_object_get(words->root, column);
    return json_string_value(json_array_get(found, index));
}

const char *column_title(const struct column_words *words, const char *figure, const char *column)
{
    return word(words, figure, column, 0);
}

const char *column_definition(const struct column_words *words, const char *figure,
                              const char *column)
{
    return word(words, figure, column, 1);
}
