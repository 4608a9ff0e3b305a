/* cover.h - whether a set of boundaries covers the country: the municipalities of the edition
 * that it is to replace.
 *
 * Owns:    nothing.
 * Threads: any.
 * Units:   lon/lat degrees.
 * Errors:  false with *err for bytes that are no polygon, or without memory.
 *
 * Every municipality of the earlier edition stands for itself with a point inside it. It is
 * covered if that point lies in a unit or in a body of water of the new edition. The
 * boundaries cover the country if they cover
 *   95 % of all municipalities, and
 *   75 % of those of each department,
 * which leaves room for borders and shores drawn otherwise, and none for a department that is
 * missing. (The official boundaries cover all of each other, and of the 339 schematic ones
 * all but 1 with the lakes loaded, all but 13 without.)
 *
 * They mean the same municipalities by the same codes as long as fewer than half of those points
 * lie in the unit of another code: of the schematic boundaries 61 of 339 lie in another official
 * one, of codes that slipped by a row all.
 */
#ifndef GEO_COVER_H
#define GEO_COVER_H

#include "geo/place/edition.h"

enum { GEO_COVER_PCT = 95, GEO_COVER_DEPARTMENT_PCT = 75, GEO_COVER_ELSEWHERE_PCT = 50 };
enum { GEO_COVER_DEPARTMENTS = 10 };

/* The earlier edition's municipality at a point inside it. */
struct geo_cover_place {
    char codigo[7];
    double lon_deg, lat_deg;
    /* Set by geo_cover_count(). */
    bool covered;
    bool far;       /* the unit of that code lies more than half a degree from here: its code may be
                       another's */
    bool elsewhere; /* it lies in a unit of another code, and in none of its own */
};

struct geo_cover_tally {
    size_t places, covered;
};

struct geo_cover {
    struct geo_cover_tally country;
    size_t elsewhere;
    struct geo_cover_tally departments[GEO_COVER_DEPARTMENTS]; /* by the code's first two
                                                                  digits; [0]: any other */
};

bool geo_cover_count(const struct geo_source_unit *units, size_t n_units,
                     const struct geo_source_unit *water, size_t n_water,
                     struct geo_cover_place *places, size_t n_places, struct geo_cover *cover,
                     struct err *err);

/* True if too many places lie in units of other codes. */
bool geo_cover_is_shifted(const struct geo_cover *cover);
bool geo_cover_is_whole(const struct geo_cover *cover);
/* True if too little of department 0 to 9 is covered; *none: nothing is. */
bool geo_cover_lacks(const struct geo_cover *cover, int department, bool *none);

/* True if the middle of the box lies in the country's box or within half a degree of it: no
 * municipality, wherever its border is drawn, lies farther out. */
bool geo_cover_in_country(struct geo_box box);

#endif
