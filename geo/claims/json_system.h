/* json_system.h - which system of coordinates a JSON states: GeoJSON's «crs», JSON-FG's
 * «coordRefSys», Esri's «spatialReference».
 *
 * GDAL reads those of the whole file only, and no links. PostGIS writes «crs» in each geometry.
 * In JSON-FG «geometry» is in degrees, and «coordRefSys» the system of «place»; programs that put
 * metres into «geometry» mean it for them.
 *
 * Owns:    nothing.
 * Threads: one owner.
 * Errors:  none; what is not understood is JSON_SYSTEM_OTHER or JSON_SYSTEM_UNREAD.
 */
#ifndef GEO_JSON_SYSTEM_H
#define GEO_JSON_SYSTEM_H

#include "geo/claims/geometry_claims.h"
#include "geo/claims/json_scan.h"

enum {
    JSON_SYSTEM_UNREAD = -2, /* a link without an EPSG code */
    JSON_SYSTEM_OTHER = -1,  /* by a name that GDAL may know */
    JSON_SYSTEM_NONE = 0,
    JSON_SYSTEM_LON_LAT = 4326,
};

/* True for the key of such a member. */
bool json_system_is_key(const char *key);
/* After the key of such a member: passes over its value. An EPSG code, or one of those above. */
int json_system_read(struct json_scan *scan);

/* What the records and the file state, as it is gathered; begins as {0}. */
struct json_systems {
    int of_file;          /* what it states for all of its records */
    int reference;        /* its «coordRefSys», which is not that of coordinates in degrees */
    bool silent, several; /* a record states none; records state several */
    bool metres;          /* one that states none has coordinates that are no degrees */
    int of_records;       /* what the first one stated */
};
/* Of a record with a geometry. */
void json_systems_add(struct json_systems *systems, int system, bool metres);
/* What GDAL would not take by itself, as geometry_claims has it. */
struct stated_system json_systems_stated(const struct json_systems *systems);

#endif
