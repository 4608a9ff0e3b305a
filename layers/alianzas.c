/* alianzas.c - the layer of alliances: agreements of producers and buyers. */
#include "layers/layer_internal.h"

static const struct layer_column columns[] = {
    TEXT("codigo", "Código"),
    TEXT("nombre", "Alianza"),
    TEXT("opp", "Organización de productores"),
    TEXT("comprador", "Comprador"),
    WHOLE("modelo", "Modelo"),
    TEXT("rubro", "Rubro"),
    TEXT("etapa", "Etapa"),
    TEXT("financiamiento", "Financiamiento"),
    WHOLE("familias", "Familias"),
    WHOLE("mujeres", "Familias representadas por mujeres"),
    BS("comprometido_bs", "Comprometido (Bs)"),
    BS("solicitado_bs", "Solicitado (Bs)"),
    BS("transferido_bs", "Transferido (Bs)"),
    BS("descargado_bs", "Descargado (Bs)"),
    TEXT("fecha_solicitud", "Fecha de solicitud"),
    TEXT("fecha_evaluacion", "Fecha de evaluación de oportunidad"),
    TEXT("fecha_plan", "Fecha de conclusión del plan"),
    TEXT("fecha_viable", "Fecha del certificado de viabilidad"),
    TEXT("fecha_convenio", "Fecha del convenio"),
    TEXT("fecha_conclusion", "Fecha de conclusión"),
    TEXT("fecha_conclusion_prevista", "Fecha prevista de conclusión"),
    DECLARED_COLUMNS,
    LOCATED_COLUMNS,
    LINK_COLUMNS,
};

const struct layer layer_alianzas = {
    .name = "alianzas",
    .title = "Alianzas",
    .description = "Todas las solicitudes de alianza entre organizaciones de productores y "
                   "compradores, tengan o no convenio (lo tienen las que llevan fecha_convenio): "
                   "rubro, etapa, familias y montos.",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
};
