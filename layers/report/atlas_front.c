/* atlas_front.c - the cover of an atlas and its two indexes. */
#include <cairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/number.h"
#include "layers/report/atlas_internal.h"
#include "layers/report/cover.h"

enum { COLUMNS = 3 };

#define LINE 12.6
#define GUTTER 20.0

/* Where the next line of the index goes. */
struct flow {
    struct atlas *atlas;
    struct paper *paper;
    int column;
    double top, y, width;
    bool failed;
};

static void begin_column(struct flow *flow)
{
    if (++flow->column == COLUMNS) {
        flow->paper->y = flow->paper->bottom; /* this page is full */
        paper_break(flow->paper);
        flow->column = 0;
        flow->top = flow->paper->y;
    }
    flow->y = flow->top;
}

static void need(struct flow *flow, double height)
{
    if (flow->y + height > flow->paper->bottom)
        begin_column(flow);
}

static double left_of(const struct flow *flow)
{
    return flow->paper->x + flow->column * (flow->width + GUTTER);
}

static void add_link(struct flow *flow, int target)
{
    struct atlas *atlas = flow->atlas;
    if (flow->paper->counting)
        return;
    if (!array_reserve(atlas->links, atlas->cap_links, atlas->n_links + 1)) {
        flow->failed = true;
        return;
    }
    const double x = left_of(flow), low = PAPER_HEIGHT - flow->y;
    atlas->links[atlas->n_links++] =
        (struct pdf_link){flow->paper->page, target, x, low - LINE, x + flow->width, low};
}

static void put_entry(struct flow *flow, const struct atlas_sheet *sheet, const char *text)
{
    struct pen *pen = flow->paper->pen;
    char page[16];
    need(flow, LINE);
    const double x = left_of(flow), line = flow->y + 9;
    snprintf(page, sizeof page, "%d", sheet->page);
    double end = x + pen_text(pen, PEN_TABLE, PEN_BLACK, x, line, 0, flow->width - 26, text);
    double begin =
        x + flow->width - pen_text(pen, PEN_TABLE, PEN_BLACK, x + flow->width, line, 1, 0, page);
    if (begin - end > 10) {
        const double dots[2] = {0.5, 2.5};
        cairo_save(flow->paper->cr);
        cairo_set_dash(flow->paper->cr, dots, 2, 0);
        pen_rule(pen, PEN_GREY, 0.5, end + 4, line - 0.5, begin - 4, line - 0.5);
        cairo_restore(flow->paper->cr);
    }
    add_link(flow, sheet->page);
    flow->y += LINE;
}

static void put_group(struct flow *flow, const char *text)
{
    struct pen *pen = flow->paper->pen;
    if (flow->y > flow->top)
        flow->y += 7;
    need(flow, 16 + 3 * LINE); /* so that no heading is alone at the foot */
    const double x = left_of(flow);
    pen_text(pen, PEN_STRONG, PEN_DEEP, x, flow->y + 10, 0, flow->width, text);
    pen_rule(pen, PEN_DEEP, 0.7, x, flow->y + 14, x + flow->width, flow->y + 14);
    flow->y += 17;
}

static struct flow begin_index(struct atlas *atlas, struct paper *paper, const char *title)
{
    paper_break(paper);
    paper->section = title;
    paper->y +=
        pen_paragraph(paper->pen, PEN_H1, PEN_DEEP, paper->x, paper->y, paper->width, 0, title) +
        10;
    return (struct flow){.atlas = atlas,
                         .paper = paper,
                         .top = paper->y,
                         .y = paper->y,
                         .width = (paper->width - GUTTER * (COLUMNS - 1)) / COLUMNS};
}

static int by_name(const void *a, const void *b)
{
    const struct atlas_sheet *const *x = a, *const *y = b;
    int order = strcmp((*x)->name_key, (*y)->name_key);
    return order ? order : strcmp((*x)->scope.codigo, (*y)->scope.codigo);
}

static bool put_indexes(struct atlas *atlas, struct paper *paper, struct err *err)
{
    const struct atlas_sheet **sorted =
        arena_array(atlas->arena, atlas->n_sheets + 1, sizeof *sorted);
    const char *last = "";
    char letter[2] = "";
    if (!sorted)
        return err_no_memory(err);
    struct flow flow = begin_index(atlas, paper, "Índice por departamento");
    for (size_t i = 0; i < atlas->n_sheets; i++) {
        const struct atlas_sheet *sheet = sorted[i] = &atlas->sheets[i];
        if (strcmp(last, sheet->scope.departamento) != 0)
            put_group(&flow, sheet->scope.departamento);
        last = sheet->scope.departamento;
        put_entry(&flow, sheet, sheet->scope.nombre);
    }
    bool failed = flow.failed;
    paper->y = paper->bottom; /* the second index has pages of its own */
    qsort(sorted, atlas->n_sheets, sizeof *sorted, by_name);
    flow = begin_index(atlas, paper, "Índice alfabético");
    atlas->alphabet_page = paper->page;
    for (size_t i = 0; i < atlas->n_sheets; i++) {
        char initial = sorted[i]->name_key[0];
        char *text = arena_printf(atlas->arena, "%s (%s)", sorted[i]->scope.nombre,
                                  sorted[i]->scope.departamento);
        if (initial >= 'a' && initial <= 'z')
            initial = (char)(initial - 'a' + 'A');
        if (initial != letter[0]) {
            letter[0] = initial;
            put_group(&flow, letter);
        }
        put_entry(&flow, sorted[i], text ? text : "");
    }
    paper->y = paper->bottom;
    return (!failed && !flow.failed) || err_no_memory(err);
}

static bool put_cover(struct atlas *atlas, struct paper *paper, struct err *err)
{
    struct buf date;
    buf_init(&date);
    number_put_date(&date, report_date(atlas->data));
    char *facts =
        arena_printf(atlas->arena,
                     "<b>Municipios:</b> %zu\n<b>Datos al</b> %s\n<b>Edición de los "
                     "límites:</b> %s\n<b>Programa:</b> SIGG %s",
                     atlas->n_sheets, date.len ? date.data : "fecha no declarada",
                     report_edition(atlas->data)->codigo, report_query_of(atlas->data)->version);
    bool ok = facts && !buf_failed(&date);
    buf_free(&date);
    if (!ok)
        return err_no_memory(err);
    cover_band(paper);
    pen_text(paper->pen, PEN_COVER, PEN_WHITE, PAPER_LEFT, 226, 0, paper->width, atlas->title);
    pen_text(paper->pen, PEN_SUBTITLE, PEN_SKY, PAPER_LEFT, 258, 0, paper->width,
             "Una ficha por municipio: alianzas, riego y obras");
    return cover_body(paper, atlas->data, atlas->departamento, facts, "", err);
}

bool atlas_front(struct atlas *atlas, const struct paper_frame *frame, struct buf *out,
                 struct err *err)
{
    struct paper *paper = paper_new(frame, atlas->arena, out, atlas->pages, true, err);
    if (!paper)
        return false;
    atlas->n_links = 0;
    if (put_cover(atlas, paper, err) && put_indexes(atlas, paper, err))
        return paper_finish(paper, &atlas->front_pages, NULL, NULL, err);
    paper_drop(paper);
    return false;
}
