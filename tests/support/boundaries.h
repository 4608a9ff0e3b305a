/* boundaries.h - polygons of any OGR source as geo_source_unit, for tests and
 * benches that do not go through a database. Repairs what is invalid.
 *
 * Owns: everything; boundaries_free(). Include it in one place a program.
 */
#ifndef TESTS_SUPPORT_BOUNDARIES_H
#define TESTS_SUPPORT_BOUNDARIES_H

#include <gdal.h>
#include <ogr_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/place/edition.h"
#include "geo/place/geos.h"

struct boundaries {
    struct geo_source_unit *units;
    size_t n, n_repaired;
};

static void boundaries_free(struct boundaries *all)
{
    for (size_t i = 0; i < all->n; i++) {
        free((void *)(uintptr_t)all->units[i].wkb);
        free((void *)(uintptr_t)all->units[i].unit.nombre);
    }
    free(all->units);
    *all = (struct boundaries){0};
}

static bool boundaries_read_feature(struct geo_geos *geos, OGRFeatureH feature,
                                    struct boundaries *all)
{
    struct err err = {0};
    struct geo_repair repair;
    struct geo_source_unit *unit = &all->units[all->n];
    struct buf fixed;
    OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
    size_t len = (size_t)OGR_G_WkbSize(geometry);
    unsigned char *wkb = malloc(len);
    buf_init(&fixed);
    bool good = wkb && OGR_G_ExportToIsoWkb(geometry, wkbNDR, wkb) == OGRERR_NONE &&
                geo_geos_repair_wkb(geos, wkb, len, &fixed, &repair, &err);
    free(wkb);
    if (!good) {
        fprintf(stderr, "%s\n", err.message);
        return false;
    }
    all->n_repaired += repair.changed;
    *unit = (struct geo_source_unit){.unit = {.id = OGR_F_GetFID(feature)}};
    unit->wkb = (unsigned char *)buf_take(&fixed, &unit->wkb_len);
    snprintf(unit->unit.codigo, sizeof unit->unit.codigo, "%.6s",
             OGR_F_GetFieldAsString(feature, OGR_F_GetFieldIndex(feature, "codigo")));
    unit->unit.nombre =
        strdup(OGR_F_GetFieldAsString(feature, OGR_F_GetFieldIndex(feature, "nombre")));
    all->n++;
    return true;
}

static bool boundaries_read(const char *path, struct boundaries *all)
{
    *all = (struct boundaries){0};
    GDALAllRegister();
    GDALDatasetH source = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, NULL, NULL, NULL);
    if (!source)
        return false;
    OGRLayerH layer = GDALDatasetGetLayer(source, 0);
    struct geo_geos *geos = geo_geos_new(NULL);
    size_t count = (size_t)OGR_L_GetFeatureCount(layer, 1);
    all->units = calloc(count + 1, sizeof *all->units);
    bool good = geos && all->units;
    for (OGRFeatureH feature; good && (feature = OGR_L_GetNextFeature(layer));) {
        good = boundaries_read_feature(geos, feature, all);
        OGR_F_Destroy(feature);
    }
    geo_geos_free(geos);
    GDALClose(source);
    return good && all->n > 0;
}

#endif
