/* measure.c - geodesic areas, lengths and distances on WGS 84. */
#include "geo/place/measure.h"

#include <geodesic.h>
#include <math.h>
#include <stdlib.h>

static const double WGS84_A_M = 6378137.0;
static const double WGS84_F = 1 / 298.257223563;
static const double RADIANS = M_PI / 180;

/* Longer edges (in radians of longitude or of isometric latitude) are computed by geod.
 * For shorter ones the error of the series is under 1e-3 m2 an edge, less than the
 * rounding of geod (0.1 m2 a vertex, GeographicLib's documentation). */
static const double SHORT_EDGE = 2e-3;

static struct geod_geodesic wgs84(void)
{
    struct geod_geodesic geodesic;
    geod_init(&geodesic, WGS84_A_M, WGS84_F);
    return geodesic;
}

/* Area --------------------------------------------------------------------- */

struct vertex {
    double lon, sine, area; /* radians; sine of latitude; m2 a radian from the equator up */
};

/* Area between the equator and a latitude, a radian of longitude wide:
 *   A = b^2/2 [ s/(1 - e^2 s^2) + atanh(e s)/e ],  s = sin(latitude)
 *     = b^2 s (1 + 2/3 u + 3/5 u^2 + 4/7 u^3 + ...),  u = e^2 s^2
 * (Snyder, Map Projections, 1987, eq. 3-12, as a series; u <= 0.0067, so the
 * first term left out is below 1e-16). */
static struct vertex vertex_at(const double *xy)
{
    const double e2 = WGS84_F * (2 - WGS84_F);
    const double b2 = WGS84_A_M * WGS84_A_M * (1 - e2);
    double sine = sin(xy[1] * RADIANS), u = e2 * sine * sine;
    double sum = 7.0 / 13 + u * (8.0 / 15);
    sum = 6.0 / 11 + u * sum;
    sum = 5.0 / 9 + u * sum;
    sum = 4.0 / 7 + u * sum;
    sum = 3.0 / 5 + u * sum;
    sum = 2.0 / 3 + u * sum;
    sum = 1 + u * sum;
    return (struct vertex){xy[0] * RADIANS, sine, b2 * sine * sum};
}

/* Signed area between the parallel of `base` (m2 a radian) and the edge.
 *
 * In the plane (longitude, A) areas are true. There a geodesic is a curve
 * y(lon) with y'' = -r^2 sin(lat) (1 + 3 (dpsi/dlon)^2), r the parallel's
 * radius and psi the isometric latitude (from psi'' = -sin(lat) (1 + psi'^2),
 * which is Clairaut's relation, and dA = r^2 dpsi). The trapezoid less
 * y'' dlon^3 / 12 is its area up to terms of fifth order. */
static bool short_edge_area(struct vertex from, struct vertex to, double base, double *area)
{
    const double e2 = WGS84_F * (2 - WGS84_F);
    double dlon = to.lon - from.lon, sine = 0.5 * (from.sine + to.sine);
    double r2 = WGS84_A_M * WGS84_A_M * (1 - sine * sine) / (1 - e2 * sine * sine);
    double dpsi = (to.area - from.area) / r2;
    if (fabs(dlon) > SHORT_EDGE || !(fabs(dpsi) < SHORT_EDGE) || r2 < 1e12)
        return false;
    double bulge = r2 * sine * (dlon * dlon + 3 * dpsi * dpsi) / 12;
    *area = dlon * (0.5 * ((from.area - base) + (to.area - base)) + bulge);
    return true;
}

/* A ring that may enclose a pole or cross the date line, computed by geod. */
static double wide_ring_area(const double *xy, size_t n)
{
    struct geod_geodesic geodesic = wgs84();
    struct geod_polygon polygon;
    geod_polygon_init(&polygon, 0);
    for (size_t i = 0; i + 1 < n; i++)
        geod_polygon_addpoint(&geodesic, &polygon, xy[2 * i + 1], xy[2 * i]);
    double area = 0;
    geod_polygon_compute(&geodesic, &polygon, 0, 1, &area, NULL);
    return fabs(area);
}

