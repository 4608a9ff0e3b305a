/* place_text.h - whether a text is a whole coordinate, so that a column of such texts is not passed
 * over: numbers as telephones, forms and GPS write them, links of maps, codes of places.
 *
 * Owns:    nothing. Threads: any. Errors: none.
 */
#ifndef GEO_PLACE_TEXT_H
#define GEO_PLACE_TEXT_H

#include <stdbool.h>

/* Numbers count only if they can be degrees or metres of Bolivia. Says nothing of whether the place
 * can be read: a short link of a map is one too. Costs up to a few microseconds. */
bool place_text_is(const char *text);

/* True for what columns of geometries are called: "WKT", "geom", "geometría". */
bool place_text_names_geometry(const char *heading);

#endif
