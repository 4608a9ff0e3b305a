/* column_facts.h - what the cells of one column look like, counted in one pass over a table.
 * A number or a date can often be read in two ways; its column decides which one holds
 * (geo/fields/column_reading.h), and an unused column shows what it might be
 * (geo/import/column_look.h).
 *
 *   struct column_facts facts = {0};
 *   for each row: column_facts_add(&facts, &cell, line);
 *
 * Owns:    nothing: plain data, which may be copied, also to another process.
 * Threads: one owner.
 * Units:   degrees and metres as written.
 * Errors:  none. A cell costs some tens of nanoseconds.
 */
#ifndef GEO_IMPORT_COLUMN_FACTS_H
#define GEO_IMPORT_COLUMN_FACTS_H

#include <stdbool.h>

#include "geo/texts/source_cell.h"

enum column_trait {
    /* Each cell that is not empty has one of these. */
    COLUMN_TYPED,        /* a number by its type */
    COLUMN_WHOLE,        /* text from here on: 1234 */
    COLUMN_POINT,        /* 12.5 */
    COLUMN_COMMA,        /* 12,5 */
    COLUMN_OPEN_POINT,   /* 1.234 */
    COLUMN_OPEN_COMMA,   /* 1,234 */
    COLUMN_POINT_GROUPS, /* 1.234.567 */
    COLUMN_COMMA_GROUPS, /* 1,234,567 */
    COLUMN_DATE,         /* typed, ISO, or with the month's name */
    COLUMN_DAY_FIRST,    /* 31/12/2021 */
    COLUMN_DAY_OPEN,     /* 03/04/2021 */
    COLUMN_MONTH_FIRST,  /* 12/31/2021 */
    COLUMN_BAD_DATE,     /* 31/12/21, mar-21, 31/02/2021 */
    COLUMN_NO_DATA,      /* "s/d" and the like: column_facts_no_data() */
    COLUMN_FAULT,        /* an error of a sheet, or a formula without value */
    COLUMN_TEXT,         /* anything else */
    /* Beside that, it may have any of these. */
    COLUMN_PERCENT,    /* a number with %, or shown with it */
    COLUMN_SMALL,      /* a number without %, above 0 and up to 1: perhaps a fraction */
    COLUMN_UP_TO_ONE,  /* any number from 0 to 1 */
    COLUMN_BOLIVIANOS, /* a number with Bs */
    COLUMN_FOOTNOTE,   /* a number with the mark of a footnote */
    COLUMN_MARKED,     /* 1.234,5: both marks, so that they cannot be mixed up */
    COLUMN_ZEROS,      /* 1203.0: decimals that are zeros, as text */
    COLUMN_CODE,       /* six digits of a municipality, with a zero or BO at the start */
    COLUMN_SIX,        /* five or six digits: perhaps such a code, or just a number */
    COLUMN_LON,        /* degrees, with decimals: -70 to -57 */
    COLUMN_LAT,        /* -23 to -9 */
    COLUMN_EAST,       /* metres of UTM: 100,000 to 900,000, six digits */
    COLUMN_NORTH,      /* 7,400,000 to 9,000,000 */
    COLUMN_PLACE,      /* a whole coordinate in one text: "-18.9, -65.1", 16°29'12" */
    COLUMN_NO_DIGIT,   /* a text without a digit: no code of a column whose codes have some */
    COLUMN_WORDS,      /* a text of several words, or that ends in ":" */
    COLUMN_TO_TWELFTH, /* typed as a day from the 1st to the 12th: month and day may be exchanged */
    COLUMN_FROM_13TH,  /* typed as a later day */
};
enum {
    COLUMN_TRAITS = COLUMN_FROM_13TH + 1,
    COLUMN_FIRST_NUMBER = COLUMN_TYPED,
    COLUMN_LAST_NUMBER = COLUMN_COMMA_GROUPS,
    COLUMN_FIRST_DATE = COLUMN_DATE,
    COLUMN_LAST_DATE = COLUMN_BAD_DATE,
    COLUMN_LAST_FORM = COLUMN_TEXT,
    COLUMN_EXAMPLE_MAX = 40,
};

/* The first cell with a trait. */
struct column_example {
    int64_t line;                  /* 0: there is none */
    char text[COLUMN_EXAMPLE_MAX]; /* UTF-8, cut at a character */
};

struct column_facts {
    int64_t values, empty; /* cells with something in them, and without; blanks are empty */
    int64_t n[COLUMN_TRAITS];
    struct column_example first[COLUMN_TRAITS];
    int64_t longest; /* bytes of a text */
};

void column_facts_add(struct column_facts *facts, const struct source_cell *cell, int64_t line);

int64_t column_facts_numbers(const struct column_facts *facts);
int64_t column_facts_dates(const struct column_facts *facts);

/* True for a word that says that there is no value: "s/d", "n/d", "N/A", "ND", "-", "…". All of
 * them stand in docs/columns.md. */
bool column_facts_no_data(const char *text);

/* What COLUMN_NO_DIGIT and COLUMN_WORDS count. */
bool column_facts_no_digit(const char *text);
bool column_facts_words(const char *text);

#endif
