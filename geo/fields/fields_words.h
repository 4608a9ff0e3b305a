/* fields_words.h - words of headings that say what a column is not, or in which unit. For
 * geo/fields/fields*.c only.
 *
 * Owns:    nothing. Threads: any.
 */
#ifndef GEO_FIELDS_WORDS_H
#define GEO_FIELDS_WORDS_H

#include <stdbool.h>

#include "geo/fields/heading.h"

/* True if the key has that word. */
bool fields_has_word(const char *key, const char *word);

/* The unit that a key says, which no field of numbers is in, as people write it: "m²", "miles",
 * "%"; NULL: none. */
const char *fields_other_unit(const char *key);

/* True for what a GPS gives beside a coordinate: "altitud", "precision". */
bool fields_is_measure(const char *key);

/* The units of fields that a key has: HEADING_HA, HEADING_BS; 0: none. */
unsigned fields_units(const char *key);

#endif
