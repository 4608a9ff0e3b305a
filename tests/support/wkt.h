/* wkt.h - WKB from the WKT of a test case. The caller frees it. */
#ifndef TESTS_SUPPORT_WKT_H
#define TESTS_SUPPORT_WKT_H

#include <ogr_api.h>
#include <stdlib.h>

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

#endif
