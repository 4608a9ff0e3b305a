/* db_restore_sqlite.c - replaces a database by a backup copy.
 *
 * 1. A new file is made from the copy, in a temporary folder, and migrated to the schema of
 *    this program. The caller inspects it.
 * 2. The old database is locked for writing if it can be read at all, so that no
 *    transaction is cut in two. A writer waiting for that lock notices before its commit
 *    that its file was replaced (db_files_sqlite.h).
 * 3. The old log gets a second name, then the old file its dated name, then what is left
 *    under the old names is removed; the folder is fsynced each time. From here to step 4
 *    there is no database, but never a mixed one, nor a file without its log.
 * 4. The new file is renamed to the place, and the folder is fsynced. If that fails the old
 *    one is moved back.
 *
 * Readers keep the old file open until their next check: a server for milliseconds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/base/folder.h"
#include "geo/store/db_consistency_sqlite.h"
#include "geo/store/db_former_sqlite.h"
#include "geo/store/db_sqlite.h"

enum { WRITER_WAIT_MS = 2000 }; /* waits for a writer that is about to end */

struct geo_restore {
    char *path;
    struct folder_draft draft;
    struct geo_store *store;
};

static bool make(struct geo_restore *restore, const char *copy, struct err *err)
{
    struct db *from = db_open_unchecked(copy, GEO_STORE_READ, err);
    bool good = from && db_consistent(from, err);
    bool copied = good && (db_copy_to(from, restore->draft.making, NULL, NULL, err) ||
                           err_wrap(err, "copiar %s", copy));
    db_close(from);
    if (good && !copied)
        return false;
    if (copied)
        restore->store = geo_store_open(restore->draft.making, GEO_STORE_WRITE, err);
    return restore->store || err_wrap(err, "la copia %s no sirve", copy);
}

struct geo_restore *geo_restore_begin(const char *copy, const char *path, struct err *err)
{
    if (access(copy, F_OK) != 0) {
        err_set(err, ERR_NOT_FOUND, "no existe la copia %s", copy);
        return NULL;
    }
    if (db_same_file(copy, path)) {
        err_set(err, ERR_INPUT, "%s y %s son el mismo archivo", copy, path);
        return NULL;
    }
    struct geo_restore *restore = calloc(1, sizeof *restore);
    /* If the path is a link, the file it points at is replaced: its log lies there. */
    if (restore && !(restore->path = realpath(path, NULL)))
        restore->path = strdup(path);
    if (!restore || !restore->path) {
        err_no_memory(err);
        geo_restore_free(restore);
        return NULL;
    }
    restore->draft.lock = -1;
    if (folder_takes(restore->path, err) &&
        folder_draft_begin(&restore->draft, restore->path, err) && make(restore, copy, err))
        return restore;
    geo_restore_free(restore);
    return NULL;
}

struct geo_store *geo_restore_store(struct geo_restore *restore)
{
    return restore->store;
}

void geo_restore_free(struct geo_restore *restore)
{
    if (!restore)
        return;
    geo_store_close(restore->store);
    folder_draft_drop(&restore->draft);
    free(restore->path);
    free(restore);
}

/* Locks the old database for writing; NULL without an error if there is none, or it is not
 * readable. */
static sqlite3 *lock_old(const char *path, struct err *err)
{
    sqlite3 *old = NULL;
    if (access(path, F_OK) != 0 ||
        sqlite3_open_v2(path, &old, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
        sqlite3_close(old);
        return NULL;
    }
    sqlite3_db_config(old, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_busy_timeout(old, WRITER_WAIT_MS);
    int code = sqlite3_exec(old, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        return old;
    sqlite3_close(old);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        err_set(err, ERR_DEPENDENCY,
                "otro proceso está escribiendo en %s: espere a que termine y vuelva a intentarlo",
                path);
    return NULL;
}

/* Gives the new file the owner and the permissions of the old one, so that a server
 * running as another user can read it. Without the right to change the owner it stays
 * ours. */
static void like_old(const char *path, const char *making)
{
    struct stat old;
    if (stat(path, &old) != 0)
        return;
    if (chmod(making, old.st_mode & 0777) == 0 && chown(making, old.st_uid, old.st_gid) != 0)
        return;
}

bool geo_restore_finish(struct geo_restore *restore, char former[4096], struct err *err)
{
    struct err writing = {0};
    bool any = false;
    if (!geo_store_settle(restore->store, err))
        return false;
    geo_store_close(restore->store);
    restore->store = NULL;
    sqlite3 *old = lock_old(restore->path, &writing);
    if (!old && writing.kind != ERR_NONE) {
        if (err)
            *err = writing;
        return false;
    }
    db_former_name(restore->path, former);
    like_old(restore->path, restore->draft.making);
    bool ok = db_former_move(restore->path, former, &any, err) &&
              folder_draft_publish(&restore->draft, false, err);
    if (!ok && any && !db_former_put_back(restore->path, former))
        err_wrap(err, "la base que estaba quedó en %s", former);
    sqlite3_close(old);
    if (!any)
        former[0] = '\0';
    return ok;
}
