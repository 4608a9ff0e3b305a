/* features.c - selects features of a layer and writes them as GeoJSON. */
#include "layers/vector/features.h"

#include <math.h>
#include <stdlib.h>

#include "layers/shapes/meets.h"
#include "layers/shapes/merc.h"
#include "layers/snapshot/snapshot_internal.h"
#include "layers/vector/geojson.h"

/* A lon/lat box in steps, one step wider on each side for rounding. */
static struct arc_box around(const struct geo_box *box)
{
    return (struct arc_box){
        merc_round(floor(merc_x_of(box->min_x)) - 1), merc_round(floor(merc_y_of(box->max_y)) - 1),
        merc_round(ceil(merc_x_of(box->max_x)) + 1), merc_round(ceil(merc_y_of(box->min_y)) + 1)};
}

void features_put(const struct snapshot *snapshot, const struct layer *layer,
                  const struct features_query *query, struct buf *out, int64_t *matched,
                  int64_t *returned)
{
    const struct slab *slab = snapshot_slab(snapshot, layer);
    const struct geometry *geometry = slab->geometry;
    uint64_t *bits = NULL;
    *matched = *returned = 0;
    if (query->box) {
        struct arc_box box = around(query->box);
        bits = calloc(geometry->n_features / 64 + 1, sizeof *bits);
        if (!bits) {
            out->failed = true;
            return;
        }
        geometry_mark(geometry->feature_tree, &box, bits);
    }
    for (size_t f = 0; f < geometry->n_features; f++) {
        if (bits && (!(bits[f / 64] >> (f % 64) & 1) || !geometry->shapes[f] ||
                     !shape_meets_box(geometry->shapes[f], *query->box)))
            continue;
        if (*matched >= query->offset && *returned < query->limit) {
            if ((*returned)++)
                buf_putc(out, ',');
            geojson_put_feature(slab->columns, geometry->shapes, f, out);
        }
        (*matched)++;
    }
    free(bits);
}

bool features_put_one(const struct snapshot *snapshot, const struct layer *layer, const char *id,
                      struct buf *out)
{
    const struct slab *slab = snapshot_slab(snapshot, layer);
    int64_t feature = columns_find(slab->columns, id);
    if (feature < 0)
        return false;
    geojson_put_feature(slab->columns, slab->geometry->shapes, (size_t)feature, out);
    return true;
}
