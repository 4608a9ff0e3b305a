/* source_unread.h - files that come instead of data and are not read: old Excel, HTML saved as
 * .xls, archives, documents. Says what a file is and how to get at its data.
 *
 * Owns:    nothing.
 * Threads: any.
 * Errors:  ERR_INPUT with one Spanish sentence.
 */
#ifndef GEO_SOURCE_UNREAD_H
#define GEO_SOURCE_UNREAD_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/err.h"
#include "geo/files/source_format.h"

/* False with the advice if the content is of such a kind. name is shown; head are the first
 * bytes of the file, directory those where an Office file lists its parts (NULL: not read). */
bool source_unread_check(const char *name, enum source_content content, const void *head,
                         size_t len, const void *directory, size_t directory_len, struct err *err);

/* Where an Office file lists its parts, by its first bytes: an offset in the file; 0: it is
 * no such file. */
size_t source_unread_office_directory(const void *head, size_t len);

/* The advice for a file that is only known by its name, such as one listed in a zip; NULL:
 * none. */
const char *source_unread_by_name(const char *name);

#endif
