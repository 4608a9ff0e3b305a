/* import_written.h - the coordinates of a row as they are written.
 *
 *   import_find_places(run, row, &places, err)     all of them; the first one is taken
 *   import_compare_places(run, &places, …)         those that say something else are told
 *
 * Owns:    nothing; texts live in run->row or in the row.
 * Threads: one.
 * Units:   degrees, WGS 84.
 * Errors:  ERR_INPUT: half of a coordinate is missing.
 */
#ifndef GEO_IMPORT_WRITTEN_H
#define GEO_IMPORT_WRITTEN_H

#include "geo/import/import_declared.h"
#include "geo/import/import_run.h"

enum { IMPORT_PLACES = 4 };

struct import_place_written {
    struct geo_written written;
    int column; /* where it stands, or its first half; -1: in the geometry */
};

struct import_places {
    struct import_place_written of[IMPORT_PLACES]; /* geometry, degrees, metres, text */
    size_t n;
};

/* The text of a cell; NULL: it is blank, or there is no such column. */
const char *import_cell(const struct geo_source_row *row, int column);

bool import_find_places(struct import_run *run, const struct geo_source_row *row,
                        struct import_places *places, struct err *err);

/* lon_deg, lat_deg: what was made of the first one. */
bool import_compare_places(struct import_run *run, const struct import_places *places,
                           const struct declared_unit *declared, double lon_deg, double lat_deg,
                           struct err *err);

#endif
