#include "layers/columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct columns *columns_new(const struct layer *layer, size_t n_features)
{
    struct columns *columns = calloc(1, sizeof *columns);
    if (!columns)
        return NULL;
    columns->layer = layer;
    columns->n_features = n_features;
    columns->cells = calloc(layer->n_columns * n_features + 1, sizeof *columns->cells);
    columns->ids = calloc(n_features + 1, sizeof *columns->ids);
    columns->rows = calloc(n_features + 1, sizeof *columns->rows);
    columns->texts = arena_new();
    columns->bytes = layer->n_columns * n_features * sizeof *columns->cells +
                     n_features * (sizeof *columns->ids + sizeof *columns->rows);
    if (columns->cells && columns->ids && columns->rows && columns->texts)
        return columns;
    columns_free(columns);
    return NULL;
}

void columns_free(struct columns *columns)
{
    if (!columns)
        return;
    free(columns->cells);
    free(columns->ids);
    free(columns->rows);
    arena_free(columns->texts);
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
