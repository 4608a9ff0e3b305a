/* test_geometry_fit.c - tests of geo/source/geometry_fit: what is nearly a polygon. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "geo/files/gdal_internal.h"
#include "geo/source/geometry_fit_internal.h"

#define SQUARE "(0 0,0 0.01,0.01 0.01,0.01 0,0 0)"
#define OPEN_SQUARE "(0 0,0 0.01,0.01 0.01,0.01 0)"
/* 0.0001 degrees of longitude at the equator are 11 m, of a perimeter of 4.4 km. */
#define NEAR_SQUARE "(0 0,0 0.01,0.01 0.01,0.01 0,0.0001 0)"
#define CLOSED_NEAR "(0 0,0 0.01,0.01 0.01,0.01 0,0.0001 0,0 0)"

static const struct {
    const char *name;
    enum geo_geometry wanted;
    const char *from, *to; /* to NULL: refused, and words are the error's */
    const char *words;
} cases[] = {
    {"a polygon stays", GEO_MULTIPOLYGON, "POLYGON (" SQUARE ")", "MULTIPOLYGON ((" SQUARE "))",
     ""},
    {"a closed line", GEO_MULTIPOLYGON, "LINESTRING " SQUARE, "MULTIPOLYGON ((" SQUARE "))",
     "línea cerrada: se tomó como polígono"},
    {"two closed lines", GEO_MULTIPOLYGON, "MULTILINESTRING (" SQUARE ",(1 1,1 2,2 2,1 1))",
     "MULTIPOLYGON ((" SQUARE "),((1 1,1 2,2 2,1 1)))",
     "2 líneas cerradas: se tomaron como polígonos"},
    {"a nearly closed line", GEO_MULTIPOLYGON, "LINESTRING " NEAR_SQUARE,
     "MULTIPOLYGON ((" CLOSED_NEAR "))", "línea casi cerrada: se cerró y se tomó como polígono"},
    {"11 m, but of a perimeter of 80 m", GEO_MULTIPOLYGON,
     "LINESTRING (0 0,0 0.0002,0.0002 0.0002,0.0002 0,0.0001 0)", NULL,
     "no está cerrada: sus extremos distan 11 m"},
    {"an open line", GEO_MULTIPOLYGON, "LINESTRING " OPEN_SQUARE, NULL, "distan 1113 m"},
    {"a line there and back", GEO_MULTIPOLYGON, "LINESTRING (0 0,1 1,0 0)", NULL,
     "menos de 3 puntos distintos"},
    {"segments of a paused track", GEO_MULTIPOLYGON,
     "MULTILINESTRING ((0 0,0 0.01,0.01 0.01),(0.01 0.00995,0.01 0,0 0))",
     "MULTIPOLYGON (((0 0,0 0.01,0.01 0.01,0.01 0.00995,0.01 0,0 0)))",
     "2 tramos que se siguen: se unieron; línea cerrada"},
    {"segments that do not meet", GEO_MULTIPOLYGON,
     "MULTILINESTRING ((0 0,0 0.01,0.01 0.01),(0.01 0.005,0.01 0,0 0))", NULL,
     "2 líneas, y ninguna línea cerrada"},
    {"a closed line and an open one", GEO_MULTIPOLYGON, "MULTILINESTRING (" SQUARE ",(1 1,1 2))",
     "MULTIPOLYGON ((" SQUARE "))", "línea cerrada: se tomó como polígono; queda fuera 1 línea"},
    {"a collection", GEO_MULTIPOLYGON,
     "GEOMETRYCOLLECTION (POINT (1 1),POLYGON (" SQUARE "),LINESTRING " SQUARE
     ",LINESTRING (1 1,2 2))",
     "MULTIPOLYGON ((" SQUARE "))", "quedan fuera 2 líneas, 1 punto"},
    {"a collection in a collection", GEO_MULTIPOLYGON,
     "GEOMETRYCOLLECTION (GEOMETRYCOLLECTION (MULTIPOLYGON ((" SQUARE
     "),((1 1,1 2,2 2,1 1)))),MULTIPOINT (1 1,2 2))",
     "MULTIPOLYGON ((" SQUARE "),((1 1,1 2,2 2,1 1)))", "quedan fuera 2 puntos"},
    {"an open ring", GEO_MULTIPOLYGON, "POLYGON (" OPEN_SQUARE ")", "MULTIPOLYGON ((" SQUARE "))",
     "anillo sin cerrar: se cerró"},
    {"an empty hole", GEO_MULTIPOLYGON, "POLYGON (" SQUARE ",EMPTY)", "MULTIPOLYGON ((" SQUARE "))",
     "queda fuera un anillo vacío"},
    {"a hole of two points", GEO_MULTIPOLYGON, "POLYGON (" SQUARE ",(0 0,1 1,0 0))",
     "MULTIPOLYGON ((" SQUARE "))", "queda fuera un anillo de menos de 3 puntos"},
    {"a shell of two points, its hole", GEO_MULTIPOLYGON,
     "MULTIPOLYGON ((" SQUARE "),((0 0,1 1,0 0)," SQUARE "))", "MULTIPOLYGON ((" SQUARE "))",
     "queda fuera un anillo de menos de 3 puntos"},
    {"nothing but a shell of two points", GEO_MULTIPOLYGON, "POLYGON ((0 0,1 1))", NULL,
     "menos de 3 puntos distintos"},
    {"a point", GEO_MULTIPOLYGON, "POINT (1 1)", NULL, "es un punto; se espera un polígono"},
    {"points", GEO_MULTIPOLYGON, "MULTIPOINT (1 1,2 2)", NULL, "tiene 2 puntos"},
    {"one point of many", GEO_POINT, "MULTIPOINT (1 1)", "POINT (1 1)", ""},
    {"two points", GEO_POINT, "MULTIPOINT (1 1,2 2)", NULL, "tiene 2 puntos"},
    {"a point in a collection", GEO_POINT, "GEOMETRYCOLLECTION (POINT (1 1),LINESTRING (0 0,1 1))",
     "POINT (1 1)", "queda fuera 1 línea"},
    {"a point beside a polygon", GEO_POINT,
     "GEOMETRYCOLLECTION (POINT (1 1),POLYGON (" SQUARE "),LINESTRING (0 0,1 1))", "POINT (1 1)",
     "quedan fuera 1 polígono, 1 línea"},
    {"a line without length", GEO_ANY_GEOMETRY, "LINESTRING (1 1,1 1)", NULL,
     "todos sus vértices en un mismo lugar"},
    {"a polygon for a point", GEO_POINT, "POLYGON (" SQUARE ")", NULL,
     "es un polígono; se espera un punto: guarde"},
    {"a line for any", GEO_ANY_GEOMETRY, "LINESTRING " SQUARE, "LINESTRING " SQUARE, ""},
    {"lines in a collection", GEO_ANY_GEOMETRY,
     "GEOMETRYCOLLECTION (LINESTRING (0 0,1 1),LINESTRING (2 2,3 3))",
     "MULTILINESTRING ((0 0,1 1),(2 2,3 3))", ""},
    {"a polygon for any", GEO_ANY_GEOMETRY, "POLYGON (" SQUARE ")", "POLYGON (" SQUARE ")", ""},
    {"a mixture for any", GEO_ANY_GEOMETRY, "GEOMETRYCOLLECTION (POINT (1 1),LINESTRING (0 0,1 1))",
     NULL, "una colección de 1 línea, 1 punto"},
    {"points for any", GEO_ANY_GEOMETRY, "MULTIPOINT (1 1,2 2)", NULL,
     "tiene 2 puntos; se espera un punto, una"},
    {"an empty one", GEO_ANY_GEOMETRY, "GEOMETRYCOLLECTION (POINT EMPTY)", NULL, "está vacía"},
};

