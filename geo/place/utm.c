/* utm.c - the EPSG codes of UTM zones. */
#include "geo/place/utm.h"

enum { FIRST_ZONE = 19, LAST_ZONE = 21 };

int geo_utm_code(enum geo_datum datum, int zone, bool north)
{
    static const int margen[] = {5356, 5355, 5357};
    switch (datum) {
    case GEO_DATUM_PSAD56:
        return !north && zone >= 18 && zone <= 22 ? 24860 + zone : -1;
    case GEO_DATUM_MARGEN:
        return !north && zone >= FIRST_ZONE && zone <= LAST_ZONE ? margen[zone - FIRST_ZONE] : -1;
    default:
        return (north ? 32600 : 32700) + zone;
    }
}

int geo_utm_zone(int epsg)
{
    if ((epsg > 32600 && epsg <= 32660) || (epsg > 32700 && epsg <= 32760))
        return epsg % 100;
    if (epsg >= 24878 && epsg <= 24882)
        return epsg - 24860;
    return epsg == 5356 ? 19 : epsg == 5355 ? 20 : epsg == 5357 ? 21 : 0;
}

enum geo_datum geo_utm_datum(int epsg)
{
    if (epsg == 4248 || (epsg >= 24878 && epsg <= 24882))
        return GEO_DATUM_PSAD56;
    if (epsg >= 5354 && epsg <= 5357)
        return GEO_DATUM_MARGEN;
    return epsg == 4326 || geo_utm_zone(epsg) ? GEO_DATUM_WGS84 : GEO_DATUM_OPEN;
}
