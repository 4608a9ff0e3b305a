/* archive.h - draws all tiles of an area into one file, on all processors: MBTiles 1.3 or
 * PMTiles 3, by the extension. Equal tiles are stored once.
 *
 * Tiles are first stored in PATH.parcial. An interrupted run is resumed when the same
 * archive is asked for again, and gives the same file byte by byte. PATH itself appears
 * when it is complete.
 *
 * Threads: makes its own; `tile` is called by several at once.
 * Errors:  false with *err; what was done stays in PATH.parcial.
 */
#ifndef LAYERS_ARCHIVE_H
#define LAYERS_ARCHIVE_H

#include "geo/base/buf.h"
#include "geo/base/err.h"
#include "layers/archive/archive_store.h"
#include "layers/snapshot/snapshot.h"

/* Makes a tile: appends the bytes to store; none: the tile is left out. */
typedef bool archive_tile_fn(void *arg, struct archive_address tile, struct buf *out,
                             struct err *err);

struct archive_options {
    const char *path; /* *.mbtiles or *.pmtiles */
    struct archive_area area;
    bool vector; /* gzip'ed MVT; else PNG */
    const char *name, *description, *attribution, *version;
    const char *vector_layers; /* JSON array; NULL for pictures */
    uint64_t content;          /* hash of what the tiles show: archive_fingerprint() */
    unsigned threads;
    archive_tile_fn *tile;
    void *arg;
    void (*progress)(void *arg, double done); /* may be NULL */
    void *progress_arg;
};

struct archive_report {
    uint64_t resumed; /* tiles done by an earlier run; 0: started from the beginning */
    struct archive_counts counts;
};

/* ERR_USAGE: the extension is neither. */
bool archive_path_check(const char *path, struct err *err);
bool archive_write(const struct archive_options *options, struct archive_report *report,
                   struct err *err);

/* A hash of every feature's geometry and attributes; false: memory. */
bool archive_fingerprint(const struct snapshot *snapshot, uint64_t *content, struct err *err);

#endif
