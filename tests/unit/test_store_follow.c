/* test_store_follow.c - tests of what goes with a record (store_follow.c, store_mend.c).
 * Shapes, links, conflicts and lost municipalities are those that the triggers of schema 8 made.
 * Random puts, updates, removals and undone batches go to two databases: through the store, and as
 * plain SQL to one that has the triggers of the migrations again. */
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1

#include "geo/store/db_sqlite.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <spatialite.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/random.h"
#include "geo/store/migrations.h"
#include "geo/store/store_internal.h"
#include "geo/store/store_undo.h"
#include "tests/support/wkt.h"

enum { SEEDS = 6, STEPS = 120, CODES = 8 };

static struct {
    char folder[64], ours[96], theirs[96];
    struct geo_store *store;
    sqlite3 *plain; /* the one with triggers */
    void *cache;
    struct geo_random random;
} both;

static int run_sql(sqlite3 *db, const char *sql)
{
    char *words = NULL;
    int code = sqlite3_exec(db, sql, NULL, NULL, &words);
    if (code != SQLITE_OK)
        print_error("%s: %s\n", sql, words ? words : "?");
    sqlite3_free(words);
    return code;
}

/* Creates the triggers that the migrations create and the last one drops. */
static int restore_triggers(sqlite3 *db)
{
    static const char begin[] = "CREATE TRIGGER ";
    int n = 0;
    for (int i = 0; geo_migrations[i]; i++)
        for (const char *at = geo_migrations[i]; (at = strstr(at, begin)); at++) {
            const char *end = strstr(at, "\nEND;");
            char *sql = end ? strndup(at, (size_t)(end + 5 - at)) : NULL;
            if (!sql || run_sql(db, sql) != SQLITE_OK)
                return -1;
            free(sql);
            n++;
        }
    return n;
}

static int set_up(void **state)
{
    static const char start[] =
        "INSERT INTO ediciones (codigo, orden) VALUES ('e1', 1), ('e2', 2);"
        "INSERT INTO municipios (edicion, codigo, nombre) VALUES ('e1', '010101', 'A'),"
        " ('e1', '010102', 'B'), ('e2', '010101', 'A')";
    struct err err = {0};
    (void)state;
    strcpy(both.folder, "/tmp/sigg-test-XXXXXX");
    if (!mkdtemp(both.folder))
        return -1;
    snprintf(both.ours, sizeof both.ours, "%s/a.sqlite", both.folder);
    snprintf(both.theirs, sizeof both.theirs, "%s/b.sqlite", both.folder);
    geo_store_close(geo_store_open(both.theirs, GEO_STORE_CREATE, &err));
    both.store = geo_store_open(both.ours, GEO_STORE_CREATE, &err);
    if (!both.store || sqlite3_open(both.theirs, &both.plain) != SQLITE_OK)
        return -1;
    both.cache = spatialite_alloc_connection();
    spatialite_init_ex(both.plain, both.cache, 0);
    return run_sql(both.store->db->handle, "PRAGMA synchronous = OFF") ||
           run_sql(both.plain, "PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF") ||
           restore_triggers(both.plain) != 15 || run_sql(both.plain, start) ||
           run_sql(both.store->db->handle, start);
}

static int tear_down(void **state)
{
    char command[128];
    (void)state;
    geo_store_close(both.store);
    sqlite3_close(both.plain);
    spatialite_cleanup_ex(both.cache);
    snprintf(command, sizeof command, "rm -rf %s", both.folder);
    return system(command);
}

/* Both at once ------------------------------------------------------------- */

static uint64_t below(uint64_t n)
{
    return geo_random_next(&both.random) % n;
}

static void run_both(const char *format, ...)
{
    char sql[512];
    va_list args;
    va_start(args, format);
    vsnprintf(sql, sizeof sql, format, args);
    va_end(args);
    assert_int_equal(run_sql(both.store->db->handle, sql), SQLITE_OK);
    assert_int_equal(run_sql(both.plain, sql), SQLITE_OK);
}

static void dump(sqlite3 *db, const char *sql, struct buf *out)
{
    sqlite3_stmt *rows = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &rows, NULL), SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        for (int c = 0; c < sqlite3_column_count(rows); c++) {
            const char *text = (const char *)sqlite3_column_text(rows, c);
            buf_printf(out, "%s|", text ? text : "NULL");
        }
        buf_putc(out, '\n');
    }
    sqlite3_finalize(rows);
}

/* lost: compares vinculos_perdidos whole; else without "no municipality", which a record
 * without any link leaves only if a trigger sees it go. */
