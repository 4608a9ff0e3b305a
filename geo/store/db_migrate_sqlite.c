/* db_migrate_sqlite.c - creates the schema in a new file, and migrates an older one. */
#include <stdio.h>
#include <string.h>

#include "geo/store/db_guard_sqlite.h"
#include "geo/store/migrations.h"

enum { APPLICATION_ID = 0x53494747 }; /* "SIGG" */

static bool read_pragma(struct db *db, const char *sql, int64_t *value, struct err *err)
{
    sqlite3_stmt *statement = db_statement(db, sql, err);
    if (!statement)
        return false;
    bool ok = sqlite3_step(statement) == SQLITE_ROW;
    if (ok)
        *value = sqlite3_column_int64(statement, 0);
    else
        db_fail(db, err, "leer el esquema");
    sqlite3_finalize(statement);
    return ok;
}

/* All migrations or none. */
static bool migrate(struct db *db, int64_t from, struct err *err)
{
    if (!db_begin(db, true, err))
        return false;
    if (db_run_migrations(db, from, err) && db_commit(db, err))
        return true;
    db_rollback(db);
    return false;
}

bool db_create_schema(struct db *db, struct err *err)
{
    char identify[64];
    snprintf(identify, sizeof identify, "PRAGMA application_id = %d", APPLICATION_ID);
    return db_script(db, "PRAGMA journal_mode = WAL", "crear la base", err) &&
           db_script(db, identify, "crear la base", err) && db_make_schema(db, err) &&
           db_guard_end(db, GEO_STORE_CREATE, err);
}

bool db_is_ours(struct db *db, bool *ours, struct err *err)
{
    int64_t application = 0;
    if (!read_pragma(db, "PRAGMA application_id", &application, err))
        return false;
    *ours = application == APPLICATION_ID;
    return true;
}

/* The schema is compared before the missing migrations run, because they fire its
 * triggers. */
static bool migrate_checked(struct db *db, int64_t version, struct err *err)
{
    return db_schema_check(db, DB_SCHEMA_OLDER, err) && db_guard_trust(db, GEO_STORE_WRITE, err) &&
           migrate(db, version, err) && db_schema_check(db, DB_SCHEMA_WHOLE, err);
}

bool db_bring_up(struct db *db, enum geo_store_mode mode, struct err *err)
{
    bool ours = false;
    int64_t version = 0;
    if (!db_is_ours(db, &ours, err) || !read_pragma(db, "PRAGMA user_version", &version, err))
        return false;
    if (!ours)
        return err_set(err, ERR_SETUP, "%s no es una base de datos de SIGG", db->path);
    if (version > geo_migrations_count())
        return err_set(err, ERR_SETUP,
                       "%s tiene el esquema %lld y este programa conoce hasta el %d: actualice el "
                       "programa",
                       db->path, (long long)version, geo_migrations_count());
    if (version < 0)
        return err_set(err, ERR_SETUP, "%s tiene un esquema que no existe (%lld)", db->path,
                       (long long)version);
    if (version == geo_migrations_count())
        return mode == GEO_STORE_READ
                   ? db_schema_check(db, DB_SCHEMA_READ, err)
                   : db_schema_check(db, DB_SCHEMA_WHOLE, err) && db_guard_trust(db, mode, err);
    if (mode == GEO_STORE_WRITE)
        return migrate_checked(db, version, err);
    return err_set(err, ERR_SETUP,
                   "%s tiene el esquema %lld y este programa usa el %d: «sigg link» lo actualiza",
                   db->path, (long long)version, geo_migrations_count());
}
