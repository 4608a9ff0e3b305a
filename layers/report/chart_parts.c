/* chart_parts.c - what the kinds of charts share: colours, key, room for labels. */
#include <math.h>

#include "layers/report/chart.h"

bool chart_has_values(const struct chart *chart)
{
    for (size_t s = 0; s < chart->n_series; s++)
        for (size_t i = 0; i < chart->n; i++)
            if (isfinite(chart->values[s][i]))
                return true;
    return false;
}

void chart_range(const struct chart *chart, double *low, double *high)
{
    *low = *high = NAN;
    for (size_t s = 0; s < chart->n_series; s++)
        for (size_t i = 0; i < chart->n; i++)
            if (isfinite(chart->values[s][i])) {
                *low = fmin(*low, chart->values[s][i]);
                *high = fmax(*high, chart->values[s][i]);
            }
    if (!isfinite(*low))
        *low = *high = 0;
}

void chart_say_empty(struct pen *pen, double x, double y, double width, double height)
{
    pen_rect(pen, PEN_PALE, x, y, width, height);
    pen_text(pen, PEN_CHART, PEN_GREY, x + width / 2, y + height / 2 + 3, 0.5, width,
             "Sin datos para este gráfico");
}

enum pen_color chart_color(size_t series)
{
    static const enum pen_color colors[CHART_SERIES] = {PEN_DEEP, PEN_SKY, PEN_OCHRE, PEN_PLUM};
    return colors[series % CHART_SERIES];
}

void chart_key(struct pen *pen, const struct chart *chart, double x, double y)
{
    for (size_t s = 0; s < chart->n_series && chart->n_series > 1; s++) {
        pen_rect(pen, chart_color(s), x, y - 5.5, 7, 6);
        x += 10 + pen_text(pen, PEN_CHART, PEN_BLACK, x + 10, y, 0, 0, chart->titles[s]) + 14;
    }
}

double chart_label_room(struct pen *pen, const struct chart *chart, double width, double part)
{
    double widest = 0;
    for (size_t i = 0; i < chart->n; i++)
        widest = fmax(widest, pen_text_width(pen, PEN_CHART, chart->labels[i]));
    return fmin(widest + 1, width * part) + 6;
}
