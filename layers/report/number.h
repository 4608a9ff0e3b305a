/* number.h - numbers and dates as written in Bolivia: 1.234.567,5; 30 de junio de 2023; a
 * missing value is a dash.
 *
 * Threads: any. Errors: the buffer's.
 */
#ifndef LAYERS_REPORT_NUMBER_H
#define LAYERS_REPORT_NUMBER_H

#include "geo/base/buf.h"

#define NUMBER_MISSING "–"

/* Rounded to that many places, which are all written: 1234.5 with 2 is
 * "1.234,50". NaN and infinities are missing. */
void number_put(struct buf *out, double value, int decimals);
/* As number_put(), into text that is cut to size. Returns text. */
char *number_text(char *text, size_t size, double value, int decimals);
/* A number in the form of rows: "1234.5" gives "1.234,5". */
void number_put_plain(struct buf *out, const char *number);
/* "2023-06-30" as "30 de junio de 2023"; another text as it is. */
void number_put_date(struct buf *out, const char *date);

#endif
