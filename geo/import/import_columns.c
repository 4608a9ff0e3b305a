/* import_columns.c - reports columns that fill no field, such as misspelt names. */
#include <stdio.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/import/form_sheets.h"
#include "geo/import/import_run.h"

void import_note_unused(struct import_run *run, const struct geo_source_row *row)
{
    for (size_t c = 0; row->values && c < geo_source_columns(run->source); c++)
        if (row->values[c] && !geo_fields_uses(run->fields, c))
            run->unused[c] = true;
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

void import_tell_unused(struct import_run *run)
{
    struct buf list;
    buf_init(&list);
    for (size_t c = 0; c < geo_source_columns(run->source); c++) {
        const char *name = geo_source_column_names(run->source)[c];
        if (run->unused[c] && !is_ours(run, name))
            buf_printf(&list, "%s%s", list.len ? ", " : "", name);
    }
    if (list.data && !buf_failed(&list))
        snprintf(run->summary->unused, sizeof run->summary->unused, "%.*s",
                 text_cut(list.data, sizeof run->summary->unused - 1), list.data);
    buf_free(&list);
}
