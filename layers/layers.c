/* layers.c - the list of all layers, in the order in which they are listed. */
#include <string.h>

#include "layers/layer_internal.h"

/* A new layer is a file beside this one and a row here. municipios comes first: the others
 * are read with its names (layers/snapshot/snapshot_build.c). */
#define LAYERS(X)    \
    X(municipios)    \
    X(alianzas)      \
    X(areas_riego)   \
    X(subproyectos)  \
    X(comunidades)   \
    X(cuerpos_agua)  \
    X(islas)         \
    X(zonas_urbanas) \
    X(conflictos)

#define DECLARE(name) extern const struct layer layer_##name;
LAYERS(DECLARE)

static const struct layer *const layers[] = {
#define ROW(name) &layer_##name,
    LAYERS(ROW)};
_Static_assert(sizeof layers / sizeof *layers <= LAYERS_MAX, "more layers than LAYERS_MAX");

size_t layers_count(void)
{
    return sizeof layers / sizeof *layers;
}

const struct layer *layers_at(size_t index)
{
    return layers[index];
}

const struct layer *layers_find(const char *name)
{
    for (size_t i = 0; i < layers_count(); i++)
        if (strcmp(layers[i]->name, name) == 0)
            return layers[i];
    return NULL;
}

const struct geo_table *layer_table(const struct layer *layer)
{
    if (layer->result)
        return layer->result;
    return geo_table_find(layer->holes_of ? layer->holes_of : layer->name);
}

int layer_column(const struct layer *layer, const char *name)
{
    for (size_t i = 0; i < layer->n_columns; i++)
        if (strcmp(layer->columns[i].name, name) == 0)
            return (int)i;
    return -1;
}

bool layer_part_column(const struct layer_column *column, const char *suffix)
{
    if (strcmp(suffix, LAYER_POINTS) == 0)
        return column->kind == LAYER_TEXT || strcmp(column->name, "poblacion_rural") == 0;
    return !suffix[0];
}

bool layer_has_part(const struct layer *layer, const char *suffix)
{
    return strcmp(suffix, LAYER_POINTS) == 0 ? layer->named : !suffix[0] || layer->tiling;
}

const char *layer_part_description(const struct layer *layer, const char *suffix)
{
    static const struct {
        const char *suffix, *description;
    } parts[] = {
        {LAYER_POINTS, "El lugar del nombre dentro de cada polígono."},
        {LAYER_BORDERS, "Los límites, cada uno una sola vez."},
        {LAYER_DEPARTMENT_BORDERS, "Los límites entre departamentos."},
        {LAYER_OUTER_BORDERS, "El contorno de los municipios, sin las orillas de adentro."},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(parts[i].suffix, suffix) == 0)
            return parts[i].description;
    return layer->description;
}
