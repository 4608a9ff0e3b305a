/* edition_rows.h - the editions loaded, as a table.
 *
 * Threads, errors: as the store's.
 */
#ifndef GEO_EDITION_ROWS_H
#define GEO_EDITION_ROWS_H

#include "geo/base/rows.h"
#include "geo/store/store.h"

/* codigo,titulo,municipios,vigente,esquematica,fuente,fecha_datos, in order of
 * loading; the caller frees the rows. NULL with *err filled. */
struct rows *geo_edition_rows(struct geo_store *store, struct err *err);

#endif
