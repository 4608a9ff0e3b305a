/* classes.c - computes the class breaks that a style asks for from a snapshot. */
#include "layers/map/classes.h"

#include <math.h>
#include <stdlib.h>

#include "geo/base/hash.h"
#include "layers/map/map.h"
#include "layers/snapshot/snapshot_internal.h"

static double value_of(const struct columns *columns, size_t column, size_t feature)
{
    union column_cell cell = *columns_cell(columns, column, feature);
    if (columns_is_null(columns, column, feature))
        return NAN;
    return columns->layer->columns[column].kind == LAYER_REAL ? cell.real : (double)cell.integer;
}

bool classes_values(void *arg, const char *source_layer, const char *property, double **values,
                    size_t *n, struct err *err)
{
    const struct snapshot *snapshot = arg;
    enum map_part part;
    int l = map_source(source_layer, &part);
    int c = l < 0 ? -1 : layer_column(layers_at((size_t)l), property);
    if (c < 0 || layers_at((size_t)l)->columns[c].kind == LAYER_TEXT)
        return err_set(err, ERR_INPUT, "sigg:breaks: «%s» no tiene una columna de números «%s»",
                       source_layer, property);
    const struct columns *columns = snapshot_slab(snapshot, layers_at((size_t)l))->columns;
    *n = columns->n_features;
    *values = malloc((*n + 1) * sizeof **values);
    if (!*values)
        return err_no_memory(err);
    for (size_t f = 0; f < *n; f++)
        (*values)[f] = value_of(columns, (size_t)c, f);
    return true;
}

bool classes_key(const struct style *style, const struct snapshot *snapshot, uint64_t *key,
                 struct err *err)
{
    const struct style_breaks *asked;
    size_t n = style_breaks(style, &asked);
    uint64_t hash = HASH_START;
    for (size_t i = 0; i < n; i++) {
        double *values = NULL;
        size_t n_values = 0;
        struct breaks breaks;
        bool ok = classes_values((void *)(uintptr_t)snapshot, asked[i].source_layer,
                                 asked[i].property, &values, &n_values, err) &&
                  style_breaks_of(&asked[i], values, n_values, &breaks, err);
        free(values);
        if (!ok)
            return false;
        hash = hash_bytes(hash, &breaks.n_classes, sizeof breaks.n_classes);
        if (breaks.n_classes == 0)
            continue;
        /* The least and greatest values are part of the labels of the outer classes. */
        hash = hash_bytes(hash, breaks.at, (breaks.n_classes - 1) * sizeof *breaks.at);
        hash = hash_bytes(hash, &breaks.least, sizeof breaks.least);
        hash = hash_bytes(hash, &breaks.greatest, sizeof breaks.greatest);
    }
    *key = hash;
    return true;
}

struct style *classes_style(const struct style *style, const struct snapshot *snapshot,
                            struct err *err)
{
    return style_with_breaks(style, classes_values, (void *)(uintptr_t)snapshot, err);
}
