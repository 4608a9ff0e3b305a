/* page.h - draws a map page: the same map as tiles, for any box, size and coordinate system,
 * with title, legend, scale bar, north arrow, graticule and data sources.
 *
 * Simulated data and schematic boundaries are always labelled.
 *
 * Threads: any. Units: CSS pixels (1/96 inch), also for the page; lon/lat degrees.
 * Errors:  false with *err; out may contain a part of the file then.
 */
#ifndef LAYERS_PAGE_H
#define LAYERS_PAGE_H

#include "geo/base/box.h"
#include "geo/base/buf.h"
#include "geo/base/err.h"
#include "layers/snapshot/snapshot.h"
#include "styles/style.h"

enum page_format { PAGE_PNG, PAGE_SVG, PAGE_PDF };

enum { PAGE_MAX_PX = 20000 };

struct page_request {
    struct geo_box box; /* shown completely; the map shows more if its shape differs */
    int width_px, height_px;
    int scale;       /* pixels of a PNG per CSS pixel */
    int epsg;        /* PROJECTION_MERCATOR: as tiles */
    const char *crs; /* a system by PROJ's name for it, instead of epsg; NULL: epsg */
    enum page_format format;
    const char *title; /* NULL: none */
    bool legend, scale_bar, north, graticule, provenance;
    const char *version; /* of the program, for the source line */
};

/* Appends the bytes of the file to out. */
bool page_draw(const struct style *style, struct snapshot *snapshot,
               const struct page_request *request, struct buf *out, struct err *err);

#endif
