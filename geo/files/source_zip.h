/* source_zip.h - the directory of a zip before anything is unpacked: names, sizes.
 *
 * Owns:    the list of names; source_zip_free().
 * Threads: one owner.
 * Errors:  ERR_INPUT: not a zip; a name that points outside it; a link. ERR_LIMIT: too
 *          many entries, too large unpacked, too high a ratio.
 */
#ifndef GEO_SOURCE_ZIP_H
#define GEO_SOURCE_ZIP_H

#include <stddef.h>

#include "geo/files/source_limits.h"

struct source_zip {
    char **names; /* as GDAL opens them; folders end with '/'. Not always UTF-8. */
    size_t n, cap;
};

/* path as GDAL opens it: a file, or one under /vsimem/. */
bool source_zip_list(const char *path, const struct geo_source_limits *limits,
                     struct source_zip *zip, struct err *err);
void source_zip_free(struct source_zip *zip);

/* A name for people, and always UTF-8: as it is if it is that (`zip`, macOS), else read as DOS 850
 * (Windows in Spanish) unless another encoding of charset.h fits better. NULL: no memory. For
 * free(). */
char *source_zip_shown(const char *name);

#endif
