/* import_columns.c - reports columns that fill no field, such as misspelt names. */
#include <stdio.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/import/form_sheets.h"
#include "geo/import/import_run.h"

void import_note_unused(struct import_run *run, const struct geo_source_row *row)
{
    for (size_t c = 0; row->cells && c < run->at->source->n_columns; c++)
        if (row->cells[c].text && !geo_fields_uses(run->fields, c))
            run->at->unused[c] = true;
}

/* Columns that an export adds and an import computes itself, and those that every KML has. */
static bool is_ours(const struct import_run *run, const char *column)
{
    int field = geo_table_field(run->table, column);
    return strncmp(column, "vinculo_", strlen("vinculo_")) == 0 || form_column_is_ours(column) ||
           strcmp(column, "simulado") == 0 || strcmp(column, "tessellate") == 0 ||
           strcmp(column, "extrude") == 0 || strcmp(column, "visibility") == 0 ||
           (field >= 0 && run->table->fields[field].flags & GEO_DERIVED);
}

/* A name that an earlier table has too is not said again. */
static bool told_before(const struct import_run *run, const struct import_table *table, size_t c)
{
    for (const struct import_table *other = run->tables; other <= table; other++)
        for (size_t k = 0; k < (other == table ? c : other->source->n_columns); k++)
            if (other->unused[k] &&
                strcmp(other->source->columns[k], table->source->columns[c]) == 0)
                return true;
    return false;
}

static void put_unused(const struct import_run *run, const struct import_table *table,
                       struct buf *list)
{
    for (size_t c = 0; c < table->source->n_columns; c++) {
        const char *name = table->source->columns[c];
        if (table->unused[c] && !is_ours(run, name) && !told_before(run, table, c))
            buf_printf(list, "%s%s", list->len ? ", " : "", name);
    }
}

void import_tell_unused(struct import_run *run)
{
    struct buf list;
    buf_init(&list);
    for (size_t t = 0; t < run->n_tables; t++)
        put_unused(run, &run->tables[t], &list);
    if (list.data && !buf_failed(&list))
        snprintf(run->summary->unused, sizeof run->summary->unused, "%.*s",
                 text_cut(list.data, sizeof run->summary->unused - 1), list.data);
    buf_free(&list);
}
