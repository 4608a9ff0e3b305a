/* test_store.c - tests of geo/store: schema, records, layers, editions, check, backup. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "geo/base/buf.h"
#include "geo/store/db_sqlite.h"
#include "geo/store/store_internal.h"

static const char square[] = /* POLYGON((-66 -18, -65 -18, -65 -17, -66 -17, -66 -18)) */
    "\x01\x03\0\0\0\x01\0\0\0\x05\0\0\0";

struct fixture {
    char folder[64], path[96];
    struct geo_store *store;
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
    *state = fixture;
    return fixture->store ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    geo_store_close(fixture->store);
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", fixture->folder);
    int status = system(command);
    free(fixture);
    return status;
}

static struct geo_value text(const char *value)
{
    return (struct geo_value){.kind = GEO_TEXT_VALUE, .text = value};
}

static struct geo_value integer(int64_t value)
{
    return (struct geo_value){.kind = GEO_INT_VALUE, .integer = value};
}

static void point_wkb(unsigned char wkb[21], double lon, double lat)
{
    memcpy(wkb, "\x01\x01\0\0\0", 5);
    memcpy(wkb + 5, &lon, 8);
    memcpy(wkb + 13, &lat, 8);
}

static size_t square_wkb(unsigned char *wkb, double lon, double lat, double side)
{
    const double xy[] = {lon,        lat, lon + side, lat, lon + side,
                         lat + side, lon, lat + side, lon, lat};
    memcpy(wkb, square, 13);
    memcpy(wkb + 13, xy, sizeof xy);
    return 13 + sizeof xy;
}

/* An alianza with the fields the cases need. */
static struct geo_record alianza(struct geo_value *values, const char *codigo, int64_t familias,
                                 unsigned char wkb[21], double lon, double lat)
{
    const struct geo_table *table = geo_table_find("alianzas");
    memset(values, 0, table->n_fields * sizeof *values);
    values[geo_table_field(table, "codigo")] = text(codigo);
    values[geo_table_field(table, "nombre")] = text("Asociación de Ñuflo");
    values[geo_table_field(table, "familias")] = integer(familias);
    values[geo_table_field(table, "comprometido_cts")] = integer(1234567);
    point_wkb(wkb, lon, lat);
    return (struct geo_record){.wkb = wkb, .wkb_len = 21, .values = values};
}

/* In any order: a later migration adds its columns at the end. */
static bool has_column(sqlite3_stmt *statement, const char *name)
{
    for (int i = 0; i < sqlite3_column_count(statement); i++)
        if (strcmp(sqlite3_column_name(statement, i), name) == 0)
            return true;
    print_error("no column %s\n", name);
    return false;
}

static void sql_and_schema_name_the_same_columns(void **state)
{
    struct fixture *fixture = *state;
    struct err err = {0};
    for (const struct geo_table *table = geo_tables; table->name; table++) {
        char sql[128];
        snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", table->name);
        sqlite3_stmt *statement = db_statement(fixture->store->db, sql, &err);
        assert_non_null(statement);
        size_t expected = 1 + table->n_fields + (table->geometry != GEO_NO_GEOMETRY);
        assert_int_equal((size_t)sqlite3_column_count(statement), expected);
        for (size_t i = 0; i < table->n_fields; i++)
            assert_true(has_column(statement, table->fields[i].name));
        sqlite3_finalize(statement);
        for (int k = 0; table->key[k]; k++)
            assert_true(geo_table_field(table, table->key[k]) >= 0);
    }
    assert_true(geo_table_find("municipios") && !geo_table_find("nada"));
}

struct seen {
    int count;
    int64_t familias, cts, id;
    double lon;
    char nombre[64];
};

