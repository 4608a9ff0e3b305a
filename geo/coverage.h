/* coverage.h - the coverage figures, one definition of each (design: Coverage).
 *
 * Threads: as the store's. A result is immutable and the caller's.
 * Units:   money centavos, areas m2 inside the struct, ha in rows.
 * Errors:  unknown edition, malformed date: ERR_INPUT / ERR_NOT_FOUND.
 */
#ifndef GEO_COVERAGE_H
#define GEO_COVERAGE_H

#include "geo/base/rows.h"
#include "geo/edition.h"

enum geo_group { GEO_BY_MUNICIPIO, GEO_BY_DEPARTAMENTO, GEO_BY_UO, GEO_BY_NACIONAL };

/* "municipio", "departamento", "uo", "nacional". */
bool geo_group_of(const char *word, enum geo_group *group);

struct geo_coverage_query {
    enum geo_group group;
    const char *as_of;   /* "YYYY-MM-DD"; NULL: everything known */
    const char *edition; /* NULL: the current one */
};

struct geo_coverage_row {
    char codigo[7];                         /* "" for groups and for the row without municipality */
    const char *nombre, *departamento, *uo; /* group rows: nombre is the group's */
    bool unlinked;                          /* the row of records that have no municipality */
    int64_t municipios, municipios_alianzas, municipios_riego, municipios_subproyectos;
    int64_t alianzas, familias, mujeres;
    int64_t comprometido_cts, solicitado_cts, transferido_cts, descargado_cts;
    double riego_bruto_m2, riego_neto_m2, riego_declarado_ha;
    int64_t subproyectos, subproyectos_familias;
    int64_t subproyectos_comprometido_cts, subproyectos_ejecutado_cts;
    double poblacion_rural, viviendas_rurales; /* NaN: no such fact */
    double cobertura_familias_pct;             /* familias / viviendas_rurales x 100; NaN */
};

struct geo_coverage {
    char edition[33];
    char as_of[11]; /* "" for everything known */
    enum geo_group group;
    struct geo_coverage_row
        *rows; /* by codigo, or by the group's name; unlinked last, only if any */
    size_t n_rows;
};

struct geo_coverage *geo_coverage_compute(struct geo_store *store,
                                          const struct geo_coverage_query *query, struct err *err);
void geo_coverage_free(struct geo_coverage *coverage);

/* The design's columns; the caller frees the rows. */
struct rows *geo_coverage_rows(const struct geo_coverage *coverage);

#endif
