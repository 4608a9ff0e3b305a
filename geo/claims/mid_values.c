/* mid_values.c - reads the values of a MapInfo .mid that GDAL would change. */
#include "geo/claims/mid_values.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/array.h"
#include "geo/base/buf.h"
#include "geo/files/gdal_internal.h"
#include "geo/texts/plain_number.h"

/* A text file, line by line. */
struct lines {
    VSILFILE *file;
    char bytes[1 << 14];
    size_t len, at;
    struct buf line; /* without its end */
};

enum column_kind { LEFT_TO_GDAL, NUMBERS, DAYS };

struct mid_values {
    struct lines lines; /* of the .mid */
    char separator;
    enum column_kind *columns;
    size_t n, cap;
    const char **cells; /* of the current record, in lines.line; n + 1 */
    int64_t next;       /* the record after it */
};

static bool next_line(struct lines *lines)
{
    buf_clear(&lines->line);
    for (bool any = false;; any = true) {
        if (lines->at == lines->len) {
            lines->len = gdal->VSIFReadL(lines->bytes, 1, sizeof lines->bytes, lines->file);
            lines->at = 0;
        }
        if (lines->len == 0)
            return any && !buf_failed(&lines->line);
        const char *from = lines->bytes + lines->at;
        const char *end = memchr(from, '\n', lines->len - lines->at);
        size_t n = end ? (size_t)(end - from) : lines->len - lines->at;
        buf_put(&lines->line, from, n);
        lines->at += n + (end ? 1 : 0);
        if (!end)
            continue;
        if (lines->line.len && lines->line.data[lines->line.len - 1] == '\r')
            lines->line.data[--lines->line.len] = '\0';
        return !buf_failed(&lines->line);
    }
}

/* The header ------------------------------------------------------------------------------ */

/* After the word, without case, and blanks; NULL: the line does not begin with it. */
static const char *after(const char *line, const char *word)
{
    line += strspn(line, " \t");
    size_t n = strlen(word);
    return strncasecmp(line, word, n) == 0 && strchr(" \t\"", line[n]) && line[n]
               ? line + n + strspn(line + n, " \t")
               : NULL;
}

/* "  ha Decimal(10,2)" */
static enum column_kind kind_of(const char *line)
{
    static const struct {
        const char *type;
        enum column_kind kind;
    } kinds[] = {{"integer", NUMBERS}, {"smallint", NUMBERS}, {"largeint", NUMBERS},
                 {"decimal", NUMBERS}, {"float", NUMBERS},    {"date", DAYS},
                 {"datetime", DAYS},   {"time", DAYS}};
    line += strspn(line, " \t");
    line += strcspn(line, " \t");
    line += strspn(line, " \t");
    size_t len = strcspn(line, " \t(");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strlen(kinds[i].type) == len && strncasecmp(line, kinds[i].type, len) == 0)
            return kinds[i].kind;
    return LEFT_TO_GDAL;
}

static bool read_columns(struct mid_values *values, struct lines *mif, long n)
{
    for (; n > 0 && next_line(mif); n--) {
        if (!array_reserve(values->columns, values->cap, values->n + 1))
            return false;
        values->columns[values->n++] = kind_of(mif->line.data ? mif->line.data : "");
    }
    return true;
}

static bool read_header(struct mid_values *values, VSILFILE *file, struct err *err)
{
    struct lines *mif = calloc(1, sizeof *mif);
    if (!mif)
        return err_no_memory(err);
    mif->file = file;
    bool ok = true;
    values->separator = '\t';
    while (ok && values->n == 0 && next_line(mif)) {
        const char *line = mif->line.data ? mif->line.data : "", *rest;
        if ((rest = after(line, "Delimiter")) && rest[0] == '"' && rest[1])
            values->separator = rest[1];
        else if ((rest = after(line, "Columns")))
            ok = read_columns(values, mif, strtol(rest, NULL, 10));
        else if (strncasecmp(line, "Data", 4) == 0)
            break;
    }
    buf_free(&mif->line);
    free(mif);
    return ok || err_no_memory(err);
}

