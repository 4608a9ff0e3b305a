/* dbf_values.c - finds values of a .dbf that are no numbers, in columns of numbers.
 *
 * The layout of the file: geo/source/dbf_encoding.c. */
#include "geo/source/dbf_values.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/source/gdal_internal.h"

enum {
    HEADER_BYTES = 32,
    COLUMN_BYTES = 32,
    COLUMNS_MAX = 2048,
    RECORD_MAX = 1 << 16,
    NUMBER_MAX = 255
};

struct value_column {
    size_t at, width;         /* in the record; width 0: it is not in it */
    bool number, memo, whole; /* whole: of numbers without decimals */
    bool odd;                 /* some record has a value that GDAL would spoil */
};

struct dbf_values {
    VSILFILE *file;
    size_t header_len, record_len, n;
    struct value_column columns[COLUMNS_MAX];
    int64_t record; /* that is in bytes; -1: none */
    char bytes[RECORD_MAX], text[NUMBER_MAX + 1];
};

static size_t little(const unsigned char *bytes, int n)
{
    size_t value = 0;
    while (n-- > 0)
        value = value << 8 | bytes[n];
    return value;
}

/* The value without blanks around it, as a text. */
static const char *trim(struct dbf_values *values, const struct value_column *column)
{
    const char *at = values->bytes + column->at;
    size_t len = strnlen(at, column->width < NUMBER_MAX ? column->width : NUMBER_MAX);
    while (len && *at == ' ')
        at++, len--;
    while (len && at[len - 1] == ' ')
        len--;
    memcpy(values->text, at, len);
    values->text[len] = '\0';
    return values->text;
}

static const char *after_digits(const char *at, bool *any)
{
    size_t n = strspn(at, "0123456789");
    *any = *any || n;
    return at + n;
}

/* "-12.50", "1e+10", ".5", or "12", "12.00" where GDAL makes whole numbers; nothing; stars. */
static bool is_number(const char *text, bool whole)
{
    bool any = false, exponent = false;
    const char *at = text + (*text == '-' || *text == '+');
    at = after_digits(at, &any);
    if (*at == '.')
        at = whole ? at + 1 + strspn(at + 1, "0") : after_digits(at + 1, &any);
    if (!whole && any && (*at == 'e' || *at == 'E')) {
        at += 1 + (at[1] == '-' || at[1] == '+');
        at = after_digits(at, &exponent);
        any = exponent;
    }
    return (any && !*at) || !text[strspn(text, "*")];
}

/* Name and type of each column; *names: of columns of notes. */
static void read_columns(struct dbf_values *values, struct buf *names)
{
    unsigned char column[COLUMN_BYTES];
    size_t at = 1, left = values->header_len > HEADER_BYTES ? values->header_len - HEADER_BYTES : 0;
    for (; left > COLUMN_BYTES && values->n < COLUMNS_MAX; left -= COLUMN_BYTES) {
        if (gdal->VSIFReadL(column, 1, sizeof column, values->file) != sizeof column ||
            column[0] == 0x0D)
            break;
        size_t width = column[11] == 'C' ? little(column + 16, 2) : column[16];
        struct value_column *to = &values->columns[values->n++];
        *to = (struct value_column){.at = at,
                                    .width = at + width <= values->record_len ? width : 0,
                                    .number = column[11] == 'N' || column[11] == 'F',
                                    .whole = column[17] == 0,
                                    .memo = column[11] == 'M'};
        at += width;
        if (to->memo)
            buf_printf(names, "%s%.11s", names->len ? ", " : "", (const char *)column);
    }
}

static bool read_record(struct dbf_values *values, int64_t record)
{
    if (values->record != record) {
        vsi_l_offset at = values->header_len + (vsi_l_offset)record * values->record_len;
        values->record = -1;
        if (gdal->VSIFSeekL(values->file, at, SEEK_SET) != 0 ||
            gdal->VSIFReadL(values->bytes, 1, values->record_len, values->file) !=
                values->record_len)
            return false;
        values->record = record;
    }
    return true;
}

/* True if a column has a value that GDAL would spoil; *memo: one of notes. */
static bool look(struct dbf_values *values, bool *memo)
{
    bool odd = false;
    if (values->n == 0 || gdal->VSIFSeekL(values->file, values->header_len, SEEK_SET) != 0)
        return false;
    while (gdal->VSIFReadL(values->bytes, 1, values->record_len, values->file) ==
           values->record_len)
        for (size_t c = 0; values->bytes[0] != '*' && c < values->n; c++) {
            struct value_column *column = &values->columns[c];
            if (column->odd || !column->width || (!column->number && !column->memo))
                continue;
            const char *text = trim(values, column);
            column->odd = column->memo ? text[0] != '\0' : !is_number(text, column->whole);
            odd = odd || column->odd;
            *memo = *memo || (column->memo && column->odd);
        }
    return odd;
}

static bool read_head(struct dbf_values *values)
{
    unsigned char head[HEADER_BYTES];
    if (gdal->VSIFReadL(head, 1, sizeof head, values->file) != sizeof head)
        return false;
    values->header_len = little(head + 8, 2);
    values->record_len = little(head + 10, 2);
    return values->record_len > 0;
}

bool dbf_values_open(const char *dbf, struct dbf_values **out, struct buf *note, struct err *err)
{
    struct dbf_values *values = calloc(1, sizeof *values);
    struct buf names;
    bool memo = false, odd = false;
    *out = NULL;
    if (!values)
        return err_no_memory(err);
    buf_init(&names);
    values->record = -1;
    values->file = gdal->VSIFOpenL(dbf, "rb");
    if (values->file && read_head(values)) {
        read_columns(values, &names);
        odd = look(values, &memo);
    }
    if (memo && names.data)
        buf_printf(note,
                   "los textos de las columnas de notas (memo: %s) están en otro archivo y no se "
                   "leen: pida la tabla en .xlsx o .csv",
                   text_is_utf8(names.data, names.len) ? names.data : "…");
    bool ok = !buf_failed(&names) && !buf_failed(note);
    buf_free(&names);
    if (ok && odd)
        *out = values;
    else
        dbf_values_close(values);
    return ok || err_no_memory(err);
}

void dbf_values_close(struct dbf_values *values)
{
    if (values && values->file)
        gdal->VSIFCloseL(values->file);
    free(values);
}

const char *dbf_values_text(struct dbf_values *values, int64_t record, size_t column)
{
    if (!values || column >= values->n || !values->columns[column].odd || record < 0 ||
        !read_record(values, record))
        return NULL;
    if (values->columns[column].memo)
        return "";
    const char *text = trim(values, &values->columns[column]);
    return is_number(text, values->columns[column].whole) ? NULL : text;
}
