/* geos_width.c - the width of polygons: their largest inscribed circle.
 *
 * The circle is GEOS' maximum inscribed circle (R. Martínez and others, after
 * D. Garcia-Castellanos and U. Lombardo, "Poles of inaccessibility", Scottish
 * Geographical Journal 123, 2007), searched in a plane of metres. Most parts need no
 * search, because the radius is bounded. In a polygon of area A and perimeter P it is at
 * least A / P: if every point were within r of the border, a strip of width r along the
 * border, of area r P at most, would cover the polygon. It is at most sqrt(A / pi).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/place/geos_internal.h"

/* Narrower parts are not searched: their bounds are accurate enough. */
static const double DUST_M = 0.5;
static const double FINEST_M = 1;

struct geos_width_part {
    uint32_t index;
    double area_m2, outline_m;
};

/* Metres per degree at the middle of the part, from the radii of curvature of WGS 84:
 * accurate to some thousandths over a hundred kilometres. */
struct plane {
    double lon, lat, x_m, y_m;
};

static struct plane plane_of(const struct geo_shape *shape, uint32_t first, uint32_t last)
{
    const double a = 6378137.0, e2 = 0.00669437999014, degree = M_PI / 180;
    struct geo_box box = geo_box_empty();
    for (uint32_t i = first; i < last; i++)
        box = geo_box_grow(box, shape->xy[2 * i], shape->xy[2 * i + 1]);
    struct plane plane = {.lon = (box.min_x + box.max_x) / 2, .lat = (box.min_y + box.max_y) / 2};
    double sine = sin(plane.lat * degree), w2 = 1 - e2 * sine * sine;
    plane.x_m = a / sqrt(w2) * cos(plane.lat * degree) * degree;
    plane.y_m = a * (1 - e2) / (w2 * sqrt(w2)) * degree;
    return plane;
}

static struct plane plane_of_part(const struct geo_shape *shape, uint32_t part)
{
    uint32_t shell = shape->parts[part];
    return plane_of(shape, shape->rings[shell], shape->rings[shell + 1]);
}

/* Area (shell less holes) and outline of a part in its plane. */
static struct geos_width_part measure_part(const struct geo_shape *shape, uint32_t index)
{
    struct plane plane = plane_of_part(shape, index);
    struct geos_width_part part = {.index = index};
    for (uint32_t r = shape->parts[index]; r < shape->parts[index + 1]; r++) {
        double twice = 0;
        for (uint32_t i = shape->rings[r]; i + 1 < shape->rings[r + 1]; i++) {
            const double *p = &shape->xy[2 * i], *q = p + 2;
            double x0 = (p[0] - plane.lon) * plane.x_m, y0 = (p[1] - plane.lat) * plane.y_m;
            double x1 = (q[0] - plane.lon) * plane.x_m, y1 = (q[1] - plane.lat) * plane.y_m;
            twice += x0 * y1 - x1 * y0;
            part.outline_m += hypot(x1 - x0, y1 - y0);
        }
        part.area_m2 += r == shape->parts[index] ? fabs(twice) / 2 : -fabs(twice) / 2;
    }
    return part;
}

static GEOSGeometry *ring_of(struct geo_geos *geos, const struct geo_shape *shape, uint32_t ring,
                             const struct plane *plane)
{
    uint32_t first = shape->rings[ring], count = shape->rings[ring + 1] - first;
    double *xy = malloc(2 * (size_t)count * sizeof *xy);
    if (!xy)
        return NULL;
    for (uint32_t i = 0; i < count; i++) {
        xy[2 * i] = (shape->xy[2 * (first + i)] - plane->lon) * plane->x_m;
        xy[2 * i + 1] = (shape->xy[2 * (first + i) + 1] - plane->lat) * plane->y_m;
    }
    GEOSCoordSequence *points =
        GEOSCoordSeq_copyFromBuffer_r(geos->handle, xy, count, false, false);
    free(xy);
    return points ? GEOSGeom_createLinearRing_r(geos->handle, points) : NULL;
}

static GEOSGeometry *polygon_of(struct geo_geos *geos, const struct geo_shape *shape,
                                uint32_t index)
{
    struct plane plane = plane_of_part(shape, index);
    uint32_t first = shape->parts[index], n = shape->parts[index + 1] - first;
    GEOSGeometry **rings = calloc(n, sizeof(GEOSGeometry *)), *polygon = NULL;
    bool ok = rings != NULL;
    for (uint32_t r = 0; ok && r < n; r++)
        ok = (rings[r] = ring_of(geos, shape, first + r, &plane)) != NULL;
    if (ok)
        polygon = GEOSGeom_createPolygon_r(geos->handle, rings[0], rings + 1, n - 1);
    for (uint32_t r = 0; rings && !ok && r < n; r++)
        if (rings[r])
            GEOSGeom_destroy_r(geos->handle, rings[r]);
    free(rings);
    return polygon;
}

/* A part that is too invalid for the search gets its lower bound. */
static double search(struct geo_geos *geos, const struct geo_shape *shape,
                     const struct geos_width_part *part)
{
    double low = part->area_m2 / part->outline_m, radius = low;
    GEOSGeometry *polygon = polygon_of(geos, shape, part->index), *line = NULL;
    if (polygon)
        line = GEOSMaximumInscribedCircle_r(geos->handle, polygon, fmax(FINEST_M, low / 50));
    if (line)
        GEOSLength_r(geos->handle, line, &radius);
    if (line)
        GEOSGeom_destroy_r(geos->handle, line);
    if (polygon)
        GEOSGeom_destroy_r(geos->handle, polygon);
    return fmax(radius, low);
}

static int largest_first(const void *a, const void *b)
{
    const struct geos_width_part *x = a, *y = b;
    if (x->area_m2 != y->area_m2)
        return x->area_m2 > y->area_m2 ? -1 : 1;
    return x->index < y->index ? -1 : 1;
}

bool geo_geos_width(struct geo_geos *geos, const struct geo_shape *shape, double enough_m,
                    double *radius_m, struct err *err)
{
    struct geos_width_part *parts = malloc(shape->n_parts * sizeof *parts);
    double best = 0;
    if (!parts)
        return err_no_memory(err);
    for (size_t p = 0; p < shape->n_parts; p++)
        parts[p] = measure_part(shape, (uint32_t)p);
    qsort(parts, shape->n_parts, sizeof *parts, largest_first);
    for (size_t p = 0; p < shape->n_parts && best <= enough_m; p++) {
        double low = parts[p].outline_m > 0 ? parts[p].area_m2 / parts[p].outline_m : 0;
        double high = sqrt(fmax(parts[p].area_m2, 0) / M_PI);
        if (high <= best)
            break; /* and so are all that follow */
        if (low > enough_m || high <= DUST_M || !(low > 0))
            best = fmax(best, low);
        else
            best = fmax(best, search(geos, shape, &parts[p]));
    }
    free(parts);
    *radius_m = best;
    return true;
}