static bool see(void *arg, const struct geo_record *record)
{
    struct seen *seen = arg;
    const struct geo_table *table = geo_table_find("alianzas");
    seen->count++;
    seen->id = record->id;
    seen->familias = geo_record_int(record, geo_table_field(table, "familias"));
    seen->cts = geo_record_int(record, geo_table_field(table, "comprometido_cts"));
    snprintf(seen->nombre, sizeof seen->nombre, "%s",
             geo_record_text(record, geo_table_field(table, "nombre")));
    assert_null(geo_record_text(record, geo_table_field(table, "opp")));
    assert_true(isnan(geo_record_real(record, geo_table_field(table, "modelo"))));
    if (record->wkb_len == 21)
        memcpy(&seen->lon, record->wkb + 5, 8);
    return true;
}

static void a_record_comes_back_as_it_went_in(void **state)
{
    struct fixture *fixture = *state;
    struct err err = {0};
    const struct geo_table *table = geo_table_find("alianzas");
    struct geo_value values[64];
    unsigned char wkb[21];
    enum geo_put what;
    int64_t id, again;
    struct geo_record record = alianza(values, "A-1", 30, wkb, -66.1, -17.4);
    assert_true(geo_store_begin(fixture->store, &err));
    assert_true(geo_store_put(fixture->store, table, &record, &what, &id, &err));
    assert_int_equal(what, GEO_PUT_NEW);
    assert_true(geo_store_put(fixture->store, table, &record, &what, &again, &err));
    assert_int_equal(what, GEO_PUT_UNCHANGED);
    assert_int_equal(again, id);
    record = alianza(values, "A-1", 31, wkb, -66.1, -17.4);
    assert_true(geo_store_put(fixture->store, table, &record, &what, &again, &err));
    assert_int_equal(what, GEO_PUT_UPDATED);
    record = alianza(values, "A-1", 31, wkb, -66.2, -17.4);
    assert_true(geo_store_put(fixture->store, table, &record, &what, &again, &err));
    assert_int_equal(what, GEO_PUT_UPDATED);
    assert_int_equal(again, id);
    assert_true(geo_store_commit(fixture->store, &err));

    struct seen seen = {0};
    struct geo_query query = {.field = "codigo", .equals = "A-1"};
    assert_true(geo_store_each(fixture->store, table, &query, see, &seen, &err));
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.familias, 31);
    assert_int_equal(seen.cts, 1234567);
    assert_true(seen.lon == -66.2);
    assert_string_equal(seen.nombre, "Asociación de Ñuflo");

    struct geo_box here = {-66.2, -17.4, -66.2, -17.4}, there = {-66.1999999, -17.4, -66, -17};
    int64_t count;
    assert_true(
        geo_store_count(fixture->store, table, &(struct geo_query){.box = &here}, &count, &err));
    assert_int_equal(count, 1);
    assert_true(
        geo_store_count(fixture->store, table, &(struct geo_query){.box = &there}, &count, &err));
    assert_int_equal(count, 0);
    assert_true(geo_store_remove(fixture->store, table, id, &err));
    assert_false(geo_store_remove(fixture->store, table, id, &err));
    assert_int_equal(err.kind, ERR_NOT_FOUND);
}

static void what_is_rolled_back_was_never_there(void **state)
{
    struct fixture *fixture = *state;
    struct err err = {0};
    const struct geo_table *table = geo_table_find("alianzas");
    struct geo_value values[64];
    unsigned char wkb[21];
    enum geo_put what;
    int64_t id, count = -1, revision = -1;
    struct geo_record record = alianza(values, "A-2", 30, wkb, -66.1, -17.4);
    assert_true(geo_store_begin(fixture->store, &err));
    assert_true(geo_store_put(fixture->store, table, &record, &what, &id, &err));
    assert_true(geo_store_touch(fixture->store, "alianzas", "prueba.csv", true, NULL, &err));
    geo_store_rollback(fixture->store);
    assert_true(geo_store_count(fixture->store, table, NULL, &count, &err));
    assert_int_equal(count, 0);
    assert_true(geo_store_revision(fixture->store, &revision, &err));
    assert_int_equal(revision, 0);

    /* The error of a record that breaks a constraint names the table, and nothing is
     * written. */
    record = alianza(values, "A-2", -1, wkb, -66.1, -17.4);
    assert_true(geo_store_begin(fixture->store, &err));
    assert_false(geo_store_put(fixture->store, table, &record, &what, &id, &err));
    assert_non_null(strstr(err.message, "alianzas"));
    geo_store_rollback(fixture->store);
}

