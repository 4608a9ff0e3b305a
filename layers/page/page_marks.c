/* page_marks.c - draws points over the map of a page, and the panel that names them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/number.h"
#include "layers/page/page_internal.h"

#define RADIUS_PX 4.5
#define PANEL_FONT "Open Sans 11px"

enum { ROW = 19, PADDING = 8, SYMBOL = 22 };

static void add_shape(cairo_t *cr, enum page_shape shape, double x, double y, double radius)
{
    cairo_new_sub_path(cr);
    switch (shape) {
    case PAGE_DISC:
        cairo_arc(cr, x, y, radius, 0, 2 * M_PI);
        break;
    case PAGE_DIAMOND:
        radius *= 1.3;
        cairo_move_to(cr, x, y - radius);
        cairo_line_to(cr, x + radius, y);
        cairo_line_to(cr, x, y + radius);
        cairo_line_to(cr, x - radius, y);
        break;
    case PAGE_SQUARE:
        cairo_rectangle(cr, x - radius, y - radius, 2 * radius, 2 * radius);
        break;
    case PAGE_TRIANGLE:
        cairo_move_to(cr, x, y - 1.4 * radius);
        cairo_line_to(cr, x + 1.3 * radius, y + radius);
        cairo_line_to(cr, x - 1.3 * radius, y + radius);
        break;
    }
    cairo_close_path(cr);
}

/* Filled with a white edge; hollow: white with an edge of its colour. */
static void put_mark(cairo_t *cr, const struct page_mark_kind *kind, double x, double y,
                     bool hollow)
{
    const double *rgb = kind->rgb;
    add_shape(cr, kind->shape, x, y, RADIUS_PX);
    if (hollow)
        cairo_set_source_rgb(cr, 1, 1, 1);
    else
        cairo_set_source_rgb(cr, rgb[0], rgb[1], rgb[2]);
    cairo_fill_preserve(cr);
    if (hollow)
        cairo_set_source_rgb(cr, rgb[0], rgb[1], rgb[2]);
    else
        cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_set_line_width(cr, hollow ? 1.8 : 1);
    cairo_stroke(cr);
}

/* Where the mark stands on the page; false: it is no place. */
static bool place_of(struct page *page, const struct page_mark *mark, double *x, double *y)
{
    double xy[2] = {mark->lon_deg, mark->lat_deg};
    if (!(fabs(xy[0]) <= 180) || !(fabs(xy[1]) <= 90) ||
        !projection_to_steps(page->projection, xy, 1, NULL))
        return false;
    *x = page->x + (xy[0] - page->origin_x) / page->steps_per_px;
    *y = page->y + (xy[1] - page->origin_y) / page->steps_per_px;
    return isfinite(*x) && isfinite(*y);
}

static void put_one(struct page *page, const struct page_mark *mark)
{
    double x, y;
    page->marked[mark->kind]++;
    if (!place_of(page, mark, &x, &y)) {
        page->marked_off++;
        return;
    }
    double inset = 2 * RADIUS_PX;
    bool off =
        x < page->x || x > page->x + page->width || y < page->y || y > page->y + page->height;
    if (off) {
        x = fmin(fmax(x, page->x + inset), page->x + page->width - inset);
        y = fmin(fmax(y, page->y + inset), page->y + page->height - inset);
        page->marked_off++;
    }
    put_mark(page->cr, &page->request->marks->kinds[mark->kind], x, y, off);
}

/* "ubicados: 1.234" */
static void row_text(const char *name, size_t n, char text[96])
{
    char number[32];
    snprintf(text, 96, "%.60s: %s", name, number_text(number, sizeof number, (double)n, 0));
}

static void put_panel(struct page *page)
{
    static const struct page_mark_kind elsewhere = {"", PAGE_DISC, {0.35, 0.35, 0.35}};
    const struct page_marks *marks = page->request->marks;
    char texts[PAGE_MARK_KINDS + 1][96];
    int kinds[PAGE_MARK_KINDS + 1], n = 0;
    double widest = 0;
    for (int kind = 0; kind < (int)marks->n_kinds; kind++)
        if (page->marked[kind]) {
            row_text(marks->kinds[kind].name, page->marked[kind], texts[n]);
            kinds[n++] = kind;
        }
    if (page->marked_off) {
        row_text("no caben en este mapa", page->marked_off, texts[n]);
        kinds[n++] = -1;
    }
    if (n == 0)
        return;
    for (int i = 0; i < n; i++)
        widest = fmax(widest, page_text_width(page->cr, texts[i], PANEL_FONT));
    double width = widest + SYMBOL + 2 * PADDING, height = n * ROW + 2 * PADDING - 4;
    double x = page->x + page->width - PAGE_GAP - width, y = page->y + page->top_y;
    page_panel(page->cr, x, y, width, height);
    for (int i = 0; i < n; i++) {
        double middle = y + PADDING + i * ROW + ROW / 2.0 - 2;
        put_mark(page->cr, kinds[i] >= 0 ? &marks->kinds[kinds[i]] : &elsewhere,
                 x + PADDING + RADIUS_PX + 1, middle, kinds[i] < 0);
        page_text_color(page->cr);
        page_text(page->cr, texts[i], PANEL_FONT, x + PADDING + SYMBOL, middle, 0, 0);
    }
    page->top_y += height + PAGE_GAP;
}

void page_marks(struct page *page)
{
    const struct page_marks *marks = page->request->marks;
    cairo_save(page->cr);
    cairo_rectangle(page->cr, page->x, page->y, page->width, page->height);
    cairo_clip(page->cr);
    for (int kind = 0; kind < (int)marks->n_kinds; kind++)
        for (size_t i = 0; i < marks->n; i++)
            if (marks->marks[i].kind == kind)
                put_one(page, &marks->marks[i]);
    cairo_restore(page->cr);
    put_panel(page);
}
