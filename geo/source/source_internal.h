/* source_internal.h - converts a source's geometry to the stored form. Private to the sources
 * in geo/import, because it uses OGR's types.
 *
 * Owns:    its transformation and the last WKB it made.
 * Threads: one owner.
 */
#ifndef GEO_SOURCE_INTERNAL_H
#define GEO_SOURCE_INTERNAL_H

#include <gdal.h>
#include <ogr_api.h>

#include "geo/place/crs.h"
#include "geo/source/geometry_fit_internal.h"
#include "geo/source/source.h"

struct source_geometry {
    enum geo_geometry wanted;
    const struct geo_source_limits *limits;
    struct geo_crs *crs_of;                  /* for a system with an EPSG code other than lon/lat */
    OGRCoordinateTransformationH to_lon_lat; /* for one without a code; else NULL */
    int epsg;                                /* of the coordinates; 0: lon/lat or unknown */
    char crs[64];                            /* geo_source_table.crs */
    char open[64];                /* the name of a system of which nobody says how its datum lies
                                     to WGS 84; "": that is known */
    bool unplaced;                /* geo_source_options.unplaced */
    bool in_metres, declared;     /* the system is projected; it is the source's word, not stated */
    char note[GEOMETRY_NOTE_MAX]; /* of the last geometry: what was done to it, or "" */
    unsigned char *wkb;
    size_t wkb_len, wkb_cap;
};

/* layer_crs may be NULL; a stated epsg (not 0) overrides it. limits are borrowed. */
bool source_geometry_init(struct source_geometry *to, enum geo_geometry wanted,
                          OGRSpatialReferenceH layer_crs, int epsg,
                          const struct geo_source_limits *limits, struct err *err);
void source_geometry_free(struct source_geometry *to);

/* Fills shape, x, y and wkb of row, and the note; geometry may be NULL and is consumed. */
bool source_geometry_read(struct source_geometry *to, OGRGeometryH geometry,
                          struct geo_source_row *row, struct err *err);

/* Transforms every part of a geometry to lon/lat, in place. */
bool source_geometry_transform(struct geo_crs *crs, int epsg, OGRGeometryH geometry,
                               struct err *err);

#endif
