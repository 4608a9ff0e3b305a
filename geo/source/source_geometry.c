/* source_geometry.c - converts a geometry of OGR to lon/lat WKB of the kind wanted. */
#include "geo/source/source_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/files/gdal_internal.h"
#include "geo/source/source_datum_internal.h"

/* The transformation for a system without an EPSG code. Systems with one go through
 * geo/place/crs.h, as field coordinates do, so that the same code gives the same place. */
static OGRCoordinateTransformationH transformation(OGRSpatialReferenceH from)
{
    OGRSpatialReferenceH lon_lat = gdal->OSRNewSpatialReference(NULL);
    gdal->OSRSetFromUserInput(lon_lat, "OGC:CRS84");
    gdal->OSRSetAxisMappingStrategy(lon_lat, OAMS_TRADITIONAL_GIS_ORDER);
    gdal->OSRSetAxisMappingStrategy(from, OAMS_TRADITIONAL_GIS_ORDER);
    OGRCoordinateTransformationH result = gdal->OCTNewCoordinateTransformation(from, lon_lat);
    gdal->OSRRelease(lon_lat);
    return result;
}

bool source_geometry_transform(struct geo_crs *crs, int epsg, OGRGeometryH geometry,
                               struct err *err)
{
    int parts = gdal->OGR_G_GetGeometryCount(geometry),
        points = gdal->OGR_G_GetPointCount(geometry);
    for (int i = 0; i < parts; i++)
        if (!source_geometry_transform(crs, epsg, gdal->OGR_G_GetGeometryRef(geometry, i), err))
            return false;
    if (parts > 0 || points <= 0)
        return true;
    double *xy = malloc((size_t)points * 2 * sizeof *xy);
    if (!xy)
        return err_no_memory(err);
    gdal->OGR_G_GetPoints(geometry, xy, 2 * sizeof *xy, xy + 1, 2 * sizeof *xy, NULL, 0);
    bool ok = geo_crs_to_lonlat(crs, epsg, xy, (size_t)points, err);
    for (size_t i = 0; ok && i < (size_t)points; i++)
        gdal->OGR_G_SetPoint_2D(geometry, (int)i, xy[2 * i], xy[2 * i + 1]);
    free(xy);
    return ok;
}

/* True for lon/lat on WGS 84, in either order of axes. */
static bool is_lon_lat(OGRSpatialReferenceH crs)
{
    OGRSpatialReferenceH wgs84 = gdal->OSRNewSpatialReference(NULL);
    gdal->OSRSetFromUserInput(wgs84, "EPSG:4326");
    const char *const how[] = {"IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES",
                               "CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS", NULL};
    bool same = gdal->OSRIsGeographic(crs) && gdal->OSRIsSameEx(crs, wgs84, how);
    gdal->OSRRelease(wgs84);
    return same;
}

static int epsg_of(OGRSpatialReferenceH crs)
{
    if (!gdal->OSRGetAuthorityCode(crs, NULL))
        gdal->OSRAutoIdentifyEPSG(crs);
    const char *authority = gdal->OSRGetAuthorityName(crs, NULL);
    const char *code = gdal->OSRGetAuthorityCode(crs, NULL);
    return authority && code && strcmp(authority, "EPSG") == 0 ? atoi(code) : 0;
}

/* For a system without a code. */
static bool take_unnamed(struct source_geometry *to, OGRSpatialReferenceH crs, struct err *err)
{
    const char *name = gdal->OSRGetName(crs);
    snprintf(to->crs, sizeof to->crs, "%.63s", name ? name : "");
    if (source_datum_is_open(crs))
        memcpy(to->open, to->crs, sizeof to->open);
    if (source_datum_is_unknown(crs)) {
        snprintf(to->crs, sizeof to->crs, "OGC:CRS84");
        return true;
    }
    to->to_lon_lat = transformation(crs);
    return to->to_lon_lat ||
           err_set(
               err, ERR_INPUT,
               "de «%s», el sistema que dice la fuente, no se puede pasar a longitud y latitud; "
               "indique el verdadero con --crs EPSG:n (EPSG:32719, 32720 o 32721 si son metros "
               "de UTM)",
               to->crs);
}

