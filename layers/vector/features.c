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

/* A box is one part, or two if it crosses 180°. */
struct parts {
    struct geo_box box[2];
    size_t n;
};

static struct parts split(struct geo_box box)
{
    struct geo_box west = box, east = box;
    if (box.min_x <= box.max_x)
        return (struct parts){{box}, 1};
    west.min_x = -180;
    east.max_x = 180;
    return (struct parts){{west, east}, 2};
}

/* A feature that meets both parts counts once. */
static bool meets(const struct geo_shape *shape, const struct parts *parts)
{
    for (size_t i = 0; shape && i < parts->n; i++)
        if (shape_meets_box(shape, parts->box[i]))
            return true;
    return false;
}

void features_put(const struct snapshot *snapshot, const struct layer *layer,
                  const struct features_query *query, struct buf *out, int64_t *matched,
                  int64_t *returned)
{
    const struct slab *slab = snapshot_slab(snapshot, layer);
    const struct geometry *geometry = slab->geometry;
    struct parts parts = {.n = 0};
    uint64_t *bits = NULL;
    *matched = *returned = 0;
    if (query->box) {
        parts = split(*query->box);
        bits = calloc(geometry->n_features / 64 + 1, sizeof *bits);
        if (!bits) {
            out->failed = true;
            return;
        }
        for (size_t i = 0; i < parts.n; i++) {
            struct arc_box box = around(&parts.box[i]);
            geometry_mark(geometry->feature_tree, &box, bits);
        }
    }
    for (size_t f = 0; f < geometry->n_features; f++) {
        if (bits && (!(bits[f / 64] >> (f % 64) & 1) || !meets(geometry->shapes[f], &parts)))
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
