/* compose_map.c - blocks with maps. */
#include <math.h>
#include <string.h>

#include "layers/report/compose_internal.h"

static struct picture_focus focus_of(const struct compose *c, const json_t *block)
{
    const char *frame = json_string_value(json_object_get(block, "marco"));
    if (frame && strcmp(frame, "municipio") == 0)
        return (struct picture_focus){.codigo = c->scope->codigo};
    if (frame && strcmp(frame, "departamento") == 0)
        return (struct picture_focus){.departamento = c->scope->departamento};
    return (struct picture_focus){0};
}

/* {"mapa": style, "titulo", "unidad", "alto": points, "marco":
 * "pais|departamento|municipio", "alto_minimo", "columnas_leyenda": 3, "nota"} */
bool block_map(struct compose *c, const json_t *block)
{
    struct paper *paper = c->paper;
    const struct provenance provenance = report_provenance(c->data);
    const char *style = json_string_value(json_object_get(block, "mapa"));
    char *title = compose_string(c, block, "titulo", false);
    char *unit = compose_string(c, block, "unidad", false);
    struct picture *picture = report_picture(c->data, style ? style : "", c->err);
    if (!picture || !title || !unit)
        return false;
    int columns = (int)json_integer_value(json_object_get(block, "columnas_leyenda"));
    struct picture_request map = {.x = paper->x,
                                  .width = paper->width,
                                  .height = json_number_value(json_object_get(block, "alto")),
                                  .focus = focus_of(c, block),
                                  .scale_bar = true,
                                  .frame = true,
                                  .warning = provenance_warning(&provenance)};
    columns = columns > 0 ? columns : 3;
    double caption = compose_caption_height(c, title, unit);
    if (map.height <= 0)
        map.height = 400;
    double legend = picture_legend(picture, paper->pen, &map, 0, 0, paper->width, columns, false);
    /* Somewhat smaller here rather than alone on the next page. */
    const double rest = caption + legend + 30;
    double least = json_number_value(json_object_get(block, "alto_minimo"));
    if (least <= 0)
        least = map.height * 0.72;
    if (!paper->column && map.height + rest > paper_left_over(paper) &&
        least + rest <= paper_left_over(paper))
        map.height = paper_left_over(paper) - rest;
    map.height = fmin(map.height, paper->bottom - PAPER_TOP - rest);
    paper_need(paper, map.height + rest);
    compose_caption(c, "Mapa", &c->maps, title, unit);
    map.y = paper->y;
    paper_tag(paper, "Figure");
    if (!paper->counting && !picture_draw(picture, paper->pen, &map, c->err))
        return false;
    paper->y += map.height + 5;
    picture_legend(picture, paper->pen, &map, paper->x, paper->y, paper->width, columns,
                   !paper->counting);
    paper_untag(paper, "Figure");
    paper->y += legend;
    compose_source(c, block);
    return true;
}

/* {"localizador": height}: a small map of where the municipality or department is. */
bool block_locator(struct compose *c, const json_t *block)
{
    struct paper *paper = c->paper;
    struct picture *picture = report_picture(c->data, "base", c->err);
    const struct picture_request map = {
        .x = paper->x,
        .y = paper->y,
        .width = paper->width,
        .height = json_number_value(json_object_get(block, "localizador")),
        .focus = {.departamento = c->scope->departamento, .codigo = c->scope->codigo}};
    if (!picture)
        return false;
    if (!paper->counting && !picture_locator(picture, paper->pen, &map, c->err))
        return false;
    paper->y += map.height + 6;
    return true;
}
