/* coverage_tally.h - counts the records into figures by municipality. Which records count
 * is defined in geo/figures/coverage.h. Only for geo/figures/coverage*.c and
 * results_coverage.c. */
#ifndef GEO_COVERAGE_TALLY_H
#define GEO_COVERAGE_TALLY_H

#include "geo/figures/coverage.h"

/* clang-format off */
/* The counts by modelo, rubro, etapa and estado, as X(column, member of struct
 * geo_coverage_row): columns of `cobertura` and of the printed table. */
#define GEO_COVERAGE_KINDS(X) \
    X("alianzas_modelo1", por_modelo[0]) \
    X("alianzas_modelo2", por_modelo[1]) \
    X("alianzas_modelo3", por_modelo[2]) \
    X("alianzas_riego_tecnificado", por_rubro[0]) \
    X("alianzas_agua_ganaderia", por_rubro[1]) \
    X("alianzas_apicultura", por_rubro[2]) \
    X("alianzas_piscicultura", por_rubro[3]) \
    X("alianzas_otro", por_rubro[4]) \
    X("alianzas_etapa_solicitud", por_etapa[0]) \
    X("alianzas_etapa_evaluacion", por_etapa[1]) \
    X("alianzas_etapa_plan", por_etapa[2]) \
    X("alianzas_etapa_viable", por_etapa[3]) \
    X("alianzas_etapa_convenio", por_etapa[4]) \
    X("alianzas_etapa_inversion", por_etapa[5]) \
    X("alianzas_etapa_operacion", por_etapa[6]) \
    X("alianzas_etapa_concluida", por_etapa[7]) \
    X("alianzas_etapa_rechazada", por_etapa[8]) \
    X("alianzas_etapa_abandonada", por_etapa[9]) \
    X("subproyectos_evaluacion_fps", por_estado[0]) \
    X("subproyectos_licitacion", por_estado[1]) \
    X("subproyectos_ejecucion", por_estado[2]) \
    X("subproyectos_recepcion_provisional", por_estado[3]) \
    X("subproyectos_recepcion_definitiva", por_estado[4])
/* clang-format on */

/* Fills zeroed slots (units->n + 1, the last for no municipality); wanted NULL: all, else
 * records of other slots are not counted. Names are not set. */
bool geo_coverage_tally(struct geo_store *store, const struct geo_units *units, const bool *wanted,
                        const struct geo_coverage_query *query, struct geo_coverage_row *slots,
                        struct err *err);

/* Sets `municipios` and the counts of covered municipalities in a row of one municipality,
 * to 0 or 1, from its figures; all 0 in the row without municipality. */
void geo_coverage_mark(struct geo_coverage_row *row);

/* Computes cobertura_familias_pct from the other figures. */
void geo_coverage_share(struct geo_coverage_row *row);

#endif
