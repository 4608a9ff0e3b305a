/* workbook_words.c - reads titles and descriptions of columns from columnas.json. */
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>

#include "geo/base/embed.h"
#include "layers/report/workbook.h"

EMBED(report_columnas, "layers/report/templates/columnas.json");

struct workbook_words {
    json_t *root;
};

struct workbook_words *workbook_words_load(struct err *err)
{
    json_error_t problem;
    struct workbook_words *words = calloc(1, sizeof *words);
    if (!words) {
        err_no_memory(err);
        return NULL;
    }
    errno = 0;
    /* Both are labels of one object (geo/base/embed.h). */
    /* cppcheck-suppress comparePointers */
    words->root = json_loadb(report_columnas, (size_t)(report_columnas_end - report_columnas),
                             JSON_REJECT_DUPLICATES, &problem);
    if (words->root)
        return words;
    if (errno == ENOMEM) /* jansson reports it as an error in the text */
        err_no_memory(err);
    else
        err_set(err, ERR_SETUP, "columnas.json: línea %d: %s", problem.line, problem.text);
    free(words);
    return NULL;
}

void workbook_words_free(struct workbook_words *words)
{
    if (!words)
        return;
    json_decref(words->root);
    free(words);
}

static const char *word(const struct workbook_words *words, const char *column, size_t index)
{
    return json_string_value(json_array_get(json_object_get(words->root, column), index));
}

const char *workbook_title(const struct workbook_words *words, const char *column)
{
    return word(words, column, 0);
}

const char *workbook_definition(const struct workbook_words *words, const char *column)
{
    return word(words, column, 1);
}
