/* dbf_file.c - reads the header and the records of a .dbf. */
#include "geo/claims/dbf_file.h"

#include <stdlib.h>
#include <string.h>

#include "geo/files/gdal_internal.h"

enum { HEADER_BYTES = 32, COLUMN_BYTES = 32, COLUMNS_MAX = 2048 };

struct dbf_file {
    VSILFILE *file;
    size_t header_len, record_len;
    int code;
    int64_t said; /* records, by the header */
    struct dbf_column *columns;
    size_t n_columns;
    char *record;
    int64_t next; /* where the handle stands, in records */
};

static size_t little(const unsigned char *bytes, int n)
{
    size_t value = 0;
    while (n-- > 0)
        value = value << 8 | bytes[n];
    return value;
}

static void read_columns(struct dbf_file *dbf)
{
    size_t at = 1, left = dbf->header_len > HEADER_BYTES ? dbf->header_len - HEADER_BYTES : 0;
    unsigned char bytes[COLUMN_BYTES];
    for (; left > COLUMN_BYTES && dbf->n_columns < COLUMNS_MAX; left -= COLUMN_BYTES) {
        if (gdal->VSIFReadL(bytes, 1, sizeof bytes, dbf->file) != sizeof bytes || bytes[0] == 0x0D)
            return;
        struct dbf_column *column = &dbf->columns[dbf->n_columns];
        *column = (struct dbf_column){.type = (char)bytes[11], .at = at};
        memcpy(column->name, bytes, 11);
        /* Only texts may be longer than 255: their length takes the byte of the decimals. */
        column->width = column->type == 'C' ? little(bytes + 16, 2) : bytes[16];
        column->decimals = column->type == 'C' ? 0 : bytes[17];
        at += column->width;
        if (at > dbf->record_len)
            return;
        dbf->n_columns++;
    }
}

static bool read_header(struct dbf_file *dbf, struct err *err)
{
    unsigned char head[HEADER_BYTES];
    if (gdal->VSIFReadL(head, 1, sizeof head, dbf->file) != sizeof head)
        return true;
    dbf->header_len = little(head + 8, 2);
    dbf->record_len = little(head + 10, 2);
    dbf->code = head[29];
    dbf->said = (int64_t)little(head + 4, 4);
    dbf->columns = calloc(COLUMNS_MAX, sizeof *dbf->columns);
    dbf->record = malloc(dbf->record_len + 1);
    if (!dbf->columns || !dbf->record)
        return err_no_memory(err);
    read_columns(dbf);
    dbf->next = -1;
    return true;
}

struct dbf_file *dbf_file_open(const char *path, struct err *err)
{
    struct dbf_file *dbf = calloc(1, sizeof *dbf);
    if (!dbf) {
        err_no_memory(err);
        return NULL;
    }
    dbf->file = gdal->VSIFOpenL(path, "rb");
    if (!dbf->file)
        err_set(err, ERR_INPUT, "no se puede leer el .dbf");
    else if (read_header(dbf, err))
        return dbf;
    dbf_file_close(dbf);
    return NULL;
}

void dbf_file_close(struct dbf_file *dbf)
{
    if (!dbf)
        return;
    if (dbf->file)
        gdal->VSIFCloseL(dbf->file);
    free(dbf->columns);
    free(dbf->record);
    free(dbf);
}

size_t dbf_file_columns(const struct dbf_file *dbf, const struct dbf_column **columns)
{
    *columns = dbf->columns;
    return dbf->n_columns;
}

int dbf_file_code(const struct dbf_file *dbf)
{
    return dbf->code;
}

int64_t dbf_file_said(const struct dbf_file *dbf)
{
    return dbf->said;
}

int64_t dbf_file_there(struct dbf_file *dbf)
{
    dbf->next = -1;
    if (dbf->record_len == 0 || gdal->VSIFSeekL(dbf->file, 0, SEEK_END) != 0)
        return 0;
    int64_t bytes = (int64_t)gdal->VSIFTellL(dbf->file) - (int64_t)dbf->header_len;
    return bytes > 0 ? bytes / (int64_t)dbf->record_len : 0;
}

const char *dbf_file_record(struct dbf_file *dbf, int64_t record)
{
    if (dbf->n_columns == 0 || dbf->record_len == 0)
        return NULL;
    if (record != dbf->next &&
        gdal->VSIFSeekL(dbf->file, dbf->header_len + (vsi_l_offset)record * dbf->record_len,
                        SEEK_SET) != 0)
        return NULL;
    dbf->next = record + 1;
    if (gdal->VSIFReadL(dbf->record, 1, dbf->record_len, dbf->file) == dbf->record_len)
        return dbf->record;
    dbf->next = -1;
    return NULL;
}

bool dbf_file_is_deleted(const char *record)
{
    return record[0] == '*';
}

const char *dbf_file_text(const char *record, const struct dbf_column *column, size_t *len)
{
    const char *text = record + column->at;
    size_t n = strnlen(text, column->width);
    while (n > 0 && text[n - 1] == ' ')
        n--;
    for (; n > 0 && *text == ' '; n--)
        text++;
    *len = n;
    return text;
}
