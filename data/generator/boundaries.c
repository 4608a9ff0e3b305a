/* boundaries.c - the cells as polygons that share every vertex.
 *
 * The borders of all cells and the outline are noded together on a grid of
 * micro-degrees (snap rounding), then polygonised: each face is a piece of
 * one cell, and neighbours have the same vertices to the last digit.
 */
#include "data/generator/generate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GRID_DEG 1e-6
#define PIECE_KM 40.0 /* edges are cut into such pieces: straight in the plane and in degrees */

enum { MAX_LINES = 20000, MAX_FACES = 2000 };

struct lines {
    GEOSGeometry *items[MAX_LINES];
    unsigned n;
};

static double on_grid(double degrees)
{
    return round(degrees / GRID_DEG) / 1e6;
}

static GEOSGeometry *line(GEOSContextHandle_t geos, const double a[2], const double b[2])
{
    GEOSCoordSequence *points = GEOSCoordSeq_create_r(geos, 2, 2);
    GEOSCoordSeq_setXY_r(geos, points, 0, a[0], a[1]);
    GEOSCoordSeq_setXY_r(geos, points, 1, b[0], b[1]);
    return GEOSGeom_createLineString_r(geos, points);
}

static void add_border(const struct map *map, struct lines *lines, const double from[2],
                       const double to[2])
{
    int pieces = 1 + (int)(hypot(to[0] - from[0], to[1] - from[1]) / PIECE_KM);
    double before[2], now[2];
    for (int i = 0; i <= pieces; i++) {
        double t = (double)i / pieces;
        plane_inverse(map->plane, from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1]),
                      now);
        now[0] = on_grid(now[0]);
        now[1] = on_grid(now[1]);
        if (lines->n == MAX_LINES)
            fail("demasiadas líneas");
        if (i > 0 && (now[0] != before[0] || now[1] != before[1]))
            lines->items[lines->n++] = line(map->geos, before, now);
        memcpy(before, now, sizeof now);
    }
}

static bool near_country(const double xy[2])
{
    return fabs(xy[0]) < 1000 && fabs(xy[1]) < 1000;
}

static GEOSGeometry *node_lines(const struct map *map, const struct source *source,
                                const struct cells *cells)
{
    struct lines *lines = need(1, sizeof *lines);
    double ring[64][2];
    int across[64];
    for (size_t i = 0; i < cells->n; i++) {
        size_t n = cells_ring(cells, i, ring, across, COUNT(ring));
        for (size_t k = 0; k < n; k++) /* each border once, from its lower side */
            if (across[k] > (int)i && (near_country(ring[k]) || near_country(ring[(k + 1) % n])))
                add_border(map, lines, ring[k], ring[(k + 1) % n]);
    }
    for (size_t i = 0; i < source->n_outline; i++)
        lines->items[lines->n++] =
            line(map->geos, source->outline[i], source->outline[(i + 1) % source->n_outline]);
    GEOSGeometry *all =
        GEOSGeom_createCollection_r(map->geos, GEOS_MULTILINESTRING, lines->items, lines->n);
    GEOSGeometry *noded = GEOSUnaryUnionPrec_r(map->geos, all, GRID_DEG);
    if (!noded)
        fail("GEOS no une los límites");
    GEOSGeom_destroy_r(map->geos, all);
    free(lines);
    return noded;
}

static GEOSGeometry *outline_polygon(const struct map *map, const struct source *source)
{
    size_t n = source->n_outline;
    GEOSCoordSequence *points = GEOSCoordSeq_create_r(map->geos, (unsigned)n + 1, 2);
    for (size_t i = 0; i <= n; i++)
        GEOSCoordSeq_setXY_r(map->geos, points, (unsigned)i, source->outline[i % n][0],
                             source->outline[i % n][1]);
    return GEOSGeom_createPolygon_r(map->geos, GEOSGeom_createLinearRing_r(map->geos, points), NULL,
                                    0);
}

struct face {
    GEOSGeometry *polygon;
    size_t owner;
    bool main; /* holds the owner's town */
};

static void interior_point(const struct map *map, const GEOSGeometry *polygon, double lonlat[2])
{
    GEOSGeometry *point = GEOSPointOnSurface_r(map->geos, polygon);
    GEOSGeomGetX_r(map->geos, point, &lonlat[0]);
    GEOSGeomGetY_r(map->geos, point, &lonlat[1]);
    GEOSGeom_destroy_r(map->geos, point);
}

