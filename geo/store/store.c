/* store.c - opens, creates and migrates the database; transactions. */
#include "geo/store/store_internal.h"

#include <spatialite.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/base/budget.h"
#include "geo/base/buf.h"
#include "geo/base/folder.h"
#include "geo/store/db_consistency_sqlite.h"
#include "geo/store/db_guard_sqlite.h"
#include "geo/store/migrations.h"

enum {
    APPLICATION_ID = 0x53494747, /* "SIGG" */
};

const char *store_why(int code)
{
    switch (code & 0xFF) {
    case SQLITE_CORRUPT:
        return "la base de datos está dañada: «sigg restore COPIA» pone en su lugar una copia de "
               "«sigg backup»";
    case SQLITE_NOTADB:
        return "no es una base de datos de SIGG, o está dañada: «sigg restore COPIA» pone en su "
               "lugar una copia de «sigg backup»";
    case SQLITE_CANTOPEN:
        return "no se puede abrir: no es un archivo, o falta permiso";
    case SQLITE_PERM:
        return "no hay permiso para abrir el archivo";
    case SQLITE_READONLY:
        return "no hay permiso para escribir en el archivo o en su carpeta";
    case SQLITE_FULL:
        return "el disco está lleno";
    case SQLITE_IOERR:
        return "el disco no responde bien: puede estar lleno o desconectado";
    default:
        return NULL;
    }
}

bool store_fail(struct geo_store *store, struct err *err, const char *doing)
{
    int code = sqlite3_errcode(store->db) & 0xFF;
    if (code == SQLITE_INTERRUPT && !budget_left(store->budget, err))
        return err_wrap(err, "%s", doing);
    if (code == SQLITE_NOMEM)
        return err_no_memory(err);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return err_set(err, ERR_DEPENDENCY,
                       "%s: otro proceso está escribiendo en %s; vuelva a intentarlo", doing,
                       store->path);
    const char *why = store_why(code);
    return err_set(err, ERR_DEPENDENCY, "%s: %s: %s", doing, store->path,
                   why ? why : sqlite3_errmsg(store->db));
}

bool store_exec(struct geo_store *store, const char *sql, const char *doing, struct err *err)
{
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return store_fail(store, err, doing);
    return true;
}

sqlite3_stmt *store_prepare(struct geo_store *store, const char *sql, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK) {
        store_fail(store, err, "preparar la consulta");
        return NULL;
    }
    return statement;
}

bool store_run(struct geo_store *store, sqlite3_stmt *statement, const char *doing, struct err *err)
{
    bool ok = sqlite3_step(statement) == SQLITE_DONE;
    if (!ok)
        store_fail(store, err, doing);
    sqlite3_reset(statement);
    return ok;
}

const char *store_text(sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    return text ? (const char *)text : "";
}

void store_copy(char *to, size_t size, const char *from)
{
    size_t len = strlen(from);
    if (len >= size) {
        len = size - 1;
        while (len > 0 && ((unsigned char)from[len] & 0xC0) == 0x80)
            len--;
    }
    memcpy(to, from, len);
    to[len] = '\0';
}

static bool read_pragma(struct geo_store *store, const char *sql, int64_t *value, struct err *err)
{
    sqlite3_stmt *statement = store_prepare(store, sql, err);
    if (!statement)
        return false;
    bool ok = sqlite3_step(statement) == SQLITE_ROW;
    if (ok)
        *value = sqlite3_column_int64(statement, 0);
    else
        store_fail(store, err, "leer el esquema");
    sqlite3_finalize(statement);
    return ok;
}

/* SpatiaLite's DDL functions return 0 on failure, where SQL would raise an error. */
static int stop_at_zero(void *arg, int n_columns, char **values, char **names)
{
    (void)arg;
    (void)names;
    return n_columns == 1 && values[0] && strcmp(values[0], "0") == 0;
}

static bool run_migration(struct geo_store *store, int number, struct err *err)
{
    char version[64];
    snprintf(version, sizeof version, "PRAGMA user_version = %d", number + 1);
    if (sqlite3_exec(store->db, geo_migrations[number], stop_at_zero, NULL, NULL) != SQLITE_OK) {
        store_fail(store, err, "actualizar el esquema");
        return err_wrap(err, "paso %d", number + 1);
    }
    return store_exec(store, version, "actualizar el esquema", err);
}

