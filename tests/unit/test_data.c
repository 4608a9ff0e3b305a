/* test_data.c - tests of the embedded data set's geometry.
 * Cells tile the outline, points lie in their cells, hectares of the union of irrigation. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <geodesic.h>
#include <geos_c.h>
#include <jansson.h>

enum { UNITS = 339, MAX_EDGES = 20000 };

struct cell {
    char codigo[7];
    GEOSGeometry *polygon;
    const GEOSPreparedGeometry *prepared;
    double area_m2;
};

static struct {
    GEOSContextHandle_t geos;
    struct geod_geodesic geod;
    struct cell cells[UNITS];
    json_t *boundaries, *irrigation, *works;
} set;

/* Reading ------------------------------------------------------------------ */

static GEOSGeometry *geometry_of(json_t *feature)
{
    char *text = json_dumps(json_object_get(feature, "geometry"), JSON_REAL_PRECISION(17));
    GEOSGeoJSONReader *reader = GEOSGeoJSONReader_create_r(set.geos);
    GEOSGeometry *geometry = GEOSGeoJSONReader_readGeometry_r(set.geos, reader, text);
    GEOSGeoJSONReader_destroy_r(set.geos, reader);
    free(text);
    return geometry;
}

static const char *property(json_t *feature, const char *name)
{
    return json_string_value(json_object_get(json_object_get(feature, "properties"), name));
}

static double ring_area(const GEOSGeometry *ring)
{
    const GEOSCoordSequence *points = GEOSGeom_getCoordSeq_r(set.geos, ring);
    struct geod_polygon polygon;
    unsigned n = 0;
    double area = 0, x, y;
    geod_polygon_init(&polygon, 0);
    GEOSCoordSeq_getSize_r(set.geos, points, &n);
    for (unsigned i = 0; i + 1 < n; i++) {
        GEOSCoordSeq_getXY_r(set.geos, points, i, &x, &y);
        geod_polygon_addpoint(&set.geod, &polygon, y, x);
    }
    geod_polygon_compute(&set.geod, &polygon, 0, 1, &area, NULL);
    return fabs(area);
}

static double area_of(const GEOSGeometry *geometry)
{
    double area = 0;
    for (int i = 0; i < GEOSGetNumGeometries_r(set.geos, geometry); i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(set.geos, geometry, i);
        area += ring_area(GEOSGetExteriorRing_r(set.geos, part));
        for (int k = 0; k < GEOSGetNumInteriorRings_r(set.geos, part); k++)
            area -= ring_area(GEOSGetInteriorRingN_r(set.geos, part, k));
    }
    return area;
}

static int open_set(void **state)
{
    (void)state;
    json_error_t error;
    set.geos = GEOS_init_r();
    geod_init(&set.geod, 6378137, 1 / 298.257223563);
    set.boundaries = json_load_file("data/limites.geojson", 0, &error);
    set.irrigation = json_load_file("data/areas_riego.geojson", 0, &error);
    set.works = json_load_file("data/subproyectos.geojson", 0, &error);
    json_t *features = json_object_get(set.boundaries, "features");
    if (!set.irrigation || !set.works || json_array_size(features) != UNITS)
        return -1;
    for (size_t i = 0; i < UNITS; i++) {
        json_t *feature = json_array_get(features, i);
        struct cell *cell = &set.cells[i];
        snprintf(cell->codigo, sizeof cell->codigo, "%s", property(feature, "codigo"));
        cell->polygon = geometry_of(feature);
        if (!cell->polygon || GEOSGeomTypeId_r(set.geos, cell->polygon) != GEOS_POLYGON)
            return -1;
        cell->prepared = GEOSPrepare_r(set.geos, cell->polygon);
        cell->area_m2 = area_of(cell->polygon);
    }
    return 0;
}

