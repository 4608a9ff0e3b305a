/* locale.h - letter case, collation and number formats of languages. The only module that
 * uses ICU, which also implements JavaScript's Intl.
 *
 * Owns:    nothing. Threads: any. Results live in the arena.
 * Errors:  NULL or false for an unknown locale, currency or unit, or for short
 *          memory. A locale is a BCP 47 tag; NULL is "en", the default of the
 *          reference implementation.
 */
#ifndef STYLES_LOCALE_H
#define STYLES_LOCALE_H

#include <stdbool.h>

#include "geo/base/arena.h"

char *locale_upper(struct arena *arena, const char *text);
char *locale_lower(struct arena *arena, const char *text);

/* < 0, 0, > 0. Differences to which it is not sensitive are ignored. */
bool locale_compare(const char *locale, bool case_sensitive, bool accent_sensitive, const char *a,
                    const char *b, int *order);
/* The tag that ICU uses for the locale. */
char *locale_resolved(struct arena *arena, const char *locale);

struct locale_number {
    const char *locale, *currency, *unit; /* ISO 4217; "kilometer", "liter-per-…"; NULL: none */
    int min_decimals, max_decimals;       /* -1: the default of the number style */
};

char *locale_format(struct arena *arena, double number, const struct locale_number *how);

#endif
