/* state.h - what the workers share: the current view of the data, swapped
 * whole when the database changes.
 *
 * A view is a snapshot with the tile plans of every style and the versions of its
 * contents, by which answers are kept. A watcher thread sees a change within some 4 ms, builds the
 * next view beside the old one and swaps the pointer; a request holds the view
 * it began with, and never waits for a build.
 *
 * Owns:    the styles, the current view, the watcher. Views are counted:
 *          state_acquire() and view_release() in pairs.
 * Threads: any, but for state_open/close.
 * Errors:  a build that fails at the start is the caller's; later the old view
 *          stays, the log says why, and state_trouble() tells /health.
 */
#ifndef SERVER_STATE_H
#define SERVER_STATE_H

#include <stdio.h>

#include "layers/tile.h"
#include "server/cache.h"
#include "server/stores.h"
#include "server/versions.h"

struct state;

struct view {
    struct snapshot *snapshot;
    const struct style **styles; /* with the class breaks of this content */
    struct tile_plan **plans;    /* of styles */
    struct versions *versions;   /* of this content: ETags, ?v= in tile URLs */
    struct cache *cache;         /* answers; the state's, of all views */
    int64_t revision;
    uint32_t program; /* differs between programs: what they draw without data does */
    uint64_t file;    /* differs when the database is another file of the same name */
    double build_ms;  /* from the change seen to the view ready */
    bool simulated, schematic;
    struct geo_edition_info edition; /* the current one */
};

struct state *state_open(const char *db_path, FILE *log, struct err *err);
void state_close(struct state *state); /* NULL is fine */

struct view *state_acquire(struct state *state);
void view_release(struct state *state, struct view *view);

/* From now on the log says what memory each layer takes and how long it took to
 * build: of the current view now, of the next ones as they come. */
void state_be_verbose(struct state *state);

const char *state_db_path(const struct state *state);
struct stores *state_stores(const struct state *state);
/* True, with the reason, while the view is older than the database. */
bool state_trouble(struct state *state, char reason[ERR_MESSAGE_MAX]);

size_t state_style_count(const struct state *state);
int state_style_find(const struct state *state, const char *id); /* -1: none */

#endif
