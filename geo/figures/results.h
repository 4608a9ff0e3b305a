/* results.h - computed results stored in the database as tables and views that QGIS can
 * read: links, irrigation by municipality, coverage.
 *
 * Threads, errors: as the store's. Writing needs the caller's transaction.
 * A municipality is given by its code; NULL stands for none.
 */
#ifndef GEO_RESULTS_H
#define GEO_RESULTS_H

#include "geo/figures/coverage.h"
#include "geo/figures/overlap.h"
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
bool geo_results_elsewhere(const struct geo_link_row *row);

/* Reads the links in order of the record's code, main link first. layer NULL: every layer. */
bool geo_results_links(struct geo_store *store, const char *layer, const char *edition,
                       geo_link_row_fn *fn, void *arg, struct err *err);
/* Reads only the main links, in order of row id, without the record's code; of all records
 * or of some (only). */
bool geo_results_main_links(struct geo_store *store, const char *layer, const char *edition,
                            const struct geo_ids *only, geo_link_row_fn *fn, void *arg,
                            struct err *err);
/* Reads which municipality counts each record (NULL: none), in order of row id. */
typedef bool geo_results_main_fn(void *arg, int64_t record, const char *municipio);
bool geo_results_main(struct geo_store *store, const char *layer, const char *edition,
                      geo_results_main_fn *fn, void *arg, struct err *err);

/* Row ids of the records that count in a municipality or, with `parts`, that have any part
 * in it. NULL with `parts` also gives the records that count in a municipality without
 * lying in one (in water, outside the country). In order of id; *ids is malloc'ed. */
bool geo_results_members(struct geo_store *store, const char *layer, const char *edition,
                         const char *municipio, bool parts, int64_t **ids, size_t *n_ids,
                         struct err *err);

/* Reads and replaces the links of one record at a time. */
struct geo_link_book; /* opaque: prepared statements */
struct geo_link_book *geo_link_book_open(struct geo_store *store, const char *layer,
                                         const char *edition, struct err *err);
void geo_link_book_close(struct geo_link_book *book); /* NULL is fine */
/* The links of a record, main first; none if it was never linked. */
bool geo_link_book_read(struct geo_link_book *book, int64_t record, geo_link_row_fn *fn, void *arg,
                        struct err *err);
/* Replaces the links; no rows: removes them. The first row is the main one; layer, record,
 * codigo and principal are not read. */
bool geo_link_book_put(struct geo_link_book *book, int64_t record, const struct geo_link_row *rows,
                       size_t n_rows, struct err *err);

/* Reads the municipalities that lost a record because its row was deleted, each once;
 * geo_results_forget_lost() clears the list. layer: of the record. */
typedef bool geo_results_lost_fn(void *arg, const char *layer, const char *municipio);
bool geo_results_lost(struct geo_store *store, const char *edition, geo_results_lost_fn *fn,
                      void *arg, struct err *err);
bool geo_results_forget_lost(struct geo_store *store, const char *edition, struct err *err);

/* Irrigation -------------------------------------------------------------- */

/* A row of `riego_municipal`: struct geo_irrigated. */
typedef bool geo_irrigated_fn(void *arg, const char *municipio, const struct geo_irrigated *row);

/* Municipalities without irrigation have no row. */
bool geo_results_irrigation(struct geo_store *store, const char *edition, geo_irrigated_fn *fn,
                            void *arg, struct err *err);
/* Inserts or replaces; a row of zeros is removed. *changed is set to true if
 * the stored row differed, else left as it is. */
bool geo_results_put_irrigation(struct geo_store *store, const char *edition, const char *municipio,
                                const struct geo_irrigated *row, bool *changed, struct err *err);

/* Coverage ---------------------------------------------------------------- */

/* Inserts or replaces rows of `cobertura` (of municipalities, or the unlinked
 * one), those wanted of n; NULL: all. *changed as above. */
bool geo_results_put_coverage(struct geo_store *store, const char *edition,
                              const struct geo_coverage_row *rows, size_t n, const bool *wanted,
                              bool *changed, struct err *err);

/* True if all stored figures of two rows are equal. */
bool geo_results_same_coverage(const struct geo_coverage_row *a, const struct geo_coverage_row *b);

/* Reads the stored rows in order of code, the one without municipality first. Names are
 * not set. whole: the row has the counts by model, stage and so on; they are missing, and
 * 0, if the row was stored under an older schema and not recomputed since. */
typedef bool geo_coverage_fn(void *arg, const struct geo_coverage_row *row, bool whole);
bool geo_results_coverage(struct geo_store *store, const char *edition, geo_coverage_fn *fn,
                          void *arg, struct err *err);

#endif
