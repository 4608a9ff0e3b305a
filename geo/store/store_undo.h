/* store_undo.h - what undoes an import: the changes of one transaction, kept
 * as SQLite's session extension records them, and applied backwards.
 *
 * Owns:    struct store_undo from begin to finish or free; the caller's.
 * Threads: as the store's.
 * Errors:  ERR_INPUT when later changes stand in the way: nothing was changed.
 *
 * Only records are kept (geo_tables, editions, aliases, verdicts); links and figures are
 * the caller's to compute anew.
 */
#ifndef GEO_STORE_UNDO_H
#define GEO_STORE_UNDO_H

#include "geo/store/store.h"

struct store_undo; /* opaque */

/* Inside a transaction; what is written from here on is recorded. */
struct store_undo *geo_undo_begin(struct geo_store *store, struct err *err);
void geo_undo_free(struct store_undo *undo); /* NULL is fine; forgets what is not finished */
/* Writes a row of `importaciones`, in the same transaction. summary is JSON. */
bool geo_undo_finish(struct store_undo *undo, const char *layer, const char *source,
                     const char *summary, int64_t *id, struct err *err);

struct geo_import_row {
    int64_t id;
    const char *date; /* "YYYY-MM-DDTHH:MM:SSZ" */
    const char *layer, *source, *summary;
    const char *undone; /* when; "" if it was not */
};

/* Borrowed during the call. Newest first; returning false stops. */
typedef bool geo_import_row_fn(void *arg, const struct geo_import_row *row);
bool geo_undo_each(struct geo_store *store, geo_import_row_fn *fn, void *arg, struct err *err);

/* A row of a table that was changed; it may be there no longer. Verdicts are told
 * too, as rows of "veredictos". */
typedef bool geo_undo_touched_fn(void *arg, const char *table, int64_t id);

/* Reverts the changes of import `id`, inside the caller's transaction, and
 * marks it undone. fn is told of every record touched, and may be NULL. */
bool geo_undo_apply(struct geo_store *store, int64_t id, geo_undo_touched_fn *fn, void *arg,
                    struct err *err);

#endif
