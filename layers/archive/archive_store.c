/* archive_store.c - the SQLite file (MBTiles schema) that holds an unfinished archive. */
#include "layers/archive/archive_store.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buf.h"
#include "geo/base/folder.h"
#include "geo/base/hash.h"
#include "geo/base/parse.h"

/* MBTiles' application id, "MPBX". */
#define APPLICATION_ID "1297105496"

/* `tiles` is a view, as the specification allows: many tiles of a country show the same
 * empty background. */
static const char schema[] =
    "PRAGMA application_id = " APPLICATION_ID ";"
    "CREATE TABLE metadata (name TEXT NOT NULL PRIMARY KEY, value TEXT) WITHOUT ROWID;"
    "CREATE TABLE pictures (picture INTEGER PRIMARY KEY, hash INTEGER NOT NULL,"
    " tile_data BLOB NOT NULL);"
    "CREATE INDEX pictures_hash ON pictures (hash);"
    "CREATE TABLE map (id INTEGER PRIMARY KEY, zoom_level INTEGER NOT NULL,"
    " tile_column INTEGER NOT NULL, tile_row INTEGER NOT NULL, picture INTEGER NOT NULL);"
    "CREATE UNIQUE INDEX map_tile ON map (zoom_level, tile_column, tile_row);"
    "CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row, tile_data"
    " FROM map JOIN pictures USING (picture);";

static const char *const statements[] = {
    "SELECT picture, tile_data FROM pictures WHERE hash = ?1",
    "INSERT INTO pictures (hash, tile_data) VALUES (?1, ?2)",
    "INSERT OR REPLACE INTO map VALUES (?1, ?2, ?3, ?4, ?5)",
    "INSERT OR REPLACE INTO metadata VALUES (?1, ?2)",
};
enum { FIND_PICTURE, PUT_PICTURE, PUT_TILE, PUT_FACT, N_STATEMENTS };

struct archive_store {
    sqlite3 *db;
    char *path;
    sqlite3_stmt *prepared[N_STATEMENTS];
    uint64_t next;
};

static bool failed(const struct archive_store *store, struct err *err)
{
    int code = sqlite3_errcode(store->db);
    if (code == SQLITE_NOMEM)
        return err_no_memory(err);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return err_set(err, ERR_INPUT, "«%s»: otro proceso lo está escribiendo", store->path);
    return err_set(err, ERR_DEPENDENCY, "«%s»: %s", store->path, sqlite3_errmsg(store->db));
}

bool archive_store_damaged(const struct archive_store *store, struct err *err)
{
    return err_set(err, ERR_INPUT, "«%s» está dañado: quítelo y se empieza de nuevo", store->path);
}

static bool run(struct archive_store *store, const char *sql, struct err *err)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK || failed(store, err);
}

/* The first column of the first row as text; "" if there is none. */
static bool ask(struct archive_store *store, const char *sql, char *out, size_t size,
                struct err *err)
{
    sqlite3_stmt *statement = NULL;
    out[0] = '\0';
    bool ok = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) == SQLITE_OK;
    int code = ok ? sqlite3_step(statement) : SQLITE_ERROR;
    if (code == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(statement, 0);
        snprintf(out, size, "%s", text ? text : "");
    }
    ok = (code == SQLITE_ROW || code == SQLITE_DONE) || failed(store, err);
    sqlite3_finalize(statement);
    return ok;
}

static const char *const tails[] = {"", "-wal", "-shm", "-journal"};
enum { N_TAILS = sizeof tails / sizeof *tails };

static void remove_files(const char *path, bool links_only)
{
    struct buf name;
    buf_init(&name);
    for (size_t i = 0; i < N_TAILS; i++) {
        buf_clear(&name);
        buf_puts(&name, path);
        buf_puts(&name, tails[i]);
        if (!buf_failed(&name) && !(links_only && folder_is_own_file(name.data)))
            folder_remove(name.data);
    }
    buf_free(&name);
}

/* Symbolic links at the paths of its files are removed, not followed, also if one is
 * created meanwhile. */
static bool open_file(struct archive_store *store, struct err *err)
{
    char *path = folder_resolve(store->path);
    if (!path)
        return err_set(err, ERR_INPUT, "no se puede escribir «%s»: no existe la carpeta",
                       store->path);
    remove_files(path, true);
    int code = sqlite3_open_v2(
        path, &store->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW, NULL);
    free(path);
    if (code != SQLITE_OK)
        return store->db ? failed(store, err) : err_no_memory(err);
    /* An unfinished file may have been planted by somebody: its schema must not run
     * anything. */
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    /* Exclusive: a second run of the same archive is refused. Tiles lost by a power cut
     * are drawn again; the finished file is fsynced (geo/base/folder.h). */
    return run(store,
               "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;"
               "PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE; COMMIT;",
               err);
}

