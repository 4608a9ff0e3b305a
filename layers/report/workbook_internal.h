/* workbook_internal.h - shared by the workbooks: a file of libxlsxwriter with its formats.
 * Only for layers/report/workbook*.c.
 */
#ifndef LAYERS_REPORT_WORKBOOK_INTERNAL_H
#define LAYERS_REPORT_WORKBOOK_INTERNAL_H

#include <xlsxwriter.h>

#include "geo/base/budget.h"
#include "geo/base/rows.h"
#include "geo/catalog/column_words.h"

enum workbook_format {
    F_HEAD,
    F_TITLE,
    F_TEXT,
    F_WRAP,
    F_BOLD,
    F_LINK,
    F_WHOLE,
    F_YEAR,
    F_REAL,
    F_DATE,
    FORMATS
};

struct book {
    void *of;           /* what fill() writes */
    const char *figure; /* whose columns they are (column_words.h); NULL: of no one figure */
    const struct budget *budget;
    struct column_words *words;
    lxw_workbook *file;
    lxw_format *formats[FORMATS];
    lxw_format *places[9]; /* numbers with that many places */
    size_t rows;           /* of all sheets so far */
    lxw_error error;       /* the first */
    struct err *err;
};

/* Columns already listed. */
enum { WORKBOOK_SEEN_MAX = 1000 };
struct workbook_seen {
    const char *names[WORKBOOK_SEEN_MAX];
    size_t n;
};

/* Appends the whole file to out. fill() adds the sheets; book->of, figure, budget and err
 * are set by the caller. */
bool workbook_make(struct book *book, lxw_doc_properties *properties, bool (*fill)(struct book *),
                   struct buf *out);
/* Keeps the first error of the library. */
void workbook_note(struct book *book, lxw_error error);
/* A sheet with typed cells, a frozen head and a filter. */
bool workbook_add_sheet(struct book *book, const char *name, const struct rows *rows);
/* These write from `row` on, and return the next free one. */
lxw_row_t workbook_put_pair(struct book *book, lxw_worksheet *sheet, lxw_row_t row,
                            const char *name, const char *value);
lxw_row_t workbook_put_head(struct book *book, lxw_worksheet *sheet, lxw_row_t row,
                            const char *const *titles, lxw_col_t n);
lxw_row_t workbook_put_columns(struct book *book, lxw_worksheet *sheet, lxw_row_t row,
                               const struct rows *rows, struct workbook_seen *seen);

#endif
