/* results.h - computed results stored in the database as tables and views that QGIS can
 * read: links, irrigation by municipality, coverage.
 *
 * Threads, errors: as the store's. Writing needs the caller's transaction.
 * A municipality is given by its code; NULL stands for none.
 */
#ifndef GEO_RESULTS_H
#define GEO_RESULTS_H

#include "geo/store/store.h"

/* Links ------------------------------------------------------------------- */

/* A row of `vinculos`. */
struct geo_link_row {
    const char *layer;     /* table of the record */
    int64_t record;        /* its row id */
    const char *codigo;    /* its code; NULL from geo_link_book_read() */
    const char *municipio; /* code, or NULL */
    const char *metodo, *estado;
    double distancia_m; /* NaN: none */
    double parte;
    bool principal, urbana;
};

/* The row is borrowed: valid during the call only. Returning false stops. */
typedef bool geo_link_row_fn(void *arg, const struct geo_link_row *row);

/* True if the record does not lie in the municipality that counts it (in water, outside
 * the country): it has no part there. */
bool geo_link_row_elsewhere(const struct geo_link_row *row);

/* Reads the links in order of the record's code, main link first. layer NULL: every layer. */
bool geo_store_links(struct geo_store *store, const char *layer, const char *edition,
                     geo_link_row_fn *fn, void *arg, struct err *err);
/* Reads only the main links, in order of row id, without the record's code; of all records
 * or of some (only). */
bool geo_store_links_main(struct geo_store *store, const char *layer, const char *edition,
                          const struct geo_ids *only, geo_link_row_fn *fn, void *arg,
                          struct err *err);
/* Reads which municipality counts each record (NULL: none), in order of row id. */
typedef bool geo_link_unit_fn(void *arg, int64_t record, const char *municipio);
bool geo_store_links_units(struct geo_store *store, const char *layer, const char *edition,
                           geo_link_unit_fn *fn, void *arg, struct err *err);

/* Row ids of the records that count in a municipality or, with `parts`, that have any part
 * in it. NULL with `parts` also gives the records that count in a municipality without
 * lying in one (in water, outside the country). In order of id; *ids is malloc'ed. */
bool geo_store_links_members(struct geo_store *store, const char *layer, const char *edition,
                             const char *municipio, bool parts, int64_t **ids, size_t *n_ids,
                             struct err *err);

/* Reads and replaces the links of one record at a time. */
struct geo_link_book; /* opaque: prepared statements */
struct geo_link_book *geo_link_book_open(struct geo_store *store, const char *layer,
                                         const char *edition, struct err *err);
/* Before the first read: many of the layer's records will be read, in order of id mostly. All
 * links are then read in one pass, and that an edition and its municipalities are there is not
 * looked up for each. */
bool geo_link_book_in_order(struct geo_link_book *book, struct err *err);
void geo_link_book_close(struct geo_link_book *book); /* NULL is fine */
/* The links of a record, main first; none if it was never linked. */
bool geo_link_book_read(struct geo_link_book *book, int64_t record, geo_link_row_fn *fn, void *arg,
                        struct err *err);
/* Replaces the links; no rows: removes them. The first row is the main one; layer, record,
 * codigo and principal are not read. */
bool geo_link_book_put(struct geo_link_book *book, int64_t record, const struct geo_link_row *rows,
                       size_t n_rows, struct err *err);

/* Reads the municipalities that lost a record because its row was deleted, each once;
 * geo_store_lost_forget() clears the list. layer: of the record. */
typedef bool geo_lost_fn(void *arg, const char *layer, const char *municipio);
bool geo_store_lost(struct geo_store *store, const char *edition, geo_lost_fn *fn, void *arg,
                    struct err *err);
bool geo_store_lost_forget(struct geo_store *store, const char *edition, struct err *err);

/* Irrigation -------------------------------------------------------------- */

/* A row of `riego_municipal`: the areas that a municipality has. */
struct geo_irrigated {
    int64_t areas;            /* records it counts */
    double bruto_m2, neto_m2; /* of what lies in it */
    double declarado_ha;      /* also split by share; a record without polygon is not split */
};

typedef bool geo_irrigated_fn(void *arg, const char *municipio, const struct geo_irrigated *row);

/* Municipalities without irrigation have no row. */
bool geo_store_irrigation(struct geo_store *store, const char *edition, geo_irrigated_fn *fn,
                          void *arg, struct err *err);
/* Inserts or replaces; a row of zeros is removed. *changed is set to true if
 * the stored row differed, else left as it is. */
bool geo_store_irrigation_put(struct geo_store *store, const char *edition, const char *municipio,
                              const struct geo_irrigated *row, bool *changed, struct err *err);

/* Coverage ---------------------------------------------------------------- */

/* Number of choices in schema.c; a test compares them. */
enum { GEO_MODELOS = 3, GEO_RUBROS = 5, GEO_ETAPAS = 10, GEO_ESTADOS = 5 };

/* A row of `cobertura`, or of several added up; what each figure means is said in
 * geo/figures/coverage.h. */
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

/* Inserts or replaces rows of `cobertura` (of municipalities, or the unlinked
 * one), those wanted of n; NULL: all. *changed as above. */
bool geo_store_coverage_put(struct geo_store *store, const char *edition,
                            const struct geo_coverage_row *rows, size_t n, const bool *wanted,
                            bool *changed, struct err *err);

/* True if all stored figures of two rows are equal. */
bool geo_coverage_row_same(const struct geo_coverage_row *a, const struct geo_coverage_row *b);

/* Reads the stored rows in order of code, the one without municipality first. Names and
 * what geo_coverage_mark() sets are left 0. whole: the row has the counts by model, stage and so
 * on; they are missing, and 0, if the row was stored under an older schema and not recomputed
 * since. */
typedef bool geo_coverage_fn(void *arg, const struct geo_coverage_row *row, bool whole);
bool geo_store_coverage(struct geo_store *store, const char *edition, geo_coverage_fn *fn,
                        void *arg, struct err *err);

#endif
