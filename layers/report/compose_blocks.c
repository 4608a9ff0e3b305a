/* compose_blocks.c - blocks of text, key figures, cover and contents. */
#include <cairo.h>
#include <stdio.h>

#include "layers/report/compose_internal.h"
#include "layers/report/cover.h"

/* {"texto": "..."} */
bool block_text(struct compose *c, const json_t *block)
{
    char *text = compose_string(c, block, "texto", true);
    if (!text)
        return false;
    paper_text(c->paper, PEN_BODY, PEN_BLACK, text, 7);
    return true;
}

/* {"aviso": "...", "si_cabe": true}: small and grey; "si_cabe": left out if it would begin
 * a page. */
bool block_note(struct compose *c, const json_t *block)
{
    char *text = compose_string(c, block, "aviso", true);
    if (!text)
        return false;
    if (json_is_true(json_object_get(block, "si_cabe")) &&
        pen_paragraph_height(c->paper->pen, PEN_SMALL, c->paper->width, text) >
            paper_left_over(c->paper))
        return true;
    paper_text(c->paper, PEN_SMALL, PEN_GREY, text, 5);
    return true;
}

/* {"titulo": "..."}: within a section. */
bool block_heading(struct compose *c, const json_t *block)
{
    char *text = compose_string(c, block, "titulo", false);
    if (!text)
        return false;
    paper_heading(c->paper, 2, text);
    return true;
}

/* {"lista": ["...", ...]} */
bool block_list(struct compose *c, const json_t *block)
{
    struct paper *paper = c->paper;
    size_t i;
    const json_t *item;
    json_array_foreach(json_object_get(block, "lista"), i, item)
    {
        char *text = compose_expand(c, json_string_value(item), true);
        if (!text)
            return false;
        double height = pen_paragraph_height(paper->pen, PEN_BODY, paper->width - 12, text);
        paper_need(paper, height);
        pen_rect(paper->pen, PEN_DEEP, paper->x + 2, paper->y + 5, 3, 3);
        pen_paragraph(paper->pen, PEN_BODY, PEN_BLACK, paper->x + 12, paper->y, paper->width - 12,
                      0, text);
        paper->y += height + 3;
    }
    paper->y += 4;
    return true;
}

/* {"cifras": [{"valor", "nombre", "detalle"}, ...], "por_fila": 3} */
bool block_figures(struct compose *c, const json_t *block)
{
    struct paper *paper = c->paper;
    const json_t *list = json_object_get(block, "cifras"), *item;
    int per_row = (int)json_integer_value(json_object_get(block, "por_fila"));
    size_t i;
    per_row = per_row > 0 ? per_row : 3;
    const double gap = 12, width = (paper->width - gap * (per_row - 1)) / per_row, height = 56;
    json_array_foreach(list, i, item)
    {
        int column = (int)(i % (size_t)per_row);
        if (column == 0)
            paper_need(paper, height);
        char *value = compose_string(c, item, "valor", false);
        char *name = compose_string(c, item, "nombre", true);
        char *detail = compose_string(c, item, "detalle", true);
        if (!value || !name || !detail)
            return false;
        double x = paper->x + column * (width + gap), y = paper->y;
        pen_rule(paper->pen, PEN_DEEP, 1.4, x, y + 0.7, x + width, y + 0.7);
        pen_text(paper->pen, PEN_FIGURE, PEN_DEEP, x, y + 23, 0, width, value);
        pen_paragraph(paper->pen, PEN_TABLE_BOLD, PEN_BLACK, x, y + 27, width, 0, name);
        if (detail[0])
            pen_paragraph(paper->pen, PEN_SMALL, PEN_GREY, x,
                          y + 27 + pen_paragraph_height(paper->pen, PEN_TABLE_BOLD, width, name),
                          width, 0, detail);
        if (column == per_row - 1 || i + 1 == json_array_size(list))
            paper->y += height + 8;
    }
    return true;
}

