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
    paper_text(c->paper, INK_BODY, INK_BLACK, text, 7);
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
        ink_height(c->paper->ink, INK_SMALL, c->paper->width, text) > paper_left_over(c->paper))
        return true;
    paper_text(c->paper, INK_SMALL, INK_GREY, text, 5);
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
        double height = ink_height(paper->ink, INK_BODY, paper->width - 12, text);
        paper_need(paper, height);
        ink_rect(paper->ink, INK_DEEP, paper->x + 2, paper->y + 5, 3, 3);
        ink_block(paper->ink, INK_BODY, INK_BLACK, paper->x + 12, paper->y, paper->width - 12, 0,
                  text);
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
        ink_rule(paper->ink, INK_DEEP, 1.4, x, y + 0.7, x + width, y + 0.7);
        ink_line(paper->ink, INK_FIGURE, INK_DEEP, x, y + 23, 0, width, value);
        ink_block(paper->ink, INK_TABLE_BOLD, INK_BLACK, x, y + 27, width, 0, name);
        if (detail[0])
            ink_block(paper->ink, INK_SMALL, INK_GREY, x,
                      y + 27 + ink_height(paper->ink, INK_TABLE_BOLD, width, name), width, 0,
                      detail);
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
    double height = ink_height(paper->ink, INK_COVER, paper->width, title);
    ink_block(paper->ink, INK_COVER, INK_WHITE, PAPER_LEFT, 232 - height, paper->width, 0, title);
    ink_block(paper->ink, INK_SUBTITLE, INK_SKY, PAPER_LEFT, 244, paper->width, 0, subtitle);
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
    struct ink *ink = paper->ink;
    char *title = compose_string(c, block, "contenido", true);
    char number[16];
    if (!title)
        return false;
    paper->section = "";
    paper->y += ink_block(ink, INK_H1, INK_DEEP, paper->x, paper->y, paper->width, 0, title) + 12;
    for (size_t i = 0; i < c->n_headings; i++) {
        const struct paper_heading *heading = &c->headings[i];
        bool first = heading->level == 1;
        double height = first ? 19 : 13.5, x = paper->x + (first ? 0 : 14);
        double right = paper->x + paper->width;
        paper_need(paper, height);
        double line = paper->y + height - 5;
        paper_link(paper, heading->target);
        double end = x + ink_line(ink, first ? INK_STRONG : INK_BODY, INK_BLACK, x, line, 0,
                                  paper->width - 50, heading->text);
        snprintf(number, sizeof number, "%d", heading->page);
        double begin = right - ink_line(ink, first ? INK_STRONG : INK_BODY, INK_BLACK, right, line,
                                        1, 0, number);
        paper_unlink(paper);
        cairo_save(paper->cr);
        const double dots[2] = {0.6, 3};
        cairo_set_dash(paper->cr, dots, 2, 0);
        ink_rule(ink, INK_GREY, 0.6, end + 5, line - 0.5, begin - 5, line - 0.5);
        cairo_restore(paper->cr);
        paper->y += height;
    }
    return true;
}

/* {"ficha": "...", "detalle": "..."}: the head of a sheet, over its whole width. */
bool block_badge(struct compose *c, const json_t *block)
{
    struct paper *paper = c->paper;
    struct ink *ink = paper->ink;
    const struct provenance provenance = report_provenance(c->data);
    const char *warning = provenance_warning(&provenance);
    char *title = compose_string(c, block, "ficha", true);
    char *over = compose_string(c, block, "sobre", false);
    char *detail = compose_string(c, block, "detalle", true);
    if (!title || !over || !detail)
        return false;
    paper_headless(paper);
    ink_rect(ink, INK_DEEP, 0, 0, PAPER_WIDTH, 92);
    ink_rect(ink, INK_OCHRE, 0, 92, PAPER_WIDTH, 3);
    ink_line(ink, INK_SMALL, INK_SKY, PAPER_LEFT, 30, 0, 330, over);
    if (warning[0]) {
        double width = ink_width(ink, INK_SMALL_BOLD, warning) + 12;
        double x = PAPER_WIDTH - PAPER_RIGHT - width;
        ink_rect(ink, INK_OCHRE, x, 21, width, 14);
        ink_line(ink, INK_SMALL_BOLD, INK_WHITE, x + width / 2, 30.6, 0.5, 0, warning);
    }
    paper_tag(paper, "H1");
    ink_line(ink, INK_FIGURE, INK_WHITE, PAPER_LEFT, 58, 0, PAPER_WIDTH - PAPER_LEFT - PAPER_RIGHT,
             title);
    paper_untag(paper, "H1");
    ink_block(ink, INK_BODY, INK_SKY, PAPER_LEFT, 67, PAPER_WIDTH - PAPER_LEFT - PAPER_RIGHT, 0,
              detail);
    paper->y = 108;
    return true;
}
