/* archive_pmtiles.h - writes a PMTiles 3 archive from finished tiles: clustered along the
 * Hilbert curve, directories compressed with gzip, runs of equal tiles as one entry
 * (github.com/protomaps/PMTiles, spec/v3).
 *
 * Errors: false with *err; part of the file may exist then.
 */
#ifndef LAYERS_ARCHIVE_PMTILES_H
#define LAYERS_ARCHIVE_PMTILES_H

#include "layers/archive/archive_store.h"

struct pmtiles_header {
    bool vector; /* gzip'ed MVT; else PNG */
    struct archive_area area;
    const char *metadata; /* JSON */
};

bool archive_pmtiles_write(struct archive_store *store, const struct pmtiles_header *header,
                           const char *path, struct err *err);

#endif
