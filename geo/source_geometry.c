#include "geo/source_geometry.h"

#include <math.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* PSAD56 to WGS 84 by EPSG:1202 (Bolivia, 19 m): PROJ would choose among five
 * operations, and not the same one in every version. */
#define PSAD56_TO_WGS84                                                              \
    "+step +proj=push +v_3 +step +proj=cart +ellps=intl "                            \
    "+step +proj=helmert +x=-270 +y=188 +z=-388 +step +inv +proj=cart +ellps=WGS84 " \
    "+step +proj=pop +v_3 +step +proj=unitconvert +xy_in=rad +xy_out=deg"

static bool pinned_operation(int epsg, char *pipeline, size_t size)
{
    if (epsg == 4248)
        snprintf(pipeline, size,
                 "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad " PSAD56_TO_WGS84);
    else if (epsg >= 24879 && epsg <= 24881)
        snprintf(pipeline, size,
                 "+proj=pipeline +step +inv +proj=utm +zone=%d +south +ellps=intl " PSAD56_TO_WGS84,
                 epsg - 24860);
    else
        return false;
    return true;
}

static OGRCoordinateTransformationH transformation(OGRSpatialReferenceH from, int epsg)
{
    char pipeline[512];
    OGRSpatialReferenceH lon_lat = OSRNewSpatialReference(NULL);
    OGRCoordinateTransformationOptionsH options = OCTNewCoordinateTransformationOptions();
    OSRSetFromUserInput(lon_lat, "OGC:CRS84");
    OSRSetAxisMappingStrategy(lon_lat, OAMS_TRADITIONAL_GIS_ORDER);
    OSRSetAxisMappingStrategy(from, OAMS_TRADITIONAL_GIS_ORDER);
    if (pinned_operation(epsg, pipeline, sizeof pipeline))
        OCTCoordinateTransformationOptionsSetOperation(options, pipeline, FALSE);
    OGRCoordinateTransformationH result = OCTNewCoordinateTransformationEx(from, lon_lat, options);
    OCTDestroyCoordinateTransformationOptions(options);
    OSRRelease(lon_lat);
    return result;
}

/* Lon/lat on WGS 84, whatever the order its authority gives the axes. */
static bool is_lon_lat(OGRSpatialReferenceH crs)
{
    OGRSpatialReferenceH wgs84 = OSRNewSpatialReference(NULL);
    OSRSetFromUserInput(wgs84, "EPSG:4326");
    const char *const how[] = {"IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES",
                               "CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS", NULL};
    bool same = OSRIsGeographic(crs) && OSRIsSameEx(crs, wgs84, how);
    OSRRelease(wgs84);
    return same;
}

static int epsg_of(OGRSpatialReferenceH crs)
{
    if (!OSRGetAuthorityCode(crs, NULL))
        OSRAutoIdentifyEPSG(crs);
    const char *authority = OSRGetAuthorityName(crs, NULL), *code = OSRGetAuthorityCode(crs, NULL);
    return authority && code && strcmp(authority, "EPSG") == 0 ? atoi(code) : 0;
}

bool source_geometry_init(struct source_geometry *to, enum geo_geometry wanted,
                          OGRSpatialReferenceH layer_crs, int epsg, struct err *err)
{
    *to = (struct source_geometry){.wanted = wanted};
    OGRSpatialReferenceH crs = NULL;
    bool ok = true;
    if (epsg) {
        crs = OSRNewSpatialReference(NULL);
        if (OSRImportFromEPSG(crs, epsg) != OGRERR_NONE) {
            ok = err_set(err, ERR_INPUT, "no se conoce el sistema de referencia EPSG:%d", epsg);
            goto done;
        }
    } else if (layer_crs)
        crs = OSRClone(layer_crs);
    if (!crs)
        goto done;
    if (is_lon_lat(crs)) {
        snprintf(to->crs, sizeof to->crs, "OGC:CRS84");
        goto done;
    }
    to->epsg = epsg ? epsg : epsg_of(crs);
    const char *name = OSRGetName(crs);
    if (to->epsg)
        snprintf(to->crs, sizeof to->crs, "EPSG:%d", to->epsg);
    else
        snprintf(to->crs, sizeof to->crs, "%.63s", name ? name : "");
    to->to_lon_lat = transformation(crs, to->epsg);
    if (!to->to_lon_lat)
        ok = err_set(err, ERR_INPUT, "de «%s» no se puede pasar a longitud y latitud", to->crs);
done:
    if (crs)
        OSRRelease(crs);
    return ok;
}

void source_geometry_free(struct source_geometry *to)
{
    if (to->to_lon_lat)
        OCTDestroyCoordinateTransformation(to->to_lon_lat);
    free(to->wkb);
    *to = (struct source_geometry){0};
}

static enum geo_shape shape_of(OGRwkbGeometryType type)
{
    switch (type) {
    case wkbPoint:
    case wkbMultiPoint:
        return GEO_SHAPE_POINT;
    case wkbLineString:
    case wkbMultiLineString:
        return GEO_SHAPE_LINE;
    case wkbPolygon:
    case wkbMultiPolygon:
        return GEO_SHAPE_POLYGON;
    default:
        return GEO_SHAPE_NONE;
    }
}

