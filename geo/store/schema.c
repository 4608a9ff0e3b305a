/* schema.c - the list of tables and their fields. */
#include "geo/store/schema.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define PUB GEO_PUBLISHED
#define REQ (GEO_REQUIRED | GEO_PUBLISHED)
#define CODE GEO_CODE
#define INE (GEO_CODE | GEO_INE_CODE)

static const struct geo_choice rubros[] = {
    {"riego_tecnificado", "Riego tecnificado"},
    {"agua_ganaderia", "Agua para ganadería"},
    {"apicultura", "Apicultura"},
    {"piscicultura", "Piscicultura"},
    {"otro", "Otro"},
    {0},
};

/* In the order of an alliance's cycle; the last two are exits from it. */
static const struct geo_choice etapas[] = {
    {"solicitud", "Solicitud"},
    {"evaluacion", "Evaluación de oportunidad"},
    {"plan", "Plan de alianza"},
    {"viable", "Viable"},
    {"convenio", "Convenio firmado"},
    {"inversion", "Inversión"},
    {"operacion", "Operación"},
    {"concluida", "Concluida"},
    {"rechazada", "Rechazada"},
    {"abandonada", "Abandonada"},
    {0},
};

static const struct geo_choice financiamientos[] = {
    {"FI", "Financiamiento inicial"},
    {"FA", "Financiamiento adicional"},
    {0},
};

static const struct geo_choice estados[] = {
    {"evaluacion_fps", "Evaluación FPS"},
    {"licitacion", "Licitación"},
    {"ejecucion", "Ejecución"},
    {"recepcion_provisional", "Recepción provisional"},
    {"recepcion_definitiva", "Recepción definitiva"},
    {0},
};

static const struct geo_choice tipos_evento[] = {
    {"gobiernos_municipales", "Eventos para gobiernos municipales"},
    {"organizaciones_sociales", "Eventos para organizaciones sociales y otros actores"},
    {"organizaciones_productores", "Informativos a organizaciones de productores"},
    {"grupos_mujeres", "Informativos a grupos de mujeres"},
    {"llenado_formularios", "Facilitación para el llenado de formularios"},
    {"capacitacion_proveedores", "Capacitación a proveedores de servicios"},
    {"capacitacion_planes", "Capacitación para formulación de planes de alianzas"},
    {"capacitacion_administracion", "Capacitación para la administración de planes"},
    {"otro", "Otro"},
    {0},
};

static const struct geo_choice ambitos[] = {
    {"nacional", "Nacional"},
    {"departamento", "Departamento"},
    {"uo", "Unidad operativa"},
    {"municipio", "Municipio"},
    {0},
};

/* The municipality as the source declares it, by code or by name. */
#define DECLARED                                                                            \
    {.name = "municipio_codigo",                                                            \
     .type = GEO_TEXT,                                                                      \
     .flags = PUB | INE,                                                                    \
     .title = "Código INE declarado",                                                       \
     .aliases = "codigo_municipio cod_mun codigo_ine cod_ine ine c_mun municipio_cod c_ut " \
                "adm3_pcode pcode"},                                                        \
        {.name = "municipio_nombre",                                                        \
         .type = GEO_TEXT,                                                                  \
         .flags = PUB,                                                                      \
         .title = "Municipio declarado",                                                    \
         .aliases = "municipio nombre_municipio nom_mun mun municipality adm3_es "          \
                    "adm3_name"},                                                           \
    {                                                                                       \
        .name = "municipio_departamento", .type = GEO_TEXT, .flags = PUB,                   \
        .title = "Departamento declarado",                                                  \
        .aliases = "departamento depto dpto dep nom_dep adm1_es adm1_name"                  \
    }

