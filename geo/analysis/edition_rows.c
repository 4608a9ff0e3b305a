/* edition_rows.c - the table of the boundary editions in the database. */
#include "geo/analysis/edition_rows.h"

static bool add_row(void *arg, const struct geo_edition_info *edition)
{
    struct rows *rows = arg;
    rows_text(rows, edition->codigo);
    rows_text(rows, edition->title);
    rows_int(rows, edition->units);
    rows_bool(rows, edition->current);
    rows_bool(rows, edition->schematic);
    rows_text(rows, edition->source[0] ? edition->source : NULL);
    rows_text(rows, edition->data_date[0] ? edition->data_date : NULL);
    return true;
}

struct rows *geo_edition_rows(struct geo_store *store, struct err *err)
{
    static const struct rows_column columns[] = {
        {"codigo", 0},      {"titulo", 0}, {"municipios", 0}, {"vigente", 0},
        {"esquematica", 0}, {"fuente", 0}, {"fecha_datos", 0}};
    struct rows *rows = rows_new(columns, sizeof columns / sizeof *columns);
    if (!rows)
        err_no_memory(err);
    if (rows && geo_store_editions(store, add_row, rows, err))
        return rows;
    rows_free(rows);
    return NULL;
}