/* Takes the system of the coordinates; epsg: stated, or 0. */
static bool take_system(struct source_geometry *to, OGRSpatialReferenceH crs, int epsg,
                        struct err *err)
{
    gdal->OSRDemoteTo2D(crs, NULL); /* heights are not kept */
    to->in_metres = !gdal->OSRIsGeographic(crs);
    to->declared = !epsg;
    if (is_lon_lat(crs)) {
        snprintf(to->crs, sizeof to->crs, "OGC:CRS84");
        return true;
    }
    to->epsg = epsg ? epsg : epsg_of(crs);
    if (!to->epsg)
        to->epsg = source_datum_psad56(crs);
    if (!to->epsg)
        return take_unnamed(to, crs, err);
    snprintf(to->crs, sizeof to->crs, "EPSG:%d", to->epsg);
    to->crs_of = geo_crs_new(err);
    return to->crs_of != NULL;
}

bool source_geometry_init(struct source_geometry *to, enum geo_geometry wanted,
                          OGRSpatialReferenceH layer_crs, int epsg,
                          const struct geo_source_limits *limits, struct err *err)
{
    *to = (struct source_geometry){.wanted = wanted, .limits = limits};
    OGRSpatialReferenceH crs = NULL;
    bool ok = true;
    if (epsg) {
        crs = gdal->OSRNewSpatialReference(NULL);
        ok = gdal->OSRImportFromEPSG(crs, epsg) == OGRERR_NONE ||
             err_set(err, ERR_INPUT, "no se conoce el sistema de referencia EPSG:%d", epsg);
    } else if (layer_crs)
        crs = gdal->OSRClone(layer_crs);
    ok = ok && (!crs || take_system(to, crs, epsg, err));
    if (crs)
        gdal->OSRRelease(crs);
    return ok;
}

void source_geometry_free(struct source_geometry *to)
{
    if (to->to_lon_lat)
        gdal->OCTDestroyCoordinateTransformation(to->to_lon_lat);
    geo_crs_free(to->crs_of);
    free(to->wkb);
    *to = (struct source_geometry){0};
}

static enum geo_source_shape shape_of(OGRwkbGeometryType type)
{
    switch (type) {
    case wkbPoint:
    case wkbMultiPoint:
        return GEO_SOURCE_POINT;
    case wkbLineString:
    case wkbMultiLineString:
        return GEO_SOURCE_LINE;
    case wkbPolygon:
    case wkbMultiPolygon:
        return GEO_SOURCE_POLYGON;
    default:
        return GEO_SOURCE_NONE;
    }
}

static bool to_wkb(struct source_geometry *to, OGRGeometryH geometry, struct err *err)
{
    size_t len = gdal->OGR_G_WkbSizeEx(geometry);
    if (len > to->wkb_cap) {
        unsigned char *grown = realloc(to->wkb, len);
        if (!grown)
            return err_no_memory(err);
        to->wkb = grown;
        to->wkb_cap = len;
    }
    to->wkb_len = len;
    if (gdal->OGR_G_ExportToIsoWkb(geometry, wkbNDR, to->wkb) != OGRERR_NONE)
        return err_set(err, ERR_INPUT, "la geometría no se puede leer");
    return true;
}

static bool is_finite(OGRGeometryH geometry)
{
    int n = gdal->OGR_G_GetGeometryCount(geometry);
    bool finite = true;
    for (int i = 0; finite && i < n; i++)
        finite = is_finite(gdal->OGR_G_GetGeometryRef(geometry, i));
    n = n ? 0 : gdal->OGR_G_GetPointCount(geometry);
    for (int i = 0; finite && i < n; i++)
        finite = isfinite(gdal->OGR_G_GetX(geometry, i)) && isfinite(gdal->OGR_G_GetY(geometry, i));
    return finite;
}

