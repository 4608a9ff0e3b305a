/* number_text.h - one number as people write it: which marks it has, and each way to read
 * it. Which of them holds is decided by its column (geo/fields/column_reading.h).
 *
 *   "1.234.567,5"  a decimal comma       "1.234.567"  groups by points: decimals by comma
 *   "1,234.5"      a decimal point       "1.234"      open: 1.234 or 1234
 *
 * Around the number: blanks, '+' or '-' (also U+2212), "Bs" or "BOB", '%', ".-", and one mark of
 * a footnote ("12*", "1.234 (e)", "7¹"). Blanks and apostrophes may part thousands; no other text
 * is a number, nor is "(12)", which is -12 in one office and an estimate in another.
 *
 * Owns:    nothing. Threads: any. Errors: false: no number.
 */
#ifndef GEO_IMPORT_NUMBER_TEXT_H
#define GEO_IMPORT_NUMBER_TEXT_H

#include <stdbool.h>

enum number_form {
    NUMBER_WHOLE,        /* 1234, 1 234 */
    NUMBER_POINT,        /* 12.5, 1,234.5, 0.125 */
    NUMBER_COMMA,        /* 12,5, 1.234,5 */
    NUMBER_OPEN_POINT,   /* 1.234 */
    NUMBER_OPEN_COMMA,   /* 1,234 */
    NUMBER_POINT_GROUPS, /* 1.234.567 */
    NUMBER_COMMA_GROUPS, /* 1,234,567 */
};
enum { NUMBER_FORMS = NUMBER_COMMA_GROUPS + 1, NUMBER_TEXT_MAX = 64 };

/* Which character is the decimal mark of a column; `--decimal`. */
enum decimal_mark { MARK_OPEN, MARK_POINT, MARK_COMMA };

struct number_text {
    enum number_form form;
    bool grouped;    /* points or commas part thousands, beside a decimal mark or not */
    bool scientific; /* "1,5E+03": text is then "1.5E+03" */
    bool percent, bolivianos, footnote;
    /* The number with '.' as decimal mark: "-1234567.5". Of an open form: its mark taken as the
     * decimal one. */
    char text[NUMBER_TEXT_MAX];
    /* An open form read as thousands: "1234"; else "". */
    char as_groups[NUMBER_TEXT_MAX];
};

bool number_text_read(const char *text, struct number_text *out);

/* The reading under a decimal mark; for MARK_OPEN that of an open form is NULL. */
const char *number_text_as(const struct number_text *number, enum decimal_mark mark);

/* The mark that the form itself shows; MARK_OPEN for whole and open forms. */
enum decimal_mark number_form_mark(enum number_form form);

#endif
