/* geometry_fit.c - makes of a geometry the kind that its table stores. */
#include "geo/source/geometry_fit_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/files/gdal_internal.h"
#include "geo/place/measure.h"
#include "geo/source/geometry_work_internal.h"

/* Ends of a line that are farther apart than this are not closed. */
static const double gap_most_m = 20, gap_most_share = 0.05;

enum { RING_LEAST = 4 }; /* points, the first one again at the end */

/* Points of a line ------------------------------------------------------------------- */

static bool in_degrees(const double *at)
{
    return fabs(at[0]) <= 180 && fabs(at[1]) <= 90;
}

/* Numbers that are no degrees are metres whose system nobody stated. */
static double distance_m(const double *a, const double *b)
{
    if (!in_degrees(a) || !in_degrees(b))
        return hypot(a[0] - b[0], a[1] - b[1]);
    return geo_measure_distance(a[0], a[1], b[0], b[1]);
}

/* lon, lat interleaved, for free(); NULL: no memory. */
static double *points_of(OGRGeometryH line, int n)
{
    double *xy = malloc(((size_t)n + 1) * 2 * sizeof *xy);
    if (xy && n > 0)
        gdal->OGR_G_GetPoints(line, xy, 2 * sizeof *xy, xy + 1, 2 * sizeof *xy, NULL, 0);
    return xy;
}

static double length_m(const double *xy, int n)
{
    double sum = 0;
    for (int i = 1; i < n; i++)
        sum += distance_m(xy + 2 * (i - 1), xy + 2 * i);
    return sum;
}

static bool is_small(double gap_m, double whole_m)
{
    return gap_m <= gap_most_m && gap_m <= gap_most_share * whole_m;
}

/* Adds a ring of these points to a polygon, the first one again at the end if it is not.
 * There is room for one more. */
static void add_ring(OGRGeometryH polygon, double *xy, int n)
{
    if (xy[0] != xy[2 * n - 2] || xy[1] != xy[2 * n - 1]) {
        memcpy(xy + 2 * (size_t)n, xy, 2 * sizeof *xy);
        n++;
    }
    OGRGeometryH ring = gdal->OGR_G_CreateGeometry(wkbLinearRing);
    gdal->OGR_G_SetPoints(ring, n, xy, 2 * sizeof *xy, xy + 1, 2 * sizeof *xy, NULL, 0);
    gdal->OGR_G_AddGeometryDirectly(polygon, ring);
}

/* Polygons --------------------------------------------------------------------------- */

/* Copies a ring; closes it, or leaves it out if it has no area. */
static bool take_ring(struct geometry_work *work, OGRGeometryH polygon, OGRGeometryH ring,
                      struct err *err)
{
    int n = gdal->OGR_G_GetPointCount(ring);
    if (n == 0) {
        work->rings_empty++;
        return true;
    }
    double *xy = points_of(ring, n);
    if (!xy)
        return err_no_memory(err);
    bool closed = xy[0] == xy[2 * n - 2] && xy[1] == xy[2 * n - 1];
    if (n + !closed < RING_LEAST)
        work->rings_short++;
    else {
        work->rings_closed += !closed;
        add_ring(polygon, xy, n);
    }
    free(xy);
    return true;
}

/* A polygon without its shell is nothing, whatever its holes are. */
static bool take_polygon(struct geometry_work *work, OGRGeometryH from, struct err *err)
{
    OGRGeometryH polygon = gdal->OGR_G_CreateGeometry(wkbPolygon);
    bool ok = true;
    for (int i = 0; ok && i < gdal->OGR_G_GetGeometryCount(from); i++) {
        ok = take_ring(work, polygon, gdal->OGR_G_GetGeometryRef(from, i), err);
        if (i == 0 && gdal->OGR_G_GetGeometryCount(polygon) == 0)
            break;
    }
    if (ok && gdal->OGR_G_GetGeometryCount(polygon) > 0)
        gdal->OGR_G_AddGeometryDirectly(work->made, polygon);
    else
        gdal->OGR_G_DestroyGeometry(polygon);
    return ok;
}

