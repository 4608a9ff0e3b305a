/* source_path_internal.h - shared by geo/source/source_path.c and those that unpack, and
 * private to them, because it uses GDAL's types. */
#ifndef GEO_SOURCE_PATH_INTERNAL_H
#define GEO_SOURCE_PATH_INTERNAL_H

#include <cpl_vsi.h>

#include "geo/source/source_path.h"

/* A unique name under /vsimem/, which contains the address of its owner. NULL: no memory. */
char *source_path_memory_name(const void *owner, const char *name, const char *extension);
/* taken: takes ownership of bytes from VSIMalloc(); else they are borrowed. */
bool source_path_put(const char *name, GByte *bytes, size_t len, bool taken, struct err *err);
/* Adds a sentence to path->notes. */
void source_path_note(struct source_path *path, const char *sentence);
/* source_unzip.c: chooses the file in the zip, and looks at it. */
bool source_path_unzip(struct source_path *path, const struct geo_source_limits *limits,
                       struct err *err);
/* source_inflate.c: puts what a gzip holds under /vsimem/, and looks at it. */
bool source_path_inflate(struct source_path *path, const struct geo_source_limits *limits,
                         struct err *err);
/* Reads the first bytes of a file, and finds its format. */
bool source_path_look(struct source_path *path, const char *file, struct err *err);

#endif
