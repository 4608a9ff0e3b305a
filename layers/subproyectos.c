/* subproyectos.c - the layer of municipal works. */
#include "layers/layer_internal.h"

static const struct layer_column columns[] = {
    TEXT("codigo", "Código"),
    TEXT("nombre", "Subproyecto"),
    TEXT("tipo", "Tipo de obra"),
    TEXT("estado", "Estado"),
    WHOLE("familias", "Familias"),
    BS("comprometido_empoderar_bs", "Comprometido EMPODERAR (Bs)"),
    BS("comprometido_cp_bs", "Comprometido contraparte (Bs)"),
    BS("ejecutado_empoderar_bs", "Ejecutado EMPODERAR (Bs)"),
    BS("ejecutado_cp_bs", "Ejecutado contraparte (Bs)"),
    TEXT("fecha_inicio", "Fecha de inicio"),
    TEXT("fecha_recepcion", "Fecha de recepción"),
    DECLARED_COLUMNS,
    LOCATED_COLUMNS,
    LINK_COLUMNS,
};

const struct layer layer_subproyectos = {
    .name = "subproyectos",
    .title = "Subproyectos municipales",
    .description = "Obras de los municipios que ejecuta el FPS, con su estado, familias y montos.",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
};
