/* archive_store.h - the unfinished archive: an SQLite file in the schema of MBTiles 1.3, in
 * which each picture is stored once. It also records the request and the progress, so that
 * an interrupted run can be resumed.
 *
 * Owns:    the database handle; the file until archive_store_remove().
 * Threads: one owner.
 * Errors:  false or NULL with *err. Tiles are safe once committed.
 */
#ifndef LAYERS_ARCHIVE_STORE_H
#define LAYERS_ARCHIVE_STORE_H

#include <stddef.h>

#include "geo/base/err.h"
#include "layers/archive/archive_ids.h"

struct archive_store;

/* Resumes the file if it was begun for the same request, else starts again. A file that is
 * no archive is not touched: ERR_INPUT. */
struct archive_store *archive_store_open(const char *path, const char *request, struct err *err);
/* NULL is fine; uncommitted tiles are lost. */
void archive_store_close(struct archive_store *store);
/* Closes it and removes the file. */
void archive_store_remove(struct archive_store *store);

/* The first tile that is not done. */
uint64_t archive_store_next(const struct archive_store *store);
/* Adds a tile; to be called in order of ids. */
bool archive_store_put(struct archive_store *store, uint64_t id, const void *bytes, size_t len,
                       struct err *err);
bool archive_store_fact(struct archive_store *store, const char *name, const char *value,
                        struct err *err);
/* Commits; all tiles before `next` are done. */
bool archive_store_commit(struct archive_store *store, uint64_t next, struct err *err);

struct archive_counts {
    uint64_t tiles, pictures; /* pictures: distinct ones */
    uint64_t bytes;           /* of the pictures */
};
bool archive_store_counts(struct archive_store *store, struct archive_counts *counts,
                          struct err *err);

/* Sets the error that the file has content we did not write (ERR_INPUT, remove it); false. */
bool archive_store_damaged(const struct archive_store *store, struct err *err);

/* Reads tiles in order of ids; pictures are numbered from 1 in order of first use. fn
 * returns false to stop, and keeps its own error. */
typedef bool archive_tile_row_fn(void *arg, uint64_t id, uint64_t picture);
bool archive_store_each_tile(struct archive_store *store, archive_tile_row_fn *fn, void *arg,
                             struct err *err);
typedef bool archive_picture_row_fn(void *arg, uint64_t picture, const void *bytes, size_t len);
bool archive_store_each_picture(struct archive_store *store, archive_picture_row_fn *fn, void *arg,
                                struct err *err);

/* Writes a finished MBTiles file; the same tiles give the same bytes. */
bool archive_store_copy(struct archive_store *store, const char *path, struct err *err);

#endif
