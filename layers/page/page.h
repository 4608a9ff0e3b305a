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

/* Points over the map, each of one kind. Those that lie elsewhere stand at its edge, hollow. A
 * panel names the kinds that occur, with their numbers. */
enum page_shape { PAGE_DISC, PAGE_DIAMOND, PAGE_SQUARE, PAGE_TRIANGLE };

struct page_mark_kind {
    const char *name;
    enum page_shape shape;
    double rgb[3]; /* 0-1, sRGB */
};

struct page_mark {
    double lon_deg, lat_deg; /* any numbers: what is no place is only counted */
    int kind;
};

enum { PAGE_MARK_KINDS = 8 };

struct page_marks {
    const struct page_mark_kind *kinds; /* later ones are drawn over earlier ones */
    size_t n_kinds;                     /* at most PAGE_MARK_KINDS */
    const struct page_mark *marks;
    size_t n;
};

struct page_request {
    struct geo_box box; /* shown completely; the map shows more if its shape differs */
    int width_px, height_px;
    int scale;       /* pixels of a PNG per CSS pixel */
    int epsg;        /* PROJECTION_MERCATOR: as tiles */
    const char *crs; /* a system by PROJ's name for it, instead of epsg; NULL: epsg */
    enum page_format format;
    const char *title; /* NULL: none */
    bool legend, scale_bar, north, graticule, provenance;
    const char *version;            /* of the program, for the source line */
    const struct page_marks *marks; /* NULL: none */
    bool only_boundaries;           /* no record is shown, nor a figure of records */
};

/* Appends the bytes of the file to out. */
bool page_draw(const struct style *style, struct snapshot *snapshot,
               const struct page_request *request, struct buf *out, struct err *err);

#endif
