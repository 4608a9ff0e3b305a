/* test_geometry_text.c - tests of geo/source/geometry_text: geometries written in cells. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "geo/files/gdal_internal.h"
#include "geo/source/geometry_text_internal.h"

static const struct {
    const char *text, *wkt; /* wkt: what is read; NULL: nothing */
    int epsg;
    const char *why; /* NULL: no error */
} cells[] = {
    {"POINT(-65.1 -18.9)", "POINT (-65.1 -18.9)", 0, NULL},
    {" point z ( -65.1 -18.9 2500 ) \n", "POINT (-65.1 -18.9 2500)", 0, NULL},
    {"SRID=32719;POINT(270000 7900000)", "POINT (270000 7900000)", 32719, NULL},
    {"MULTIPOINT((1 2),(3 4))", "MULTIPOINT (1 2,3 4)", 0, NULL},
    {"POLYGON((0 0,4 0,4 4,0 0),(1 1,2 1,2 2,1 1))",
     "POLYGON ((0 0,4 0,4 4,0 0),(1 1,2 1,2 2,1 1))", 0, NULL},
    {"", NULL, 0, NULL},
    {"  ", NULL, 0, NULL},
    {"POLYGON EMPTY", NULL, 0, NULL},
    {"GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(1 2,3 4))",
     "GEOMETRYCOLLECTION (POINT (1 2),LINESTRING (1 2,3 4))", 0, NULL},
    /* Cut anywhere. */
    {"POLYGON((-65.17 -18.90,-65.16 -18.90,-65.16 -18.91,-65.17 -18.9", NULL, 0, "está cortada"},
    {"POLYGON((-65.17 -18.90,-65.16 -18.90,-65.16", NULL, 0, "está cortada"},
    {"POLYGON((0 0,1 0,1 1,0 0)", NULL, 0, "está cortada"},
    {"MULTIPOLYGON(((0 0,1 0,1 1,0 0)),", NULL, 0, "está cortada"},
    {"POLYGON", NULL, 0, "no es una geometría que se conozca"},
    {"POLYGON((0 0,1 0,1 1,0 0)))", NULL, 0, "sobra"},
    {"POINT(1 2) POINT(3 4)", NULL, 0, "sobra texto"},
    /* Numbers that are none. */
    {"POINT(-65,1 -18,9)", NULL, 0, "coma decimal"},
    {"POINT(-65.1 x)", NULL, 0, "«x» no es un número"},
    {"LINESTRING(0 0,1 1 5)", NULL, 0, "coma decimal"},
    {"POINT(nan nan)", NULL, 0, "no se puede leer"},
    {"POINT((1 2))", NULL, 0, "paréntesis"},
    {"un punto", NULL, 0, "no es una geometría"},
    {"0101000000000000000000F03F0000000000000040", "POINT (1 2)", 0, NULL},
    {"0101000020E6100000000000000000F03F0000000000000040", "POINT (1 2)", 4326, NULL},
    {"0101000000000000000000F03F00000000", NULL, 0, "está cortada"},
    {"0101000000000000000000F03F000000000000004", NULL, 0, "está cortada"},
    {"0163000000000000000000F03F0000000000000040", NULL, 0, "no es una geometría"},
    {"{\"type\":\"Point\",\"coordinates\":[1,2]}", "POINT (1 2)", 0, NULL},
    {"{\"type\":\"Point\",\"coordinates\":[]}", NULL, 0, NULL},
    {"{\"type\":\"Point\",\"coordinates\":[\"1\",2]}", NULL, 0, "es un texto, «1»"},
    {"{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[4,0],[4,4],[0,0]],[[1,1],[2,\"1\"],[2,2],[1,1]"
     "]]}",
     NULL, 0, "es un texto, «1»"},
    {"{\"type\":\"Point\",\"coordinates\":[1,", NULL, 0, "está cortada"},
};

static void quiet(CPLErr class, CPLErrorNum number, const char *message)
{
    (void)class, (void)number, (void)message;
}

static void check(size_t i)
{
    OGRGeometryH geometry;
    int epsg;
    struct err err = {0};
    char *wkt = NULL;
    bool ok = geometry_text_read(cells[i].text, &geometry, &epsg, &err);
    if (ok != !cells[i].why || (!ok && !strstr(err.message, cells[i].why)))
        fail_msg("%s: %s", cells[i].text, err.message);
    if ((geometry != NULL) != (cells[i].wkt != NULL) || epsg != cells[i].epsg)
        fail_msg("%s: geometry %p, EPSG %d", cells[i].text, geometry, epsg);
    if (!geometry)
        return;
    OGR_G_ExportToWkt(geometry, &wkt);
    if (strcmp(wkt, cells[i].wkt) != 0)
        fail_msg("%s: %s", cells[i].text, wkt);
    CPLFree(wkt);
    gdal->OGR_G_DestroyGeometry(geometry);
}

static void a_cell_is_read_to_its_end_or_refused(void **state)
{
    (void)state;
    gdal->CPLPushErrorHandler(quiet);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        check(i);
    gdal->CPLPopErrorHandler();
}

static void texts_that_are_no_geometry_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum geometry_text_kind kind;
    } texts[] = {
        {"Punto de venta", GEOMETRY_TEXT_NONE},
        {"POINTE (1)", GEOMETRY_TEXT_NONE},
        {"0101", GEOMETRY_TEXT_NONE},
        {"010203040506", GEOMETRY_TEXT_NONE},
        {"0101000000", GEOMETRY_TEXT_WKB},
        {"{\"a\":1}", GEOMETRY_TEXT_NONE},
        {"Polygon ((1", GEOMETRY_TEXT_WKT},
        {"MULTIPOINT M EMPTY", GEOMETRY_TEXT_WKT},
        {"SRID=4326;POINT(1", GEOMETRY_TEXT_WKT},
        {"-18.9, -65.1", GEOMETRY_TEXT_NONE},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (geometry_text_kind(texts[i].text) != texts[i].kind)
            fail_msg("%s: %d", texts[i].text, geometry_text_kind(texts[i].text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cell_is_read_to_its_end_or_refused),
        cmocka_unit_test(texts_that_are_no_geometry_are_told_apart),
    };
    struct err err = {0};
    return gdal_load(&err) ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
