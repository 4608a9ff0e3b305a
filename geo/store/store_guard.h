/* store_guard.h - a database file is data, never a program.
 *
 * A SQLite file brings views, triggers and virtual tables of its own: whoever made it
 * may have put there what reads other files, never ends, or changes another table when
 * ours is written. So
 *   - a connection believes nothing of the schema (trusted_schema off, defensive mode,
 *     no extensions, no second database, small limits, cells within their pages) and
 *     has no virtual tables but R*Trees;
 *   - what is in the schema is compared with what this program makes
 *     (geo/store/schema_expected.sql), and what is foreign, altered or missing is named
 *     and refused (who only reads does without triggers and indexes);
 *   - a connection that only reads is refused whatever a view or trigger would do,
 *     whatever becomes of the file while it is open;
 *   - one that writes trusts the schema once it was compared, since SpatiaLite's own
 *     triggers (GeometryConstraints, RTreeAlign) call functions that SQLite does not let
 *     an untrusted schema call; where the schema changes, it is compared anew at the
 *     next transaction.
 *
 * Tolerated beside ours: what SpatiaLite itself creates, in the version that
 * schema_expected.sql was made with or in the one that is linked, its optional tables
 * too; `sqlite_stat1`, `sqlite_stat3`, `sqlite_stat4` (ANALYZE); and QGIS's
 * `layer_styles` and `qgis_projects` with their indexes, plain tables without triggers,
 * which nothing here reads. A table of somebody's own belongs in a file of its own.
 *
 * Owns:    nothing.
 * Threads: the store's.
 * Errors:  ERR_SETUP for a schema that is not ours.
 */
#ifndef GEO_STORE_GUARD_H
#define GEO_STORE_GUARD_H

#include "geo/store/store_internal.h"

/* First, before anything is read from the file. */
bool store_guard_begin(struct geo_store *store, struct err *err);
/* Once SpatiaLite is there, and a new file has its tables: takes the virtual tables that
 * are not needed, and refuses what an unknown schema would do. */
bool store_guard_end(struct geo_store *store, enum geo_store_mode mode, struct err *err);
/* A writer whose schema is ours believes it; a new file's may have all of SpatiaLite. */
bool store_guard_trust(struct geo_store *store, enum geo_store_mode mode, struct err *err);

/* What may be missing. */
enum store_schema {
    STORE_SCHEMA_WHOLE, /* nothing: who writes counts on every trigger and key */
    STORE_SCHEMA_READ,  /* all but tables: reading needs no more (`sigg check` names it) */
    STORE_SCHEMA_OLDER, /* what migrations to come create */
};

bool store_schema_check(struct geo_store *store, enum store_schema wanted, struct err *err);
/* At the start of a transaction: nothing, unless somebody changed the schema. */
bool store_schema_again(struct geo_store *store, struct err *err);

#endif
