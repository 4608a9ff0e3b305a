/* archive.h - all tiles of an area in one file, drawn by every core: MBTiles
 * 1.3 or PMTiles 3 by the extension. The same bytes are stored once.
 *
 * Tiles go into PATH.parcial first; a run that is cut short goes on from there
 * when the same is asked for again, and ends with the same file byte by byte.
 * PATH itself appears when it is whole.
 *
 * Threads: makes its own; `tile` is called by several at once.
 * Errors:  false with *err; what was done stays in PATH.parcial.
 */
#ifndef LAYERS_ARCHIVE_H
#define LAYERS_ARCHIVE_H

#include "geo/base/buf.h"
#include "geo/base/err.h"
#include "layers/archive/archive_store.h"
#include "layers/snapshot.h"

/* Puts the tile's bytes as they are stored; none: the tile is left out. */
typedef bool archive_tile_fn(void *arg, struct archive_address tile, struct buf *out,
                             struct err *err);

struct archive_options {
    const char *path; /* *.mbtiles or *.pmtiles */
    struct archive_area area;
    bool vector; /* gzip'ed MVT; else PNG */
    const char *name, *description, *attribution, *version;
    const char *vector_layers; /* JSON array; NULL for pictures */
    uint64_t content;          /* differs where the tiles would: see archive_fingerprint() */
    unsigned threads;
    archive_tile_fn *tile;
    void *arg;
    void (*progress)(void *arg, double done); /* may be NULL */
    void *progress_arg;
};

struct archive_report {
    uint64_t resumed; /* tiles that a run before had done; 0: from the start */
    struct archive_counts counts;
};

/* ERR_USAGE: the extension is neither. */
bool archive_path_check(const char *path, struct err *err);
bool archive_write(const struct archive_options *options, struct archive_report *report,
                   struct err *err);

/* Of every feature's geometry and attributes; false: memory. */
bool archive_fingerprint(const struct snapshot *snapshot, uint64_t *content, struct err *err);

#endif
