/* state.h - what the workers share: the current view of the data, swapped
 * whole when the database changes.
 *
 * A watcher thread sees a change within some 4 ms, also that the file, its log or its
 * index is another one; then all connections are closed, without writing anything back,
 * and opened anew. It builds the next view (view.h)
 * beside the old one and swaps the pointer; a request holds the view it began with,
 * and never waits for a build.
 *
 * Owns:    the styles, the cache of answers, the connections to lend, the current
 *          view, the watcher.
 * Threads: any, but for state_open/close.
 * Errors:  a build that fails at the start is the caller's; later the old view
 *          stays, the log says why, and state_trouble() tells /health.
 */
#ifndef SERVER_STATE_H
#define SERVER_STATE_H

#include <stdio.h>

#include "server/stores.h"
#include "server/view.h"

struct state;

struct state *state_open(const char *db_path, FILE *log, struct err *err);
void state_close(struct state *state); /* NULL is fine */

/* Give it back with view_unref(). */
struct view *state_acquire(struct state *state);

/* From now on the log says what memory each layer takes and how long it took to
 * build: of the current view now, of the next ones as they come. */
void state_be_verbose(struct state *state);

const char *state_db_path(const struct state *state);
struct stores *state_stores(const struct state *state);

enum state_trouble {
    STATE_FINE,
    STATE_STALE,       /* the view is older than the database, which cannot be shown */
    STATE_NO_DATABASE, /* it is gone, damaged, or its files are not of one database */
};
/* Until the next view the last good one is shown; the log has the reason. */
enum state_trouble state_trouble(struct state *state);

size_t state_style_count(const struct state *state);
int state_style_find(const struct state *state, const char *id); /* -1: none */

#endif
