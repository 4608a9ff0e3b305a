/* geos_internal.h - the GEOS context, for geos.c and geos_repair.c only. */
#ifndef GEO_GEOS_INTERNAL_H
#define GEO_GEOS_INTERNAL_H

#include <geos_c.h>
#include <string.h>

#include "geo/place/geos.h"

struct geo_geos {
    GEOSContextHandle_t handle;
    char said[256]; /* GEOS' last error */
};

/* struct geo_geom and struct geo_prepared are GEOS' types under other names. */
static inline const GEOSGeometry *geo_geos_theirs(const struct geo_geom *geom)
{
    return (const GEOSGeometry *)geom;
}

static inline struct geo_geom *geo_geos_ours(GEOSGeometry *geom)
{
    return (struct geo_geom *)geom;
}

/* Fills *err with GEOS' message, or with lack of memory if we ran out of it. Returns
 * false. */
static inline bool geo_geos_failed(struct geo_geos *geos, const char *what, struct err *err)
{
    if (!geos->said[0] || strstr(geos->said, "bad_alloc"))
        err_no_memory(err);
    else
        err_set(err, ERR_DEPENDENCY, "GEOS: %s: %s", what, geos->said);
    geos->said[0] = '\0';
    return false;
}

#endif
