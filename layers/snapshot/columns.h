/* columns.h - a layer's attributes, stored by column.
 *
 * Owns:    cells; a reference to the texts. Immutable once filled.
 * Threads: any may read.
 */
#ifndef LAYERS_COLUMNS_H
#define LAYERS_COLUMNS_H

#include <stdint.h>

#include "layers/layer.h"

union column_cell {
    const char *text; /* NULL: no value */
    int64_t integer;  /* also 0 and 1 of LAYER_BOOL; COLUMN_NO_INTEGER: no value */
    double real;      /* NaN: no value */
};

#define COLUMN_NO_INTEGER INT64_MIN

/* Texts, shared by columns of successive snapshots. Only the code that fills columns adds
 * texts, one thread at a time; texts never change. */
struct column_texts;

struct columns {
    const struct layer *layer;
    size_t n_features;
    union column_cell *cells; /* [column * n_features + feature] */
    const char **ids;         /* of features, each once */
    int64_t *rows;            /* row ids of the store */
    struct column_texts *texts;
};

/* Columns with their own texts. NULL: memory. */
struct columns *columns_new(const struct layer *layer, size_t n_features);
/* Columns for another set of features of the same layer, which shares the texts. */
struct columns *columns_beside(const struct columns *columns, size_t n_features);
void columns_free(struct columns *columns); /* NULL is fine */

/* Copies the text; the copy lives as long as the columns. NULL: memory. */
const char *columns_keep(struct columns *columns, const char *text);
/* True if most of the texts are no longer used. */
bool columns_worn(const struct columns *columns);
size_t columns_bytes(const struct columns *columns);

static inline union column_cell *columns_cell(const struct columns *columns, size_t column,
                                              size_t feature)
{
    return &columns->cells[column * columns->n_features + feature];
}

bool columns_is_null(const struct columns *columns, size_t column, size_t feature);
/* A hash of all cells, or of all but the figures: equal columns have equal ones. */
uint64_t columns_fingerprint(const struct columns *columns, bool figures);
/* Index of the feature with this id, or -1. */
int64_t columns_find(const struct columns *columns, const char *id);

#endif
