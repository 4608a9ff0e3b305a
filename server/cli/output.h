/* output.h - the files that a command writes where it is told to.
 *
 * A file that is there is replaced, unless it is what the command works with.
 *
 * Owns:    nothing.
 * Threads: any.
 * Errors:  ERR_USAGE with the option and the file; ERR_INPUT for a place that cannot be written to.
 */
#ifndef SERVER_OUTPUT_H
#define SERVER_OUTPUT_H

#include <stdbool.h>

#include "geo/base/err.h"

/* Before the work: the folder of `path` can be written to, and `path` is neither the database nor
 * its log. option: how it was given, "-o". */
bool output_takes(const char *option, const char *path, const char *db_path, struct err *err);

/* Before the work: `path` is not the source of an import: neither the file nor, of a folder,
 * anything in it. */
bool output_spares_source(const char *option, const char *path, const char *source,
                          struct err *err);

#endif
