/* db_make_sqlite.c - runs the migrations, which make the schema. */
#include <stdio.h>
#include <string.h>

#include "geo/store/db_sqlite.h"
#include "geo/store/migrations.h"

/* SpatiaLite's DDL functions return 0 on failure, where SQL would raise an error. */
static int stop_at_zero(void *arg, int n_columns, char **values, char **names)
{
    (void)arg;
    (void)names;
    return n_columns == 1 && values[0] && strcmp(values[0], "0") == 0;
}

static bool run_migration(struct db *db, int number, struct err *err)
{
    char version[64];
    snprintf(version, sizeof version, "PRAGMA user_version = %d", number + 1);
    if (sqlite3_exec(db->handle, geo_migrations[number], stop_at_zero, NULL, NULL) != SQLITE_OK) {
        db_fail(db, err, "actualizar el esquema");
        return err_wrap(err, "paso %d", number + 1);
    }
    return db_script(db, version, "actualizar el esquema", err);
}

bool db_run_migrations(struct db *db, int64_t from, struct err *err)
{
    for (int i = (int)from; i < geo_migrations_count(); i++)
        if (!run_migration(db, i, err))
            return false;
    return true;
}

bool db_make_schema(struct db *db, struct err *err)
{
    return db_script(db, "SELECT InitSpatialMetaData(1, 'WGS84')", "crear la base", err) &&
           db_run_migrations(db, 0, err);
}
