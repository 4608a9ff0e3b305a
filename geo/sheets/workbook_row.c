/* workbook_row.c - the row of a sheet that is being read. */
#include <stdio.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/sheets/workbook_internal.h"
#include "geo/texts/place_text.h"

bool workbook_rows_prepare(struct geo_workbook_rows *rows, struct geo_workbook *workbook,
                           size_t sheet, struct err *err)
{
    rows->workbook = workbook;
    rows->sheet = sheet;
    buf_init(&rows->text);
    rows->arena = arena_new();
    return rows->arena || err_no_memory(err);
}

bool workbook_rows_start(struct geo_workbook_rows *rows, struct geo_workbook *workbook,
                         size_t sheet, const char *part, const struct workbook_xml_calls *calls,
                         struct err *err)
{
    if (!workbook_rows_prepare(rows, workbook, sheet, err))
        return false;
    rows->xml = workbook_xml_open(workbook->path, part, calls, rows, err);
    return rows->xml != NULL;
}

bool workbook_rows_hide(struct geo_workbook_rows *rows, int64_t first, int64_t last,
                        struct err *err)
{
    size_t n = rows->n_hidden_columns;
    if (!geo_source_within(rows->workbook->limits, GEO_LIMIT_COLUMNS, (int64_t)n + 1, err))
        return false;
    if (!array_reserve(rows->hidden_columns, rows->cap_hidden_columns, n + 1))
        return err_no_memory(err);
    rows->hidden_columns[rows->n_hidden_columns++] = (struct workbook_columns){first, last};
    return true;
}

bool geo_workbook_rows_hide(const struct geo_workbook_rows *rows, size_t column)
{
    for (size_t i = 0; i < rows->n_hidden_columns; i++)
        if (rows->hidden_columns[i].first <= (int64_t)column &&
            (int64_t)column <= rows->hidden_columns[i].last)
            return true;
    return false;
}

static bool check_line(int64_t line, struct err *err)
{
    return line <= WORKBOOK_LINES_MAX ||
           err_set(err, ERR_INPUT,
                   "el archivo está dañado: tiene celdas en la fila %lld, que ninguna hoja tiene",
                   (long long)line);
}

bool workbook_row_repeat(struct geo_workbook_rows *rows, int64_t repeats, struct err *err)
{
    rows->repeats = repeats;
    return check_line(rows->line + repeats, err);
}

bool workbook_row_begin(struct geo_workbook_rows *rows, int64_t line, struct err *err)
{
    if (line <= rows->line)
        return err_set(err, ERR_INPUT,
                       "el archivo está dañado: la fila %lld viene después de la %lld; ábralo y "
                       "guárdelo de nuevo",
                       (long long)line, (long long)rows->line);
    if (rows->n)
        memset(rows->cells, 0, rows->n * sizeof *rows->cells);
    if (rows->n_links)
        memset(rows->links, 0, rows->n_links * sizeof *rows->links);
    rows->n = rows->n_links = 0;
    rows->typed = false;
    rows->raised = rows->struck_parts = rows->struck = rows->yearless = 0;
    rows->bytes = 0;
    rows->repeats = 0;
    rows->line = line;
    arena_reset(rows->arena);
    return true;
}

bool workbook_row_put(struct geo_workbook_rows *rows, size_t column, struct source_cell cell,
                      struct err *err)
{
    char name[WORKBOOK_CELL_NAME];
    if (cell.kind == SOURCE_CELL_EMPTY)
        return true;
    if (!check_line(rows->line, err) ||
        !geo_source_within(rows->workbook->limits, GEO_LIMIT_COLUMNS, (int64_t)column + 1, err))
        return false;
    if (!array_reserve_filled(rows->cells, rows->cap, column + 1, 0))
        return err_no_memory(err);
    if (rows->cells[column].kind != SOURCE_CELL_EMPTY)
        return err_set(err, ERR_INPUT,
                       "el archivo está dañado: la celda %s está dos veces; ábralo y guárdelo de "
                       "nuevo",
                       workbook_cell_name(rows->line, column, name));
    rows->cells[column] = cell;
    rows->n = column < rows->n ? rows->n : column + 1;
    return true;
}

void workbook_row_marks(struct geo_workbook_rows *rows, const struct source_cell *cell, bool raised,
                        bool struck_part, bool struck)
{
    bool empty = cell->kind == SOURCE_CELL_EMPTY;
    rows->raised += raised && !empty;
    rows->struck_parts += struck_part;
    rows->struck += struck && !struck_part && !empty;
}

bool workbook_row_link(struct geo_workbook_rows *rows, size_t column, const char *target,
                       struct err *err)
{
    if (!place_text_is(target))
        return true;
    if (!geo_source_within(rows->workbook->limits, GEO_LIMIT_COLUMNS, (int64_t)column + 1, err))
        return false;
    if (!array_reserve_filled(rows->links, rows->cap_links, column + 1, 0) ||
        !(rows->links[column] = arena_strdup(rows->arena, target)))
        return err_no_memory(err);
    rows->n_links = column < rows->n_links ? rows->n_links : column + 1;
    return true;
}

bool workbook_row_formula(struct geo_workbook_rows *rows, size_t column, const char *formula,
                          struct err *err)
{
    static const char start[] = "HYPERLINK(\"";
    const char *found = strstr(formula, start), *target = found ? found + sizeof start - 1 : "";
    const char *end = strchr(target, '"');
    char *copy = end ? arena_strndup(rows->arena, target, (size_t)(end - target)) : NULL;
    if (!end)
        return true;
    return copy ? workbook_row_link(rows, column, copy, err) : err_no_memory(err);
}

bool workbook_row_text(struct geo_workbook_rows *rows, const char *text, size_t len,
                       struct err *err)
{
    const struct geo_source_limits *limits = rows->workbook->limits;
    rows->bytes += len;
    if (rows->bytes > (size_t)limits->at[GEO_LIMIT_VALUE_KB] << 10)
        return geo_source_beyond(limits, GEO_LIMIT_VALUE_KB, err);
    buf_put(&rows->text, text, len);
    return !buf_failed(&rows->text) || err_no_memory(err);
}

const char *workbook_cell_name(int64_t line, size_t column, char out[WORKBOOK_CELL_NAME])
{
    char letters[16];
    size_t at = sizeof letters;
    letters[--at] = '\0';
    for (size_t left = column + 1; left > 0 && at > 0; left = (left - 1) / 26)
        letters[--at] = (char)('A' + (left - 1) % 26);
    snprintf(out, WORKBOOK_CELL_NAME, "%s%lld", letters + at, (long long)line);
    return out;
}
