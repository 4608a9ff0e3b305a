/* xml_encoding.h - an XML file as UTF-8: programs leave KML and GPX in Windows-1252, said or not,
 * which the library that reads them does not know.
 *
 * Owns:    nothing; the result is the caller's.
 * Threads: any.
 * Errors:  of memory only: by the buffers.
 */
#ifndef GEO_XML_ENCODING_H
#define GEO_XML_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/buf.h"

enum { XML_ENCODING_HEAD = 256 }; /* first bytes that say how a file is encoded */

/* What has to be done with a file, by its first bytes. */
enum xml_encoding {
    XML_AS_IT_IS, /* expat reads it, or nobody does */
    XML_PERHAPS,  /* it should be UTF-8, and may be something else */
    XML_OTHER,    /* it says another encoding, which charset.h knows */
};
enum xml_encoding xml_encoding_of(const char *head, size_t len);

/* The whole file as UTF-8 that says so, appended to out; a Spanish sentence on it to note. False:
 * it is UTF-8 already, and out is empty. */
bool xml_encoding_decode(const char *bytes, size_t len, struct buf *out, struct buf *note);

#endif