static double ring_area(const double *xy, size_t n)
{
    double west = xy[0], east = xy[0], reach = 0;
    for (size_t i = 0; i < n; i++) {
        west = fmin(west, xy[2 * i]);
        east = fmax(east, xy[2 * i]);
        reach = fmax(reach, fabs(xy[2 * i + 1]));
    }
    if (east - west > 170 || reach > 89)
        return wide_ring_area(xy, n);
    struct geod_geodesic geodesic;
    bool ready = false;
    /* Measured from the parallel of the first vertex: measuring from the equator would
     * lose the digits of a small polygon. */
    struct vertex from = vertex_at(xy);
    double base = from.area, sum = 0;
    for (size_t i = 1; i < n; i++) {
        struct vertex to = vertex_at(xy + 2 * i);
        double area;
        if (!short_edge_area(from, to, base, &area)) {
            if (!ready)
                geodesic = wgs84();
            ready = true;
            geod_geninverse(&geodesic, xy[2 * i - 1], xy[2 * i - 2], xy[2 * i + 1], xy[2 * i], NULL,
                            NULL, NULL, NULL, NULL, NULL, &area);
            area -= base * (to.lon - from.lon);
        }
        sum += area;
        from = to;
    }
    return fabs(sum);
}

/* Measured from the first vertex, so that large coordinates lose no digits. */
static double plane_ring_area(const double *xy, size_t n)
{
    double sum = 0;
    for (size_t i = 1; i + 1 < n; i++) {
        const double *a = xy + 2 * i, *b = a + 2;
        sum += (a[0] - xy[0]) * (b[1] - xy[1]) - (b[0] - xy[0]) * (a[1] - xy[1]);
    }
    return fabs(sum) / 2;
}

static double sum_rings(const struct geo_shape *shape, double (*ring_of)(const double *, size_t))
{
    double total = 0;
    if (shape->kind != GEO_SHAPE_POLYGON)
        return 0;
    for (size_t p = 0; p < shape->n_parts; p++) {
        double part = 0;
        for (uint32_t r = shape->parts[p]; r < shape->parts[p + 1]; r++) {
            double area = ring_of(shape->xy + 2 * (size_t)shape->rings[r],
                                  shape->rings[r + 1] - shape->rings[r]);
            part += r == shape->parts[p] ? area : -area;
        }
        total += part;
    }
    return total;
}

double geo_measure_area(const struct geo_shape *shape)
{
    return sum_rings(shape, ring_area);
}

double geo_measure_area_unplaced(const struct geo_shape *shape)
{
    bool degrees = shape->box.min_x >= -180 && shape->box.max_x <= 180 && shape->box.min_y >= -90 &&
                   shape->box.max_y <= 90;
    return sum_rings(shape, degrees ? ring_area : plane_ring_area);
}

/* Length and distance ------------------------------------------------------ */

double geo_measure_distance(double lon1_deg, double lat1_deg, double lon2_deg, double lat2_deg)
{
    struct geod_geodesic geodesic = wgs84();
    double distance = 0;
    geod_inverse(&geodesic, lat1_deg, lon1_deg, lat2_deg, lon2_deg, &distance, NULL, NULL);
    return distance;
}

double geo_measure_length(const struct geo_shape *shape)
{
    struct geod_geodesic geodesic = wgs84();
    double total = 0;
    for (size_t r = 0; r < shape->n_rings; r++)
        for (uint32_t i = shape->rings[r]; i + 1 < shape->rings[r + 1]; i++) {
            const double *a = shape->xy + 2 * (size_t)i;
            double length;
            geod_inverse(&geodesic, a[1], a[0], a[3], a[2], &length, NULL, NULL);
            total += length;
        }
    return total;
}

void geo_measure_space(const double *xy, double out[3])
{
    const double e2 = WGS84_F * (2 - WGS84_F);
    double lon = xy[0] * RADIANS, lat = xy[1] * RADIANS, sine = sin(lat);
    double normal = WGS84_A_M / sqrt(1 - e2 * sine * sine);
    out[0] = normal * cos(lat) * cos(lon);
    out[1] = normal * cos(lat) * sin(lon);
    out[2] = normal * (1 - e2) * sine;
}

static double square(double value)
{
    return value * value;
}

