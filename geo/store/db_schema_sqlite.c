/* db_schema_sqlite.c - compares the schema of a file with the one this program makes. */
#include "geo/store/db_guard_sqlite.h"

#include <ctype.h>
#include <pthread.h>
#include <spatialite.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/embed.h"
#include "geo/store/migrations.h"

/* The schema that `sigg init --empty` makes, one "--- type name table" line before each
 * statement, and the tables that SpatiaLite's CreateMissingSystemTables() adds. `make
 * schema` writes both when a migration was added. */
EMBED(db_schema_expected, "geo/store/schema_expected.sql");
EMBED(db_schema_optional, "geo/store/schema_optional.sql");

struct object {
    const char *type, *name, *sql; /* not ended by NUL */
    size_t type_len, name_len, sql_len;
    bool seen;
};

/* In the order of creation, as in most files: the next object is mostly the one searched. */
struct schema {
    struct object *objects;
    size_t n, next;
};

/* The embedded schema, and the one that the linked SpatiaLite makes, each without and with
 * optional tables. */
enum { EMBEDDED, EMBEDDED_OPTIONAL, MADE_HERE, MADE_HERE_OPTIONAL, N_OURS };

struct db_schema_comparison {
    struct schema ours[N_OURS];
    size_t n_ours; /* MADE_HERE, or N_OURS */
    enum db_schema wanted;
    struct buf names; /* names of the differing objects */
    size_t wrong;
    bool foreign; /* there are foreign or altered objects, not only missing ones */
};

enum { NAMED_MAX = 6 };

/* Ours --------------------------------------------------------------------- */

static const char head[] = "--- ";

/* The next header line of an object, or the end. */
static const char *find_head(const char *at, const char *end)
{
    while (at < end && strncmp(at, head, sizeof head - 1) != 0) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        at = line ? line + 1 : end;
    }
    return at;
}

static struct object parse_object(const char *at, const char *end)
{
    struct object object = {.type = at + sizeof head - 1};
    object.type_len = strcspn(object.type, " ");
    object.name = object.type + object.type_len + 1;
    object.name_len = strcspn(object.name, " ");
    object.sql = object.name + strcspn(object.name, "\n") + 1;
    object.sql_len = (size_t)(end - object.sql);
    while (object.sql_len && isspace((unsigned char)object.sql[object.sql_len - 1]))
        object.sql_len--;
    return object;
}

/* The objects borrow from the text, which ends at the end of an object. */
static bool parse(const char *text, size_t len, struct schema *schema, struct err *err)
{
    const char *end = text + len, *next;
    size_t cap = 0;
    *schema = (struct schema){0};
    for (const char *at = find_head(text, end); at < end; at = next) {
        next = find_head(at + 1, end);
        if (!array_reserve(schema->objects, cap, schema->n + 1))
            return err_no_memory(err);
        schema->objects[schema->n++] = parse_object(at, next);
    }
    return true;
}

/* Writes the schema of an open database, in the form of the embedded text. */
static bool write_schema(struct db *db, struct buf *out, struct err *err)
{
    sqlite3_stmt *rows = db_statement(db,
                                      "SELECT type, name, tbl_name, sql FROM sqlite_master"
                                      " WHERE sql IS NOT NULL ORDER BY rowid",
                                      err);
    int step = SQLITE_DONE;
    while (rows && (step = sqlite3_step(rows)) == SQLITE_ROW)
        buf_printf(out, "--- %s %s %s\n%s\n", db_statement_word(rows, 0),
                   db_statement_word(rows, 1), db_statement_word(rows, 2),
                   db_statement_word(rows, 3));
    if (rows && step != SQLITE_DONE)
        db_fail(db, err, "leer el esquema");
    sqlite3_finalize(rows);
    return rows && step == SQLITE_DONE && (!buf_failed(out) || err_no_memory(err));
}

/* Writes the schema that the linked SpatiaLite makes; it may be newer than the embedded
 * text. */
