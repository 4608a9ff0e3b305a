/* compose_cells.c - finds columns of a table; prints its cells. */
#include <stdlib.h>

#include "geo/base/number.h"
#include "geo/base/parse.h"
#include "layers/report/compose_internal.h"

int compose_column(struct compose *c, const struct rows *rows, const char *name)
{
    int column = report_column(rows, name);
    if (column < 0)
        err_set(c->err, ERR_SETUP, "una plantilla pide la columna «%.60s», que no está", name);
    return column;
}

const char *compose_cell(struct compose *c, const struct rows *rows, size_t row, int column,
                         int decimals)
{
    struct buf out;
    enum rows_kind kind;
    const char *text = rows_cell(rows, row, (size_t)column, &kind);
    if (kind == ROWS_NULL)
        return NUMBER_MISSING;
    if (kind == ROWS_BOOL)
        return text[0] == '1' ? "sí" : "no";
    if (kind == ROWS_TEXT && parse_date(text))
        return arena_printf(c->arena, "%.2s/%.2s/%.4s", text + 8, text + 5, text);
    if (kind == ROWS_TEXT)
        return arena_strdup(c->arena, text);
    buf_init(&out);
    if (decimals < 0)
        number_put_plain(&out, text);
    else
        number_put(&out, strtod(text, NULL), decimals);
    const char *kept = buf_failed(&out) ? NULL : arena_strdup(c->arena, out.data);
    buf_free(&out);
    return kept;
}
