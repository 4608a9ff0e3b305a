/* workbook_value.h - the values of a workbook's cells: numbers, percentages, dates, and the
 * number formats of XLSX, which tell them apart.
 *
 * Owns:    nothing; texts are made in the arena given.
 * Threads: any.
 * Errors:  false for short memory. What is not a value of the kind becomes a TEXT.
 */
#ifndef GEO_WORKBOOK_VALUE_H
#define GEO_WORKBOOK_VALUE_H

#include <stdbool.h>

#include "geo/base/arena.h"
#include "geo/texts/source_cell.h"

/* How a number is shown. */
enum workbook_shown {
    WORKBOOK_SHOWN_NUMBER,
    WORKBOOK_SHOWN_PERCENT,
    WORKBOOK_SHOWN_DATE,    /* with or without a time */
    WORKBOOK_SHOWN_MONTH,   /* a date without its day: "mmm-yy" */
    WORKBOOK_SHOWN_TIME,    /* of the day */
    WORKBOOK_SHOWN_ELAPSED, /* "[h]:mm": hours beyond 24 */
    WORKBOOK_SHOWN_LITERAL, /* a section without any digit: it shows a fixed text */
    WORKBOOK_SHOWN_FOREIGN, /* a number with the mark of a currency other than Bs */
    WORKBOOK_SHOWN_CODE,    /* digits among letters or dashes: "A-"000 shows 5 as A-005 */
    WORKBOOK_SHOWN_DAY,     /* a date without its year: "d-mmm" */
};
enum { WORKBOOK_MARK_MAX = 24, WORKBOOK_DIGIT = 1 };

/* A number format: up to three sections, each for some values. */
struct workbook_format {
    int n;
    struct workbook_section {
        enum workbook_shown shown;
        int zeros;    /* a NUMBER is padded to as many digits, "000000"; 0: it is not */
        char test[3]; /* "<", "<=", "=", "<>", ">=", ">", or "" for what Excel assumes */
        /* FOREIGN: the mark, "$us"; CODE: what is shown, WORKBOOK_DIGIT for each digit. */
        char mark[WORKBOOK_MARK_MAX];
        double operand;
    } sections[3];
};

/* code: "0.0%;[Red]-0.0%", as in the file; Annex "numFmts" of ECMA-376 part 1, 18.8.31. */
void workbook_format_parse(const char *code, struct workbook_format *format);
/* The format that has this number without being defined in the file (18.8.30). */
void workbook_format_built_in(int64_t id, struct workbook_format *format);
enum workbook_shown workbook_format_of(const struct workbook_format *format, double value);
int workbook_format_zeros(const struct workbook_format *format, double value);
/* The mark of the section that shows the value. */
const char *workbook_format_mark(const struct workbook_format *format, double value);

/* True for the name or sign of a currency that is not the boliviano: "USD", "$us", "€", "S/." */
bool workbook_is_foreign(const char *mark, size_t len);

/* text: a number as XML has it, "0.125", "1.5E-7". */
bool workbook_number(struct arena *arena, const char *text, struct source_cell *cell);
bool workbook_percent(struct arena *arena, const char *text, struct source_cell *cell);
/* mark: of the currency. */
bool workbook_foreign(struct arena *arena, const char *text, const char *mark,
                      struct source_cell *cell);
/* A number as a format shows it; from_1904: days count from 1904-01-01. */
bool workbook_shown(struct arena *arena, const char *text, const struct workbook_format *format,
                    bool from_1904, struct source_cell *cell);
/* True if the format shows the number as a date without its year. */
bool workbook_hides_year(const char *text, const struct workbook_format *format);
/* "2021-01-31", "2021-01-31T12:00:00.5". */
bool workbook_iso_date(struct arena *arena, const char *text, struct source_cell *cell);
/* Of a date that is shown without its day: the first of a month is "2021-03". */
bool workbook_month(struct arena *arena, struct source_cell *cell);
/* "PT12H30M00S" */
bool workbook_iso_duration(struct arena *arena, const char *text, struct source_cell *cell);

/* Replaces "_x000D_" by the character with that number, in place; returns the new length. The
 * type ST_Xstring of ECMA-376 (22.9.2.19), by which XLSX has characters that XML has not, and
 * "_x005F_" for '_' before such a text. What is no character is left. */
size_t workbook_unescape(char *text, size_t len);

#endif