static void layers_count_their_changes(void **state)
{
    struct fixture *fixture = *state;
    struct err err = {0};
    struct geo_layer_info info;
    assert_true(geo_store_layer(fixture->store, "alianzas", &info, &err));
    assert_int_equal(info.revision, 0);
    assert_true(geo_store_touch(fixture->store, "alianzas", "datos", true, "2022-12-31", &err));
    assert_true(geo_store_touch(fixture->store, "alianzas", NULL, false, NULL, &err));
    assert_true(geo_store_layer(fixture->store, "alianzas", &info, &err));
    assert_int_equal(info.revision, 2);
    assert_true(info.simulated);
    assert_string_equal(info.source, "datos");
    assert_string_equal(info.data_date, "2022-12-31");
}

static bool count_units(void *arg, const struct geo_edition_info *edition)
{
    int64_t *units = arg;
    *units += edition->units;
    return true;
}

static void put_unit(struct geo_store *store, const char *edition, const char *codigo, double lon)
{
    struct err err = {0};
    const struct geo_table *table = geo_table_find("municipios");
    struct geo_value values[16] = {{0}};
    unsigned char wkb[128];
    enum geo_put what;
    int64_t id;
    values[geo_table_field(table, "edicion")] = text(edition);
    values[geo_table_field(table, "codigo")] = text(codigo);
    values[geo_table_field(table, "nombre")] = text("Uno");
    struct geo_record record = {
        .wkb = wkb, .wkb_len = square_wkb(wkb, lon, -18, 1), .values = values};
    if (!geo_store_put(store, table, &record, &what, &id, &err))
        fail_msg("%s", err.message);
    /* The polygon was stored as a multipolygon; writing the same polygon again is no
     * change. */
    assert_true(geo_store_put(store, table, &record, &what, &id, &err));
    assert_int_equal(what, GEO_PUT_UNCHANGED);
}

static void editions_stand_side_by_side_and_one_is_current(void **state)
{
    struct fixture *fixture = *state;
    struct geo_store *store = fixture->store;
    struct err err = {0};
    struct geo_edition_info edition;
    assert_false(geo_store_edition(store, NULL, &edition, &err));
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    struct geo_edition_info one = {.codigo = "339", .title = "Una", .current = true},
                            two = {.codigo = "2024",
                                   .title = "Otra",
                                   .current = true,
                                   .schematic = true};
    assert_true(geo_store_begin(store, &err));
    assert_true(geo_store_edition_put(store, &one, &err));
    put_unit(store, "339", "010101", -66);
    assert_true(geo_store_edition_put(store, &two, &err));
    put_unit(store, "2024", "010101", -66);
    put_unit(store, "2024", "010102", -65);
    assert_true(geo_store_commit(store, &err));
    assert_true(geo_store_edition(store, NULL, &edition, &err));
    assert_string_equal(edition.codigo, "2024");
    assert_int_equal(edition.units, 2);
    assert_true(edition.schematic);
    assert_false(geo_store_edition(store, "1900", &edition, &err));
    assert_non_null(strstr(err.message, "339, 2024"));
    int64_t units = 0;
    assert_true(geo_store_editions(store, count_units, &units, &err));
    assert_int_equal(units, 3);
    assert_true(geo_store_edition_remove(store, "2024", &err));
    units = 0;
    assert_true(geo_store_editions(store, count_units, &units, &err));
    assert_int_equal(units, 1);
}

