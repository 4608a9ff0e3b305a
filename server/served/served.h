/* served.h - the content served at one time: a snapshot, the styles for its data, the
 * plans of their tiles, and their versions.
 *
 * Owns:    its parts, but for the cache; reference-counted: served_ref(), served_unref().
 * Threads: immutable once built; counts may be changed by any.
 * Errors:  served_build() is NULL with *err filled.
 */
#ifndef SERVER_SERVED_H
#define SERVER_SERVED_H

#include "layers/map/tile.h"
#include "server/served/cache.h"
#include "server/served/versions.h"

struct served {
    struct snapshot *snapshot;
    const struct style **styles; /* with class breaks of this content */
    struct tile_plan **plans;    /* of styles */
    struct versions *versions;   /* versions of this content: ETags, ?v= in tile URLs */
    struct cache *cache; /* cached answers; belongs to the state, shared by all struct served */
    int64_t revision;
    uint32_t program; /* checksum of the program: versions draw differently */
    uint64_t file;    /* identity of the database file */
    double build_ms;  /* time from noticing the change to the finished content */
    bool simulated, schematic;
    struct geo_edition_info edition; /* the current one */
};

/* What served_build() reads. */
struct served_source {
    struct geo_store *store;     /* of one thread */
    struct style *const *styles; /* the documents, in order of styles_id() */
    size_t n_styles;
    uint32_t program;
    uint64_t file;
    struct cache *cache;
};

/* previous: of the same file, or NULL; unchanged parts are shared with it. */
struct served *served_build(const struct served_source *source, const struct served *previous,
                            struct err *err);
struct served *served_ref(struct served *served);
void served_unref(struct served *served); /* NULL is fine */

#endif
