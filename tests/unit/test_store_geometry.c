/* test_store_geometry.c - tests of geo/store/db_geometry_sqlite.c.
 * The same bytes as SpatiaLite's AsBinary(), or a message that says what is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "geo/store/db_sqlite.h"
#include "geo/store/store_internal.h"

/* Eight or four bytes of a valid geometry are replaced, starting at `at` (0 is the first). */
#define HARMED(wkt, at, hex)                                                                    \
    "(SELECT CAST(substr(h, 1, " #at ") || x'" hex "' || substr(h, " #at " + 1 + length(x'" hex \
    "')) AS BLOB) FROM (SELECT GeomFromText('" wkt "', 4326) AS h))"

static const struct {
    const char *name, *sql;
    const char *wrong; /* NULL: it is read */
} cases[] = {
    {"point", "GeomFromText('POINT(-65.5 -17.25)', 4326)", NULL},
    {"line", "GeomFromText('LINESTRING(-65 -17, -64 -16, -63 -18)', 4326)", NULL},
    {"polygon with a hole",
     "GeomFromText('POLYGON((0 0, 9 0, 9 9, 0 9, 0 0),"
     "(1 1, 1 2, 2 2, 2 1, 1 1))', 4326)",
     NULL},
    {"points", "GeomFromText('MULTIPOINT(1 2, 3 4)', 4326)", NULL},
    {"lines", "GeomFromText('MULTILINESTRING((0 0, 1 1), (2 2, 3 3, 4 5))', 4326)", NULL},
    {"polygons",
     "GeomFromText('MULTIPOLYGON(((0 0, 9 0, 9 9, 0 0)), ((20 0, 29 0, 29 9, 20 0),"
     "(25 1, 26 2, 27 2, 25 1)))', 4326)",
     NULL},
    {"one polygon as many", "CastToMulti(GeomFromText('POLYGON((0 0, 9 0, 9 9, 0 0))', 4326))",
     NULL},
    {"collection", "GeomFromText('GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(0 0, 1 1))', 4326)",
     "XY"},
    {"with a height", "GeomFromText('POINTZ(1 2 3)', 4326)", "XY"},
    {"compressed", "CompressGeometry(GeomFromText('LINESTRING(0 0, 1 1, 2 3, 4 4)', 4326))", "XY"},
    {"none", "NULL", "XY"},
    {"no geometry", "x'0001020304'", "XY"},
    {"elsewhere", "GeomFromText('POINT(1 2)', 32719)", "EPSG:4326"},
    {"off the globe", "GeomFromText('POINT(181 2)', 4326)", "globo"},
    {"not a number", HARMED("POINT(1 2)", 43, "000000000000F87F"), "globo"},
    {"open ring", HARMED("POLYGON((0 0, 9 0, 9 9, 0 0))", 51, "0000000000000040"), "cierra"},
    {"a promise of points", HARMED("LINESTRING(0 0, 1 1)", 43, "01000010"), "faltan"},
    {"a box of its own", HARMED("POINT(1 2)", 6, "0000000000000040"), "otro lugar"},
};

/* SpatiaLite is asked only about valid ones: it reads wherever a damaged one points. */
static sqlite3_stmt *row_of(struct geo_store *store, const char *value, bool sound)
{
    char sql[512];
    struct err err = {0};
    snprintf(sql, sizeof sql, "SELECT g, %s FROM (SELECT %s AS g)", sound ? "AsBinary(g)" : "NULL",
             value);
    sqlite3_stmt *statement = db_statement(store->db, sql, &err);
    if (!statement)
        fail_msg("%s", err.message);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    return statement;
}

static void same_as_the_library(void **state)
{
    struct buf wkb;
    buf_init(&wkb);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sqlite3_stmt *statement = row_of(*state, cases[i].sql, !cases[i].wrong);
        const char *wrong = db_geometry_wkb(sqlite3_column_blob(statement, 0),
                                            (size_t)sqlite3_column_bytes(statement, 0), &wkb);
        if (!wrong != !cases[i].wrong || (wrong && !strstr(wrong, cases[i].wrong)))
            fail_msg("%s: %s", cases[i].name, wrong ? wrong : "was read");
        if (wrong) {
            assert_int_equal(wkb.len, 0);
            sqlite3_finalize(statement);
            continue;
        }
        size_t wanted = (size_t)sqlite3_column_bytes(statement, 1);
        if (wkb.len != wanted ||
            (wanted && memcmp(wkb.data, sqlite3_column_blob(statement, 1), wanted) != 0))
            fail_msg("%s: %zu bytes, %zu wanted", cases[i].name, wkb.len, wanted);
        sqlite3_finalize(statement);
    }
    buf_free(&wkb);
}

/* Counts larger than the data must be refused. */
static void truncated_geometries_are_read_within_their_bytes(void **state)
{
    struct buf wkb;
    buf_init(&wkb);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sqlite3_stmt *statement = row_of(*state, cases[i].sql, !cases[i].wrong);
        size_t len = (size_t)sqlite3_column_bytes(statement, 0);
        const unsigned char *blob = sqlite3_column_blob(statement, 0);
        for (size_t cut = 0; cut < len; cut++) {
            unsigned char *copy =
                malloc(cut + 1); /* an exact allocation: ASan sees one byte too many */
            assert_non_null(copy);
            memcpy(copy, blob, cut);
            copy[cut] = 0xFE;
            (void)db_geometry_wkb(copy, cut + 1, &wkb);
            free(copy);
        }
        sqlite3_finalize(statement);
    }
    buf_free(&wkb);
}

static char folder[] = "/tmp/sigg-test-XXXXXX", path[64];

static int open_store(void **state)
{
    struct err err = {0};
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/a.sqlite", folder);
    *state = geo_store_open(path, GEO_STORE_CREATE, &err);
    return *state ? 0 : -1;
}

static int close_store(void **state)
{
    char command[96];
    geo_store_close(*state);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_as_the_library),
        cmocka_unit_test(truncated_geometries_are_read_within_their_bytes),
    };
    return cmocka_run_group_tests(tests, open_store, close_store);
}