static bool write_made(struct db *db, struct buf *base, struct buf *optional, struct err *err)
{
    return db_make_schema(db, err) && write_schema(db, base, err) &&
           db_script(db, "SELECT CreateMissingSystemTables(1)", "crear tablas", err) &&
           write_schema(db, optional, err);
}

static bool make_here(struct buf *base, struct buf *optional, struct err *err)
{
    struct db db = {.path = (char *)(uintptr_t) ":memory:", .in_memory = true, .folder_safe = true};
    bool ok = sqlite3_open_v2(db.path, &db.handle,
                              SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                              NULL) == SQLITE_OK;
    db.spatialite = ok ? spatialite_alloc_connection() : NULL;
    if (db.spatialite) {
        spatialite_init_ex(db.handle, db.spatialite, 0);
        ok = write_made(&db, base, optional, err);
    } else
        ok = err_no_memory(err);
    sqlite3_close(db.handle);
    if (db.spatialite)
        spatialite_cleanup_ex(db.spatialite);
    return ok;
}

/* Comparing ---------------------------------------------------------------- */

static size_t skip_blanks(const char *text, size_t len, size_t at)
{
    while (at < len && isspace((unsigned char)text[at]))
        at++;
    return at;
}

/* Statements that differ only in white space are equal. */
static bool is_same(const struct object *object, const char *sql, size_t len)
{
    size_t i = 0, k = 0;
    while (i < object->sql_len && k < len) {
        if (isspace((unsigned char)object->sql[i]) && isspace((unsigned char)sql[k])) {
            i = skip_blanks(object->sql, object->sql_len, i);
            k = skip_blanks(sql, len, k);
        } else if (object->sql[i++] != sql[k++])
            return false;
    }
    return i == object->sql_len && skip_blanks(sql, len, k) == len;
}

/* True if the statement is ours without one piece: the table before a migration added
 * columns. */
static bool was_same(const struct object *object, const char *sql, size_t len)
{
    size_t before = 0, after = 0;
    while (before < len && before < object->sql_len && object->sql[before] == sql[before])
        before++;
    while (after < len && after < object->sql_len &&
           object->sql[object->sql_len - 1 - after] == sql[len - 1 - after])
        after++;
    return len <= object->sql_len && before + after >= len;
}

static struct object *find(struct schema *schema, const char *type, const char *name)
{
    size_t name_len = strlen(name), type_len = strlen(type);
    for (size_t tried = 0; tried < schema->n; tried++) {
        size_t at = schema->next + tried;
        struct object *object = &schema->objects[at < schema->n ? at : at - schema->n];
        if (object->name_len == name_len && memcmp(object->name, name, name_len) == 0 &&
            object->type_len == type_len && memcmp(object->type, type, type_len) == 0) {
            schema->next = (size_t)(object - schema->objects + 1) % schema->n;
            return object;
        }
    }
    return NULL;
}

static bool is_one_of(const char *name, const char *const *names)
{
    while (*names && strcmp(name, *names) != 0)
        names++;
    return *names != NULL;
}

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* Known tables of other programs that nothing here reads and that cannot run anything. */
static bool is_tolerated(const char *type, const char *name, const char *table, const char *sql)
{
    static const char *const guests[] = {"layer_styles", "qgis_projects", NULL};
    static const char *const statistics[] = {"sqlite_stat1", "sqlite_stat3", "sqlite_stat4", NULL};
    if (strcmp(type, "table") == 0)
        return (is_one_of(name, guests) || is_one_of(name, statistics)) &&
               strcmp(name, table) == 0 && starts_with(sql, "CREATE TABLE");
    return strcmp(type, "index") == 0 && is_one_of(table, guests);
}

static const char *type_name(const char *type)
{
    return strcmp(type, "table") == 0     ? "la tabla"
           : strcmp(type, "view") == 0    ? "la vista"
           : strcmp(type, "trigger") == 0 ? "el disparador"
                                          : "el índice";
}

