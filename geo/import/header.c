/* header.c - chooses the row of the header and makes the names of its columns. */
#include "geo/import/header.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/buf.h"
#include "geo/base/text.h"
#include "geo/import/header_cells.h"

enum { NONE = -1, NAME_BYTES = 500 /* of a cell that may be a known name */ };

struct finder {
    const struct header_input *in;
    struct arena *arena;
    size_t width; /* of most rows */
    int upper;    /* row with groups of columns; NONE */
    int row;      /* of the header, or the lower one */
    int last;     /* the last row above the data */
};

bool header_is_blank(const struct source_cells *row)
{
    return header_width(row) == 0;
}

const char *header_letters(size_t column, struct arena *arena)
{
    char letters[16];
    size_t at = sizeof letters - 1;
    letters[at] = '\0';
    for (column++; column; column = (column - 1) / 26)
        letters[--at] = (char)('A' + (column - 1) % 26);
    return arena_strdup(arena, letters + at);
}

static int64_t line_of(const struct finder *f, int row)
{
    return f->in->rows[row].line;
}

/* The width that most rows have; of those, the greatest. */
static size_t usual_width(const struct header_input *in)
{
    size_t best = 0, best_n = 0;
    for (size_t r = 0; r < in->n_rows; r++) {
        size_t width = header_width(&in->rows[r]), n = 0;
        for (size_t k = 0; width > 1 && k < in->n_rows; k++)
            n += header_width(&in->rows[k]) == width;
        if (n > best_n || (n == best_n && width > best)) {
            best = width;
            best_n = n;
        }
    }
    return best;
}

/* The number of rows among which the header is looked for. */
static size_t rows_near(const struct finder *f)
{
    return f->in->n_rows < HEADER_ROWS ? f->in->n_rows : HEADER_ROWS;
}

static bool is_known(const struct finder *f, const char *name)
{
    return f->in->known && name && f->in->known(f->in->arg, name);
}

static size_t count_known(const struct finder *f, const struct source_cells *row)
{
    size_t n = 0;
    for (size_t c = 0; f->in->known && c < row->n; c++) {
        const char *text = header_cell(row, c);
        if (text && strlen(text) <= NAME_BYTES)
            n += is_known(f, header_cell_name(row, c, f->arena));
    }
    return n;
}

/* A header may be somewhat narrower than its table: columns without a name. */
static bool is_wide(const struct finder *f, const struct source_cells *row)
{
    return 5 * header_width(row) >= 3 * f->width && 2 * header_filled(row) >= header_width(row);
}

static int find_by_shape(const struct finder *f)
{
    for (size_t r = 0; r < rows_near(f); r++) {
        const struct source_cells *row = &f->in->rows[r];
        if (is_wide(f, row) && header_is_words(row, false) && header_filled(row) > 1)
            return (int)r;
    }
    return NONE;
}

/* The row with most known names; before it, a wide row with more than half as many, because a
 * header may be repeated further down. One known name alone is a chance: then the shape decides. */
static int find_by_names(const struct finder *f)
{
    size_t most = 0, n[HEADER_ROWS];
    int best = NONE;
    for (size_t r = 0; r < rows_near(f); r++) {
        n[r] = count_known(f, &f->in->rows[r]);
        if (n[r] > most) {
            most = n[r];
            best = (int)r;
        }
    }
    for (size_t r = 0; best != NONE && r < (size_t)best; r++)
        if (2 * n[r] > most && is_wide(f, &f->in->rows[r]))
            best = (int)r;
    return most > 1 || best == find_by_shape(f) ? best : NONE;
}

static int find_assumed(const struct finder *f)
{
    int first = NONE;
    for (size_t r = f->in->n_rows; r-- > 0;)
        if (!header_is_blank(&f->in->rows[r]))
            first = (int)r;
    for (size_t r = 0; r < f->in->n_rows; r++)
        if (is_wide(f, &f->in->rows[r]) && header_width(&f->in->rows[r]) > 1)
            return (int)r;
    return first;
}

