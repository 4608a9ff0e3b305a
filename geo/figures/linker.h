/* linker.h - keeps links and the figures that rest on them current in the
 * database: `vinculos`, `riego_municipal`, `cobertura`.
 *
 * Owns:    the editions and names it has loaded, for the next update: loading
 *          the official boundaries takes longer than an edit may.
 * Threads: as the store's, which must outlive it.
 * Errors:  as the store's. Writing needs the caller's transaction; after an
 *          error the caller rolls back.
 *
 * What is loaded is loaded again when somebody else changed municipalities,
 * water or urban areas since (their layers' revisions tell). New aliases of names
 * are not noticed: they need a new linker.
 *
 * An update touches (geo_store_touch) the layer whose links changed, and
 * `municipios` where its figures did. The layer of the records themselves is
 * the caller's to touch.
 */
#ifndef GEO_LINKER_H
#define GEO_LINKER_H

#include "geo/figures/link.h"

struct geo_linker; /* opaque */

struct geo_linker *geo_linker_open(struct geo_store *store, struct err *err);
void geo_linker_close(struct geo_linker *linker); /* NULL is fine */

/* An edition and its names, loaded if they are not; NULL: the current one.
 * Borrowed until the next call on the linker. */
bool geo_linker_edition(struct geo_linker *linker, const char *codigo,
                        const struct geo_edition **edition, const struct geo_names **names,
                        struct err *err);

/* After rows of any table were written or removed, on every edition or on one
 * (codigo); ids are the rows', NULL: all of the table.
 *   linked tables     their links, and the irrigation and coverage of the
 *                     municipalities that gained or lost something
 *   hechos_municipio  the coverage of all (shares of rural people)
 *   other tables without geometry   nothing
 *   municipios, cuerpos_agua, zonas_urbanas   everything on the editions meant
 * counts may be NULL: links of the records meant, on the current edition or on
 * the one given. */
bool geo_linker_update(struct geo_linker *linker, const struct geo_table *table, const int64_t *ids,
                       size_t n_ids, const char *edition, struct geo_link_counts *counts,
                       struct err *err);

/* The whole: every linked table on an edition (NULL: all editions). */
bool geo_linker_all(struct geo_linker *linker, const char *edition, struct geo_link_counts *counts,
                    geo_progress_fn *progress, void *arg, struct err *err);

#endif