static bool take_polygons(struct geometry_work *work, OGRGeometryH from, struct err *err)
{
    OGRwkbGeometryType type = gdal->OGR_G_GetGeometryType(from);
    if (type == wkbPolygon)
        return take_polygon(work, from, err);
    bool ok = true;
    for (int i = 0; ok && geometry_is_multi(type) && i < gdal->OGR_G_GetGeometryCount(from); i++)
        ok = take_polygons(work, gdal->OGR_G_GetGeometryRef(from, i), err);
    return ok;
}

/* Closed lines ------------------------------------------------------------------------- */

/* Makes a polygon of the points if they close. */
static bool close_points(struct geometry_work *work, double *xy, int n)
{
    double gap_m = distance_m(xy, xy + 2 * (n - 1)), whole_m = length_m(xy, n);
    if (n + (gap_m > 0) < RING_LEAST || !is_small(gap_m, whole_m)) {
        work->gap_m = gap_m;
        return false;
    }
    work->lines_closed++;
    work->gaps_closed += gap_m > 0;
    OGRGeometryH polygon = gdal->OGR_G_CreateGeometry(wkbPolygon);
    add_ring(polygon, xy, n);
    gdal->OGR_G_AddGeometryDirectly(work->made, polygon);
    return true;
}

static bool take_line(struct geometry_work *work, OGRGeometryH line, struct err *err)
{
    int n = gdal->OGR_G_GetPointCount(line);
    double *xy = points_of(line, n);
    if (!xy)
        return err_no_memory(err);
    if (n > 0 && !close_points(work, xy, n))
        work->left.lines++;
    free(xy);
    return true;
}

static bool take_lines(struct geometry_work *work, OGRGeometryH from, struct err *err)
{
    OGRwkbGeometryType type = gdal->OGR_G_GetGeometryType(from);
    if (type == wkbLineString)
        return take_line(work, from, err);
    bool ok = true;
    for (int i = 0; ok && geometry_is_multi(type) && i < gdal->OGR_G_GetGeometryCount(from); i++)
        ok = take_lines(work, gdal->OGR_G_GetGeometryRef(from, i), err);
    return ok;
}

/* A track that was paused comes as segments, each of which begins where the one before
 * ended. Puts their points one after the other; 0: they do not meet. */
static int chain(OGRGeometryH lines, double *xy)
{
    int n = 0;
    for (int i = 0; i < gdal->OGR_G_GetGeometryCount(lines); i++) {
        OGRGeometryH line = gdal->OGR_G_GetGeometryRef(lines, i);
        int more = gdal->OGR_G_GetPointCount(line);
        if (more <= 0)
            continue;
        double *to = xy + 2 * (size_t)n;
        gdal->OGR_G_GetPoints(line, to, 2 * sizeof *xy, to + 1, 2 * sizeof *xy, NULL, 0);
        if (n > 0 && distance_m(to - 2, to) > gap_most_m)
            return 0;
        n += more;
    }
    return n;
}

/* Makes one polygon of the segments of a track, none of which closes by itself. */
static bool join_lines(struct geometry_work *work, OGRGeometryH lines, struct err *err)
{
    int points = 0, parts = gdal->OGR_G_GetGeometryCount(lines);
    if (gdal->OGR_G_GetGeometryType(lines) != wkbMultiLineString || parts < 2)
        return true;
    for (int i = 0; i < parts; i++)
        points += gdal->OGR_G_GetPointCount(gdal->OGR_G_GetGeometryRef(lines, i));
    double *xy = malloc(((size_t)points + 1) * 2 * sizeof *xy);
    if (!xy)
        return err_no_memory(err);
    int n = chain(lines, xy);
    if (n > 0 && close_points(work, xy, n)) {
        work->joined = parts;
        work->left.lines = 0;
    }
    free(xy);
    return true;
}

