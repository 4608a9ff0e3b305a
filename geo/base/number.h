/* number.h - numbers and dates as they are written in Bolivia: 1.234.567,5;
 * 30 de junio de 2023; what is missing is a dash.
 *
 * Threads: any. Errors: the buffer's.
 */
#ifndef GEO_BASE_NUMBER_H
#define GEO_BASE_NUMBER_H

#include "geo/base/buf.h"

#define NUMBER_MISSING "–"

/* For reports and charts: rounded to that many places, which are all written:
 * 1234.5 with 2 is "1.234,50". A typographic minus (U+2212). NaN and infinities
 * are missing. */
void number_put(struct buf *out, double value, int decimals);
/* As number_put(), into text that is cut to size. Returns text. */
char *number_text(char *text, size_t size, double value, int decimals);
/* A number as rows give it, with the same minus: "-1234.5" is "−1.234,5". */
void number_put_plain(struct buf *out, const char *number);

/* For sentences of text output: at most that many places (0 to 15), trailing
 * zeros dropped: 12345.50 with 2 is "12.345,5". An ASCII minus; NaN and
 * infinities are "null". */
void number_put_short(struct buf *out, double value, int decimals);

/* The digits of a plain number ("-1234.5") with the marks of Spanish; `minus`
 * stands for its sign. After the whole digits only a '.' is changed, so that
 * "null" and "1e+20" stay as they are. */
void number_put_digits(struct buf *out, const char *number, const char *minus);

/* A sentence with numbers: each '#' of the text stands for the next pair of int (most
 * decimals) and double, written by number_put_short(). */
void number_put_sentence(struct buf *out, const char *text, ...);

/* "2023-06-30" as "30 de junio de 2023"; another text as it is. */
void number_put_date(struct buf *out, const char *date);

#endif
