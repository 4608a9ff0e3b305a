/* figures.c - the list of figures. A new figure is a file in this folder and a row here. */
#include "geo/catalog/figure.h"

#include <string.h>

/* In the order of `sigg --help`: figure_NAME is in NAME.c. */
#define FIGURES(ROW) \
    ROW(coverage)    \
    ROW(irrigation)  \
    ROW(series)      \
    ROW(indicators)  \
    ROW(sample)      \
    ROW(lag)         \
    ROW(editions)    \
    ROW(crosswalk)   \
    ROW(restate)     \
    ROW(conflicts)   \
    ROW(target)      \
    ROW(equity)      \
    ROW(access)      \
    ROW(sites)       \
    ROW(clusters)

#define DECLARE(name) extern const struct figure figure_##name;
FIGURES(DECLARE)

#define LIST(name) &figure_##name,
const struct figure *const figures[] = {FIGURES(LIST) NULL};

const struct figure *figure_named(const char *name)
{
    for (size_t i = 0; figures[i]; i++)
        if (strcmp(figures[i]->name, name) == 0)
            return figures[i];
    return NULL;
}