static int close_set(void **state)
{
    (void)state;
    for (size_t i = 0; i < UNITS; i++) {
        GEOSPreparedGeom_destroy_r(set.geos, set.cells[i].prepared);
        GEOSGeom_destroy_r(set.geos, set.cells[i].polygon);
    }
    json_decref(set.boundaries);
    json_decref(set.irrigation);
    json_decref(set.works);
    GEOS_finish_r(set.geos);
    return 0;
}

static bool holds(const struct cell *cell, double lon, double lat)
{
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(set.geos, lon, lat);
    bool inside = GEOSPreparedContains_r(set.geos, cell->prepared, point) == 1;
    GEOSGeom_destroy_r(set.geos, point);
    return inside;
}

static const struct cell *find_cell(const char *codigo, size_t len)
{
    for (size_t i = 0; i < UNITS; i++)
        if (len == 6 && memcmp(set.cells[i].codigo, codigo, 6) == 0)
            return &set.cells[i];
    return NULL;
}

/* Boundaries --------------------------------------------------------------- */

static void test_cells_are_valid(void **state)
{
    (void)state;
    for (size_t i = 0; i < UNITS; i++) {
        assert_int_equal(GEOSisValid_r(set.geos, set.cells[i].polygon), 1);
        assert_true(i == 0 || strcmp(set.cells[i - 1].codigo, set.cells[i].codigo) < 0);
    }
}

struct edge {
    int64_t x0, y0, x1, y1; /* micro-degrees */
};

static int by_edge(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct edge)); /* the order does not matter */
}

static size_t collect_edges(struct edge *edges)
{
    size_t n = 0;
    for (size_t i = 0; i < UNITS; i++) {
        const GEOSGeometry *ring = GEOSGetExteriorRing_r(set.geos, set.cells[i].polygon);
        const GEOSCoordSequence *points = GEOSGeom_getCoordSeq_r(set.geos, ring);
        unsigned count = 0;
        assert_int_equal(GEOSGetNumInteriorRings_r(set.geos, set.cells[i].polygon), 0);
        GEOSCoordSeq_getSize_r(set.geos, points, &count);
        for (unsigned k = 0; k + 1 < count; k++) {
            double x0, y0, x1, y1;
            assert_true(n < MAX_EDGES);
            GEOSCoordSeq_getXY_r(set.geos, points, k, &x0, &y0);
            GEOSCoordSeq_getXY_r(set.geos, points, k + 1, &x1, &y1);
            edges[n++] = (struct edge){llround(x0 * 1e6), llround(y0 * 1e6), llround(x1 * 1e6),
                                       llround(y1 * 1e6)};
        }
    }
    qsort(edges, n, sizeof *edges, by_edge);
    return n;
}

/* The outline as a polygon, to measure distances. */
static GEOSGeometry *read_outline(void)
{
    FILE *file = fopen("data/generator/source/contorno.csv", "r");
    char line[80];
    GEOSCoordSequence *points = GEOSCoordSeq_create_r(set.geos, 136, 2);
    unsigned n = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        double lon, lat;
        if (sscanf(line, "%lf,%lf", &lon, &lat) == 2 && n < 136)
            GEOSCoordSeq_setXY_r(set.geos, points, n++, lon, lat);
    }
    fclose(file);
    assert_int_equal(n, 136);
    return GEOSGeom_createPolygon_r(set.geos, GEOSGeom_createLinearRing_r(set.geos, points), NULL,
                                    0);
}

/* Every edge occurs once, and once reversed in the neighbour; edges without a neighbour lie
 * on the outline and enclose its area. Since the cells are valid and their areas add up to
 * it, nothing overlaps and nothing is left out. */
