/* areas_riego.c - the layer of irrigated land. */
#include "layers/layer_internal.h"

static const struct layer_column columns[] = {
    TEXT("codigo", "Código"),
    TEXT("nombre", "Nombre"),
    TEXT("alianza_codigo", "Alianza"),
    REAL("declarado_ha", "Superficie declarada (ha)", -1),
    TEXT("fecha_operacion", "Fecha de puesta en operación"),
    DECLARED_COLUMNS,
    LINK_COLUMNS,
};

const struct layer layer_areas_riego = {
    .name = "areas_riego",
    .title = "Áreas de riego",
    .description = "Superficies regadas por las alianzas, con la superficie declarada.",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
};