/* Records --------------------------------------------------------------------------------- */

/* Splits the line in place, and takes the quotes away; the number of its values, of which one more
 * is kept than there are columns. */
static size_t split(struct mid_values *values)
{
    char *from = values->lines.line.data, *to = from, *start = from;
    size_t n = 0;
    bool quoted = false;
    for (size_t c = 0; c <= values->n; c++)
        values->cells[c] = "";
    for (bool ends = false; !ends; from++) {
        ends = !*from;
        if (*from == '"')
            quoted = !quoted;
        else if (!ends && (quoted || *from != values->separator))
            *to++ = *from;
        else {
            *to++ = '\0';
            if (n <= values->n)
                values->cells[n] = start;
            start = to;
            n++;
        }
    }
    return n;
}

/* Lines without anything are no records. */
static bool next_record(struct mid_values *values, size_t *n)
{
    while (next_line(&values->lines)) {
        const char *line = values->lines.line.data ? values->lines.line.data : "";
        if (!line[strspn(line, " \t")])
            continue;
        *n = split(values);
        values->next++;
        return true;
    }
    return false;
}

static bool check_records(struct mid_values *values, struct err *err)
{
    size_t n;
    while (values->n > 0 && next_record(values, &n))
        if (n != values->n && (n != values->n + 1 || values->cells[values->n][0]))
            return err_set(err, ERR_INPUT,
                           "registro %lld del .mid: tiene %zu valores, y el .mif %zu columnas; si "
                           "un número lleva coma decimal, póngalo entre comillas, o con punto",
                           (long long)values->next, n, values->n);
    return !buf_failed(&values->lines.line) || err_no_memory(err);
}

static bool rewind_lines(struct mid_values *values)
{
    values->next = 0;
    values->lines.at = values->lines.len = 0;
    return gdal->VSIFSeekL(values->lines.file, 0, SEEK_SET) == 0;
}

struct mid_values *mid_values_new(const char *mif, const char *mid, struct err *err)
{
    struct mid_values *values = calloc(1, sizeof *values);
    VSILFILE *header = gdal->VSIFOpenL(mif, "rb");
    bool ok = values || err_no_memory(err);
    if (ok && header)
        ok = read_header(values, header, err);
    if (ok)
        values->lines.file = gdal->VSIFOpenL(mid, "rb");
    if (ok && !(values->cells = calloc(values->n + 1, sizeof *values->cells)))
        ok = err_no_memory(err);
    if (ok && values->lines.file)
        ok = check_records(values, err) && rewind_lines(values);
    if (header)
        gdal->VSIFCloseL(header);
    if (ok)
        return values;
    mid_values_free(values);
    return NULL;
}

void mid_values_free(struct mid_values *values)
{
    if (!values)
        return;
    if (values->lines.file)
        gdal->VSIFCloseL(values->lines.file);
    buf_free(&values->lines.line);
    free(values->columns);
    free(values->cells);
    free(values);
}

/* Goes on to the record; false: there is none. */
static bool reach(struct mid_values *values, int64_t record)
{
    size_t n;
    if (record + 1 < values->next && !rewind_lines(values))
        return false;
    while (values->next <= record)
        if (!next_record(values, &n))
            return false;
    return values->next == record + 1;
}

bool mid_values_get(struct mid_values *values, int64_t record, size_t column,
                    enum source_cell_kind *kind, const char **text)
{
    if (!values->lines.file || column >= values->n || values->columns[column] == LEFT_TO_GDAL ||
        !reach(values, record))
        return false;
    *text = values->cells[column];
    size_t len = strlen(*text);
    *kind = !(*text)[strspn(*text, " \t")] ? SOURCE_CELL_EMPTY : SOURCE_CELL_TEXT;
    if (values->columns[column] == DAYS)
        return *kind == SOURCE_CELL_EMPTY || plain_digits(*text, len) < len;
    if (*kind == SOURCE_CELL_TEXT && plain_number(*text, len))
        *kind = SOURCE_CELL_NUMBER;
    return true;
}
