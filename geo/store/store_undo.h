/* store_undo.h - undoes imports: the changes of a transaction are recorded
 * (db_undo_begin), and applied backwards.
 *
 * Owns:    struct store_undo from begin to finish or free; the caller's.
 * Threads: as the store's.
 * Errors:  ERR_INPUT if later changes of the same records prevent it: nothing was changed.
 *
 * Only records are restored (geo_tables, editions, aliases, verdicts); the caller
 * recomputes links and figures.
 */
#ifndef GEO_STORE_UNDO_H
#define GEO_STORE_UNDO_H

#include "geo/store/store.h"

struct store_undo; /* opaque */

/* Starts recording, inside a transaction. */
struct store_undo *geo_undo_begin(struct geo_store *store, struct err *err);
void geo_undo_free(struct store_undo *undo); /* NULL is fine; discards what was recorded */
/* Writes a row of `importaciones`, in the same transaction. summary is JSON. */
bool geo_undo_finish(struct store_undo *undo, const char *layer, const char *source,
                     const char *summary, int64_t *id, struct err *err);

struct geo_import_row {
    int64_t id;
    const char *date; /* "YYYY-MM-DDTHH:MM:SSZ" */
    const char *layer, *source, *summary;
    const char *undone; /* when it was undone; "" if it was not */
};

/* Borrowed during the call. Newest first; returning false stops. */
typedef bool geo_import_row_fn(void *arg, const struct geo_import_row *row);
bool geo_undo_each(struct geo_store *store, geo_import_row_fn *fn, void *arg, struct err *err);

/* A row that was changed, and may no longer be there. Verdicts are reported too, as rows
 * of "veredictos". */
typedef bool geo_undo_touched_fn(void *arg, const char *table, int64_t id);

/* Reverts the changes of import `id`, inside the caller's transaction, and marks it
 * undone. fn is called for every record touched, and may be NULL. */
bool geo_undo_apply(struct geo_store *store, int64_t id, geo_undo_touched_fn *fn, void *arg,
                    struct err *err);

#endif