double geo_measure_chord(const double a[3], const double b[3])
{
    return sqrt(square(a[0] - b[0]) + square(a[1] - b[1]) + square(a[2] - b[2]));
}

void geo_measure_chords(double distance_m, double *within_m, double *beyond_m)
{
    /* The least radius of curvature of WGS 84 is b^2/a, along the meridian at the equator.
     * A geodesic bends no more than a circle of that radius, so its chord is no shorter
     * than the circle's (Schur's theorem). The greatest radius is a^2/b, 6,399,594 m. A
     * circle of a slightly larger radius (`most`) bends less than any geodesic; the margin
     * is a thousand times what the torsion of a geodesic on WGS 84 (below 5.3e-10 a metre)
     * adds to its chord. */
    const double least = WGS84_A_M * square(1 - WGS84_F), most = 6.41e6;
    *within_m = 2 * least * sin(distance_m / (2 * least)) * (1 - 1e-12);
    *beyond_m = fmin(distance_m, 2 * most * sin(distance_m / (2 * most))) * (1 + 1e-12);
}

/* How far an edge that is straight in lon/lat deviates at most from its chord through the
 * earth: down by L^2/8R, sideways by L^2 tan(lat)/8R; doubled for safety. */
static double stray(const double *a, const double *b, double chord_m)
{
    double lat = fmax(fabs(a[1]), fabs(b[1]));
    return square(chord_m) / (4 * 6.3e6 * fmax(cos(lat * RADIANS), 1e-3));
}

struct geo_ball geo_measure_ball(const struct geo_shape *shape)
{
    struct geo_ball ball = {.radius_m = 0};
    double middle[2] = {0.5 * (shape->box.min_x + shape->box.max_x),
                        0.5 * (shape->box.min_y + shape->box.max_y)};
    geo_measure_space(middle, ball.centre);
    for (size_t r = 0; r < shape->n_rings; r++) {
        double last[3] = {0};
        for (uint32_t i = shape->rings[r]; i < shape->rings[r + 1]; i++) {
            const double *at = shape->xy + 2 * (size_t)i;
            double here[3], radius;
            geo_measure_space(at, here);
            radius = geo_measure_chord(here, ball.centre);
            if (i > shape->rings[r])
                radius += stray(at - 2, at, geo_measure_chord(last, here));
            ball.radius_m = fmax(ball.radius_m, radius);
            for (int k = 0; k < 3; k++)
                last[k] = here[k];
        }
    }
    return ball;
}

double geo_measure_at_least(const struct geo_ball *ball, double lon_deg, double lat_deg)
{
    double xy[2] = {lon_deg, lat_deg}, here[3];
    geo_measure_space(xy, here);
    return fmax(0, geo_measure_chord(here, ball->centre) - ball->radius_m);
}

/* Distance between a point in space and the chord a-b. */
static double to_chord(const double p[3], const double a[3], const double b[3])
{
    double along = 0, length2 = 0, sum = 0;
    for (int k = 0; k < 3; k++) {
        along += (p[k] - a[k]) * (b[k] - a[k]);
        length2 += square(b[k] - a[k]);
    }
    double t = length2 > 0 ? fmin(1, fmax(0, along / length2)) : 0;
    for (int k = 0; k < 3; k++)
        sum += square(p[k] - (a[k] + t * (b[k] - a[k])));
    return sqrt(sum);
}

/* The geodesic distance from p to the edge a-b, straight in lon/lat. An azimuthal
 * equidistant projection around p preserves distances from p, and bends a short piece of
 * the edge hardly at all. So the foot of the perpendicular from p on a piece near the last
 * estimate is the next estimate. */
