/* source.h - reads sources as tables of cells and geometry: Shapefile (also in a zip),
 * GeoPackage, GeoJSON, CSV, XLSX, ODS, KML, GPX, FlatGeobuf, GML, MapInfo, File
 * Geodatabase; from a file, a folder, a zip, one file of a zip (/vsizip/ZIP/FILE) or a
 * URL.
 *
 * A source has one table or several: sheets, layers, files of a zip. The caller chooses
 * which it reads, each as often as it likes.
 *
 * A file is read by a child process that can do nothing else (geo/source/source_child.h):
 * a fault of a library ends the child only. Data built into the program are read in this
 * process.
 *
 * Owns:    the child, or the GDAL data set; the current row.
 * Threads: one owner. To be opened while the process has no other thread, because it forks.
 * Units:   wkb is lon/lat degrees (OGC:CRS84) but for options.unplaced, 2D, little endian,
 *          no curves;
 *          x, y of a point stay in the source's own CRS.
 * Errors:  ERR_NOT_FOUND for a source that does not exist,
 *          ERR_INPUT for what cannot be read, with its place, ERR_LIMIT for what exceeds
 *          a limit, ERR_DEPENDENCY if the child failed.
 */
#ifndef GEO_SOURCE_H
#define GEO_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/base/err.h"
#include "geo/files/source_limits.h"
#include "geo/place/geos.h"
#include "geo/store/schema.h"
#include "geo/texts/column_facts.h"
#include "geo/texts/source_cell.h"

struct geo_source; /* opaque */

struct geo_source_options {
    const char *path;
    enum geo_geometry geometry; /* what is wanted */
    /* True if a column of the layer goes by that name, by which headers are found; NULL: none is
     * known. */
    bool (*known)(void *arg, const char *name);
    /* True if a column of that name fills a field of the layer, and not a coordinate: its texts
     * are what counts, not links of maps behind them. NULL: none does. Takes known_arg. */
    bool (*fills)(void *arg, const char *name);
    void *known_arg;
    int64_t header_line;         /* of a sheet or text; 0: to be found */
    const char *geometry_column; /* of a sheet or text, as it is called; NULL: to be found */
    const char *const *ignore;   /* columns that are no geometry; ends with NULL, or NULL */
    int epsg;                    /* stated CRS; 0: the source's own, or none */
    bool repair;                 /* polygons come repaired (row.repair) */
    bool unplaced; /* lines and polygons of no known system may have any numbers: the caller puts
                      them right (geo/place/rescue_shape.h) */
    /* Called every 50 ms or so while the source is waited for, with the number of the record it is
     * at; false, with *err, ends that. NULL: nothing is called. */
    bool (*waiting)(void *arg, int64_t record, struct err *err);
    void *waiting_arg;
    bool embedded;                          /* path is what geo_source_put_memory() was given */
    const struct geo_source_limits *limits; /* NULL: the usual ones */
    void (*meanwhile)(void *arg); /* called once while the child opens the source; may be NULL */
    void *meanwhile_arg;
};

/* A table, before its rows are read. Texts live as long as the source. */
/* Whether a number that is 0 may be one without a value. */
enum source_zeros {
    SOURCE_ZEROS,             /* it is 0 */
    SOURCE_ZEROS_BY_PROGRAM,  /* some programs write 0 for it: dBASE */
    SOURCE_ZEROS_OF_ALL_EMPTY /* the format has no empty numbers: MapInfo's .tab */
};

struct geo_source_table {
    const char *name;   /* "Sucre", "norte/puntos.shp"; never NULL */
    const char *hidden; /* why nobody who opens the file sees it ("está oculta"); else NULL */
    const char *const *columns;
    const char *const *matches; /* the names by which fields are found, mostly the same */
    size_t n_columns;
    /* How well it fits options.geometry: 2 its geometry does, 1 its columns might have
     * coordinates, or its lines close, 0 not at all. */
    int suits;
    int suits_for[GEO_ANY_GEOMETRY + 1]; /* the same for each geometry that could be wanted */
    bool has_geometry;                   /* records may have a geometry */
    int geometry_column;                 /* where it stands in a cell; -1: it does not */
    int geometry_rival;                  /* another column that has geometries as well; -1: none */
    int epsg;          /* of x, y of points: stated or the table's own; 0: lon/lat, or not known */
    const char *crs;   /* "OGC:CRS84", "EPSG:32719", the name of another one; "" not known */
    const char *place; /* what row.line counts: "línea", "fila", "registro" */
    int64_t count;     /* of records; -1: not known */
    enum source_zeros zeros;
    const char
        *note; /* what was done to read it, or is not read of it, a sentence; NULL: nothing */
};

enum geo_source_shape { GEO_SOURCE_NONE, GEO_SOURCE_POINT, GEO_SOURCE_LINE, GEO_SOURCE_POLYGON };

struct geo_source_row {
    int64_t line;                    /* of a CSV file or sheet; else the record's number from 1 */
    const struct source_cell *cells; /* one a column */
    enum geo_source_shape shape;
    double x, y;              /* of a point, in the source's CRS */
    const unsigned char *wkb; /* NULL for GEO_SOURCE_NONE */
    size_t wkb_len;
    const char *note; /* what was done to the geometry, a phrase; NULL: nothing */
    /* With options.repair, for a polygon: what was wrong with it. If it could not be
     * repaired wkb is unchanged. */
    struct geo_repair repair;
    enum err_kind unrepaired;
    const char *unrepaired_why; /* NULL for ERR_NONE */
};

/* Caller owns the result and releases it with geo_source_close(). */
struct geo_source *geo_source_open(const struct geo_source_options *options, struct err *err);
void geo_source_close(struct geo_source *source); /* NULL is fine */

size_t geo_source_tables(const struct geo_source *source); /* 1 or more */
const struct geo_source_table *geo_source_table(const struct geo_source *source, size_t index);
/* What of the source is no table that could be read, a Spanish sentence; NULL: nothing. */
const char *geo_source_note(const struct geo_source *source);

/* What the cells of each column of a table look like: facts has one entry a column. Reads all of
 * its rows, which are then ready in a temporary file for geo_source_read(). note gets what is
 * passed over or mended when they are read: sentences parted by "; ".
 */
bool geo_source_facts(struct geo_source *source, size_t table, struct column_facts *facts,
                      struct buf *note, struct err *err);

/* Begins to read a table from its first row; what was read before is given up. */
bool geo_source_read(struct geo_source *source, size_t table, struct err *err);
/* The next row, borrowed until the next call; *more false at the end. False with *more
 * true: the geometry of this record is bad, but its cells are there and reading can go
 * on. */
bool geo_source_next(struct geo_source *source, struct geo_source_row *row, bool *more,
                     struct err *err);

/* Registers bytes as the source /vsimem/NAME; they are borrowed, and must live until they
 * are dropped. */
bool geo_source_put_memory(const char *name, const void *bytes, size_t len, struct err *err);
void geo_source_drop_memory(const char *name);

#endif
