/* measure.h - lengths, areas and distances on the WGS 84 ellipsoid.
 *
 * Threads: any. Units: lon/lat degrees in; metres and square metres out.
 * Areas and lengths are geodesic: edges are shortest lines between vertices.
 * Distances to a shape are to its outline with edges straight in lon/lat, so that a
 * point is at distance 0 exactly when it is inside or on the border.
 */
#ifndef GEO_MEASURE_H
#define GEO_MEASURE_H

#include "geo/place/shape.h"

/* Polygons: shells less holes, whatever their orientation; 0 for other kinds. Agrees with
 * GeographicLib to 1e-9 (parts of one shape must not overlap). */
double geo_measure_area(const struct geo_shape *shape);
/* The same of a shape that may still have to be put right (geo/place/rescue_shape.h): numbers
 * beyond 180 and 90 degrees are taken for metres in the plane. */
double geo_measure_area_unplaced(const struct geo_shape *shape);
/* The length of lines, the perimeter of polygons; 0 for points. */
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
/* Thresholds for comparing distances by chords. Two points whose chord is at most
 * *within_m are at most distance_m apart; if it is more than *beyond_m they are farther.
 * Only chords in between (a range of 24 m for 1,000 km) need a geodesic. distance_m: up to
 * 10,000 km. */
void geo_measure_chords(double distance_m, double *within_m, double *beyond_m);

/* A sphere (metres, earth-centred) that contains a shape. It gives a lower bound of
 * distances without measuring. */
struct geo_ball {
    double centre[3], radius_m;
};
struct geo_ball geo_measure_ball(const struct geo_shape *shape);
/* A lower bound of the geodesic distance from the point to what the ball contains. */
double geo_measure_at_least(const struct geo_ball *ball, double lon_deg, double lat_deg);

#endif