static void print_finding(void *arg, const char *finding)
{
    struct buf *all = arg;
    buf_puts(all, finding);
    buf_putc(all, '\n');
}

static void check_finds_what_is_wrong(void **state)
{
    struct fixture *fixture = *state;
    struct geo_store *store = fixture->store;
    struct err err = {0};
    struct buf all;
    int64_t count = -1;
    buf_init(&all);
    assert_true(geo_store_check(store, print_finding, &all, &count, &err));
    assert_int_equal(count, 0);
    struct geo_edition_info one = {.codigo = "339", .current = true};
    struct geo_value values[64];
    unsigned char wkb[21];
    enum geo_put what;
    int64_t id;
    struct geo_record record = alianza(values, "A-3", 1, wkb, -65.5, -17.5);
    assert_true(geo_store_edition_put(store, &one, &err));
    assert_true(geo_store_put(store, geo_table_find("alianzas"), &record, &what, &id, &err));
    assert_true(db_script(store->db,
                          "INSERT INTO vinculos VALUES ('subproyectos', 77, '339', 0, NULL,"
                          " 'ninguno', 'sin_municipio', NULL, 1, 0);"
                          "DELETE FROM idx_alianzas_geom;"
                          "PRAGMA foreign_keys = OFF;"
                          "INSERT INTO areas_riego (codigo, alianza_codigo) VALUES ('R', 'nada')",
                          "dañar", &err));
    assert_true(geo_store_check(store, print_finding, &all, &count, &err));
    assert_non_null(strstr(all.data, "alianzas: sin vínculo en la edición 339: 1 registros"));
    assert_non_null(strstr(all.data, "subproyectos: vínculos sin registro: 1"));
    assert_non_null(strstr(all.data, "alianzas: índice espacial"));
    assert_non_null(strstr(all.data, "clave foránea: areas_riego"));
    assert_int_equal(count, 5); /* and areas_riego without a link */
    buf_free(&all);
}