/* {"portada": "titulo", "subtitulo": "..."}: a page of its own. */
bool block_cover(struct compose *c, const json_t *block)
{
    struct paper *paper = c->paper;
    char *title = compose_string(c, block, "portada", true);
    char *subtitle = compose_string(c, block, "subtitulo", true);
    char *facts = compose_string(c, block, "datos", true);
    if (!title || !subtitle || !facts)
        return false;
    cover_band(paper);
    double height = pen_paragraph_height(paper->pen, PEN_COVER, paper->width, title);
    pen_paragraph(paper->pen, PEN_COVER, PEN_WHITE, PAPER_LEFT, 232 - height, paper->width, 0,
                  title);
    pen_paragraph(paper->pen, PEN_SUBTITLE, PEN_SKY, PAPER_LEFT, 244, paper->width, 0, subtitle);
    if (!cover_body(paper, c->data, c->scope->departamento, facts,
                    "Sirve para mostrar el sistema, no para decidir.", c->err))
        return false;
    paper->y = PAPER_TOP + 1;
    paper_break(paper);
    return true;
}

/* {"contenido": "Contenido"}: the headings found by the previous pass. */
bool block_contents(struct compose *c, const json_t *block)
{
    struct paper *paper = c->paper;
    struct pen *pen = paper->pen;
    char *title = compose_string(c, block, "contenido", true);
    char number[16];
    if (!title)
        return false;
    paper->section = "";
    paper->y +=
        pen_paragraph(pen, PEN_H1, PEN_DEEP, paper->x, paper->y, paper->width, 0, title) + 12;
    for (size_t i = 0; i < c->n_headings; i++) {
        const struct paper_heading *heading = &c->headings[i];
        bool first = heading->level == 1;
        double height = first ? 19 : 13.5, x = paper->x + (first ? 0 : 14);
        double right = paper->x + paper->width;
        paper_need(paper, height);
        double line = paper->y + height - 5;
        paper_link(paper, heading->target);
        double end = x + pen_text(pen, first ? PEN_STRONG : PEN_BODY, PEN_BLACK, x, line, 0,
                                  paper->width - 50, heading->text);
        snprintf(number, sizeof number, "%d", heading->page);
        double begin = right - pen_text(pen, first ? PEN_STRONG : PEN_BODY, PEN_BLACK, right, line,
                                        1, 0, number);
        paper_unlink(paper);
        cairo_save(paper->cr);
        const double dots[2] = {0.6, 3};
        cairo_set_dash(paper->cr, dots, 2, 0);
        pen_rule(pen, PEN_GREY, 0.6, end + 5, line - 0.5, begin - 5, line - 0.5);
        cairo_restore(paper->cr);
        paper->y += height;
    }
    return true;
}

/* {"ficha": "...", "detalle": "..."}: the head of a sheet, over its whole width. */
bool block_badge(struct compose *c, const json_t *block)
{
    struct paper *paper = c->paper;
    struct pen *pen = paper->pen;
    const struct provenance provenance = report_provenance(c->data);
    const char *warning = provenance_warning(&provenance);
    char *title = compose_string(c, block, "ficha", true);
    char *over = compose_string(c, block, "sobre", false);
    char *detail = compose_string(c, block, "detalle", true);
    if (!title || !over || !detail)
        return false;
    paper_headless(paper);
    pen_rect(pen, PEN_DEEP, 0, 0, PAPER_WIDTH, 92);
    pen_rect(pen, PEN_OCHRE, 0, 92, PAPER_WIDTH, 3);
    pen_text(pen, PEN_SMALL, PEN_SKY, PAPER_LEFT, 30, 0, 330, over);
    if (warning[0]) {
        double width = pen_text_width(pen, PEN_SMALL_BOLD, warning) + 12;
        double x = PAPER_WIDTH - PAPER_RIGHT - width;
        pen_rect(pen, PEN_OCHRE, x, 21, width, 14);
        pen_text(pen, PEN_SMALL_BOLD, PEN_WHITE, x + width / 2, 30.6, 0.5, 0, warning);
    }
    paper_tag(paper, "H1");
    pen_text(pen, PEN_FIGURE, PEN_WHITE, PAPER_LEFT, 58, 0, PAPER_WIDTH - PAPER_LEFT - PAPER_RIGHT,
             title);
    paper_untag(paper, "H1");
    pen_paragraph(pen, PEN_BODY, PEN_SKY, PAPER_LEFT, 67, PAPER_WIDTH - PAPER_LEFT - PAPER_RIGHT, 0,
                  detail);
    paper->y = 108;
    return true;
}
