/* page_internal.h - the state of drawing a page or a legend; only for layers/page/. */
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
    double centre[2];               /* lon, lat */
    double metres_per_px;           /* true metres, at the centre */
    double low_y;                   /* free above this y, at the lower right of the map */
    double top_y;                   /* free below this y, at the upper right */
    size_t marked[PAGE_MARK_KINDS]; /* points by kind */
    size_t marked_off;              /* points that are not where the map is */
};

enum { PAGE_GAP = 10 }; /* between the map's frame and the elements on it */

/* Draws everything around and on the map; page_paper() comes before. */
void page_paper(struct page *page);
bool page_furniture(struct page *page, struct err *err);
/* page_graticule.c: draws lines on the map, and their names in the margin; before the
 * other elements, and below the map's labels. */
bool page_graticule(struct page *page, struct err *err);

/* page_marks.c: draws the points, and their panel at the upper right; before the other elements. */
void page_marks(struct page *page);

/* An opaque background for elements on the map, and the colour of texts. */
void page_panel(cairo_t *cr, double x, double y, double width, double height);
void page_text_color(cairo_t *cr);

/* Text with its left end, middle or right end (align 0, 0.5, 1) at x and its
 * middle at y, no wider than max_px (0: any). Returns its width. */
double page_text(cairo_t *cr, const char *text, const char *font, double x, double y, double align,
                 double max_px);
double page_text_width(cairo_t *cr, const char *text, const char *font);

#endif
