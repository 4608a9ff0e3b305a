/* test_store_bulk.c - tests of geo/store/db_bulk_sqlite.c, db_rtree_sqlite.c.
 * db_inserted_sqlite.c too. A large transaction leaves the index and the times that SpatiaLite's
 * triggers leave. Random puts and removals; the index is compared with the records by `sigg check`
 * (rtreecheck() too), and its answers with brute force. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "geo/analysis/random.h"
#include "geo/import/import.h"
#include "geo/store/db_rtree_sqlite.h"
#include "geo/store/store_internal.h"
#include "geo/store/store_undo.h"

enum { CODES = 6000 };

struct fixture {
    char folder[64], path[96];
    struct geo_store *store;
    struct geo_random random;
    double at[CODES][2];
    bool there[CODES];
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct err err = {0};
    strcpy(fixture->folder, "/tmp/sigg-test-XXXXXX");
    if (!mkdtemp(fixture->folder))
        return -1;
    snprintf(fixture->path, sizeof fixture->path, "%s/a.sqlite", fixture->folder);
    fixture->store = geo_store_open(fixture->path, GEO_STORE_CREATE, &err);
    if (!fixture->store)
        print_error("%s\n", err.message);
    geo_random_start(&fixture->random, 20261130, 0);
    *state = fixture;
    return fixture->store ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    char command[128];
    geo_store_close(fixture->store);
    snprintf(command, sizeof command, "rm -rf %s", fixture->folder);
    free(fixture);
    return system(command);
}

static size_t below(struct fixture *fixture, size_t n)
{
    return (size_t)(geo_random_next(&fixture->random) % n);
}

static double between(struct fixture *fixture, double from, double to)
{
    return from + (to - from) * (double)below(fixture, 1000003) / 1000003;
}

/* Puts a community at a random place; every seventh has none. */
static void put(struct fixture *fixture, size_t code)
{
    const struct geo_table *table = geo_table_find("comunidades");
    struct geo_value values[64] = {{0}};
    struct err err = {0};
    char codigo[16];
    unsigned char wkb[21] = {1, 1};
    enum geo_put what;
    int64_t id;
    double at[2] = {between(fixture, -69, -58), between(fixture, -22, -10)};
    bool placed = code % 7 != 0;
    memcpy(wkb + 5, at, sizeof at);
    snprintf(codigo, sizeof codigo, "C%05zu", code);
    const struct geo_value text = {.kind = GEO_TEXT_VALUE, .text = codigo};
    values[geo_table_field(table, "codigo")] = values[geo_table_field(table, "nombre")] = text;
    const struct geo_record record = {.wkb = wkb, .wkb_len = placed ? 21 : 0, .values = values};
    if (!geo_store_put(fixture->store, table, &record, &what, &id, &err))
        fail_msg("%s", err.message);
    memcpy(fixture->at[code], at, sizeof at);
    fixture->there[code] = placed;
}

static bool take_id(void *arg, const struct geo_record *record)
{
    *(int64_t *)arg = record->id;
    return false;
}

static void remove_if_there(struct fixture *fixture, size_t code)
{
    const struct geo_table *table = geo_table_find("comunidades");
    struct err err = {0};
    char codigo[16];
    int64_t id = 0;
    snprintf(codigo, sizeof codigo, "C%05zu", code);
    const struct geo_query query = {.field = "codigo", .equals = codigo};
    assert_true(geo_store_each(fixture->store, table, &query, take_id, &id, &err));
    if (id && !geo_store_remove(fixture->store, table, id, &err))
        fail_msg("%s", err.message);
    fixture->there[code] = false;
}

static bool count_one(void *arg, const struct geo_record *record)
{
    (void)record;
    ++*(size_t *)arg;
    return true;
}

