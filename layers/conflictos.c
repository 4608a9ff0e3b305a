/* conflictos.c - the layer of records that lie elsewhere than they declare.
 *
 * A line from each record to where it should be, for the staff who decide (sigg
 * conflicts).
 */
#include "layers/layer_internal.h"

static const struct layer_column columns[] = {
    TEXT("edicion", "Edición"),
    TEXT("capa", "Capa"),
    TEXT("codigo", "Código"),
    TEXT("nombre", "Nombre"),
    TEXT("estado", "Estado"),
    TEXT("resolucion", "Resolución"),
    TEXT("veredicto", "Veredicto"),
    REAL("distancia_m", "Distancia al municipio declarado (m)", 1),
    TEXT("ubicado_codigo", "Código INE donde está"),
    TEXT("ubicado_nombre", "Municipio donde está"),
    TEXT("declarado_codigo", "Código INE declarado"),
    TEXT("declarado_nombre", "Municipio declarado"),
    TEXT("uo", "Unidad operativa"),
};

const struct layer layer_conflictos = {
    .name = "conflictos",
    .title = "Conflictos de ubicación",
    .description = "Registros que están en otro lugar que el que declaran, en agua o fuera del "
                   "país; la línea va del punto al municipio declarado. Para el personal que "
                   "decide sobre ellos.",
    .result = &geo_conflicts_table,
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .by_edition = true,
};
