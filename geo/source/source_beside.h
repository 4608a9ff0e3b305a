/* source_beside.h - values that the records of a GeoJSON have beside their «properties», as columns
 * after GDAL's own: GDAL gives them only as the text of the whole record (NATIVE_DATA).
 *
 *     {"type": "Feature", "codigo": "A-1", "properties": {"nombre": "Uno"}, "geometry": …}
 *
 * Owns:    nothing; texts live in the arena.
 * Threads: any.
 * Errors:  ERR_INPUT: the text of the record cannot be read; a sequence of GeoJSON or
 *          a TopoJSON, of whose records GDAL has no text; ERR_MEMORY.
 */
#ifndef GEO_SOURCE_BESIDE_H
#define GEO_SOURCE_BESIDE_H

#include "geo/base/arena.h"
#include "geo/claims/geometry_claims.h"
#include "geo/texts/source_cell.h"

struct source_beside {
    const char **names;
    size_t n; /* 0: no record has such a value */
};

/* driver: GDAL's name for the format. */
bool source_beside_find(const char *driver, const struct geometry_claims *claims,
                        struct arena *arena, struct source_beside *beside, struct err *err);

/* The same for a place of a KML, whose elements beside its Data are columns (<address>). list: what
 * the file says of the layer. */
bool source_beside_find_kml(const struct geometry_claim_list *list, struct arena *arena,
                            struct source_beside *beside, struct err *err);
bool source_beside_read_kml(const struct geometry_claim_list *list, int64_t record,
                            struct arena *arena, struct source_cell *cells, struct err *err);

/* The values of a record: cells has one for each name. */
bool source_beside_read(const struct source_beside *beside, const char *record, struct arena *arena,
                        struct source_cell *cells, struct err *err);

#endif
