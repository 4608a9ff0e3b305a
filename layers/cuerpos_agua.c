/* cuerpos_agua.c - the layer of lakes and salt flats. */
#include "layers/layer_internal.h"

static const struct layer_column columns[] = {
    TEXT("codigo", "Código"),
    TEXT("nombre", "Nombre"),
    TEXT("departamento", "Departamento"),
};

const struct layer layer_cuerpos_agua = {
    .name = "cuerpos_agua",
    .title = "Cuerpos de agua",
    .description = "Lagos y salares que no son territorio de ningún municipio.",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .named = true,
};