/* How the point was read (geo/place/rescue.h). */
#define LOCATED                                                                 \
    {.name = "crs_origen",                                                      \
     .type = GEO_TEXT,                                                          \
     .flags = GEO_DERIVED,                                                      \
     .title = "Sistema de referencia de origen"},                               \
        {.name = "rescate",                                                     \
         .type = GEO_TEXT,                                                      \
         .flags = PUB | GEO_DERIVED,                                            \
         .title = "Corrección de la coordenada"},                               \
        {.name = "coordenada_original",                                         \
         .type = GEO_TEXT,                                                      \
         .flags = GEO_DERIVED,                                                  \
         .title = "Coordenada como llegó"},                                     \
    {                                                                           \
        .name = "datum_incierto", .type = GEO_FLAG, .flags = PUB | GEO_DERIVED, \
        .title = "Datum incierto"                                               \
    }

#define MONEY(field, text, more)                                                             \
    {                                                                                        \
        .name = field "_cts", .published = field "_bs", .type = GEO_MONEY, .flags = PUB,     \
        .title = text " (Bs)", .aliases = field " " field "_bs " more, .min = 0, .max = 1e12 \
    }

#define DATE(field, text, more)                                                                \
    {                                                                                          \
        .name = "fecha_" field, .type = GEO_DATE, .flags = PUB, .title = text, .aliases = more \
    }

/* The exact day, if known. */
#define DAY(more_flags, text, more)                                                              \
    {                                                                                            \
        .name = "fecha", .type = GEO_DATE, .flags = (more_flags), .title = text, .aliases = more \
    }

#define ALLIANCE                                                                             \
    {                                                                                        \
        .name = "alianza_codigo", .type = GEO_TEXT, .flags = REQ | CODE, .title = "Alianza", \
        .aliases = "alianza codigo_alianza cod_alianza"                                      \
    }

#define TONNES(field, text, more)                                                                \
    {                                                                                            \
        .name = field, .type = GEO_REAL, .flags = PUB, .title = text, .aliases = more, .min = 0, \
        .max = 1e7                                                                               \
    }

/* Unlike other money it may be a loss. */
#define INCOME(field, text, more)                                                                \
    {                                                                                            \
        .name = field "_cts", .published = field "_bs", .type = GEO_MONEY, .flags = PUB,         \
        .title = text " (Bs)", .aliases = field " " field "_bs " more, .min = -1e12, .max = 1e12 \
    }

#define YES_NO(field, text, more)                                                     \
    {                                                                                 \
        .name = field, .type = GEO_FLAG, .flags = PUB, .title = text, .aliases = more \
    }

static const struct geo_field municipios[] = {
    {.name = "edicion", .type = GEO_TEXT, .flags = REQ | GEO_DERIVED, .title = "Edición"},
    {.name = "codigo",
     .type = GEO_TEXT,
     .flags = REQ | INE,
     .title = "Código INE",
     .aliases = "codigo_ine cod_ine cod_mun c_mun ine codigo_municipio codigo_mun c_ut adm3_pcode "
                "pcode ref_ine"},
    {.name = "nombre",
     .type = GEO_TEXT,
     .flags = REQ,
     .title = "Municipio",
     .aliases = "municipio nombre_municipio nom_mun name adm3_es adm3_name"},
    {.name = "provincia",
     .type = GEO_TEXT,
     .flags = PUB,
     .title = "Provincia",
     .aliases = "nom_prov prov adm2_es adm2_name"},
    {.name = "departamento",
     .type = GEO_TEXT,
     .flags = PUB,
     .title = "Departamento",
     .aliases = "depto dpto dep nom_dep adm1_es adm1_name"},
    {.name = "uo",
     .type = GEO_TEXT,
     .flags = PUB,
     .title = "Unidad operativa",
     .aliases = "unidad_operativa"},
};

static const struct geo_field hechos_municipio[] = {
    {.name = "codigo",
     .type = GEO_TEXT,
     .flags = REQ | INE,
     .title = "Código INE",
     .aliases = "codigo_ine cod_ine cod_mun c_mun ine codigo_municipio codigo_mun c_ut adm3_pcode "
                "pcode ref_ine municipio_codigo"},
    {.name = "hecho", .type = GEO_TEXT, .flags = REQ, .title = "Hecho"},
    {.name = "valor", .type = GEO_REAL, .flags = REQ, .title = "Valor"},
};

