/* workbook_internal.h - what the readers of XLSX and ODS share. Private to
 * geo/sheets/workbook*.c.
 *
 * Owns:    as geo/sheets/workbook.h says; texts of a row live until the next row begins.
 * Threads: one owner.
 * Errors:  as geo/sheets/workbook.h.
 */
#ifndef GEO_WORKBOOK_INTERNAL_H
#define GEO_WORKBOOK_INTERNAL_H

#include "geo/base/arena.h"
#include "geo/base/buf.h"
#include "geo/sheets/workbook.h"
#include "geo/sheets/workbook_run.h"
#include "geo/sheets/workbook_value.h"
#include "geo/sheets/workbook_xml.h"

struct geo_workbook {
    char *path;
    const struct geo_source_limits *limits;
    struct arena *arena; /* what lasts as long as the workbook */
    int64_t kept_bytes;  /* of it; workbook_keep() */
    struct geo_workbook_sheet *sheets;
    size_t n_sheets, cap_sheets;
    bool (*rows_open)(struct geo_workbook *workbook, size_t sheet, struct geo_workbook_rows **rows,
                      struct err *err);
    struct workbook_xlsx *xlsx; /* NULL for ODS */
    struct workbook_ods *ods;   /* NULL for XLSX, and where there are few sheets */
    struct workbook_ods_style *ods_styles;
    size_t n_ods_styles, cap_ods_styles;
};

/* Merged cells: those to come, by line and column, and those that the last row touches. */
struct workbook_merges {
    struct geo_workbook_merge *all, *active;
    size_t n, cap, next, n_active, cap_active;
};

/* Columns that a person does not see. */
struct workbook_columns {
    int64_t first, last;
};

struct geo_workbook_rows {
    struct geo_workbook *workbook;
    size_t sheet;
    struct workbook_xml *xml;
    struct workbook_merges merges;
    struct workbook_columns *hidden_columns;
    size_t n_hidden_columns, cap_hidden_columns;
    struct geo_workbook_remarks remarks;
    /* The row. */
    int64_t line;
    bool hidden;
    bool typed;                /* it has a value that is no formula's */
    struct source_cell *cells; /* those from n on are empty */
    size_t n, cap;
    int raised, struck_parts, struck, yearless; /* of struct geo_workbook_row */
    const char **links; /* of maps, behind them; n_links: up to the last one */
    size_t n_links, cap_links;
    struct arena *arena; /* its texts */
    size_t bytes;        /* of what was read for them */
    /* Bytes of the texts of the row, and of all rows given: one that many cells share, or that
     * is repeated, counts each time. */
    int64_t row_bytes, given_bytes;
    struct buf text;                                 /* of the element that is being read */
    int64_t repeats;                                 /* ODS: how many more rows are the same */
    bool ended;                                      /* the last row was given */
    void (*release)(struct geo_workbook_rows *rows); /* what a format added; NULL: nothing */
};

/* workbook_keep.c */
/* Counts bytes that last as long as the workbook; half of GEO_LIMIT_MEMORY_MB are allowed. */
bool workbook_keep(struct geo_workbook *workbook, size_t bytes, struct err *err);
/* A copy that lasts as long as the workbook. NULL: *err. */
const char *workbook_keep_text(struct geo_workbook *workbook, const char *text, size_t len,
                               struct err *err);
/* Sheets, like the files that a workbook names, are at most GEO_LIMIT_ENTRIES. */
bool workbook_add_sheet(struct geo_workbook *workbook, const char *name, bool hidden,
                        struct err *err);

/* workbook_row.c */
/* Sheets of Excel have 2^20 rows, those of LibreOffice up to 2^24. */
enum { WORKBOOK_LINES_MAX = 1 << 24 };
/* Prepares rows, which was zeroed; released by geo_workbook_rows_close(). */
bool workbook_rows_prepare(struct geo_workbook_rows *rows, struct geo_workbook *workbook,
                           size_t sheet, struct err *err);
/* Prepares it, and starts the part of a sheet. */
bool workbook_rows_start(struct geo_workbook_rows *rows, struct geo_workbook *workbook,
                         size_t sheet, const char *part, const struct workbook_xml_calls *calls,
                         struct err *err);
/* Forgets the last row. A line that is not after the last one is an error. */
bool workbook_row_begin(struct geo_workbook_rows *rows, int64_t line, struct err *err);
/* Sets a cell whose text is in rows->arena, or lasts. A cell that is set twice is an error. */
bool workbook_row_put(struct geo_workbook_rows *rows, size_t column, struct source_cell cell,
                      struct err *err);
/* Counts what marks the letters of a cell: some raised, some struck out, or all of them. */
void workbook_row_marks(struct geo_workbook_rows *rows, const struct source_cell *cell, bool raised,
                        bool struck_part, bool struck);
/* Notes what the cell is a link to, if that is a place in a map. */
bool workbook_row_link(struct geo_workbook_rows *rows, size_t column, const char *target,
                       struct err *err);
/* The same of a formula, "HYPERLINK("https://…","Ver mapa")". */
bool workbook_row_formula(struct geo_workbook_rows *rows, size_t column, const char *formula,
                          struct err *err);
/* Columns of the sheet that are hidden, counted from 0. */
bool workbook_rows_hide(struct geo_workbook_rows *rows, int64_t first, int64_t last,
                        struct err *err);
/* The row stands on as many more lines. */
bool workbook_row_repeat(struct geo_workbook_rows *rows, int64_t repeats, struct err *err);
/* Appends to rows->text, within the limits. */
bool workbook_row_text(struct geo_workbook_rows *rows, const char *text, size_t len,
                       struct err *err);
/* "E3" */
enum { WORKBOOK_CELL_NAME = 32 };
const char *workbook_cell_name(int64_t line, size_t column, char out[WORKBOOK_CELL_NAME]);

/* workbook_merge.c */
bool workbook_merges_add(struct workbook_merges *merges, const struct geo_workbook_merge *merge,
                         const struct geo_source_limits *limits, struct err *err);
/* After all were added in any order. */
void workbook_merges_sort(struct workbook_merges *merges);
/* Finds those that the row touches: merges->active. Lines ascend from call to call. */
bool workbook_merges_row(struct workbook_merges *merges, const struct source_cells *row,
                         struct err *err);
void workbook_merges_free(struct workbook_merges *merges);

/* The formats: workbook_xlsx.c, workbook_xlsx_sheet.c, workbook_ods.c, workbook_ods_sheet.c.
 * Rows that could not be opened are set too, to be closed. */
bool workbook_xlsx_open(struct geo_workbook *workbook, struct err *err);
void workbook_xlsx_free(struct geo_workbook *workbook);
bool workbook_xlsx_rows(struct geo_workbook *workbook, size_t sheet,
                        struct geo_workbook_rows **rows, struct err *err);
bool workbook_ods_open(struct geo_workbook *workbook, struct err *err);
void workbook_ods_free(struct geo_workbook *workbook);
bool workbook_ods_rows(struct geo_workbook *workbook, size_t sheet, struct geo_workbook_rows **rows,
                       struct err *err);

#endif