/* Some boxes find what brute force finds. */
static void compare_boxes(struct fixture *fixture)
{
    struct err err = {0};
    for (int k = 0; k < 50; k++) {
        double lon = between(fixture, -69, -58), lat = between(fixture, -22, -10);
        struct geo_box box = {lon, lat, lon + between(fixture, 0, 3), lat + between(fixture, 0, 3)};
        const struct geo_query query = {.box = &box};
        size_t found = 0, wanted = 0;
        for (size_t c = 0; c < CODES; c++)
            wanted += fixture->there[c] && fixture->at[c][0] >= box.min_x &&
                      fixture->at[c][0] <= box.max_x && fixture->at[c][1] >= box.min_y &&
                      fixture->at[c][1] <= box.max_y;
        assert_true(geo_store_each(fixture->store, geo_table_find("comunidades"), &query, count_one,
                                   &found, &err));
        assert_int_equal(found, wanted);
    }
}

static void print_finding(void *arg, const char *finding)
{
    (void)arg;
    print_error("%s\n", finding);
}

static int64_t number(struct fixture *fixture, const char *sql)
{
    struct err err = {0};
    sqlite3_stmt *statement = db_statement(fixture->store->db, sql, &err);
    assert_non_null(statement);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

/* What a transaction does to the table: rows put from a code on, and rows removed at random. */
static const struct {
    const char *name;
    size_t from, puts, removals;
    bool bulk; /* it counts as large */
} cases[] = {
    {"a tree of one node", 0, 12, 0, false},
    {"many into few: packed", 0, 1500, 0, true},
    {"few into many", 1500, 40, 60, false},
    {"some into many: entry by entry", 1400, 300, 50, true},
    {"many over many: packed anew", 500, 4000, 500, true},
    {"most of them, in three levels", 0, CODES, 100, true},
    {"the next ones, with triggers", 100, 100, 100, false},
};

static void large_transactions_leave_the_same_index(void **state)
{
    struct fixture *fixture = *state;
    struct err err = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t findings = 0;
        assert_true(geo_store_begin(fixture->store, &err));
        for (size_t k = 0; k < cases[i].puts; k++)
            put(fixture, cases[i].from + k);
        for (size_t k = 0; k < cases[i].removals; k++)
            remove_if_there(fixture, below(fixture, CODES));
        assert_int_equal(fixture->store->db->bulk != NULL, cases[i].bulk);
        if (!geo_store_commit(fixture->store, &err) ||
            !geo_store_check(fixture->store, print_finding, NULL, &findings, &err))
            fail_msg("%s: %s", cases[i].name, err.message);
        if (findings)
            fail_msg("%s: %lld findings", cases[i].name, (long long)findings);
        compare_boxes(fixture);
    }
}

/* Searching ends the large transaction's delay; it goes on afterwards. */
static void a_search_in_between_finds_all(void **state)
{
    struct fixture *fixture = *state;
    struct err err = {0};
    assert_true(geo_store_begin(fixture->store, &err));
    for (int round = 0; round < 3; round++) {
        for (size_t k = 0; k < 1000; k++)
            put(fixture, below(fixture, CODES));
        assert_non_null(fixture->store->db->bulk);
        compare_boxes(fixture);
        assert_null(fixture->store->db->bulk);
    }
    assert_true(geo_store_commit(fixture->store, &err));
}

static void rolled_back_nothing_is_left(void **state)
{
    struct fixture *fixture = *state;
    struct err err = {0};
    int64_t findings = 0, before = number(fixture, "SELECT count(*) FROM idx_comunidades_geom");
    char there[sizeof fixture->there], at[sizeof fixture->at];
    memcpy(there, fixture->there, sizeof there);
    memcpy(at, fixture->at, sizeof at);
    assert_true(geo_store_begin(fixture->store, &err));
    for (size_t k = 0; k < 2000; k++)
        put(fixture, k);
    geo_store_rollback(fixture->store);
    assert_null(fixture->store->db->bulk);
    memcpy(fixture->there, there, sizeof there);
    memcpy(fixture->at, at, sizeof at);
    assert_true(geo_store_begin(fixture->store, &err));
    put(fixture, 1); /* its trigger is on again */
    assert_true(geo_store_commit(fixture->store, &err));
    assert_int_equal(number(fixture, "SELECT count(*) FROM idx_comunidades_geom"), before);
    assert_true(geo_store_check(fixture->store, print_finding, NULL, &findings, &err));
    assert_int_equal(findings, 0);
    compare_boxes(fixture);
}