/* True if the statements are as SQLite stores ours, without the pragma before them. */
static bool same_schema(const char *are)
{
    const char *ours = strstr(schema, "CREATE TABLE metadata");
    size_t len = strlen(ours) - 1; /* without the last semicolon */
    return strlen(are) == len && memcmp(are, ours, len) == 0;
}

/* *fits: the file was begun for this request. */
static bool look_at(struct archive_store *store, const char *request, bool *fits, struct err *err)
{
    char id[32], tables[32], tables_are[sizeof schema], asked[64], next[32];
    int64_t number = 0;
    *fits = false;
    if (!ask(store, "SELECT count(*) FROM sqlite_master", tables, sizeof tables, err) ||
        !ask(store, "PRAGMA application_id", id, sizeof id, err))
        return false;
    if (strcmp(tables, "0") == 0)
        return true;
    if (strcmp(id, APPLICATION_ID) != 0)
        return err_set(err, ERR_INPUT, "«%s» no es un archivo de teselas a medio hacer: quítelo",
                       store->path);
    /* A file with another schema is from another program or version: started again. */
    if (!ask(store, "SELECT group_concat(sql, ';') FROM sqlite_master WHERE sql IS NOT NULL",
             tables_are, sizeof tables_are, err))
        return false;
    if (!same_schema(tables_are))
        return true;
    if (!ask(store, "SELECT value FROM metadata WHERE name = 'sigg_pedido'", asked, sizeof asked,
             err) ||
        !ask(store, "SELECT value FROM metadata WHERE name = 'sigg_hasta'", next, sizeof next, err))
        return false;
    *fits = strcmp(asked, request) == 0 && parse_int(next, 0, INT64_MAX, &number);
    store->next = *fits ? (uint64_t)number : 0;
    return true;
}

static bool begin(struct archive_store *store, const char *request, struct err *err)
{
    bool fits = false;
    if (!open_file(store, err) || !look_at(store, request, &fits, err))
        return false;
    if (!fits) {
        sqlite3_close(store->db);
        store->db = NULL;
        remove_files(store->path, false);
        if (!open_file(store, err) || !run(store, "BEGIN", err) || !run(store, schema, err) ||
            !run(store, "COMMIT", err))
            return false;
    }
    for (int i = 0; i < N_STATEMENTS; i++)
        if (sqlite3_prepare_v3(store->db, statements[i], -1, SQLITE_PREPARE_PERSISTENT,
                               &store->prepared[i], NULL) != SQLITE_OK)
            return failed(store, err);
    return run(store, "BEGIN", err) &&
           (fits || (archive_store_fact(store, "sigg_pedido", request, err) &&
                     archive_store_commit(store, 0, err)));
}

struct archive_store *archive_store_open(const char *path, const char *request, struct err *err)
{
    struct archive_store *store = calloc(1, sizeof *store);
    if (store)
        store->path = strdup(path);
    if (!store || !store->path) {
        free(store);
        err_no_memory(err);
        return NULL;
    }
    if (begin(store, request, err))
        return store;
    archive_store_close(store);
    return NULL;
}

void archive_store_close(struct archive_store *store)
{
    if (!store)
        return;
    for (int i = 0; i < N_STATEMENTS; i++)
        sqlite3_finalize(store->prepared[i]);
    sqlite3_close(store->db);
    free(store->path);
    free(store);
}

void archive_store_remove(struct archive_store *store)
{
    char *path = strdup(store->path);
    archive_store_close(store);
    if (path)
        remove_files(path, false);
    free(path);
}

uint64_t archive_store_next(const struct archive_store *store)
{
    return store->next;
}

/* Steps a statement that returns no rows. */
static bool step(struct archive_store *store, int which, struct err *err)
{
    sqlite3_stmt *statement = store->prepared[which];
    bool ok = sqlite3_step(statement) == SQLITE_DONE || failed(store, err);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return ok;
}

/* The number of an identical picture, compared byte by byte; 0: none. */
static bool find_picture(struct archive_store *store, int64_t hash, const void *bytes, size_t len,
                         int64_t *picture, struct err *err)
{
    sqlite3_stmt *find = store->prepared[FIND_PICTURE];
    int code;
    *picture = 0;
    sqlite3_bind_int64(find, 1, hash);
    while ((code = sqlite3_step(find)) == SQLITE_ROW && !*picture)
        if ((size_t)sqlite3_column_bytes(find, 1) == len &&
            memcmp(sqlite3_column_blob(find, 1), bytes, len) == 0)
            *picture = sqlite3_column_int64(find, 0);
    bool ok = code == SQLITE_ROW || code == SQLITE_DONE || failed(store, err);
    sqlite3_reset(find);
    return ok;
}

