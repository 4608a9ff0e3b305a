/* db_guard_sqlite.c - limits a connection so that it runs no SQL from the database file. */
#include "geo/store/db_guard_sqlite.h"

#include <string.h>

enum {
    /* SpatiaLite's triggers: one writes to a table that has another. */
    TRIGGERS_DEEP = 16,
    /* Our longest statement lists rows by their ids, some 20 KB. */
    SQL_BYTES = 1024 * 1024,
    /* SQLite's default limit for a value is 1 GB; the undo data of a million records take
     * 300 MB. */
    VALUE_BYTES = 768 * 1024 * 1024,
};

bool db_guard_begin(struct db *db, struct err *err)
{
    static const struct {
        int what, on;
    } switches[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
    };
    static const struct {
        int what, most;
    } limits[] = {
        {SQLITE_LIMIT_ATTACHED, 0},           {SQLITE_LIMIT_TRIGGER_DEPTH, TRIGGERS_DEEP},
        {SQLITE_LIMIT_SQL_LENGTH, SQL_BYTES}, {SQLITE_LIMIT_LENGTH, VALUE_BYTES},
        {SQLITE_LIMIT_WORKER_THREADS, 0},
    };
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        sqlite3_db_config(db->handle, switches[i].what, switches[i].on, NULL);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        sqlite3_limit(db->handle, limits[i].what, limits[i].most);
    return db_script(db, "PRAGMA cell_size_check = ON", "abrir", err);
}

/* Actions that are forbidden in all modes. */
static bool is_never(int action, const char *second)
{
    switch (action) {
    case SQLITE_ATTACH:
    case SQLITE_DETACH:
        return true;
    case SQLITE_CREATE_VTABLE: /* `second` is the module */
        return !second || strcmp(second, "rtree") != 0;
    default:
        return false;
    }
}

static int refuse_never(void *arg, int action, const char *first, const char *second,
                        const char *database, const char *from)
{
    (void)arg;
    (void)first;
    (void)database;
    (void)from;
    return is_never(action, second) ? SQLITE_DENY : SQLITE_OK;
}

/* We read no views, and reading fires no triggers, so a statement that comes from one
 * (`from` is its name) comes from the file. Writing is refused by query_only, not here: an
 * R*Tree prepares its write statements when it is opened. */
static int refuse_reader(void *arg, int action, const char *first, const char *second,
                         const char *database, const char *from)
{
    (void)arg;
    (void)first;
    (void)database;
    return from || is_never(action, second) ? SQLITE_DENY : SQLITE_OK;
}

bool db_guard_end(struct db *db, enum geo_store_mode mode, struct err *err)
{
    static const char *kept[] = {"rtree", NULL};
    if (sqlite3_drop_modules(db->handle, kept) != SQLITE_OK ||
        sqlite3_set_authorizer(db->handle, mode == GEO_STORE_CREATE ? refuse_never : refuse_reader,
                               NULL) != SQLITE_OK)
        return db_fail(db, err, "abrir");
    return true;
}

bool db_guard_trust(struct db *db, enum geo_store_mode mode, struct err *err)
{
    if (sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1, NULL) != SQLITE_OK ||
        (mode != GEO_STORE_CREATE &&
         sqlite3_set_authorizer(db->handle, refuse_never, NULL) != SQLITE_OK))
        return db_fail(db, err, "abrir");
    return true;
}
