/* ink.h - fonts and colours of reports.
 *
 * Open Sans in a few sizes, and colours that differ in lightness, so that people who
 * confuse red and green can tell them apart.
 *
 * Owns:    a font map and a layout a style; one pen a thread.
 * Threads: one owner.
 * Units:   points (1/72 inch), y down.
 * Errors:  cairo's, kept by the surface.
 */
#ifndef LAYERS_REPORT_INK_H
#define LAYERS_REPORT_INK_H

#include <stdbool.h>

struct _cairo; /* cairo_t */
struct ink;

enum ink_style {
    INK_COVER,    /* the title on the cover */
    INK_SUBTITLE, /* under it */
    INK_H1,
    INK_H2,
    INK_BODY,
    INK_STRONG,  /* body, semibold */
    INK_CAPTION, /* over tables, charts and maps */
    INK_TABLE,
    INK_TABLE_BOLD,
    INK_SMALL, /* units, sources, page feet */
    INK_SMALL_BOLD,
    INK_FIGURE, /* a key figure */
    INK_CHART,  /* labels in charts */
    INK_STYLES
};

enum ink_color {
    INK_BLACK,
    INK_GREY, /* secondary text */
    INK_RULE, /* hairlines */
    INK_PALE, /* grounds */
    INK_WHITE,
    INK_DEEP,  /* the programme's: headings, first series */
    INK_OCHRE, /* second series, warnings */
    INK_SKY,   /* third series */
    INK_PLUM,  /* points and marks */
    INK_MIST,  /* a light ground of INK_DEEP */
    INK_COLORS
};

struct ink *ink_new(void); /* NULL: memory */
void ink_free(struct ink *ink);
/* Draws on this from now on; no reference is kept. */
void ink_use(struct ink *ink, struct _cairo *cr);
struct _cairo *ink_cairo(const struct ink *ink);

void ink_color(struct ink *ink, enum ink_color color);
void ink_color_of(enum ink_color color, double rgb[3]); /* 0-1, sRGB */

/* Writes one line: x is its left end, middle or right end by align (0, 0.5, 1), y its
 * baseline; cut with an ellipsis at max (0: never). Returns its width. */
double ink_line(struct ink *ink, enum ink_style style, enum ink_color color, double x, double y,
                double align, double max, const char *text);
double ink_width(struct ink *ink, enum ink_style style, const char *text);

/* Writes Pango markup broken into lines, y its upper edge; align as above. Returns its
 * height, which ink_height() computes beforehand. */
double ink_block(struct ink *ink, enum ink_style style, enum ink_color color, double x, double y,
                 double width, double align, const char *markup);
double ink_height(struct ink *ink, enum ink_style style, double width, const char *markup);
double ink_line_height(struct ink *ink, enum ink_style style);

void ink_rect(struct ink *ink, enum ink_color color, double x, double y, double width,
              double height);
void ink_rule(struct ink *ink, enum ink_color color, double width, double x0, double y0, double x1,
              double y1);

/* A drawing that many pages share, stored under a name, so that the file has it once.
 * NULL: there is none of that name. The pen owns the one it is given, and keeps a single
 * one. */
struct _cairo_surface;
struct _cairo_surface *ink_stamp(struct ink *ink, const char *name);
void ink_keep_stamp(struct ink *ink, const char *name, struct _cairo_surface *stamp);

#endif
