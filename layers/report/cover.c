/* cover.c - the cover page of reports and of the atlas. */
#include "layers/report/cover.h"

void cover_band(struct paper *paper)
{
    struct ink *ink = paper->ink;
    paper_bare(paper);
    ink_rect(ink, INK_DEEP, 0, 0, PAPER_WIDTH, 300);
    ink_rect(ink, INK_OCHRE, 0, 300, PAPER_WIDTH, 4);
    ink_line(ink, INK_STRONG, INK_WHITE, PAPER_LEFT, 62, 0, paper->width,
             "Programa EMPODERAR · Proyecto de Alianzas Rurales II");
    ink_line(ink, INK_BODY, INK_SKY, PAPER_LEFT, 76, 0, paper->width,
             "Sistema de Información y Gestión Georreferenciada (SIGG)");
}

bool cover_body(struct paper *paper, struct report_data *data, const char *departamento,
                const char *facts, const char *caution, struct err *err)
{
    const struct provenance provenance = report_provenance(data);
    const char *warning = provenance_warning(&provenance);
    const double width = paper->width, box = width * 0.36, x = PAPER_LEFT + width - box;
    struct ink *ink = paper->ink;
    struct picture *picture = report_picture(data, "portada", err);
    const struct picture_request map = {.x = PAPER_LEFT,
                                        .y = 330,
                                        .width = width,
                                        .height = 360,
                                        .clear = true,
                                        .focus = {.departamento = departamento}};
    if (!picture || (!paper->counting && !picture_draw(picture, ink, &map, err)))
        return false;
    ink_rule(ink, INK_DEEP, 0.8, PAPER_LEFT, 718, PAPER_LEFT + width, 718);
    ink_block(ink, INK_BODY, INK_BLACK, PAPER_LEFT, 726, width * 0.58, 0, facts);
    ink_rect(ink, warning[0] ? INK_OCHRE : INK_DEEP, x, 730, box, 24);
    ink_line(ink, INK_STRONG, INK_WHITE, x + box / 2, 745.4, 0.5, box - 8,
             warning[0] ? warning : "Datos y límites oficiales");
    if (warning[0])
        ink_block(ink, INK_SMALL, INK_GREY, x, 758, box, 0.5, caution);
    return true;
}
