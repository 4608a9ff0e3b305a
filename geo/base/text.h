/* text.h - UTF-8 text: normal form, folding for comparison, trimming.
 *
 * Owns:    nothing; results live in the arena given.
 * Threads: any.
 * Errors:  NULL for bytes that are not UTF-8 or for short memory.
 */
#ifndef GEO_BASE_TEXT_H
#define GEO_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/arena.h"

bool text_is_utf8(const char *text, size_t len);

/* Number of bytes before the first that is not ASCII. */
size_t text_ascii_len(const char *text, size_t len);

/* True if nothing of it can be seen: blanks of every width, controls, U+200B, U+FEFF. */
bool text_is_blank(const char *text);

/* Bytes of the text to show in a message: at most `max`, cut at the end of a character.
 * For "%.*s". */
int text_cut(const char *text, int max);
/* The same at the end of a word, if one ends in the last half. */
int text_cut_words(const char *text, int max);

/* Normalises to NFC, replaces control characters and runs of white space by one blank,
 * trims; removes characters of no width (U+200B, U+00AD, U+FEFF). */
char *text_clean(struct arena *arena, const char *text);

/* For comparison: accents, case and punctuation do not matter; words are
 * parted by one blank: "  Villa Núñez (Tacaquira)" -> "villa nunez tacaquira".
 * Ñ folds to n, as people type it. */
char *text_fold(struct arena *arena, const char *text);

/* Like text_fold, words parted by '_': for column names. */
char *text_fold_column(struct arena *arena, const char *text);

#endif