static void name_wrong(struct db_schema_comparison *comparison, const char *type, const char *name,
                       int name_len, const char *how)
{
    if (comparison->wrong++ < NAMED_MAX)
        buf_printf(&comparison->names, "%s%s «%.*s» (%s)", comparison->names.len ? ", " : "",
                   type_name(type), name_len > 60 ? 60 : name_len, name, how);
}

/* True for a trigger of an earlier schema: a migration creates it, with the same text. */
static bool was_made(const char *type, const char *sql)
{
    bool trigger = strcmp(type, "trigger") == 0 && starts_with(sql, "CREATE TRIGGER ");
    for (int i = 0; trigger && geo_migrations[i]; i++) {
        const char *made = strstr(geo_migrations[i], sql);
        if (made && made[strlen(sql)] == ';')
            return true;
    }
    return false;
}

static void judge(struct db_schema_comparison *comparison, const char *type, const char *name,
                  const char *table, const char *sql)
{
    size_t len = strlen(sql);
    bool known = false;
    bool older = comparison->wanted == DB_SCHEMA_OLDER;
    bool part = older && strcmp(type, "table") == 0;
    for (size_t i = 0; i < comparison->n_ours; i++) {
        struct object *object = find(&comparison->ours[i], type, name);
        if (!object)
            continue;
        known = true;
        object->seen = true;
        if (is_same(object, sql, len) || (part && was_same(object, sql, len)))
            return;
    }
    if (!known && (is_tolerated(type, name, table, sql) || (older && was_made(type, sql))))
        return;
    comparison->foreign = true;
    name_wrong(comparison, type, name, (int)strlen(name), known ? "cambió" : "sobra");
}

/* Indexes that SQLite creates for keys have no statement. */
static bool is_of_a_key(const char *type, const char *name)
{
    return strcmp(type, "index") == 0 && starts_with(name, "sqlite_autoindex_");
}

static bool compare_rows(struct db *db, struct db_schema_comparison *comparison, struct err *err)
{
    sqlite3_stmt *rows =
        db_statement(db, "SELECT type, name, tbl_name, sql FROM sqlite_master", err);
    int step = SQLITE_DONE;
    while (rows && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        const char *type = db_statement_word(rows, 0), *name = db_statement_word(rows, 1);
        if (sqlite3_column_type(rows, 3) == SQLITE_NULL && is_of_a_key(type, name))
            continue;
        judge(comparison, type, name, db_statement_word(rows, 2), db_statement_word(rows, 3));
    }
    if (rows && step != SQLITE_DONE)
        db_fail(db, err, "leer el esquema");
    sqlite3_finalize(rows);
    return rows && step == SQLITE_DONE;
}

static bool is_in(struct schema *schema, const struct object *object)
{
    for (size_t i = 0; i < schema->n; i++)
        if (schema->objects[i].name_len == object->name_len &&
            memcmp(schema->objects[i].name, object->name, object->name_len) == 0)
            return true;
    return false;
}

static bool is_table(const struct object *object)
{
    return object->type_len == 5 && memcmp(object->type, "table", 5) == 0;
}

static void name_missing(struct db_schema_comparison *comparison)
{
    const struct schema *ours = &comparison->ours[EMBEDDED];
    for (size_t i = 0; i < ours->n && comparison->wanted != DB_SCHEMA_OLDER; i++) {
        const struct object *object = &ours->objects[i];
        bool needed = comparison->wanted == DB_SCHEMA_WHOLE || is_table(object);
        char type[16];
        if (object->seen || !needed ||
            (comparison->n_ours == N_OURS && !is_in(&comparison->ours[MADE_HERE], object)))
            continue;
        snprintf(type, sizeof type, "%.*s", (int)object->type_len, object->type);
        name_wrong(comparison, type, object->name, (int)object->name_len, "falta");
    }
}

static bool compare(struct db *db, struct db_schema_comparison *comparison, struct err *err)
{
    buf_clear(&comparison->names);
    comparison->wrong = 0;
    comparison->foreign = false;
    if (!compare_rows(db, comparison, err))
        return false;
    name_missing(comparison);
    return true;
}

