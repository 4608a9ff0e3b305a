/* comunidades.c - the layer of rural communities. */
#include "layers/layer_internal.h"

static const struct layer_column columns[] = {
    TEXT("codigo", "Código"),
    TEXT("nombre", "Comunidad"),
    WHOLE("personas", "Personas"),
    WHOLE("viviendas", "Viviendas"),
    DECLARED_COLUMNS,
    LOCATED_COLUMNS,
    LINK_COLUMNS,
};

const struct layer layer_comunidades = {
    .name = "comunidades",
    .title = "Comunidades",
    .description = "Comunidades rurales dispersas con sus personas y viviendas.",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
};
