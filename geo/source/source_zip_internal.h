/* source_zip_internal.h - a zip opened by minizip over GDAL's files. Private to the sources in
 * geo/import, because it uses minizip's types. */
#ifndef GEO_SOURCE_ZIP_INTERNAL_H
#define GEO_SOURCE_ZIP_INTERNAL_H

#include <minizip/unzip.h>

/* For unzClose(); NULL: no zip. path as GDAL opens it. */
unzFile source_zip_open(const char *path);

#endif
