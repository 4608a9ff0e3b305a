/* municipios.c - the layer of municipalities of the current edition, with their coverage. */
#include <stddef.h>

#include "geo/figures/coverage.h"
#include "layers/layer_internal.h"

/* kind and decimals by measure */
#define KIND_COUNT LAYER_INTEGER
#define KIND_MONEY LAYER_REAL
#define KIND_HA LAYER_REAL
#define KIND_SHARE LAYER_REAL
#define KIND_ANY LAYER_BOOL
#define PLACES_COUNT 0
#define PLACES_MONEY 2
#define PLACES_HA 4
#define PLACES_SHARE 2
#define PLACES_ANY 0
#define FIGURE(name, title, how, member)                           \
    {                                                              \
        name, KIND_##how, title, PLACES_##how, LAYER_FIGURE,       \
            offsetof(struct geo_coverage_row, member), LAYER_##how \
    }

static const struct layer_column columns[] = {
    TEXT("edicion", "Edición"),
    TEXT("codigo", "Código INE"),
    TEXT("nombre", "Municipio"),
    TEXT("provincia", "Provincia"),
    TEXT("departamento", "Departamento"),
    TEXT("uo", "Unidad operativa"),
    FIGURE("alianzas", "Alianzas", COUNT, alianzas),
    FIGURE("familias", "Familias", COUNT, familias),
    FIGURE("mujeres", "Familias representadas por mujeres", COUNT, mujeres),
    FIGURE("comprometido_bs", "Comprometido (Bs)", MONEY, comprometido_cts),
    FIGURE("solicitado_bs", "Solicitado (Bs)", MONEY, solicitado_cts),
    FIGURE("transferido_bs", "Transferido (Bs)", MONEY, transferido_cts),
    FIGURE("descargado_bs", "Descargado (Bs)", MONEY, descargado_cts),
    FIGURE("riego_bruto_ha", "Riego bruto (ha)", HA, riego_bruto_m2),
    FIGURE("riego_neto_ha", "Riego neto (ha)", HA, riego_neto_m2),
    FIGURE("riego_declarado_ha", "Riego declarado (ha)", SHARE, riego_declarado_ha),
    FIGURE("subproyectos", "Subproyectos", COUNT, subproyectos),
    FIGURE("subproyectos_familias", "Familias de los subproyectos", COUNT, subproyectos_familias),
    FIGURE("subproyectos_comprometido_bs", "Comprometido en subproyectos (Bs)", MONEY,
           subproyectos_comprometido_cts),
    FIGURE("subproyectos_ejecutado_bs", "Ejecutado en subproyectos (Bs)", MONEY,
           subproyectos_ejecutado_cts),
    FIGURE("poblacion_rural", "Población rural", SHARE, poblacion_rural),
    FIGURE("viviendas_rurales", "Viviendas rurales", SHARE, viviendas_rurales),
    FIGURE("cobertura_familias_pct", "Familias por cada cien viviendas rurales", SHARE,
           cobertura_familias_pct),
    FIGURE("cubierto_alianzas", "Tiene alianzas", ANY, municipios_alianzas),
    FIGURE("cubierto_subproyectos", "Tiene subproyectos", ANY, municipios_subproyectos),
    FIGURE("cubierto_riego", "Tiene riego", ANY, municipios_riego),
};

const struct layer layer_municipios = {
    .name = "municipios",
    .title = "Municipios",
    .description = "Los municipios de la edición vigente con sus cifras de cobertura: alianzas, "
                   "familias, montos, riego y subproyectos.",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
    .by_edition = true,
    .tiling = true,
    .named = true,
};