static bool run_migrations(struct geo_store *store, int64_t from, struct err *err)
{
    for (int i = (int)from; i < geo_migrations_count(); i++)
        if (!run_migration(store, i, err))
            return false;
    return true;
}

/* All migrations or none. */
static bool migrate(struct geo_store *store, int64_t from, struct err *err)
{
    if (!geo_store_begin(store, err))
        return false;
    if (run_migrations(store, from, err))
        return geo_store_commit(store, err);
    geo_store_rollback(store);
    return false;
}

static bool make_spatial(struct geo_store *store, struct err *err)
{
    return store_exec(store, "SELECT InitSpatialMetaData(1, 'WGS84')", "crear la base", err);
}

bool store_make_schema(struct geo_store *store, struct err *err)
{
    return make_spatial(store, err) && run_migrations(store, 0, err);
}

static bool create_schema(struct geo_store *store, struct err *err)
{
    char identify[64];
    snprintf(identify, sizeof identify, "PRAGMA application_id = %d", APPLICATION_ID);
    return store_exec(store, "PRAGMA journal_mode = WAL", "crear la base", err) &&
           store_exec(store, identify, "crear la base", err) && store_make_schema(store, err) &&
           store_guard_end(store, GEO_STORE_CREATE, err);
}

/* The schema is compared before the missing migrations run, because they fire its
 * triggers. */
static bool bring_up(struct geo_store *store, int64_t version, struct err *err)
{
    return store_schema_check(store, STORE_SCHEMA_OLDER, err) &&
           store_guard_trust(store, GEO_STORE_WRITE, err) && migrate(store, version, err) &&
           store_schema_check(store, STORE_SCHEMA_WHOLE, err);
}

static bool check_schema(struct geo_store *store, enum geo_store_mode mode, struct err *err)
{
    int64_t application = 0, version = 0;
    if (!read_pragma(store, "PRAGMA application_id", &application, err) ||
        !read_pragma(store, "PRAGMA user_version", &version, err))
        return false;
    if (application != APPLICATION_ID)
        return err_set(err, ERR_SETUP, "%s no es una base de datos de SIGG", store->path);
    if (version > geo_migrations_count())
        return err_set(err, ERR_SETUP,
                       "%s tiene el esquema %lld y este programa conoce hasta el %d: actualice el "
                       "programa",
                       store->path, (long long)version, geo_migrations_count());
    if (version < 0)
        return err_set(err, ERR_SETUP, "%s tiene un esquema que no existe (%lld)", store->path,
                       (long long)version);
    if (version == geo_migrations_count())
        return mode == GEO_STORE_READ ? store_schema_check(store, STORE_SCHEMA_READ, err)
                                      : store_schema_check(store, STORE_SCHEMA_WHOLE, err) &&
                                            store_guard_trust(store, mode, err);
    if (mode == GEO_STORE_WRITE)
        return bring_up(store, version, err);
    return err_set(err, ERR_SETUP,
                   "%s tiene el esquema %lld y este programa usa el %d: «sigg link» lo actualiza",
                   store->path, (long long)version, geo_migrations_count());
}

/* A read-only folder (a CD, a share mounted read-only) has no room for WAL's shared
 * memory. Nobody can write there, so the file is opened as immutable, unless there is a
 * log with pages that are not in the file. */
