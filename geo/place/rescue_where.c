/* rescue_where.c - where a reading lies: in the country, in or next to a municipality. */
#include "geo/place/rescue_where.h"

struct geo_box rescue_country_box(const struct geo_edition *edition, double margin)
{
    struct geo_box box = geo_edition_box(edition);
    return (struct geo_box){box.min_x - margin, box.min_y - margin, box.max_x + margin,
                            box.max_y + margin};
}

bool rescue_in_country(const struct geo_edition *edition, double lon, double lat)
{
    return geo_edition_place(edition, lon, lat).where != GEO_OUTSIDE;
}

/* In the unit, or within 2 km of it. The box avoids most exact distances: 2 km are less
 * than 0.02 degrees of latitude and, below 45 degrees, less than 0.03 of longitude. */
bool rescue_fits(const struct geo_edition *edition, int unit, double lon, double lat)
{
    struct geo_box box = geo_edition_unit(edition, (size_t)unit)->box;
    box = (struct geo_box){box.min_x - 0.03, box.min_y - 0.02, box.max_x + 0.03, box.max_y + 0.02};
    int found = geo_edition_locate(edition, lon, lat);
    if (found == unit)
        return true;
    if (geo_box_holds(box, lon, lat) &&
        geo_edition_distance(edition, unit, lon, lat) <= GEO_NEXT_TO_M)
        return true;
    if (found >= 0)
        return false;
    struct geo_place place = geo_edition_place(edition, lon, lat);
    return place.where == GEO_IN_WATER && place.unit == unit;
}
