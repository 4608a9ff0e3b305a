/* linker.h - updates links, and the figures that depend on them, in the database:
 * `vinculos`, `riego_municipal`, `cobertura`.
 *
 * Owns:    the editions and names it loaded. They are kept for the next update, because
 *          loading the official boundaries takes longer than an edit should.
 * Threads: as the store's, which must outlive it.
 * Errors:  as the store's. Writing needs the caller's transaction; after an
 *          error the caller rolls back.
 *
 * Editions are reloaded if somebody else changed a table of bounds (municipalities, water,
 * urban areas; found by their revisions) or the aliases of names.
 *
 * An update touches (geo_store_touch) the layer whose links changed, and `municipios` if
 * its figures changed. The caller touches the layer of the records themselves.
 */
#ifndef GEO_LINKER_H
#define GEO_LINKER_H

#include "geo/figures/link.h"

struct geo_linker; /* opaque */

struct geo_linker *geo_linker_open(struct geo_store *store, struct err *err);
void geo_linker_close(struct geo_linker *linker); /* NULL is fine */

/* Progress of what is linked from now on, from 0 to 1; NULL: none is told. */
void geo_linker_watch(struct geo_linker *linker, geo_progress_fn *progress, void *arg);

/* An edition and its names, loaded if they are not; NULL: the current one.
 * Borrowed until the next call after bounds or aliases changed. */
bool geo_linker_edition(struct geo_linker *linker, const char *codigo,
                        const struct geo_edition **edition, const struct geo_names **names,
                        struct err *err);

/* Loads all editions, if they are not, so that they are there when they are needed. */
bool geo_linker_load(struct geo_linker *linker, struct err *err);

/* To be called after rows of any table were written or removed. ids are those of the
 * rows, NULL: the whole table. edition: its code; NULL: on all editions. Updates for
 *   linked tables     their links; if they are counted, also irrigation and coverage of
 *                     the municipalities that gained or lost something
 *   hechos_municipio  the coverage of all municipalities (shares of rural people)
 *   tables of bounds  everything on these editions
 *   other tables      nothing
 * (geo/store/schema.h says which tables are linked, counted, bounds.)
 * counts may be NULL; it counts the links of the records given, on the edition given or
 * the current one. */
bool geo_linker_update(struct geo_linker *linker, const struct geo_table *table, const int64_t *ids,
                       size_t n_ids, const char *edition, struct geo_link_counts *counts,
                       struct err *err);

/* Links every linked table on an edition (NULL: on all editions), and updates all figures. */
bool geo_linker_all(struct geo_linker *linker, const char *edition, struct geo_link_counts *counts,
                    struct err *err);

/* The two above with a linker opened for this call. For many calls keep a linker open. */
bool geo_link_update(struct geo_store *store, const struct geo_table *table, const int64_t *ids,
                     size_t n_ids, const char *edition, struct geo_link_counts *counts,
                     struct err *err);
bool geo_link_all(struct geo_store *store, const char *edition, struct geo_link_counts *counts,
                  geo_progress_fn *progress, void *arg, struct err *err);

#endif
