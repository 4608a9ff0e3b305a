/* db_memory_sqlite.c - opens a copy in memory if the file's log cannot be read in place. */
#include <stdlib.h>
#include <string.h>

#include "geo/store/db_consistency_sqlite.h"
#include "geo/store/db_guard_sqlite.h"
#include "geo/store/store_internal.h"

/* Locks the file exclusively while copying, because then the index of its log is in this
 * process's memory. No view of the file is run (db_guard_sqlite.h). */
static bool copy_alone(struct geo_store *store, sqlite3 *to, struct err *err)
{
    if (!store_guard_begin(store, err) || !store_guard_end(store, GEO_STORE_READ, err) ||
        !store_exec(store, "PRAGMA locking_mode = EXCLUSIVE", "abrir", err) ||
        !store_consistent(store, err))
        return false;
    store_files_note(store);
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", store->db, "main");
    int code = backup ? sqlite3_backup_step(backup, -1) : sqlite3_errcode(to);
    sqlite3_backup_finish(backup);
    if (code == SQLITE_NOMEM)
        return err_no_memory(err);
    return code == SQLITE_DONE || err_set(err, ERR_DEPENDENCY, "abrir: %s: %s", store->path,
                                          store_why(code) ? store_why(code) : sqlite3_errstr(code));
}

/* What was asked of the file for its consistency. */
static void forget_file(struct geo_store *store)
{
    sqlite3_finalize(store->mark);
    store->mark = NULL;
    store->mark_page = 0;
}

bool store_take_into_memory(struct geo_store *store, struct err *err)
{
    const char *whole = sqlite3_db_filename(store->db, "main");
    sqlite3 *memory = NULL;
    if (!(store->log_beside = strdup(whole ? whole : store->path)))
        return err_no_memory(err);
    bool ok = sqlite3_open_v2(":memory:", &memory,
                              SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                              NULL) == SQLITE_OK ||
              err_no_memory(err);
    ok = ok && copy_alone(store, memory, err);
    forget_file(store);
    if (!ok) {
        sqlite3_close(memory);
        return false;
    }
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_close(store->db);
    store->db = memory;
    store->still = store->copied = true;
    return true;
}
