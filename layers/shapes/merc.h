/* merc.h - Web Mercator (EPSG:3857) on 2^32 integer steps around the world.
 *
 * x grows east from longitude -180, y grows south from latitude 85.0511, both
 * shifted so that 0,0 is longitude 0, latitude 0: an int32 holds the world.
 * A step is 40,075,016.69 m / 2^32 = 9.3 mm at the equator, less towards the
 * poles. A tile of zoom z is 2^(32-z) steps wide.
 */
#ifndef LAYERS_MERC_H
#define LAYERS_MERC_H

#include <math.h>
#include <stdint.h>

#define MERC_WORLD 4294967296.0
#define MERC_MAX_LAT 85.0511287798066
#define MERC_PI 3.14159265358979323846

static inline double merc_x_of(double lon_deg)
{
    return lon_deg / 360 * MERC_WORLD;
}

static inline double merc_y_of(double lat_deg)
{
    lat_deg = fmin(fmax(lat_deg, -MERC_MAX_LAT), MERC_MAX_LAT);
    /* asinh(tan(lat)) is the Gudermannian's inverse: the isometric latitude. */
    return -asinh(tan(lat_deg * (MERC_PI / 180))) / (2 * MERC_PI) * MERC_WORLD;
}

static inline double merc_lon(double x)
{
    return x / MERC_WORLD * 360;
}

static inline double merc_lat(double y)
{
    return atan(sinh(-y / MERC_WORLD * (2 * MERC_PI))) * (180 / MERC_PI);
}

static inline int32_t merc_round(double v)
{
    return v <= INT32_MIN ? INT32_MIN : v >= INT32_MAX ? INT32_MAX : (int32_t)lrint(v);
}

#endif
