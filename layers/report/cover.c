/* cover.c - the cover page of reports and of the atlas. */
#include "layers/report/cover.h"

void cover_band(struct paper *paper)
{
    struct pen *pen = paper->pen;
    paper_bare(paper);
    pen_rect(pen, PEN_DEEP, 0, 0, PAPER_WIDTH, 300);
    pen_rect(pen, PEN_OCHRE, 0, 300, PAPER_WIDTH, 4);
    pen_text(pen, PEN_STRONG, PEN_WHITE, PAPER_LEFT, 62, 0, paper->width,
             "Programa EMPODERAR · Proyecto de Alianzas Rurales II");
    pen_text(pen, PEN_BODY, PEN_SKY, PAPER_LEFT, 76, 0, paper->width,
             "Sistema de Información y Gestión Georreferenciada (SIGG)");
}

bool cover_body(struct paper *paper, struct report_data *data, const char *departamento,
                const char *facts, const char *caution, struct err *err)
{
    const struct provenance provenance = report_provenance(data);
    const char *warning = provenance_warning(&provenance);
    const double width = paper->width, box = width * 0.36, x = PAPER_LEFT + width - box;
    struct pen *pen = paper->pen;
    struct picture *picture = report_picture(data, "portada", err);
    const struct picture_request map = {.x = PAPER_LEFT,
                                        .y = 330,
                                        .width = width,
                                        .height = 360,
                                        .clear = true,
                                        .focus = {.departamento = departamento}};
    if (!picture || (!paper->counting && !picture_draw(picture, pen, &map, err)))
        return false;
    pen_rule(pen, PEN_DEEP, 0.8, PAPER_LEFT, 718, PAPER_LEFT + width, 718);
    pen_paragraph(pen, PEN_BODY, PEN_BLACK, PAPER_LEFT, 726, width * 0.58, 0, facts);
    pen_rect(pen, warning[0] ? PEN_OCHRE : PEN_DEEP, x, 730, box, 24);
    pen_text(pen, PEN_STRONG, PEN_WHITE, x + box / 2, 745.4, 0.5, box - 8,
             warning[0] ? warning : "Datos y límites oficiales");
    if (warning[0])
        pen_paragraph(pen, PEN_SMALL, PEN_GREY, x, 758, box, 0.5, caution);
    return true;
}
