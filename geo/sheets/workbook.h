/* workbook.h - reads workbooks (XLSX, XLSM, ODS) cell by cell: what a sheet shows, and what the
 * file says that it is.
 *
 * GDAL's drivers hide what field data need: that a number is shown as a percentage, that a
 * workbook counts days from 1904, that a formula has no value, which sheets are hidden, which
 * cells are merged, on which row a record stands.
 *
 * Owns:    the list of sheets, shared texts and formats, until geo_workbook_close(). Rows are
 *          streamed: a sheet of a million rows takes no more memory than its longest row, and
 *          its list of merged cells.
 * Threads: one owner; rows of several sheets may be open at once.
 * Units:   lines count from 1, columns from 0. Texts are UTF-8, as in the file: neither cleaned
 *          nor trimmed.
 * Errors:  ERR_INPUT: no workbook, damaged, with a password; the message says what to do.
 *          ERR_LIMIT: larger than the limits allow, texts that cells share or that are
 *          repeated written out. The caller adds the name of the file.
 *
 * What a cell becomes (geo/texts/source_cell.h):
 * - A number of 2^53 or more keeps the text of the file ("1.23456789012346E+17"): it may have
 *   lost digits. A number that is none ("1,5") is a TEXT.
 * - A whole number that is shown with zeros in front, as codes are, keeps them: "010101".
 * - PERCENT has at most 15 digits, as a sheet shows: 0.125 is "12.5".
 * - DATE: what a date format shows, to the second. Day 60 of the system of 1900 is "1900-02-29",
 *   day 0 is "1900-01-00": no dates, but that is what the sheet shows. A first of a month that is
 *   shown without its day is "2021-03": who types "mar-21" gets it. A number that is before
 *   the first day or after the year 9999 stays a NUMBER.
 * - FOREIGN: what a format shows with the mark of a currency other than Bs.
 * - A whole number that is shown among letters or dashes, as codes are, is the TEXT "A-005".
 * - A time of day, or an elapsed time, is the TEXT "12:30:00", "25:30:00".
 * - A link of a map (geo/texts/place_text.h) behind a cell is given beside it: of the cell, of its
 *   text, or of the formula HYPERLINK("…").
 * - Raised digits, and a raised letter, are written as such: "120¹". What is struck out of a text
 *   is left out of it.
 * - NO_VALUE has the formula with its '='. Of a formula shared by several cells it is the one of
 *   the first.
 */
#ifndef GEO_WORKBOOK_H
#define GEO_WORKBOOK_H

#include <stdbool.h>

#include "geo/base/err.h"
#include "geo/files/source_limits.h"
#include "geo/texts/source_cell.h"

struct geo_workbook;      /* opaque */
struct geo_workbook_rows; /* opaque */

struct geo_workbook_sheet {
    const char *name;
    bool hidden; /* a person does not see it: hidden, or very hidden */
};

/* Cells that are merged into one. */
struct geo_workbook_merge {
    int64_t first_line, last_line;
    size_t first_column, last_column;
    struct source_cell value; /* of the first cell, which all of them show */
};

/* What stands in a sheet beside the values of its cells, and is not read. */
struct geo_workbook_remarks {
    int64_t comments, comment_line; /* line: of the first one, 0: not known */
    int64_t boxes;                  /* of text, drawn over the cells */
};

struct geo_workbook_row {
    /* Cells by column; the last one is not empty. A cell under a merged one, but the first, has
     * what the file keeps there: mostly nothing. */
    struct source_cells cells;
    /* Merged cells that this row touches, by column; none overlap. */
    const struct geo_workbook_merge *merges;
    size_t n_merges;
    bool hidden;      /* a person does not see it: by a filter, or by hand */
    int raised;       /* cells with raised letters, which are written as such: "120¹" */
    int struck_parts; /* cells of which a part is struck out, which is left out */
    int struck;       /* cells that are struck out wholly, which are read */
    int yearless;     /* dates that are shown without their year */
    bool typed;       /* somebody typed one of the cells; the others are formulas */
    /* By column, the place in a map to which the cell is a link; NULL: none. n_links: up to the
     * last one. Other links are left out. */
    const char *const *links;
    size_t n_links;
};

/* path: as GDAL opens it, a file or one under /vsimem/. The caller owns the result. limits are
 * borrowed. */
struct geo_workbook *geo_workbook_open(const char *path, const struct geo_source_limits *limits,
                                       struct err *err);
void geo_workbook_close(struct geo_workbook *workbook); /* NULL is fine */

/* The sheets with cells (no charts), in the order of their tabs; at least one. */
size_t geo_workbook_sheets(const struct geo_workbook *workbook,
                           const struct geo_workbook_sheet **sheets);

/* The rows of a sheet, from the first one. To be closed before the workbook. */
struct geo_workbook_rows *geo_workbook_rows_open(struct geo_workbook *workbook, size_t sheet,
                                                 struct err *err);
void geo_workbook_rows_close(struct geo_workbook_rows *rows); /* NULL is fine */

/* True if a person does not see the column. Known from the first row on. */
bool geo_workbook_rows_hide(const struct geo_workbook_rows *rows, size_t column);

/* The next row that has a cell with something in it, borrowed until the next call; *more false
 * at the end. Lines ascend. After an error nothing more can be read. */
bool geo_workbook_rows_next(struct geo_workbook_rows *rows, struct geo_workbook_row *row,
                            bool *more, struct err *err);

/* Complete after the last row. */
struct geo_workbook_remarks geo_workbook_rows_remarks(const struct geo_workbook_rows *rows);

/* What a person sees in a column of the row: its cell, or the value of the merged cell over it
 * (*covered true, but in its first cell). Never NULL. */
const struct source_cell *geo_workbook_shown(const struct geo_workbook_row *row, size_t column,
                                             bool *covered);

#endif
