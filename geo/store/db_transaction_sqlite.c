/* db_transaction_sqlite.c - transactions of a connection to an SQLite file; its limits. */
#include "geo/base/budget.h"
#include "geo/base/folder.h"
#include "geo/store/db_bulk_sqlite.h"
#include "geo/store/db_consistency_sqlite.h"
#include "geo/store/db_guard_sqlite.h"
#include "geo/store/db_sqlite.h"

/* Transactions ------------------------------------------------------------- */

/* A reader may have created the log: the folder is fsynced before a commit relies on it. */
static bool make_folder_safe(struct db *db, struct err *err)
{
    if (!db->folder_safe) {
        if (!db->files.part[DB_FILE].inode) /* it is new */
            db_files_note(db);
        db->folder_safe = folder_sync(sqlite3_db_filename(db->handle, "main"), err);
    }
    return db->folder_safe;
}

bool db_begin(struct db *db, bool writes, struct err *err)
{
    if (!db_script(db, writes ? "BEGIN IMMEDIATE" : "BEGIN", "empezar la transacción", err))
        return false;
    db->in_transaction = true;
    db->changes = sqlite3_total_changes64(db->handle);
    if ((!db->schema_compared || db_schema_again(db, err)) &&
        (!writes || make_folder_safe(db, err)))
        return true;
    db_rollback(db);
    return false;
}

/* If the log was removed, a commit into it would be lost; if the file has another's
 * content, it would mix the two. Both are refused; a log removed or emptied during the
 * commit is reported. */
bool db_commit(struct db *db, struct err *err)
{
    if (!db_bulk_end(db, err))
        return false;
    bool writes = sqlite3_total_changes64(db->handle) != db->changes;
    db->wrote = db->wrote || writes;
    if (writes && (!db_goes_on(db, err) || !db_mark(db, err)))
        return false;
    if (!db_files_check(db, err) || !db_script(db, "COMMIT", "guardar", err))
        return false;
    db->in_transaction = false;
    return db_files_check(db, err) && (!writes || db_log_holds(db, err));
}

void db_rollback(struct db *db)
{
    if (db->in_transaction)
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    db->in_transaction = false;
    db_bulk_cancel(db);
}

/* Looking the references up is a fifth of an insert into `vinculos`. A row that is written now
 * might close a reference that is open, which is counted only by who looks. */
void db_trust_keys(struct db *db, bool trust)
{
    int open = 1, most;
    if (trust && (sqlite3_db_status(db->handle, SQLITE_DBSTATUS_DEFERRED_FKS, &open, &most, 0) !=
                      SQLITE_OK ||
                  open))
        return;
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_FKEY, !trust, NULL);
}

/* Limits ------------------------------------------------------------------- */

/* Instructions of SQLite's virtual machine between two checks of the budget: some 0.1 ms. */
enum { STEPS = 2000 };

static int is_over(void *budget)
{
    return !budget_left(budget, NULL);
}

void db_bound(struct db *db, const struct budget *budget)
{
    sqlite3_progress_handler(db->handle, budget ? STEPS : 0, budget ? is_over : NULL,
                             (void *)(uintptr_t)budget);
    db->budget = budget;
}

const struct budget *db_budget(const struct db *db)
{
    return db->budget;
}

void db_interrupt(struct db *db)
{
    sqlite3_interrupt(db->handle);
}
