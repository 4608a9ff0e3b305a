/* coords_code.h - a place as a code of letters and digits: MGRS, plus code; private to
 * geo/place/coords.c.
 *
 * MGRS: "20KKE7104208890", in squares of 100 m or less. Plus code (Open Location Code):
 * "57PW36XF+2R", or without its first digits and with a place name, "36XF+2R Sucre"; the
 * name is passed over, as the record declares its municipality.
 *
 * Owns:    nothing. Threads: any.
 * Units:   MGRS: first is easting, second northing, with zone; plus codes: lon, lat degrees.
 * Errors:  COORDS_REFUSED with *err; COORDS_NO if the text is none of these.
 */
#ifndef GEO_COORDS_CODE_H
#define GEO_COORDS_CODE_H

#include "geo/place/coords_pair.h"

enum coords_answer coords_code_read(const char *text, struct geo_coords *out, struct err *err);

#endif