static bool lies_still(const struct geo_store *store)
{
    char folder[4096], log[4096 + 8];
    struct stat status;
    const char *slash = strrchr(store->path, '/');
    size_t len = slash ? (size_t)(slash - store->path) : 0;
    if (strlen(store->path) >= sizeof folder)
        return false;
    snprintf(folder, sizeof folder, "%.*s", len ? (int)len : 1,
             len     ? store->path
             : slash ? "/"
                     : ".");
    snprintf(log, sizeof log, "%s-wal", store->path);
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

static bool open_still(struct geo_store *store, int flags, struct err *err)
{
    store->still = true;
    char *uri = still_uri(store->path);
    if (!uri)
        return err_no_memory(err);
    int code = sqlite3_open_v2(uri, &store->db, flags | SQLITE_OPEN_URI, NULL);
    free(uri);
    if (code == SQLITE_OK)
        return true;
    return store->db ? store_fail(store, err, "abrir") : err_no_memory(err);
}

static bool open_plain(struct geo_store *store, int flags, struct err *err)
{
    if (sqlite3_open_v2(store->path, &store->db, flags, NULL) == SQLITE_OK)
        return true;
    return store->db ? store_fail(store, err, "abrir") : err_no_memory(err);
}

/* On a full disk WAL's shared memory cannot be created. Without a log the file is opened
 * as immutable; with one both are read into memory. */
static bool open_without_room(struct geo_store *store, int flags, struct err *err)
{
    int code = sqlite3_exec(store->db, "PRAGMA schema_version", NULL, NULL, NULL);
    if (code != SQLITE_IOERR && code != SQLITE_FULL && code != SQLITE_CANTOPEN)
        return true; /* another error is reported by the first read */
    bool log = store_files_log_bytes(store) > 0;
    sqlite3_close(store->db);
    store->db = NULL;
    if (!log)
        return open_still(store, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, err);
    if (!open_plain(store, flags, err))
        return false;
    sqlite3_busy_timeout(store->db, STORE_BUSY_MS);
    return store_take_into_memory(store, err);
}

static bool open_to_read(struct geo_store *store, int flags, struct err *err)
{
    if (lies_still(store))
        return open_still(store, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, err);
    if (!open_plain(store, flags, err))
        return false;
    sqlite3_busy_timeout(store->db, STORE_BUSY_MS);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return open_without_room(store, flags, err);
}

/* A restore that was killed between its last two steps leaves it so: «sigg init» would
 * put the simulated portfolio in the place of the data. */
static bool not_there(const char *path, struct err *err)
{
    char aside[4096];
    if (store_last_aside(path, aside))
        return err_set(err, ERR_NOT_FOUND,
                       "no existe la base de datos %s, pero al lado quedó la anterior: «sigg --db "
                       "%s restore %s» la pone de nuevo en su lugar",
                       path, path, aside);
    return err_set(err, ERR_NOT_FOUND, "no existe la base de datos %s: «sigg init» la crea", path);
}

static bool open_file(struct geo_store *store, enum geo_store_mode mode, struct err *err)
{
    bool there = access(store->path, F_OK) == 0;
    if (mode == GEO_STORE_CREATE && there)
        return err_set(err, ERR_INPUT, "%s ya existe", store->path);
    if (mode != GEO_STORE_CREATE && !there)
        return not_there(store->path, err);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    store->reads_only = mode == GEO_STORE_READ;
    if (mode == GEO_STORE_CREATE)
        flags |= SQLITE_OPEN_CREATE;
    /* Readers open the file read-write if they may: WAL needs its shared memory. */
    if (mode == GEO_STORE_READ && access(store->path, W_OK) != 0)
        flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
    if (mode == GEO_STORE_READ ? !open_to_read(store, flags, err) : !open_plain(store, flags, err))
        return false;
    sqlite3_busy_timeout(store->db, STORE_BUSY_MS);
    if (!store_guard_begin(store, err))
        return false;
    store->spatialite = spatialite_alloc_connection();
    if (!store->spatialite)
        return err_no_memory(err);
    spatialite_init_ex(store->db, store->spatialite, 0);
    if (mode == GEO_STORE_CREATE ? !store_guard_trust(store, mode, err)
                                 : !store_guard_end(store, mode, err))
        return false;
    /* A small cache for readers: they mostly scan once, and a commit of another process
     * clears it. */
    return store_exec(store,
                      mode == GEO_STORE_READ
                          ? "PRAGMA foreign_keys = ON; PRAGMA cache_size = -4000;"
                            "PRAGMA temp_store = MEMORY"
                          : "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
                            "PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY",
                      "abrir", err);
}

struct geo_store *store_open_unchecked(const char *path, enum geo_store_mode mode, struct err *err)
{
    struct geo_store *store = calloc(1, sizeof *store);
    if (!store || !(store->path = strdup(path))) {
        err_no_memory(err);
        goto fail;
    }
    if (open_file(store, mode, err))
        return store;
fail:
    geo_store_close(store);
    return NULL;
}

/* The files are remembered after the first read, which has opened all of them. */
static bool check(struct geo_store *store, enum geo_store_mode mode, struct err *err)
{
    int64_t application = 0;
    if (!read_pragma(store, "PRAGMA application_id", &application, err))
        return false;
    if (!store->copied) {
        store_files_note(store);
        if (application == APPLICATION_ID && !store_consistent(store, err))
            return false;
    }
    return check_schema(store, mode, err) &&
           (mode != GEO_STORE_READ || store_exec(store, "PRAGMA query_only = ON", "abrir", err));
}

struct geo_store *geo_store_open(const char *path, enum geo_store_mode mode, struct err *err)
{
    struct geo_store *store = store_open_unchecked(path, mode, err);
    if (!store)
        return NULL;
    bool ok = mode == GEO_STORE_CREATE ? create_schema(store, err) : check(store, mode, err);
    if (ok)
        return store;
    geo_store_close(store);
    return NULL;
}

void geo_store_close(struct geo_store *store)
{
    if (!store)
        return;
    geo_store_rollback(store);
    for (int i = 0; i < GEO_STORE_MAX_TABLES; i++) {
        sqlite3_finalize(store->tables[i].find);
        sqlite3_finalize(store->tables[i].insert);
        sqlite3_finalize(store->tables[i].update);
        sqlite3_finalize(store->tables[i].remove);
    }
    sqlite3_finalize(store->content);
    sqlite3_finalize(store->schema_version);
    sqlite3_finalize(store->put_mark);
    if (store->db && store->wrote)
        store_files_settle(store);
    if (store->db)
        store_files_before_close(store);
    sqlite3_finalize(store->mark);
    sqlite3_close(store->db);
    if (store->spatialite)
        spatialite_cleanup_ex(store->spatialite);
    free(store->log_beside);
    free(store->path);
    free(store);
}

static bool begin(struct geo_store *store, const char *sql, struct err *err)
{
    if (!store_exec(store, sql, "empezar la transacción", err))
        return false;
    store->in_transaction = true;
    store->changes = sqlite3_total_changes64(store->db);
    if (!store->schema_compared || store_schema_again(store, err))
        return true;
    geo_store_rollback(store);
    return false;
}

/* A reader may have created the log: the folder is fsynced before a commit relies on it. */
bool geo_store_begin(struct geo_store *store, struct err *err)
{
    if (!begin(store, "BEGIN IMMEDIATE", err))
        return false;
    if (!store->folder_safe) {
        if (!store->files.part[STORE_DB].inode) /* it is new */
            store_files_note(store);
        store->folder_safe = folder_sync(sqlite3_db_filename(store->db, "main"), err);
    }
    if (!store->folder_safe)
        geo_store_rollback(store);
    return store->folder_safe;
}

bool geo_store_begin_read(struct geo_store *store, struct err *err)
{
    return begin(store, "BEGIN", err);
}

/* If the log was removed, a commit into it would be lost; if the file has another's
 * content, it would mix the two. Both are refused; a log removed or emptied during the
 * commit is reported. */
static bool commit(struct geo_store *store, struct err *err)
{
    if (!store_write_notes(store, err))
        return false;
    bool writes = sqlite3_total_changes64(store->db) != store->changes;
    store->wrote = store->wrote || writes;
    if (writes && (!store_goes_on(store, err) || !store_mark(store, err)))
        return false;
    if (!store_files_check(store, err) || !store_exec(store, "COMMIT", "guardar", err))
        return false;
    store->in_transaction = false;
    return store_files_check(store, err) && (!writes || store_log_holds(store, err));
}

bool geo_store_commit(struct geo_store *store, struct err *err)
{
    if (!commit(store, err)) {
        geo_store_rollback(store);
        return false;
    }
    store_forget_notes(store);
    store->in_transaction = false;
    return true;
}

void geo_store_rollback(struct geo_store *store)
{
    if (store->in_transaction)
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store_forget_notes(store);
    store->in_transaction = false;
}