static int find_stated(const struct finder *f)
{
    for (size_t r = 0; r < f->in->n_rows; r++)
        if (f->in->rows[r].line == f->in->line && !header_is_blank(&f->in->rows[r]))
            return (int)r;
    return NONE;
}

static bool find_row(struct finder *f, struct header *header, struct err *err)
{
    if (f->in->line) {
        header->by = HEADER_STATED;
        f->row = find_stated(f);
        return f->row != NONE ||
               err_set(err, ERR_INPUT, "la %s %lld, que debe ser el encabezado, no tiene nada",
                       f->in->is_text ? "línea" : "fila", (long long)f->in->line);
    }
    int (*const ways[])(const struct finder *) = {find_by_names, find_by_shape, find_assumed};
    f->row = NONE;
    for (int way = 0; way < 3 && f->row == NONE; way++) {
        header->by = (enum header_by)(HEADER_BY_NAMES + way);
        f->row = ways[way](f);
    }
    return f->row != NONE || err_set(err, ERR_INPUT, "no hay ninguna fila con datos");
}

/* The merge that begins in this cell. */
static const struct header_merge *merge_at(const struct finder *f, int row, size_t column)
{
    for (size_t i = 0; i < f->in->n_merges; i++)
        if (f->in->merges[i].first_line == line_of(f, row) &&
            f->in->merges[i].first_column == column)
            return &f->in->merges[i];
    return NULL;
}

/* One past the last column of the group that begins in this one: the columns merged with it,
 * or else those with a name below and none beside it. column + 1: it is no group. */
static size_t group_end(const struct finder *f, int upper, size_t column)
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
static bool repeats_name(const struct finder *f, int row)
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

/* True if the row has names of groups of columns, and the next the names in them. A column of
 * its own has a name in one of the two. */
static bool has_groups(const struct finder *f, int upper, bool surely_header)
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
static bool name_groups(const struct finder *f, size_t n_columns, const char **groups)
{
    const struct source_cells *above = &f->in->rows[f->upper];
    for (size_t c = 0; c < n_columns && c < above->n; c++) {
        if (!header_cell(above, c))
            continue;
        const char *name = header_cell_name(above, c, f->arena);
        if (!name)
            return false;
        for (size_t end = group_end(f, f->upper, c), k = c; k < end && k < n_columns; k++)
            groups[k] = name;
    }
    return true;
}

static size_t count_columns(const struct finder *f)
{
    const struct source_cells *rows = f->in->rows;
    size_t n = 0;
    for (int r = f->upper == NONE ? f->row : f->upper; r <= f->row; r++) {
        size_t width = f->in->is_text ? rows[r].n : header_width(&rows[r]);
        n = width > n ? width : n;
    }
    for (size_t r = (size_t)f->last + 1; !f->in->is_text && r < f->in->n_rows; r++)
        n = header_width(&rows[r]) > n ? header_width(&rows[r]) : n;
    return n;
}

static bool is_filled(const struct finder *f, size_t column)
{
    for (size_t r = (size_t)f->last + 1; r < f->in->n_rows; r++)
        if (header_cell(&f->in->rows[r], column))
            return true;
    return false;
}

