/* test_trace_text.c - tests of geo/place/trace_text: geotraces and geoshapes of forms. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "geo/place/shape.h"
#include "geo/place/trace_text.h"

/* Gaps are those of GeographicLib (GeodSolve -i). */
#define A "-18.90 -65.17 2790 4"
#define B "-18.90 -65.16 2790 4.5"
#define C "-18.91 -65.16 2790 9"
#define D "-18.91 -65.17 2790 4"
#define E "-18.9001 -65.1701 2790 4" /* 15 m from A */

static const struct {
    const char *name, *text;
    enum geo_trace_kind kind;
    bool polygon;
    size_t vertices, points; /* points: of the geometry */
    double gap_m, accuracy_m;
} good[] = {
    {"geoshape", A ";" B ";" C ";" D ";" A, GEO_TRACE_SHAPE, true, 5, 5, 0, 9},
    {"geoshape that ends with a semicolon", A ";" B ";" C ";" D ";" A ";", GEO_TRACE_SHAPE, true, 5,
     5, 0, 9},
    {"geoshape with blanks", " " A " ; " B " ; " C " ; " D " ; " A " ; ", GEO_TRACE_SHAPE, true, 5,
     5, 0, 9},
    {"geoshape in lines", A "\n" B "\r\n" C "\n" D "\n" A "\n", GEO_TRACE_SHAPE, true, 5, 5, 0, 9},
    {"geoshape not closed", A ";" B ";" C ";" D, GEO_TRACE_SHAPE, true, 4, 5, 1106.9, 9},
    {"geoshape of two numbers", "-18.90 -65.17;-18.90 -65.16;-18.91 -65.16", GEO_TRACE_SHAPE, true,
     3, 4, 1528.1, NAN},
    {"geoshape of three numbers", "-18.90 -65.17 0;-18.90 -65.16 0;-18.91 -65.16 0",
     GEO_TRACE_SHAPE, true, 3, 4, 1528.1, NAN},
    {"decimal commas", "-18,90 -65,17 2790 4;-18,90 -65,16 0 4,5;-18,91 -65,16 0 9",
     GEO_TRACE_SHAPE, true, 3, 4, 1528.1, 9},
    {"geotrace", A ";" B ";" C, GEO_TRACE_LINE, false, 3, 3, 1528.1, 9},
    {"geotrace around a plot", A ";" B ";" C ";" D ";" E, GEO_TRACE_LINE, true, 5, 6, 15.3, 9},
    {"geotrace closed", A ";" B ";" C ";" A, GEO_TRACE_LINE, true, 4, 4, 0, 9},
    {"geotrace of two vertices", A ";" E, GEO_TRACE_LINE, false, 2, 2, 15.3, 4},
    {"geotrace there and back", A ";" B ";" A, GEO_TRACE_LINE, false, 3, 3, 0, 4.5},
    {"pluses and no digits after the point", "+18. +65.;18.5 65;18 66", GEO_TRACE_LINE, false, 3, 3,
     105904.9, NAN},
};

static void traces_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct buf wkb;
        buf_init(&wkb);
        struct geo_trace what = {0};
        struct err err = {0};
        bool ok = geo_trace_read(good[i].text, good[i].kind, &wkb, &what, &err);
        struct geo_shape *shape =
            ok ? geo_shape_parse((unsigned char *)wkb.data, wkb.len, &err) : NULL;
        if (!shape || !geo_trace_is(good[i].text) || what.polygon != good[i].polygon ||
            (shape->kind == GEO_SHAPE_POLYGON) != good[i].polygon ||
            what.vertices != good[i].vertices || shape->n_points != good[i].points ||
            fabs(what.gap_m - good[i].gap_m) > 0.06 ||
            isnan(what.accuracy_m) != isnan(good[i].accuracy_m) ||
            what.accuracy_m < good[i].accuracy_m || what.accuracy_m > good[i].accuracy_m)
            fail_msg("%s: %s polygon %d vertices %zu points %zu gap %g accuracy %g", good[i].name,
                     err.message, what.polygon, what.vertices, shape ? shape->n_points : 0,
                     what.gap_m, what.accuracy_m);
        const double *last = shape->xy + 2 * (shape->n_points - 1);
        if (good[i].polygon && (last[0] != shape->xy[0] || last[1] != shape->xy[1]))
            fail_msg("%s: not closed", good[i].name);
        if (strncmp(good[i].text, A, strlen(A)) == 0 &&
            (shape->xy[0] != -65.17 || shape->xy[1] != -18.9))
            fail_msg("%s: begins at %g %g", good[i].name, shape->xy[0], shape->xy[1]);
        geo_shape_free(shape);
        buf_free(&wkb);
    }
}

#define EXPECTED                                                                            \
    ": se esperan latitud y longitud con punto decimal y, si acaso, altitud y precisión, " \
    "separadas "                                                                            \
    "por espacios"

