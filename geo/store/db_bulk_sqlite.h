/* db_bulk_sqlite.h - many rows with geometries in one transaction.
 *
 * SpatiaLite keeps the spatial index of a table by triggers, a row at a time: half of the time
 * of a large import. From db_bulk_begin() on triggers are off, and the rows that are inserted,
 * changed and removed are noted (sqlite3_update_hook). db_bulk_end() does what the triggers
 * do, for all of them: it refuses geometries of another kind than the column's, brings the
 * index up to date, and sets the times in geometry_columns_time. The file is what it would be
 * with triggers, but for the shape of the index's tree, which is packed where most of its rows
 * are new (db_rtree_sqlite.h).
 *
 * Owns:    the notes, from begin to end, as db->bulk.
 * Threads, errors: as in geo/store/db.h.
 */
#ifndef GEO_DB_BULK_SQLITE_H
#define GEO_DB_BULK_SQLITE_H

#include "geo/store/db_sqlite.h"

/* db_bulk_begin(), db_bulk_end(), db_bulk_holds(): geo/store/db.h */

/* After a rollback: forgets the notes, triggers are on again. */
void db_bulk_cancel(struct db *db);

#endif
