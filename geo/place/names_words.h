/* names_words.h - variants of municipality names: abbreviations, titles of local
 * governments, articles, and other names. Private to geo/place/names.c.
 *
 * Owns:    nothing; results live in the arena given. Threads: any.
 * Errors:  NULL for text that is not UTF-8 or for short memory.
 */
#ifndef GEO_NAMES_WORDS_H
#define GEO_NAMES_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/arena.h"

/* Removes the title of the government from a folded text, and expands abbreviations:
 * "G.A.M. de V. Tunari" -> "villa tunari". `variant` is what a single "s" means: 0 san, 1
 * santa, 2 santo, 3 santiago. */
enum { NAMES_SAINTS = 4 };
char *names_expand(struct arena *arena, const char *folded, int variant);

/* Removes articles, "de", "del", "y" and blanks: "el villar" -> "villar", "toro toro" ->
 * "torotoro". */
char *names_squeeze(struct arena *arena, const char *folded);

/* The forms of a written name, folded: the whole; without the part in parentheses; that
 * part, if it ends the name. NULL for a form that does not exist. False: not UTF-8, or no
 * memory. */
enum { NAMES_FORMS = 3 };
bool names_forms(struct arena *arena, const char *text, char *forms[NAMES_FORMS]);

/* Of "010101 sucre", "bo010101 sucre", "sucre 010101", as lists of choices have it: the code, and
 * the name. The text is folded. False: there is no code beside a name. */
bool names_split_code(struct arena *arena, const char *folded, char code[7], const char **name);

/* The number of edits that turn a into b: insert, delete, replace, or swap two neighbours
 * (optimal string alignment). If it exceeds `most`, or for long texts: most + 1. */
int names_edits(const char *a, const char *b, int most);

/* The folded name of the department (or "chaco") that the folded text means:
 * "lpz" -> "la paz", "dpto de potosi" -> "potosi"; NULL: none. */
const char *names_department(const char *folded);

/* Names in use that differ from those of the editions, folded. */
struct names_alias {
    const char *alias;
    const char *codigo;
    const char *departamento; /* folded; the code must lie there, or the alias is not used */
};
extern const struct names_alias names_aliases[]; /* ends with a NULL alias */

#endif
