/* store_changeset.h - whether bytes are a whole changeset of SQLite's session extension
 * (sqlite.org/session.html): SQLite 3.40 goes on for ever with one whose header is cut.
 *
 * Threads: any.
 */
#ifndef GEO_STORE_CHANGESET_H
#define GEO_STORE_CHANGESET_H

#include <stdbool.h>
#include <stddef.h>

/* Walks all of it and reads nothing beyond. */
bool store_changeset_whole(const void *bytes, size_t len);

#endif