/* Nothing of the geometry became a polygon. */
static bool no_polygon(const struct geometry_work *work, const struct geometry_parts *parts,
                       struct err *err)
{
    struct buf what;
    if (parts->polygons > 0)
        return err_set(err, ERR_INPUT,
                       "el anillo del polígono está vacío o tiene menos de 3 puntos distintos");
    if (parts->lines == 0 && parts->points == 1)
        return err_set(err, ERR_INPUT, "la geometría es un punto; se espera un polígono");
    if (parts->lines == 1 && parts->points == 0 && work->gap_m == 0)
        return err_set(err, ERR_INPUT,
                       "la geometría es una línea de menos de 3 puntos distintos; se espera un "
                       "polígono");
    if (parts->lines == 1 && parts->points == 0)
        return err_set(err, ERR_INPUT,
                       "la geometría es una línea, y no está cerrada: sus extremos distan %.0f m "
                       "(se cierran hasta 20 m y 5 %% de su largo); se espera un polígono",
                       work->gap_m);
    buf_init(&what);
    geometry_put_parts(&what, parts);
    err_set(err, ERR_INPUT, "la geometría tiene %s, y ninguna línea cerrada; se espera un polígono",
            what.len ? what.data : "nada");
    buf_free(&what);
    return false;
}

static bool fit_polygons(OGRGeometryH *geometry, const struct geometry_parts *parts,
                         char note[GEOMETRY_NOTE_MAX], struct err *err)
{
    struct geometry_work work = {.made = gdal->OGR_G_CreateGeometry(wkbMultiPolygon),
                                 .left = {parts->points, 0, 0}};
    bool ok;
    if (parts->polygons > 0) {
        work.left.lines = parts->lines;
        ok = take_polygons(&work, *geometry, err);
    } else {
        ok = take_lines(&work, *geometry, err);
        if (ok && work.lines_closed == 0)
            ok = join_lines(&work, *geometry, err);
    }
    if (ok && gdal->OGR_G_GetGeometryCount(work.made) == 0)
        ok = no_polygon(&work, parts, err);
    ok = ok && geometry_write_note(&work, note, err);
    if (ok) {
        gdal->OGR_G_DestroyGeometry(*geometry);
        *geometry = work.made;
    } else
        gdal->OGR_G_DestroyGeometry(work.made);
    return ok;
}

/* Points and lines ------------------------------------------------------------------------ */

/* The only part that is of that kind, at any depth. */
static OGRGeometryH first_of(OGRGeometryH geometry, OGRwkbGeometryType kind)
{
    OGRwkbGeometryType type = gdal->OGR_G_GetGeometryType(geometry);
    if (type == kind)
        return gdal->OGR_G_IsEmpty(geometry) ? NULL : geometry;
    OGRGeometryH found = NULL;
    for (int i = 0; !found && geometry_is_multi(type) && i < gdal->OGR_G_GetGeometryCount(geometry);
         i++)
        found = first_of(gdal->OGR_G_GetGeometryRef(geometry, i), kind);
    return found;
}

static void take_first(OGRGeometryH *geometry, OGRwkbGeometryType kind)
{
    OGRGeometryH part = gdal->OGR_G_Clone(first_of(*geometry, kind));
    gdal->OGR_G_DestroyGeometry(*geometry);
    *geometry = part;
}

