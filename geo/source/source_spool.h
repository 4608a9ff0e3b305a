/* source_spool.h - the rows of tables that were studied, in a temporary file without a name, so
 * that they need not be read and repaired a second time.
 *
 *     source_spool_begin(spool, table);
 *     for each row: source_spool_put(spool, bytes, len);
 *     source_spool_end(spool);
 *     if (source_spool_has(spool, table)) {
 *         source_spool_rewind(spool, table);
 *         while (source_spool_next(spool, &bytes, &len, &more, err) && more) …
 *     }
 *
 * The file lies in the folder $TMPDIR, else in /var/tmp. Where it cannot be written (no room, a
 * limit on the size of files) the table is not kept, and its source is read again instead.
 *
 * Owns:    the file, which the system removes when this process ends.
 * Threads: one owner.
 * Errors:  ERR_DEPENDENCY: what was written cannot be read.
 */
#ifndef GEO_SOURCE_SPOOL_H
#define GEO_SOURCE_SPOOL_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/err.h"

struct source_spool; /* opaque */

/* NULL: there is no memory for it. */
struct source_spool *source_spool_new(size_t n_tables);
void source_spool_free(struct source_spool *spool); /* NULL is fine */

/* Begins to keep a table; what was kept of it is forgotten. */
void source_spool_begin(struct source_spool *spool, size_t table);
void source_spool_put(struct source_spool *spool, const void *bytes, size_t len);
void source_spool_end(struct source_spool *spool);

/* The table is kept. */
bool source_spool_has(const struct source_spool *spool, size_t table);
/* Begins to give its rows; nothing is being kept then. */
void source_spool_rewind(struct source_spool *spool, size_t table);
/* The next row, borrowed until the next call; *more false at the end. */
bool source_spool_next(struct source_spool *spool, const unsigned char **bytes, size_t *len,
                       bool *more, struct err *err);

#endif
