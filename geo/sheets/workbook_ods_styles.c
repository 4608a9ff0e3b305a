/* workbook_ods_styles.c - the styles of an ODS workbook that mark letters or cells. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/sheets/workbook_ods_internal.h"

static int by_name(const void *a, const void *b)
{
    const struct workbook_ods_style *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order ? order : x->of_cells - y->of_cells;
}

bool workbook_ods_styles_add(struct geo_workbook *workbook, const struct workbook_ods_style *style,
                             struct err *err)
{
    if (!style->run.raised && !style->run.lowered && !style->run.struck)
        return true;
    if (!workbook_keep(workbook, sizeof *style, err))
        return false;
    if (!array_reserve(workbook->ods_styles, workbook->cap_ods_styles, workbook->n_ods_styles + 1))
        return err_no_memory(err);
    workbook->ods_styles[workbook->n_ods_styles++] = *style;
    return true;
}

void workbook_ods_styles_sort(struct geo_workbook *workbook)
{
    if (workbook->n_ods_styles)
        qsort(workbook->ods_styles, workbook->n_ods_styles, sizeof *workbook->ods_styles, by_name);
}

const struct workbook_run *workbook_ods_style(const struct geo_workbook *workbook, const char *name,
                                              bool of_cells)
{
    const struct workbook_ods_style key = {.name = name, .of_cells = of_cells};
    const struct workbook_ods_style *found =
        name && workbook->n_ods_styles
            ? bsearch(&key, workbook->ods_styles, workbook->n_ods_styles, sizeof key, by_name)
            : NULL;
    return found ? &found->run : NULL;
}
