/* test_source.c - tests of geo/source/source.
 * Encodings, separators, lines, CRS, zips, refusals; how often a file is read. The files are made
 * here; tests/cli/test_import reads those of other programs. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "geo/source/source.h"
#include "tests/support/scratch.h"

static const char *write_file(const char *name, const char *bytes, size_t len)
{
    const char *path = at(name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    return path;
}

#define LITERAL(text) (text), sizeof(text) - 1

static void text_is_read_whatever_its_encoding_and_separator(void **state)
{
    (void)state;
    static const struct {
        const char *name, *file;
        const char *bytes;
        size_t len;
    } cases[] = {
        {"comma", "a.csv", LITERAL("codigo,nombre\nA1,Cañón\n")},
        {"semicolon, CRLF", "b.csv", LITERAL("codigo;nombre\r\nA1;Cañón\r\n")},
        {"tab", "c.tsv", LITERAL("codigo\tnombre\nA1\tCañón\n")},
        {"tab in .txt", "d.txt", LITERAL("codigo\tnombre\nA1\tCañón\n")},
        {"byte order mark", "e.csv",
         LITERAL("\xEF\xBB\xBF"
                 "codigo,nombre\nA1,Cañón\n")},
        {"CP1252", "f.csv", LITERAL("codigo;nombre\nA1;Ca\xF1\xF3n\n")},
        {"UTF-16", "g.csv",
         LITERAL("\xFF\xFE"
                 "c\0o\0d\0i\0g\0o\0\t\0n\0o\0m\0b\0r\0e\0\n\0"
                 "A\0"
                 "1\0\t\0C\0a\0\xF1\0\xF3\0n\0\n\0")},
        {"quoted", "h.csv", LITERAL("codigo,nombre\n\"A1\",\"Cañón\"\n")},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct geo_source_options options = {
            .path = write_file(cases[i].file, cases[i].bytes, cases[i].len),
            .geometry = GEO_POINT,
        };
        struct err err = {0};
        struct geo_source *source = geo_source_open(&options, &err);
        if (!source)
            fail_msg("%s: %s", cases[i].name, err.message);
        struct geo_source_row row;
        bool more;
        assert_int_equal(geo_source_tables(source), 1);
        const struct geo_source_table *table = geo_source_table(source, 0);
        assert_int_equal(table->n_columns, 2);
        assert_string_equal(table->columns[0], "codigo");
        assert_int_equal(table->count, 1);
        assert_true(geo_source_read(source, 0, &err));
        assert_true(geo_source_next(source, &row, &more, &err));
        assert_true(more);
        assert_string_equal(row.cells[0].text, "A1");
        if (strcmp(row.cells[1].text, "Cañón") != 0)
            fail_msg("%s: %s", cases[i].name, row.cells[1].text);
        assert_int_equal(row.line, 2);
        assert_true(geo_source_next(source, &row, &more, &err));
        assert_false(more);
        geo_source_close(source);
    }
}

static void lines_are_those_of_the_file(void **state)
{
    (void)state;
    static const char text[] = "codigo,nombre\n\nA,\"dos\nlíneas, dice \"\"sí\"\"\"\n\n\nB,x\nC,y";
    static const int64_t lines[] = {3, 7, 8};
    struct geo_source_options options = {.path = write_file("l.csv", text, sizeof text - 1),
                                         .geometry = GEO_NO_GEOMETRY};
    struct err err = {0};
    struct geo_source *source = geo_source_open(&options, &err);
    assert_non_null(source);
    assert_string_equal(geo_source_table(source, 0)->place, "línea");
    for (int pass = 0; pass < 2; pass++) {
        struct geo_source_row row;
        bool more;
        assert_true(geo_source_read(source, 0, &err));
        for (size_t i = 0; i < 3; i++) {
            assert_true(geo_source_next(source, &row, &more, &err));
            assert_int_equal(row.line, lines[i]);
        }
        assert_true(geo_source_next(source, &row, &more, &err));
        assert_false(more);
    }
    geo_source_close(source);
}

static void what_cannot_be_read_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *file, *bytes;
        size_t len;
        const char *message;
    } cases[] = {
        {"q.csv", LITERAL("a,b\n1,2\n3,\"x\n4,5\n"), "hay una comilla que no se cierra"},
        {"z.csv", LITERAL("a,b\n1,\0\n"), "bytes nulos"},
        {"n.gpkg", LITERAL("nada"), "no es un archivo de datos"},
        {"e.zip", LITERAL("PK"), "zip"},
        {"v.vrt", LITERAL("<OGRVRTDataSource/>"), "no es un archivo de datos"},
        {"s.shp", LITERAL("\0\0\x27\x0a"), "falta «s.shx»"},
        {"c.geojson", LITERAL("{\"type\":\"FeatureCollection\",\"features\":[{\"ty"),
         "el JSON está cortado"},
        {"w.gpx", LITERAL("<gpx><wpt lat=\"-17\" lon=\"-66\">"), "el XML está cortado"},
        {"h.xlsx", LITERAL("PK\003\004nada"), "no se puede abrir como zip"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct geo_source_options options = {
            .path = write_file(cases[i].file, cases[i].bytes, cases[i].len),
            .geometry = GEO_POINT,
        };
        struct err err = {0};
        struct geo_source *source = geo_source_open(&options, &err);
        struct geo_source_row row;
        bool more = source && geo_source_read(source, 0, &err);
        while (more && err.kind == ERR_NONE)
            geo_source_next(source, &row, &more, &err);
        if (!strstr(err.message, cases[i].message))
            fail_msg("%s: %s", cases[i].file, err.message);
        geo_source_close(source);
    }
    struct geo_source_options missing = {.path = "/nada/de/esto.csv", .geometry = GEO_POINT};
    struct err err = {0};
    assert_null(geo_source_open(&missing, &err));
    assert_int_equal(err.kind, ERR_NOT_FOUND);
}

/* Figures: EPSG:32719 by cs2cs; EPSG:24879 by cct with EPSG:1202's parameters. */
static void polygons_come_in_lon_lat(void **state)
{
    (void)state;
    static const struct {
        int epsg;
        const char *wkt;
        enum geo_geometry wanted;
        bool ok;
        double x, y; /* first vertex */
        const char *crs;
    } cases[] = {
        {32719, "POLYGON((600000 8170000,601000 8170000,600000 8171000,600000 8170000))",
         GEO_MULTIPOLYGON, true, -68.0627757, -16.5499289, "EPSG:32719"},
        {24879, "POLYGON((600000 8170000,601000 8170000,600000 8171000,600000 8170000))",
         GEO_MULTIPOLYGON, true, -68.0645030, -16.5533496, "EPSG:24879"},
        {4326, "POLYGON((-68 -16,-67 -16,-68 -15,-68 -16))", GEO_MULTIPOLYGON, true, -68, -16,
         "OGC:CRS84"},
        {0, "POLYGON Z((-68 -16 5,-67 -16 5,-68 -15 5,-68 -16 5))", GEO_MULTIPOLYGON, true, -68,
         -16, ""},
        {0, "CURVEPOLYGON(CIRCULARSTRING(-68 -16,-67 -16,-68 -16))", GEO_MULTIPOLYGON, true, -68,
         -16, ""},
        {0, "POLYGON((600000 8170000,601000 8170000,600000 8171000,600000 8170000))",
         GEO_MULTIPOLYGON, false, 0, 0, ""},
        {0, "POINT(-68 -16)", GEO_MULTIPOLYGON, false, 0, 0, ""},
        {0, "LINESTRING(-68 -16,-67 -15)", GEO_ANY_GEOMETRY, true, -68, -16, ""},
        {0, "POINT EMPTY", GEO_POINT, true, 0, 0, ""},
        {0, "MULTIPOINT((-68 -16))", GEO_POINT, true, -68, -16, ""},
        {0, "MULTIPOINT((-68 -16),(-67 -15))", GEO_POINT, false, 0, 0, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        int len = snprintf(text, sizeof text, "codigo,WKT\nA,\"%s\"\n", cases[i].wkt);
        struct geo_source_options options = {.path = write_file("w.csv", text, (size_t)len),
                                             .geometry = cases[i].wanted,
                                             .epsg = cases[i].epsg};
        struct err err = {0};
        struct geo_source *source = geo_source_open(&options, &err);
        if (!source)
            fail_msg("%s", err.message);
        assert_string_equal(geo_source_table(source, 0)->crs, cases[i].crs);
        struct geo_source_row row;
        bool more;
        assert_true(geo_source_read(source, 0, &err));
        bool ok = geo_source_next(source, &row, &more, &err);
        if (ok != cases[i].ok)
            fail_msg("%s: %s", cases[i].wkt, err.message);
        assert_string_equal(row.cells[0].text, "A");
        if (ok && row.wkb_len) {
            /* byte order, type; then for a point the numbers, else counts before the
             * numbers */
            size_t at = row.shape == GEO_SOURCE_POINT  ? 5
                        : row.shape == GEO_SOURCE_LINE ? 9
                                                       : 9 + 5 + 8;
            double x, y;
            memcpy(&x, row.wkb + at, 8);
            memcpy(&y, row.wkb + at + 8, 8);
            if (fabs(x - cases[i].x) > 2e-7 || fabs(y - cases[i].y) > 2e-7)
                fail_msg("%s: %.7f %.7f", cases[i].wkt, x, y);
        } else if (ok)
            assert_int_equal(row.shape, GEO_SOURCE_NONE);
        geo_source_close(source);
    }
}

static void an_unknown_crs_is_refused(void **state)
{
    (void)state;
    struct geo_source_options options = {.path = write_file("c.csv", LITERAL("a,WKT\n1,\n")),
                                         .geometry = GEO_MULTIPOLYGON,
                                         .epsg = 99999};
    struct err err = {0};
    assert_null(geo_source_open(&options, &err));
    assert_non_null(strstr(err.message, "EPSG:99999"));
}

/* Reads a table of three points at that longitude. */
static void expect_places(struct geo_source *source, double lon)
{
    struct geo_source_row row;
    struct err err = {0};
    bool more;
    assert_true(geo_source_read(source, 0, &err));
    for (int i = 0; i < 3; i++) {
        assert_true(geo_source_next(source, &row, &more, &err) && more);
        assert_int_equal(row.line, i + 1);
        assert_int_equal(row.shape, GEO_SOURCE_POINT);
        assert_true(row.x == lon && row.y == -17 - i);
        assert_string_equal(row.cells[0].text, "A1");
    }
    assert_true(geo_source_next(source, &row, &more, &err));
    assert_false(more);
}

#define PLACE(lon, lat)                                                                \
    "{\"type\":\"Feature\",\"properties\":{\"codigo\":\"A1\"},\"geometry\":{\"type\":" \
    "\"Point\",\"coordinates\":[" lon "," lat "]}}\n"
#define PLACES(lon) LITERAL(PLACE(lon, "-17") PLACE(lon, "-18") PLACE(lon, "-19"))

/* Other bytes in the same file show whether it is read again. */
static void expect_read_once(bool once)
{
    struct geo_source_options options = {.path = write_file("p.geojsonl", PLACES("-66")),
                                         .geometry = GEO_POINT};
    struct column_facts facts[1] = {0};
    struct buf note;
    struct err err = {0};
    buf_init(&note);
    struct geo_source *source = geo_source_open(&options, &err);
    assert_non_null(source);
    assert_true(geo_source_facts(source, 0, facts, &note, &err));
    assert_int_equal(facts[0].values, 3);
    write_file("p.geojsonl", PLACES("-65"));
    expect_places(source, once ? -66 : -65);
    expect_places(source, once ? -66 : -65);
    geo_source_close(source);
    buf_free(&note);
}

static void a_studied_table_is_not_read_again(void **state)
{
    (void)state;
    expect_read_once(true);
}

static void without_a_temporary_file_it_is(void **state)
{
    (void)state;
    const char *folder = getenv("TMPDIR");
    char *before = folder ? strdup(folder) : NULL;
    setenv("TMPDIR", at("nowhere"), 1);
    expect_read_once(false);
    if (before)
        setenv("TMPDIR", before, 1);
    else
        unsetenv("TMPDIR");
    free(before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_read_whatever_its_encoding_and_separator),
        cmocka_unit_test(lines_are_those_of_the_file),
        cmocka_unit_test(what_cannot_be_read_is_said),
        cmocka_unit_test(polygons_come_in_lon_lat),
        cmocka_unit_test(an_unknown_crs_is_refused),
        cmocka_unit_test(a_studied_table_is_not_read_again),
        cmocka_unit_test(without_a_temporary_file_it_is),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
