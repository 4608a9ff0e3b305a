/* irrigation.c - irrigated plots whose union is the goal of indicator 2.7.
 *
 * Each alliance of model 1 in irrigation with an agreement has one area of one
 * to three plots: quadrilaterals along a canal, or circles of a centre pivot in
 * the lowlands. Some lie over a neighbour's, some across a municipal border.
 * One factor stretches all of them until the geodesic area of their union, as
 * written (7 decimals, a centimetre), is the goal; a last one alone is trimmed
 * for what rounding leaves.
 */
#include "data/generator/generate.h"

#include <math.h>
#include <stdlib.h>

#define GOAL_M2 (15960 * 1e4)
#define KM_LAT 110.57

enum { MAX_PLOTS = 3, CORNERS = 32 };

struct plot {
    double corners[CORNERS][2]; /* km from the area's centre */
    int n;
};

struct area {
    const struct alliance *alliance;
    double centre[2]; /* lon/lat */
    double scale;     /* of this one alone */
    struct plot plots[MAX_PLOTS];
    int n_plots;
    bool moved; /* over a neighbour's or across a border */
    double declared_ha;
    int operation;
};

static void direction(struct rng *rng, double unit[2])
{
    double square;
    do {
        unit[0] = rng_range(rng, -1, 1);
        unit[1] = rng_range(rng, -1, 1);
        square = unit[0] * unit[0] + unit[1] * unit[1];
    } while (square > 1 || square < 0.01);
    unit[0] /= sqrt(square);
    unit[1] /= sqrt(square);
}

/* A row of plots of size_km2 together, side by side with a path between. */
static void lay_plots(struct area *area, double size_km2, bool pivot, struct rng *rng)
{
    double along[2], shift = 0;
    double chance = rng_unit(rng);
    area->n_plots = pivot || chance < 0.55 ? 1 : chance < 0.85 ? 2 : 3;
    direction(rng, along);
    for (int k = 0; k < area->n_plots; k++) {
        struct plot *plot = &area->plots[k];
        double side = sqrt(size_km2 / area->n_plots);
        if (pivot) {
            plot->n = CORNERS;
            for (int c = 0; c < CORNERS; c++) {
                double angle = 2 * 3.141592653589793 * c / CORNERS;
                plot->corners[c][0] = side * 0.5642 * cos(angle);
                plot->corners[c][1] = side * 0.5642 * sin(angle);
            }
            continue;
        }
        double aspect = rng_range(rng, 0.8, 1.6), width = side * aspect, height = side / aspect;
        static const double square[4][2] = {{0, -0.5}, {1, -0.5}, {1, 0.5}, {0, 0.5}};
        plot->n = 4;
        for (int c = 0; c < 4; c++) {
            /* Corners move inwards only along the row: plots never touch. */
            double inward = square[c][0] > 0.5 ? -1 : 1;
            double x = shift + width * (square[c][0] + inward * rng_range(rng, 0, 0.14));
            double y = height * (square[c][1] + rng_range(rng, -0.15, 0.15));
            plot->corners[c][0] = x * along[0] - y * along[1];
            plot->corners[c][1] = x * along[1] + y * along[0];
        }
        shift += width + 0.02 * (1 + width);
    }
}

static double on_grid(double degrees)
{
    return round(degrees * 1e7) / 1e7;
}

static GEOSGeometry *area_polygon(const struct map *map, const struct area *area, double scale)
{
    GEOSGeometry *parts[MAX_PLOTS];
    double km_lon = km_per_degree_lon(area->centre[1]);
    scale *= area->scale;
    for (int k = 0; k < area->n_plots; k++) {
        const struct plot *plot = &area->plots[k];
        GEOSCoordSequence *points = GEOSCoordSeq_create_r(map->geos, (unsigned)plot->n + 1, 2);
        for (int c = 0; c <= plot->n; c++) {
            const double *corner = plot->corners[c % plot->n];
            GEOSCoordSeq_setXY_r(map->geos, points, (unsigned)c,
                                 on_grid(area->centre[0] + scale * corner[0] / km_lon),
                                 on_grid(area->centre[1] + scale * corner[1] / KM_LAT));
        }
        parts[k] = GEOSGeom_createPolygon_r(
            map->geos, GEOSGeom_createLinearRing_r(map->geos, points), NULL, 0);
    }
    return GEOSGeom_createCollection_r(map->geos, GEOS_MULTIPOLYGON, parts,
                                       (unsigned)area->n_plots);
}

