/* dataset.h - imports the data set built into the program (data/) into a new database, as
 * any other source is imported.
 *
 * Threads: as the store's.
 * Errors:  as geo_import_run()'s.
 */
#ifndef GEO_DATASET_H
#define GEO_DATASET_H

#include "geo/store/store.h"

/* Fills an empty database, in one transaction: boundaries, facts, the simulated portfolio,
 * links and figures. progress may be NULL. */
bool geo_dataset_load(struct geo_store *store, geo_progress_fn *progress, void *arg,
                      struct err *err);

#endif