static bool fit_point(OGRGeometryH *geometry, const struct geometry_parts *parts,
                      char note[GEOMETRY_NOTE_MAX], struct err *err)
{
    const struct geometry_work rest = {.left = {0, parts->lines, parts->polygons}};
    if (parts->points == 1) {
        take_first(geometry, wkbPoint);
        return geometry_write_note(&rest, note, err);
    }
    if (parts->points > 1)
        return err_set(err, ERR_INPUT, "la geometría tiene %d puntos; se espera un punto",
                       parts->points);
    return err_set(err, ERR_INPUT,
                   "la geometría es %s; se espera un punto: guarde el lugar mismo, o, si vale, el "
                   "centro (en QGIS, «Centroides»)",
                   parts->polygons + parts->lines > 1 ? "de varias partes"
                   : parts->polygons                  ? "un polígono"
                                                      : "una línea");
}

static void take_all_lines(OGRGeometryH from, OGRGeometryH to)
{
    OGRwkbGeometryType type = gdal->OGR_G_GetGeometryType(from);
    if (type == wkbLineString && !gdal->OGR_G_IsEmpty(from))
        gdal->OGR_G_AddGeometry(to, from);
    for (int i = 0; geometry_is_multi(type) && i < gdal->OGR_G_GetGeometryCount(from); i++)
        take_all_lines(gdal->OGR_G_GetGeometryRef(from, i), to);
}

static void fit_lines(OGRGeometryH *geometry, const struct geometry_parts *parts)
{
    if (gdal->OGR_G_GetGeometryType(*geometry) != wkbGeometryCollection)
        return;
    if (parts->lines == 1) {
        take_first(geometry, wkbLineString);
        return;
    }
    OGRGeometryH lines = gdal->OGR_G_CreateGeometry(wkbMultiLineString);
    take_all_lines(*geometry, lines);
    gdal->OGR_G_DestroyGeometry(*geometry);
    *geometry = lines;
}

static bool has_length(OGRGeometryH geometry, struct err *err)
{
    OGREnvelope box;
    gdal->OGR_G_GetEnvelope(geometry, &box);
    return box.MinX < box.MaxX || box.MinY < box.MaxY ||
           err_set(err, ERR_INPUT, "la línea tiene todos sus vértices en un mismo lugar");
}

/* One kind of geometry: a table that takes all kinds takes no mixture. */
static bool fit_any(OGRGeometryH *geometry, const struct geometry_parts *parts,
                    char note[GEOMETRY_NOTE_MAX], struct err *err)
{
    static const char expected[] = "se espera un punto, una línea o un polígono";
    bool single = gdal->OGR_G_GetGeometryType(*geometry) == wkbPolygon;
    int kinds = (parts->points > 0) + (parts->lines > 0) + (parts->polygons > 0);
    struct buf what;
    if (kinds == 1 && parts->points > 1)
        return err_set(err, ERR_INPUT, "la geometría tiene %d puntos; %s", parts->points, expected);
    if (kinds == 1 && parts->points)
        return fit_point(geometry, parts, note, err);
    if (kinds == 1 && parts->lines) {
        fit_lines(geometry, parts);
        return has_length(*geometry, err);
    }
    if (kinds == 1) {
        bool ok = fit_polygons(geometry, parts, note, err);
        if (ok && single)
            take_first(geometry, wkbPolygon);
        return ok;
    }
    buf_init(&what);
    geometry_put_parts(&what, parts);
    err_set(err, ERR_INPUT, "la geometría es una colección de %s; %s",
            what.len ? what.data : "otra clase", expected);
    buf_free(&what);
    return false;
}

bool geometry_fit(OGRGeometryH *geometry, enum geo_geometry wanted, char note[GEOMETRY_NOTE_MAX],
                  struct err *err)
{
    struct geometry_parts parts = geometry_parts_of(*geometry);
    note[0] = '\0';
    if (parts.points + parts.lines + parts.polygons == 0)
        return err_set(err, ERR_INPUT, "la geometría está vacía, o es de una clase que no se lee");
    switch (wanted) {
    case GEO_POINT:
        return fit_point(geometry, &parts, note, err);
    case GEO_MULTIPOLYGON:
        return fit_polygons(geometry, &parts, note, err);
    default:
        return fit_any(geometry, &parts, note, err);
    }
}
