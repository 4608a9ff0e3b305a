/* rescue_shape.h - puts a line or polygon where it was meant, or says what is wrong with it.
 *
 * The rules, in order; those of points (geo/place/rescue.h) for a shape as a whole:
 * - A shape of which a vertex lies in the country and none more than 1 degree outside the
 *   country's box stays as it is. So does irrigation that crosses the border a little.
 * - Else all its vertices are read alike in other ways: numbers swapped, minus signs missing;
 *   metres in the other UTM zones of the country (the stated one or the hemisphere was wrong,
 *   or none was stated), also northing first; metres of Web Mercator.
 *   - With a declared municipality, the reading of which a vertex lies in it or within 2 km
 *     of it is taken, if it is the only one.
 *   - Without one, the only reading that lies in the country is taken; one in the stated system,
 *     northing first, goes before those in others.
 * - Else a shape within 1 degree of the country's box stays; linking gives it `fuera`.
 * - Else it is refused, with the readings that lie in the country. So is every shape in a system
 *   without a code, if it lies farther away.
 *
 * Owns:    nothing. Threads: one struct geo_rescue a thread.
 * Units:   WKB in, see struct geo_written_shape; lon/lat degrees (OGC:CRS84) out.
 * Errors:  ERR_INPUT that names the first vertex outside.
 */
#ifndef GEO_RESCUE_SHAPE_H
#define GEO_RESCUE_SHAPE_H

#include "geo/place/rescue.h"

struct geo_written_shape {
    const unsigned char *wkb; /* point, line or polygon, single or multi */
    size_t wkb_len;
    int epsg; /* the system from which its lon/lat were transformed; 0: they were not, and are
                 degrees as written, or metres of a system that nobody stated */
    const char *system; /* a system without a code, from which they were transformed: there is no
                           way back to its numbers, and none other to read them; else NULL */
};

/* declared: unit of the edition, or -1. out->changed: the shape as it was meant is appended to
 * wkb; else the one given stands, and nothing is appended. out->lon_deg, lat_deg: its first
 * vertex; written_x, written_y: that vertex as its source has it. `how`: invertidas, signo,
 * utm_zona, mercator. datum_uncertain: nobody stated the system of its metres. */
bool geo_rescue_shape(struct geo_rescue *rescue, const struct geo_edition *edition, int declared,
                      const struct geo_written_shape *written, struct geo_rescued *out,
                      struct buf *wkb, struct err *err);

#endif