static void the_wrong_kind_is_refused_at_the_end(void **state)
{
    struct fixture *fixture = *state;
    struct err err = {0};
    assert_true(geo_store_begin(fixture->store, &err));
    for (size_t k = 0; k < 1000; k++)
        put(fixture, k);
    assert_true(db_script(fixture->store->db,
                          "UPDATE comunidades SET geom = GeomFromText('LINESTRING(0 0, 1 1)', 4326)"
                          " WHERE codigo = 'C00500'",
                          "probar", &err));
    assert_false(geo_store_commit(fixture->store, &err));
    assert_non_null(strstr(err.message, "comunidades, registro"));
    assert_int_equal(
        number(fixture, "SELECT count(*) FROM comunidades WHERE GeometryType(geom) = 'LINESTRING'"),
        0);
}

static void times_are_set(void **state)
{
    struct fixture *fixture = *state;
    struct err err = {0};
    assert_true(db_script(fixture->store->db,
                          "UPDATE geometry_columns_time SET last_insert = '2020', last_update ="
                          " '2020', last_delete = '2020'",
                          "probar", &err));
    assert_true(geo_store_begin(fixture->store, &err) && db_bulk_begin(fixture->store->db, &err));
    for (size_t k = 0; k < 1000; k++)
        put(fixture, k);
    assert_true(geo_store_commit(fixture->store, &err));
    assert_int_equal(number(fixture, "SELECT last_update > '2025' AND last_delete = '2020' FROM"
                                     " geometry_columns_time WHERE f_table_name = 'comunidades'"),
                     1);
    assert_int_equal(number(fixture, "SELECT count(*) FROM geometry_columns_time WHERE"
                                     " last_update > '2025'"),
                     1);
}

/* An import of these codes that is committed; returns its id. */
static int64_t import(struct fixture *fixture, size_t from, size_t n)
{
    struct err err = {0};
    int64_t id = 0;
    assert_true(geo_store_begin(fixture->store, &err));
    struct store_undo *undo = geo_undo_begin(fixture->store, &err);
    assert_non_null(undo);
    for (size_t k = 0; k < n; k++)
        put(fixture, from + k);
    if (!geo_undo_finish(undo, "comunidades", "f", "{}", &id, &err))
        fail_msg("%s", err.message);
    geo_undo_free(undo);
    assert_true(geo_store_commit(fixture->store, &err));
    return id;
}

static bool count_touched(void *arg, const char *table, int64_t id)
{
    (void)table;
    *(int64_t *)arg += id > 0;
    return true;
}

/* Records of two codes in three are new in the second import, the others changed. */
static void a_large_import_is_undone(void **state)
{
    static const char all[] = "SELECT sum(length(codigo) * 7 + id) + total(ST_X(geom)) * 1e6 FROM"
                              " comunidades";
    struct fixture *fixture = *state;
    struct err err = {0};
    int64_t findings = 0, touched = 0;
    assert_true(db_script(fixture->store->db, "DELETE FROM comunidades", "probar", &err));
    import(fixture, 0, 1000);
    int64_t before = number(fixture, all);
    int64_t id = import(fixture, 0, 3000);
    assert_int_equal(number(fixture, "SELECT length(cambios) BETWEEN 50000 AND 400000"
                                     " FROM importaciones ORDER BY id DESC LIMIT 1"),
                     1);
    assert_true(geo_store_begin(fixture->store, &err));
    if (!geo_undo_apply(fixture->store, id, count_touched, &touched, &err) ||
        !geo_store_commit(fixture->store, &err))
        fail_msg("%s", err.message);
    assert_in_range(touched, 2800, 3000); /* some were put where they were: without a place */
    assert_int_equal(number(fixture, all), before);
    assert_true(geo_store_check(fixture->store, print_finding, NULL, &findings, &err));
    assert_int_equal(findings, 0);
}

/* Old values of 8 KB take more memory than a part may: the second time that the records are changed
 * they are in another part. */
