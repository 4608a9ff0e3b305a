/* picture_legend.c - draws a style's legend with the fonts of reports. */
#include "layers/page/legend.h"
#include "layers/report/picture_internal.h"

#define ROW 11.5
#define SWATCH 15.0

static const struct legend_swatch swatch = {.width = SWATCH,
                                            .height = 7.2,
                                            .rim = 0.5,
                                            .radius_max = 4,
                                            .per_px = 0.75,
                                            .always_rimmed = true};

double picture_legend(struct picture *picture, struct pen *pen, const struct picture_request *map,
                      double x, double y, double width, int columns, bool draw)
{
    const struct style *style = picture_style(picture);
    const struct style_legend_entry *entries;
    struct picture_place at = {0};
    size_t n = style_legend(style, &entries), shown = 0, placed = 0;
    if (!picture_place_of(picture, map, &at))
        return 0;
    for (size_t i = 0; i < n; i++)
        shown += legend_shows(style, &entries[i], at.zoom);
    size_t rows = (shown + (size_t)columns - 1) / (size_t)columns;
    double wide = width / columns;
    for (size_t i = 0; i < n && draw; i++) {
        if (!legend_shows(style, &entries[i], at.zoom))
            continue;
        const size_t column = placed / rows;
        double left = x + wide * (double)column;
        double middle = y + ROW * (double)(placed - column * rows) + ROW / 2;
        legend_put_swatch(pen_cairo(pen), &entries[i], &swatch, left, middle);
        pen_text(pen, PEN_CHART, PEN_BLACK, left + SWATCH + 5, middle + 2.6, 0, wide - SWATCH - 8,
                 entries[i].label);
        placed++;
    }
    return ROW * (double)rows;
}
