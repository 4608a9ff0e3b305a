/* drawer.h - what is kept from view to view of a picture, and from picture to picture.
 *
 * Owns:    scratch memory sized to the geometry; reuse it from tile to tile.
 * Threads: one drawer per thread.
 * Errors:  false when memory is short.
 */
#ifndef LAYERS_DRAWER_H
#define LAYERS_DRAWER_H

#include "layers/paint/canvas.h"

struct drawer; /* opaque */

struct drawer *drawer_new(void); /* NULL: memory */
void drawer_free(struct drawer *drawer);

/* To be called before the first view of a picture. False: memory. */
bool drawer_start(struct drawer *drawer, struct canvas *canvas);
/* To be called before something other than a view is drawn on the canvas: all pixels are
 * written, and the drawer assumes nothing about them afterwards. */
void drawer_lend(struct drawer *drawer);

/* True if the whole picture has one colour; then its pixels are not written yet.
 * drawer_finish() writes them. */
bool drawer_one_color(const struct drawer *drawer, uint32_t *pixel);
void drawer_finish(struct drawer *drawer);

#endif
