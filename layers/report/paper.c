/* paper.c - pages of a PDF report: page breaks, headers, headings, bookmarks. */
#include "layers/report/paper.h"

#include <cairo-pdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/base/array.h"
#include "layers/page/page_surface_internal.h"

struct paper *paper_new(const struct paper_frame *frame, struct arena *arena, struct buf *out,
                        int pages, bool plain, struct err *err)
{
    struct paper *paper = calloc(1, sizeof *paper);
    if (!paper || !(paper->pen = pen_new())) {
        free(paper);
        err_no_memory(err);
        return NULL;
    }
    paper->frame = frame;
    paper->arena = arena;
    paper->out = out;
    paper->counting = !out;
    paper->plain = plain;
    paper->pages = pages;
    paper->section = "";
    if (out) {
        paper->surface =
            cairo_pdf_surface_create_for_stream(page_surface_write, out, PAPER_WIDTH, PAPER_HEIGHT);
        cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_TITLE, frame->title);
        cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_AUTHOR,
                                       "Programa EMPODERAR, Proyecto de Alianzas Rurales II");
        cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_SUBJECT, frame->subject);
        cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_CREATOR, "SIGG");
    } else
        paper->surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    paper->cr = cairo_create(paper->surface);
    pen_use(paper->pen, paper->cr);
    paper->x = PAPER_LEFT;
    paper->width = PAPER_WIDTH - PAPER_LEFT - PAPER_RIGHT;
    paper->bottom = PAPER_HEIGHT - PAPER_BOTTOM;
    return paper;
}

void paper_drop(struct paper *paper)
{
    if (!paper)
        return;
    cairo_destroy(paper->cr);
    cairo_surface_destroy(paper->surface);
    pen_free(paper->pen);
    free(paper->headings);
    free(paper);
}

void paper_tag(struct paper *paper, const char *tag)
{
    if (!paper->counting && !paper->plain)
        cairo_tag_begin(paper->cr, tag, NULL);
}

void paper_untag(struct paper *paper, const char *tag)
{
    if (!paper->counting && !paper->plain)
        cairo_tag_end(paper->cr, tag);
}

void paper_link(struct paper *paper, const char *target)
{
    char attributes[80];
    if (paper->counting || paper->plain)
        return;
    snprintf(attributes, sizeof attributes, "dest='%s'", target);
    cairo_tag_begin(paper->cr, CAIRO_TAG_LINK, attributes);
}

void paper_unlink(struct paper *paper)
{
    if (!paper->counting && !paper->plain)
        cairo_tag_end(paper->cr, CAIRO_TAG_LINK);
}

static void put_frame(struct paper *paper)
{
    const struct paper_frame *frame = paper->frame;
    const double right = PAPER_WIDTH - PAPER_RIGHT, foot = PAPER_HEIGHT - 30;
    char number[32];
    if (paper->counting || paper->bare)
        return;
    if (!paper->headless) {
        pen_text(paper->pen, PEN_SMALL_BOLD, PEN_DEEP, PAPER_LEFT, 36, 0, right - PAPER_LEFT - 200,
                 frame->head);
        pen_text(paper->pen, PEN_SMALL, PEN_GREY, right, 36, 1, 260, paper->section);
        pen_rule(paper->pen, PEN_DEEP, 0.8, PAPER_LEFT, 42, right, 42);
    }
    pen_rule(paper->pen, PEN_RULE, 0.5, PAPER_LEFT, foot - 11, right, foot - 11);
    double at = PAPER_LEFT;
    if (frame->warning[0])
        at += pen_text(paper->pen, PEN_SMALL_BOLD, PEN_OCHRE, at, foot, 0, 0, frame->warning) + 8;
    pen_text(paper->pen, PEN_SMALL, PEN_GREY, at, foot, 0, right - at - 40, frame->foot);
    snprintf(number, sizeof number, "%d/%d", paper->page, paper->pages);
    pen_text(paper->pen, PEN_SMALL_BOLD, PEN_BLACK, right, foot, 1, 0, number);
}

static void begin_page(struct paper *paper)
{
    paper->page++;
    paper->begun = true;
    paper->y = PAPER_TOP;
}

static void end_page(struct paper *paper)
{
    put_frame(paper);
    paper->bare = paper->headless = false;
    cairo_show_page(paper->cr);
}

