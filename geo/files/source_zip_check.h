/* source_zip_check.h - what a zip has that would be read wrongly, or not at all, without a word.
 *
 * Owns:    nothing. Threads: any.
 * Errors:  ERR_INPUT names the file in the zip, and says what to do.
 */
#ifndef GEO_SOURCE_ZIP_CHECK_H
#define GEO_SOURCE_ZIP_CHECK_H

#include "geo/base/err.h"

/* Refuses: a file with a password; two files of one name, of which the first would be read twice; a
 * file that is stored as it is, and whose checksum differs (GDAL checks only what it unpacks); a
 * database with changes that stand only beside it (-wal), where GDAL does not look in a zip.
 * Reads all files that are stored as they are. path as GDAL opens it. */
bool source_zip_check(const char *path, struct err *err);

#endif
