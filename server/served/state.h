/* state.h - what the workers share: the content served now, replaced when the
 * database changes.
 *
 * A watcher thread notices a change within some 4 ms, also if the file, its log or its
 * index was replaced: then all connections are closed, without writing anything, and opened
 * again. It builds the next content (served.h) beside the old one and swaps the pointer. A
 * request keeps the content it began with, and never waits for a build.
 *
 * Owns:    the styles, the cache of answers, the connections to lend, the current
 *          content, the watcher.
 * Threads: any, but for state_open/close.
 * Errors:  a failure of the first build is the caller's; later the old content
 *          stays, the log says why, and state_trouble() tells /health.
 */
#ifndef SERVER_STATE_H
#define SERVER_STATE_H

#include <stdio.h>

#include "server/served/served.h"
#include "server/served/stores.h"

struct state;

struct state *state_open(const char *db_path, FILE *log, struct err *err);
void state_close(struct state *state); /* NULL is fine */

/* Give it back with served_unref(). */
struct served *state_acquire(struct state *state);

/* From now on logs the memory and build time of each layer: now for the current content, and
 * for each new one. */
void state_be_verbose(struct state *state);

const char *state_db_path(const struct state *state);
struct stores *state_stores(const struct state *state);

enum state_trouble {
    STATE_FINE,
    STATE_STALE,       /* the content is older than the database, which cannot be read */
    STATE_NO_DATABASE, /* missing, damaged, or its files do not belong together */
};
/* Whether the last good content is still shown because of a problem; the log has the reason. */
enum state_trouble state_trouble(struct state *state);

size_t state_style_count(const struct state *state);
int state_style_find(const struct state *state, const char *id); /* -1: none */

#endif
