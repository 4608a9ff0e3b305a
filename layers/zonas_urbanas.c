/* zonas_urbanas.c - the layer of urban areas. */
#include "layers/layer_internal.h"

static const struct layer_column columns[] = {
    TEXT("codigo", "Código"),
    TEXT("nombre", "Nombre"),
};

const struct layer layer_zonas_urbanas = {
    .name = "zonas_urbanas",
    .title = "Zonas urbanas",
    .description = "Áreas urbanas y ciudades capitales, fuera del alcance del programa.",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
};