static bool refuse(const struct db *db, struct db_schema_comparison *comparison, struct err *err)
{
    if (comparison->wrong > NAMED_MAX)
        buf_printf(&comparison->names, " y %zu más", comparison->wrong - NAMED_MAX);
    if (buf_failed(&comparison->names))
        return err_no_memory(err);
    return err_set(err, ERR_SETUP, "%s no tiene el esquema de este programa: %s. %s", db->path,
                   comparison->names.data,
                   comparison->foreign
                       ? "Lo que sobra o cambió podría ejecutarse: quítelo con sqlite3 (DROP "
                         "TRIGGER, DROP VIEW, DROP TABLE; lo propio va en otro archivo), o vuelva "
                         "a una copia con «sigg restore COPIA»"
                       : "Vuelva a una copia con «sigg restore COPIA»");
}

/* Made once a process, in some 100 ms, and only if the embedded text does not match; then
 * constant. */
static struct {
    pthread_mutex_t lock;
    bool made;
    struct buf base, optional;
} here = {.lock = PTHREAD_MUTEX_INITIALIZER};

static bool made_here(struct err *err)
{
    pthread_mutex_lock(&here.lock);
    if (!here.made) {
        buf_init(&here.base);
        buf_init(&here.optional);
        here.made = make_here(&here.base, &here.optional, err);
        if (!here.made) {
            buf_free(&here.base);
            buf_free(&here.optional);
        }
    }
    bool ok = here.made;
    pthread_mutex_unlock(&here.lock);
    return ok;
}

static bool compare_here(struct db *db, struct db_schema_comparison *comparison, struct err *err)
{
    comparison->n_ours = N_OURS;
    return made_here(err) &&
           parse(here.base.data, here.base.len, &comparison->ours[MADE_HERE], err) &&
           parse(here.optional.data, here.optional.len, &comparison->ours[MADE_HERE_OPTIONAL],
                 err) &&
           compare(db, comparison, err);
}

static bool parse_embedded(struct db_schema_comparison *comparison, struct err *err)
{
    comparison->n_ours = MADE_HERE;
    return parse(db_schema_expected, strlen(db_schema_expected), &comparison->ours[EMBEDDED],
                 err) &&
           parse(db_schema_optional, strlen(db_schema_optional),
                 &comparison->ours[EMBEDDED_OPTIONAL], err);
}

static bool read_cookie(struct db *db, int64_t *cookie, struct err *err)
{
    if (!db->schema_version)
        db->schema_version = db_statement(db, "PRAGMA schema_version", err);
    if (!db->schema_version)
        return false;
    bool ok = sqlite3_step(db->schema_version) == SQLITE_ROW;
    if (ok)
        *cookie = sqlite3_column_int64(db->schema_version, 0);
    else
        db_fail(db, err, "leer el esquema");
    sqlite3_reset(db->schema_version);
    return ok;
}

bool db_schema_check(struct db *db, enum db_schema wanted, struct err *err)
{
    struct db_schema_comparison comparison = {.wanted = wanted};
    buf_init(&comparison.names);
    bool ok = read_cookie(db, &db->schema_cookie, err) && parse_embedded(&comparison, err) &&
              compare(db, &comparison, err) &&
              (!comparison.wrong || compare_here(db, &comparison, err)) &&
              (!comparison.wrong || refuse(db, &comparison, err));
    db->schema_compared = ok;
    db->schema_wanted = wanted;
    for (size_t i = 0; i < N_OURS; i++)
        free(comparison.ours[i].objects);
    buf_free(&comparison.names);
    return ok;
}

bool db_schema_again(struct db *db, struct err *err)
{
    int64_t cookie = 0;
    return read_cookie(db, &cookie, err) &&
           (cookie == db->schema_cookie ||
            db_schema_check(db, (enum db_schema)db->schema_wanted, err));
}