static double to_edge(const struct geod_geodesic *geodesic, const double *p, const double *a,
                      const double *b, double t, double *nearest)
{
    double best = INFINITY;
    double step = 0.05;
    for (int round = 0; round < 12; round++) {
        double map[2][2], at[2], distance, azimuth;
        double lo = fmax(0, t - step), hi = fmin(1, t + step);
        for (int end = 0; end < 2; end++) {
            double s = end ? hi : lo;
            /* Exactly the vertex at the ends, so that both edges that share it give the
             * same. */
            at[0] = s <= 0 ? a[0] : s >= 1 ? b[0] : a[0] + s * (b[0] - a[0]);
            at[1] = s <= 0 ? a[1] : s >= 1 ? b[1] : a[1] + s * (b[1] - a[1]);
            geod_inverse(geodesic, p[1], p[0], at[1], at[0], &distance, &azimuth, NULL);
            map[end][0] = distance * sin(azimuth * RADIANS);
            map[end][1] = distance * cos(azimuth * RADIANS);
            if (distance < best) {
                best = distance;
                nearest[0] = at[0];
                nearest[1] = at[1];
            }
        }
        double dx = map[1][0] - map[0][0], dy = map[1][1] - map[0][1];
        double length2 = dx * dx + dy * dy;
        if (!(length2 > 0))
            break;
        double foot = -(map[0][0] * dx + map[0][1] * dy) / length2;
        double next = fmin(1, fmax(0, lo + foot * (hi - lo)));
        bool settled = fabs(next - t) * sqrt(length2) < 1e-4 * (hi - lo);
        step = fmin(0.05, fmax(1e-4, 2 * fabs(next - t)));
        t = next;
        at[0] = t <= 0 ? a[0] : t >= 1 ? b[0] : a[0] + t * (b[0] - a[0]);
        at[1] = t <= 0 ? a[1] : t >= 1 ? b[1] : a[1] + t * (b[1] - a[1]);
        geod_inverse(geodesic, p[1], p[0], at[1], at[0], &distance, NULL, NULL);
        if (distance < best) {
            best = distance;
            nearest[0] = at[0];
            nearest[1] = at[1];
        }
        if (settled)
            break;
    }
    return best;
}

double geo_measure_to_shape(const struct geo_shape *shape, double lon_deg, double lat_deg,
                            double *nearest)
{
    const double p[2] = {lon_deg, lat_deg};
    double found[2] = {lon_deg, lat_deg}, here[3], best = INFINITY;
    struct geod_geodesic geodesic = wgs84();
    if (geo_shape_side(shape, lon_deg, lat_deg) != GEO_SIDE_OUT)
        best = 0;
    geo_measure_space(p, here);
    /* The first pass finds the nearest vertex in space. So the second measures few edges:
     * only those whose chord is nearer than the best so far. */
    const double *vertex = shape->xy;
    double least = INFINITY;
    for (size_t i = 0; best > 0 && i < shape->n_points; i++) {
        double there[3];
        geo_measure_space(shape->xy + 2 * i, there);
        double chord = geo_measure_chord(here, there);
        if (chord < least) {
            least = chord;
            vertex = shape->xy + 2 * i;
        }
    }
    if (best > 0) {
        geod_inverse(&geodesic, p[1], p[0], vertex[1], vertex[0], &best, NULL, NULL);
        found[0] = vertex[0];
        found[1] = vertex[1];
    }
    for (size_t r = 0; best > 0 && r < shape->n_rings; r++) {
        double a[3], b[3];
        geo_measure_space(shape->xy + 2 * (size_t)shape->rings[r], a);
        for (uint32_t i = shape->rings[r]; i + 1 < shape->rings[r + 1]; i++) {
            const double *at = shape->xy + 2 * (size_t)i;
            double foot[2] = {at[0], at[1]};
            geo_measure_space(at + 2, b);
            if (to_chord(here, a, b) - stray(at, at + 2, geo_measure_chord(a, b)) < best) {
                double along = 0, length2 = 0;
                for (int k = 0; k < 3; k++) {
                    along += (here[k] - a[k]) * (b[k] - a[k]);
                    length2 += square(b[k] - a[k]);
                }
                double start = length2 > 0 ? fmin(1, fmax(0, along / length2)) : 0;
                double distance = to_edge(&geodesic, p, at, at + 2, start, foot);
                if (distance < best) {
                    best = distance;
                    found[0] = foot[0];
                    found[1] = foot[1];
                }
            }
            for (int k = 0; k < 3; k++)
                a[k] = b[k];
        }
    }
    if (nearest) {
        nearest[0] = found[0];
        nearest[1] = found[1];
    }
    return best;
}
