/* parse.h - parses text from outside, with checks.
 *
 * Threads: any. Errors: false, and *out keeps its old value.
 * The whole text must be the value: the caller trims blanks.
 */
#ifndef GEO_BASE_PARSE_H
#define GEO_BASE_PARSE_H

#include <stdbool.h>
#include <stdint.h>

bool parse_int(const char *text, int64_t min, int64_t max, int64_t *out);
/* Decimal with '.', optional exponent; no hex, no inf, no nan. */
bool parse_real(const char *text, double min, double max, double *out);
/* ISO 8601 day "2022-06-30"; checks the calendar, years 1900–2100. */
bool parse_date(const char *text);

/* Today in UTC as "YYYY-MM-DD". */
void date_today(char out[11]);
/* "YYYY-MM-DDTHH:MM:SSZ" of now. */
void date_now(char out[21]);

#endif
