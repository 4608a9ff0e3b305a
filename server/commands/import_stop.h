/* import_stop.h - ends an import on SIGINT (Ctrl-C) or SIGTERM as if it had failed: what it wrote
 * is rolled back, and the database is closed, so that no log stays beside it.
 *
 * A second signal ends the process at once: what was not committed has no effect either way.
 *
 * Owns:    the handlers of both signals, from begin to end; one import at a time.
 * Threads: the main one.
 * Errors:  import_stop_came().
 */
#ifndef SERVER_IMPORT_STOP_H
#define SERVER_IMPORT_STOP_H

#include "geo/store/store.h"

/* From now on a signal ends what the store does, and what asks its budget. */
void import_stop_begin(struct geo_store *store);
/* The import can no longer be stopped: signals wait for its end. */
void import_stop_too_late(void);
/* Signals end the process again, as they do by default. */
void import_stop_end(void);

/* True if a signal came, and the import failed: *err then says so, and nothing else. */
bool import_stop_came(struct err *err);

#endif
