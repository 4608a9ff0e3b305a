/* export_tally.c - counts the values and bytes of written records. */
#include "geo/export/export_tally.h"

#include <string.h>

void export_tally_add(struct export_tally *tally, OGRFeatureH feature,
                      const struct export_column *columns, const int *field, int n)
{
    tally->records++;
    for (int i = 0; i < n; i++) {
        if (field[i] < 0 || !gdal->OGR_F_IsFieldSetAndNotNull(feature, field[i]))
            continue;
        size_t len =
            columns[i].is_text ? strlen(gdal->OGR_F_GetFieldAsString(feature, field[i])) : 0;
        tally->text_bytes += (int64_t)len;
        tally->values += len > 0 || !columns[i].is_text; /* some formats have no empty text */
    }
    OGRGeometryH geometry = gdal->OGR_F_GetGeometryRef(feature);
    tally->geometries += geometry != NULL;
    if (geometry)
        tally->geometry_bytes += (int64_t)gdal->OGR_G_WkbSizeEx(geometry);
}

void export_tally_layer(struct export_tally *tally, OGRLayerH layer,
                        const struct export_column *columns, int n)
{
    int field[EXPORT_MAX_COLUMNS];
    for (int i = 0; i < n; i++)
        field[i] = gdal->OGR_FD_GetFieldIndex(gdal->OGR_L_GetLayerDefn(layer), columns[i].name);
    for (OGRFeatureH feature; (feature = gdal->OGR_L_GetNextFeature(layer));) {
        export_tally_add(tally, feature, columns, field, n);
        gdal->OGR_F_Destroy(feature);
    }
}