static void a_backup_opens_and_equals(void **state)
{
    struct fixture *fixture = *state;
    struct err err = {0};
    char path[128];
    assert_true(geo_store_touch(fixture->store, "alianzas", "datos", true, NULL, &err));
    snprintf(path, sizeof path, "%s/copia.sqlite", fixture->folder);
    assert_true(geo_store_backup(fixture->store, path, NULL, NULL, &err));
    assert_false(geo_store_backup(fixture->store, path, NULL, NULL, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    struct geo_store *copy = geo_store_open(path, GEO_STORE_READ, &err);
    assert_non_null(copy);
    int64_t revision = 0;
    assert_true(geo_store_revision(copy, &revision, &err));
    assert_int_equal(revision, 1);
    assert_false(geo_store_begin(copy, &err) &&
                 geo_store_touch(copy, "alianzas", NULL, false, NULL, &err));
    geo_store_close(copy);
}

struct told {
    int64_t ids[2048];
    size_t n;
    bool all;
};

static bool tell(void *arg, int64_t record)
{
    struct told *told = arg;
    told->ids[told->n++] = record;
    return true;
}

static struct told changed_since(struct geo_store *store, int64_t revision)
{
    struct told told = {.n = 0};
    struct err err = {0};
    if (!geo_store_changed(store, "alianzas", revision, tell, &told, &told.all, &err))
        fail_msg("%s", err.message);
    return told;
}

/* Puts some alianzas, "A<from>" and on, in one transaction. */
static void put_some(struct geo_store *store, int from, int n, int64_t familias, bool touch)
{
    unsigned char wkb[21];
    struct err err = {0};
    struct geo_value values[64] = {0};
    assert_true(geo_store_begin(store, &err));
    for (int i = from; i < from + n; i++) {
        char codigo[16];
        enum geo_put what;
        int64_t id;
        snprintf(codigo, sizeof codigo, "A%d", i);
        struct geo_record record = alianza(values, codigo, familias, wkb, -65, -17);
        assert_true(geo_store_put(store, geo_table_find("alianzas"), &record, &what, &id, &err));
    }
    if (touch)
        assert_true(geo_store_touch(store, "alianzas", NULL, false, NULL, &err));
    assert_true(geo_store_commit(store, &err));
}

static void changes_are_told_since_a_revision(void **state)
{
    struct geo_store *store = ((struct fixture *)*state)->store;
    struct err err = {0};
    put_some(store, 1, 3, 10, true); /* revision 1 */
    assert_int_equal(changed_since(store, 0).n, 3);
    assert_int_equal(changed_since(store, 1).n, 0);
    put_some(store, 2, 1, 11, true); /* 2 */
    put_some(store, 2, 1, 11, true); /* 3: writing the same again is no change */
    put_some(store, 3, 1, 12, true); /* 4 */
    struct told told = changed_since(store, 1);
    assert_true(told.n == 2 && !told.all && told.ids[0] == 2 && told.ids[1] == 3);
    told = changed_since(store, 2);
    assert_true(told.n == 1 && told.ids[0] == 3);
    /* A commit is reported to a reader that has the revision before it. */
    put_some(store, 1, 1, 13, false);
    told = changed_since(store, 4);
    assert_true(told.n == 1 && told.ids[0] == 1);
    /* Changes rolled back are not reported; removals are, and changes noted by others. */
    assert_true(geo_store_begin(store, &err));
    assert_true(geo_store_remove(store, geo_table_find("alianzas"), 2, &err));
    geo_store_rollback(store);
    assert_true(geo_store_begin(store, &err));
    assert_true(geo_store_remove(store, geo_table_find("alianzas"), 3, &err));
    geo_store_note(store, "alianzas", 77);
    geo_store_note(store, "conflictos", 5); /* a table of results: its changes are not asked for */
    assert_true(geo_store_touch(store, "alianzas", NULL, false, NULL, &err)); /* 5 */
    assert_true(geo_store_commit(store, &err));
    told = changed_since(store, 4);
    assert_true(told.n == 3 && told.ids[1] == 3 && told.ids[2] == 77);
    /* More changes than one commit lists, then more than are kept: "everything changed". */
    put_some(store, 100, STORE_NOTED_MAX, 1, true); /* 6 */
    told = changed_since(store, 5);
    assert_true(told.n == STORE_NOTED_MAX && !told.all);
    put_some(store, 100, STORE_NOTED_MAX + 1, 2, true); /* 7 */
    assert_true(changed_since(store, 6).all && changed_since(store, 1).all);
    assert_int_equal(changed_since(store, 7).n, 0);
    for (int i = 0; i < 7; i++)
        put_some(store, 100, STORE_NOTED_MAX, 10 + i, true); /* 8 .. 14 */
    assert_true(changed_since(store, 7).all);
    told = changed_since(store, 13);
    assert_true(told.n == STORE_NOTED_MAX && !told.all);
    int64_t rows = 0;
    sqlite3_stmt *count = db_statement(store->db, "SELECT count(*) FROM cambios", &err);
    assert_int_equal(sqlite3_step(count), SQLITE_ROW);
    rows = sqlite3_column_int64(count, 0);
    sqlite3_finalize(count);
    assert_true(rows <= 4 * STORE_NOTED_MAX);
}

static void other_files_are_refused(void **state)
{
    struct fixture *fixture = *state;
    struct err err = {0};
    char path[128];
    assert_null(geo_store_open(fixture->path, GEO_STORE_CREATE, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    snprintf(path, sizeof path, "%s/nada.sqlite", fixture->folder);
    assert_null(geo_store_open(path, GEO_STORE_READ, &err));
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    FILE *file = fopen(path, "w");
    fputs("esto no es una base", file);
    fclose(file);
    assert_null(geo_store_open(path, GEO_STORE_READ, &err));
    assert_true(db_script(fixture->store->db, "PRAGMA user_version = 999", "", &err));
    assert_null(geo_store_open(fixture->path, GEO_STORE_WRITE, &err));
    assert_non_null(strstr(err.message, "actualice el programa"));
    assert_true(db_script(fixture->store->db, "PRAGMA application_id = 1", "", &err));
    assert_null(geo_store_open(fixture->path, GEO_STORE_WRITE, &err));
    assert_non_null(strstr(err.message, "no es una base de datos de SIGG"));
}

static void cut_short(const struct fixture *fixture, const char *tail)
{
    char path[128];
    snprintf(path, sizeof path, "%s%s", fixture->path, tail);
    assert_int_equal(truncate(path, 0), 0);
}

static void an_emptied_log_is_noticed(void **state)
{
    struct fixture *fixture = *state;
    struct err err = {0};
    struct geo_store *reader = geo_store_open(fixture->path, GEO_STORE_READ, &err);
    assert_non_null(reader);
    assert_true(db_files_log_bytes(reader->db) > 0);
    assert_true(geo_store_sound(reader, &err));
    cut_short(fixture, "-wal");
    assert_false(geo_store_sound(reader, &err));
    assert_int_equal(err.kind, ERR_DEPENDENCY);
    geo_store_close(reader);
}

/* The shared-memory index must not be read: that would be a SIGBUS. */
static void an_index_cut_short_is_noticed(void **state)
{
    struct fixture *fixture = *state;
    struct err err = {0};
    struct geo_store *reader = geo_store_open(fixture->path, GEO_STORE_READ, &err);
    assert_non_null(reader);
    geo_store_close(fixture->store);
    fixture->store = NULL;
    assert_true(geo_store_sound(reader, &err));
    cut_short(fixture, "-shm");
    assert_false(geo_store_sound(reader, &err));
    geo_store_close(reader);
    reader = geo_store_open(fixture->path, GEO_STORE_READ, &err);
    assert_non_null(reader);
    geo_store_close(reader);
}

/* cp of a copy over the file, in the middle of an import. */
static void a_commit_upon_another_content_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct err err = {0};
    char copy[128], command[256];
    snprintf(copy, sizeof copy, "%s/copy.sqlite", fixture->folder);
    assert_true(geo_store_backup(fixture->store, copy, NULL, NULL, &err));
    geo_store_close(fixture->store);
    fixture->store = geo_store_open(fixture->path, GEO_STORE_WRITE, &err);
    assert_non_null(fixture->store);
    assert_true(geo_store_begin(fixture->store, &err));
    assert_true(geo_store_touch(fixture->store, "alianzas", NULL, true, NULL, &err));
    assert_true(geo_store_commit(fixture->store, &err));
    assert_true(geo_store_begin(fixture->store, &err));
    assert_true(geo_store_touch(fixture->store, "alianzas", NULL, true, NULL, &err));
    /* by another process: closing the file here would release SQLite's locks */
    snprintf(command, sizeof command, "cp %s %s", copy, fixture->path);
    assert_int_equal(system(command), 0);
    assert_false(geo_store_commit(fixture->store, &err));
    assert_int_equal(err.kind, ERR_DEPENDENCY);
    assert_non_null(strstr(err.message, "no son de la misma base"));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(sql_and_schema_name_the_same_columns),
        CASE(a_record_comes_back_as_it_went_in),
        CASE(what_is_rolled_back_was_never_there),
        CASE(layers_count_their_changes),
        CASE(changes_are_told_since_a_revision),
        CASE(editions_stand_side_by_side_and_one_is_current),
        CASE(check_finds_what_is_wrong),
        CASE(a_backup_opens_and_equals),
        CASE(other_files_are_refused),
        CASE(a_commit_upon_another_content_is_refused),
        CASE(an_emptied_log_is_noticed),
        CASE(an_index_cut_short_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