static OGRGeometryH parse(const char *text)
{
    char copy[512], *at = copy;
    OGRGeometryH geometry = NULL;
    snprintf(copy, sizeof copy, "%s", text);
    if (gdal->OGR_G_CreateFromWkt(&at, NULL, &geometry) != OGRERR_NONE)
        fail_msg("GDAL does not read %s", text);
    return geometry;
}

/* As GDAL writes it, which writes 0 in two ways. */
static void expect_same(const char *name, OGRGeometryH made, const char *expected)
{
    char *a = NULL, *b = NULL;
    OGRGeometryH geometry = parse(expected);
    OGR_G_ExportToWkt(made, &a);
    OGR_G_ExportToWkt(geometry, &b);
    if (strcmp(a, b) != 0)
        fail_msg("%s: %s", name, a);
    CPLFree(a);
    CPLFree(b);
    gdal->OGR_G_DestroyGeometry(geometry);
}

static void each_is_taken_as_what_it_means(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char note[GEOMETRY_NOTE_MAX];
        OGRGeometryH geometry = parse(cases[i].from);
        struct err err = {0};
        bool ok = geometry_fit(&geometry, cases[i].wanted, note, &err);
        if (ok != (cases[i].to != NULL))
            fail_msg("%s: %s", cases[i].name, err.message);
        if (ok)
            expect_same(cases[i].name, geometry, cases[i].to);
        const char *words = ok ? note : err.message;
        if (cases[i].words[0] ? !strstr(words, cases[i].words) : words[0] != '\0')
            fail_msg("%s: %s", cases[i].name, words);
        gdal->OGR_G_DestroyGeometry(geometry);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_taken_as_what_it_means),
    };
    struct err err = {0};
    return gdal_load(&err) ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