static void compare(uint64_t seed, int step, bool lost)
{
    const char *const queries[] = {
        "SELECT id, hex(geom) FROM formas_puntos ORDER BY id",
        "SELECT id, hex(geom) FROM formas_lineas ORDER BY id",
        "SELECT id, hex(geom) FROM formas_poligonos ORDER BY id",
        "SELECT count(*) FROM idx_formas_puntos_geom",
        "SELECT count(*) FROM idx_formas_lineas_geom",
        "SELECT count(*) FROM idx_formas_poligonos_geom",
        "SELECT * FROM vinculos ORDER BY 1, 2, 3, 4",
        lost ? "SELECT * FROM vinculos_perdidos ORDER BY 1, 2, 3"
             : "SELECT * FROM vinculos_perdidos WHERE municipio <> '' ORDER BY 1, 2, 3",
        "SELECT edicion, capa, registro FROM conflictos ORDER BY 1, 2, 3",
        "SELECT id, codigo, hex(geom) FROM alianzas ORDER BY id",
        "SELECT id, codigo, hex(geom) FROM subproyectos ORDER BY id",
    };
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct buf ours, theirs;
        buf_init(&ours);
        buf_init(&theirs);
        dump(both.store->db->handle, queries[i], &ours);
        dump(both.plain, queries[i], &theirs);
        if (ours.len != theirs.len || (ours.len && memcmp(ours.data, theirs.data, ours.len) != 0))
            fail_msg("seed %llu, step %d: %s\nours:\n%s\nwith triggers:\n%s",
                     (unsigned long long)seed, step, queries[i], ours.len ? ours.data : "",
                     theirs.len ? theirs.data : "");
        buf_free(&ours);
        buf_free(&theirs);
    }
}

/* Steps -------------------------------------------------------------------- */

static const char *const tables[] = {"comunidades",  "alianzas", "areas_riego",
                                     "subproyectos", "eventos",  "reclamos"};

static const char *random_wkt(const struct geo_table *table)
{
    static const char *const shapes[] = {
        "POINT (-66 -17)",
        "MULTIPOLYGON (((-66 -18, -65 -18, -65 -17, -66 -18)))",
        "POINT (-65 -16)",
        "LINESTRING (-66 -17, -65 -16)",
        "POLYGON ((-66 -18, -65 -18, -65 -17, -66 -18))",
        "MULTIPOINT (-66 -17, -65 -18)",
        "MULTILINESTRING ((-66 -17, -65 -16), (-64 -15, -63 -14))",
        ("MULTIPOLYGON (((-66 -18, -65 -18, -65 -17, -66 -18)), ((-60 -12, -59 -12, -59 -11,"
         " -60 -12)))"),
    };
    if (table->geometry == GEO_NO_GEOMETRY || below(6) == 0)
        return NULL;
    return table->geometry == GEO_POINT          ? shapes[below(2) * 2]
           : table->geometry == GEO_MULTIPOLYGON ? shapes[1]
                                                 : shapes[below(sizeof shapes / sizeof *shapes)];
}

static void fill(const struct geo_table *table, struct geo_value *values, const char *codigo)
{
    for (size_t i = 0; i < table->n_fields; i++) {
        const struct geo_field *field = &table->fields[i];
        values[i] = (struct geo_value){.kind = GEO_NULL};
        if (!(field->flags & GEO_REQUIRED) && strcmp(field->name, "codigo") != 0 &&
            (field->type != GEO_TEXT || strcmp(field->name, "alianza_codigo") == 0))
            continue;
        values[i].kind = GEO_TEXT_VALUE;
        values[i].text = strcmp(field->name, "codigo") == 0 ? codigo
                         : field->type == GEO_DATE          ? "2024-01-01"
                         : field->choices                   ? field->choices[0].value
                         : below(2)                         ? "uno"
                                                            : "dos";
    }
}

/* The row with that code; 0: none. */
static int64_t row_of(sqlite3 *db, const char *table, const char *codigo)
{
    char sql[128];
    sqlite3_stmt *rows = NULL;
    snprintf(sql, sizeof sql, "SELECT id FROM %s WHERE codigo = '%s'", table, codigo);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &rows, NULL), SQLITE_OK);
    int64_t id = sqlite3_step(rows) == SQLITE_ROW ? sqlite3_column_int64(rows, 0) : 0;
    sqlite3_finalize(rows);
    return id;
}

