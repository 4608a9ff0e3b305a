/* db_memory_sqlite.c - opens a copy in memory if the file's log cannot be read in place. */
#include <stdlib.h>
#include <string.h>

#include "geo/store/db_consistency_sqlite.h"
#include "geo/store/db_guard_sqlite.h"
#include "geo/store/db_sqlite.h"

/* Locks the file exclusively while copying, because then the index of its log is in this
 * process's memory. No view of the file is run (db_guard_sqlite.h). */
static bool copy_alone(struct db *db, sqlite3 *to, struct err *err)
{
    if (!db_guard_begin(db, err) || !db_guard_end(db, GEO_STORE_READ, err) ||
        !db_script(db, "PRAGMA locking_mode = EXCLUSIVE", "abrir", err) || !db_consistent(db, err))
        return false;
    db_files_note(db);
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", db->handle, "main");
    int code = backup ? sqlite3_backup_step(backup, -1) : sqlite3_errcode(to);
    sqlite3_backup_finish(backup);
    if (code == SQLITE_NOMEM)
        return err_no_memory(err);
    return code == SQLITE_DONE || err_set(err, ERR_DEPENDENCY, "abrir: %s: %s", db->path,
                                          db_why(code) ? db_why(code) : sqlite3_errstr(code));
}

/* What was asked of the file for its consistency. */
static void forget_file(struct db *db)
{
    sqlite3_finalize(db->mark);
    db->mark = NULL;
    db->mark_page = 0;
}

bool db_take_into_memory(struct db *db, struct err *err)
{
    const char *whole = sqlite3_db_filename(db->handle, "main");
    sqlite3 *memory = NULL;
    if (!(db->log_beside = strdup(whole ? whole : db->path)))
        return err_no_memory(err);
    bool ok = sqlite3_open_v2(":memory:", &memory,
                              SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                              NULL) == SQLITE_OK ||
              err_no_memory(err);
    ok = ok && copy_alone(db, memory, err);
    forget_file(db);
    if (!ok) {
        sqlite3_close(memory);
        return false;
    }
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_close(db->handle);
    db->handle = memory;
    db->still = db->copied = true;
    return true;
}
