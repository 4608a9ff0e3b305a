/* glyphs_sdf.h - the signed distance field of a glyph; only for glyphs.c.
 *
 * Units: pixels of GLYPHS_EM_PX to the em. Threads: one a face.
 */
#ifndef LAYERS_GLYPHS_SDF_H
#define LAYERS_GLYPHS_SDF_H

#include <stdbool.h>
#include <stdint.h>

struct FT_FaceRec_;

struct glyph_field {
    int width, height; /* without the buffer; 0: nothing is drawn */
    int left, top; /* bounds of the drawn part; top is relative to the ascender, as in MapLibre */
    int advance;
    uint8_t *pixels; /* with the buffer, rows from the top */
};

/* False: memory. */
bool glyph_field_make(struct FT_FaceRec_ *face, unsigned glyph, struct glyph_field *field);
void glyph_field_free(struct glyph_field *field);

#endif
