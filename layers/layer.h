/* layer.h - what can be shown: one file a layer, one row in layers.c.
 *
 * A layer says which table (or result) it reads, how it is called, what of it
 * is published and in which order it is drawn when nothing else says so. Its
 * columns are the table's published fields plus figures computed in geo/
 * (municipios: the coverage figures; records: their link).
 *
 * Owns:    nothing; layers are constant.
 * Threads: any.
 */
#ifndef LAYERS_LAYER_H
#define LAYERS_LAYER_H

#include "geo/schema.h"

enum layer_column_kind { LAYER_TEXT, LAYER_INTEGER, LAYER_REAL, LAYER_BOOL };

/* A published column: "familias", "comprometido_bs", "municipio", ... */
struct layer_column {
    const char *name;
    enum layer_column_kind kind;
    const char *title; /* Spanish, with its unit */
    int decimals;      /* of reals; -1: as many as needed */
};

struct layer {
    const char *name;                /* collection id, vector layer, style source-layer */
    const char *title, *description; /* Spanish */
    const struct geo_table *table;
    const struct layer_column *columns;
    size_t n_columns;
    bool by_edition; /* its content depends on the edition (municipios) */
};

/* municipios, alianzas, areas_riego, subproyectos, ... */
size_t layers_count(void);
const struct layer *layers_at(size_t index);
const struct layer *layers_find(const char *name);             /* NULL: none */
int layer_column(const struct layer *layer, const char *name); /* -1: none */

#endif
