/* features.h - the features of a snapshot's layer as GeoJSON, for the API.
 *
 * Threads: any. Errors: buf_failed(), also when memory is short.
 */
#ifndef LAYERS_FEATURES_H
#define LAYERS_FEATURES_H

#include "layers/snapshot/snapshot.h"

struct features_query {
    /* lon/lat; the geometry itself must meet it, not only its box. min_x > max_x: it goes from
     * min_x east across 180° to max_x. NULL: all features. */
    const struct geo_box *box;
    int64_t offset, limit;
};

/* Writes the features, separated by commas (no array brackets), in order of their id;
 * *matched counts all that match the query. */
void features_put(const struct snapshot *snapshot, const struct layer *layer,
                  const struct features_query *query, struct buf *out, int64_t *matched,
                  int64_t *returned);
/* One feature by its id (codigo; where codes repeat, the row's number); false: none. */
bool features_put_one(const struct snapshot *snapshot, const struct layer *layer, const char *id,
                      struct buf *out);

#endif
