/* source_json_internal.h - parts of geo/source/source_json.c, which uses jansson's types.
 *
 * Owns:    nothing; the values are changed in place.
 * Threads: one owner.
 * Errors:  false: memory.
 */
#ifndef GEO_SOURCE_JSON_INTERNAL_H
#define GEO_SOURCE_JSON_INTERNAL_H

#include <jansson.h>
#include <stdbool.h>

/* source_json_words.c: writes the words of coded values (domain.codedValues of a field) into all
 * records. */
bool source_json_write_words(json_t *features, json_t *fields);

#endif
