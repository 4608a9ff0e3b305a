/* folder.h - can a new file be put where a path says?
 *
 * Asked before long work, so that the answer names the folder and what is wrong
 * with it, and not the library that tripped over it.
 * Threads: any. Errors: ERR_INPUT.
 */
#ifndef GEO_BASE_FOLDER_H
#define GEO_BASE_FOLDER_H

#include "geo/base/err.h"

/* The folder of `path` is there and may be written into. */
bool folder_takes(const char *path, struct err *err);

#endif
