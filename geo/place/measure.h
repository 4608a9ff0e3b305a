/* measure.h - lengths, areas and distances on the WGS 84 ellipsoid.
 *
 * Threads: any. Units: lon/lat degrees in; metres and square metres out.
 * Areas and lengths are geodesic: edges are shortest lines between vertices.
 * Distances to a shape are to its outline as it is drawn in lon/lat, straight
 * between vertices, so that a point is at distance 0 exactly when it is inside.
 */
#ifndef GEO_MEASURE_H
#define GEO_MEASURE_H

#include "geo/place/shape.h"

/* Polygons: shells less holes, whichever way they wind, 0 for other kinds.
 * Agrees with GeographicLib to 1e-9 (parts of one shape must not overlap). */
double geo_measure_area(const struct geo_shape *shape);
/* Lines: their length; polygons: their outline's; points: 0. */
double geo_measure_length(const struct geo_shape *shape);
double geo_measure_distance(double lon1_deg, double lat1_deg, double lon2_deg, double lat2_deg);
/* To the nearest point of the shape; 0 inside a polygon or on its border.
 * *nearest (lon, lat) may be NULL. */
double geo_measure_to_shape(const struct geo_shape *shape, double lon_deg, double lat_deg,
                            double *nearest);

/* Earth-centred coordinates (metres) of a point (lon, lat) on the ellipsoid. A
 * geodesic is never shorter than the chord between its ends. */
void geo_measure_space(const double *xy, double out[3]);
double geo_measure_chord(const double a[3], const double b[3]);
/* Two points whose chord is at most *within_m are at most distance_m apart, two whose
 * chord is more than *beyond_m farther: only those in between, 24 m of 1,000 km, have
 * to be measured. distance_m: up to 10,000 km. */
void geo_measure_chords(double distance_m, double *within_m, double *beyond_m);

/* A sphere in space (metres, earth-centred) that holds a shape: with it a
 * distance can be ruled out without measuring it. */
struct geo_ball {
    double centre[3], radius_m;
};
struct geo_ball geo_measure_ball(const struct geo_shape *shape);
/* Never more than the geodesic distance from the point to what the ball holds. */
double geo_measure_at_least(const struct geo_ball *ball, double lon_deg, double lat_deg);

#endif
