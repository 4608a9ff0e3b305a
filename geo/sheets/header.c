/* header.c - chooses the row of the header, and says which rows are not read. */
#include "geo/sheets/header.h"

#include <string.h>

#include "geo/base/buf.h"
#include "geo/base/text.h"
#include "geo/sheets/header_below.h"
#include "geo/sheets/header_cells.h"
#include "geo/sheets/header_names.h"

bool header_is_blank(const struct source_cells *row)
{
    for (size_t c = 0; c < row->n; c++)
        if (header_cell(row, c) && !text_is_blank(row->cells[c].text))
            return false;
    return true;
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
static size_t rows_near(const struct header_finder *f)
{
    return f->in->n_rows < HEADER_ROWS ? f->in->n_rows : HEADER_ROWS;
}

/* A header may be somewhat narrower than its table: columns without a name. */
static bool is_wide(const struct header_finder *f, const struct source_cells *row)
{
    return 5 * header_width(row) >= 3 * f->width && 2 * header_filled(row) >= header_width(row);
}

static int find_by_shape(const struct header_finder *f)
{
    for (size_t r = 0; r < rows_near(f); r++) {
        const struct source_cells *row = &f->in->rows[r];
        if (is_wide(f, row) && header_is_words(row, false) && header_filled(row) > 1)
            return (int)r;
    }
    return HEADER_NONE;
}

/* The row with most known names; before it, a wide row with more than half as many, because a
 * header may be repeated further down. One known name alone is a chance: then the shape decides. */
static int find_by_names(const struct header_finder *f)
{
    size_t most = 0, n[HEADER_ROWS];
    int best = HEADER_NONE;
    for (size_t r = 0; r < rows_near(f); r++) {
        n[r] = header_count_known(f, (int)r);
        if (n[r] > most) {
            most = n[r];
            best = (int)r;
        }
    }
    for (size_t r = 0; best != HEADER_NONE && r < (size_t)best; r++)
        if (2 * n[r] > most && is_wide(f, &f->in->rows[r]))
            best = (int)r;
    /* A form has its labels above the names of its columns, or below. */
    for (size_t r = best == HEADER_NONE ? rows_near(f) : (size_t)best + 1;
         r < rows_near(f) && header_is_names(f, (int)r, n[best]) && n[r] > n[best]; r++)
        best = (int)r;
    return most > 1 || best == find_by_shape(f) ? best : HEADER_NONE;
}

static int find_assumed(const struct header_finder *f)
{
    int first = HEADER_NONE;
    for (size_t r = f->in->n_rows; r-- > 0;)
        if (!header_is_blank(&f->in->rows[r]))
            first = (int)r;
    for (size_t r = 0; r < f->in->n_rows; r++)
        if (is_wide(f, &f->in->rows[r]) && header_width(&f->in->rows[r]) > 1)
            return (int)r;
    return first;
}

static int find_stated(const struct header_finder *f)
{
    for (size_t r = 0; r < f->in->n_rows; r++)
        if (f->in->rows[r].line == f->in->line && !header_is_blank(&f->in->rows[r]))
            return (int)r;
    return HEADER_NONE;
}

static bool find_row(struct header_finder *f, struct header *header, struct err *err)
{
    if (f->in->line) {
        header->by = HEADER_STATED;
        f->row = find_stated(f);
        return f->row != HEADER_NONE ||
               err_set(err, ERR_INPUT, "la %s %lld, que debe ser el encabezado, no tiene nada",
                       f->in->is_text ? "línea" : "fila", (long long)f->in->line);
    }
    int (*const ways[])(const struct header_finder *) = {find_by_names, find_by_shape,
                                                         find_assumed};
    f->row = HEADER_NONE;
    for (int way = 0; way < 3 && f->row == HEADER_NONE; way++) {
        header->by = (enum header_by)(HEADER_BY_NAMES + way);
        f->row = ways[way](f);
    }
    return f->row != HEADER_NONE || err_set(err, ERR_INPUT, "no hay ninguna fila con datos");
}

/* "la línea 1 es título y no se lee: «…»" */
static void put_rows(const struct header_finder *f, int from, int to, const char *one,
                     const char *many, struct buf *out)
{
    const char *place = f->in->is_text ? "línea" : "fila";
    buf_puts(out, out->len ? "; " : "");
    if (header_line(f, from) == header_line(f, to))
        buf_printf(out, "la %s %lld %s: ", place, (long long)header_line(f, from), one);
    else
        buf_printf(out, "las %ss %lld a %lld %s: ", place, (long long)header_line(f, from),
                   (long long)header_line(f, to), many);
    int shown = 0;
    for (int r = from; r <= to && shown < 4; r++)
        for (size_t c = 0; c < f->in->rows[r].n && shown < 4; c++) {
            const char *text = header_cell_name(&f->in->rows[r], c, f->arena);
            if (text && *text)
                buf_printf(out, "%s«%.*s»", shown++ ? ", " : "", text_cut(text, 60), text);
        }
}

/* The rows below the header that describe its columns. */
static void pass_over_rows(struct header_finder *f, struct buf *note)
{
    size_t n_known = header_count_known(f, f->row);
    for (int r = f->row + 1; (size_t)r < f->in->n_rows; r++) {
        const char *what = header_below(f, r, n_known);
        if (!what)
            break;
        put_rows(f, r, r, what, "", note);
        f->units = header_is_units(&f->in->rows[r], f->arena) ? r : f->units;
        f->last = r;
    }
}

/* How many columns that are known the line has, if the mark parts it. */
static size_t count_parted(const struct header_finder *f, const char *line, const char *mark)
{
    char *copy = arena_strdup(f->arena, line), *rest = NULL;
    size_t known = 0;
    if (!copy || !strpbrk(line, mark))
        return 0;
    for (char *part = strtok_r(copy, mark, &rest); part; part = strtok_r(NULL, mark, &rest))
        known += header_is_known(f, part);
    return known;
}

/* A file that goes on from another with other marks: the first one's records would be a title. So
 * the marks of the second are not the file's. */
static bool refuse_parted(const struct header_finder *f, struct err *err)
{
    static const char *const marks[] = {";", ",", "\t", "|"};
    for (int r = 0; f->in->is_text && r < f->row; r++) {
        const char *line = header_filled(&f->in->rows[r]) == 1
                               ? header_cell_name(&f->in->rows[r], 0, f->arena)
                               : NULL;
        for (size_t m = 0; line && m < sizeof marks / sizeof *marks; m++)
            if (count_parted(f, line, marks[m]) >= 2)
                return err_set(err, ERR_INPUT,
                               "la línea %lld parece el encabezado de otra tabla, con otro "
                               "separador («%.*s»): pase cada una a un archivo propio",
                               (long long)header_line(f, r), text_cut(line, 60), line);
    }
    return true;
}

/* A title may say in which datum the coordinates are, and nobody reads it. */
static void tell_datum(const struct header_finder *f, int from, int to, struct buf *out)
{
    static const char *const words[] = {"psad", "prov s am", "provisional s", "sudam", "la canoa"};
    for (int r = from; r <= to; r++)
        for (size_t c = 0; c < f->in->rows[r].n; c++) {
            const char *text = header_cell_name(&f->in->rows[r], c, f->arena);
            for (size_t i = 0; text && i < sizeof words / sizeof *words; i++)
                if (strcasestr(text, words[i])) {
                    buf_printf(out,
                               "; el título dice un datum, que no se usa («%.*s»): si las "
                               "coordenadas están en él, impórtelas con --crs EPSG:24879, 24880 o "
                               "24881 (PSAD56, zonas 19, 20 y 21)",
                               text_cut(text, 60), text);
                    return;
                }
        }
}

static bool describe(struct header_finder *f, struct buf *note, struct header *header)
{
    int first = f->upper == HEADER_NONE ? f->row : f->upper, title = 0;
    while (title < first && header_is_blank(&f->in->rows[title]))
        title++;
    if (title < first) {
        put_rows(f, title, first - 1, "es título y no se lee", "son título y no se leen", note);
        tell_datum(f, title, first - 1, note);
    }
    pass_over_rows(f, note);
    header->first_line = header_line(f, first);
    header->last_line = header_line(f, f->last);
    header->is_text = f->in->is_text;
    header->note = note->len ? arena_strdup(f->arena, note->data) : NULL;
    return !buf_failed(note) && (header->note || !note->len) && header_name_columns(f, header);
}

bool header_find(const struct header_input *input, struct arena *arena, struct header *header,
                 struct err *err)
{
    struct header_finder f = {.in = input,
                              .arena = arena,
                              .upper = HEADER_NONE,
                              .row = HEADER_NONE,
                              .units = HEADER_NONE};
    *header = (struct header){0};
    f.width = usual_width(input);
    if (!find_row(&f, header, err) || (!input->line && !refuse_parted(&f, err)))
        return false;
    if (header_has_groups(&f, f.row, true))
        f.upper = f.row++;
    else if (!input->line && header_has_groups(&f, f.row - 1, false))
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
