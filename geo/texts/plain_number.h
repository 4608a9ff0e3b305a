/* plain_number.h - a number as programs write it, without marks of thousands, and with '.' as the
 * decimal mark.
 *
 * Owns:    nothing. Threads: any. Errors: none. Texts need no end.
 */
#ifndef GEO_PLAIN_NUMBER_H
#define GEO_PLAIN_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/* Digits at the start of a text. */
size_t plain_digits(const char *text, size_t len);
/* "-12" */
bool plain_whole(const char *text, size_t len);
/* "-12.5", "1.5e+003" */
bool plain_number(const char *text, size_t len);

#endif
