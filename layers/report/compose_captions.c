/* compose_captions.c - the caption above a block and the source under it. */
#include <pango/pango.h>

#include "layers/report/compose_internal.h"

double compose_caption_height(struct compose *c, const char *title, const char *unit)
{
    double height =
        title[0] ? pen_paragraph_height(c->paper->pen, PEN_CAPTION, c->paper->width, title) : 0;
    return height + (unit[0] ? pen_line_height(c->paper->pen, PEN_SMALL) : 0) + 4;
}

void compose_caption(struct compose *c, const char *kind, int *number, const char *title,
                     const char *unit)
{
    struct paper *paper = c->paper;
    const char *whole = title;
    char *escaped = g_markup_escape_text(title, -1);
    (*number)++;
    if (title[0]) {
        whole = c->numbered ? arena_printf(c->arena, "%s %d. %s", kind, *number, escaped) : escaped;
        paper_tag(paper, "P");
        paper->y += pen_paragraph(paper->pen, PEN_CAPTION, PEN_BLACK, paper->x, paper->y,
                                  paper->width, 0, whole ? whole : "");
        paper_untag(paper, "P");
    }
    g_free(escaped);
    if (unit[0]) {
        double height = pen_line_height(paper->pen, PEN_SMALL);
        pen_text(paper->pen, PEN_SMALL, PEN_GREY, paper->x, paper->y + height * 0.78, 0,
                 paper->width, unit);
        paper->y += height;
    }
    paper->y += 4;
}

void compose_source(struct compose *c, const json_t *block)
{
    char *note = compose_string(c, block, "nota", true);
    struct paper *paper = c->paper;
    if (!note)
        return;
    paper->y += 3;
    if (note[0])
        paper->y += pen_paragraph(paper->pen, PEN_SMALL, PEN_GREY, paper->x, paper->y, paper->width,
                                  0, note);
    paper->y += 9;
}