static const struct geo_field cuerpos_agua[] = {
    {.name = "codigo", .type = GEO_TEXT, .flags = PUB | CODE, .title = "Código"},
    {.name = "nombre", .type = GEO_TEXT, .flags = REQ, .title = "Nombre", .aliases = "name"},
    {.name = "departamento",
     .type = GEO_TEXT,
     .flags = PUB,
     .title = "Departamento",
     .aliases = "depto dpto"},
};

static const struct geo_field zonas_urbanas[] = {
    {.name = "codigo", .type = GEO_TEXT, .flags = PUB | CODE, .title = "Código"},
    {.name = "nombre", .type = GEO_TEXT, .flags = REQ, .title = "Nombre", .aliases = "name ciudad"},
};

static const struct geo_field comunidades[] = {
    {.name = "codigo",
     .type = GEO_TEXT,
     .flags = REQ | CODE,
     .title = "Código",
     .aliases = "codigo_comunidad cod_com id"},
    {.name = "nombre",
     .type = GEO_TEXT,
     .flags = REQ,
     .title = "Comunidad",
     .aliases = "comunidad nombre_comunidad name"},
    {.name = "personas",
     .type = GEO_INTEGER,
     .flags = PUB,
     .title = "Personas",
     .aliases = "poblacion habitantes poblacion_total",
     .min = 0,
     .max = 1e7},
    {.name = "viviendas",
     .type = GEO_INTEGER,
     .flags = PUB,
     .title = "Viviendas",
     .aliases = "hogares",
     .min = 0,
     .max = 1e7},
    DECLARED,
    LOCATED,
};

static const struct geo_field alianzas[] = {
    {.name = "codigo",
     .type = GEO_TEXT,
     .flags = REQ | CODE,
     .title = "Código",
     .aliases = "codigo_alianza cod_alianza cod id"},
    {.name = "nombre",
     .type = GEO_TEXT,
     .flags = REQ,
     .title = "Alianza",
     .aliases = "alianza nombre_alianza name"},
    {.name = "opp",
     .type = GEO_TEXT,
     .flags = PUB,
     .title = "Organización de productores",
     .aliases = "organizacion organizacion_de_productores nombre_opp"},
    {.name = "comprador",
     .type = GEO_TEXT,
     .flags = PUB,
     .title = "Comprador",
     .aliases = "socio_comercial"},
    {.name = "modelo",
     .type = GEO_INTEGER,
     .flags = PUB,
     .title = "Modelo",
     .aliases = "modelo_alianza",
     .min = 1,
     .max = 3},
    {.name = "rubro", .type = GEO_CHOICE, .flags = PUB, .title = "Rubro", .choices = rubros},
    {.name = "etapa",
     .type = GEO_CHOICE,
     .flags = PUB,
     .title = "Etapa",
     .aliases = "estado",
     .choices = etapas},
    {.name = "financiamiento",
     .type = GEO_CHOICE,
     .flags = PUB,
     .title = "Financiamiento",
     .aliases = "fase",
     .choices = financiamientos},
    {.name = "familias",
     .type = GEO_INTEGER,
     .flags = PUB,
     .title = "Familias",
     .aliases = "nro_familias num_familias no_familias beneficiarios",
     .min = 0,
     .max = 100000},
    {.name = "mujeres",
     .type = GEO_INTEGER,
     .flags = PUB,
     .title = "Familias representadas por mujeres",
     .aliases = "familias_mujeres",
     .min = 0,
     .max = 100000},
    MONEY("comprometido", "Comprometido", "monto_comprometido monto"),
    MONEY("solicitado", "Solicitado", "monto_solicitado"),
    MONEY("transferido", "Transferido", "monto_transferido"),
    MONEY("descargado", "Descargado", "monto_descargado"),
    DATE("solicitud", "Fecha de solicitud", NULL),
    DATE("evaluacion", "Fecha de evaluación de oportunidad",
         "fecha_evaluacion_oportunidad_negocio"),
    DATE("plan", "Fecha de conclusión del plan", "fecha_conclusion_plan_alianza"),
    DATE("viable", "Fecha del certificado de viabilidad", "fecha_viabilidad"),
    DATE("convenio", "Fecha del convenio", "fecha_firma_convenio convenio"),
    DATE("conclusion", "Fecha de conclusión", "fecha_cierre"),
    DATE("conclusion_prevista", "Fecha prevista de conclusión",
         "fecha_prevista_de_conclusion fecha_prevista conclusion_prevista fecha_cierre_prevista "
         "fecha_prevista_de_cierre fecha_conclusion_programada fecha_conclusion_planificada"),
    DECLARED,
    LOCATED,
};

