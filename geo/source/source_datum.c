/* source_datum.c - the datum of a system of coordinates that has no EPSG code. */
#include "geo/source/source_datum_internal.h"

#include <math.h>
#include <string.h>

#include "geo/files/gdal_internal.h"
#include "geo/place/utm.h"

static const double wgs84_m = 6378137; /* half its larger axis */

static bool names_psad56(OGRSpatialReferenceH crs)
{
    static const char *const parts[] = {"DATUM", "GEOGCS"};
    static const char *const names[] = {"provisional_s", "provisional s", "psad"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *name = gdal->OSRGetAttrValue(crs, parts[i], 0);
        for (size_t n = 0; name && n < sizeof names / sizeof *names; n++)
            if (strcasestr(name, names[n]))
                return true;
    }
    return false;
}

static bool has_shift(OGRSpatialReferenceH crs)
{
    double shift[7];
    return gdal->OSRGetTOWGS84(crs, shift, 7) == OGRERR_NONE;
}

int source_datum_psad56(OGRSpatialReferenceH crs)
{
    int north = 0, zone;
    if (has_shift(crs) || !names_psad56(crs))
        return 0;
    if (gdal->OSRIsGeographic(crs))
        return 4248;
    zone = gdal->OSRGetUTMZone(crs, &north);
    return zone && !north && geo_utm_code(GEO_DATUM_PSAD56, zone, false) > 0
               ? geo_utm_code(GEO_DATUM_PSAD56, zone, false)
               : 0;
}

/* A transformation that takes nothing for granted; NULL: none. */
static OGRCoordinateTransformationH strict(OGRSpatialReferenceH from, OGRSpatialReferenceH to,
                                           bool ballpark)
{
    OGRCoordinateTransformationOptionsH options = gdal->OCTNewCoordinateTransformationOptions();
    gdal->OCTCoordinateTransformationOptionsSetBallparkAllowed(options, ballpark);
    OGRCoordinateTransformationH made = gdal->OCTNewCoordinateTransformationEx(from, to, options);
    gdal->OCTDestroyCoordinateTransformationOptions(options);
    return made;
}

/* A place of the country, in the numbers of that system, comes back only by a guess. */
static bool is_guessed(OGRSpatialReferenceH crs, OGRSpatialReferenceH lon_lat)
{
    double x = -65, y = -17;
    OGRCoordinateTransformationH there = strict(lon_lat, crs, true);
    OGRCoordinateTransformationH back = strict(crs, lon_lat, false);
    bool known = there && back && gdal->OCTTransform(there, 1, &x, &y, NULL) &&
                 gdal->OCTTransform(back, 1, &x, &y, NULL);
    if (there)
        gdal->OCTDestroyCoordinateTransformation(there);
    if (back)
        gdal->OCTDestroyCoordinateTransformation(back);
    return !known;
}

static bool has_known_place(OGRSpatialReferenceH crs)
{
    if (has_shift(crs))
        return true;
    OGRSpatialReferenceH lon_lat = gdal->OSRNewSpatialReference(NULL);
    gdal->OSRSetFromUserInput(lon_lat, "OGC:CRS84");
    bool guessed = is_guessed(crs, lon_lat);
    gdal->OSRRelease(lon_lat);
    return !guessed;
}

bool source_datum_is_open(OGRSpatialReferenceH crs)
{
    return fabs(gdal->OSRGetSemiMajor(crs, NULL) - wgs84_m) >= 1 && !has_known_place(crs);
}

bool source_datum_is_unknown(OGRSpatialReferenceH crs)
{
    static const double degree = 0.0174532925199433;
    return gdal->OSRIsGeographic(crs) && gdal->OSRGetPrimeMeridian(crs, NULL) == 0 &&
           fabs(gdal->OSRGetAngularUnits(crs, NULL) - degree) < 1e-12 && !has_known_place(crs);
}
