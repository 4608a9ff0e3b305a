/* field_accepts.h - what a field takes, in words, for people who correct a cell.
 *
 * Threads: any. Errors: the buffer's (buf_failed).
 */
#ifndef GEO_IMPORT_FIELD_ACCEPTS_H
#define GEO_IMPORT_FIELD_ACCEPTS_H

#include "geo/base/buf.h"
#include "geo/store/schema.h"

/* Appends the bound of a range as people write it: 1000, 100.000. */
void field_put_bound(struct buf *out, double bound);
/* Appends "un número entero de 0 a 100.000"; nothing for any text. field NULL: a coordinate. */
void field_put_accepts(struct buf *out, const struct geo_field *field);

#endif
