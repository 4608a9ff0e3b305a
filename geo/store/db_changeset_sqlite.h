/* db_changeset_sqlite.h - checks that bytes are a complete changeset of SQLite's session
 * extension (sqlite.org/session.html). SQLite 3.40 loops for ever on one whose header is
 * cut short.
 *
 * Threads: any.
 */
#ifndef GEO_DB_CHANGESET_SQLITE_H
#define GEO_DB_CHANGESET_SQLITE_H

#include <stdbool.h>
#include <stddef.h>

/* Parses all of it; never reads beyond the end. */
bool db_changeset_whole(const void *bytes, size_t len);

#endif
