/* file.h - reads a whole small file that the user named, with limits of size and time.
 *
 * Threads: any. Units: bytes, seconds.
 * Errors:  ERR_INPUT: no such file, a folder, a pipe that nobody writes to; ERR_LIMIT:
 *          larger than allowed.
 */
#ifndef GEO_BASE_FILE_H
#define GEO_BASE_FILE_H

#include "geo/base/buf.h"
#include "geo/base/err.h"

enum { FILE_WAIT_S = 10 }; /* for the next bytes of a pipe */

/* Appends to out. path may name a pipe, as a shell's <(…) does, or a device. */
bool file_read(const char *path, size_t max_bytes, struct buf *out, struct err *err);

#endif
