/* coords.h - parses coordinates as people, phones and forms write them.
 *
 * Decimal degrees or metres with point or comma and thousands separators,
 * degrees-minutes(-seconds) in any notation, hemisphere letters (O is Oeste),
 * labels ("X: … Y: …", "Lat … Lon …"), a zone or datum in the text
 * ("19K 592345 8176543", "UTM zona 20 S PSAD56", "EPSG:32720 …"), one number a
 * text or both in one text. The result is what was written. Where that lies is
 * decided by geo/place/rescue.h.
 *
 * One text may also be a link of Google Maps, OpenStreetMap, Waze, Apple Maps or another
 * map, or a geo: URI (coords_link.h); WKT or GeoJSON of a point (coords_wkt.h); a square of
 * MGRS or a plus code (coords_code.h); a geopoint of Kobo or ODK, "lat lon alt acc". Then
 * `first` is x and `second` is y, as if two columns said so.
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

enum {
    GEO_COORDS_TEXT_MAX = 200,  /* bytes of numbers; longer text is no coordinate */
    GEO_COORDS_LINK_MAX = 2000, /* bytes of a text with a link, WKT, GeoJSON or a code */
};

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
    int hemisphere;     /* -1 or 1: a letter's, where the number is too large for an angle */
    bool comma;         /* decimal comma */
    int parts;          /* 1; 2 with minutes, 3 with seconds */
};

enum geo_coords_form {
    GEO_FORM_NUMBERS, /* also in WKT, GeoJSON and geopoints */
    GEO_FORM_LINK,    /* the place that a link of a map marks */
    GEO_FORM_VIEW,    /* a link that marks none: the middle of the map it shows */
    GEO_FORM_MGRS,    /* the middle of the square */
    GEO_FORM_PLUS,    /* a plus code: the middle of its cell */
};

struct geo_coords {
    struct geo_coord first, second; /* in the order written */
    bool one_text;                  /* both were in one text: nothing states their order */
    bool extra;                     /* the text also has an altitude or an accuracy */
    enum geo_coords_form form;
    double step_deg;      /* > 0: a plus code without its first digits. The place is `first` and
                             `second` plus whole numbers of such steps */
    int zone;             /* UTM zone in the text, 0: none */
    bool north;           /* its hemisphere, if zone */
    enum geo_datum datum; /* named in the text */
    int epsg;             /* "EPSG:n" in the text, 0: none */
};

/* second NULL: first holds both numbers. */
bool geo_coords_parse(const char *first, const char *second, struct geo_coords *out,
                      struct err *err);

#endif
