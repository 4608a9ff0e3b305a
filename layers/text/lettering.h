/* lettering.h - texts set in lines, and their letters as coverage masks, cached.
 *
 * The only module that uses Pango. A text is measured once, in ems, for all sizes, zooms
 * and styles; a letter is rasterized once for each size and quarter of a pixel. Lines are
 * broken and placed as in MapLibre, so that a page that uses our glyphs shows the same
 * label.
 *
 * Owns:    everything it returns lives as long as it; reference-counted.
 * Threads: any; it locks itself. What it returned is immutable.
 * Units:   blocks in ems (x right, y down, from the anchor of the label);
 *          masks in device pixels.
 * Errors:  NULL with *err: memory is short, or a text that cannot be set.
 */
#ifndef LAYERS_LETTERING_H
#define LAYERS_LETTERING_H

#include <stdint.h>

#include "geo/base/err.h"
#include "styles/style.h"

struct lettering;
struct _cairo; /* cairo_t */

struct lettering *lettering_new(struct err *err);
struct lettering *lettering_ref(struct lettering *lettering);
void lettering_unref(struct lettering *lettering); /* NULL is fine */
size_t lettering_bytes(struct lettering *lettering);

struct lettering_letter {
    uint32_t glyph;
    uint16_t font, run; /* run: of the text, for its colour */
    float x, y;         /* left end of the baseline */
    float advance, scale;
};

struct lettering_line {
    const char *text; /* for files with searchable text */
    uint32_t first, count;
};

struct lettering_block {
    struct lettering_letter *letters;
    struct lettering_line *lines;
    size_t n_letters, n_lines;
    float left, top, right, bottom; /* the lines' boxes */
};

struct lettering_text {
    const struct style_run *runs;
    size_t n_runs;
    const char *fonts;   /* for runs without fonts; joined by commas */
    double max_width_em; /* 0: one line */
    double line_height_em, spacing_em;
    const char *justify, *anchor; /* MapLibre's words */
};

const struct lettering_block *lettering_set(struct lettering *lettering,
                                            const struct lettering_text *text, struct err *err);

struct lettering_mask {
    int left, top; /* bounds of the mask, from the letter's position rounded down */
    int width, height;
    const uint8_t *coverage; /* in 7 steps, 0 to 255 */
};

/* Horizontal positions within a pixel at which a letter is rasterized. */
enum { LETTERING_PHASES = 4 };

/* halo_px 0: the letter; else the letter with a halo of that width. */
const struct lettering_mask *lettering_mask(struct lettering *lettering, uint16_t font,
                                            uint32_t glyph, float em_px, int phase, float halo_px,
                                            struct err *err);

/* Draws a line as selectable text, or as a path; x, y: the anchor; with cairo's colour and
 * line width. False: memory; other failures show in cr's status. */
enum lettering_mode { LETTERING_TEXT, LETTERING_STROKE };
bool lettering_draw(struct lettering *lettering, struct _cairo *cr,
                    const struct lettering_block *block, size_t line, double x, double y,
                    double em_px, enum lettering_mode mode);
/* Draws one letter, rotated about its position; filled or stroked. */
void lettering_draw_letter(struct lettering *lettering, struct _cairo *cr,
                           const struct lettering_letter *letter, double em_px,
                           enum lettering_mode mode);

#endif
