/* db_guard_sqlite.h - keeps SQL that somebody put into the database file from being run.
 *
 * An SQLite file contains views, triggers and virtual tables. Whoever made the file may
 * have added some that read other files, never end, or change other tables when ours are
 * written. Therefore:
 *   - a connection does not trust the schema (trusted_schema off, defensive mode, no
 *     extensions, no second database, small limits, checks of cell sizes), and has no
 *     virtual tables but R*Trees;
 *   - the schema is compared with the one that this program makes
 *     (geo/store/schema_expected.sql). Foreign, altered or missing objects are named and
 *     the file is refused; a reader tolerates missing triggers and indexes;
 *   - a connection that only reads never runs views or triggers, even if the file changes
 *     while it is open;
 *   - a connection that writes trusts the schema once it was compared, since SpatiaLite's
 *     triggers (GeometryConstraints, RTreeAlign) call functions that SQLite forbids in an
 *     untrusted schema. If the schema changes it is compared again at the next
 *     transaction.
 *
 * Tolerated beside ours: what SpatiaLite itself creates, its optional tables too, in the
 * version that schema_expected.sql was made with or in the one that is linked;
 * `sqlite_stat1`, `sqlite_stat3`, `sqlite_stat4` (ANALYZE); QGIS's `layer_styles` and
 * `qgis_projects` with their indexes, plain tables without triggers that nothing here
 * reads. Users' own tables belong in other files.
 *
 * Owns:    nothing.
 * Threads: the connection's.
 * Errors:  ERR_SETUP for a schema that is not ours.
 */
#ifndef GEO_DB_GUARD_SQLITE_H
#define GEO_DB_GUARD_SQLITE_H

#include "geo/store/db_sqlite.h"

/* To be called before anything is read from the file. */
bool db_guard_begin(struct db *db, struct err *err);
/* To be called after SpatiaLite was loaded and a new file got its tables: forbids all
 * other virtual tables, and what an unknown schema could do. */
bool db_guard_end(struct db *db, enum geo_store_mode mode, struct err *err);
/* Trusts the schema, for a writer after it was compared; for a new file all of SpatiaLite
 * is allowed. */
bool db_guard_trust(struct db *db, enum geo_store_mode mode, struct err *err);

/* Which objects may be missing. */
enum db_schema {
    DB_SCHEMA_WHOLE, /* none: writing relies on every trigger and key */
    DB_SCHEMA_READ,  /* all but tables: reading needs no others (`sigg check` reports them) */
    DB_SCHEMA_OLDER, /* those that later migrations create; triggers that they drop are known */
};

bool db_schema_check(struct db *db, enum db_schema wanted, struct err *err);
/* At the start of a transaction: compares again if the schema has changed. */
bool db_schema_again(struct db *db, struct err *err);

#endif