static void test_cells_tile_the_outline(void **state)
{
    (void)state;
    static struct edge edges[MAX_EDGES];
    size_t n = collect_edges(edges), alone = 0;
    GEOSGeometry *outline = read_outline(), *border = GEOSBoundary_r(set.geos, outline);
    double twice_border = 0, twice_cells = 0, outline_deg2 = 0, cells_deg2 = 0;
    for (size_t i = 0; i < n; i++) {
        struct edge back = {edges[i].x1, edges[i].y1, edges[i].x0, edges[i].y0};
        assert_true(i == 0 || by_edge(&edges[i - 1], &edges[i]) != 0);
        double cross = (double)(edges[i].x0 * edges[i].y1 - edges[i].x1 * edges[i].y0) / 1e12;
        twice_cells += cross;
        if (bsearch(&back, edges, n, sizeof *edges, by_edge))
            continue;
        alone++;
        twice_border += cross;
        GEOSGeometry *middle =
            GEOSGeom_createPointFromXY_r(set.geos, (double)(edges[i].x0 + edges[i].x1) / 2e6,
                                         (double)(edges[i].y0 + edges[i].y1) / 2e6);
        double off = 1;
        GEOSDistance_r(set.geos, middle, border, &off);
        assert_true(off < 1e-6);
        GEOSGeom_destroy_r(set.geos, middle);
    }
    GEOSArea_r(set.geos, outline, &outline_deg2);
    for (size_t i = 0; i < UNITS; i++) {
        double part;
        GEOSArea_r(set.geos, set.cells[i].polygon, &part);
        cells_deg2 += part;
    }
    assert_true(alone >= 135 && alone < 400);
    assert_true(fabs(fabs(twice_border) / 2 - outline_deg2) < 1e-5);
    assert_true(fabs(fabs(twice_cells) / 2 - outline_deg2) < 1e-5);
    assert_true(fabs(cells_deg2 - outline_deg2) < 1e-5);
    GEOSGeom_destroy_r(set.geos, border);
    GEOSGeom_destroy_r(set.geos, outline);
}

static void test_no_two_cells_overlap(void **state)
{
    (void)state;
    for (size_t i = 0; i < UNITS; i++)
        for (size_t k = i + 1; k < UNITS; k++) {
            if (GEOSPreparedIntersects_r(set.geos, set.cells[i].prepared, set.cells[k].polygon) !=
                1)
                continue;
            GEOSGeometry *common =
                GEOSIntersection_r(set.geos, set.cells[i].polygon, set.cells[k].polygon);
            double area = 1;
            GEOSArea_r(set.geos, common, &area);
            assert_true(area == 0);
            GEOSGeom_destroy_r(set.geos, common);
        }
}

static int by_value(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

/* Towns lie in their own cells, areas are as in data/README.md. */
static void test_towns_and_areas(void **state)
{
    (void)state;
    FILE *file = fopen("data/generator/source/municipios.csv", "r");
    char line[512];
    double known[UNITS] = {0}, errors[UNITS], sum_known = 0, sum_cells = 0;
    size_t n = 0;
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        double lon, lat;
        char codigo[7];
        assert_true(n < UNITS);
        assert_int_equal(sscanf(line, "%6[0-9],%*[^,],%*[^,],%*[^,],%*[^,],%lf,%lf,%lf", codigo,
                                &lon, &lat, &known[n]),
                         4);
        assert_string_equal(codigo, set.cells[n].codigo);
        if (!holds(&set.cells[n], lon, lat))
            fail_msg("%s lies outside its cell", codigo);
        sum_known += known[n];
        sum_cells += set.cells[n++].area_m2;
    }
    fclose(file);
    assert_int_equal(n, UNITS);
    for (size_t i = 0; i < UNITS; i++)
        errors[i] = fabs(set.cells[i].area_m2 / (known[i] * sum_cells / sum_known) - 1);
    qsort(errors, UNITS, sizeof *errors, by_value);
    assert_true(errors[UNITS / 2] < 0.005);
    assert_true(errors[UNITS * 9 / 10] < 0.05);
}

/* Points and polygons of the portfolio ------------------------------------- */

/* The last four fields of a line of alianzas.csv: code, name, lon, lat; names
 * of municipalities hold no comma. */
