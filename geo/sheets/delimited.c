/* delimited.c - splits the rows of a delimited text. */
#include "geo/sheets/delimited.h"

#include <string.h>

#include "geo/base/array.h"
#include "geo/base/text.h"
#include "geo/sheets/delimited_internal.h"
#include "geo/sheets/header.h"

static const char *end_of(const struct delimited *d)
{
    return d->text.rows + d->text.len;
}

static bool ends_line(const struct delimited *d, char c)
{
    return c == '\n' || c == d->text.line_end;
}

/* Number of blanks at `at`, around quotes. CR is one where lines end with LF. */
static size_t blanks_at(const struct delimited *d, const char *at, const char *end)
{
    size_t n = 0;
    while (at + n < end && (at[n] == ' ' || at[n] == '\t' || at[n] == '\r') &&
           at[n] != d->separator && !ends_line(d, at[n]))
        n++;
    return n;
}

static const char *line_stop(const struct delimited *d, const char *at)
{
    const char *end = end_of(d);
    if (d->text.line_end == '\n') {
        at = memchr(at, '\n', (size_t)(end - at));
        return at ? at : end;
    }
    while (at < end && !ends_line(d, *at))
        at++;
    return at;
}

/* One past the quote that closes, NULL: none does. `at` is behind the one that opens. */
static const char *after_quoted(const struct delimited *d, const char *at, const char *end)
{
    while ((at = memchr(at, d->quote, (size_t)(end - at)))) {
        if (at + 1 >= end || at[1] != d->quote)
            return at + 1;
        at += 2;
    }
    return NULL;
}

/* Where a quote is faulty. */
struct fault {
    const char *value; /* begins with it */
    bool is_closed;    /* by a quote before other text */
};

/* The end of a row with quotes: of its line, or of that where its last quoted value ends. NULL: a
 * quote is faulty. */
static const char *row_stop(const struct delimited *d, const char *at, struct fault *fault)
{
    const char *end = end_of(d);
    for (;; at++) {
        const char *value = at + blanks_at(d, at, end);
        if (value < end && *value == d->quote) {
            at = after_quoted(d, value + 1, end);
            at = at ? at + blanks_at(d, at, end) : NULL;
            *fault = (struct fault){value, at != NULL};
            if (!at || (at < end && *at != d->separator && !ends_line(d, *at)))
                return NULL;
        }
        while (at < end && *at != d->separator && !ends_line(d, *at))
            at++;
        if (at >= end || ends_line(d, *at))
            return at;
    }
}

/* Line breaks from `at` to `stop`. */
static int64_t count_lines(const struct delimited *d, const char *at, const char *stop)
{
    int64_t n = 0;
    for (; at < stop; at++) {
        if (d->text.line_end == '\n' && !(at = memchr(at, '\n', (size_t)(stop - at))))
            break;
        n += ends_line(d, *at) && !(*at == '\r' && at + 1 < stop && at[1] == '\n');
    }
    return n;
}

/* Moves on to the line after the one that ends at `stop`. */
static void move_on(struct delimited *d, const char *stop, int64_t lines)
{
    const char *end = end_of(d);
    d->line += lines;
    if (d->text.line_end == '\r' && stop + 1 < end && stop[0] == '\r' && stop[1] == '\n')
        stop++;
    d->at = (size_t)(stop + (stop < end) - d->text.rows);
}

/* Takes the quotes off a value that is sound; `at` is behind the first. *stop: the separator after
 * it, or the end. */
static void unquote(const struct delimited *d, char *at, char *end, char **stop)
{
    char *out = at;
    for (;;) {
        char *quote = memchr(at, d->quote, (size_t)(end - at));
        size_t n = (size_t)(quote - at);
        memmove(out, at, n);
        out += n;
        at = quote + 1;
        if (at >= end || *at != d->quote)
            break;
        *out++ = *at++;
    }
    *out = '\0';
    *stop = at + blanks_at(d, at, end);
}

/* Splits the copy in place. */
static bool split(struct delimited *d, bool quotes, struct source_cells *row, struct err *err)
{
    char *at = d->copy.data, *end = d->copy.data + d->copy.len, *stop;
    for (row->n = 0;; at = stop + 1) {
        if (row->n >= (size_t)d->limits->at[GEO_LIMIT_COLUMNS])
            return geo_source_beyond(d->limits, GEO_LIMIT_COLUMNS, err);
        if (!array_reserve(d->cells, d->cap, row->n + 1))
            return err_no_memory(err);
        char *value = at, *quote = quotes ? at + blanks_at(d, at, end) : end;
        if (quote < end && *quote == d->quote)
            unquote(d, value = quote + 1, end, &stop);
        else if (!d->separator || !(stop = memchr(at, d->separator, (size_t)(end - at))))
            stop = end;
        bool last = stop >= end;
        *stop = '\0';
        d->cells[row->n++] =
            *value ? (struct source_cell){SOURCE_CELL_TEXT, value} : (struct source_cell){0};
        row->cells = d->cells;
        if (last)
            return true;
    }
}

static bool within_limit(const struct delimited *d, const struct source_cells *row, struct err *err)
{
    if (geo_source_within(d->limits, GEO_LIMIT_VALUE_KB, (int64_t)(d->copy.len >> 10), NULL))
        return true;
    for (size_t c = 0; c < row->n; c++) {
        size_t len = row->cells[c].text ? strlen(row->cells[c].text) : 0;
        if (!geo_source_within(d->limits, GEO_LIMIT_VALUE_KB, (int64_t)(len >> 10), err))
            return err_wrap(err, "valor %zu", c + 1);
    }
    return true;
}

