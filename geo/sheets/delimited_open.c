/* delimited_open.c - opens a delimited text, and finds its separator. */
#include <stdlib.h>
#include <string.h>

#include "geo/sheets/delimited_internal.h"
#include "geo/sheets/header.h"

/* How good a table the first rows make. Known names decide. Where there are none: a header of
 * words in the first row, and rows as long as it. */
static double value_of(const struct header *header, const struct source_cells *rows, size_t n_rows)
{
    size_t n = 0, fitting = 0;
    for (size_t r = 0; r < n_rows; r++) {
        bool is_data = rows[r].line > header->last_line;
        n += is_data;
        fitting += is_data && rows[r].n == header->n_columns;
    }
    double value = 10.0 * (double)header->n_known + (n ? 3.0 * (double)fitting / (double)n : 0);
    value += header->by == HEADER_ASSUMED ? 0 : 5;
    value -= header->first_line > rows[0].line;
    return value + 0.9 * (1 - 1 / (double)header->n_columns); /* wider, all else being equal */
}

/* The value of the table that the current separator makes; negative: there is none. Some, if it
 * makes all rows blank. */
static double try_separator(struct delimited *d, const struct delimited_options *options,
                            struct err *err)
{
    double value = -1;
    struct arena *arena = arena_new();
    struct header_input input = {.is_text = true, .known = options->known, .arg = options->arg};
    struct header header;
    if (!arena)
        err_no_memory(err);
    else if (!delimited_head(d, HEADER_ROWS, arena, &input.rows, &input.n_rows, err))
        value = -1;
    else if (!input.n_rows)
        value = 0.1;
    else if (header_find(&input, arena, &header, err) && header.n_columns > 1)
        value = value_of(&header, input.rows, input.n_rows);
    arena_free(arena);
    return value;
}

/* Sets the separator; of equals the first: a comma may be a decimal one. A lower limit on
 * columns is not for rows that are split wrongly. */
static bool find_separator(struct delimited *d, const struct delimited_options *options,
                           struct err *err)
{
    static const char separators[] = {';', '\t', '|', ','};
    struct geo_source_limits usual = *options->limits;
    if (usual.at[GEO_LIMIT_COLUMNS] < geo_source_usual_limits.at[GEO_LIMIT_COLUMNS])
        usual.at[GEO_LIMIT_COLUMNS] = geo_source_usual_limits.at[GEO_LIMIT_COLUMNS];
    double best = 0;
    char found = '\0';
    struct err why = {0};
    d->limits = &usual;
    for (size_t i = 0; i < sizeof separators; i++) {
        d->separator = separators[i];
        double value = try_separator(d, options, &why);
        if (value > best) {
            best = value;
            found = separators[i];
        }
    }
    d->limits = options->limits;
    d->separator = found;
    return found || why.kind < ERR_MEMORY || err_set(err, why.kind, "%s", why.message);
}

/* True if the first row has apostrophes around each of its values, as a program leaves them that
 * was told to quote texts so. */
static bool has_apostrophes(struct delimited *d)
{
    struct source_cells row;
    struct err why = {0};
    bool more, sound;
    delimited_rewind(d);
    sound = delimited_next(d, &row, &more, &why) && more;
    for (size_t c = 0; sound && c < row.n; c++) {
        const char *text = row.cells[c].text;
        size_t len = text ? strlen(text) : 0;
        sound = len > 2 && text[0] == '\'' && text[len - 1] == '\'';
    }
    return sound && row.n > 1;
}

struct delimited *delimited_new(const char *bytes, size_t len,
                                const struct delimited_options *options, struct err *err)
{
    struct delimited *d = calloc(1, sizeof *d);
    if (!d) {
        err_no_memory(err);
        return NULL;
    }
    if (!delimited_text_read(bytes, len, &d->text, err)) {
        free(d);
        return NULL;
    }
    buf_init(&d->copy);
    d->limits = options->limits;
    d->quote = '"';
    d->separator = options->separator ? options->separator : d->text.separator;
    if (!d->separator && !find_separator(d, options, err)) {
        delimited_free(d);
        return NULL;
    }
    d->quote = has_apostrophes(d) ? '\'' : '"';
    delimited_rewind(d);
    return d;
}

void delimited_free(struct delimited *d)
{
    if (!d)
        return;
    delimited_text_free(&d->text);
    buf_free(&d->copy);
    free(d->cells);
    free(d);
}

char delimited_separator(const struct delimited *d)
{
    return d->separator;
}

const char *delimited_encoding(const struct delimited *d)
{
    return d->text.encoding;
}

const char *delimited_note(const struct delimited *d)
{
    return d->text.note.len ? d->text.note.data : NULL;
}
