/* pen.h - writes and draws a report in its fonts and colours.
 *
 * Open Sans in a few sizes, and colours that differ in lightness, so that people who
 * confuse red and green can tell them apart.
 *
 * Owns:    a font map and a layout a font; one pen a thread.
 * Threads: one owner.
 * Units:   points (1/72 inch), y down.
 * Errors:  cairo's, kept by the surface.
 */
#ifndef LAYERS_REPORT_PEN_H
#define LAYERS_REPORT_PEN_H

#include <stdbool.h>

struct _cairo; /* cairo_t */
struct pen;

enum pen_font {
    PEN_COVER,    /* the title on the cover */
    PEN_SUBTITLE, /* under it */
    PEN_H1,
    PEN_H2,
    PEN_BODY,
    PEN_STRONG,  /* body, semibold */
    PEN_CAPTION, /* over tables, charts and maps */
    PEN_TABLE,
    PEN_TABLE_BOLD,
    PEN_SMALL, /* units, sources, page feet */
    PEN_SMALL_BOLD,
    PEN_FIGURE, /* a key figure */
    PEN_CHART,  /* labels in charts */
    PEN_FONTS
};

enum pen_color {
    PEN_BLACK,
    PEN_GREY, /* secondary text */
    PEN_RULE, /* hairlines */
    PEN_PALE, /* grounds */
    PEN_WHITE,
    PEN_DEEP,  /* the programme's: headings, first series */
    PEN_OCHRE, /* second series, warnings */
    PEN_SKY,   /* third series */
    PEN_PLUM,  /* points and marks */
    PEN_MIST,  /* a light ground of PEN_DEEP */
    PEN_COLORS
};

struct pen *pen_new(void); /* NULL: memory */
void pen_free(struct pen *pen);
/* Draws on this from now on; no reference is kept. */
void pen_use(struct pen *pen, struct _cairo *cr);
struct _cairo *pen_cairo(const struct pen *pen);

void pen_set_color(struct pen *pen, enum pen_color color);
void pen_color_of(enum pen_color color, double rgb[3]); /* 0-1, sRGB */

/* Writes one line: x is its left end, middle or right end by align (0, 0.5, 1), y its
 * baseline; cut with an ellipsis at max (0: never). Returns its width. */
double pen_text(struct pen *pen, enum pen_font font, enum pen_color color, double x, double y,
                double align, double max, const char *text);
double pen_text_width(struct pen *pen, enum pen_font font, const char *text);

/* Writes Pango markup broken into lines, y its upper edge; align as above. Returns its
 * height, which pen_paragraph_height() computes beforehand. */
double pen_paragraph(struct pen *pen, enum pen_font font, enum pen_color color, double x, double y,
                     double width, double align, const char *markup);
double pen_paragraph_height(struct pen *pen, enum pen_font font, double width, const char *markup);
double pen_line_height(struct pen *pen, enum pen_font font);

void pen_rect(struct pen *pen, enum pen_color color, double x, double y, double width,
              double height);
void pen_rule(struct pen *pen, enum pen_color color, double width, double x0, double y0, double x1,
              double y1);

/* A drawing that many pages share, stored under a name, so that the file has it once.
 * NULL: there is none of that name. The pen owns the one it is given, and keeps a single
 * one. */
struct _cairo_surface;
struct _cairo_surface *pen_shared(struct pen *pen, const char *name);
void pen_keep_shared(struct pen *pen, const char *name, struct _cairo_surface *shared);

#endif
