/* form_examples.c - the example rows of a form, read from ejemplos.json. */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/embed.h"
#include "layers/report/form_internal.h"

EMBED(report_form_examples, "layers/report/templates/ejemplos.json");

bool form_examples_load(struct form_book *book, struct err *err)
{
    json_error_t problem;
    errno = 0;
    /* Both are labels of one object (geo/base/embed.h). */
    /* cppcheck-suppress comparePointers */
    size_t len = (size_t)(report_form_examples_end - report_form_examples);
    json_t *root = json_loadb(report_form_examples, len, JSON_REJECT_DUPLICATES, &problem);
    if (!root && errno == ENOMEM) /* jansson reports it as an error in the text */
        return err_no_memory(err);
    if (!root)
        return err_set(err, ERR_SETUP, "ejemplos.json: línea %d: %s", problem.line, problem.text);
    book->examples = json_incref(json_object_get(root, book->table->name));
    json_decref(root);
    return json_array_size(book->examples) == FORM_EXAMPLES ||
           err_set(err, ERR_SETUP, "ejemplos.json: %s no tiene %d ejemplos", book->table->name,
                   FORM_EXAMPLES);
}

void form_examples_free(struct form_book *book)
{
    json_decref(book->examples);
}

static const json_t *value_of(const struct form_book *book, size_t row,
                              const struct form_column *column)
{
    return json_object_get(json_array_get(book->examples, row), column->name);
}

/* Examples about an alliance are about one that there is. */
static const char *alliance_of(const struct form_book *book, size_t row, const char *written)
{
    size_t last = row > 0 ? row - 1 : 0; /* the first two rows are about the same one */
    return last < book->n_alliances ? book->alliances[last] : written;
}

static const char *text_of(struct form_book *book, size_t row, const struct form_column *column,
                           const char *written)
{
    const struct geo_field *field = column->field;
    if (strcmp(column->name, "alianza_codigo") == 0)
        return alliance_of(book, row, written);
    if (field->type == GEO_CHOICE)
        return geo_choice_label(field, written);
    if (field->type == GEO_DATE)
        return arena_printf(book->arena, "%.2s/%.2s/%.4s", written + 8, written + 5, written);
    return written;
}

const char *form_example(struct form_book *book, size_t row, const struct form_column *column)
{
    const json_t *value = value_of(book, row, column);
    if (json_is_boolean(value))
        return json_is_true(value) ? "Sí" : "No";
    if (json_is_string(value))
        return text_of(book, row, column, json_string_value(value));
    if (json_is_integer(value))
        return arena_printf(book->arena, "%lld", (long long)json_integer_value(value));
    if (!json_is_real(value))
        return NULL;
    struct buf number;
    buf_init(&number);
    buf_put_real(&number, json_real_value(value));
    char *text = buf_failed(&number) ? NULL : arena_strdup(book->arena, number.data);
    buf_free(&number);
    for (char *at = text; at && *at; at++) /* as it is written in Bolivia */
        *at = *at == '.' ? ',' : *at;
    return text;
}

/* Days and numbers are written as such, so that the sheet shows them in its own manner. */
static void put_example(struct form_book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t at)
{
    const struct form_column *column = &book->columns[at];
    const json_t *value = value_of(book, row - 1, column);
    lxw_format *format = form_format(book, column);
    const char *text = json_string_value(value);
    if (json_is_number(value)) {
        xlsx_keep_error(&book->file,
                        worksheet_write_number(sheet, row, at, json_number_value(value), format));
    } else if (text && column->field && column->field->type == GEO_DATE) {
        lxw_datetime date = {.year = atoi(text), .month = atoi(text + 5), .day = atoi(text + 8)};
        xlsx_keep_error(&book->file, worksheet_write_datetime(sheet, row, at, &date, format));
    } else if (value) {
        text = form_example(book, row - 1, column);
        xlsx_keep_error(&book->file, text ? worksheet_write_string(sheet, row, at, text, format)
                                          : LXW_ERROR_MEMORY_MALLOC_FAILED);
    }
}

bool form_put_examples(struct form_book *book)
{
    lxw_worksheet *sheet = form_add_data(book, FORM_SHEET_EXAMPLES);
    if (!sheet)
        return false;
    for (lxw_row_t row = 1; row <= FORM_EXAMPLES; row++)
        for (size_t c = 0; c < book->n_columns; c++)
            put_example(book, sheet, row, (lxw_col_t)c);
    return true;
}