static bool has_point(const struct map *map, const GEOSGeometry *polygon, double lon, double lat)
{
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(map->geos, lon, lat);
    bool has = GEOSContains_r(map->geos, polygon, point) == 1;
    GEOSGeom_destroy_r(map->geos, point);
    return has;
}

static size_t collect_faces(const struct map *map, const struct source *source,
                            const struct cells *cells, struct face *faces)
{
    GEOSGeometry *noded = node_lines(map, source, cells);
    GEOSGeometry *outline = outline_polygon(map, source);
    const GEOSGeometry *const input[] = {noded};
    GEOSGeometry *all = GEOSPolygonize_r(map->geos, input, 1);
    size_t n = 0;
    for (int i = 0; i < GEOSGetNumGeometries_r(map->geos, all); i++) {
        const GEOSGeometry *polygon = GEOSGetGeometryN_r(map->geos, all, i);
        double at[2], xy[2];
        interior_point(map, polygon, at);
        if (!has_point(map, outline, at[0], at[1]))
            continue;
        if (n == MAX_FACES)
            fail("demasiadas caras");
        plane_forward(map->plane, at[0], at[1], xy);
        struct face *face = &faces[n++];
        face->polygon = GEOSGeom_clone_r(map->geos, polygon);
        face->owner = cells_owner(cells, xy[0], xy[1]);
        const struct town *town = &source->towns[face->owner];
        face->main = has_point(map, polygon, town->lon, town->lat);
    }
    GEOSGeom_destroy_r(map->geos, all);
    GEOSGeom_destroy_r(map->geos, outline);
    GEOSGeom_destroy_r(map->geos, noded);
    return n;
}

/* A bay of the outline may cut a cell in two: the piece without the town goes
 * to the neighbour with which it shares the longest border. */
static void join_pieces(struct map *map, struct face *faces, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (faces[i].main)
            map->cells[faces[i].owner] = GEOSGeom_clone_r(map->geos, faces[i].polygon);
    for (size_t i = 0; i < n; i++) {
        double longest = 0;
        size_t best = N_TOWNS;
        for (size_t k = 0; k < N_TOWNS && !faces[i].main; k++) {
            GEOSGeometry *shared =
                map->cells[k] ? GEOSIntersection_r(map->geos, faces[i].polygon, map->cells[k])
                              : NULL;
            double length = 0;
            if (shared && GEOSLength_r(map->geos, shared, &length) && length > longest) {
                longest = length;
                best = k;
            }
            GEOSGeom_destroy_r(map->geos, shared);
        }
        if (best < N_TOWNS) {
            GEOSGeometry *joined = GEOSUnion_r(map->geos, map->cells[best], faces[i].polygon);
            GEOSGeom_destroy_r(map->geos, map->cells[best]);
            map->cells[best] = joined;
        } else if (!faces[i].main)
            fail("una pieza de límite queda sin municipio");
        GEOSGeom_destroy_r(map->geos, faces[i].polygon);
    }
}

/* The outline in the plane, counterclockwise, cut into short edges. */
static size_t plane_outline(const struct map *map, const struct source *source, double (*ring)[2],
                            size_t room)
{
    size_t n = 0, count = source->n_outline;
    double area = 0;
    for (size_t i = 0; i < count; i++) {
        const double *from = source->outline[i], *to = source->outline[(i + 1) % count];
        int pieces = 1 + (int)(hypot(to[0] - from[0], to[1] - from[1]) / 0.4);
        for (int k = 0; k < pieces; k++, n++) {
            double t = (double)k / pieces;
            if (n == room)
                fail("el contorno tiene demasiados puntos");
            plane_forward(map->plane, from[0] + t * (to[0] - from[0]),
                          from[1] + t * (to[1] - from[1]), ring[n]);
        }
        area += from[0] * to[1] - to[0] * from[1];
    }
    for (size_t i = 0; area < 0 && i < n / 2; i++)
        for (int axis = 0; axis < 2; axis++) {
            double swap = ring[i][axis];
            ring[i][axis] = ring[n - 1 - i][axis];
            ring[n - 1 - i][axis] = swap;
        }
    return n;
}

