/* coords_number.h - reads one number of a coordinate: its groups of digits, minutes and
 * seconds, letters and labels; private to geo/place/coords_pair.c.
 *
 * Owns:    nothing. Threads: any. Units: as geo/place/coords.h.
 * Errors:  false: the tokens are not one number.
 */
#ifndef GEO_COORDS_NUMBER_H
#define GEO_COORDS_NUMBER_H

#include "geo/place/coords_lex.h"

/* Reads all tokens [at, end) as one number. *out is always written. */
bool coords_number_read(const struct coords_token *tokens, int at, int end, struct geo_coord *out);

#endif
