/* snapshot_keep.c - stores the outlines of every edition in the database. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "layers/shapes/anchors.h"
#include "layers/shapes/outlines.h"
#include "layers/snapshot/snapshot_internal.h"

struct snapshot_keep_editions {
    char (*codes)[sizeof((struct geo_edition_info *)0)->codigo];
    size_t n, cap;
    bool failed;
};

static bool add_edition(void *arg, const struct geo_edition_info *edition)
{
    struct snapshot_keep_editions *editions = arg;
    if (!array_reserve(editions->codes, editions->cap, editions->n + 1))
        return !(editions->failed = true);
    memcpy(editions->codes[editions->n++], edition->codigo, sizeof edition->codigo);
    return true;
}

/* Writes the outlines, with the label places of the geometry built from them. */
static bool keep(const struct outlines *outlines, struct geo_shape *const *shapes, size_t n,
                 uint64_t key, struct buf *bytes, struct err *err)
{
    struct geo_shape **shares = calloc(n + 1, sizeof *shares);
    outlines_keep(outlines, NULL, key, bytes);
    if (!shares || buf_failed(bytes)) {
        free(shares);
        return err_no_memory(err);
    }
    for (size_t f = 0; f < n; f++)
        shares[f] = geo_shape_ref(shapes[f]);
    struct geometry *geometry = geometry_build(shares, n, true, bytes, err);
    const struct arc_xy *anchors = geometry ? geometry_anchors(geometry) : NULL;
    if (anchors) {
        buf_clear(bytes);
        outlines_keep(outlines, anchors, key, bytes);
    }
    bool ok = anchors && !buf_failed(bytes);
    if (geometry && !ok)
        err_no_memory(err);
    geometry_unref(geometry);
    return ok;
}

/* Makes and stores the outlines, unless the stored ones are of these shapes. */
static bool make(struct geo_store *store, const char *edition, struct geo_shape *const *shapes,
                 size_t n, struct err *err)
{
    struct buf bytes;
    struct outlines outlines;
    uint64_t key = outlines_key(shapes, n);
    buf_init(&bytes);
    bool ok = geo_store_outlines(store, edition, &bytes, err);
    bool there = ok && outlines_restore(bytes.data, bytes.len, key, n, &outlines);
    if (ok && !there) {
        buf_clear(&bytes);
        ok = outlines_build(shapes, n, true, &outlines) || err_no_memory(err);
        there = ok;
        ok = ok && keep(&outlines, shapes, n, key, &bytes, err) &&
             geo_store_outlines_put(store, edition, &bytes, err);
    }
    if (there)
        outlines_free(&outlines);
    buf_free(&bytes);
    return ok;
}

static bool keep_edition(struct geo_store *store, const struct layer *layer, const char *edition,
                         struct err *err)
{
    const struct snapshot_reader from = {.store = store, .edition = edition};
    struct columns *columns = NULL;
    struct geo_shape **shapes = NULL;
    bool ok = snapshot_read_records(&from, layer, &columns, &shapes, err) &&
              (snapshot_order(columns, shapes) || err_no_memory(err)) &&
              make(store, edition, shapes, columns->n_features, err);
    for (size_t f = 0; columns && shapes && f < columns->n_features; f++)
        geo_shape_free(shapes[f]);
    free(shapes);
    columns_free(columns);
    return ok;
}

bool snapshot_keep_outlines(struct geo_store *store, struct err *err)
{
    struct snapshot_keep_editions editions = {0};
    bool ok = geo_store_begin(store, err) &&
              geo_store_editions(store, add_edition, &editions, err) &&
              (!editions.failed || err_no_memory(err));
    for (size_t i = 0; i < layers_count() && ok; i++) {
        const struct layer *layer = layers_at(i);
        for (size_t e = 0; e < editions.n && ok && layer->by_edition && layer->tiling; e++)
            ok = keep_edition(store, layer, editions.codes[e], err);
    }
    ok = ok && geo_store_commit(store, err);
    if (!ok)
        geo_store_rollback(store);
    free(editions.codes);
    return ok;
}
