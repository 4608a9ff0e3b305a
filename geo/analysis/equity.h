/* equity.h - measures of how evenly the programme reaches rural people.
 *
 * The unit is the municipality, weighted by its rural people: its share s of a figure of
 * the programme, and its share p of the rural people. docs/methods.md ("Equity") has the
 * formulas; in short:
 *
 *   Lorenz curve         municipalities from the least to the most served per
 *                        person: cumulative p against cumulative s.
 *   Gini                 1 - sum (P_i - P_i-1) (L_i + L_i-1): twice the area
 *                        between that curve and equality.
 *   Theil T              sum s ln(s / p) (Theil, 1967); a group g adds
 *                        S ln(S / P) between groups and S T_g within.
 *   concentration curve  the same from the most to the least in need (NBI).
 *   concentration index  twice the area between equality and that curve: below 0
 *                        if the neediest have more than their share
 *                        (Kakwani, Wagstaff and van Doorslaer, 1997).
 *
 * Owns:    a result owns its arrays; geo_equity_free() releases it.
 * Threads: as the store's; the measures, any.
 * Units:   value in families, Bs or ha; shares and measures are pure numbers.
 * Errors:  ERR_INPUT that names the parameter; ERR_NOT_FOUND: unknown edition.
 */
#ifndef GEO_EQUITY_H
#define GEO_EQUITY_H

#include "geo/base/rows.h"
#include "geo/figures/group.h"

/* Measures ------------------------------------------------------------------ */

struct geo_equity_unit {
    double people; /* above 0 */
    double value;  /* 0 or more */
    double need;   /* NaN: unknown, not in the concentration curve */
    size_t group;
    size_t at; /* the caller's own: which municipality it is */
};

/* Cumulative shares after a municipality; the first point is (0, 0). */
struct geo_equity_point {
    double people, value;
    size_t at; /* of the municipality; of the first point: SIZE_MAX */
};

/* Sorts the units by value per person, stably. points has n + 1 places. NaN if there is
 * nothing to share (all values 0, or no unit); then the values of the points are NaN too. */
double geo_equity_lorenz(struct geo_equity_unit *units, size_t n, struct geo_equity_point *points);
/* Sorts by need, the neediest first; units without a need go last and are left out. Units
 * of equal need count as one, so that their order does not matter. *n_points includes the
 * first point; points has n + 1 places. */
double geo_equity_concentration(struct geo_equity_unit *units, size_t n,
                                struct geo_equity_point *points, size_t *n_points);

struct geo_equity_share {
    size_t units;
    double people, value;
    double theil;           /* among its own units; NaN: nothing to share */
    double within, between; /* what it adds to the Theil of all */
};
/* groups has n_groups places. Returns the Theil index of all: the sum of within and
 * between. */
double geo_equity_theil(const struct geo_equity_unit *units, size_t n, size_t n_groups,
                        struct geo_equity_share *groups);

/* The programme ---------------------------------------------------------------- */

/* familias (alliances), bs (committed, alliances and subprojects), riego (net ha),
 * obras (families of subprojects), alianzas. */
enum geo_equity_of {
    GEO_EQUITY_FAMILIAS,
    GEO_EQUITY_BS,
    GEO_EQUITY_RIEGO,
    GEO_EQUITY_OBRAS,
    GEO_EQUITY_ALIANZAS
};
bool geo_equity_of_word(const char *word, enum geo_equity_of *of);

struct geo_equity_query {
    enum geo_equity_of of;
    enum geo_group group; /* not by municipality */
    const char *as_of, *edition;
};

struct geo_equity_row {
    const char *nombre;
    struct geo_equity_share share; /* of the municipalities that count */
    double gini, concentration;    /* among them; NaN: nothing to share */
    size_t excluded;               /* municipalities without rural people known, or with 0 */
    double excluded_value;         /* their value; for the nation also that of records without a
                                      municipality */
};

struct geo_equity {
    char edition[33], as_of[11];
    struct geo_equity_query query; /* its texts are not kept */
    /* Groups by name; the nation is the last row, alone with GEO_BY_NACIONAL. */
    struct geo_equity_row *rows;
    size_t n_rows;
    struct geo_equity_point *lorenz, *concentration; /* of the nation; at: of units */
    size_t n_lorenz, n_concentration;
    size_t without_need;     /* municipalities that count and have no NBI */
    double *people, *values; /* of every municipality of units */
    double *need;
    struct geo_units *units;
};

struct geo_equity *geo_equity_compute(struct geo_store *store, const struct geo_equity_query *query,
                                      struct err *err);
void geo_equity_free(struct geo_equity *equity); /* NULL is fine */

/* grupo,municipios,excluidos,poblacion_rural,valor,valor_excluido,por_mil_personas,
 * participacion_poblacion,participacion_valor,gini,theil,theil_dentro,theil_entre,
 * indice_concentracion; measures with fifteen decimals, four for tables. */
struct rows *geo_equity_rows(const struct geo_equity *equity, enum rows_format format);

enum geo_equity_curve { GEO_EQUITY_LORENZ, GEO_EQUITY_CONCENTRATION };
/* orden,codigo,nombre,departamento,nbi_pct,poblacion_rural,valor,por_mil_personas,
 * poblacion_acumulada,valor_acumulado; names are borrowed from equity. */
struct rows *geo_equity_curve_rows(const struct geo_equity *equity, enum geo_equity_curve curve);

/* The measures in two or three Spanish sentences. */
void geo_equity_describe(const struct geo_equity *equity, struct buf *out);

#endif
