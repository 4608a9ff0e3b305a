/* test_schema.c - tests of geo/store.
 * The embedded schema is the one that is created, foreign tables are refused or tolerated as
 * documented, and bounds end a query. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "geo/base/budget.h"
#include "geo/store/db_guard_sqlite.h"
#include "geo/store/db_sqlite.h"
#include "geo/store/migrations.h"
#include "geo/store/store_internal.h"

#include <spatialite.h>

extern const char db_schema_expected[];

static char folder[] = "/tmp/sigg-test-XXXXXX", path[64];

static void sql(const char *text)
{
    sqlite3 *db = NULL;
    char *words = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, text, NULL, NULL, &words) != SQLITE_OK)
        fail_msg("%s: %s", text, words);
    sqlite3_close(db);
}

static void make(void)
{
    struct err err = {0};
    unlink(path);
    struct geo_store *store = geo_store_open(path, GEO_STORE_CREATE, &err);
    if (!store)
        fail_msg("%s", err.message);
    geo_store_close(store);
}

/* NULL, or the message of the refusal. */
static const char *refusal(enum geo_store_mode mode)
{
    static struct err err;
    err = (struct err){0};
    struct geo_store *store = geo_store_open(path, mode, &err);
    geo_store_close(store);
    return store ? NULL : err.message;
}

static const struct {
    const char *name, *sql;
    const char *word; /* part of the refusal; NULL: it opens */
    bool read;        /* it opens for reading nevertheless */
} cases[] = {
    {"as made", "SELECT 1", NULL, false},
    {"statistics of ANALYZE", "ANALYZE", NULL, false},
    {"QGIS's styles",
     "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, f_table_name TEXT, styleQML TEXT);"
     "CREATE INDEX styles_by_table ON layer_styles (f_table_name);"
     "CREATE TABLE qgis_projects (name TEXT PRIMARY KEY, metadata BLOB, content BLOB)",
     NULL, false},
    {"a trigger on QGIS's styles",
     "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY);"
     "CREATE TRIGGER t AFTER INSERT ON layer_styles BEGIN SELECT 1; END",
     "el disparador «t» (sobra)", false},
    {"QGIS's styles as a view", "CREATE VIEW layer_styles AS SELECT 1 AS id",
     "la vista «layer_styles» (sobra)", false},
    {"QGIS's styles as a virtual table", "CREATE VIRTUAL TABLE layer_styles USING fts4(x)",
     "la tabla «layer_styles» (sobra)", false},
    {"a trigger",
     "CREATE TRIGGER t AFTER DELETE ON vinculos BEGIN UPDATE ediciones SET titulo = 'x'; END",
     "el disparador «t» (sobra)", false},
    {"a view", "CREATE VIEW v AS SELECT * FROM alianzas", "la vista «v» (sobra)", false},
    {"a table", "CREATE TABLE intrusa (x)", "la tabla «intrusa» (sobra)", false},
    {"an index", "CREATE INDEX i ON alianzas (abs(familias))", "el índice «i» (sobra)", false},
    {"a column", "ALTER TABLE capas ADD COLUMN nota TEXT", "la tabla «capas» (cambió)", false},
    {"a view in place of ours",
     "DROP VIEW municipios_vigentes; CREATE VIEW municipios_vigentes AS SELECT 1 AS id",
     "la vista «municipios_vigentes» (cambió)", false},
    {"a view in place of a table",
     "PRAGMA foreign_keys = OFF; DROP TABLE alias_municipio;"
     "CREATE VIEW alias_municipio AS SELECT 'a' AS alias, 'b' AS codigo",
     "la vista «alias_municipio» (sobra)", false},
    {"no trigger of SpatiaLite's on our table", "DROP TRIGGER gid_alianzas_geom",
     "el disparador «gid_alianzas_geom» (falta)", true},
    {"a trigger that an earlier schema had",
     "CREATE TRIGGER reclamos_sin_vinculos AFTER DELETE ON reclamos BEGIN\n"
     "    DELETE FROM vinculos WHERE capa = 'reclamos' AND registro = OLD.id;\nEND",
     "el disparador «reclamos_sin_vinculos» (sobra)", false},
    {"no index of ours", "DROP INDEX cambios_capa", "el índice «cambios_capa» (falta)", true},
    {"no table of ours", "DROP TABLE cambios", "la tabla «cambios» (falta)", false},
    {"a schema that does not exist", "PRAGMA user_version = -1", "(-1)", false},
    {"seven objects",
     "CREATE TABLE a1 (x); CREATE TABLE a2 (x); CREATE TABLE a3 (x); CREATE TABLE a4 (x);"
     "CREATE TABLE a5 (x); CREATE TABLE a6 (x); CREATE TABLE a7 (x)",
     " y 1 más", false},
};

