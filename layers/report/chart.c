/* chart.c - the list of chart kinds. */
#include "layers/report/chart.h"

#include <string.h>

static const struct chart_kind kinds[] = {
    {"barras", chart_bars_height, chart_bars, 1, 3},
    {"apiladas", chart_stacked_height, chart_stacked, 2, CHART_SERIES},
    {"embudo", chart_funnel_height, chart_funnel, 1, 1},
    {"lineas", chart_lines_height, chart_lines, 1, CHART_SERIES},
    {"lorenz", chart_lorenz_height, chart_lorenz, 2, 2},
    {"rangos", chart_ranges_height, chart_ranges, 3, 3},
};

const struct chart_kind *chart_kind_at(size_t index)
{
    return index < sizeof kinds / sizeof *kinds ? &kinds[index] : NULL;
}

const struct chart_kind *chart_kind_find(const char *name)
{
    for (size_t i = 0; chart_kind_at(i); i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}