static const char *spanish(OGRwkbGeometryType type)
{
    static const char *const names[] = {"ninguna", "un punto", "una línea", "un polígono"};
    return type == wkbGeometryCollection ? "una colección" : names[shape_of(type)];
}

/* A multi of one part becomes that part; polygons become a multi where wanted. */
static OGRGeometryH fit(OGRGeometryH geometry, enum geo_geometry wanted)
{
    OGRwkbGeometryType type = OGR_G_GetGeometryType(geometry);
    if (wanted == GEO_MULTIPOLYGON)
        return OGR_G_ForceToMultiPolygon(geometry);
    if ((type == wkbMultiPoint || type == wkbGeometryCollection) &&
        OGR_G_GetGeometryCount(geometry) == 1) {
        OGRGeometryH part = OGR_G_Clone(OGR_G_GetGeometryRef(geometry, 0));
        OGR_G_DestroyGeometry(geometry);
        return part;
    }
    return geometry;
}

static bool fits(OGRwkbGeometryType type, enum geo_geometry wanted)
{
    switch (wanted) {
    case GEO_NO_GEOMETRY:
        return true;
    case GEO_POINT:
        return type == wkbPoint;
    case GEO_MULTIPOLYGON:
        return type == wkbMultiPolygon;
    case GEO_ANY_GEOMETRY:
        return shape_of(type) != GEO_SHAPE_NONE;
    }
    return false;
}

static bool to_wkb(struct source_geometry *to, OGRGeometryH geometry, struct err *err)
{
    size_t len = OGR_G_WkbSizeEx(geometry);
    if (len > to->wkb_cap) {
        unsigned char *grown = realloc(to->wkb, len);
        if (!grown)
            return err_no_memory(err);
        to->wkb = grown;
        to->wkb_cap = len;
    }
    to->wkb_len = len;
    if (OGR_G_ExportToIsoWkb(geometry, wkbNDR, to->wkb) != OGRERR_NONE)
        return err_set(err, ERR_INPUT, "la geometría no se puede leer");
    return true;
}

static bool in_range(OGRGeometryH geometry)
{
    OGREnvelope box;
    OGR_G_GetEnvelope(geometry, &box);
    return box.MinX >= -180 && box.MaxX <= 180 && box.MinY >= -90 && box.MaxY <= 90;
}

bool source_geometry_read(struct source_geometry *to, OGRGeometryH geometry,
                          struct geo_source_row *row, struct err *err)
{
    bool ok = false;
    row->shape = GEO_SHAPE_NONE;
    row->wkb = NULL;
    row->wkb_len = 0;
    if (!geometry || OGR_G_IsEmpty(geometry) || to->wanted == GEO_NO_GEOMETRY) {
        ok = true;
        goto done;
    }
    OGR_G_FlattenTo2D(geometry);
    if (OGR_G_HasCurveGeometry(geometry, TRUE)) {
        OGRGeometryH linear = OGR_G_GetLinearGeometry(geometry, 0, NULL);
        OGR_G_DestroyGeometry(geometry);
        geometry = linear;
    }
    const char *came = geometry ? spanish(OGR_G_GetGeometryType(geometry)) : "ninguna";
    geometry = geometry ? fit(geometry, to->wanted) : NULL;
    if (!geometry || !fits(OGR_G_GetGeometryType(geometry), to->wanted) ||
        OGR_G_IsEmpty(geometry)) {
        static const char *const expected[] = {"ninguna", "un punto", "un polígono",
                                               "un punto, una línea o un polígono"};
        err_set(err, ERR_INPUT, "la geometría es %s; se espera %s", came, expected[to->wanted]);
        goto done;
    }
    enum geo_shape shape = shape_of(OGR_G_GetGeometryType(geometry));
    if (OGR_G_GetGeometryType(geometry) == wkbPoint) {
        row->x = OGR_G_GetX(geometry, 0);
        row->y = OGR_G_GetY(geometry, 0);
        if (!isfinite(row->x) || !isfinite(row->y)) {
            ok = true; /* what some programs write for "no point" */
            goto done;
        }
    }
    if (to->to_lon_lat && OGR_G_Transform(geometry, to->to_lon_lat) != OGRERR_NONE) {
        err_set(err, ERR_INPUT, "la geometría no se puede pasar de %s a longitud y latitud",
                to->crs);
        goto done;
    }
    /* A single point out of range is for the coordinate rescue to judge. */
    if (OGR_G_GetGeometryType(geometry) != wkbPoint && !in_range(geometry)) {
        err_set(err, ERR_INPUT,
                "la geometría no está en longitud y latitud; indique su sistema con --crs EPSG:n");
        goto done;
    }
    if (!to_wkb(to, geometry, err))
        goto done;
    row->shape = shape;
    row->wkb = to->wkb;
    row->wkb_len = to->wkb_len;
    ok = true;
done:
    if (geometry)
        OGR_G_DestroyGeometry(geometry);
    return ok;
}
