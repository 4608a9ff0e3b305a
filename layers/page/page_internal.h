/* page_internal.h - a page being drawn: for layers/page*.c alone. */
#ifndef LAYERS_PAGE_INTERNAL_H
#define LAYERS_PAGE_INTERNAL_H

#include <cairo.h>

#include "layers/page/page.h"
#include "layers/page/projection.h"
#include "layers/page/provenance.h"

struct page {
    const struct page_request *request;
    const struct style *style;
    const struct snapshot *snapshot; /* in lon/lat */
    double zoom;                     /* of the style */
    struct projection *projection;
    struct provenance provenance;
    cairo_t *cr;             /* user unit: CSS px, from the page's left upper corner */
    int x, y, width, height; /* of the map on the page */
    double origin_x, origin_y, steps_per_px;
    double centre[2];     /* lon, lat */
    double metres_per_px; /* at the centre, true ones */
    double low_y;         /* free above this at the lower right of the map */
    double top_y;         /* free below this at the upper right */
};

enum { PAGE_GAP = 10 }; /* between the map's frame and what stands on it */

/* Everything around and on the map; before it, page_paper(). */
void page_paper(struct page *page);
bool page_furniture(struct page *page, struct err *err);
/* page_graticule.c: lines on the map, their names in the margin; before the
 * furniture, and under the map's names. */
bool page_graticule(struct page *page, struct err *err);

/* Text with its left end, middle or right end (align 0, 0.5, 1) at x and its
 * middle at y, no wider than max_px (0: any). Returns its width. */
double page_text(cairo_t *cr, const char *text, const char *font, double x, double y, double align,
                 double max_px);

#endif
