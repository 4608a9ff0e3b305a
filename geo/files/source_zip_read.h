/* source_zip_read.h - reads one file of a zip, from its first byte to its last.
 *
 * Names are compared as Office does: ASCII case does not matter, and '\' is '/'.
 * source_zip_list() checks the zip before: entries, sizes, ratio.
 *
 * Owns:    a handle of its own on the zip; several files can be read at once.
 * Threads: one owner.
 * Units:   bytes, unpacked.
 * Errors:  ERR_NOT_FOUND: the zip has no such file; ERR_INPUT: it is damaged or has a password.
 */
#ifndef GEO_SOURCE_ZIP_READ_H
#define GEO_SOURCE_ZIP_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/err.h"

struct source_zip_part; /* opaque */

/* path as GDAL opens it. */
struct source_zip_part *source_zip_part_open(const char *path, const char *name, struct err *err);
void source_zip_part_close(struct source_zip_part *part); /* NULL is fine */

/* Reads up to `room` bytes; *len is 0 at the end only, where the checksum was right. */
bool source_zip_part_read(struct source_zip_part *part, void *bytes, size_t room, size_t *len,
                          struct err *err);

/* True if two names are the same file. */
bool source_zip_same_name(const char *a, const char *b);

#endif
