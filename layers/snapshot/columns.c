/* columns.c - the attributes of a layer, stored by column. */
#include "layers/snapshot/columns.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/arena.h"
#include "geo/base/hash.h"

struct column_texts {
    atomic_int refs;
    struct arena *arena;
    atomic_size_t bytes;
    size_t own_bytes; /* bytes of the columns for which they were made; the rest was added later */
};

static struct column_texts *texts_new(void)
{
    struct column_texts *texts = calloc(1, sizeof *texts);
    if (!texts)
        return NULL;
    atomic_init(&texts->refs, 1);
    texts->arena = arena_new();
    if (texts->arena)
        return texts;
    free(texts);
    return NULL;
}

static void texts_unref(struct column_texts *texts)
{
    if (!texts || atomic_fetch_sub_explicit(&texts->refs, 1, memory_order_acq_rel) > 1)
        return;
    arena_free(texts->arena);
    free(texts);
}

/* Takes ownership of the texts, also on failure. */
static struct columns *make(const struct layer *layer, size_t n_features,
                            struct column_texts *texts)
{
    struct columns *columns = calloc(1, sizeof *columns);
    if (!columns) {
        texts_unref(texts);
        return NULL;
    }
    columns->layer = layer;
    columns->n_features = n_features;
    columns->cells = calloc(layer->n_columns * n_features + 1, sizeof *columns->cells);
    columns->ids = calloc(n_features + 1, sizeof *columns->ids);
    columns->rows = calloc(n_features + 1, sizeof *columns->rows);
    columns->texts = texts;
    if (columns->cells && columns->ids && columns->rows && columns->texts)
        return columns;
    columns_free(columns);
    return NULL;
}

struct columns *columns_new(const struct layer *layer, size_t n_features)
{
    return make(layer, n_features, texts_new());
}

struct columns *columns_beside(const struct columns *columns, size_t n_features)
{
    struct column_texts *texts = columns->texts;
    if (!texts->own_bytes)
        texts->own_bytes = atomic_load_explicit(&texts->bytes, memory_order_relaxed);
    atomic_fetch_add_explicit(&texts->refs, 1, memory_order_relaxed);
    return make(columns->layer, n_features, texts);
}

const char *columns_keep(struct columns *columns, const char *text)
{
    atomic_fetch_add_explicit(&columns->texts->bytes, strlen(text) + 1, memory_order_relaxed);
    return arena_strdup(columns->texts->arena, text);
}

bool columns_worn(const struct columns *columns)
{
    enum { SPARE = 64 * 1024 };
    const struct column_texts *texts = columns->texts;
    size_t bytes = atomic_load_explicit(&texts->bytes, memory_order_relaxed);
    return texts->own_bytes && bytes > texts->own_bytes + texts->own_bytes / 4 + SPARE;
}

size_t columns_bytes(const struct columns *columns)
{
    return columns->layer->n_columns * columns->n_features * sizeof *columns->cells +
           columns->n_features * (sizeof *columns->ids + sizeof *columns->rows) +
           atomic_load_explicit(&columns->texts->bytes, memory_order_relaxed);
}

void columns_free(struct columns *columns)
{
    if (!columns)
        return;
    free(columns->cells);
    free(columns->ids);
    free(columns->rows);
    texts_unref(columns->texts);
    free(columns);
}

bool columns_is_null(const struct columns *columns, size_t column, size_t feature)
{
    const union column_cell *cell = columns_cell(columns, column, feature);
    switch (columns->layer->columns[column].kind) {
    case LAYER_TEXT:
        return !cell->text;
    case LAYER_REAL:
        return isnan(cell->real);
    case LAYER_INTEGER:
    case LAYER_BOOL:
        break;
    }
    return cell->integer == COLUMN_NO_INTEGER;
}

uint64_t columns_fingerprint(const struct columns *columns, bool figures)
{
    uint64_t hash = hash_bytes(HASH_START, &columns->n_features, sizeof columns->n_features);
    for (size_t c = 0; c < columns->layer->n_columns; c++) {
        const struct layer_column *column = &columns->layer->columns[c];
        const union column_cell *cells = columns_cell(columns, c, 0);
        if (!figures && column->source == LAYER_FIGURE)
            continue;
        if (column->kind != LAYER_TEXT) {
            hash = hash_bytes(hash, cells, columns->n_features * sizeof *cells);
            continue;
        }
        for (size_t f = 0; f < columns->n_features; f++) {
            const char *text = cells[f].text ? cells[f].text : "\1"; /* a byte that no text has */
            hash = hash_bytes(hash, text, strlen(text) + 1);
        }
    }
    return hash;
}

int64_t columns_find(const struct columns *columns, const char *id)
{
    size_t low = 0, high = columns->n_features;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(columns->ids[middle], id);
        if (order == 0)
            return (int64_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}