static const struct geo_field areas_riego[] = {
    {.name = "codigo",
     .type = GEO_TEXT,
     .flags = REQ | CODE,
     .title = "Código",
     .aliases = "codigo_area cod_area cod id"},
    {.name = "nombre", .type = GEO_TEXT, .flags = PUB, .title = "Nombre", .aliases = "name"},
    {.name = "alianza_codigo",
     .type = GEO_TEXT,
     .flags = PUB | CODE,
     .title = "Alianza",
     .aliases = "alianza codigo_alianza cod_alianza"},
    {.name = "declarado_ha",
     .type = GEO_REAL,
     .flags = PUB,
     .title = "Superficie declarada (ha)",
     .aliases = "ha hectareas superficie superficie_ha area_ha",
     .min = 0,
     .max = 1e6},
    DATE("operacion", "Fecha de puesta en operación", "fecha fecha_riego"),
    DECLARED,
};

static const struct geo_field subproyectos[] = {
    {.name = "codigo",
     .type = GEO_TEXT,
     .flags = REQ | CODE,
     .title = "Código",
     .aliases = "codigo_subproyecto cod_subproyecto cod id"},
    {.name = "nombre",
     .type = GEO_TEXT,
     .flags = REQ,
     .title = "Subproyecto",
     .aliases = "subproyecto nombre_subproyecto name"},
    {.name = "tipo",
     .type = GEO_TEXT,
     .flags = PUB,
     .title = "Tipo de obra",
     .aliases = "tipo_obra obra"},
    {.name = "estado", .type = GEO_CHOICE, .flags = REQ, .title = "Estado", .choices = estados},
    {.name = "familias",
     .type = GEO_INTEGER,
     .flags = PUB,
     .title = "Familias",
     .aliases = "nro_familias beneficiarios",
     .min = 0,
     .max = 1000000},
    MONEY("comprometido_empoderar", "Comprometido EMPODERAR", ""),
    MONEY("comprometido_cp", "Comprometido contraparte", "comprometido_contraparte"),
    MONEY("ejecutado_empoderar", "Ejecutado EMPODERAR", ""),
    MONEY("ejecutado_cp", "Ejecutado contraparte", "ejecutado_contraparte"),
    DATE("inicio", "Fecha de inicio", "fecha_convenio"),
    DATE("recepcion", "Fecha de recepción", "fecha_entrega"),
    DECLARED,
    LOCATED,
};

static const struct geo_field eventos[] = {
    {.name = "codigo",
     .type = GEO_TEXT,
     .flags = REQ | CODE,
     .title = "Código",
     .aliases = "codigo_evento cod_evento cod id"},
    DAY(REQ, "Fecha del evento", "fecha_evento fecha_inicio"),
    {.name = "tipo",
     .type = GEO_CHOICE,
     .flags = REQ,
     .title = "Tipo de evento",
     .aliases = "tipo_evento tipo_de_evento",
     .choices = tipos_evento},
    {.name = "financiamiento",
     .type = GEO_CHOICE,
     .flags = PUB,
     .title = "Financiamiento",
     .aliases = "fase",
     .choices = financiamientos},
    {.name = "participantes",
     .type = GEO_INTEGER,
     .flags = PUB,
     .title = "Participantes",
     .aliases = "nro_participantes num_participantes asistentes",
     .min = 0,
     .max = 100000},
    {.name = "mujeres",
     .type = GEO_INTEGER,
     .flags = PUB,
     .title = "Mujeres participantes",
     .aliases = "participantes_mujeres",
     .min = 0,
     .max = 100000},
    DECLARED,
};

