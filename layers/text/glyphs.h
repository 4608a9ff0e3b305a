/* glyphs.h - letters for MapLibre in a browser: signed distance fields, 256
 * letters a file, from the very font files the server draws with.
 *
 * The one module that knows FreeType and fontconfig. Fields as MapLibre expects
 * them: 24 px to the em, 3 px around, 8 px to both sides of the outline in 256
 * steps with the outline at 192 (fontnik's radius 8, cutoff 0.25).
 *
 * Owns:    nothing between calls.
 * Threads: any.
 * Errors:  ERR_NOT_FOUND for a font that is not ours, ERR_SETUP where its file
 *          is not installed, ERR_MEMORY.
 */
#ifndef LAYERS_GLYPHS_H
#define LAYERS_GLYPHS_H

#include <stdint.h>

#include "geo/base/buf.h"
#include "geo/base/err.h"

enum {
    GLYPHS_EM_PX = 24,
    GLYPHS_BUFFER_PX = 3,
    GLYPHS_RADIUS_PX = 8,
    GLYPHS_PER_FILE = 256,
    GLYPHS_LAST_FILE = 65280 /* 0-255 .. 65280-65535 */
};

/* The protobuf of fontstack ("Open Sans Semibold,Arial Unicode MS Regular": the
 * first of our fonts that has the letter) from letter `first` on, appended to
 * out. The stack's name in it is the one asked for. */
bool glyphs_put(const char *fontstack, uint32_t first, struct buf *out, struct err *err);

#endif
