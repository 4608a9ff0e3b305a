/* db_open_sqlite.c - opens and closes a database file; files that nobody may write. */
#include "geo/store/db_sqlite.h"

#include <pthread.h>
#include <spatialite.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/store/db_checkpoint_sqlite.h"
#include "geo/store/db_consistency_sqlite.h"
#include "geo/store/db_former_sqlite.h"
#include "geo/store/db_guard_sqlite.h"

/* A read-only folder (a CD, a share mounted read-only) has no room for WAL's shared
 * memory. Nobody can write there, so the file is opened as immutable, unless there is a
 * log with pages that are not in the file. */
static bool lies_still(const struct db *db)
{
    char folder[4096], log[4096 + 8];
    struct stat status;
    const char *slash = strrchr(db->path, '/');
    size_t len = slash ? (size_t)(slash - db->path) : 0;
    if (strlen(db->path) >= sizeof folder)
        return false;
    snprintf(folder, sizeof folder, "%.*s", len ? (int)len : 1, len ? db->path : slash ? "/" : ".");
    snprintf(log, sizeof log, "%s-wal", db->path);
    return access(folder, W_OK) != 0 && (stat(log, &status) != 0 || status.st_size == 0);
}

/* SQLite's URI of a path, with its special characters escaped. */
static char *still_uri(const char *path)
{
    struct buf uri;
    buf_init(&uri);
    buf_puts(&uri, "file:");
    for (; *path; path++)
        if (*path == '%' || *path == '?' || *path == '#')
            buf_printf(&uri, "%%%02X", *path);
        else
            buf_putc(&uri, *path);
    buf_puts(&uri, "?immutable=1");
    return buf_take(&uri, NULL);
}

static bool open_still(struct db *db, int flags, struct err *err)
{
    db->still = true;
    char *uri = still_uri(db->path);
    if (!uri)
        return err_no_memory(err);
    int code = sqlite3_open_v2(uri, &db->handle, flags | SQLITE_OPEN_URI, NULL);
    free(uri);
    if (code == SQLITE_OK)
        return true;
    return db->handle ? db_fail(db, err, "abrir") : err_no_memory(err);
}

static bool open_plain(struct db *db, int flags, struct err *err)
{
    if (sqlite3_open_v2(db->path, &db->handle, flags, NULL) == SQLITE_OK)
        return true;
    return db->handle ? db_fail(db, err, "abrir") : err_no_memory(err);
}

/* On a full disk WAL's shared memory cannot be created. Without a log the file is opened
 * as immutable; with one both are read into memory. */
static bool open_without_room(struct db *db, int flags, struct err *err)
{
    int code = sqlite3_exec(db->handle, "PRAGMA schema_version", NULL, NULL, NULL);
    if (code != SQLITE_IOERR && code != SQLITE_FULL && code != SQLITE_CANTOPEN)
        return true; /* another error is reported by the first read */
    bool log = db_files_log_bytes(db) > 0;
    sqlite3_close(db->handle);
    db->handle = NULL;
    if (!log)
        return open_still(db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, err);
    if (!open_plain(db, flags, err))
        return false;
    sqlite3_busy_timeout(db->handle, DB_BUSY_MS);
    return db_take_into_memory(db, err);
}

static bool open_to_read(struct db *db, int flags, struct err *err)
{
    if (lies_still(db))
        return open_still(db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, err);
    if (!open_plain(db, flags, err))
        return false;
    sqlite3_busy_timeout(db->handle, DB_BUSY_MS);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return open_without_room(db, flags, err);
}

/* A restore that was killed between its last two steps leaves it so: «sigg init» would
 * put the simulated portfolio in the place of the data. */
static bool not_there(const char *path, struct err *err)
{
    char former[4096];
    if (db_former_last(path, former))
        return err_set(err, ERR_NOT_FOUND,
                       "no existe la base de datos %s, pero al lado quedó la anterior: «sigg --db "
                       "%s restore %s» la pone de nuevo en su lugar",
                       path, path, former);
    return err_set(err, ERR_NOT_FOUND, "no existe la base de datos %s: «sigg init» la crea", path);
}

static bool open_file(struct db *db, enum geo_store_mode mode, struct err *err)
{
    bool there = access(db->path, F_OK) == 0;
    if (mode == GEO_STORE_CREATE && there)
        return err_set(err, ERR_INPUT, "%s ya existe", db->path);
    if (mode != GEO_STORE_CREATE && !there)
        return not_there(db->path, err);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    db->reads_only = mode == GEO_STORE_READ;
    if (mode == GEO_STORE_CREATE)
        flags |= SQLITE_OPEN_CREATE;
    /* Readers open the file read-write if they may: WAL needs its shared memory. */
    if (mode == GEO_STORE_READ && access(db->path, W_OK) != 0)
        flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
    if (mode == GEO_STORE_READ ? !open_to_read(db, flags, err) : !open_plain(db, flags, err))
        return false;
    sqlite3_busy_timeout(db->handle, DB_BUSY_MS);
    if (!db_guard_begin(db, err))
        return false;
    db->spatialite = spatialite_alloc_connection();
    if (!db->spatialite)
        return err_no_memory(err);
    spatialite_init_ex(db->handle, db->spatialite, 0);
    if (mode == GEO_STORE_CREATE ? !db_guard_trust(db, mode, err) : !db_guard_end(db, mode, err))
        return false;
    /* A small cache for readers: they mostly scan once, and a commit of another process
     * clears it. */
    return db_script(db,
                     mode == GEO_STORE_READ
                         ? "PRAGMA foreign_keys = ON; PRAGMA cache_size = -4000;"
                           "PRAGMA temp_store = MEMORY"
                         : "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
                           "PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY",
                     "abrir", err);
}

/* SQLite counts no memory: nobody asks for the sum, and its lock was a twentieth of an import. It
 * does nothing if another library has started SQLite. */
static void start_sqlite(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

struct db *db_open_unchecked(const char *path, enum geo_store_mode mode, struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct db *db = calloc(1, sizeof *db);
    pthread_once(&once, start_sqlite);
    if (!db || !(db->path = strdup(path))) {
        err_no_memory(err);
        goto fail;
    }
    if (open_file(db, mode, err))
        return db;
fail:
    db_close(db);
    return NULL;
}

/* The files are remembered after the first read, which has opened all of them. */
static bool check(struct db *db, enum geo_store_mode mode, struct err *err)
{
    bool ours = false;
    if (!db_is_ours(db, &ours, err))
        return false;
    if (!db->copied) {
        db_files_note(db);
        if (ours && !db_consistent(db, err))
            return false;
    }
    return db_bring_up(db, mode, err) &&
           (mode != GEO_STORE_READ || db_script(db, "PRAGMA query_only = ON", "abrir", err));
}

struct db *db_open(const char *path, enum geo_store_mode mode, struct err *err)
{
    struct db *db = db_open_unchecked(path, mode, err);
    if (!db)
        return NULL;
    if (mode == GEO_STORE_CREATE ? db_create_schema(db, err) : check(db, mode, err))
        return db;
    db_close(db);
    return NULL;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    db_rollback(db);
    sqlite3_finalize(db->schema_version);
    sqlite3_finalize(db->put_mark);
    if (db->handle && db->wrote)
        db_checkpoint(db);
    if (db->handle)
        db_checkpoint_before_close(db);
    sqlite3_finalize(db->mark);
    sqlite3_close(db->handle);
    if (db->spatialite)
        spatialite_cleanup_ex(db->spatialite);
    free(db->log_beside);
    free(db->path);
    free(db);
}
