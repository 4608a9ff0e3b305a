/* source_path_internal.h - what finding a source and looking inside it share. Private
 * to geo/import/source_path.c and source_unpack.c: it speaks GDAL's types. */
#ifndef GEO_SOURCE_PATH_INTERNAL_H
#define GEO_SOURCE_PATH_INTERNAL_H

#include <cpl_vsi.h>

#include "geo/import/source_path.h"

/* A name of its own under /vsimem/: the address of its owner tells it apart. NULL:
 * no memory. */
char *source_path_memory_name(const void *owner, const char *name, const char *extension);
/* Takes bytes that came from VSIMalloc(); others are borrowed. */
bool source_path_put(const char *name, GByte *bytes, size_t len, bool taken, struct err *err);
/* What a file begins with, and which format that makes it. */
bool source_path_look(struct source_path *path, const char *file, struct err *err);

#endif
