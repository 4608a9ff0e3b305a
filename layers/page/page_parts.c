/* page_parts.c - draws title, legend, scale, north arrow and sources of a page. */
#include <math.h>
#include <pango/pangocairo.h>
#include <stdio.h>

#include "geo/base/number.h"
#include "layers/page/legend.h"
#include "layers/page/page_internal.h"
#include "layers/snapshot/snapshot_internal.h"

#define FONT_TITLE "Open Sans Bold 20px"
#define FONT_SMALL "Open Sans 10px"
#define FONT_NOTE "Open Sans Bold 10px"
#define FONT_NORTH "Open Sans Bold 13px"

enum { BAR_MOST = 220, BAR_HEIGHT = 5, NORTH = 46 };

double page_text(cairo_t *cr, const char *text, const char *font, double x, double y, double align,
                 double max_px)
{
    PangoLayout *layout = pango_cairo_create_layout(cr);
    PangoFontDescription *description = pango_font_description_from_string(font);
    PangoRectangle size;
    pango_layout_set_font_description(layout, description);
    pango_font_description_free(description);
    pango_layout_set_text(layout, text, -1);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    if (max_px > 0) {
        pango_layout_set_width(layout, (int)(max_px * PANGO_SCALE));
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    }
    pango_layout_get_extents(layout, NULL, &size);
    double width = (double)size.width / PANGO_SCALE, height = (double)size.height / PANGO_SCALE;
    cairo_move_to(cr, x - align * width, y - height / 2);
    pango_cairo_show_layout(cr, layout);
    g_object_unref(layout);
    return width;
}

double page_text_width(cairo_t *cr, const char *text, const char *font)
{
    cairo_push_group_with_content(cr, CAIRO_CONTENT_ALPHA);
    double width = page_text(cr, text, font, 0, 0, 0, 0);
    cairo_pattern_destroy(cairo_pop_group(cr));
    return width;
}

void page_text_color(cairo_t *cr)
{
    cairo_set_source_rgb(cr, 0.13, 0.15, 0.14);
}

void page_panel(cairo_t *cr, double x, double y, double width, double height)
{
    cairo_rectangle(cr, x + 0.5, y + 0.5, width - 1, height - 1);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_fill_preserve(cr);
    cairo_set_source_rgb(cr, 0.6, 0.62, 0.61);
    cairo_set_line_width(cr, 0.75);
    cairo_stroke(cr);
}

void page_paper(struct page *page)
{
    cairo_set_source_rgb(page->cr, 1, 1, 1);
    cairo_paint(page->cr);
}

static void put_frame(struct page *page)
{
    if (page->width == page->request->width_px && page->height == page->request->height_px)
        return;
    cairo_rectangle(page->cr, page->x, page->y, page->width, page->height);
    page_text_color(page->cr);
    cairo_set_line_width(page->cr, 1);
    cairo_stroke(page->cr);
}

/* "Escala 1:6.930.000 · UTM 20 S, WGS 84 (EPSG:32720)": three digits of the scale are true
 * at the centre. The pixels of a picture have no physical size, so it has no scale. */
static void name_plane(const struct page *page, struct buf *out)
{
    const struct page_request *request = page->request;
    int zone = request->epsg % 100, family = request->epsg / 100;
    if (request->format == PAGE_PDF) {
        double times = page->metres_per_px / (0.0254 / 96);
        double unit = pow(10, floor(log10(times)) - 2);
        buf_puts(out, "Escala 1:");
        number_put(out, round(times / unit) * unit, 0);
        buf_puts(out, " · ");
    }
    if (request->crs)
        buf_printf(out, "%.60s", request->crs);
    else if (family == 326 || family == 327)
        buf_printf(out, "UTM %d %c, WGS 84 (EPSG:%d)", zone, family == 326 ? 'N' : 'S',
                   request->epsg);
    else
        buf_printf(out, "%sEPSG:%d", request->epsg == PROJECTION_MERCATOR ? "Web Mercator, " : "",
                   request->epsg);
}

/* At the right end of the foot, if the source line leaves room. */
static bool put_plane(struct page *page, double taken_px, struct err *err)
{
    enum { APART = 24 };
    struct buf text;
    buf_init(&text);
    name_plane(page, &text);
    bool ok = !buf_failed(&text) || err_no_memory(err);
    if (ok && taken_px + APART + page_text_width(page->cr, text.data, FONT_SMALL) <= page->width)
        page_text(page->cr, text.data, FONT_SMALL, page->x + page->width,
                  page->request->height_px - 12, 1, 0);
    buf_free(&text);
    return ok;
}

