/* source_ogr_internal.h - one layer of a GDAL data set while it is read, for
 * geo/source/source_ogr*.c only.
 */
#ifndef GEO_SOURCE_OGR_INTERNAL_H
#define GEO_SOURCE_OGR_INTERNAL_H

#include "geo/base/arena.h"
#include "geo/claims/table_texts.h"
#include "geo/files/gdal_internal.h"
#include "geo/source/source_beside.h"
#include "geo/source/source_domains.h"
#include "geo/source/source_ogr.h"
#include "geo/texts/charset_tally.h"

struct source_ogr {
    OGRLayerH layer;
    const struct source_path *path;
    const struct geo_source_limits *limits;
    const struct geo_source_table *table;
    const char *driver;           /* GDAL's name for the format */
    bool xml;                     /* GML, whose values all come as texts */
    struct source_cell *cells;    /* of the current row */
    enum source_cell_kind *kinds; /* of a value, by column */
    bool *typed;                  /* by column: of numbers, which come as they are written: KML */
    OGRFieldType *lists;          /* by column; OFTString: a value is no list */
    struct buf list;              /* the text of the last one */
    struct table_texts texts;     /* of values that GDAL would spoil */
    struct source_domains domains;
    struct source_beside beside; /* columns after those of GDAL */
    struct arena *row;
    const struct geometry_claim_list *claims; /* what the file says of its geometries; or NULL */
    OGRSpatialReferenceH stated;              /* where GDAL does not read it; or NULL */
    bool checked;                             /* geometries are wanted, and compared with that */
    struct charset_places others[CHARSETS];   /* records with texts in them, though not in a .dbf */
    bool unknown_shape;                       /* GDAL does not know the last one's geometry */
    int64_t read;                             /* rows so far */
    int64_t blank;                            /* of them, without any value: passed over */
};

/* A text as UTF-8: one that came in an encoding of its own is recoded, and counted if its format
 * has no other than UTF-8. */
const char *source_ogr_utf8(struct source_ogr *ogr, struct arena *arena, const char *value);

#endif
