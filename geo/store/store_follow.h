/* store_follow.h - what goes with a record: rows of other tables that are written and
 * removed when the record is. geo_store_put(), geo_store_remove() and undo, the only
 * writers of records, call these after the record itself.
 *
 *   written   subproyectos: the shape goes to the one table of its kind (formas_puntos,
 *             formas_lineas, formas_poligonos), as a multi-geometry: QGIS shows one kind a
 *             layer
 *   removed   its links and its conflicts go. Of a table that coverage counts, the
 *             municipalities that counted it are noted first (vinculos_perdidos) on every
 *             edition, and '' (no municipality): a link does not say where the parts of a
 *             polygon outside the country were counted. The shapes go by their foreign key
 *
 * Owns:    prepared statements, which are the store's.
 * Threads, errors: as the store's; inside the caller's transaction.
 */
#ifndef GEO_STORE_FOLLOW_H
#define GEO_STORE_FOLLOW_H

#include "geo/store/store_internal.h"

/* The record was inserted (is_new) or changed; its geometry is that of the row. */
bool store_follow_put(struct geo_store *store, const struct geo_table *table, int64_t id,
                      const struct geo_record *record, bool is_new, struct err *err);
/* The row, which may be there or not, was changed by other means than geo_store_put(). */
bool store_follow_row(struct geo_store *store, const struct geo_table *table, int64_t id,
                      struct err *err);
bool store_follow_removed(struct geo_store *store, const struct geo_table *table, int64_t id,
                          struct err *err);

#endif
