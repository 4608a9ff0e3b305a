/* page.c - draws a map page as PNG, PDF or SVG. */
#include "layers/page/page.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>

#include "geo/place/measure.h"
#include "layers/map/map.h"
#include "layers/page/page_internal.h"
#include "layers/page/page_surface_internal.h"
#include "layers/shapes/merc.h"

enum { MARGIN = 12, TITLE = 46, FOOT = 24, TICKS = 18, LEAST = 32 };

#define PT_PER_PX 0.75
#define EQUATOR_M 40075016.685578488
/* Limit for the pixels of a PNG: A0 at 300 dpi is 139 million. */
#define MOST_PIXELS 200e6

static bool check(const struct page_request *request, struct err *err)
{
    int scale = request->scale;
    if (request->width_px < 1 || request->height_px < 1 || request->width_px > PAGE_MAX_PX ||
        request->height_px > PAGE_MAX_PX)
        return err_set(err, ERR_USAGE, "el tamaño %dx%d no se acepta: de 1 a %d px por lado",
                       request->width_px, request->height_px, PAGE_MAX_PX);
    if (scale < 1 || scale > 4)
        return err_set(err, ERR_USAGE, "la escala %d no se acepta: de 1 a 4", scale);
    if (request->format == PAGE_PNG &&
        (request->width_px * scale > PAGE_MAX_PX || request->height_px * scale > PAGE_MAX_PX ||
         (double)request->width_px * request->height_px * scale * scale > MOST_PIXELS))
        return err_set(err, ERR_USAGE,
                       "%dx%d a escala %d es demasiado para un PNG: hasta %d px por lado y %.0f "
                       "millones en total",
                       request->width_px, request->height_px, scale, PAGE_MAX_PX,
                       MOST_PIXELS / 1e6);
    return true;
}

/* Computes the position of the map on the page. */
static bool lay_out(struct page *page, struct err *err)
{
    const struct page_request *request = page->request;
    bool paper = request->title || request->provenance || request->graticule;
    int margin = paper ? MARGIN : 0, ticks = request->graticule ? TICKS : 0;
    page->x = margin + ticks;
    page->y = request->title ? TITLE : margin;
    page->width = request->width_px - page->x - margin;
    page->height = request->height_px - page->y - ticks - (request->provenance ? FOOT : margin);
    page->low_y = page->height - PAGE_GAP;
    page->top_y = PAGE_GAP;
    if (page->width < (paper ? LEAST : 1) || page->height < (paper ? LEAST : 1))
        return err_set(err, ERR_USAGE, "%dx%d es muy pequeño para lo que el mapa tiene que llevar",
                       request->width_px, request->height_px);
    return true;
}

/* Centres the whole box in the map. */
static bool place_map(struct page *page, struct err *err)
{
    struct geo_box steps;
    if (!projection_box(page->projection, page->request->box, &steps, err))
        return false;
    page->steps_per_px =
        fmax((steps.max_x - steps.min_x) / page->width, (steps.max_y - steps.min_y) / page->height);
    double x = (steps.min_x + steps.max_x) / 2, y = (steps.min_y + steps.max_y) / 2;
    page->origin_x = x - page->width / 2.0 * page->steps_per_px;
    page->origin_y = y - page->height / 2.0 * page->steps_per_px;
    /* Measured over ten pixels around the centre: on a plan of a few metres one pixel
     * would be less exact. */
    double xy[6] = {x, y, x - 5 * page->steps_per_px, y, x + 5 * page->steps_per_px, y};
    if (!projection_to_lonlat(page->projection, xy, 3, err))
        return false;
    page->centre[0] = xy[0];
    page->centre[1] = xy[1];
    page->metres_per_px = geo_measure_distance(xy[2], xy[3], xy[4], xy[5]) / 10;
    if (page->metres_per_px > 0 && page->steps_per_px > 1e-3)
        return true;
    return err_set(err, ERR_USAGE,
                   "--bbox: el mapa es demasiado pequeño: menos de un milímetro "
                   "por píxel");
}

/* Styles use Web Mercator's zooms: this is the zoom with as many metres a pixel. */
static double zoom_of(const struct page *page)
{
    double zoom =
        !page->request->crs && page->request->epsg == PROJECTION_MERCATOR
            ? log2(MERC_WORLD / 512 / page->steps_per_px)
            : log2(EQUATOR_M * cos(page->centre[1] * MERC_PI / 180) / 512 / page->metres_per_px);
    return fmin(fmax(zoom, 0), 24);
}

/* A range of views of a map. */
struct page_part {
    const struct map_views *views;
    size_t from, to;
};

static bool draw_onto(struct page *page, const struct page_part *part, cairo_t *cr,
                      cairo_surface_t *pixels, struct err *err)
{
    struct canvas canvas = {.cr = cr, .pixel_ratio = 1};
    struct drawer *drawer = drawer_new();
    int scale = pixels ? page->request->scale : 1;
    if (!drawer)
        return err_no_memory(err);
    canvas.width_px = page->width * scale;
    canvas.height_px = page->height * scale;
    canvas.pixel_ratio = scale;
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_GOOD);
    if (pixels) {
        canvas.pixels = (uint32_t *)(void *)cairo_image_surface_get_data(pixels);
        canvas.stride = cairo_image_surface_get_stride(pixels) / 4;
    }
    bool ok = map_draw_part(drawer, &canvas, part->views, part->from, part->to, page->origin_x,
                            page->origin_y, page->steps_per_px / scale, err);
    drawer_finish(drawer);
    canvas_free(&canvas);
    drawer_free(drawer);
    return ok;
}