static struct cells *solve(const struct map *map, const struct source *source)
{
    double(*ring)[2] = need(1024, sizeof *ring), towns[N_TOWNS][2], areas[N_TOWNS];
    size_t n = plane_outline(map, source, ring, 1024);
    double country = 0, known = 0;
    for (size_t i = 0; i < n; i++) {
        const double *a = ring[i], *b = ring[(i + 1) % n];
        country += (a[0] * b[1] - b[0] * a[1]) / 2;
    }
    for (size_t i = 0; i < N_TOWNS; i++) {
        plane_forward(map->plane, source->towns[i].lon, source->towns[i].lat, towns[i]);
        known += source->towns[i].area_km2;
    }
    for (size_t i = 0; i < N_TOWNS; i++)
        areas[i] = source->towns[i].area_km2 * country / known;
    struct cells *cells =
        cells_solve((const double(*)[2])towns, areas, N_TOWNS, (const double(*)[2])ring, n);
    free(ring);
    return cells;
}

static int by_error(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

static void report_errors(const struct map *map, const struct source *source)
{
    double errors[N_TOWNS], country = 0, known = 0;
    for (size_t i = 0; i < N_TOWNS; i++) {
        errors[i] = map_area_m2(map, map->cells[i]) / 1e6;
        country += errors[i];
        known += source->towns[i].area_km2;
    }
    for (size_t i = 0; i < N_TOWNS; i++)
        errors[i] = fabs(errors[i] / (source->towns[i].area_km2 * country / known) - 1);
    qsort(errors, N_TOWNS, sizeof *errors, by_error);
    fprintf(stderr,
            "límites: %.1f km2; error de superficie: mediana %.2f %%, 90 %% %.2f %%, "
            "máximo %.1f %%\n",
            country, 100 * errors[N_TOWNS / 2], 100 * errors[N_TOWNS * 9 / 10],
            100 * errors[N_TOWNS - 1]);
}

void map_build(struct map *map, const struct source *source)
{
    *map = (struct map){.geos = GEOS_init_r(), .plane = plane_new()};
    geod_init(&map->geod, 6378137, 1 / 298.257223563);
    struct cells *cells = solve(map, source);
    struct face *faces = need(MAX_FACES, sizeof *faces);
    size_t n = collect_faces(map, source, cells, faces);
    join_pieces(map, faces, n);
    for (size_t i = 0; i < N_TOWNS; i++) {
        if (!map->cells[i] || GEOSGeomTypeId_r(map->geos, map->cells[i]) != GEOS_POLYGON)
            fail("%s no tiene una celda", source->towns[i].codigo);
        map->prepared[i] = GEOSPrepare_r(map->geos, map->cells[i]);
    }
    report_errors(map, source);
    free(faces);
}

static double ring_area(const struct map *map, const GEOSGeometry *ring)
{
    const GEOSCoordSequence *points = GEOSGeom_getCoordSeq_r(map->geos, ring);
    struct geod_polygon polygon;
    unsigned n = 0;
    double area = 0;
    geod_polygon_init(&polygon, 0);
    GEOSCoordSeq_getSize_r(map->geos, points, &n);
    for (unsigned i = 0; i + 1 < n; i++) {
        double lon, lat;
        GEOSCoordSeq_getXY_r(map->geos, points, i, &lon, &lat);
        geod_polygon_addpoint(&map->geod, &polygon, lat, lon);
    }
    geod_polygon_compute(&map->geod, &polygon, 0, 1, &area, NULL);
    return fabs(area);
}

double map_area_m2(const struct map *map, const GEOSGeometry *geometry)
{
    double area = 0;
    for (int i = 0; i < GEOSGetNumGeometries_r(map->geos, geometry); i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(map->geos, geometry, i);
        if (GEOSGeomTypeId_r(map->geos, part) != GEOS_POLYGON)
            continue;
        area += ring_area(map, GEOSGetExteriorRing_r(map->geos, part));
        for (int k = 0; k < GEOSGetNumInteriorRings_r(map->geos, part); k++)
            area -= ring_area(map, GEOSGetInteriorRingN_r(map->geos, part, k));
    }
    return area;
}

bool map_holds(const struct map *map, size_t town, double lon, double lat)
{
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(map->geos, lon, lat);
    bool holds = GEOSPreparedContains_r(map->geos, map->prepared[town], point) == 1;
    GEOSGeom_destroy_r(map->geos, point);
    return holds;
}
