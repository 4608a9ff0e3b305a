/* served.h - everything that is served at one time: a snapshot, the styles for its data, the
 * plans of their tiles, and the versions of its contents.
 *
 * Owns:    its parts, but for the cache; reference-counted: view_ref(), view_unref().
 * Threads: immutable once built; counts may be changed by any.
 * Errors:  view_build() is NULL with *err filled.
 */
#ifndef SERVER_SERVED_H
#define SERVER_SERVED_H

#include "layers/map/tile.h"
#include "server/served/cache.h"
#include "server/served/versions.h"

struct view {
    struct snapshot *snapshot;
    const struct style **styles; /* with class breaks of this content */
    struct tile_plan **plans;    /* of styles */
    struct versions *versions;   /* versions of this content: ETags, ?v= in tile URLs */
    struct cache *cache;         /* cached answers; belongs to the state, shared by all views */
    int64_t revision;
    uint32_t program; /* checksum of the program: versions draw differently */
    uint64_t file;    /* identity of the database file */
    double build_ms;  /* time from noticing the change to the finished view */
    bool simulated, schematic;
    struct geo_edition_info edition; /* the current one */
};

/* The input of views. */
struct view_source {
    struct geo_store *store;     /* of one thread */
    struct style *const *styles; /* the documents, in order of styles_id() */
    size_t n_styles;
    uint32_t program;
    uint64_t file;
    struct cache *cache;
};

/* previous: of the same file, or NULL; unchanged parts are shared with it. */
struct view *view_build(const struct view_source *source, const struct view *previous,
                        struct err *err);
struct view *view_ref(struct view *view);
void view_unref(struct view *view); /* NULL is fine */

#endif