/* Writes the sources in the margin if asked for; the mandatory warnings on the map. */
static bool put_provenance(struct page *page, struct err *err)
{
    const char *warning = provenance_warning(&page->provenance);
    cairo_t *cr = page->cr;
    if (page->request->provenance) {
        struct buf line;
        buf_init(&line);
        provenance_put(&page->provenance, page->request->version, &line);
        bool ok = !buf_failed(&line) || err_no_memory(err);
        page_text_color(cr);
        if (ok) {
            /* The warning must not be cut by the ellipsis. */
            double size = page_text_width(cr, line.data, FONT_SMALL), most = page->width;
            double shrink = fmin(1, most / fmax(size, 1));
            cairo_save(cr);
            cairo_translate(cr, page->x, page->request->height_px - 12);
            cairo_scale(cr, shrink, shrink);
            page_text(cr, line.data, FONT_SMALL, 0, 0, 0, 0);
            cairo_restore(cr);
            ok = put_plane(page, size, err);
        }
        buf_free(&line);
        return ok;
    }
    if (!warning[0])
        return true;
    double width = page_text_width(cr, warning, FONT_NOTE) + 10;
    double shrink = fmin(1, page->width / width);
    cairo_save(cr);
    cairo_translate(cr, page->x + page->width, page->y + page->height);
    cairo_scale(cr, shrink, shrink);
    cairo_rectangle(cr, -width, -16, width, 16);
    cairo_set_source_rgba(cr, 1, 1, 1, 0.85);
    cairo_fill(cr);
    page_text_color(cr);
    page_text(cr, warning, FONT_NOTE, -5, -8, 1, 0);
    cairo_restore(cr);
    page->low_y -= 16;
    return true;
}

static void put_title(struct page *page)
{
    page_text_color(page->cr);
    page_text(page->cr, page->request->title, FONT_TITLE, page->x, page->y / 2.0, 0, page->width);
}

/* How much of the land, and of the labels at its edge, a panel would cover: counts points
 * of an N x N grid over the panel and the height of a label around it that are in a
 * municipality. */
static int hides(struct page *page, double x, double y, double width, double height)
{
    enum { N = 32, NAME = 14 };
    double xy[2 * N * N];
    int found = 0;
    const struct slab *units = snapshot_slab(page->snapshot, layers_find("municipios"));
    for (int i = 0; i < N * N; i++) {
        int column = i % N, row = i / N;
        double px = x - page->x - NAME + (column + 0.5) / N * (width + 2 * NAME);
        double py = y - page->y - NAME + (row + 0.5) / N * (height + 2 * NAME);
        xy[2 * i] = page->origin_x + px * page->steps_per_px;
        xy[2 * i + 1] = page->origin_y + py * page->steps_per_px;
    }
    if (!projection_to_lonlat(page->projection, xy, (size_t)N * N, NULL))
        return N * N;
    for (int i = 0; i < N * N; i++)
        for (size_t f = 0; f < units->geometry->n_features; f++) {
            const struct geo_shape *shape = units->geometry->shapes[f];
            if (shape && geo_box_holds(shape->box, xy[2 * i], xy[2 * i + 1]) &&
                geo_shape_side(shape, xy[2 * i], xy[2 * i + 1]) != GEO_SIDE_OUT) {
                found++;
                break;
            }
        }
    return found;
}

/* Puts the legend in the corner where it covers least; called after scale bar and north
 * arrow have their places. */
static void put_legend(struct page *page)
{
    cairo_t *cr = page->cr;
    int width, height;
    legend_measure(page->style, page->zoom, &width, &height);
    double shrink = fmin(
        1, fmin((page->width - 2.0 * PAGE_GAP) / width, (page->height - 2.0 * PAGE_GAP) / height));
    if (shrink <= 0)
        return;
    double left = page->x + PAGE_GAP, right = page->x + page->width - PAGE_GAP - width * shrink;
    double top = page->y + PAGE_GAP, low = page->y + page->height - PAGE_GAP - height * shrink;
    const double corners[4][2] = {{left, low},
                                  {left, top},
                                  {right, page->y + page->low_y - height * shrink},
                                  {right, page->y + page->top_y}};
    int best = 0, least = 0;
    for (int i = 0; i < 4; i++) {
        int here = hides(page, corners[i][0], corners[i][1], width * shrink, height * shrink);
        bool fits = i < 2 || page->low_y - page->top_y >= height * shrink;
        if (fits && (i == 0 || here < least)) {
            best = i;
            least = here;
        }
    }
    cairo_save(cr);
    cairo_translate(cr, corners[best][0], corners[best][1]);
    cairo_scale(cr, shrink, shrink);
    page_panel(cr, 0, 0, width, height);
    legend_put(cr, page->style, page->zoom);
    cairo_restore(cr);
}

