/* page_graticule.c - draws meridians and parallels over the map. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "layers/page/page_internal.h"

enum { POINTS = 65, EDGE_POINTS = 17, MOST_LINES = 200 };

#define FONT "Open Sans 9px"
#define LEAST_PX 110.0 /* least distance of two lines */

/* Usual intervals, in minutes. */
static const int steps_min[] = {1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800};

/* The map's frame in lon/lat. */
static bool frame_box(struct page *page, struct geo_box *box, struct err *err)
{
    double xy[4 * EDGE_POINTS * 2];
    double width = page->width * page->steps_per_px, height = page->height * page->steps_per_px;
    for (int i = 0; i < EDGE_POINTS; i++) {
        double part = i / (EDGE_POINTS - 1.0);
        for (int side = 0; side < 4; side++) {
            double along = side % 2, *at = xy + 2 * (4 * i + side);
            at[0] = page->origin_x + width * (side < 2 ? part : along);
            at[1] = page->origin_y + height * (side < 2 ? along : part);
        }
    }
    if (!projection_to_lonlat(page->projection, xy, 4 * EDGE_POINTS, err))
        return false;
    *box = geo_box_empty();
    for (int i = 0; i < 4 * EDGE_POINTS; i++)
        *box = geo_box_grow(*box, xy[2 * i], xy[2 * i + 1]);
    return true;
}

/* "66° O", "16° 30′ S". */
static void name_line(int minutes, bool meridian, char text[32])
{
    int whole = abs(minutes) / 60, rest = abs(minutes) % 60;
    const char *side = minutes == 0 ? ""
                       : meridian   ? (minutes < 0 ? " O" : " E")
                                    : (minutes < 0 ? " S" : " N");
    if (rest)
        snprintf(text, 32, "%d° %02d′%s", whole, rest, side);
    else
        snprintf(text, 32, "%d°%s", whole, side);
}

/* Writes a name at the lower edge (meridian) or the left edge (parallel). */
static void put_name(struct page *page, const char *text, double x, double y, bool meridian)
{
    cairo_t *cr = page->cr;
    cairo_set_source_rgb(cr, 0.13, 0.15, 0.14);
    cairo_save(cr);
    cairo_translate(cr, x, y);
    if (!meridian)
        cairo_rotate(cr, -acos(-1) / 2);
    page_text(cr, text, FONT, 0, meridian ? 9 : -9, 0.5, 0);
    cairo_restore(cr);
}

/* Finds where a polyline crosses the edge at which its name is written. */
static bool crossing(const struct page *page, const double *xy, bool meridian, double *x, double *y)
{
    int across = meridian ? 1 : 0, along = meridian ? 0 : 1;
    double edge = meridian ? page->y + page->height : page->x;
    double low = meridian ? page->x : page->y;
    double high = low + (meridian ? page->width : page->height);
    for (int i = 1; i < POINTS; i++) {
        const double *a = xy + 2 * (i - 1), *b = xy + 2 * i;
        if ((a[across] < edge) == (b[across] < edge))
            continue;
        double part = (edge - a[across]) / (b[across] - a[across]);
        double at = a[along] + part * (b[along] - a[along]);
        if (at < low + 14 || at > high - 14)
            continue;
        *x = meridian ? at : edge;
        *y = meridian ? edge : at;
        return true;
    }
    return false;
}

static void put_line(struct page *page, int minutes, bool meridian, struct geo_box box)
{
    double xy[2 * POINTS], x, y;
    char text[32];
    for (int i = 0; i < POINTS; i++) {
        double part = i / (POINTS - 1.0);
        xy[2 * i] = meridian ? minutes / 60.0 : box.min_x + part * (box.max_x - box.min_x);
        xy[2 * i + 1] = meridian ? box.min_y + part * (box.max_y - box.min_y) : minutes / 60.0;
    }
    /* Lines that the system cannot project are left out. */
    if (!projection_to_steps(page->projection, xy, POINTS, NULL))
        return;
    cairo_save(page->cr);
    cairo_rectangle(page->cr, page->x, page->y, page->width, page->height);
    cairo_clip(page->cr);
    for (int i = 0; i < POINTS; i++) {
        xy[2 * i] = page->x + (xy[2 * i] - page->origin_x) / page->steps_per_px;
        xy[2 * i + 1] = page->y + (xy[2 * i + 1] - page->origin_y) / page->steps_per_px;
        cairo_line_to(page->cr, xy[2 * i], xy[2 * i + 1]);
    }
    cairo_set_source_rgba(page->cr, 0.13, 0.15, 0.14, 0.3);
    cairo_set_line_width(page->cr, 0.5);
    cairo_stroke(page->cr);
    cairo_restore(page->cr);
    if (crossing(page, xy, meridian, &x, &y)) {
        name_line(minutes, meridian, text);
        put_name(page, text, x, y, meridian);
    }
}

bool page_graticule(struct page *page, struct err *err)
{
    struct geo_box box;
    if (!frame_box(page, &box, err))
        return false;
    double px_per_min = page->width / ((box.max_x - box.min_x) * 60);
    size_t n = sizeof steps_min / sizeof *steps_min, i = 0;
    while (i + 1 < n && steps_min[i] * px_per_min < LEAST_PX)
        i++;
    int step = steps_min[i];
    /* Slightly beyond the frame, so that bent lines reach it. */
    struct geo_box wide = {box.min_x - step / 60.0, fmax(box.min_y - step / 60.0, -89),
                           box.max_x + step / 60.0, fmin(box.max_y + step / 60.0, 89)};
    int from = (int)ceil(box.min_x * 60 / step), to = (int)floor(box.max_x * 60 / step);
    for (int k = from; k <= to && k - from < MOST_LINES; k++)
        put_line(page, k * step, true, wide);
    from = (int)ceil(box.min_y * 60 / step);
    to = (int)floor(box.max_y * 60 / step);
    for (int k = from; k <= to && k - from < MOST_LINES; k++)
        put_line(page, k * step, false, wide);
    return true;
}