static const struct {
    const char *name, *text;
    enum geo_trace_kind kind;
    bool is; /* it has the form of a trace */
    const char *message;
} bad[] = {
    {"empty", "", GEO_TRACE_LINE, false, "el trazo no tiene vértices"},
    {"semicolons", ";;", GEO_TRACE_LINE, false, "el trazo no tiene vértices"},
    {"a point", A, GEO_TRACE_LINE, false, "una línea necesita 2 vértices distintos"},
    {"a word", A ";" B ";no;" A, GEO_TRACE_SHAPE, true, "vértice 3: «no»" EXPECTED},
    {"both marks", A ";-18,90 -65.16;" C, GEO_TRACE_SHAPE, true,
     "vértice 2: «-18,90 -65.16»" EXPECTED},
    {"commas between", "-18,-65;-18,-66;-19,-66", GEO_TRACE_SHAPE, false,
     "vértice 1: «-18,-65»" EXPECTED},
    {"one number", A ";-18.9;" C, GEO_TRACE_SHAPE, true, "vértice 2: «-18.9»" EXPECTED},
    {"five numbers", A ";" B " 1;" C, GEO_TRACE_SHAPE, true, "vértice 2: «" B " 1»" EXPECTED},
    {"an exponent", A ";-1e1 -65.1;" C, GEO_TRACE_SHAPE, true, "vértice 2: «-1e1 -65.1»" EXPECTED},
    {"latitude of 91", A ";" B ";-91 -65;" C, GEO_TRACE_SHAPE, true,
     "vértice 3: «-91 -65»: no es una latitud y una longitud"},
    {"longitude of 181", "-18 -181;" B, GEO_TRACE_LINE, true,
     "vértice 1: «-18 -181»: no es una latitud y una longitud"},
    {"accuracy below nothing", A ";-18 -65 0 -1;" C, GEO_TRACE_SHAPE, true,
     "vértice 2: «-18 -65 0 -1»: la precisión no es válida"},
    {"polygon of two vertices", A ";" B ";" A, GEO_TRACE_SHAPE, true,
     "un polígono necesita 3 vértices distintos"},
    {"a canal", A ";-18.905 -65.15 0 0;-18.90 -65.13 0 0", GEO_TRACE_SHAPE, true,
     "el trazo es una línea: mide 4357 m, y sus extremos distan 4214 m; se espera un polígono. Si "
     "rodea una parcela, repita el primer vértice al final"},
    {"the last vertex was cut", A ";" B ";" C ";-18.91 -65.1", GEO_TRACE_LINE, true,
     "el trazo está cortado tras el vértice 3: una celda no tiene más de 32767 letras; expórtelo "
     "como CSV o GeoJSON"},
    {"line of one vertex", A ";" A, GEO_TRACE_LINE, true,
     "una línea necesita 2 vértices distintos"},
};

static void others_are_refused_by_vertex(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct buf wkb;
        buf_init(&wkb);
        buf_puts(&wkb, "before");
        struct geo_trace what = {.vertices = 77};
        struct err err = {0};
        if (geo_trace_read(bad[i].text, bad[i].kind, &wkb, &what, &err))
            fail_msg("%s: read", bad[i].name);
        assert_int_equal(err.kind, ERR_INPUT);
        assert_string_equal(err.message, bad[i].message);
        assert_string_equal(wkb.data, "before");
        assert_int_equal(what.vertices, 77);
        if (geo_trace_is(bad[i].text) != bad[i].is)
            fail_msg("%s: geo_trace_is() is %d", bad[i].name, !bad[i].is);
        buf_free(&wkb);
    }
}

static void other_texts_are_no_traces(void **state)
{
    (void)state;
    static const char *const texts[] = {"Sucre; Potosí",
                                        "-18.9, -65.1; -18.8, -65.2",
                                        "POLYGON((0 0,1 1,1 0,0 0))",
                                        "1;2;3",
                                        "12 34",
                                        "2;3 4"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (geo_trace_is(texts[i]))
            fail_msg("«%s» is taken for a trace", texts[i]);
    assert_true(geo_trace_is_point(A));
    assert_true(geo_trace_is_point("-18.9 -65.1 0 5;"));
    assert_false(geo_trace_is_point(A ";" B));
    assert_false(geo_trace_is_point("-18.9"));
    assert_false(geo_trace_is_point(""));
}

static void too_many_vertices(void **state)
{
    (void)state;
    size_t n = GEO_TRACE_VERTICES_MAX + 1;
    char *text = malloc(4 * n + 1);
    assert_non_null(text);
    for (size_t i = 0; i < n; i++)
        memcpy(text + 4 * i, i % 2 ? "1 2;" : "1 1;", 5);
    struct buf wkb;
    buf_init(&wkb);
    struct geo_trace what;
    struct err err = {0};
    assert_false(geo_trace_read(text, GEO_TRACE_LINE, &wkb, &what, &err));
    assert_string_equal(err.message, "más de 100000 vértices");
    free(text);
    buf_free(&wkb);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(traces_are_read),
        cmocka_unit_test(others_are_refused_by_vertex),
        cmocka_unit_test(other_texts_are_no_traces),
        cmocka_unit_test(too_many_vertices),
    };
    return cmocka_run_group_tests_name("trace_text", tests, NULL, NULL);
}