static bool copy_row(struct delimited *d, const char *start, const char *stop, struct err *err)
{
    while (stop > start && stop[-1] == '\r')
        stop--;
    buf_clear(&d->copy);
    buf_put(&d->copy, start, (size_t)(stop - start));
    d->ascii = text_ascii_len(start, (size_t)(stop - start)) == (size_t)(stop - start);
    return !buf_failed(&d->copy) || err_no_memory(err);
}

/* Makes a row of the line with the faulty quote, as it stands, and goes on with the next line:
 * the quoted value may reach over many sound rows. No byte is read more than twice so: an odd
 * number of quotes in a row ends a quoted value, and an even number begins none that goes on. */
static bool spoilt_row(struct delimited *d, const char *start, const struct fault *fault,
                       struct source_cells *row, struct err *err)
{
    const char *stop = line_stop(d, fault->value);
    int64_t before = count_lines(d, start, fault->value);
    move_on(d, stop, before + 1);
    if (!copy_row(d, start, stop, err) || !split(d, false, row, err))
        return false;
    err_set(err, ERR_INPUT, "%s",
            fault->is_closed ? "tras la comilla que cierra un valor sigue texto: las comillas de "
                               "dentro se escriben dobles"
                             : "hay una comilla que no se cierra");
    return before ? err_wrap(err, "línea %lld", (long long)row->line + before) : false;
}

static bool read_row(struct delimited *d, struct source_cells *row, struct err *err)
{
    const char *start = d->text.rows + d->at, *stop = line_stop(d, start);
    bool quotes = memchr(start, d->quote, (size_t)(stop - start));
    int64_t lines = 1;
    struct fault fault = {0};
    row->line = d->line;
    if (quotes) {
        stop = row_stop(d, start, &fault);
        if (!stop)
            return spoilt_row(d, start, &fault, row, err);
        lines += count_lines(d, start, stop);
    }
    move_on(d, stop, lines);
    return copy_row(d, start, stop, err) && split(d, quotes, row, err) && within_limit(d, row, err);
}

bool delimited_next(struct delimited *d, struct source_cells *row, bool *more, struct err *err)
{
    for (;; d->blank++) {
        *row = (struct source_cells){0};
        *more = d->at < d->text.len;
        if (!*more)
            return true;
        struct err own = {0}, *why = err ? err : &own;
        if (!read_row(d, row, why)) {
            *more = why->kind == ERR_INPUT;
            return false;
        }
        if (!header_is_blank(row))
            return true;
    }
}

bool delimited_row_is_ascii(const struct delimited *d)
{
    return d->ascii;
}

void delimited_rewind(struct delimited *d)
{
    d->at = 0;
    d->blank = 0;
    d->line = d->text.first_line;
}

struct delimited_place delimited_place(const struct delimited *d)
{
    return (struct delimited_place){d->at, d->line, d->blank};
}

void delimited_go(struct delimited *d, const struct delimited_place *place)
{
    d->at = place->at;
    d->line = place->line;
    d->blank = place->blank;
}

bool delimited_ends_whole(const struct delimited *text)
{
    const struct delimited_text *all = &text->text;
    return all->len == 0 || all->rows[all->len - 1] == '\n' || all->rows[all->len - 1] == '\r';
}

int64_t delimited_blank_rows(const struct delimited *d)
{
    return d->blank;
}

/* The end of the next row if it is clearly one line with a value in its first column, which is
 * counted without being split. NULL: it has quotes, or must be split to know. */
static const char *stop_of_plain(const struct delimited *d)
{
    const char *at = d->text.rows + d->at, *stop = line_stop(d, at);
    bool value = at<stop && * at> ' ' && *at != d->separator;
    return value && !memchr(at, d->quote, (size_t)(stop - at)) ? stop : NULL;
}

int64_t delimited_count(struct delimited *d, int64_t line)
{
    struct source_cells row;
    int64_t n = 0;
    delimited_rewind(d);
    for (bool more = true; more;) {
        struct err why = {0};
        const char *stop = d->at < d->text.len ? stop_of_plain(d) : NULL;
        if (stop) {
            n += d->line > line;
            move_on(d, stop, 1);
            continue;
        }
        delimited_next(d, &row, &more, &why);
        n += more && row.line > line;
    }
    delimited_rewind(d);
    return n;
}

static bool copy_cells(const struct source_cells *row, struct arena *arena, struct source_cells *to)
{
    struct source_cell *cells = arena_array(arena, row->n, sizeof *cells);
    *to = (struct source_cells){row->line, row->n, cells};
    for (size_t c = 0; cells && c < row->n; c++) {
        cells[c] = row->cells[c];
        if (cells[c].text && !(cells[c].text = arena_strdup(arena, cells[c].text)))
            return false;
    }
    return cells;
}

bool delimited_head(struct delimited *d, size_t n, struct arena *arena,
                    const struct source_cells **rows, size_t *n_rows, struct err *err)
{
    struct source_cells *copies = arena_array(arena, n, sizeof *copies), row;
    bool more = true, ok = copies || err_no_memory(err);
    *n_rows = 0;
    delimited_rewind(d);
    while (ok && more && *n_rows < n) {
        struct err why = {0};
        bool sound = delimited_next(d, &row, &more, &why);
        if (sound && more)
            ok = copy_cells(&row, arena, &copies[(*n_rows)++]) || err_no_memory(err);
        else if (!sound && !more)
            ok = err_set(err, why.kind, "%s", why.message);
    }
    delimited_rewind(d);
    *rows = copies;
    return ok;
}
