/* dbf_file.h - the records of a .dbf as they stand in it, before GDAL reads them: it takes "3,75"
 * of a number for 3, and "****" for nothing.
 *
 * The header has 32 bytes: the number of records at 4, its own length at 8, that of a record at
 * 10, a code of the encoding at 29; then 32 bytes a column (name, type at 11, width at 16) until a
 * byte 0x0D. A record begins with a blank, or '*' if it is deleted. (dBASE III to 7.)
 *
 * Owns:    the handle and the current record.
 * Threads: one owner.
 * Errors:  NULL: the file cannot be opened, or memory is short. A file that is no .dbf has no
 *          columns and no records.
 */
#ifndef GEO_DBF_FILE_H
#define GEO_DBF_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/base/err.h"

struct dbf_file; /* opaque */

struct dbf_column {
    char name[12];    /* as the file has it, in any encoding */
    char type;        /* 'C' text, 'N' and 'F' numbers, 'D' a day, 'L' yes or no, … */
    int decimals;     /* of a number; 0: a whole one */
    size_t at, width; /* bytes in the record */
};

/* path as GDAL opens it. */
struct dbf_file *dbf_file_open(const char *path, struct err *err);
void dbf_file_close(struct dbf_file *dbf); /* NULL is fine */

size_t dbf_file_columns(const struct dbf_file *dbf, const struct dbf_column **columns);
int dbf_file_code(const struct dbf_file *dbf); /* of the encoding; 0: not stated */

/* Records, by the header and by the length of the file. */
int64_t dbf_file_said(const struct dbf_file *dbf);
int64_t dbf_file_there(struct dbf_file *dbf);

/* The bytes of a record from 0, borrowed until the next call; NULL: there is none. */
const char *dbf_file_record(struct dbf_file *dbf, int64_t record);
bool dbf_file_is_deleted(const char *record);

/* The text of a column in a record, without the blanks around it. */
const char *dbf_file_text(const char *record, const struct dbf_column *column, size_t *len);

#endif
