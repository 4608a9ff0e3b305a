/* db_foreign_sqlite.c - copies an SQLite file without its views and virtual tables. */
#include "geo/store/db_foreign_sqlite.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

/* Offsets in the file's header: the versions for writing and reading, 1 for a rollback
 * journal, 2 for a log (WAL). */
enum { WRITE_VERSION = 18, READ_VERSION = 19, HEAD_BYTES = 100, WITH_JOURNAL = 1, WITH_LOG = 2 };

static bool damaged(sqlite3 *db, struct err *err)
{
    int code = db ? sqlite3_errcode(db) : SQLITE_NOMEM;
    if (code == SQLITE_NOMEM)
        return err_no_memory(err);
    /* A journal to be rolled back, or a log that cannot be read, lies beside it. */
    if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN)
        return err_set(err, ERR_INPUT,
                       "la base SQLite no se puede leer: quedó a medio escribir, con su -journal o "
                       "su -wal al lado; ábrala con el programa que la escribía, ciérrelo y vuelva "
                       "a intentar");
    return err_set(err, ERR_INPUT,
                   "la base SQLite no se puede leer (%s): está dañada; vuelva a copiarla o a "
                   "exportarla",
                   sqlite3_errmsg(db));
}

/* With an untrusted schema, without triggers, and in defensive mode where possible. */
static sqlite3 *open_quietly(const char *path, struct err *err)
{
    sqlite3 *db = NULL;
    int flags = path ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (sqlite3_open_v2(path ? path : ":memory:", &db, flags | SQLITE_OPEN_PRIVATECACHE, NULL) !=
        SQLITE_OK) {
        damaged(db, err);
        sqlite3_close(db);
        return NULL;
    }
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, path != NULL, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    return db;
}

/* A database in memory has no log: marks it as one with a journal. */
static void without_log(unsigned char *bytes, size_t len)
{
    if (len >= HEAD_BYTES && bytes[READ_VERSION] == WITH_LOG)
        bytes[WRITE_VERSION] = bytes[READ_VERSION] = WITH_JOURNAL;
}

static bool keep(sqlite3 *db, struct geo_foreign *copy, struct err *err)
{
    sqlite3_int64 len = 0;
    unsigned char *bytes = sqlite3_serialize(db, "main", &len, 0);
    if (!bytes)
        return damaged(db, err);
    sqlite3_free(copy->bytes);
    copy->bytes = bytes;
    copy->len = (size_t)len;
    without_log(bytes, copy->len);
    return true;
}

/* The log ------------------------------------------------------------------- */

bool geo_foreign_has_log(const char *path)
{
    unsigned char head[HEAD_BYTES] = {0};
    FILE *file = fopen(path, "rb");
    size_t len = file ? fread(head, 1, sizeof head, file) : 0;
    if (file)
        fclose(file);
    return len == sizeof head && head[READ_VERSION] == WITH_LOG;
}

/* True if the log has pages that are not in the file yet. */
static bool log_waits(const char *path)
{
    struct stat status;
    char *log = NULL;
    bool waits =
        asprintf(&log, "%s-wal", path) >= 0 && stat(log, &status) == 0 && status.st_size > 0;
    free(log);
    return waits;
}

/* Reads the bytes of the file. Opening it with SQLite would create files beside it. */
static bool read_whole(const char *path, struct geo_foreign *copy, struct err *err)
{
    struct stat status;
    FILE *file = fopen(path, "rb");
    bool ok = file && fstat(fileno(file), &status) == 0 && status.st_size > 0;
    size_t len = ok ? (size_t)status.st_size : 0;
    copy->bytes = ok ? sqlite3_malloc64(len) : NULL;
    copy->len = len;
    if (ok && !copy->bytes)
        ok = err_no_memory(err);
    else if (!ok || fread(copy->bytes, 1, len, file) != len)
        ok = err_set(err, ERR_INPUT, "la base SQLite no se puede leer");
    if (ok)
        without_log(copy->bytes, len);
    if (file)
        fclose(file);
    return ok;
}

bool geo_foreign_snapshot(const char *path, struct geo_foreign *copy, struct err *err)
{
    if (!log_waits(path))
        return read_whole(path, copy, err);
    sqlite3 *db = open_quietly(path, err);
    bool ok = db && keep(db, copy, err);
    sqlite3_close(db);
    return ok;
}