/* What an alliance sold, earned and did in a year. */
static const struct geo_field resultados_alianza[] = {
    ALLIANCE,
    {.name = "anio",
     .type = GEO_INTEGER,
     .flags = REQ,
     .title = "Año",
     .aliases = "ano gestion",
     .min = 1990,
     .max = 2100},
    DAY(PUB, "Fecha de la medición", "fecha_medicion"),
    TONNES("volumen_sin_t", "Volumen de ventas sin proyecto (t)", "volumen_sin_proyecto"),
    TONNES("volumen_con_t", "Volumen de ventas con proyecto (t)", "volumen_con_proyecto"),
    INCOME("ingreso_sin", "Ingreso neto sin proyecto", "ingreso_neto_sin_proyecto"),
    INCOME("ingreso_con", "Ingreso neto con proyecto", "ingreso_neto_con_proyecto"),
    {.name = "ciclos_relacion",
     .type = GEO_INTEGER,
     .flags = PUB,
     .title = "Ciclos productivos en que mantiene o mejora su relación comercial",
     .aliases = "ciclos ciclos_productivos",
     .min = 0,
     .max = 12},
    YES_NO("cumple_metas", "Completa su ciclo de inversión y de negocio",
           "cumple_metas_comerciales"),
    YES_NO("aplica_medidas", "Aplica las medidas ambientales de su plan",
           "aplica_medidas_ambientales"),
    YES_NO("capacitada", "Recibe capacitación para fortalecimiento organizacional", NULL),
    YES_NO("apoyo_formalizacion", "Recibe asistencia para formalizarse", NULL),
};

/* A member of an organisation visited for a sample (geo/analysis/sample.h). */
static const struct geo_field practicas[] = {
    {.name = "codigo", .type = GEO_TEXT, .flags = REQ | CODE, .title = "Código", .aliases = "id"},
    {.name = "muestra", .type = GEO_TEXT, .flags = REQ, .title = "Muestra", .aliases = "ronda"},
    ALLIANCE,
    {.name = "miembro",
     .type = GEO_INTEGER,
     .flags = REQ,
     .title = "Número del miembro en la lista de la organización",
     .min = 1,
     .max = 100000},
    DAY(REQ, "Fecha de la visita", "fecha_visita"),
    {.name = "practicas",
     .type = GEO_INTEGER,
     .flags = REQ,
     .title = "Prácticas o tecnologías mejoradas que aplica",
     .aliases = "nro_practicas num_practicas",
     .min = 0,
     .max = 100},
};

static const struct geo_field reclamos[] = {
    {.name = "codigo",
     .type = GEO_TEXT,
     .flags = REQ | CODE,
     .title = "Código",
     .aliases = "codigo_reclamo cod id"},
    DAY(REQ, "Fecha del reclamo", "fecha_reclamo fecha_recepcion"),
    DATE("respuesta", "Fecha de la respuesta", NULL),
    {.name = "asunto", .type = GEO_TEXT, .flags = PUB, .title = "Asunto", .aliases = "tema"},
    DECLARED,
};

/* Values of indicators that no record gives (geo/figures/definitions.h). */
static const struct geo_field valores_indicador[] = {
    {.name = "indicador", .type = GEO_TEXT, .flags = REQ, .title = "Indicador"},
    DAY(REQ, "Fecha", NULL),
    {.name = "ambito", .type = GEO_CHOICE, .flags = PUB, .title = "Ámbito", .choices = ambitos},
    {.name = "unidad",
     .type = GEO_TEXT,
     .flags = PUB,
     .title = "Departamento, unidad operativa o código INE",
     .aliases = "lugar unidad_geografica"},
    {.name = "valor", .type = GEO_REAL, .flags = REQ, .title = "Valor", .min = -1e12, .max = 1e12},
    {.name = "numerador",
     .type = GEO_REAL,
     .flags = PUB,
     .title = "Numerador",
     .min = -1e12,
     .max = 1e12},
    {.name = "denominador",
     .type = GEO_REAL,
     .flags = PUB,
     .title = "Denominador",
     .min = 0,
     .max = 1e12},
    {.name = "fuente", .type = GEO_TEXT, .flags = REQ, .title = "Fuente"},
};