/* 1, 2 or 5 times a power of ten, the largest that is not over `most`. */
static double round_length(double most)
{
    double power = pow(10, floor(log10(most))), times = most / power;
    return power * (times >= 5 ? 5 : times >= 2 ? 2 : 1);
}

static void put_scale_bar(struct page *page)
{
    cairo_t *cr = page->cr;
    double most = fmin(BAR_MOST, page->width / 3.0);
    double length_m = round_length(most * page->metres_per_px);
    double bar = length_m / page->metres_per_px;
    double width = bar + 48, height = 32;
    double x = page->x + page->width - PAGE_GAP - width, y = page->y + page->low_y - height;
    bool km = length_m >= 1000;
    char text[3][32];
    if (x < page->x || y < page->y)
        return;
    for (int i = 0; i < 3; i++)
        snprintf(text[i], sizeof text[i], "%g%s", length_m * i / 2 / (km ? 1000 : 1),
                 i < 2 ? ""
                 : km  ? " km"
                       : " m");
    for (int i = 0; i < 3; i++) /* decimal comma */
        for (char *at = text[i]; *at; at++)
            *at = *at == '.' ? ',' : *at;
    page_panel(cr, x, y, width, height);
    cairo_set_line_width(cr, 0.75);
    for (int i = 0; i < 4; i++) {
        cairo_rectangle(cr, x + 14 + bar * i / 4, y + 19, bar / 4, BAR_HEIGHT);
        cairo_set_source_rgb(cr, i % 2 ? 1 : 0.13, i % 2 ? 1 : 0.15, i % 2 ? 1 : 0.14);
        cairo_fill_preserve(cr);
        page_text_color(cr);
        cairo_stroke(cr);
    }
    for (int i = 0; i < 3; i++)
        page_text(cr, text[i], FONT_SMALL, x + 14 + bar * i / 2, y + 10, 0.5, 0);
    page->low_y -= height + PAGE_GAP;
}

/* On Mercator north is up; in other systems it follows the meridian through the centre. */
static bool north_angle(struct page *page, double *angle, struct err *err)
{
    double xy[4] = {page->centre[0], page->centre[1], page->centre[0], page->centre[1] + 1e-3};
    if (!projection_to_steps(page->projection, xy, 2, err))
        return false;
    *angle = atan2(xy[2] - xy[0], xy[1] - xy[3]);
    return true;
}

static bool put_north(struct page *page, struct err *err)
{
    cairo_t *cr = page->cr;
    double angle;
    if (!north_angle(page, &angle, err))
        return false;
    double x = page->x + page->width - PAGE_GAP - NORTH / 2.0, y = page->y + page->top_y;
    if (page->width < NORTH + 2 * PAGE_GAP || page->height < NORTH + 2 * PAGE_GAP)
        return true;
    page_panel(cr, x - NORTH / 2.0, y, NORTH, NORTH + 4);
    cairo_save(cr);
    cairo_translate(cr, x, y + (NORTH + 4) / 2.0);
    cairo_rotate(cr, angle);
    page_text_color(cr);
    page_text(cr, "N", FONT_NORTH, 0, -14, 0.5, 0);
    /* One half of the arrow is dark, the other light. */
    for (int side = -1; side <= 1; side += 2) {
        cairo_move_to(cr, 0, -6);
        cairo_line_to(cr, side * 7, 19);
        cairo_line_to(cr, 0, 14);
        cairo_close_path(cr);
        if (side < 0)
            cairo_fill_preserve(cr);
        cairo_set_line_width(cr, 0.75);
        cairo_stroke(cr);
    }
    cairo_restore(cr);
    page->top_y += NORTH + 4 + PAGE_GAP;
    return true;
}

bool page_furniture(struct page *page, struct err *err)
{
    const struct page_request *request = page->request;
    put_frame(page);
    if (request->title)
        put_title(page);
    if (!put_provenance(page, err))
        return false;
    if (request->scale_bar)
        put_scale_bar(page);
    if (request->north && !put_north(page, err))
        return false;
    if (request->legend)
        put_legend(page);
    return true;
}