static double net_area(const struct map *map, const struct area *areas, size_t n, double scale)
{
    GEOSGeometry **items = need(n, sizeof(GEOSGeometry *));
    for (size_t i = 0; i < n; i++)
        items[i] = area_polygon(map, &areas[i], scale);
    GEOSGeometry *all =
        GEOSGeom_createCollection_r(map->geos, GEOS_GEOMETRYCOLLECTION, items, (unsigned)n);
    GEOSGeometry *whole = GEOSUnaryUnion_r(map->geos, all);
    if (!whole)
        fail("GEOS no une las áreas de riego");
    double net = map_area_m2(map, whole);
    GEOSGeom_destroy_r(map->geos, whole);
    GEOSGeom_destroy_r(map->geos, all);
    free(items);
    return net;
}

/* In the country with a little room to grow, and valid. */
static bool fits(const struct map *map, const struct area *area)
{
    double km_lon = km_per_degree_lon(area->centre[1]);
    for (int k = 0; k < area->n_plots; k++)
        for (int c = 0; c < area->plots[k].n; c++) {
            const double *corner = area->plots[k].corners[c];
            double lon = area->centre[0] + 1.3 * corner[0] / km_lon;
            double lat = area->centre[1] + 1.3 * corner[1] / KM_LAT;
            bool held = map_holds(map, (size_t)area->alliance->town, lon, lat);
            for (size_t t = 0; t < N_TOWNS && !held; t++)
                held = map_holds(map, t, lon, lat);
            if (!held)
                return false;
        }
    return true;
}

static void middle(const struct area *area, double lonlat[2])
{
    double x = 0, y = 0;
    const struct plot *plot = &area->plots[0];
    for (int c = 0; c < plot->n; c++) {
        x += plot->corners[c][0] / plot->n;
        y += plot->corners[c][1] / plot->n;
    }
    lonlat[0] = area->centre[0] + x / km_per_degree_lon(area->centre[1]);
    lonlat[1] = area->centre[1] + y / KM_LAT;
}

/* The middle of the first plot comes to lie at `to`. */
static void move_middle(struct area *area, double lon, double lat)
{
    double from[2];
    middle(area, from);
    area->centre[0] += lon - from[0];
    area->centre[1] += lat - from[1];
    area->moved = true;
}

static void onto_border(const struct map *map, struct area *area)
{
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(map->geos, area->centre[0], area->centre[1]);
    GEOSGeometry *border = GEOSBoundary_r(map->geos, map->cells[area->alliance->town]);
    GEOSCoordSequence *near = GEOSNearestPoints_r(map->geos, border, point);
    double lon, lat;
    GEOSCoordSeq_getXY_r(map->geos, near, 0, &lon, &lat);
    if (fabs(lon - area->centre[0]) + fabs(lat - area->centre[1]) < 0.12)
        move_middle(area, lon, lat);
    GEOSCoordSeq_destroy_r(map->geos, near);
    GEOSGeom_destroy_r(map->geos, border);
    GEOSGeom_destroy_r(map->geos, point);
}

static void onto_neighbour(struct area *areas, size_t index, struct rng *rng)
{
    for (size_t i = index; i-- > 0;)
        if (areas[i].alliance->town == areas[index].alliance->town && !areas[i].moved) {
            double at[2], away[2];
            double apart = 0.6 * sqrt((double)areas[index].alliance->families / 100);
            middle(&areas[i], at);
            direction(rng, away);
            move_middle(&areas[index], at[0] + apart * away[0] / 108,
                        at[1] + apart * away[1] / KM_LAT);
            return;
        }
}

static void make_area(const struct map *map, struct area *areas, size_t index, struct rng *rng)
{
    struct area *area = &areas[index];
    const struct alliance *alliance = area->alliance;
    bool flat = alliance->uo == 0 || alliance->uo == 5 || alliance->uo == 7 || alliance->uo == 9;
    for (int attempt = 0; attempt < 50; attempt++) {
        double away[2], km = rng_range(rng, 0, 0.5), chance = rng_unit(rng);
        direction(rng, away);
        area->centre[0] = alliance->lon + km * away[0] / km_per_degree_lon(alliance->lat);
        area->centre[1] = alliance->lat + km * away[1] / KM_LAT;
        area->scale = 1;
        area->moved = false;
        /* About 0.9 ha a family, before the common factor. */
        double size_km2 = (double)alliance->families * 0.009 * rng_range(rng, 0.6, 1.5);
        bool pivot = flat && rng_unit(rng) < 0.5;
        lay_plots(area, size_km2, pivot, rng);
        if (attempt < 25 && chance < 0.07)
            onto_border(map, area);
        else if (attempt < 25 && chance < 0.17)
            onto_neighbour(areas, index, rng);
        if (fits(map, area))
            break;
        if (attempt == 49)
            fail("%s: el área de riego no cabe en el país", alliance->codigo);
    }
    int close = day_of(2023, 3, 31);
    area->operation = alliance->day[AGREEMENT] + 240 + rng_below(rng, 300);
    if (area->operation > close)
        area->operation = close - rng_below(rng, 60);
}

