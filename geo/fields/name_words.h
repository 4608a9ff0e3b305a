/* name_words.h - whether two names may mean one thing, by the words that they share.
 *
 * Owns:    nothing; works in the arena.
 * Threads: any.
 */
#ifndef GEO_NAME_WORDS_H
#define GEO_NAME_WORDS_H

#include <stdbool.h>

#include "geo/base/arena.h"

/* True if less than a third of their words is common, however written. Words of one or two letters
 * do not count; a name without any other differs from none. */
bool name_words_differ(struct arena *arena, const char *one, const char *two);

/* True if a word is common, or one of them has no word that counts. */
bool name_words_meet(struct arena *arena, const char *one, const char *two);

#endif
