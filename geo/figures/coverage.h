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
#include "geo/store/results.h"

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

/* Sets `municipios` and the counts of covered municipalities in a row of one municipality,
 * to 0 or 1, from its figures; all 0 in the row without municipality. Rows read from the
 * store have them 0. */
void geo_coverage_mark(struct geo_coverage_row *row);

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
