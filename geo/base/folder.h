/* folder.h - can a new file be put where a path says? And putting it there.
 *
 * Asked before long work, so that the answer names the folder and what is wrong
 * with it, and not the library that tripped over it.
 * Threads: any. Errors: ERR_INPUT.
 */
#ifndef GEO_BASE_FOLDER_H
#define GEO_BASE_FOLDER_H

#include <stddef.h>

#include "geo/base/err.h"

/* The folder of `path` is there and may be written into. */
bool folder_takes(const char *path, struct err *err);

/* A file is there whole or not at all: under another name first. What was there
 * is replaced. */
bool folder_write(const char *path, const void *bytes, size_t len, struct err *err);

#endif
