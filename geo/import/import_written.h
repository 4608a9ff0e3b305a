/* import_written.h - the coordinates of a record as its source writes them: the geometry, two
 * columns of degrees or of metres, one column of text.
 *
 *     import_written(run, row, &places, &bad)          the first one is the record's
 *     import_written_compare(run, &places, …)          the others are told where they lie elsewhere
 *
 * Owns:    texts live in run->row, or are the row's.
 * Threads: as struct import_run.
 * Errors:  ERR_INPUT: half of a coordinate is missing, or a datum is not known.
 */
#ifndef GEO_IMPORT_WRITTEN_H
#define GEO_IMPORT_WRITTEN_H

#include "geo/import/import_declared.h"
#include "geo/import/import_run.h"

enum { IMPORT_WRITTEN_MAX = 4 };

/* A place that lies farther than this from the record's own is told. Rounded columns, and metres
 * without decimals beside degrees, differ by less. */
#define IMPORT_WRITTEN_APART_M 100.0

struct import_places {
    struct geo_written of[IMPORT_WRITTEN_MAX]; /* first is never NULL */
    int columns[IMPORT_WRITTEN_MAX]; /* where each stands, or its first half; -1: geometry */
    size_t n;
    bool half; /* a half is missing, in column `empty` */
    int empty;
};

/* The places of a row, the one that counts first. Minutes, seconds, zone and datum of other columns
 * stand in the texts: "65°10'31\"", "270861 zona 20K". */
bool import_written(struct import_run *run, const struct geo_source_row *row,
                    struct import_places *places, struct err *err);

/* lon_deg, lat_deg: what was made of the first one. */
bool import_written_compare(struct import_run *run, const struct declared_unit *declared,
                            const struct import_places *places, double lon_deg, double lat_deg,
                            struct err *err);

/* The text of a cell; NULL: there is none, only blanks, or a word for no data ("s/d"). */
const char *import_written_value(const struct geo_source_row *row, int column);

#endif
