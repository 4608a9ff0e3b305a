/* locale.h - what depends on a language: letter case, order of words, numbers.
 * The one module that knows ICU, by which JavaScript's Intl is defined too.
 *
 * Owns:    nothing. Threads: any. Results live in the arena.
 * Errors:  NULL or false for an unknown locale, currency or unit, or for short
 *          memory. A locale is a BCP 47 tag; NULL is "en", as the reference
 *          implementation runs.
 */
#ifndef STYLES_LOCALE_H
#define STYLES_LOCALE_H

#include <stdbool.h>

#include "geo/base/arena.h"

char *locale_upper(struct arena *arena, const char *text);
char *locale_lower(struct arena *arena, const char *text);

/* < 0, 0, > 0; what is not sensitive does not count. */
bool locale_compare(const char *locale, bool case_sensitive, bool accent_sensitive, const char *a,
                    const char *b, int *order);
/* The tag that is used for it. */
char *locale_resolved(struct arena *arena, const char *locale);

struct locale_number {
    const char *locale, *currency, *unit; /* ISO 4217; "kilometer", "liter-per-…"; NULL: none */
    int min_decimals, max_decimals;       /* -1: as the style of number has them */
};

char *locale_format(struct arena *arena, double number, const struct locale_number *how);

#endif
