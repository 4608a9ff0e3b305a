/* header_names.c - makes the names of the columns from one row or two. */
#include "geo/sheets/header_names.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/text.h"
#include "geo/sheets/header_cells.h"

const char *header_letters(size_t column, struct arena *arena)
{
    char letters[16];
    size_t at = sizeof letters - 1;
    letters[at] = '\0';
    for (column++; column; column = (column - 1) / 26)
        letters[--at] = (char)('A' + (column - 1) % 26);
    return arena_strdup(arena, letters + at);
}

/* The merge that begins in this cell. */
static const struct header_merge *merge_at(const struct header_finder *f, int row, size_t column)
{
    for (size_t i = 0; i < f->in->n_merges; i++)
        if (f->in->merges[i].first_line == header_line(f, row) &&
            f->in->merges[i].first_column == column)
            return &f->in->merges[i];
    return NULL;
}

/* One past the last column of the group that begins in this one: the columns merged with it,
 * or else those with a name below and none beside it. column + 1: it is no group. */
static size_t group_end(const struct header_finder *f, int upper, size_t column)
{
    const struct source_cells *above = &f->in->rows[upper], *below = &f->in->rows[upper + 1];
    const struct header_merge *merge = merge_at(f, upper, column);
    if (merge)
        return merge->last_column + 1;
    size_t end = column + 1;
    while (header_cell(below, column) && header_cell(below, end) && !header_cell(above, end))
        end++;
    return end;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* True if two columns of the row have one name. */
static bool repeats_name(const struct header_finder *f, int row)
{
    const struct source_cells *cells = &f->in->rows[row];
    char **names = arena_array(f->arena, cells->n, sizeof *names);
    size_t n = 0;
    for (size_t c = 0; names && c < cells->n; c++)
        if (header_cell(cells, c) && (names[n] = header_cell_name(cells, c, f->arena)))
            n++;
    if (n)
        qsort(names, n, sizeof *names, by_name);
    for (size_t i = 1; i < n; i++)
        if (strcmp(names[i - 1], names[i]) == 0)
            return true;
    return false;
}

bool header_has_groups(const struct header_finder *f, int upper, bool surely_header)
{
    if (upper < 0 || (size_t)upper + 1 >= f->in->n_rows)
        return false;
    const struct source_cells *above = &f->in->rows[upper], *below = &f->in->rows[upper + 1];
    size_t width = header_width(below), alone = 0, groups = 0, merged = 0;
    if (!header_is_words(above, false) || !header_is_words(below, true))
        return false;
    for (size_t c = 0; c < above->n; c++) {
        if (!header_cell(above, c))
            continue;
        size_t end = group_end(f, upper, c);
        if (end - c >= (width > header_width(above) ? width : header_width(above)))
            return false; /* a title over all columns */
        if (end - c > 1)
            groups++;
        else if (header_cell(below, c))
            return false;
        else
            alone++;
        merged += end - c > 1 && merge_at(f, upper, c);
    }
    return groups && (merged || alone || surely_header || repeats_name(f, upper + 1));
}

/* The name of the group over each column, NULL where there is none. */
static bool name_groups(const struct header_finder *f, size_t n_columns, const char **groups)
{
    const struct source_cells *above = &f->in->rows[f->upper];
    for (size_t c = 0; c < n_columns && c < above->n; c++) {
        if (!header_cell(above, c))
            continue;
        const char *name = header_cell_name(above, c, f->arena);
        if (!name)
            return false;
        for (size_t end = group_end(f, f->upper, c), k = c; *name && k < end && k < n_columns; k++)
            groups[k] = name;
    }
    return true;
}

static size_t count_columns(const struct header_finder *f)
{
    const struct source_cells *rows = f->in->rows;
    size_t n = 0;
    for (int r = f->upper == HEADER_NONE ? f->row : f->upper; r <= f->row; r++) {
        size_t width = f->in->is_text ? rows[r].n : header_width(&rows[r]);
        n = width > n ? width : n;
    }
    for (size_t r = (size_t)f->last + 1; !f->in->is_text && r < f->in->n_rows; r++)
        n = header_width(&rows[r]) > n ? header_width(&rows[r]) : n;
    return n;
}

static bool is_filled(const struct header_finder *f, size_t column)
{
    for (size_t r = (size_t)f->last + 1; r < f->in->n_rows; r++)
        if (header_cell(&f->in->rows[r], column))
            return true;
    return false;
}

static bool name_column(const struct header_finder *f, size_t c, const char *group,
                        struct header_column *column, const char **lower)
{
    const struct source_cells *row = &f->in->rows[f->row];
    const char *name = header_cell(row, c) ? header_cell_name(row, c, f->arena) : "";
    if (!name)
        return false;
    if (!*name) /* blank, or characters that are not seen */
        name = NULL;
    column->filled = is_filled(f, c);
    column->named = name || group;
    if (name && group) {
        *lower = name;
        column->name = arena_printf(f->arena, "%s / %s", group, name);
    } else if (column->named)
        column->name = name ? name : group;
    else {
        const char *letters = header_letters(c, f->arena);
        column->name = letters ? arena_printf(f->arena, "columna %s", letters) : NULL;
    }
    return column->name;
}

struct named {
    const char *folded;
    size_t column;
};

static int by_folded(const void *a, const void *b)
{
    const struct named *one = a, *other = b;
    int order = strcmp(one->folded, other->folded);
    return order ? order : (one->column > other->column) - (one->column < other->column);
}

/* Gives the second of two columns of one name another. */
static bool tell_apart(const struct header_finder *f, struct header_column *columns, size_t n)
{
    struct named *names = arena_array(f->arena, n, sizeof *names);
    if (!names)
        return false;
    for (size_t c = 0; c < n; c++) {
        names[c] = (struct named){text_fold(f->arena, columns[c].name), c};
        if (!names[c].folded)
            return false;
    }
    if (n)
        qsort(names, n, sizeof *names, by_folded);
    for (size_t i = 1; i < n; i++) {
        struct header_column *column = &columns[names[i].column];
        if (!names[i].folded[0] || strcmp(names[i - 1].folded, names[i].folded) != 0)
            continue;
        const char *letters = header_letters(names[i].column, f->arena);
        column->name =
            letters ? arena_printf(f->arena, "%s (columna %s)", column->name, letters) : NULL;
        if (!column->name)
            return false;
    }
    return true;
}

/* The name in the lower of two rows, if it alone is known, and of this column only. */
static const char *match_of(const struct header_finder *f, const char *name,
                            const char *const *lower, size_t n, size_t c)
{
    if (!lower[c] || header_is_known(f, name) || !header_is_known(f, lower[c]))
        return name;
    for (size_t k = 0; k < n; k++)
        if (k != c && lower[k] && strcasecmp(lower[k], lower[c]) == 0)
            return name;
    return lower[c];
}

/* A unit that no field is in becomes part of the name, so that the column is not taken for the
 * field's: "Superficie (m2)". */
static bool add_unit(const struct header_finder *f, size_t c, struct header_column *column,
                     const char **lower)
{
    const char *unit =
        f->units == HEADER_NONE ? NULL : header_other_unit(&f->in->rows[f->units], c, f->arena);
    if (!unit || !column->named || strstr(column->name, unit))
        return true;
    column->name = arena_printf(f->arena, "%s (%s)", column->name, unit);
    if (*lower)
        *lower = arena_printf(f->arena, "%s (%s)", *lower, unit);
    return column->name != NULL;
}

bool header_name_columns(const struct header_finder *f, struct header *header)
{
    size_t n = count_columns(f);
    struct header_column *columns = arena_array(f->arena, n, sizeof *columns);
    const char **groups = arena_array(f->arena, n, sizeof *groups);
    const char **lower = arena_array(f->arena, n, sizeof *lower);
    if (!columns || !groups || !lower || (f->upper != HEADER_NONE && !name_groups(f, n, groups)))
        return false;
    header->columns = columns;
    header->n_columns = n;
    for (size_t c = 0; c < n; c++)
        if (!name_column(f, c, groups[c], &columns[c], &lower[c]))
            return false;
    if (!tell_apart(f, columns, n))
        return false;
    for (size_t c = 0; c < n; c++) {
        if (!add_unit(f, c, &columns[c], &lower[c]))
            return false;
        columns[c].match = match_of(f, columns[c].name, lower, n, c);
        header->n_known += header_is_known(f, columns[c].match);
    }
    return true;
}