/* The record as plain SQL. */
static void put_plain(const struct geo_table *table, const struct geo_record *record,
                      const char *codigo)
{
    struct buf sql;
    sqlite3_stmt *put = NULL;
    int64_t id = row_of(both.plain, table->name, codigo);
    bool geometry = table->geometry != GEO_NO_GEOMETRY;
    int n = (int)table->n_fields;
    buf_init(&sql);
    buf_printf(&sql, id ? "UPDATE %s SET (" : "INSERT INTO %s (", table->name);
    for (int i = 0; i < n; i++)
        buf_printf(&sql, "%s%s", i ? ", " : "", table->fields[i].name);
    buf_printf(&sql, "%s) %s (", geometry ? ", geom" : "", id ? "=" : "VALUES");
    for (int i = 0; i < n; i++)
        buf_printf(&sql, "%s?%d", i ? ", " : "", i + 1);
    buf_printf(&sql, "%s)", geometry ? ", GeomFromWKB(:geom, 4326)" : "");
    if (id)
        buf_printf(&sql, " WHERE id = %lld", (long long)id);
    assert_int_equal(sqlite3_prepare_v2(both.plain, sql.data, -1, &put, NULL), SQLITE_OK);
    for (int i = 0; i < n; i++)
        if (record->values[i].kind == GEO_TEXT_VALUE)
            sqlite3_bind_text(put, i + 1, record->values[i].text, -1, SQLITE_STATIC);
    if (record->wkb_len)
        sqlite3_bind_blob(put, n + 1, record->wkb, (int)record->wkb_len, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(put), SQLITE_DONE);
    sqlite3_finalize(put);
    buf_free(&sql);
}

static void put_one(const struct geo_table *table, const char *codigo)
{
    struct geo_value values[64];
    struct err err = {0};
    enum geo_put what;
    int64_t id;
    struct geo_record record = {.values = values};
    const char *wkt = random_wkt(table);
    unsigned char *wkb = wkt ? wkb_of(wkt, &record.wkb_len) : NULL;
    record.wkb = wkb;
    fill(table, values, codigo);
    if (!geo_store_put(both.store, table, &record, &what, &id, &err))
        fail_msg("%s", err.message);
    put_plain(table, &record, codigo);
    assert_int_equal(id, row_of(both.plain, table->name, codigo));
    free(wkb);
}

static void remove_one(const struct geo_table *table, const char *codigo)
{
    char sql[128];
    struct err err = {0};
    int64_t id = row_of(both.plain, table->name, codigo);
    if (geo_store_remove(both.store, table, id, &err) != (id != 0))
        fail_msg("%s", err.message);
    snprintf(sql, sizeof sql, "DELETE FROM %s WHERE id = %lld", table->name, (long long)id);
    assert_int_equal(run_sql(both.plain, sql), SQLITE_OK);
}

/* Links the record to some municipality, or to none, and gives it a conflict. */
static void link_one(const struct geo_table *table, const char *codigo)
{
    static const char *const places[] = {"'e1', 0, '010101'", "'e1', 1, '010102'", "'e1', 2, NULL",
                                         "'e2', 0, '010101'", "'e2', 1, NULL"};
    long long id = row_of(both.plain, table->name, codigo);
    if (!id)
        return;
    run_both("INSERT INTO vinculos (capa, registro, edicion, orden, municipio, metodo, estado,"
             " parte) VALUES ('%s', %lld, %s, 'geometria', 'coincide', 1) ON CONFLICT DO NOTHING",
             table->name, id, places[below(sizeof places / sizeof *places)]);
    if (table->geometry != GEO_NO_GEOMETRY)
        run_both("INSERT INTO conflictos (edicion, capa, registro, codigo, estado, resolucion)"
                 " VALUES ('e%d', '%s', %lld, '%s', 'vecino', 'abierto') ON CONFLICT DO NOTHING",
                 (int)below(2) + 1, table->name, id, codigo);
}

static void one_step(void)
{
    const struct geo_table *table = geo_table_find(tables[below(sizeof tables / sizeof *tables)]);
    char codigo[8];
    snprintf(codigo, sizeof codigo, "c%d", (int)below(CODES));
    switch (below(8)) {
    case 0:
    case 1:
        remove_one(table, codigo);
        break;
    case 2:
    case 3:
    case 4:
        link_one(table, codigo);
        break;
    case 5:
        run_both("DELETE FROM vinculos_perdidos WHERE edicion = 'e1'");
        break;
    default:
        put_one(table, codigo);
    }
}

static void forget(uint64_t seed)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        run_both("DELETE FROM %s", tables[i]);
    run_both("DELETE FROM vinculos; DELETE FROM conflictos; DELETE FROM vinculos_perdidos");
    geo_random_start(&both.random, seed, 0);
}

/* Cases -------------------------------------------------------------------- */

static void writing_is_what_triggers_did(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        forget(seed);
        for (int step = 0; step < STEPS; step++) {
            one_step();
            compare(seed, step, true);
        }
    }
}

