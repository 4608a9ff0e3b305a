/* series_shapes.c - the columns and classes of each series.
 *
 * The plan's terms for the stages are explained in docs/methods.md.
 */
#include "geo/analysis/series_internal.h"

/* clang-format off */
#define FIXED {"periodo", 0}, {"desde", 0}, {"hasta", 0}, {"codigo", 0}, {"nombre", 0}, \
    {"departamento", 0}, {"uo", 0}
#define PAIR(name, decimals) {name "_periodo", decimals}, {name "_acumulado", decimals}
#define BOTH(name) name "_periodo", name "_acumulado"
/* clang-format on */

static const struct rows_column cobertura[] = {
    FIXED,
    PAIR("alianzas", 0),
    PAIR("familias", 0),
    PAIR("mujeres", 0),
    PAIR("comprometido_bs", 2),
    PAIR("solicitado_bs", 2),
    PAIR("transferido_bs", 2),
    PAIR("descargado_bs", 2),
    PAIR("municipios", 0),
};
static const char *const brief_cobertura[] = {
    "periodo", "nombre", BOTH("alianzas"), BOTH("familias"), BOTH("comprometido_bs"), NULL};

static const struct rows_column riego[] = {
    FIXED, PAIR("areas", 0), PAIR("bruto_ha", 4), PAIR("neto_ha", 4), PAIR("declarado_ha", 4),
};
static const char *const brief_riego[] = {"periodo",        "nombre",        BOTH("areas"),
                                          BOTH("bruto_ha"), BOTH("neto_ha"), NULL};

static const struct rows_column subproyectos[] = {
    FIXED,
    PAIR("subproyectos", 0),
    PAIR("familias", 0),
    PAIR("comprometido_bs", 2),
    PAIR("ejecutado_bs", 2),
    PAIR("recibidos", 0),
    PAIR("recibidos_familias", 0),
};
static const char *const brief_subproyectos[] = {
    "periodo", "nombre", BOTH("subproyectos"), BOTH("ejecutado_bs"), BOTH("recibidos"), NULL};

static const struct series_class processes[] = {
    {"difusion", "Eventos de facilitación para solicitar apoyo"},
    {"solicitudes", "Solicitudes de apoyo financiero"},
    {"oportunidades", "Oportunidades de negocio aprobadas"},
    {"capacitacion_proveedores", "Eventos de capacitación a proveedores de servicios"},
    {"capacitacion_planes", "Eventos de capacitación para formular planes"},
    {"planes", "Planes de alianzas formulados"},
    {"capacitacion_administracion", "Eventos de capacitación para administrar planes"},
    {"certificados", "Certificados de viabilidad financiera"},
    {"alianzas", "Alianzas con convenio"},
    {0},
};

static const struct rows_column procesos[] = {
    FIXED, {"proceso", 0}, {"titulo", 0}, PAIR("total", 0), PAIR("fi", 0), PAIR("fa", 0),
};
static const char *const brief_procesos[] = {"periodo",  "nombre",   "proceso", BOTH("total"),
                                             BOTH("fi"), BOTH("fa"), NULL};

static const struct rows_column difusion[] = {
    FIXED,
    {"tipo", 0},
    {"titulo", 0},
    PAIR("eventos", 0),
    PAIR("participantes", 0),
    PAIR("mujeres", 0),
    PAIR("eventos_fi", 0),
    PAIR("participantes_fi", 0),
    PAIR("eventos_fa", 0),
    PAIR("participantes_fa", 0),
};
static const char *const brief_difusion[] = {
    "periodo", "nombre", "tipo", BOTH("eventos"), BOTH("participantes"), BOTH("mujeres"), NULL};

static const struct series_class stages[] = {
    {"solicitud", "Solicitudes recibidas"},
    {"oportunidad_aprobada", "Aprobadas en evaluación de oportunidad"},
    {"oportunidad_rechazada", "Rechazadas en evaluación de oportunidad"},
    {"plan", "Planes viables"},
    {"aprobacion_financiera", "Aprobadas en evaluación financiera"},
    {"certificado", "Aprobadas por el PAR (certificado de viabilidad)"},
    {"convenio", "Con convenio"},
    {"conclusion", "Concluidas"},
    {0},
};

static const struct rows_column embudo[] = {
    FIXED,         {"etapa", 0},  {"titulo", 0},       PAIR("alianzas", 0),
    PAIR("fi", 0), PAIR("fa", 0), PAIR("familias", 0), PAIR("mujeres", 0),
};
static const char *const brief_embudo[] = {"periodo",  "nombre",   "etapa", BOTH("alianzas"),
                                           BOTH("fi"), BOTH("fa"), NULL};

static const struct rows_column rubros[] = {
    FIXED,         {"rubro", 0},  {"titulo", 0},       PAIR("solicitudes", 0),
    PAIR("fi", 0), PAIR("fa", 0), PAIR("familias", 0), PAIR("mujeres", 0),
};
static const char *const brief_rubros[] = {"periodo",  "nombre",   "rubro", BOTH("solicitudes"),
                                           BOTH("fi"), BOTH("fa"), NULL};

#define COLUMNS(list) .columns = (list), .n_columns = sizeof(list) / sizeof *(list)

const struct series_shape series_shapes[] = {
    [GEO_SERIES_COBERTURA] =
        {COLUMNS(cobertura), .brief = brief_cobertura,
         .kinds = {[MONEY] = SERIES_MONEY, SERIES_MONEY, SERIES_MONEY, SERIES_MONEY},
         .n_measures = 8},
    [GEO_SERIES_RIEGO] = {COLUMNS(riego), .brief = brief_riego,
                          .kinds = {SERIES_COUNT, SERIES_HECTARES, SERIES_HECTARES,
                                    SERIES_HECTARES},
                          .n_measures = 4},
    [GEO_SERIES_SUBPROYECTOS] = {COLUMNS(subproyectos), .brief = brief_subproyectos,
                                 .kinds = {[COMMITTED] = SERIES_MONEY, [SPENT] = SERIES_MONEY},
                                 .n_measures = 6},
    [GEO_SERIES_PROCESOS] = {.has_classes = true,
                             .classes = processes,
                             COLUMNS(procesos),
                             .brief = brief_procesos,
                             .n_measures = 3},
    [GEO_SERIES_DIFUSION] = {.has_classes = true,
                             .table = "eventos",
                             .choice = "tipo",
                             COLUMNS(difusion),
                             .brief = brief_difusion,
                             .n_measures = 7},
    [GEO_SERIES_EMBUDO] = {.has_classes = true,
                           .classes = stages,
                           COLUMNS(embudo),
                           .brief = brief_embudo,
                           .n_measures = 5},
    [GEO_SERIES_RUBROS] = {.has_classes = true,
                           .table = "alianzas",
                           .choice = "rubro",
                           COLUMNS(rubros),
                           .brief = brief_rubros,
                           .n_measures = 5},
};