static void records_in_two_parts_are_undone(void **state)
{
    static const char all[] = "SELECT total(unicode(substr(nombre, 77)) * id + ST_X(geom) * 1e6)"
                              " FROM comunidades";
    struct fixture *fixture = *state;
    struct err err = {0};
    struct geo_import_undone undone;
    assert_true(db_script(fixture->store->db, "DELETE FROM comunidades", "probar", &err));
    import(fixture, 0, 3000);
    assert_true(db_script(fixture->store->db,
                          "UPDATE comunidades SET nombre = hex(randomblob(4000))", "probar", &err));
    int64_t before = number(fixture, all);
    assert_true(geo_store_begin(fixture->store, &err));
    struct store_undo *undo = geo_undo_begin(fixture->store, &err);
    for (size_t k = 0; k < 6000; k++)
        put(fixture, k % 3000);
    assert_true(geo_undo_finish(undo, "comunidades", "f", "{}", NULL, &err));
    geo_undo_free(undo);
    assert_true(geo_store_commit(fixture->store, &err));
    assert_int_equal(number(fixture, "SELECT count(*) FROM importaciones_partes"), 1);
    assert_true(number(fixture, all) != before);
    if (!geo_import_undo(fixture->store, &undone, &err))
        fail_msg("%s", err.message);
    assert_int_equal(undone.records, 3000);
    assert_int_equal(number(fixture, all), before);
}

static void inserted_rows_take_few_bytes(void **state)
{
    struct fixture *fixture = *state;
    struct err err = {0};
    assert_true(db_script(fixture->store->db, "DELETE FROM comunidades", "probar", &err));
    import(fixture, 0, 2000);
    assert_int_equal(number(fixture, "SELECT length(cambios) < 100 FROM importaciones"
                                     " ORDER BY id DESC LIMIT 1"),
                     1);
}

/* Somebody changed, removed or replaced one of the rows: nothing is undone. */
static void a_later_change_stands_in_the_way(void **state)
{
    static const char *const changes[] = {
        "UPDATE comunidades SET nombre = 'otro' WHERE codigo = 'C01000'",
        "UPDATE comunidades SET geom = NULL WHERE codigo = 'C01000'",
        "UPDATE comunidades SET personas = 0 WHERE codigo = 'C01000'",
        "DELETE FROM comunidades WHERE codigo = 'C01999'",
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct err err = {0};
        assert_true(db_script(fixture->store->db, "DELETE FROM comunidades", "probar", &err));
        int64_t id = import(fixture, 0, 2000);
        assert_true(db_script(fixture->store->db, changes[i], "probar", &err));
        assert_true(geo_store_begin(fixture->store, &err));
        assert_false(geo_undo_apply(fixture->store, id, NULL, NULL, &err));
        assert_int_equal(err.kind, ERR_INPUT);
        assert_non_null(strstr(err.message, "comunidades"));
        geo_store_rollback(fixture->store);
        assert_in_range(number(fixture, "SELECT count(*) FROM comunidades"), 1999, 2000);
    }
}

/* Bytes cut anywhere are refused with words. */
static void damaged_bytes_are_refused(void **state)
{
    struct fixture *fixture = *state;
    struct err err = {0};
    char sql[160];
    assert_true(db_script(fixture->store->db, "DELETE FROM comunidades", "probar", &err));
    int64_t id = import(fixture, 0, 400);
    int64_t len = number(fixture, "SELECT length(cambios) FROM importaciones ORDER BY id DESC"
                                  " LIMIT 1");
    while (--len > 0) {
        snprintf(sql, sizeof sql,
                 "UPDATE importaciones SET cambios = substr(cambios, 1, %lld) WHERE id = %lld",
                 (long long)len, (long long)id);
        assert_true(db_script(fixture->store->db, sql, "probar", &err));
        assert_true(geo_store_begin(fixture->store, &err));
        assert_false(geo_undo_apply(fixture->store, id, NULL, NULL, &err));
        assert_non_null(strstr(err.message, "dañado"));
        geo_store_rollback(fixture->store);
    }
}

static bool busy(struct fixture *fixture)
{
    sqlite3_stmt *each = NULL;
    while ((each = sqlite3_next_stmt(fixture->store->db->handle, each)))
        if (sqlite3_stmt_busy(each))
            return true;
    return false;
}

