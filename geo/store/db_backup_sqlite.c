/* db_backup_sqlite.c - copies the database, also while other processes write to it. */
#include <stdio.h>
#include <unistd.h>

#include "geo/base/folder.h"
#include "geo/store/db_sqlite.h"

/* Copies some pages at a time, so that writers are not blocked. */
static bool copy_pages(struct db *db, sqlite3 *to, geo_progress_fn *progress, void *arg,
                       struct err *err)
{
    enum { PAGES = 1024, WAIT_MS = 20 };
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", db->handle, "main");
    if (!backup)
        return err_set(err, ERR_DEPENDENCY, "%s", sqlite3_errmsg(to));
    int step;
    do {
        step = sqlite3_backup_step(backup, PAGES);
        int total = sqlite3_backup_pagecount(backup);
        if (progress && total > 0)
            progress(arg, 1.0 - (double)sqlite3_backup_remaining(backup) / total);
        if (step == SQLITE_BUSY || step == SQLITE_LOCKED)
            sqlite3_sleep(WAIT_MS);
    } while (step == SQLITE_OK || step == SQLITE_BUSY || step == SQLITE_LOCKED);
    sqlite3_backup_finish(backup);
    if (step != SQLITE_DONE)
        return err_set(err, ERR_DEPENDENCY, "%s",
                       db_why(step) ? db_why(step) : sqlite3_errstr(step));
    return true;
}

/* Gives the copy its own mark, so that a log of the original is never taken for the copy's
 * (db_consistency_sqlite.h). Databases of old schemas have none. */
static bool mark_copy(sqlite3 *to, struct err *err)
{
    static const char sql[] =
        "UPDATE marca_archivo SET marca = CAST(substr(marca, 1, 8) || randomblob(8) ||"
        " substr(marca, 9, 8) AS BLOB)";
    sqlite3_stmt *known = NULL;
    if (sqlite3_prepare_v2(to, "SELECT 1 FROM marca_archivo", -1, &known, NULL) != SQLITE_OK)
        return true;
    sqlite3_finalize(known);
    return sqlite3_exec(to, sql, NULL, NULL, NULL) == SQLITE_OK ||
           err_set(err, ERR_DEPENDENCY, "%s", sqlite3_errmsg(to));
}

/* Not fsynced page by page: the caller fsyncs the whole file. */
bool db_copy_to(struct db *db, const char *path, geo_progress_fn *progress, void *arg,
                struct err *err)
{
    sqlite3 *to = NULL;
    int code = sqlite3_open(path, &to);
    if (code != SQLITE_OK)
        err_set(err, ERR_DEPENDENCY, "no se puede crear %s: %s", path, sqlite3_errmsg(to));
    bool ok = code == SQLITE_OK &&
              sqlite3_exec(to, "PRAGMA synchronous = OFF", NULL, NULL, NULL) == SQLITE_OK &&
              copy_pages(db, to, progress, arg, err) && mark_copy(to, err);
    if (ok &&
        sqlite3_wal_checkpoint_v2(to, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) != SQLITE_OK)
        ok =
            err_set(err, ERR_DEPENDENCY, "%s",
                    db_why(sqlite3_errcode(to)) ? db_why(sqlite3_errcode(to)) : sqlite3_errmsg(to));
    sqlite3_close(to);
    return ok;
}

bool db_backup(struct db *db, const char *path, geo_progress_fn *progress, void *arg,
               struct err *err)
{
    struct folder_draft draft;
    if (access(path, F_OK) == 0)
        return err_set(err, ERR_INPUT, "%s ya existe", path);
    if (!folder_takes(path, err) || !folder_draft_begin(&draft, path, err))
        return false;
    if (db_copy_to(db, draft.making, progress, arg, err))
        return folder_draft_publish(&draft, false, err);
    folder_draft_drop(&draft);
    return err_wrap(err, "copiar a %s", path);
}
