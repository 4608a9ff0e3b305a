/* rural.c - points in rural land of a municipality. */
#include "data/generator/generate.h"

#include <math.h>

#define KM_LAT 110.57     /* of a degree of latitude in the tropics */
#define PEOPLE_KM2 4000.0 /* of a built-up area */

double km_per_degree_lon(double lat)
{
    return 111.32 * cos(lat * 3.141592653589793 / 180);
}

/* Rough radius of a town's built-up area, from the people who do not live in
 * dispersed communities. */
static double urban_radius_km(const struct town *town)
{
    double urban = town->people > town->rural ? town->people - town->rural : 0;
    return 0.6 + sqrt(urban / PEOPLE_KM2 / 3.141592653589793);
}

static bool is_rural(const struct source *source, double lon, double lat)
{
    double km_lon = km_per_degree_lon(lat);
    for (size_t i = 0; i < N_TOWNS; i++) {
        const struct town *town = &source->towns[i];
        double x = (lon - town->lon) * km_lon, y = (lat - town->lat) * KM_LAT;
        double radius = urban_radius_km(town);
        if (x * x + y * y < radius * radius)
            return false;
    }
    return true;
}

/* Inside, and so by some hundred metres to every side. */
static bool well_inside(const struct map *map, size_t town, double lon, double lat, double km)
{
    double dx = km / km_per_degree_lon(lat), dy = km / KM_LAT;
    return map_holds(map, town, lon, lat) && map_holds(map, town, lon + dx, lat) &&
           map_holds(map, town, lon - dx, lat) && map_holds(map, town, lon, lat + dy) &&
           map_holds(map, town, lon, lat - dy);
}

void map_rural_point(const struct map *map, const struct source *source, size_t index,
                     struct rng *rng, double lonlat[2])
{
    const struct town *town = &source->towns[index];
    double km_lon = km_per_degree_lon(town->lat);
    double reach = sqrt(town->area_km2), around = urban_radius_km(town);
    for (int attempt = 0; attempt < 4000; attempt++) {
        /* Near the town's surroundings rather than far off, as villages are;
         * wider only when that finds nothing. */
        double x = rng_range(rng, -1, 1), y = rng_range(rng, -1, 1), square = x * x + y * y;
        if (square > 1 || square < 1e-6)
            continue;
        double out = around + reach * square * (0.35 + attempt / 1000.0), unit = sqrt(square);
        double lon = town->lon + out * x / unit / km_lon, lat = town->lat + out * y / unit / KM_LAT;
        lon = round(lon * 1e5) / 1e5;
        lat = round(lat * 1e5) / 1e5;
        if (well_inside(map, index, lon, lat, 0.3) &&
            (attempt > 3000 || is_rural(source, lon, lat))) {
            lonlat[0] = lon;
            lonlat[1] = lat;
            return;
        }
    }
    fail("%s: no se halla un punto rural", town->codigo);
}