/* A search that is kept for the put after it ends with the transaction, and with a removal. */
static void a_kept_search_is_never_stale(void **state)
{
    struct fixture *fixture = *state;
    const struct geo_table *table = geo_table_find("comunidades");
    struct geo_value values[64] = {{0}};
    const struct geo_record key = {.values = values};
    struct err err = {0};
    enum geo_put what;
    int64_t id = 0, again = 0;
    values[geo_table_field(table, "codigo")] = values[geo_table_field(table, "nombre")] =
        (struct geo_value){.kind = GEO_TEXT_VALUE, .text = "BUSCADA"};
    assert_true(geo_store_begin(fixture->store, &err));
    assert_true(geo_store_find(fixture->store, table, &key, take_id, &id, &err) && id == 0);
    assert_true(geo_store_put(fixture->store, table, &key, &what, &id, &err));
    assert_int_equal(what, GEO_PUT_NEW);
    assert_true(geo_store_find(fixture->store, table, &key, take_id, &again, &err));
    assert_int_equal(again, id);
    assert_true(geo_store_remove(fixture->store, table, id, &err));
    assert_true(geo_store_put(fixture->store, table, &key, &what, &again, &err));
    assert_int_equal(what, GEO_PUT_NEW);
    assert_true(again > id);
    assert_true(geo_store_find(fixture->store, table, &key, take_id, &id, &err));
    assert_true(geo_store_commit(fixture->store, &err));
    assert_false(busy(fixture));
    assert_true(geo_store_find(fixture->store, table, &key, take_id, &id, &err));
    assert_false(busy(fixture)); /* outside a transaction nothing is kept */
}

/* Whatever the number of entries, also where all lie at one place. */
static void any_number_of_entries(void **state)
{
    static const size_t counts[] = {0, 1, 44, 45, 46, 51, 52, 2000, 2026, 5000};
    struct fixture *fixture = *state;
    struct db *db = fixture->store->db;
    struct err err = {0};
    struct db_rtree_entry *entries = calloc(5000, sizeof *entries);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
    assert_true(db_script(db, "CREATE VIRTUAL TABLE prueba USING rtree(id, a, b, c, d)", "", &err));
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        for (size_t k = 0; k < counts[i]; k++) {
            double lon = i % 3 ? between(fixture, -69, -58) : -60.1, lat = i % 3 ? (double)k : -17;
            entries[k] =
                db_rtree_entry(3 * (int64_t)k - 100, (double[4]){lon, lat, lon + 0.1, lat + 0.1});
        }
        if (!db_rtree_write(db, "prueba", entries, counts[i], &err))
            fail_msg("%s", err.message);
        assert_int_equal(number(fixture, "SELECT rtreecheck('prueba') = 'ok'"), 1);
        assert_int_equal(number(fixture, "SELECT count(*) FROM prueba WHERE a < 1e9 AND c > -1e9"),
                         counts[i]);
        assert_true(db_script(db, "INSERT INTO prueba VALUES (999999, 1, 2, 3, 4)", "", &err));
        assert_true(db_script(db, "DELETE FROM prueba WHERE id % 2", "", &err));
        assert_int_equal(number(fixture, "SELECT rtreecheck('prueba') = 'ok'"), 1);
    }
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    free(entries);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(large_transactions_leave_the_same_index),
        cmocka_unit_test(a_search_in_between_finds_all),
        cmocka_unit_test(rolled_back_nothing_is_left),
        cmocka_unit_test(the_wrong_kind_is_refused_at_the_end),
        cmocka_unit_test(times_are_set),
        cmocka_unit_test(a_large_import_is_undone),
        cmocka_unit_test(records_in_two_parts_are_undone),
        cmocka_unit_test(inserted_rows_take_few_bytes),
        cmocka_unit_test(a_later_change_stands_in_the_way),
        cmocka_unit_test(damaged_bytes_are_refused),
        cmocka_unit_test(a_kept_search_is_never_stale),
        cmocka_unit_test(any_number_of_entries),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
