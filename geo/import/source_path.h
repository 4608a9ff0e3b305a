/* source_path.h - from what a user names as a source to what GDAL opens: a URL
 * is fetched, a zip looked into, a delimited text file turned into UTF-8.
 *
 * Owns:    the name to open and what it put under /vsimem/; source_path_free().
 * Threads: one owner.
 * Errors:  ERR_NOT_FOUND, ERR_INPUT, ERR_DEPENDENCY (the network).
 */
#ifndef GEO_SOURCE_PATH_H
#define GEO_SOURCE_PATH_H

#include "geo/base/buf.h"
#include "geo/import/source_text.h"

struct source_path {
    char *open;              /* for GDALOpenEx() */
    char *fetched, *decoded; /* files under /vsimem/; NULL: none */
    bool is_text;            /* a delimited text file: text.lines holds its lines */
    struct source_text text;
};

bool source_path_resolve(const char *source, struct source_path *path, struct err *err);
/* What to do about a file that GDAL could not open, by its kind: a Spanish
 * sentence after ": ", or nothing. */
void source_path_advise(const char *source, struct buf *out);
void source_path_free(struct source_path *path);

#endif
