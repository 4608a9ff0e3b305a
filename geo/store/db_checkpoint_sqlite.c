/* db_checkpoint_sqlite.c - moves committed pages from the log into the file. */
#include "geo/store/db_checkpoint_sqlite.h"

#include "geo/store/db_consistency_sqlite.h"
#include "geo/store/db_sqlite.h"

/* The log is checkpointed after every commit; it can only be emptied while nobody reads.
 * After a small edit we do not wait long for readers (a server reads what was just
 * written): the next writer will empty it. After a long import we do. */
enum { SETTLE_WAIT_MS = 20, SETTLE_LONG_MS = 1000, LONG_LOG = 8 << 20 };

/* True if the log may be checkpointed. If it belongs to another file, checkpointing would
 * hide that. */
static bool comes_home(struct db *db)
{
    struct err ignored = {0};
    return db->in_memory || db->copied || db_consistent(db, &ignored);
}

void db_checkpoint_before_close(struct db *db)
{
    bool in_place = db_files_in_place(db);
    bool leave =
        db->reads_only ? !in_place || db_files_log_bytes(db) > 0 : !in_place || !comes_home(db);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, leave, NULL);
}

void db_checkpoint(struct db *db)
{
    if (!db_files_in_place(db) || !comes_home(db))
        return;
    if (sqlite3_wal_checkpoint_v2(db->handle, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) !=
        SQLITE_OK)
        return;
    bool is_long = db_files_log_bytes(db) >= LONG_LOG;
    sqlite3_busy_timeout(db->handle, is_long ? SETTLE_LONG_MS : SETTLE_WAIT_MS);
    sqlite3_wal_checkpoint_v2(db->handle, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(db->handle, DB_BUSY_MS);
}

bool db_settle(struct db *db, struct err *err)
{
    return sqlite3_wal_checkpoint_v2(db->handle, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) ==
               SQLITE_OK ||
           db_fail(db, err, "guardar");
}
