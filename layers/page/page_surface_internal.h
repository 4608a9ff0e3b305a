/* page_surface_internal.h - ends a drawing: cairo's errors, and the bytes of the file. For
 * modules that draw by cairo.
 *
 * Threads: any.
 * Errors:  false with *err: memory, or what cairo says.
 */
#ifndef LAYERS_PAGE_SURFACE_INTERNAL_H
#define LAYERS_PAGE_SURFACE_INTERNAL_H

#include <cairo.h>

#include "geo/base/buf.h"
#include "geo/base/err.h"

/* A cairo_write_func_t that appends to a struct buf. */
cairo_status_t page_surface_write(void *out, const unsigned char *data, unsigned int len);

/* Finishes the surface. status: of the drawing on it; what: "dibujar el mapa", for the error.
 * vector: the file is written now. */
bool page_surface_close(cairo_surface_t *surface, cairo_status_t status, bool vector,
                        const char *what, struct err *err);

/* Appends an image surface, which must be flushed, as a PNG. */
bool page_surface_png(cairo_surface_t *surface, bool opaque, struct buf *out, struct err *err);

#endif
