/* rows.h - a table of results as aligned text, CSV, JSON or HTML.
 *
 * Owns:    its cells until rows_free(); the caller owns the buffer.
 * Threads: one owner.
 * Errors:  short memory makes the buffer fail (buf_failed).
 *
 *   struct rows *rows = rows_new(columns, n);
 *   rows_text(rows, "010101"); rows_int(rows, 3); ...   one call a cell, row by row
 *   rows_write(rows, ROWS_CSV, &buf); rows_free(rows);
 *
 * JSON is an array of objects; numbers are numbers, missing values null. CSV has a header
 * line and ends lines with LF; missing values are empty. ROWS_TABLE (for terminals) and
 * HTML write numbers as 1.234.567,5.
 */
#ifndef GEO_BASE_ROWS_H
#define GEO_BASE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/base/buf.h"

enum rows_format {
    ROWS_TABLE,
    ROWS_CSV,
    ROWS_JSON,
    ROWS_HTML,
    ROWS_CSV_EXCEL, /* as Excel opens it in Spanish: byte-order mark, ';', decimal comma, CRLF */
};

struct rows_column {
    const char *name;
    int decimals; /* of rows_real(); 0 for whole numbers and text */
};

struct rows;

struct rows *rows_new(const struct rows_column *columns, size_t n_columns); /* NULL: memory */
void rows_free(struct rows *rows);

void rows_text(struct rows *rows, const char *text); /* NULL: missing */
/* A text that was put together; empty: missing. If that failed, so have the rows. */
void rows_words(struct rows *rows, const struct buf *words);
void rows_int(struct rows *rows, int64_t value);
void rows_real(struct rows *rows, double value); /* NaN: missing */
void rows_bool(struct rows *rows, bool value);   /* table and CSV: 1 or 0 */
void rows_null(struct rows *rows);
/* Centavos as Bs, exactly: 12345 -> 123.45; 12300 -> 123. */
void rows_money(struct rows *rows, int64_t amount_cts);
/* The rows of a table with the same columns. */
void rows_append(struct rows *rows, const struct rows *more);

/* ROWS_TABLE shows only these columns, so that it fits a terminal; the other formats have
 * all. names ends with NULL, and must outlive the rows. */
void rows_brief(struct rows *rows, const char *const *names);

size_t rows_count(const struct rows *rows);

/* For code that shows rows in other ways. The text of a cell is that of CSV ("" if
 * missing), borrowed from the rows. */
enum rows_kind { ROWS_NULL, ROWS_TEXT, ROWS_NUMBER, ROWS_BOOL };
size_t rows_columns(const struct rows *rows, const struct rows_column **columns);
const char *rows_cell(const struct rows *rows, size_t row, size_t column, enum rows_kind *kind);
bool rows_failed(const struct rows *rows); /* memory was short */

void rows_write(const struct rows *rows, enum rows_format format, struct buf *out);
/* One row, counted from 0, as a JSON object. */
void rows_write_object(const struct rows *rows, size_t row, struct buf *out);
/* The same for readers that take the type of a column from its first values (GDAL): a whole
 * number of a column with decimals is written 3.0. */
void rows_write_typed_object(const struct rows *rows, size_t row, struct buf *out);

/* Keeps the rows for which fn is true, in their order. */
typedef bool rows_keep_fn(void *arg, const struct rows *rows, size_t row);
void rows_keep(struct rows *rows, rows_keep_fn *fn, void *arg);

/* "table", "csv" or "json"; false for another word. */
bool rows_format_of(const char *word, enum rows_format *format);

#endif
