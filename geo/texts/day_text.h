/* day_text.h - one day as people write it: "2021-01-31", "20210131", "31/01/2021",
 * "5 de marzo de 2021", "lunes 5-mar-2021", each with or without a time of day.
 *
 * Owns:    nothing. Threads: any.
 * Errors:  none; the kind tells why a text is no day that can be stored.
 */
#ifndef GEO_IMPORT_DAY_TEXT_H
#define GEO_IMPORT_DAY_TEXT_H

#include <stdbool.h>

enum day_kind {
    DAY_NONE,        /* no date at all */
    DAY_SURE,        /* only one reading: ISO, or the month by its name */
    DAY_FIRST,       /* 31/12/2021: the first number cannot be a month */
    DAY_OPEN,        /* 03/04/2021: read day first */
    DAY_MONTH_FIRST, /* 12/31/2021: read as such it is no date here */
    DAY_SHORT_YEAR,  /* 31/12/21, 5-mar-21 */
    DAY_MISSING,     /* mar-21, marzo de 2021: no day */
    DAY_IMPOSSIBLE,  /* 31/02/2021, or a year outside 1900 to 2100 */
};
enum { DAY_KINDS = DAY_IMPOSSIBLE + 1 };

/* iso gets "2021-01-31" for DAY_SURE, DAY_FIRST and DAY_OPEN; of DAY_MONTH_FIRST the day that was
 * meant; else "". */
enum day_kind day_text_read(const char *text, char iso[11]);

/* True for a text that starts like a date: the cheap test before the above. */
bool day_text_starts(const char *text);

#endif
