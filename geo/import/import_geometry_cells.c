/* import_geometry_cells.c - the geometry of a record to correct, as cells beside its own.
 * A sheet has no other place for it.
 *
 * Points become Longitud and Latitud, unless a column has those names; other geometries WKT.
 * Numbers are lon/lat, or as the source has them if its system is not known.
 */
#include <string.h>

#include "geo/import/import_run.h"
#include "geo/place/crs.h"
#include "geo/place/shape.h"

/* Characters of a cell of XLSX. Of WKB, 16 bytes are at least four characters of WKT. */
enum { CELL_CHARACTERS = 32767, MOST_BYTES = 4 * CELL_CHARACTERS };

static bool as_columns(const struct import_run *run, const struct import_table *table)
{
    return run->table->geometry == GEO_POINT && geo_fields_position(table->fields).lon < 0;
}

size_t import_geometry_heads(const struct import_run *run, const struct import_table *table,
                             const char *heads[2])
{
    const struct geo_source_table *source = table->source;
    if (!source->has_geometry || source->geometry_column >= 0 ||
        run->table->geometry == GEO_NO_GEOMETRY)
        return 0;
    bool columns = as_columns(run, table);
    heads[0] = columns ? "Longitud" : "WKT";
    heads[1] = columns ? "Latitud" : NULL;
    return columns ? 2 : 1;
}

/* A point comes in the system of its source; what cannot be transformed stays as it is. */
static bool to_lonlat(struct import_run *run, double *xy, struct err *err)
{
    int epsg = run->at->source->epsg;
    struct err unplaced = {0};
    if (!epsg)
        return true;
    if (!run->crs)
        run->crs = geo_crs_new(err);
    return run->crs && (geo_crs_to_lonlat(run->crs, epsg, xy, 1, &unplaced) ||
                        unplaced.kind != ERR_MEMORY || err_no_memory(err));
}

int import_geometry_column(const struct import_run *run)
{
    const char *heads[2];
    const struct geo_source_table *source = run->at->source;
    return import_geometry_heads(run, run->at, heads) ? (int)source->n_columns
                                                      : source->geometry_column;
}

static bool put_number(struct import_run *run, double value, struct source_cell *cell)
{
    struct buf text;
    buf_init(&text);
    buf_put_real(&text, value);
    const char *copy = buf_failed(&text) ? NULL : arena_strdup(run->kept, text.data);
    *cell = (struct source_cell){SOURCE_CELL_NUMBER, copy};
    buf_free(&text);
    return copy != NULL;
}

static bool put_wkt(struct import_run *run, const struct geo_shape *shape, struct source_cell *cell,
                    bool *fits)
{
    struct buf text;
    buf_init(&text);
    geo_shape_put_wkt(shape, &text);
    *fits = text.len <= CELL_CHARACTERS;
    const char *copy = buf_failed(&text) ? NULL : arena_strdup(run->kept, *fits ? text.data : "");
    *cell = (struct source_cell){SOURCE_CELL_TEXT, copy};
    buf_free(&text);
    return copy != NULL;
}

static bool put_point(struct import_run *run, const struct geo_source_row *row,
                      struct source_cell *cells, struct err *err)
{
    double xy[2] = {row->x, row->y};
    if (row->shape != GEO_SOURCE_POINT)
        return true;
    return to_lonlat(run, xy, err) &&
           ((put_number(run, xy[0], &cells[0]) && put_number(run, xy[1], &cells[1])) ||
            err_no_memory(err));
}

bool import_geometry_cells(struct import_run *run, const struct geo_source_row *row,
                           struct source_cell *cells, bool *fits, struct err *err)
{
    struct err unread = {0};
    *fits = row->wkb_len <= MOST_BYTES;
    if (!*fits || run->misplaced || !row->wkb)
        return true;
    if (as_columns(run, run->at))
        return put_point(run, row, cells, err);
    struct geo_shape *shape = geo_shape_parse_plane(row->wkb, row->wkb_len, &unread);
    if (!shape) {
        if (unread.kind != ERR_INPUT)
            *err = unread;
        return unread.kind == ERR_INPUT;
    }
    bool ok = put_wkt(run, shape, &cells[0], fits) || err_no_memory(err);
    geo_shape_free(shape);
    return ok;
}
