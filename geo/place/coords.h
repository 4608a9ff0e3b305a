/* coords.h - parses coordinates as people write them.
 *
 * Decimal degrees or metres with point or comma and thousands separators,
 * degrees-minutes(-seconds) in any notation, hemisphere letters (O is Oeste),
 * labels ("X: … Y: …", "Lat … Lon …"), a zone or datum in the text
 * ("19K 592345 8176543", "UTM zona 20 S PSAD56", "EPSG:32720 …"), one number a
 * text or both in one text. The result is what was written. Where that lies is
 * decided by geo/place/rescue.h.
 *
 * Owns:    nothing. Threads: any.
 * Units:   as written: degrees for angles, else unknown (degrees or metres).
 * Errors:  ERR_INPUT for text that is no coordinate, or that can be read in two ways.
 */
#ifndef GEO_COORDS_H
#define GEO_COORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/err.h"

enum { GEO_COORDS_TEXT_MAX = 200 }; /* bytes; longer text is no coordinate */

enum geo_axis { GEO_AXIS_OPEN, GEO_AXIS_X, GEO_AXIS_Y };

enum geo_datum { GEO_DATUM_OPEN, GEO_DATUM_WGS84, GEO_DATUM_PSAD56, GEO_DATUM_MARGEN };

/* One number as written. */
struct geo_coord {
    double value;       /* negative for a minus sign, S, W and O */
    double grouped;     /* the other reading of "592.345": 592345; NaN: none */
    enum geo_axis axis; /* what a letter or label says */
    bool degrees;       /* certainly an angle: degree sign, minutes, or hemisphere */
    bool sexagesimal;   /* minutes were written */
    bool sign_known;    /* a sign or hemisphere letter was written */
    bool comma;         /* decimal comma */
    int parts;          /* 1; 2 with minutes, 3 with seconds */
};

struct geo_coords {
    struct geo_coord first, second; /* in the order written */
    bool one_text;                  /* both were in one text: no columns state their order */
    int zone;                       /* UTM zone in the text, 0: none */
    bool north;                     /* its hemisphere, if zone */
    enum geo_datum datum;           /* named in the text */
    int epsg;                       /* "EPSG:n" in the text, 0: none */
};

/* second NULL: first holds both numbers. */
bool geo_coords_parse(const char *first, const char *second, struct geo_coords *out,
                      struct err *err);

#endif
