/* text_letters.h - letters that a program wrote in its own way, or lost.
 *
 * Web pages write "Vi&ntilde;a" and "Pe&#241;a", programs "Potos\u00ed", links "Pe%C3%B1a": these
 * are mended. Where a program had no place for a letter it wrote '?' or U+FFFD: "Caracol?o",
 * "Uyun?". These stay as they are, and only people know the letter.
 *
 * Owns:    results live in the arena given.
 * Threads: any.
 * Errors:  NULL for short memory.
 */
#ifndef GEO_IMPORT_TEXT_LETTERS_H
#define GEO_IMPORT_TEXT_LETTERS_H

#include <stdbool.h>

#include "geo/base/arena.h"

/* The text with its letters; the same pointer if there is nothing to mend. */
const char *text_letters_mend(const char *text, struct arena *arena);

/* True if a letter seems to be lost. A question ("¿Cuándo?", or many words) has none. */
bool text_letters_lost(const char *text);

#endif