/* Large transactions, in which triggers are off. */
static void writing_much_is_what_triggers_did(void **state)
{
    struct err err = {0};
    (void)state;
    for (uint64_t seed = 301; seed <= 300 + SEEDS; seed++) {
        forget(seed);
        for (int batch = 0; batch < 4; batch++) {
            assert_true(geo_store_begin(both.store, &err) && db_bulk_begin(both.store->db, &err));
            for (int step = 0; step < STEPS / 4; step++)
                one_step();
            if (!geo_store_commit(both.store, &err))
                fail_msg("seed %llu: %s", (unsigned long long)seed, err.message);
            compare(seed, batch, true);
        }
    }
}

static int omit_keys(void *arg, int kind, sqlite3_changeset_iter *change)
{
    (void)arg;
    (void)change;
    return kind == SQLITE_CHANGESET_FOREIGN_KEY ? SQLITE_CHANGESET_OMIT : SQLITE_CHANGESET_ABORT;
}

/* Applies what the session recorded backwards; triggers fire. */
static void revert_plain(sqlite3_session *session)
{
    int size = 0, inverse_size = 0;
    void *changes = NULL, *inverse = NULL;
    assert_int_equal(sqlite3session_changeset(session, &size, &changes), SQLITE_OK);
    assert_int_equal(sqlite3changeset_invert(size, changes, &inverse_size, &inverse), SQLITE_OK);
    sqlite3session_delete(session);
    assert_int_equal(
        sqlite3changeset_apply(both.plain, inverse_size, inverse, NULL, omit_keys, NULL),
        SQLITE_OK);
    sqlite3_free(inverse);
    sqlite3_free(changes);
}

static sqlite3_session *record_plain(void)
{
    sqlite3_session *session = NULL;
    assert_int_equal(sqlite3session_create(both.plain, "main", &session), SQLITE_OK);
    for (const struct geo_table *table = geo_tables; table->name; table++)
        assert_int_equal(sqlite3session_attach(session, table->name), SQLITE_OK);
    return session;
}

static void undoing_is_what_triggers_did(void **state)
{
    struct err err = {0};
    (void)state;
    for (uint64_t seed = 101; seed <= 100 + SEEDS; seed++) {
        forget(seed);
        for (int batch = 0; batch < 8; batch++) {
            int64_t id = 0;
            for (int step = 0; step < 20; step++)
                one_step();
            assert_true(geo_store_begin(both.store, &err));
            struct store_undo *undo = geo_undo_begin(both.store, &err);
            sqlite3_session *session = record_plain();
            assert_non_null(undo);
            for (int step = 0; step < 20; step++)
                one_step();
            assert_true(geo_undo_finish(undo, "alianzas", "f", "{}", &id, &err));
            geo_undo_free(undo);
            if (!geo_undo_apply(both.store, id, NULL, NULL, &err) ||
                !geo_store_commit(both.store, &err))
                fail_msg("seed %llu: %s", (unsigned long long)seed, err.message);
            revert_plain(session);
            compare(seed, batch, true);
        }
    }
}

/* Another program removes the record: in the database without triggers it does not mind
 * foreign keys. */
static void remove_without_keys(const struct geo_table *table, const char *codigo)
{
    sqlite3 *db = both.store->db->handle;
    assert_int_equal(run_sql(db, "PRAGMA foreign_keys = OFF"), SQLITE_OK);
    run_both("DELETE FROM %s WHERE codigo = '%s'", table->name, codigo);
    assert_int_equal(run_sql(db, "PRAGMA foreign_keys = ON"), SQLITE_OK);
}

/* Another program writes records, without triggers; geo_store_mend() makes of it what
 * triggers would have made. */
static void mending_is_what_triggers_did(void **state)
{
    struct err err = {0};
    (void)state;
    for (uint64_t seed = 201; seed <= 200 + SEEDS; seed++) {
        forget(seed);
        for (int step = 0; step < STEPS; step++) {
            const struct geo_table *table =
                geo_table_find(tables[below(sizeof tables / sizeof *tables)]);
            char codigo[8];
            snprintf(codigo, sizeof codigo, "c%d", (int)below(CODES));
            if (below(4) == 0)
                remove_without_keys(table, codigo);
            else if (below(3) == 0)
                run_both("UPDATE subproyectos SET geom = (SELECT geom FROM areas_riego"
                         " WHERE codigo = '%s') WHERE codigo = '%s'",
                         codigo, codigo);
            else if (below(2))
                link_one(table, codigo);
            else
                put_one(table, codigo);
            if (step % 10 != 9)
                continue;
            if (!geo_store_begin(both.store, &err) || !geo_store_mend(both.store, &err) ||
                !geo_store_commit(both.store, &err))
                fail_msg("%s", err.message);
            compare(seed, step, false);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writing_is_what_triggers_did),
        cmocka_unit_test(writing_much_is_what_triggers_did),
        cmocka_unit_test(undoing_is_what_triggers_did),
        cmocka_unit_test(mending_is_what_triggers_did),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