static const char not_finite[] = "la geometría tiene una coordenada que no es un número";

static bool in_degrees(const OGREnvelope *box)
{
    return box->MinX >= -180 && box->MaxX <= 180 && box->MinY >= -90 && box->MaxY <= 90;
}

/* Eastings and northings of UTM zones 19 to 21 south, as far as Bolivia goes. */
static bool in_utm(const OGREnvelope *box)
{
    return box->MinX >= 100000 && box->MaxX <= 1000000 && box->MinY >= 7000000 &&
           box->MaxY <= 9500000;
}

/* Nobody transformed the numbers, and the caller puts them right. */
static bool may_be_metres(const struct source_geometry *to)
{
    return to->unplaced && !to->crs_of && !to->to_lon_lat;
}

/* No projection of the Earth has larger numbers of metres. */
static const double farthest_m = 3e7;

static bool in_range(const struct source_geometry *to, OGRGeometryH geometry)
{
    OGREnvelope box;
    gdal->OGR_G_GetEnvelope(geometry, &box);
    return in_degrees(&box) ||
           (may_be_metres(to) && box.MinX >= -farthest_m && box.MaxX <= farthest_m &&
            box.MinY >= -farthest_m && box.MaxY <= farthest_m);
}

/* The system that the source declares cannot be that of its coordinates. */
static bool fits_system(const struct source_geometry *to, OGRGeometryH geometry, bool point,
                        struct err *err)
{
    OGREnvelope box;
    gdal->OGR_G_GetEnvelope(geometry, &box);
    if (to->in_metres && to->declared && in_degrees(&box))
        return err_set(
            err, ERR_INPUT,
            "la fuente dice que está en %s, en metros, y la coordenada %.6g, %.6g parece "
            "de grados: impórtela con --crs EPSG:4326 si son grados, con --crs %s si son "
            "metros",
            to->crs, box.MinX, box.MinY, to->epsg ? to->crs : "EPSG:n");
    if (!to->in_metres && !point && in_utm(&box) && !may_be_metres(to))
        return err_set(err, ERR_INPUT,
                       "la geometría no está en longitud y latitud: %.0f, %.0f parece UTM; indique "
                       "su zona con --crs EPSG:32719 (o 32720, 32721)",
                       box.MinX, box.MinY);
    return true;
}

static void count_parts(OGRGeometryH geometry, int64_t *vertices, int64_t *parts)
{
    int n = gdal->OGR_G_GetGeometryCount(geometry);
    for (int i = 0; i < n; i++)
        count_parts(gdal->OGR_G_GetGeometryRef(geometry, i), vertices, parts);
    if (n == 0) {
        *vertices += gdal->OGR_G_GetPointCount(geometry);
        ++*parts;
    }
}

/* Checked before anything else is done with the geometry. */
static bool within_limits(const struct source_geometry *to, OGRGeometryH geometry, struct err *err)
{
    int64_t vertices = 0, parts = 0;
    count_parts(geometry, &vertices, &parts);
    return geo_source_within(to->limits, GEO_LIMIT_VERTICES, vertices, err) &&
           geo_source_within(to->limits, GEO_LIMIT_PARTS, parts, err);
}

/* Lines in place of curves, polygons in place of surfaces of facets (a Shapefile's
 * MultiPatch); takes the geometry. NULL: memory. Classes for curves that have none (the
 * MultiSurface of a WFS) become those of lines too. */
static OGRGeometryH straightened(OGRGeometryH geometry)
{
    OGRwkbGeometryType type = gdal->OGR_G_GetGeometryType(geometry);
    if (type == wkbPolyhedralSurface || type == wkbTIN || type == wkbTriangle)
        return gdal->OGR_G_ForceToMultiPolygon(geometry);
    if (!gdal->OGR_G_HasCurveGeometry(geometry, FALSE))
        return geometry;
    OGRGeometryH linear = gdal->OGR_G_GetLinearGeometry(geometry, 0, NULL);
    gdal->OGR_G_DestroyGeometry(geometry);
    return linear;
}