/* An area of one quadrilateral that meets no other: trimming it moves the
 * union by as much. */
static size_t find_lonely(const struct map *map, const struct area *areas, size_t n, double scale)
{
    for (size_t i = 0; i < n; i++) {
        if (areas[i].n_plots != 1 || areas[i].plots[0].n != 4)
            continue;
        GEOSGeometry *own = area_polygon(map, &areas[i], scale * 1.2);
        bool lonely = true;
        for (size_t k = 0; k < n && lonely; k++) {
            GEOSGeometry *other = k == i ? NULL : area_polygon(map, &areas[k], scale);
            lonely = !other || GEOSIntersects_r(map->geos, own, other) == 0;
            GEOSGeom_destroy_r(map->geos, other);
        }
        GEOSGeom_destroy_r(map->geos, own);
        if (lonely)
            return i;
    }
    fail("no hay un área de riego aislada");
}

static double own_area(const struct map *map, const struct area *area, double scale)
{
    GEOSGeometry *polygon = area_polygon(map, area, scale);
    double m2 = map_area_m2(map, polygon);
    GEOSGeom_destroy_r(map->geos, polygon);
    return m2;
}

static double reach_goal(const struct map *map, struct area *areas, size_t n)
{
    double scale = 1;
    for (int round = 0; round < 12; round++)
        scale *= sqrt(GOAL_M2 / net_area(map, areas, n, scale));
    struct area *last = &areas[find_lonely(map, areas, n, scale)];
    double wanted = own_area(map, last, scale) + GOAL_M2 - net_area(map, areas, n, scale);
    double best = 1, least = INFINITY;
    /* Rounded corners make the area a staircase: look at many factors near the
     * right one and keep the best. */
    double start = sqrt(wanted / own_area(map, last, scale));
    for (int k = -3000; k <= 3000; k++) {
        last->scale = start * (1 + k * 1e-7);
        double off = fabs(own_area(map, last, scale) - wanted);
        if (off < least) {
            least = off;
            best = last->scale;
        }
    }
    last->scale = best;
    return scale;
}

static void write_area(const struct source *source, const struct map *map, const struct area *area,
                       double scale, struct rng *rng, FILE *out)
{
    const struct town *town = &source->towns[area->alliance->town];
    GEOSGeometry *polygon = area_polygon(map, area, scale);
    char day[11], room[80], name[160];
    double declared = map_area_m2(map, polygon) / 1e4 * rng_range(rng, 0.9, 1.12);
    day_text(area->operation, day);
    snprintf(name, sizeof name, "Área de riego %s, %s", area->alliance->codigo + 3,
             town_short_name(town, room, sizeof room));
    fprintf(out, "{\"type\":\"Feature\",\"properties\":{\"codigo\":\"AR-%s\",\"nombre\":",
            area->alliance->codigo + 3);
    json_text(out, name);
    fprintf(out, ",\"alianza_codigo\":\"%s\",\"declarado_ha\":", area->alliance->codigo);
    json_number(out, declared, 1);
    fprintf(out,
            ",\"fecha_operacion\":\"%s\",\"municipio_codigo\":\"%s\",\"municipio_nombre\":", day,
            town->codigo);
    json_text(out, town->nombre);
    fputs("},\"geometry\":", out);
    json_polygon(out, map, polygon, 7);
    fputs("}", out);
    GEOSGeom_destroy_r(map->geos, polygon);
}

void write_irrigation(const struct source *source, const struct map *map,
                      const struct portfolio *portfolio, FILE *out)
{
    struct area *areas = need(portfolio->n, sizeof *areas);
    struct rng rng = rng_seeded("irrigation");
    size_t n = 0;
    double gross = 0;
    for (size_t i = 0; i < portfolio->n; i++) {
        const struct alliance *item = &portfolio->items[i];
        if (item->outcome != SIGNED || item->modelo != 1 || item->rubro != 0)
            continue;
        areas[n].alliance = item;
        make_area(map, areas, n++, &rng);
    }
    double scale = reach_goal(map, areas, n);
    fputs("{\"type\":\"FeatureCollection\",\"name\":\"areas_riego\",\n\"features\":[\n", out);
    for (size_t i = 0; i < n; i++) {
        write_area(source, map, &areas[i], scale, &rng, out);
        fputs(i + 1 < n ? ",\n" : "\n", out);
        gross += own_area(map, &areas[i], scale);
    }
    fputs("]}\n", out);
    fprintf(stderr, "riego: %zu áreas, brutas %.4f ha, netas %.6f ha\n", n, gross / 1e4,
            net_area(map, areas, n, scale) / 1e4);
    free(areas);
}
