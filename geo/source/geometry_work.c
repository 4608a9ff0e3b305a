/* geometry_work.c - counts the parts of a geometry, and says what was done to them. */
#include "geo/source/geometry_work_internal.h"

#include <stdio.h>

#include "geo/files/gdal_internal.h"

bool geometry_is_multi(OGRwkbGeometryType type)
{
    return type == wkbMultiPoint || type == wkbMultiLineString || type == wkbMultiPolygon ||
           type == wkbGeometryCollection;
}

struct geometry_parts geometry_parts_of(OGRGeometryH geometry)
{
    struct geometry_parts parts = {0, 0, 0};
    OGRwkbGeometryType type = gdal->OGR_G_GetGeometryType(geometry);
    if (geometry_is_multi(type)) {
        for (int i = 0; i < gdal->OGR_G_GetGeometryCount(geometry); i++) {
            struct geometry_parts part = geometry_parts_of(gdal->OGR_G_GetGeometryRef(geometry, i));
            parts.points += part.points;
            parts.lines += part.lines;
            parts.polygons += part.polygons;
        }
    } else if (!gdal->OGR_G_IsEmpty(geometry)) {
        parts.points = type == wkbPoint;
        parts.lines = type == wkbLineString;
        parts.polygons = type == wkbPolygon;
    }
    return parts;
}

static void put_count(struct buf *out, int n, const char *one, const char *many, bool *first)
{
    if (n == 0)
        return;
    buf_printf(out, "%s%d %s", *first ? "" : ", ", n, n == 1 ? one : many);
    *first = false;
}

/* "1 polígono, 2 líneas, 1 punto" */
void geometry_put_parts(struct buf *out, const struct geometry_parts *parts)
{
    bool first = true;
    put_count(out, parts->polygons, "polígono", "polígonos", &first);
    put_count(out, parts->lines, "línea", "líneas", &first);
    put_count(out, parts->points, "punto", "puntos", &first);
}

/* What was done ------------------------------------------------------------------------ */

static void begin_sentence(struct buf *out)
{
    if (out->len)
        buf_puts(out, "; ");
}

static void put_done(struct buf *out, int n, const char *one, const char *many)
{
    if (n == 0)
        return;
    begin_sentence(out);
    if (n == 1)
        buf_puts(out, one);
    else
        buf_printf(out, many, n);
}

bool geometry_write_note(const struct geometry_work *work, char note[GEOMETRY_NOTE_MAX],
                         struct err *err)
{
    struct buf out;
    const struct geometry_parts *left = &work->left;
    buf_init(&out);
    put_done(&out, work->rings_closed, "anillo sin cerrar: se cerró",
             "%d anillos sin cerrar: se cerraron");
    put_done(&out, work->joined, "", "%d tramos que se siguen: se unieron");
    put_done(&out, work->gaps_closed, "línea casi cerrada: se cerró y se tomó como polígono",
             "%d líneas casi cerradas: se cerraron y se tomaron como polígonos");
    put_done(&out, work->lines_closed - work->gaps_closed, "línea cerrada: se tomó como polígono",
             "%d líneas cerradas: se tomaron como polígonos");
    put_done(&out, work->rings_empty, "queda fuera un anillo vacío",
             "quedan fuera %d anillos vacíos");
    put_done(&out, work->rings_short, "queda fuera un anillo de menos de 3 puntos",
             "quedan fuera %d anillos de menos de 3 puntos");
    int parts_left = left->points + left->lines + left->polygons;
    if (parts_left > 0) {
        begin_sentence(&out);
        buf_puts(&out, parts_left == 1 ? "queda fuera " : "quedan fuera ");
        geometry_put_parts(&out, left);
    }
    bool ok = !buf_failed(&out) || err_no_memory(err);
    snprintf(note, GEOMETRY_NOTE_MAX, "%s", ok && out.len ? out.data : "");
    buf_free(&out);
    return ok;
}