/* In a picture the map's pixels are drawn as a picture of their own, in the same way as
 * tiles. */
static bool draw_pixels(struct page *page, const struct page_part *part, cairo_surface_t *paper,
                        struct err *err)
{
    int scale = page->request->scale, stride = cairo_image_surface_get_stride(paper);
    cairo_surface_flush(paper);
    unsigned char *data = cairo_image_surface_get_data(paper) +
                          (size_t)page->y * (size_t)scale * (size_t)stride +
                          (size_t)page->x * (size_t)scale * 4;
    cairo_surface_t *frame = cairo_image_surface_create_for_data(
        data, CAIRO_FORMAT_RGB24, page->width * scale, page->height * scale, stride);
    cairo_t *cr = cairo_create(frame);
    bool ok = draw_onto(page, part, cr, frame, err);
    cairo_surface_flush(frame);
    cairo_destroy(cr);
    cairo_surface_destroy(frame);
    cairo_surface_mark_dirty(paper);
    return ok;
}

static bool draw_part(struct page *page, const struct page_part *part, cairo_surface_t *surface,
                      struct err *err)
{
    if (page->request->format == PAGE_PNG)
        return draw_pixels(page, part, surface, err);
    cairo_save(page->cr);
    cairo_rectangle(page->cr, page->x, page->y, page->width, page->height);
    cairo_clip(page->cr);
    cairo_translate(page->cr, page->x, page->y);
    bool ok = draw_onto(page, part, page->cr, NULL, err);
    cairo_restore(page->cr);
    return ok;
}

/* The graticule is drawn over the map and below its labels. */
static bool draw_parts(struct page *page, const struct map_views *views, cairo_surface_t *surface,
                       struct err *err)
{
    size_t names = map_names(views);
    const struct page_part ground = {views, 0, names}, text = {views, names, views->n};
    return draw_part(page, &ground, surface, err) &&
           (!page->request->graticule || page_graticule(page, err)) &&
           draw_part(page, &text, surface, err);
}

static bool draw_map(struct page *page, struct snapshot *snapshot, cairo_surface_t *surface,
                     struct err *err)
{
    struct map_plan plan = {0};
    struct map_views *views = NULL;
    bool ok = false;
    struct snapshot *laid = projection_lay(page->projection, snapshot, page->style, err);
    if (laid && map_plan_init(&plan, page->style, laid, err) &&
        (views = map_views_new(&plan, page->zoom, err)) != NULL)
        ok = draw_parts(page, views, surface, err);
    map_views_free(views);
    map_plan_clear(&plan);
    projection_drop(page->projection, laid);
    return ok;
}

static cairo_surface_t *make_surface(const struct page_request *request, const char *title,
                                     struct buf *out)
{
    int width = request->width_px, height = request->height_px;
    cairo_surface_t *surface;
    switch (request->format) {
    case PAGE_PNG:
        return cairo_image_surface_create(CAIRO_FORMAT_RGB24, width * request->scale,
                                          height * request->scale);
    case PAGE_SVG:
        surface = cairo_svg_surface_create_for_stream(page_surface_write, out, width, height);
        cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX);
        return surface;
    case PAGE_PDF:
        break;
    }
    surface = cairo_pdf_surface_create_for_stream(page_surface_write, out, width * PT_PER_PX,
                                                  height * PT_PER_PX);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "SIGG");
    return surface;
}

bool page_draw(const struct style *style, struct snapshot *snapshot,
               const struct page_request *request, struct buf *out, struct err *err)
{
    struct page page = {.request = request, .style = style, .snapshot = snapshot};
    bool ok = false, vector = request->format != PAGE_PNG;
    if (!check(request, err) || !lay_out(&page, err))
        return false;
    page.provenance = request->only_boundaries ? provenance_of_boundaries(snapshot)
                                               : provenance_of(snapshot, style);
    page.projection = projection_new(request->epsg, request->crs, request->box, err);
    if (!page.projection || !place_map(&page, err)) {
        projection_free(page.projection);
        return false;
    }
    const char *title = request->title ? request->title : style_heading(style);
    cairo_surface_t *surface = make_surface(request, title, out);
    page.cr = cairo_create(surface);
    double unit = request->format == PAGE_PDF ? PT_PER_PX : !vector ? request->scale : 1;
    cairo_scale(page.cr, unit, unit);
    page.zoom = zoom_of(&page);
    if (cairo_status(page.cr) == CAIRO_STATUS_SUCCESS) {
        page_paper(&page);
        ok = draw_map(&page, snapshot, surface, err);
        if (ok && request->marks)
            page_marks(&page);
        ok = ok && page_furniture(&page, err);
    }
    cairo_status_t status = cairo_status(page.cr);
    cairo_destroy(page.cr);
    if (ok || status != CAIRO_STATUS_SUCCESS)
        ok = page_surface_close(surface, status, vector, "dibujar el mapa", err) &&
             (vector || page_surface_png(surface, true, out, err));
    if (ok && buf_failed(out))
        ok = err_no_memory(err);
    cairo_surface_destroy(surface);
    projection_free(page.projection);
    return ok;
}
