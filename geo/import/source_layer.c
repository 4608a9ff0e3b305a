/* source_layer.c - chooses the layer of a source to read. */
#include <string.h>
#include <strings.h>

#include "geo/base/buf.h"
#include "geo/base/text.h"
#include "geo/import/gdal_internal.h"
#include "geo/import/source_internal.h"

static bool names_layer(OGRLayerH layer, const char *name)
{
    return strcasecmp(gdal->OGR_L_GetName(layer), name) == 0;
}

/* How well a layer fits: 0 not at all, 2 its geometry fits, 1 its columns might have
 * coordinates. */
static int suits(OGRLayerH layer, enum geo_geometry wanted)
{
    OGRwkbGeometryType type = gdal->OGR_GT_Flatten(gdal->OGR_L_GetGeomType(layer));
    bool none = type == wkbNone;
    bool point = type == wkbPoint || type == wkbMultiPoint;
    bool area = type == wkbPolygon || type == wkbMultiPolygon || type == wkbCurvePolygon ||
                type == wkbMultiSurface;
    switch (wanted) {
    case GEO_NO_GEOMETRY:
        return none ? 2 : 1;
    case GEO_POINT:
        return point || type == wkbUnknown ? 2 : none;
    case GEO_MULTIPOLYGON:
        return area || type == wkbUnknown || type == wkbGeometryCollection ? 2 : none;
    case GEO_ANY_GEOMETRY:
        return none ? 1 : 2;
    }
    return 0;
}

/* Adds the names of views and virtual tables, which a user may be looking for. */
static void tell_left_out(const struct buf *names, struct err *err)
{
    if (!err || !names->len)
        return;
    struct err before = *err;
    err_set(err, before.kind,
            "%s; sus vistas y tablas virtuales no se leen (%.*s): guarde sus filas en una tabla",
            before.message, text_cut(names->data, 300), names->data);
}

OGRLayerH source_layer_choose(GDALDatasetH dataset, const struct geo_source_options *options,
                              const struct buf *left_out, struct err *err)
{
    OGRLayerH chosen = NULL;
    int n = gdal->GDALDatasetGetLayerCount(dataset), best = -1;
    for (int i = 0; i < n && options->layer; i++)
        if (names_layer(gdal->GDALDatasetGetLayer(dataset, i), options->layer)) {
            chosen = gdal->GDALDatasetGetLayer(dataset, i);
            return chosen;
        }
    for (int i = 0; i < n && !options->layer; i++) {
        OGRLayerH layer = gdal->GDALDatasetGetLayer(dataset, i);
        int score = suits(layer, options->geometry) * 2;
        if (n > 1 && gdal->OGR_L_GetFeatureCount(layer, TRUE) > 0)
            score++;
        if (score > best) {
            best = score;
            chosen = layer;
        }
    }
    if (chosen)
        return chosen;
    struct buf names;
    buf_init(&names);
    for (int i = 0; i < n; i++)
        buf_printf(&names, "%s%s", i ? ", " : "",
                   gdal->OGR_L_GetName(gdal->GDALDatasetGetLayer(dataset, i)));
    if (options->layer && n)
        err_set(err, ERR_NOT_FOUND, "no hay una capa «%s» en «%s»; hay: %s", options->layer,
                options->path, names.data);
    else
        err_set(err, ERR_INPUT, "«%s» no tiene ninguna capa", options->path);
    tell_left_out(left_out, err);
    buf_free(&names);
    return NULL;
}
