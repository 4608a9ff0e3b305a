/* store_restore.c - replaces a database by a backup copy.
 *
 * 1. A new file is made from the copy, in a temporary folder, and migrated to the schema of
 *    this program. The caller inspects it.
 * 2. The old database is locked for writing if it can be read at all, so that no
 *    transaction is cut in two. A writer waiting for that lock notices before its commit
 *    that its file was replaced (store_files.h).
 * 3. The old file is renamed to a dated name, then its log and index, and the folder is
 *    fsynced. From here to step 4 there is no database, but never a mixed one.
 * 4. The new file is renamed to the place, and the folder is fsynced.
 *
 * Readers keep the old file open until their next check: a server for milliseconds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "geo/base/folder.h"
#include "geo/store/store_consistency.h"
#include "geo/store/store_internal.h"

enum { WRITER_WAIT_MS = 2000 }; /* waits for a writer that is about to end */

static const char *const tails[] = {"", "-wal", "-shm", "-journal"};
enum { N_TAILS = sizeof tails / sizeof *tails };

struct geo_restore {
    char *path;
    struct folder_draft draft;
    struct geo_store *store;
};

static bool same_file(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

static bool make(struct geo_restore *restore, const char *copy, struct err *err)
{
    struct geo_store *from = store_open_unchecked(copy, GEO_STORE_READ, err);
    bool ok = from && store_consistent(from, err) &&
              store_copy_to(from, restore->draft.making, NULL, NULL, err);
    geo_store_close(from);
    if (ok) {
        restore->store = geo_store_open(restore->draft.making, GEO_STORE_WRITE, err);
        ok = restore->store != NULL;
    }
    return ok || err_wrap(err, "la copia %s no sirve", copy);
}

struct geo_restore *geo_restore_begin(const char *copy, const char *path, struct err *err)
{
    if (access(copy, F_OK) != 0) {
        err_set(err, ERR_NOT_FOUND, "no existe la copia %s", copy);
        return NULL;
    }
    if (same_file(copy, path)) {
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
    if (folder_takes(path, err) && folder_draft_begin(&restore->draft, path, err) &&
        make(restore, copy, err))
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

/* "sigg.sqlite.anterior-20261130-064512", a name that is not in use. */
static void aside_name(const char *path, char aside[4096])
{
    char day[32];
    time_t now = time(NULL);
    struct tm utc;
    strftime(day, sizeof day, "%Y%m%d-%H%M%S", gmtime_r(&now, &utc));
    snprintf(aside, 4096, "%s.anterior-%s", path, day);
    for (int i = 2; access(aside, F_OK) == 0 && i < 1000; i++)
        snprintf(aside, 4096, "%s.anterior-%s-%d", path, day, i);
}

/* The file is renamed first: a log without its file does no harm. */
static bool set_aside(const char *path, const char *aside, bool *any, struct err *err)
{
    char from[4096 + 16], to[4096 + 16];
    *any = false;
    for (int i = 0; i < N_TAILS; i++) {
        snprintf(from, sizeof from, "%s%s", path, tails[i]);
        snprintf(to, sizeof to, "%s%s", aside, tails[i]);
        struct stat status;
        if (lstat(from, &status) != 0)
            continue;
        *any = true;
        if (!folder_move(from, to, err))
            return false;
    }
    return true;
}

bool geo_store_set_log_aside(const char *path, struct err *err)
{
    char aside[4096];
    bool any;
    if (access(path, F_OK) == 0)
        return true;
    aside_name(path, aside);
    return set_aside(path, aside, &any, err);
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

bool geo_restore_finish(struct geo_restore *restore, char aside[4096], struct err *err)
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
    aside_name(restore->path, aside);
    like_old(restore->path, restore->draft.making);
    bool ok = set_aside(restore->path, aside, &any, err) &&
              folder_draft_publish(&restore->draft, false, err);
    sqlite3_close(old);
    if (!any)
        aside[0] = '\0';
    return ok;
}
