/* compose_captions.c - the caption above a block and the source under it. */
#include <pango/pango.h>

#include "layers/report/compose_internal.h"

double compose_caption_height(struct compose *c, const char *title, const char *unit)
{
    double height = title[0] ? ink_height(c->paper->ink, INK_CAPTION, c->paper->width, title) : 0;
    return height + (unit[0] ? ink_line_height(c->paper->ink, INK_SMALL) : 0) + 4;
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
        paper->y += ink_block(paper->ink, INK_CAPTION, INK_BLACK, paper->x, paper->y, paper->width,
                              0, whole ? whole : "");
        paper_untag(paper, "P");
    }
    g_free(escaped);
    if (unit[0]) {
        double height = ink_line_height(paper->ink, INK_SMALL);
        ink_line(paper->ink, INK_SMALL, INK_GREY, paper->x, paper->y + height * 0.78, 0,
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
        paper->y +=
            ink_block(paper->ink, INK_SMALL, INK_GREY, paper->x, paper->y, paper->width, 0, note);
    paper->y += 9;
}
