/* wkt.h - WKB, or a shape, from the WKT of a test case. The caller frees it. */
#ifndef TESTS_SUPPORT_WKT_H
#define TESTS_SUPPORT_WKT_H

#include <ogr_api.h>
#include <stdlib.h>

#include "geo/place/shape.h"

static unsigned char *wkb_of(const char *wkt, size_t *len)
{
    char *text = (char *)(size_t)wkt;
    OGRGeometryH geometry = NULL;
    unsigned char *wkb = NULL;
    *len = 0;
    if (OGR_G_CreateFromWkt(&text, NULL, &geometry) == OGRERR_NONE) {
        *len = (size_t)OGR_G_WkbSize(geometry);
        wkb = malloc(*len);
        if (wkb && OGR_G_ExportToIsoWkb(geometry, wkbNDR, wkb) != OGRERR_NONE) {
            free(wkb);
            wkb = NULL;
        }
    }
    OGR_G_DestroyGeometry(geometry);
    return wkb;
}

/* NULL with *err (which may be NULL) if it is refused. */
static inline struct geo_shape *shape_of_wkt(const char *wkt, struct err *err)
{
    size_t len;
    unsigned char *wkb = wkb_of(wkt, &len);
    struct geo_shape *shape = geo_shape_parse(wkb, len, err);
    free(wkb);
    return shape;
}

#endif
