/* workbook_merge.c - the merged cells of a sheet, and which of them each row touches. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/sheets/workbook_internal.h"

bool workbook_merges_add(struct workbook_merges *merges, const struct geo_workbook_merge *merge,
                         const struct geo_source_limits *limits, struct err *err)
{
    if (merges->next == merges->n) /* all before are in use, or past */
        merges->next = merges->n = 0;
    if (!geo_source_within(limits, GEO_LIMIT_MEMORY_MB,
                           (int64_t)((merges->n + 1) * sizeof *merge >> 20), err))
        return false;
    if (!array_reserve(merges->all, merges->cap, merges->n + 1))
        return err_no_memory(err);
    merges->all[merges->n++] = *merge;
    return true;
}

static int by_place(const void *a, const void *b)
{
    const struct geo_workbook_merge *x = a, *y = b;
    if (x->first_line != y->first_line)
        return x->first_line < y->first_line ? -1 : 1;
    return (x->first_column > y->first_column) - (x->first_column < y->first_column);
}

void workbook_merges_sort(struct workbook_merges *merges)
{
    if (merges->n)
        qsort(merges->all, merges->n, sizeof *merges->all, by_place);
}

/* Forgets those that end before the line. */
static void retire(struct workbook_merges *merges, int64_t line)
{
    size_t left = 0;
    for (size_t i = 0; i < merges->n_active; i++) {
        if (merges->active[i].last_line >= line)
            merges->active[left++] = merges->active[i];
        else
            free((char *)merges->active[i].value.text);
    }
    merges->n_active = left;
}

/* Where a merge that begins at this column stands among the active ones. */
static size_t place_among(const struct workbook_merges *merges, size_t column)
{
    size_t low = 0, high = merges->n_active;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (merges->active[middle].first_column < column)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool activate(struct workbook_merges *merges, struct geo_workbook_merge merge,
                     const struct source_cells *row, struct err *err)
{
    char name[WORKBOOK_CELL_NAME];
    size_t place = place_among(merges, merge.first_column);
    if ((place > 0 && merges->active[place - 1].last_column >= merge.first_column) ||
        (place < merges->n_active && merges->active[place].first_column <= merge.last_column))
        return err_set(err, ERR_INPUT,
                       "el archivo está dañado: la celda combinada %s se superpone con otra; "
                       "ábralo y guárdelo de nuevo",
                       workbook_cell_name(merge.first_line, merge.first_column, name));
    if (!array_reserve(merges->active, merges->cap_active, merges->n_active + 1))
        return err_no_memory(err);
    merge.value = (struct source_cell){0};
    if (merge.first_line == row->line && merge.first_column < row->n)
        merge.value = row->cells[merge.first_column];
    if (merge.value.text && !(merge.value.text = strdup(merge.value.text)))
        return err_no_memory(err);
    memmove(merges->active + place + 1, merges->active + place,
            (merges->n_active - place) * sizeof merge);
    merges->active[place] = merge;
    merges->n_active++;
    return true;
}

bool workbook_merges_row(struct workbook_merges *merges, const struct source_cells *row,
                         struct err *err)
{
    if (merges->n_active)
        retire(merges, row->line);
    /* Those that began on a row without cells have no value. */
    for (; merges->next < merges->n && merges->all[merges->next].first_line <= row->line;
         merges->next++)
        if (merges->all[merges->next].last_line >= row->line &&
            !activate(merges, merges->all[merges->next], row, err))
            return false;
    return true;
}

const struct source_cell *geo_workbook_shown(const struct geo_workbook_row *row, size_t column,
                                             bool *covered)
{
    static const struct source_cell empty = {0};
    const struct geo_workbook_merge *merge = NULL;
    for (size_t low = 0, high = row->n_merges; low < high;) {
        size_t middle = (low + high) / 2;
        if (row->merges[middle].first_column <= column) {
            merge = &row->merges[middle];
            low = middle + 1;
        } else
            high = middle;
    }
    *covered = merge && column <= merge->last_column &&
               (column > merge->first_column || row->cells.line > merge->first_line);
    if (*covered)
        return &merge->value;
    return column < row->cells.n ? &row->cells.cells[column] : &empty;
}

void workbook_merges_free(struct workbook_merges *merges)
{
    retire(merges, INT64_MAX);
    free(merges->all);
    free(merges->active);
    *merges = (struct workbook_merges){0};
}
