/* coords_extra.h - takes altitude and accuracy out of a coordinate's tokens; private to
 * geo/place/coords_pair.c.
 *
 * Owns:    nothing. Threads: any. Errors: none.
 */
#ifndef GEO_COORDS_EXTRA_H
#define GEO_COORDS_EXTRA_H

#include "geo/place/coords_lex.h"

/* Takes out "Alt: 2790 m", "2790 msnm", "Precisión: 4,9 m". True if there was any. */
bool coords_extra_named(struct coords_text *text);

/* Takes out what follows the first two of three or four bare numbers with decimal points,
 * parted by blanks, commas or semicolons, or with decimal commas, parted by blanks: "-18.9001
 * -65.1753 2790.4 4.9", "592345 8176543 3640 m". False if the text is nothing like that, or the
 * numbers are no altitude and accuracy. */
bool coords_extra_tail(struct coords_text *text);

#endif
