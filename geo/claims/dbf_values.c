/* dbf_values.c - reads the values of a .dbf that GDAL would change. */
#include "geo/claims/dbf_values.h"

#include <stdlib.h>
#include <string.h>

#include "geo/claims/dbf_file.h"
#include "geo/texts/plain_number.h"

struct dbf_values {
    struct dbf_file *file;
    const struct dbf_column *columns;
    size_t n;
    bool *taken; /* by column: some of its values are taken from the file */
    int64_t deleted;
};

/* Number columns full of '*' have no value, as ESRI's and GDAL's programs write it. */
static bool is_empty(const char *text, size_t len)
{
    size_t stars = 0;
    while (stars < len && text[stars] == '*')
        stars++;
    return stars == len;
}

/* True where GDAL reads what stands there. */
static bool is_read(const struct dbf_column *column, const char *text, size_t len)
{
    if (is_empty(text, len))
        return true;
    switch (column->type) {
    case 'N':
    case 'F':
        return plain_whole(text, len) || (column->decimals && plain_number(text, len));
    case 'D':
        return len == 8 && plain_digits(text, len) == 8;
    case 'C':
        return true;
    default:
        return false;
    }
}

/* Types of dBASE and FoxPro whose values are no text: memos, which stand in another file, and
 * binary numbers and times. */
static bool is_binary(const struct dbf_column *column)
{
    return !strchr("CNFDL0", column->type); /* "0": FoxPro's own, of no value */
}

static bool is_blank(const char *record, const struct dbf_column *column)
{
    for (size_t i = 0; i < column->width; i++)
        if (record[column->at + i] != ' ')
            return false;
    return true;
}

static void look(struct dbf_values *values)
{
    const char *record;
    int64_t n = dbf_file_said(values->file);
    for (int64_t i = 0; i < n && (record = dbf_file_record(values->file, i)); i++) {
        if (dbf_file_is_deleted(record)) {
            values->deleted++;
            continue;
        }
        for (size_t c = 0; c < values->n; c++) {
            if (values->taken[c] || values->columns[c].type == 'C')
                continue;
            size_t len;
            const char *text = dbf_file_text(record, &values->columns[c], &len);
            values->taken[c] = is_binary(&values->columns[c]) || values->columns[c].type == '0' ||
                               !is_read(&values->columns[c], text, len);
        }
    }
}

struct dbf_values *dbf_values_new(const char *path, struct err *err)
{
    struct dbf_values *values = calloc(1, sizeof *values);
    if (!values) {
        err_no_memory(err);
        return NULL;
    }
    values->file = dbf_file_open(path, err);
    if (values->file) {
        values->n = dbf_file_columns(values->file, &values->columns);
        values->taken = calloc(values->n + 1, sizeof *values->taken);
        if (values->taken) {
            look(values);
            return values;
        }
        err_no_memory(err);
    }
    dbf_values_free(values);
    return NULL;
}

void dbf_values_free(struct dbf_values *values)
{
    if (!values)
        return;
    dbf_file_close(values->file);
    free(values->taken);
    free(values);
}

int64_t dbf_values_deleted(const struct dbf_values *values)
{
    return values->deleted;
}

int64_t dbf_values_beyond(const struct dbf_values *values)
{
    return values->n ? dbf_file_there(values->file) - dbf_file_said(values->file) : 0;
}

/* A value of a column of yes and no. */
static bool get_flag(char letter, enum source_cell_kind *kind, const char **text, size_t *len)
{
    static const char flags[] = "10";
    bool yes = strchr("TtYy", letter), no = strchr("FfNn", letter);
    *kind = yes || no ? SOURCE_CELL_FLAG : letter == '?' ? SOURCE_CELL_EMPTY : SOURCE_CELL_TEXT;
    if (yes || no) {
        *text = yes ? flags : flags + 1;
        *len = 1;
    }
    return true;
}

bool dbf_values_get(struct dbf_values *values, int64_t record, size_t column,
                    enum source_cell_kind *kind, const char **text, size_t *len)
{
    if (column >= values->n || !values->taken[column])
        return false;
    const char *bytes = dbf_file_record(values->file, record);
    if (!bytes)
        return false;
    char type = values->columns[column].type;
    if (is_binary(&values->columns[column]) || type == '0') {
        static const char why[] = "un valor de un tipo de dBASE que no se lee";
        bool none = type == '0' || is_blank(bytes, &values->columns[column]);
        *kind = none ? SOURCE_CELL_EMPTY : SOURCE_CELL_ERROR;
        *text = why;
        *len = sizeof why - 1;
        return true;
    }
    *text = dbf_file_text(bytes, &values->columns[column], len);
    if (is_read(&values->columns[column], *text, *len))
        return false;
    *kind = (type == 'N' || type == 'F') && plain_number(*text, *len) ? SOURCE_CELL_NUMBER
                                                                      : SOURCE_CELL_TEXT;
    return type != 'L' || get_flag((*text)[0], kind, text, len);
}