bool geo_foreign_take(void *bytes, size_t len, struct geo_foreign *copy, struct err *err)
{
    unsigned char *own = len ? sqlite3_malloc64(len) : NULL;
    if (own) {
        memcpy(own, bytes, len);
        without_log(own, len);
    }
    free(bytes);
    copy->bytes = own;
    copy->len = len;
    return own || err_no_memory(err);
}

/* The schema ---------------------------------------------------------------- */

static bool begins(const char *text, const char *word)
{
    return strncasecmp(text, word, strlen(word)) == 0;
}

/* "CREATE VIRTUAL TABLE name USING rtree(…)". */
static bool is_rtree(const char *sql)
{
    const char *using = strcasestr(sql, " USING rtree");
    return using && strcspn(sql, "(") > (size_t)(using - sql) &&
           strchr(" (_", using[strlen(" USING rtree")]);
}

/* Judged by the statement that SQLite would run, not by the type in the row. An index made
 * by a constraint has no statement. */
static bool is_plain(const char *sql)
{
    if (!sql)
        return true;
    if (begins(sql, "CREATE VIRTUAL TABLE "))
        return is_rtree(sql);
    return begins(sql, "CREATE TABLE ") || begins(sql, "CREATE INDEX ") ||
           begins(sql, "CREATE UNIQUE INDEX ") || begins(sql, "CREATE TRIGGER ");
}

/* Views and tables that SpatiaLite creates in each of its files. They are left out like
 * others, but not reported. */
static bool is_spatialite(const char *name)
{
    static const char *const names[] = {
        "geom_cols_ref_sys",
        "spatial_ref_sys_all",
        "vector_layers",
        "vector_layers_auth",
        "vector_layers_statistics",
        "vector_layers_field_infos",
        "SpatialIndex",
        "ElementaryGeometries",
        "KNN",
        "KNN2",
        "raster_coverages_ref_sys",
        "vector_coverages_ref_sys",
        "ISO_metadata_view",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(name, names[i]) == 0)
            return true;
    return strncasecmp(name, "SE_", 3) == 0 || strncasecmp(name, "rl2map_", 7) == 0;
}

static bool find_others(sqlite3 *db, struct geo_foreign *copy, struct err *err)
{
    sqlite3_stmt *rows = NULL;
    bool ok =
        sqlite3_prepare_v2(db, "SELECT name, sql FROM sqlite_master", -1, &rows, NULL) == SQLITE_OK;
    int step = SQLITE_DONE;
    while (ok && (step = sqlite3_step(rows)) == SQLITE_ROW)
        if (!is_plain((const char *)sqlite3_column_text(rows, 1))) {
            const char *name = (const char *)sqlite3_column_text(rows, 0);
            copy->cut = true;
            if (name && !is_spatialite(name))
                buf_printf(&copy->left_out, "%s%s", copy->left_out.len ? ", " : "", name);
        }
    ok = (ok && step == SQLITE_DONE) || damaged(db, err);
    sqlite3_finalize(rows);
    return ok && (!buf_failed(&copy->left_out) || err_no_memory(err));
}

static void is_plain_sql(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    sqlite3_result_int(context, is_plain((const char *)sqlite3_value_text(values[0])));
}

/* Drops all other objects from the copy's schema without parsing them. */
static bool drop_others(sqlite3 *db, struct err *err)
{
    return (sqlite3_create_function_v2(db, "is_plain", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL,
                                       is_plain_sql, NULL, NULL, NULL) == SQLITE_OK &&
            sqlite3_exec(db,
                         "PRAGMA writable_schema = ON;"
                         "DELETE FROM sqlite_master WHERE NOT is_plain(sql);",
                         NULL, NULL, NULL) == SQLITE_OK) ||
           damaged(db, err);
}

static bool read_into_memory(const char *path, struct geo_foreign *copy, struct err *err)
{
    sqlite3 *db = open_quietly(path, err);
    bool ok = db && keep(db, copy, err);
    sqlite3_close(db);
    return ok;
}