static void foreign_objects_are_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        make();
        sql(cases[i].sql);
        for (int mode = GEO_STORE_READ; mode <= GEO_STORE_WRITE; mode++) {
            const char *words = refusal((enum geo_store_mode)mode);
            const char *wanted = mode == GEO_STORE_READ && cases[i].read ? NULL : cases[i].word;
            if (!words != !wanted || (words && !strstr(words, wanted)))
                fail_msg("%s: %s", cases[i].name, words ? words : "it opened");
        }
    }
    unlink(path);
}

/* As a program with `version` migrations left it. */
static void make_older(int version)
{
    char last[64];
    sqlite3 *db = NULL;
    unlink(path);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    void *cache = spatialite_alloc_connection();
    spatialite_init_ex(db, cache, 0);
    assert_int_equal(sqlite3_exec(db,
                                  "PRAGMA application_id = 1397311303;"
                                  "SELECT InitSpatialMetaData(1, 'WGS84')",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    for (int i = 0; i < version; i++)
        assert_int_equal(sqlite3_exec(db, geo_migrations[i], NULL, NULL, NULL), SQLITE_OK);
    snprintf(last, sizeof last, "PRAGMA user_version = %d", version);
    assert_int_equal(sqlite3_exec(db, last, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    spatialite_cleanup_ex(cache);
}

static void older_schemas_are_compared_and_brought_up(void **state)
{
    (void)state;
    for (int version = 1; version < geo_migrations_count(); version++) {
        make_older(version);
        assert_non_null(strstr(refusal(GEO_STORE_READ), "«sigg link» lo actualiza"));
        sql("CREATE TRIGGER t AFTER DELETE ON vinculos BEGIN DELETE FROM capas; END");
        const char *words = refusal(GEO_STORE_WRITE);
        if (!words || !strstr(words, "el disparador «t» (sobra)"))
            fail_msg("schema %d: %s", version, words ? words : "it opened");
        sql("DROP TRIGGER t");
        words = refusal(GEO_STORE_WRITE);
        if (words)
            fail_msg("schema %d: %s", version, words);
        assert_null(refusal(GEO_STORE_READ));
    }
    make_older(8);
    sql("DROP TRIGGER alianzas_sin_vinculos; CREATE TRIGGER alianzas_sin_vinculos AFTER DELETE ON"
        " alianzas BEGIN DELETE FROM capas; END");
    const char *words = refusal(GEO_STORE_WRITE);
    assert_non_null(words);
    assert_non_null(strstr(words, "el disparador «alianzas_sin_vinculos» (sobra)"));
    unlink(path);
}

/* If this fails, every open computes the schema anew, which takes 100 ms: call `make
 * schema`. */
static void embedded_schema_is_the_one_made(void **state)
{
    (void)state;
    struct err err = {0};
    make();
    struct geo_store *store = geo_store_open(path, GEO_STORE_READ, &err);
    assert_non_null(store);
    sqlite3_stmt *rows = db_statement(
        store->db, "SELECT name, trim(sql, char(10, 32)) FROM sqlite_master WHERE sql IS NOT NULL",
        &err);
    while (sqlite3_step(rows) == SQLITE_ROW)
        if (!strstr(db_schema_expected, db_statement_word(rows, 1)))
            fail_msg("%s is not in geo/store/schema_expected.sql", db_statement_word(rows, 0));
    sqlite3_finalize(rows);
    geo_store_close(store);
    unlink(path);
}

/* Views and virtual tables are also refused if they are added while the file is open. */
static void a_reader_runs_no_view(void **state)
{
    (void)state;
    struct err err = {0};
    struct geo_edition_info edition;
    int64_t revision, mark;
    make();
    struct geo_store *store = geo_store_open(path, GEO_STORE_READ, &err);
    assert_non_null(store);
    assert_true(geo_store_content(store, &revision, &mark, &err));
    sql("PRAGMA foreign_keys = OFF; ALTER TABLE capas RENAME TO antes;"
        "CREATE VIEW capas AS WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)"
        " SELECT n AS revision, n AS marca, 'x' AS capa FROM c");
    assert_false(geo_store_content(store, &revision, &mark, &err));
    assert_false(geo_store_begin_read(store, &err));
    assert_non_null(strstr(err.message, "«capas»"));
    assert_false(geo_store_edition(store, "x", &edition, &err));
    geo_store_close(store);
    unlink(path);
}

/* An open writer compares the schema again before it writes, if somebody changed it. */
static void a_writer_looks_again(void **state)
{
    (void)state;
    struct err err = {0};
    make();
    struct geo_store *store = geo_store_open(path, GEO_STORE_WRITE, &err);
    assert_non_null(store);
    assert_true(geo_store_begin(store, &err));
    geo_store_rollback(store);
    sql("CREATE TRIGGER t AFTER DELETE ON vinculos BEGIN UPDATE ediciones SET titulo = 'x'; END");
    assert_false(geo_store_begin(store, &err));
    assert_non_null(strstr(err.message, "«t»"));
    sql("DROP TRIGGER t");
    assert_true(geo_store_begin(store, &err));
    geo_store_close(store);
    unlink(path);
}

static void a_budget_ends_a_query(void **state)
{
    static const char endless[] =
        "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c";
    static const struct {
        bool cancelled;
        enum err_kind kind;
    } ways[] = {{false, ERR_LIMIT}, {true, ERR_CANCELLED}};
    (void)state;
    make();
    for (size_t i = 0; i < 2; i++) {
        struct err err = {0};
        struct budget budget;
        struct geo_store *store = geo_store_open(path, GEO_STORE_WRITE, &err);
        assert_non_null(store);
        budget_start(&budget, 50);
        if (ways[i].cancelled)
            budget_cancel(&budget);
        geo_store_bound(store, &budget);
        sqlite3_stmt *statement = db_statement(store->db, endless, &err);
        assert_non_null(statement);
        assert_false(db_statement_run(store->db, statement, "contar", &err));
        assert_int_equal(err.kind, ways[i].kind);
        sqlite3_finalize(statement);
        geo_store_bound(store, NULL);
        assert_true(db_script(store->db, "SELECT 1", "contar", &err));
        geo_store_close(store);
    }
    unlink(path);
}

/* Statements that no connection needs are refused. */
static void nothing_else_can_be_asked(void **state)
{
    static const char *const never[] = {
        "ATTACH '/tmp/otra.sqlite' AS otra",
        "SELECT load_extension('mod_spatialite')",
        "CREATE VIRTUAL TABLE v USING VirtualText('/etc/passwd', 'UTF-8', 0, POINT, NONE, ':')",
        "CREATE VIRTUAL TABLE v USING fts4(x)",
        "SELECT BlobFromFile('/etc/passwd')",
    };
    (void)state;
    for (int mode = GEO_STORE_READ; mode <= GEO_STORE_WRITE; mode++) {
        struct err err = {0};
        make();
        struct geo_store *store = geo_store_open(path, (enum geo_store_mode)mode, &err);
        assert_non_null(store);
        for (size_t i = 0; i < sizeof never / sizeof *never; i++)
            if (db_script(store->db, never[i], "pedir", &err))
                fail_msg("%s", never[i]);
        assert_false(mode == GEO_STORE_READ &&
                     db_script(store->db, "DELETE FROM capas", "borrar", &err));
        geo_store_close(store);
    }
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(foreign_objects_are_named),
        cmocka_unit_test(older_schemas_are_compared_and_brought_up),
        cmocka_unit_test(embedded_schema_is_the_one_made),
        cmocka_unit_test(a_reader_runs_no_view),
        cmocka_unit_test(a_writer_looks_again),
        cmocka_unit_test(a_budget_ends_a_query),
        cmocka_unit_test(nothing_else_can_be_asked),
    };
    if (!mkdtemp(folder))
        return 1;
    snprintf(path, sizeof path, "%s/a.sqlite", folder);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    rmdir(folder);
    return failed;
}