/* To longitude and latitude. */
static bool transform(struct source_geometry *to, OGRGeometryH geometry, bool point,
                      struct err *err)
{
    if (to->crs_of && !point && !source_geometry_transform(to->crs_of, to->epsg, geometry, err))
        return false;
    if (to->to_lon_lat && gdal->OGR_G_Transform(geometry, to->to_lon_lat) != OGRERR_NONE)
        return err_set(err, ERR_INPUT, "la geometría no se puede pasar de %s a longitud y latitud",
                       to->crs);
    /* A single point out of range is left to the coordinate rescue. */
    if (!point && !is_finite(geometry))
        return err_set(err, ERR_INPUT, "%s", not_finite);
    if (!point && !in_range(to, geometry))
        return err_set(err, ERR_INPUT,
                       "la geometría no está en longitud y latitud; indique su sistema con "
                       "--crs EPSG:n");
    return true;
}

/* A point stays in the system of its source. */
static bool read_point(struct source_geometry *to, OGRGeometryH *geometry,
                       struct geo_source_row *row, bool *none, struct err *err)
{
    if (!geometry_fit(geometry, to->wanted, to->note, err))
        return false;
    row->x = gdal->OGR_G_GetX(*geometry, 0);
    row->y = gdal->OGR_G_GetY(*geometry, 0);
    *none = isnan(row->x) && isnan(row->y); /* what some programs write for "no point" */
    if (!*none && (!isfinite(row->x) || !isfinite(row->y)))
        return err_set(err, ERR_INPUT, "%s", not_finite);
    return *none || (fits_system(to, *geometry, true, err) && transform(to, *geometry, true, err));
}

/* Lines become polygons by their lengths in metres: after the transformation.
 * (A shape whose axes are swapped is measured elsewhere on Earth, up to 2.5 times too short.) */
static bool read_other(struct source_geometry *to, OGRGeometryH *geometry, struct err *err)
{
    return fits_system(to, *geometry, false, err) && transform(to, *geometry, false, err) &&
           geometry_fit(geometry, to->wanted, to->note, err);
}

static bool read_wanted(struct source_geometry *to, OGRGeometryH *geometry,
                        struct geo_source_row *row, struct err *err)
{
    bool none = false;
    if (!within_limits(to, *geometry, err))
        return false;
    gdal->OGR_G_FlattenTo2D(*geometry);
    *geometry = straightened(*geometry);
    if (!*geometry)
        return err_no_memory(err);
    struct geometry_parts parts = geometry_parts_of(*geometry);
    bool point = to->wanted == GEO_POINT || parts.lines + parts.polygons == 0;
    if (point ? !read_point(to, geometry, row, &none, err) : !read_other(to, geometry, err))
        return false;
    if (none)
        return true;
    if (!to_wkb(to, *geometry, err))
        return false;
    row->shape = shape_of(gdal->OGR_G_GetGeometryType(*geometry));
    row->wkb = to->wkb;
    row->wkb_len = to->wkb_len;
    return true;
}

bool source_geometry_read(struct source_geometry *to, OGRGeometryH geometry,
                          struct geo_source_row *row, struct err *err)
{
    row->shape = GEO_SOURCE_NONE;
    row->wkb = NULL;
    row->wkb_len = 0;
    to->note[0] = '\0';
    bool none = !geometry || gdal->OGR_G_IsEmpty(geometry) || to->wanted == GEO_NO_GEOMETRY;
    bool ok = none || read_wanted(to, &geometry, row, err);
    if (geometry)
        gdal->OGR_G_DestroyGeometry(geometry);
    return ok;
}
