/* legend.h - draws a style's legend: swatches and their Spanish labels, under the title.
 *
 * Threads: any. Units: CSS pixels; a PNG has scale pixels for each.
 * Errors:  false when memory is short or cairo fails.
 */
#ifndef LAYERS_LEGEND_H
#define LAYERS_LEGEND_H

#include "geo/base/buf.h"
#include "geo/base/err.h"
#include "styles/style.h"

struct _cairo; /* cairo_t */

enum legend_format { LEGEND_PNG, LEGEND_SVG };

/* Appends the file to out; the background is transparent. scale: 1 or 2 (for PNG). */
bool legend_draw(const struct style *style, enum legend_format format, int scale, struct buf *out,
                 struct err *err);

/* Whether the entry's layer shows at this zoom; NaN: yes. */
bool legend_shows(const struct style *style, const struct style_legend_entry *entry, double zoom);

/* How large swatches are, in units of cr. */
struct legend_swatch {
    double width, height;   /* size of fills; lines use the width only */
    double rim, rim_inside; /* outline width of fills and circles; margin around fills */
    double radius_max;      /* of circles */
    double per_px;          /* units in one px of the style, for lines and circles */
    bool always_rimmed;     /* outline circles that have no stroke, too */
    bool patterned;         /* draw patterns; false: use the pattern's colour */
};

/* Draws the swatch with left edge x, vertically centred on y = middle. */
void legend_put_swatch(struct _cairo *cr, const struct style_legend_entry *entry,
                       const struct legend_swatch *size, double x, double middle);

/* For drawing on a page: its size, and drawing from 0,0. Only entries of layers visible at
 * this zoom; NaN: all. */
void legend_measure(const struct style *style, double zoom, int *width, int *height);
void legend_put(struct _cairo *cr, const struct style *style, double zoom);

#endif
