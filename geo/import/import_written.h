/* import_written.h - the coordinates of a record as its source writes them: the geometry, two
 * columns of degrees or of metres, one column of text.
 *
 *     n = import_written(run, row, written, &bad)
 *     written[0] is the place of the record, the others are told where they lie elsewhere
 *
 * Owns:    texts live in run->row, or are the row's.
 * Threads: as struct import_run.
 * Errors:  ERR_INPUT: half of a coordinate is missing, or a datum is not known.
 */
#ifndef GEO_IMPORT_WRITTEN_H
#define GEO_IMPORT_WRITTEN_H

#include "geo/import/import_run.h"

enum { IMPORT_WRITTEN_MAX = 4 };

/* A place that lies farther than this from the record's own is told. Rounded columns, and metres
 * without decimals beside degrees, differ by less. */
#define IMPORT_WRITTEN_APART_M 100.0

/* The places of a row, the one that counts first; *n: how many. first is never NULL. Minutes,
 * seconds, zone and datum of other columns stand in the texts: "65°10'31\"", "270861 zona 20K". */
bool import_written(struct import_run *run, const struct geo_source_row *row,
                    struct geo_written written[IMPORT_WRITTEN_MAX], size_t *n, struct err *err);

/* The text of a cell; NULL: there is none, or only blanks. */
const char *import_written_value(const struct geo_source_row *row, int column);

#endif
