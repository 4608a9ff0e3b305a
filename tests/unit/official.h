/* official.h - the official boundaries for tests, read by OGR and repaired as
 * import does it; they stay outside the repository. */
#ifndef TESTS_UNIT_OFFICIAL_H
#define TESTS_UNIT_OFFICIAL_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gdal.h>
#include <ogr_api.h>

#include "geo/shape.h"

/* NULL when the shared folder is not there. The path lives in `path`. */
static inline const char *official_path(const char *file, char *path, size_t size)
{
    const char *shared = getenv("SIGG_SHARED");
    snprintf(path, size, "%s/data/%s", shared ? shared : "../shared", file);
    FILE *there = fopen(path, "rb");
    if (there)
        fclose(there);
    return there ? path : NULL;
}

/* Shapes in the file's order; codes[i] may be wanted too (7 bytes each). */
static inline struct geo_shape **official_shapes(const char *path, size_t *n, char (*codes)[7])
{
    GDALAllRegister();
    GDALDatasetH set = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    OGRLayerH layer = set ? GDALDatasetGetLayer(set, 0) : NULL;
    *n = layer ? (size_t)OGR_L_GetFeatureCount(layer, 1) : 0;
    struct geo_shape **shapes = calloc(*n + 1, sizeof *shapes);
    size_t i = 0;
    for (OGRFeatureH feature; layer && (feature = OGR_L_GetNextFeature(layer)); i++) {
        OGRGeometryH geometry = OGR_G_Clone(OGR_F_GetGeometryRef(feature));
        if (!OGR_G_IsValid(geometry)) {
            char *options[] = {"METHOD=STRUCTURE", NULL};
            OGRGeometryH valid = OGR_G_MakeValidEx(geometry, options);
            OGR_G_DestroyGeometry(geometry);
            geometry = OGR_G_ForceToMultiPolygon(valid);
        }
        size_t size = (size_t)OGR_G_WkbSize(geometry);
        unsigned char *wkb = malloc(size);
        OGR_G_ExportToIsoWkb(geometry, wkbNDR, wkb);
        struct err err = {0};
        shapes[i] = geo_shape_parse(wkb, size, &err);
        if (!shapes[i])
            fprintf(stderr, "%zu: %s\n", i, err.message);
        if (codes)
            snprintf(codes[i], sizeof codes[i], "%s",
                     OGR_F_GetFieldAsString(feature, OGR_F_GetFieldIndex(feature, "codigo")));
        free(wkb);
        OGR_G_DestroyGeometry(geometry);
        OGR_F_Destroy(feature);
    }
    if (set)
        GDALClose(set);
    return shapes;
}

#endif
