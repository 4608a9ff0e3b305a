/* archive_vector.h - vector tiles of all layers, gzip-compressed, as archives store them.
 *
 * Owns:    an encoder and a compressor for each thread that used it.
 * Threads: archive_vector_tile() by any number; the rest by one owner.
 * Errors:  NULL or false with *err: memory.
 */
#ifndef LAYERS_ARCHIVE_VECTOR_H
#define LAYERS_ARCHIVE_VECTOR_H

#include "layers/archive/archive.h"

struct archive_vector;

/* The snapshot must outlive it. */
struct archive_vector *archive_vector_new(const struct snapshot *snapshot, struct err *err);
void archive_vector_free(struct archive_vector *vector); /* NULL is fine */

/* An archive_tile_fn; arg is the struct archive_vector. */
bool archive_vector_tile(void *arg, struct archive_address tile, struct buf *out, struct err *err);

/* Writes the layers and the types of their columns: a JSON array, as MBTiles'
 * "vector_layers". */
void archive_vector_layers(const struct archive_area *area, struct buf *out);

#endif
