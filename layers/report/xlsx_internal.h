/* xlsx_internal.h - an XLSX file while it is written, by libxlsxwriter. Only for
 * layers/report/xlsx*.c.
 *
 * Owns:   from xlsx_open() to xlsx_close() the file, its copy in memory and its formats.
 * Errors: in file->err; those of the library are kept until xlsx_close().
 */
#ifndef LAYERS_REPORT_XLSX_INTERNAL_H
#define LAYERS_REPORT_XLSX_INTERNAL_H

#include <xlsxwriter.h>

#include "geo/base/budget.h"
#include "geo/base/rows.h"
#include "geo/catalog/column_words.h"

enum xlsx_format { F_HEAD, F_TITLE, F_TEXT, F_WRAP, F_BOLD, F_LINK, F_YEAR, F_DATE, FORMATS };

enum { XLSX_PLACES_MAX = 8 };

struct xlsx {
    const char *figure; /* whose columns they are (column_words.h); NULL: of several figures */
    const struct budget *budget;
    struct err *err;
    /* the rest is xlsx_open()'s */
    int copy; /* a file in memory, which the library writes; -1: none */
    struct column_words *words;
    lxw_workbook *book;
    lxw_format *formats[FORMATS];
    lxw_format *places[XLSX_PLACES_MAX + 1]; /* numbers with that many places */
    lxw_error error;                         /* the first */
    const char **listed;                     /* names of columns that xlsx_put_columns() put */
    size_t n_listed, listed_cap;
};

/* figure, budget and err are set; the rest is zeroed. comments: NULL for none. After false
 * too, xlsx_close() is called. */
bool xlsx_open(struct xlsx *file, const char *title, const char *subject, const char *comments);
/* If ok, appends the whole file to out. */
bool xlsx_close(struct xlsx *file, bool ok, struct buf *out);

/* Keeps the first error of the library. */
void xlsx_keep_error(struct xlsx *file, lxw_error error);
/* A text that readers of the file, import too, give back as it is. */
void xlsx_put_text(struct xlsx *file, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                   const char *text, lxw_format *format);
/* Number of UTF-8 characters, by which widths of columns are set. */
size_t xlsx_length(const char *text);
/* NULL with *err. */
lxw_worksheet *xlsx_add_sheet(struct xlsx *file, const char *name);

/* A sheet with typed cells, a frozen head and a filter. */
bool xlsx_add_rows(struct xlsx *file, const char *name, const struct rows *rows);

/* A sheet of explanations: three columns, A4 upright, the title in its first row. NULL with
 * *err. The next ones write on it from `row` on, and return the next free row. */
lxw_worksheet *xlsx_add_words(struct xlsx *file, const char *name, const char *title);
lxw_row_t xlsx_put_pair(struct xlsx *file, lxw_worksheet *sheet, lxw_row_t row, const char *name,
                        const char *value);
lxw_row_t xlsx_put_head(struct xlsx *file, lxw_worksheet *sheet, lxw_row_t row,
                        const char *const heads[3]);
/* The meaning of each column, once in the file; the first call puts a head before. */
lxw_row_t xlsx_put_columns(struct xlsx *file, lxw_worksheet *sheet, lxw_row_t row,
                           const struct rows *rows);

#endif
