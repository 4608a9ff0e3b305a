/* coverage.h - the coverage figures, and the one definition of each.
 *
 * Threads: as the store's. A result is immutable and the caller's.
 * Units:   money centavos, areas m2 inside the struct, ha in rows.
 * Errors:  unknown edition, malformed date: ERR_INPUT / ERR_NOT_FOUND.
 *
 * What counts on a date d (without a date: everything known):
 *   alianza      fecha_convenio <= d; without a date, any fecha_convenio. FI
 *                and FA alike; an application without convenio never counts.
 *   área de riego  fecha_operacion <= d; without it, its alliance's fecha_convenio;
 *                without both, always. Its hectares count in the municipalities in
 *                which they lie (geo/figures/overlap.h).
 *   subproyecto  fecha_inicio <= d, else always.
 * A record counts in its main municipality (geo/figures/link.h). Stages (etapa) and
 * states (estado) are those recorded today, not on d.
 *
 * A municipality is covered by alliances or works if at least one counts in it. It is
 * covered by irrigation if an area counts in it or if GEO_COVERED_M2 of net area lie
 * in it: less would be printed as 0.0000 ha.
 */
#ifndef GEO_COVERAGE_H
#define GEO_COVERAGE_H

#include "geo/base/rows.h"
#include "geo/figures/group.h"
#include "geo/place/edition.h"

#define GEO_COVERED_M2 0.5

/* Facts to use instead of the stored ones, by slot of the edition's units: facts of
 * another edition, restated (geo/analysis/restate.h). NULL: not known. */
struct geo_coverage_facts {
    size_t n; /* units */
    const double *poblacion_rural, *viviendas_rurales;
    const double *viviendas_pct; /* per cent of the dwellings that come from divided units */
};

struct geo_coverage_query {
    enum geo_group group;
    const char *as_of;   /* "YYYY-MM-DD"; NULL: everything known */
    const char *edition; /* NULL: the current one */
    /* That edition's boundaries where the caller has them loaded; NULL: they are
     * loaded if a date makes them necessary. */
    const struct geo_edition *boundaries;
    const struct geo_coverage_facts *facts; /* NULL: the stored ones */
};

/* Number of choices in schema.c; a test compares them. */
enum { GEO_MODELOS = 3, GEO_RUBROS = 5, GEO_ETAPAS = 10, GEO_ESTADOS = 5 };

struct geo_coverage_row {
    char codigo[7];                         /* "" for groups and for the row without municipality */
    const char *nombre, *departamento, *uo; /* group rows: nombre is the group's */
    bool unlinked;                          /* the row of records that have no municipality */
    int64_t municipios, municipios_alianzas, municipios_riego, municipios_subproyectos;
    int64_t alianzas, familias, mujeres;
    int64_t comprometido_cts, solicitado_cts, transferido_cts, descargado_cts;
    int64_t areas_riego;
    double riego_bruto_m2, riego_neto_m2, riego_declarado_ha;
    int64_t subproyectos, subproyectos_familias;
    int64_t subproyectos_comprometido_cts, subproyectos_ejecutado_cts;
    double poblacion_rural, viviendas_rurales; /* NaN: no such fact */
    double cobertura_familias_pct;             /* familias / viviendas_rurales x 100; NaN */
    double viviendas_reexpresadas;             /* of viviendas_rurales, from divided units */
    /* Alliances by modelo (1, 2, 3), rubro and etapa, subprojects by estado, in
     * the order of schema.c; what has no such value is in no slot. */
    int64_t por_modelo[GEO_MODELOS], por_rubro[GEO_RUBROS], por_etapa[GEO_ETAPAS];
    int64_t por_estado[GEO_ESTADOS];
};

struct geo_coverage {
    char edition[33];
    char as_of[11]; /* "" for everything known */
    enum geo_group group;
    bool restated; /* with the facts of another edition: reexpresado_pct is shown */
    /* By codigo, or by the group's name; unlinked last, only if any. The nation
     * is one row of all, unlinked records too. */
    struct geo_coverage_row *rows;
    size_t n_rows;
    struct geo_units *units; /* the names' memory */
};

/* Without a date or restated facts: read from the table `cobertura`, which maps and QGIS
 * show. Else: counted from the records. */
struct geo_coverage *geo_coverage_compute(struct geo_store *store,
                                          const struct geo_coverage_query *query, struct err *err);
void geo_coverage_free(struct geo_coverage *coverage); /* NULL is fine */

/* The columns of `sigg coverage`; the caller frees the rows. */
struct rows *geo_coverage_rows(const struct geo_coverage *coverage);

/* Compares `cobertura` with the figures counted from the records, on every edition: fn
 * gets one finding for each edition that differs. */
typedef void geo_coverage_finding_fn(void *arg, const char *finding);
bool geo_coverage_check(struct geo_store *store, geo_coverage_finding_fn *fn, void *arg,
                        int64_t *findings, struct err *err);

/* Recomputes the rows of `cobertura` for the slots wanted (units->n + 1, the last for no
 * municipality; NULL: all), and stores those that changed. Inside a transaction, after
 * links and irrigation. *changed is set to true if a row changed, else left as it is. */
bool geo_coverage_store(struct geo_store *store, const struct geo_units *units, const bool *wanted,
                        bool *changed, struct err *err);

#endif
