/* kml_roots.h - a KML has one outermost folder or place. Files that somebody joined, or wrote with
 * a program of his own, have several side by side, of which GDAL reads the last: they are put into
 * one Document.
 *
 * Owns:    nothing.
 * Threads: any.
 * Errors:  false: the file is not in UTF-8 or the like, so that the places of its bytes are not
 *          known; short memory shows in buf_failed(out).
 */
#ifndef GEO_KML_ROOTS_H
#define GEO_KML_ROOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/base/buf.h"

struct kml_roots {
    size_t n;           /* how many there are */
    int64_t begin, end; /* bytes of the file: '<' of the first one, and of </kml> */
};

/* True for a Document, Folder, Placemark…: there is to be one of them. name: without its prefix. */
bool kml_roots_is(const char *name);

/* Appends the file with all of them inside one Document. */
bool kml_roots_join(const char *bytes, size_t len, const struct kml_roots *roots, struct buf *out);

#endif