/* After the key: what else is so (linked, counted, bounds). */
#define TABLE(table, text, shape, key0, key1, ...)                                     \
    {                                                                                  \
        .name = #table, .title = (text), .geometry = (shape), .key = {(key0), (key1)}, \
        .fields = (table), .n_fields = COUNT(table), __VA_ARGS__                       \
    }
#define PLAIN .linked = false
#define LINKED .linked = true
#define COUNTED .linked = true, .counted = true
#define BOUNDS .bounds = true

const struct geo_table geo_tables[] = {
    TABLE(municipios, "Municipios", GEO_MULTIPOLYGON, "edicion", "codigo", BOUNDS),
    TABLE(hechos_municipio, "Hechos por municipio", GEO_NO_GEOMETRY, "codigo", "hecho", PLAIN),
    TABLE(cuerpos_agua, "Cuerpos de agua", GEO_MULTIPOLYGON, "codigo", "nombre", BOUNDS),
    TABLE(zonas_urbanas, "Zonas urbanas", GEO_MULTIPOLYGON, "codigo", "nombre", BOUNDS),
    TABLE(comunidades, "Comunidades", GEO_POINT, "codigo", NULL, LINKED),
    TABLE(alianzas, "Alianzas", GEO_POINT, "codigo", NULL, COUNTED),
    TABLE(areas_riego, "Áreas de riego", GEO_MULTIPOLYGON, "codigo", NULL, COUNTED),
    TABLE(subproyectos, "Subproyectos municipales", GEO_ANY_GEOMETRY, "codigo", NULL, COUNTED),
    TABLE(eventos, "Eventos de difusión y capacitación", GEO_NO_GEOMETRY, "codigo", NULL, LINKED),
    TABLE(resultados_alianza, "Resultados anuales de las alianzas", GEO_NO_GEOMETRY,
          "alianza_codigo", "anio", PLAIN),
    TABLE(practicas, "Prácticas de los miembros visitados", GEO_NO_GEOMETRY, "codigo", NULL, PLAIN),
    TABLE(reclamos, "Reclamos", GEO_NO_GEOMETRY, "codigo", NULL, LINKED),
    {.name = "valores_indicador",
     .title = "Valores ingresados de indicadores",
     .geometry = GEO_NO_GEOMETRY,
     .key = {"indicador", "fecha", "ambito", "unidad"},
     .fields = valores_indicador,
     .n_fields = COUNT(valores_indicador)},
    {0},
};
_Static_assert(COUNT(geo_tables) - 1 <= GEO_TABLES_MAX, "arrays by table have room");

#define RESULT(field, kind, text)                                                    \
    {                                                                                \
        .name = (field), .type = (kind), .flags = PUB | GEO_DERIVED, .title = (text) \
    }

static const struct geo_field conflictos[] = {
    RESULT("edicion", GEO_TEXT, "Edición"),
    RESULT("capa", GEO_TEXT, "Capa"),
    RESULT("codigo", GEO_TEXT, "Código"),
    RESULT("nombre", GEO_TEXT, "Nombre"),
    RESULT("estado", GEO_TEXT, "Estado"),
    RESULT("resolucion", GEO_TEXT, "Resolución"),
    RESULT("veredicto", GEO_TEXT, "Veredicto"),
    RESULT("distancia_m", GEO_REAL, "Distancia al municipio declarado (m)"),
    RESULT("ubicado_codigo", GEO_TEXT, "Código INE donde está"),
    RESULT("ubicado_nombre", GEO_TEXT, "Municipio donde está"),
    RESULT("declarado_codigo", GEO_TEXT, "Código INE declarado"),
    RESULT("declarado_nombre", GEO_TEXT, "Municipio declarado"),
    RESULT("uo", GEO_TEXT, "Unidad operativa"),
};

const struct geo_table geo_conflicts_table =
    TABLE(conflictos, "Conflictos de ubicación", GEO_ANY_GEOMETRY, "codigo", NULL, PLAIN);