static bool name_column(const struct finder *f, size_t c, const char *group,
                        struct header_column *column)
{
    const struct source_cells *row = &f->in->rows[f->row];
    const char *name = header_cell(row, c) ? header_cell_name(row, c, f->arena) : NULL;
    if (header_cell(row, c) && !name)
        return false;
    column->filled = is_filled(f, c);
    column->named = name || group;
    if (name && group) {
        column->lower = name;
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
static bool tell_apart(const struct finder *f, struct header_column *columns, size_t n)
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

static bool name_columns(const struct finder *f, struct header *header)
{
    size_t n = count_columns(f);
    struct header_column *columns = arena_array(f->arena, n, sizeof *columns);
    const char **groups = arena_array(f->arena, n, sizeof *groups);
    if (!columns || !groups || (f->upper != NONE && !name_groups(f, n, groups)))
        return false;
    header->columns = columns;
    header->n_columns = n;
    for (size_t c = 0; c < n; c++) {
        if (!name_column(f, c, groups[c], &columns[c]))
            return false;
        header->n_known += is_known(f, columns[c].name) || is_known(f, columns[c].lower);
    }
    return tell_apart(f, columns, n);
}

/* "la línea 1 es título y no se lee: «…»" */
static void put_rows(const struct finder *f, int from, int to, const char *one, const char *many,
                     struct buf *out)
{
    const char *place = f->in->is_text ? "línea" : "fila";
    buf_puts(out, out->len ? "; " : "");
    if (line_of(f, from) == line_of(f, to))
        buf_printf(out, "la %s %lld %s: ", place, (long long)line_of(f, from), one);
    else
        buf_printf(out, "las %ss %lld a %lld %s: ", place, (long long)line_of(f, from),
                   (long long)line_of(f, to), many);
    int shown = 0;
    for (int r = from; r <= to && shown < 4; r++)
        for (size_t c = 0; c < f->in->rows[r].n && shown < 4; c++) {
            const char *text = header_cell_name(&f->in->rows[r], c, f->arena);
            if (text)
                buf_printf(out, "%s«%.*s»", shown++ ? ", " : "", text_cut(text, 60), text);
        }
}

/* True if the row numbers the columns: "1, 2, 3", where data below have words. */
static bool is_numbering(const struct finder *f, size_t row, size_t width)
{
    const struct source_cells *rows = f->in->rows;
    return header_is_numbering(&rows[row], width) && row + 1 < f->in->n_rows &&
           header_has_word(&rows[row + 1]);
}

/* The rows below the header that number its columns or give units. */
static void pass_over_rows(struct finder *f, struct buf *note)
{
    size_t width = header_width(&f->in->rows[f->row]);
    for (size_t r = (size_t)f->row + 1; r < f->in->n_rows; r++) {
        if (is_numbering(f, r, width))
            put_rows(f, (int)r, (int)r, "numera las columnas y no se lee", "", note);
        else if (header_is_units(&f->in->rows[r], f->arena))
            put_rows(f, (int)r, (int)r, "da las unidades y no se lee", "", note);
        else
            break;
        f->last = (int)r;
    }
}

static bool describe(struct finder *f, struct buf *note, struct header *header)
{
    int first = f->upper == NONE ? f->row : f->upper, title = 0;
    while (title < first && header_is_blank(&f->in->rows[title]))
        title++;
    if (title < first)
        put_rows(f, title, first - 1, "es título y no se lee", "son título y no se leen", note);
    pass_over_rows(f, note);
    header->first_line = line_of(f, first);
    header->last_line = line_of(f, f->last);
    header->is_text = f->in->is_text;
    header->note = note->len ? arena_strdup(f->arena, note->data) : NULL;
    return !buf_failed(note) && (header->note || !note->len) && name_columns(f, header);
}

bool header_find(const struct header_input *input, struct arena *arena, struct header *header,
                 struct err *err)
{
    struct finder f = {.in = input, .arena = arena, .upper = NONE, .row = NONE};
    *header = (struct header){0};
    f.width = usual_width(input);
    if (!find_row(&f, header, err))
        return false;
    if (has_groups(&f, f.row, true))
        f.upper = f.row++;
    else if (!input->line && has_groups(&f, f.row - 1, false))
        f.upper = f.row - 1;
    f.last = f.row;
    struct buf note;
    buf_init(&note);
    bool ok = describe(&f, &note, header) || err_no_memory(err);
    buf_free(&note);
    return ok;
}

bool header_fits(const struct header *header, const struct source_cells *row, struct err *err)
{
    size_t width = row->n > header->n_columns ? header_width(row) : 0;
    if (width <= header->n_columns)
        return true;
    if (!header->is_text)
        return err_set(err, ERR_INPUT,
                       "tiene un valor en la columna %zu y el encabezado %zu columnas", width,
                       header->n_columns);
    return err_set(err, ERR_INPUT,
                   "tiene %zu valores y el encabezado %zu columnas: puede ser una coma decimal, o "
                   "un texto con el separador, sin comillas",
                   width, header->n_columns);
}