bool archive_store_put(struct archive_store *store, uint64_t id, const void *bytes, size_t len,
                       struct err *err)
{
    int64_t hash = (int64_t)hash_bytes(HASH_START, bytes, len), picture;
    struct archive_address tile = archive_tile_of(id);
    if (!find_picture(store, hash, bytes, len, &picture, err))
        return false;
    if (!picture) {
        sqlite3_bind_int64(store->prepared[PUT_PICTURE], 1, hash);
        sqlite3_bind_blob64(store->prepared[PUT_PICTURE], 2, bytes, len, SQLITE_STATIC);
        if (!step(store, PUT_PICTURE, err))
            return false;
        picture = sqlite3_last_insert_rowid(store->db);
    }
    sqlite3_stmt *put = store->prepared[PUT_TILE];
    sqlite3_bind_int64(put, 1, (int64_t)id);
    sqlite3_bind_int(put, 2, tile.z);
    sqlite3_bind_int64(put, 3, tile.x);
    /* MBTiles counts rows from the south. */
    sqlite3_bind_int64(put, 4, (INT64_C(1) << tile.z) - 1 - tile.y);
    sqlite3_bind_int64(put, 5, picture);
    return step(store, PUT_TILE, err);
}

bool archive_store_fact(struct archive_store *store, const char *name, const char *value,
                        struct err *err)
{
    sqlite3_bind_text(store->prepared[PUT_FACT], 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_text(store->prepared[PUT_FACT], 2, value, -1, SQLITE_STATIC);
    return step(store, PUT_FACT, err);
}

bool archive_store_commit(struct archive_store *store, uint64_t next, struct err *err)
{
    char text[32];
    snprintf(text, sizeof text, "%llu", (unsigned long long)next);
    if (!archive_store_fact(store, "sigg_hasta", text, err) || !run(store, "COMMIT; BEGIN", err))
        return false;
    store->next = next;
    return true;
}

bool archive_store_counts(struct archive_store *store, struct archive_counts *counts,
                          struct err *err)
{
    static const char *const questions[] = {"SELECT count(*) FROM map",
                                            "SELECT count(*) FROM pictures",
                                            "SELECT sum(length(tile_data)) FROM pictures"};
    uint64_t *const answers[] = {&counts->tiles, &counts->pictures, &counts->bytes};
    for (int i = 0; i < 3; i++) {
        char text[32];
        if (!ask(store, questions[i], text, sizeof text, err))
            return false;
        *answers[i] = strtoull(text, NULL, 10);
    }
    return true;
}

bool archive_store_each_tile(struct archive_store *store, archive_tile_row_fn *fn, void *arg,
                             struct err *err)
{
    sqlite3_stmt *all = NULL;
    bool ok = sqlite3_prepare_v2(store->db, "SELECT id, picture FROM map ORDER BY id", -1, &all,
                                 NULL) == SQLITE_OK,
         on = true;
    int code = SQLITE_DONE;
    while (ok && on && (code = sqlite3_step(all)) == SQLITE_ROW)
        on =
            fn(arg, (uint64_t)sqlite3_column_int64(all, 0), (uint64_t)sqlite3_column_int64(all, 1));
    ok = (ok && (!on || code == SQLITE_DONE)) || failed(store, err);
    sqlite3_finalize(all);
    return ok && on;
}

bool archive_store_each_picture(struct archive_store *store, archive_picture_row_fn *fn, void *arg,
                                struct err *err)
{
    sqlite3_stmt *all = NULL;
    bool ok = sqlite3_prepare_v2(store->db,
                                 "SELECT picture, tile_data FROM pictures ORDER BY picture", -1,
                                 &all, NULL) == SQLITE_OK,
         on = true;
    int code = SQLITE_DONE;
    while (ok && on && (code = sqlite3_step(all)) == SQLITE_ROW) {
        const void *bytes = sqlite3_column_blob(all, 1);
        on = fn(arg, (uint64_t)sqlite3_column_int64(all, 0), bytes,
                (size_t)sqlite3_column_bytes(all, 1));
    }
    ok = (ok && (!on || code == SQLITE_DONE)) || failed(store, err);
    sqlite3_finalize(all);
    return ok && on;
}

bool archive_store_copy(struct archive_store *store, const char *path, struct err *err)
{
    sqlite3_stmt *copy = NULL;
    char without[16];
    if (!ask(store, "SELECT 1 FROM map WHERE picture NOT IN (SELECT picture FROM pictures) LIMIT 1",
             without, sizeof without, err))
        return false;
    if (without[0])
        return archive_store_damaged(store, err);
    /* VACUUM rewrites tables row by row, so the file does not depend on how often the run
     * was interrupted. */
    bool ok = run(store, "COMMIT", err) &&
              ((sqlite3_prepare_v2(store->db, "VACUUM INTO ?1", -1, &copy, NULL) == SQLITE_OK &&
                sqlite3_bind_text(copy, 1, path, -1, SQLITE_STATIC) == SQLITE_OK &&
                sqlite3_step(copy) == SQLITE_DONE) ||
               failed(store, err));
    sqlite3_finalize(copy);
    return run(store, "BEGIN", ok ? err : NULL) && ok;
}