static void test_alliances_lie_in_their_cells(void **state)
{
    (void)state;
    FILE *file = fopen("data/alianzas.csv", "r");
    char line[1024];
    int n = 0;
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    for (; fgets(line, sizeof line, file); n++) {
        char *field[4], *end = line + strlen(line);
        for (int i = 3; i >= 0; i--) {
            while (end > line && end[-1] != ',')
                end--;
            field[i] = end--;
        }
        const struct cell *cell = find_cell(field[0], strcspn(field[0], ","));
        assert_non_null(cell);
        if (!holds(cell, strtod(field[2], NULL), strtod(field[3], NULL)))
            fail_msg("%.11s lies outside %s", line, cell->codigo);
    }
    fclose(file);
    assert_int_equal(n, 1651 + 3064);
}

static void test_irrigation_reaches_the_goal(void **state)
{
    (void)state;
    json_t *features = json_object_get(set.irrigation, "features");
    size_t n = json_array_size(features), crossing = 0, differing = 0;
    GEOSGeometry **items = calloc(n, sizeof(GEOSGeometry *));
    double gross = 0;
    assert_non_null(items);
    for (size_t i = 0; i < n; i++) {
        json_t *feature = json_array_get(features, i);
        const struct cell *cell = find_cell(property(feature, "municipio_codigo"), 6);
        double declared = json_number_value(
            json_object_get(json_object_get(feature, "properties"), "declarado_ha"));
        items[i] = geometry_of(feature);
        assert_non_null(items[i]);
        assert_non_null(cell);
        assert_int_equal(GEOSisValid_r(set.geos, items[i]), 1);
        double own = area_of(items[i]);
        gross += own;
        assert_true(fabs(declared * 1e4 / own - 1) < 0.13);
        differing += fabs(declared * 1e4 / own - 1) > 0.01;
        crossing += GEOSPreparedContains_r(set.geos, cell->prepared, items[i]) == 0;
    }
    GEOSGeometry *all =
        GEOSGeom_createCollection_r(set.geos, GEOS_GEOMETRYCOLLECTION, items, (unsigned)n);
    GEOSGeometry *whole = GEOSUnaryUnion_r(set.geos, all);
    double net = area_of(whole) / 1e4;
    assert_true(fabs(net - 15960) < 0.001);
    assert_true(gross / 1e4 > 1.01 * net && gross / 1e4 < 1.06 * net);
    assert_true(crossing >= 15 && differing > n / 2);
    GEOSGeom_destroy_r(set.geos, whole);
    GEOSGeom_destroy_r(set.geos, all);
    free(items);
}

static void test_works_touch_their_cells(void **state)
{
    (void)state;
    json_t *features = json_object_get(set.works, "features");
    size_t shapes[3] = {0};
    assert_int_equal(json_array_size(features), 72);
    for (size_t i = 0; i < 72; i++) {
        json_t *feature = json_array_get(features, i);
        const struct cell *cell = find_cell(property(feature, "municipio_codigo"), 6);
        GEOSGeometry *shape = geometry_of(feature);
        assert_non_null(cell);
        assert_non_null(shape);
        assert_int_equal(GEOSisValid_r(set.geos, shape), 1);
        assert_int_equal(GEOSPreparedIntersects_r(set.geos, cell->prepared, shape), 1);
        int type = GEOSGeomTypeId_r(set.geos, shape);
        shapes[type == GEOS_POINT ? 0 : type == GEOS_LINESTRING ? 1 : 2]++;
        GEOSGeom_destroy_r(set.geos, shape);
    }
    assert_true(shapes[0] > 36 && shapes[1] > 0 && shapes[2] > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells_are_valid),
        cmocka_unit_test(test_cells_tile_the_outline),
        cmocka_unit_test(test_no_two_cells_overlap),
        cmocka_unit_test(test_towns_and_areas),
        cmocka_unit_test(test_alliances_lie_in_their_cells),
        cmocka_unit_test(test_irrigation_reaches_the_goal),
        cmocka_unit_test(test_works_touch_their_cells),
    };
    return cmocka_run_group_tests(tests, open_set, close_set);
}