void paper_break(struct paper *paper)
{
    if (paper->column)
        return;
    if (!paper->begun)
        begin_page(paper);
    else if (paper->bare || paper->headless || paper->y > PAPER_TOP) {
        end_page(paper);
        begin_page(paper);
    }
}

void paper_bare(struct paper *paper)
{
    paper_break(paper);
    paper->bare = true;
}

void paper_headless(struct paper *paper)
{
    paper_break(paper);
    paper->headless = true;
}

double paper_left_over(const struct paper *paper)
{
    return paper->bottom - paper->y;
}

void paper_need(struct paper *paper, double height)
{
    if (!paper->begun)
        begin_page(paper);
    if (!paper->column && paper->y + height > paper->bottom + 0.01)
        paper_break(paper);
}

static void remember(struct paper *paper, int level, const char *text, char *target, size_t size)
{
    if (!array_reserve(paper->headings, paper->cap_headings, paper->n_headings + 1)) {
        paper->failed = true;
        return;
    }
    snprintf(target, size, "parte%zu", paper->n_headings + 1);
    struct paper_heading heading = {arena_strdup(paper->arena, text),
                                    arena_strdup(paper->arena, target), level, paper->page};
    if (!heading.text || !heading.target) {
        paper->failed = true;
        return;
    }
    paper->headings[paper->n_headings++] = heading;
}

static void mark(struct paper *paper, int level, const char *text, const char *target)
{
    char attributes[80];
    if (paper->counting || paper->plain)
        return;
    snprintf(attributes, sizeof attributes, "name='%s'", target);
    cairo_tag_begin(paper->cr, CAIRO_TAG_DEST, attributes);
    cairo_tag_end(paper->cr, CAIRO_TAG_DEST);
    snprintf(attributes, sizeof attributes, "dest='%s'", target);
    int id = cairo_pdf_surface_add_outline(
        paper->surface, level == 1 ? CAIRO_PDF_OUTLINE_ROOT : paper->outline, text, attributes,
        level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
    if (level == 1)
        paper->outline = id;
}

void paper_heading(struct paper *paper, int level, const char *text)
{
    enum pen_font style = level == 1 ? PEN_H1 : PEN_H2;
    char target[32] = "";
    paper_need(paper, level == 1 ? 160 : 120);
    if (level == 1) {
        paper->section = arena_strdup(paper->arena, text);
        if (!paper->section)
            paper->section = "";
    } else if (paper->y > PAPER_TOP)
        paper->y += 6;
    remember(paper, level, text, target, sizeof target);
    mark(paper, level, text, target);
    paper_tag(paper, level == 1 ? "H1" : "H2");
    char *markup = arena_strdup(paper->arena, text);
    paper->y += pen_paragraph(paper->pen, style, PEN_DEEP, paper->x, paper->y, paper->width, 0,
                              markup ? markup : "");
    paper_untag(paper, level == 1 ? "H1" : "H2");
    paper->y += level == 1 ? 9 : 4;
}

void paper_text(struct paper *paper, enum pen_font style, enum pen_color color, const char *markup,
                double after)
{
    double height = pen_paragraph_height(paper->pen, style, paper->width, markup);
    paper_need(paper, fmin(height, paper->bottom - PAPER_TOP));
    paper_tag(paper, "P");
    pen_paragraph(paper->pen, style, color, paper->x, paper->y, paper->width, 0, markup);
    paper_untag(paper, "P");
    paper->y += height + after;
}

bool paper_finish(struct paper *paper, int *pages, struct paper_heading **headings,
                  size_t *n_headings, struct err *err)
{
    if (paper->begun)
        end_page(paper);
    cairo_status_t status = cairo_status(paper->cr);
    cairo_surface_finish(paper->surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(paper->surface);
    bool memory =
        paper->failed || (paper->out && buf_failed(paper->out)) || status == CAIRO_STATUS_NO_MEMORY;
    *pages = paper->page;
    if (headings) {
        *headings = paper->headings;
        *n_headings = paper->n_headings;
        paper->headings = NULL;
    }
    paper_drop(paper);
    if (memory)
        return err_no_memory(err);
    if (status != CAIRO_STATUS_SUCCESS)
        return err_set(err, ERR_DEPENDENCY, "componer el informe: %s",
                       cairo_status_to_string(status));
    return true;
}
