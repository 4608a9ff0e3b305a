/* glyphs.h - glyphs for MapLibre in a browser: signed distance fields, 256 glyphs a file,
 * from the same font files with which the server draws.
 *
 * The only module that uses FreeType and fontconfig. The fields are as MapLibre expects:
 * 24 px to the em, 3 px around, 8 px to both sides of the outline in 256 steps with the
 * outline at 192 (fontnik's radius 8, cutoff 0.25).
 *
 * Owns:    nothing between calls.
 * Threads: any.
 * Errors:  ERR_NOT_FOUND for an unknown font, ERR_SETUP if its file is not
 *          installed, ERR_MEMORY.
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

/* Appends the protobuf of a fontstack ("Open Sans Semibold,Arial Unicode MS Regular"; each
 * glyph from the first known font that has it) from character `first` on. The stack has
 * the requested name. */
bool glyphs_put(const char *fontstack, uint32_t first, struct buf *out, struct err *err);

#endif
