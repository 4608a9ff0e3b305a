/* page.h - a map on a page: what tiles show, for any box, size and coordinate
 * system, with what a reader of paper needs: title, legend, scale bar, north,
 * graticule, where the data come from.
 *
 * Simulated data and schematic boundaries are labelled whatever is asked for.
 *
 * Threads: any. Units: CSS pixels (1/96 inch), page and all; lon/lat degrees.
 * Errors:  false with *err; out may hold a part of the file then.
 */
#ifndef LAYERS_PAGE_H
#define LAYERS_PAGE_H

#include "geo/base/box.h"
#include "geo/base/buf.h"
#include "geo/base/err.h"
#include "layers/snapshot.h"
#include "styles/style.h"

enum page_format { PAGE_PNG, PAGE_SVG, PAGE_PDF };

enum { PAGE_MAX_PX = 20000 };

struct page_request {
    struct geo_box box; /* shown whole; the map shows more where the shapes differ */
    int width_px, height_px;
    int scale;       /* pixels of a PNG per CSS pixel */
    int epsg;        /* PROJECTION_MERCATOR as the tiles */
    const char *crs; /* instead, a system by PROJ's name for it; NULL: epsg */
    enum page_format format;
    const char *title; /* NULL: none */
    bool legend, scale_bar, north, graticule, provenance;
    const char *version; /* of the program, for the provenance */
};

/* The file's bytes, appended to out. */
bool page_draw(const struct style *style, struct snapshot *snapshot,
               const struct page_request *request, struct buf *out, struct err *err);

#endif