/* Opens the database of copy->bytes, which the caller still owns. */
static sqlite3 *open_copy(struct geo_foreign *copy, bool writable, struct err *err)
{
    sqlite3 *db = open_quietly(NULL, err);
    if (!db)
        return NULL;
    unsigned flags = writable ? SQLITE_DESERIALIZE_RESIZEABLE : SQLITE_DESERIALIZE_READONLY;
    unsigned char *bytes = copy->bytes;
    if (writable) { /* SQLite may reallocate them */
        bytes = sqlite3_malloc64(copy->len);
        if (bytes)
            memcpy(bytes, copy->bytes, copy->len);
        flags |= SQLITE_DESERIALIZE_FREEONCLOSE;
    }
    if (bytes && sqlite3_deserialize(db, "main", bytes, (sqlite3_int64)copy->len,
                                     (sqlite3_int64)copy->len, flags) == SQLITE_OK)
        return db;
    damaged(bytes ? db : NULL, err);
    sqlite3_close(db);
    return NULL;
}

bool geo_foreign_plain(const char *path, struct geo_foreign *copy, struct err *err)
{
    sqlite3 *db = copy->bytes ? open_copy(copy, false, err) : open_quietly(path, err);
    bool ok = db && find_others(db, copy, err);
    sqlite3_close(db);
    if (!ok || !copy->cut)
        return ok;
    if (!copy->bytes && !read_into_memory(path, copy, err))
        return false;
    db = open_copy(copy, true, err);
    ok = db && drop_others(db, err) && keep(db, copy, err);
    sqlite3_close(db);
    return ok;
}

void geo_foreign_free(struct geo_foreign *copy)
{
    sqlite3_free(copy->bytes);
    buf_free(&copy->left_out);
    *copy = (struct geo_foreign){0};
}

static void put_quoted(struct buf *sql, const char *text, char quote)
{
    buf_putc(sql, quote);
    for (; *text; text++) {
        if (*text == quote)
            buf_putc(sql, quote);
        buf_putc(sql, *text);
    }
    buf_putc(sql, quote);
}

/* "a ""b""" for a "b". */
static void put_name(struct buf *sql, const char *name)
{
    put_quoted(sql, name, '"');
}

/* Not "2021-03-04", with or without a time behind it, or no day of the calendar. */
static void put_is_no_day(struct buf *sql, const char *name)
{
    put_name(sql, name);
    buf_puts(sql, " IS NOT NULL AND (typeof(");
    put_name(sql, name);
    buf_puts(sql, ") <> 'text' OR date(substr(");
    put_name(sql, name);
    buf_puts(sql, ", 1, 10), '+0 days') IS NOT substr(");
    put_name(sql, name);
    buf_puts(sql, ", 1, 10))");
}

static void put_is_odd(struct buf *sql, const struct geo_foreign_column *column)
{
    if (column->kind == GEO_FOREIGN_DAY) {
        put_is_no_day(sql, column->name);
        return;
    }
    buf_puts(sql, "typeof(");
    put_name(sql, column->name);
    buf_printf(sql, ") NOT IN ('null', 'integer'%s)",
               column->kind == GEO_FOREIGN_WHOLE ? "" : ", 'real'");
}

void geo_foreign_put_odd(struct buf *sql, const char *table,
                         const struct geo_foreign_column *columns, size_t n)
{
    buf_puts(sql, "SELECT CAST(rowid AS TEXT) AS id");
    for (size_t i = 0; i < n; i++) {
        buf_puts(sql, ", CASE WHEN ");
        put_is_odd(sql, &columns[i]);
        buf_puts(sql, " THEN CAST(");
        put_name(sql, columns[i].name);
        buf_printf(sql, " AS TEXT) END AS c%d", columns[i].index);
    }
    buf_puts(sql, " FROM ");
    put_name(sql, table);
    for (size_t i = 0; i < n; i++) {
        buf_puts(sql, i ? " OR (" : " WHERE (");
        put_is_odd(sql, &columns[i]);
        buf_putc(sql, ')');
    }
    buf_puts(sql, " ORDER BY rowid");
}

void geo_foreign_put_systems(struct buf *sql, const char *table, const char *id,
                             const char *geometry)
{
    buf_puts(sql, "SELECT ");
    put_name(sql, id);
    buf_puts(sql, " AS id FROM ");
    put_name(sql, table);
    buf_puts(sql, " WHERE ST_SRID(");
    put_name(sql, geometry);
    buf_puts(sql, ") NOT IN (0, -1, (SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ");
    put_quoted(sql, table, '\'');
    buf_puts(sql, ")) ORDER BY 1");
}
