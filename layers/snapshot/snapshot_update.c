/* snapshot_update.c - updates a layer of which few records changed. */
#include <stdlib.h>

#include "geo/base/array.h"
#include "layers/snapshot/snapshot_internal.h"

enum { CHANGED_MAX = 1024 };

struct change_list {
    int64_t ids[CHANGED_MAX];
    size_t n;
};

static bool add_change(void *arg, int64_t record)
{
    struct change_list *list = arg;
    if (list->n == CHANGED_MAX)
        return false;
    list->ids[list->n++] = record;
    return true;
}

/* The source of each feature: its previous index, or ~index among those read again. */
struct merge {
    const struct columns *before, *again;
    int64_t *source;
    size_t n;
};

/* Features keep their order, without those removed; new ones come last. */
static bool plan(struct merge *merge, const struct change_list *changes)
{
    const struct columns *before = merge->before, *again = merge->again;
    bool *placed = calloc(again->n_features + 1, sizeof *placed);
    merge->source = malloc((before->n_features + again->n_features + 1) * sizeof *merge->source);
    if (!placed || !merge->source) {
        free(placed);
        return false;
    }
    for (size_t f = 0; f < before->n_features; f++) {
        if (!changes->n || !bsearch(&before->rows[f], changes->ids, changes->n,
                                    sizeof *changes->ids, array_by_int64)) {
            merge->source[merge->n++] = (int64_t)f;
            continue;
        }
        /* Read in order of rows. */
        const int64_t *at = bsearch(&before->rows[f], again->rows, again->n_features,
                                    sizeof *again->rows, array_by_int64);
        if (!at)
            continue;
        placed[at - again->rows] = true;
        merge->source[merge->n++] = ~(int64_t)(at - again->rows);
    }
    for (size_t f = 0; f < again->n_features; f++)
        if (!placed[f])
            merge->source[merge->n++] = ~(int64_t)f;
    free(placed);
    return true;
}

static bool copy_cells(const struct merge *merge, struct columns *made)
{
    for (size_t c = 0; c < made->layer->n_columns; c++) {
        bool text = made->layer->columns[c].kind == LAYER_TEXT;
        for (size_t f = 0; f < merge->n; f++) {
            int64_t source = merge->source[f];
            union column_cell *cell = columns_cell(made, c, f);
            *cell = source >= 0 ? *columns_cell(merge->before, c, (size_t)source)
                                : *columns_cell(merge->again, c, (size_t)~source);
            if (source < 0 && text && cell->text && !(cell->text = columns_keep(made, cell->text)))
                return false;
        }
    }
    for (size_t f = 0; f < merge->n; f++)
        made->rows[f] = merge->source[f] >= 0 ? merge->before->rows[merge->source[f]]
                                              : merge->again->rows[~merge->source[f]];
    return true;
}

static void drop(struct geo_shape **shapes, size_t n)
{
    for (size_t f = 0; shapes && f < n; f++)
        geo_shape_free(shapes[f]);
    free(shapes);
}

static bool merge_all(struct merge *merge, const struct slab *slab, struct geo_shape **again,
                      struct columns **columns, struct geo_shape ***shapes)
{
    struct columns *made = columns_beside(merge->before, merge->n);
    struct geo_shape **joined = calloc(merge->n + 1, sizeof(struct geo_shape *));
    if (!made || !joined || !copy_cells(merge, made)) {
        columns_free(made);
        free(joined);
        return false;
    }
    for (size_t f = 0; f < merge->n; f++) {
        int64_t source = merge->source[f];
        joined[f] = geo_shape_ref(source >= 0 ? slab->geometry->shapes[source] : again[~source]);
    }
    *columns = made;
    *shapes = joined;
    return true;
}

bool snapshot_update(const struct snapshot_reader *from, const struct slab *before,
                     struct columns **columns, struct geo_shape ***shapes, bool *done,
                     size_t *changed, struct err *err)
{
    const struct layer *layer = before->layer;
    struct change_list changes = {.n = 0};
    struct columns *again = NULL;
    struct geo_shape **again_shapes = NULL;
    bool all = true;
    *done = false;
    if (layer->result || columns_worn(before->columns))
        return true; /* changes of results are not noted (store.h) */
    if (!geo_store_changed(from->store, layer_table(layer)->name, before->info.revision, add_change,
                           &changes, &all, err))
        return false;
    if (all)
        return true;
    const struct geo_ids only = {changes.ids, changes.n};
    struct snapshot_reader some = *from;
    some.only = &only;
    struct merge merge = {.before = before->columns};
    bool ok = snapshot_read_records(&some, layer, &again, &again_shapes, err);
    merge.again = again;
    if (ok)
        ok = (plan(&merge, &changes) && merge_all(&merge, before, again_shapes, columns, shapes)) ||
             err_no_memory(err);
    if (ok && layer->by_edition)
        ok = snapshot_read_figures(from, *columns, err);
    if (ok)
        ok = snapshot_order(*columns, *shapes) || err_no_memory(err);
    drop(again_shapes, again ? again->n_features : 0);
    columns_free(again);
    free(merge.source);
    *done = ok;
    *changed = changes.n;
    return ok;
}
