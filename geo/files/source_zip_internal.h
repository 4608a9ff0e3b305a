/* source_zip_internal.h - a zip opened by minizip over GDAL's files. Private to the sources in
 * geo/import, because it uses minizip's types.
 *
 * An entry's name is that of its Unicode Path field (0x7075) if it has a valid one, else its bytes
 * as they are; '/' parts folders, and a leading "./" is dropped. These are the names that GDAL's
 * /vsizip/ has too, where CPL_ZIP_ENCODING is UTF-8 (geo/source/source_reader_open.c). */
#ifndef GEO_SOURCE_ZIP_INTERNAL_H
#define GEO_SOURCE_ZIP_INTERNAL_H

#include <minizip/unzip.h>
#include <stdbool.h>

/* For unzClose(); NULL: no zip. path as GDAL opens it. */
unzFile source_zip_open(const char *path);

enum { SOURCE_ZIP_NAME_BYTES = 1024 }; /* the longest name, and its NUL after it */

/* The current entry and its name; false: the zip is damaged. Of a name that is longer,
 * entry->size_filename says so, and name is cut. */
bool source_zip_entry(unzFile zip, unz_file_info64 *entry, char name[SOURCE_ZIP_NAME_BYTES + 1]);

#endif
