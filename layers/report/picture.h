/* picture.h - a map in a report: the map of the tiles as vector graphics, with one
 * municipality or department highlighted, a scale bar and a legend.
 *
 * Owns:    the views it made, by zoom; they are shared by all that draw.
 * Threads: picture_draw() by any number of pens at a time.
 * Units:   points on the page; lon/lat degrees.
 */
#ifndef LAYERS_REPORT_PICTURE_H
#define LAYERS_REPORT_PICTURE_H

#include "geo/base/box.h"
#include "geo/base/err.h"
#include "layers/report/pen.h"
#include "layers/snapshot/snapshot.h"
#include "styles/style.h"

struct picture;

/* Takes ownership of the style, also on failure; not of the snapshot. */
struct picture *picture_new(struct style *style, struct snapshot *snapshot, struct err *err);
void picture_free(struct picture *picture); /* NULL is fine */
const struct style *picture_style(const struct picture *picture);

/* What is highlighted; all NULL: nothing. The rest is veiled. */
struct picture_focus {
    const char *departamento;
    const char *codigo;
};

struct picture_request {
    double x, y, width, height;
    struct picture_focus focus; /* shown completely; without one the whole country */
    bool scale_bar;
    const char *warning; /* on the map; "" or NULL: none */
    bool frame;
    bool clear; /* only the focus; other municipalities are not drawn */
};

bool picture_draw(struct picture *picture, struct pen *pen, const struct picture_request *request,
                  struct err *err);
/* A small map of the country in flat colours: the focus' department, and its municipality. */
bool picture_locator(struct picture *picture, struct pen *pen,
                     const struct picture_request *request, struct err *err);

/* Draws the style's legend in so many columns; returns its height. draw false: only
 * computes it. Only entries of layers visible on a map of that size. */
double picture_legend(struct picture *picture, struct pen *pen, const struct picture_request *map,
                      double x, double y, double width, int columns, bool draw);

#endif
