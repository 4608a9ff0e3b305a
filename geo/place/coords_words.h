/* coords_words.h - the words that stand beside the numbers of a coordinate; private to
 * geo/place/coords_lex.c.
 *
 * Owns:    nothing; the words are constant. Threads: any. Errors: none.
 */
#ifndef GEO_COORDS_WORDS_H
#define GEO_COORDS_WORDS_H

#include "geo/place/coords_lex.h"

/* Reads a word: letters, and the digits of psad56 and wgs84. Returns its bytes, 0: there is none.
 * *word NULL: it is not known. */
size_t coords_word_read(const char *text, const struct coords_word **word);

/* The word of that name, folded; NULL: none. */
const struct coords_word *coords_word_find(const char *name);

#endif
