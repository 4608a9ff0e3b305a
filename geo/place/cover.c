/* cover.c - counts the municipalities of an earlier edition that new boundaries cover. */
#include "geo/place/cover.h"

#include <stdlib.h>
#include <string.h>

#include "geo/place/shape.h"

/* West, south, east and north of Bolivia. */
static const struct geo_box COUNTRY = {-69.66, -22.91, -57.45, -9.66};
static const double MARGIN_DEG = 0.5;

static int department_of(const char *codigo)
{
    return codigo[0] == '0' && codigo[1] >= '1' && codigo[1] <= '9' ? codigo[1] - '0' : 0;
}

/* Marks the places that the polygon holds. */
static bool mark(const struct geo_source_unit *unit, struct geo_cover_place *places, size_t n,
                 struct err *err)
{
    struct geo_shape *shape = geo_shape_parse(unit->wkb, unit->wkb_len, err);
    if (!shape)
        return err_wrap(err, "%s", unit->unit.codigo);
    struct geo_box near = {shape->box.min_x - MARGIN_DEG, shape->box.min_y - MARGIN_DEG,
                           shape->box.max_x + MARGIN_DEG, shape->box.max_y + MARGIN_DEG};
    for (size_t i = 0; i < n; i++)
        if (strcmp(unit->unit.codigo, places[i].codigo) == 0)
            places[i].far = !geo_box_holds(near, places[i].lon_deg, places[i].lat_deg);
    for (size_t i = 0; shape->kind == GEO_SHAPE_POLYGON && i < n; i++) {
        struct geo_cover_place *place = &places[i];
        if (!geo_box_holds(shape->box, place->lon_deg, place->lat_deg) ||
            geo_shape_side(shape, place->lon_deg, place->lat_deg) == GEO_SIDE_OUT)
            continue;
        bool own = strcmp(unit->unit.codigo, place->codigo) == 0;
        if (own || !place->covered)
            place->elsewhere = !own && unit->unit.codigo[0];
        place->covered = true;
    }
    geo_shape_free(shape);
    return true;
}

bool geo_cover_count(const struct geo_source_unit *units, size_t n_units,
                     const struct geo_source_unit *water, size_t n_water,
                     struct geo_cover_place *places, size_t n_places, struct geo_cover *cover,
                     struct err *err)
{
    struct geo_cover counted = {.country = {.places = n_places}};
    for (size_t i = 0; i < n_places; i++)
        places[i].covered = places[i].far = places[i].elsewhere = false;
    for (size_t i = 0; i < n_units + n_water; i++)
        if (!mark(i < n_units ? &units[i] : &water[i - n_units], places, n_places, err))
            return false;
    for (size_t i = 0; i < n_places; i++) {
        struct geo_cover_tally *tally = &counted.departments[department_of(places[i].codigo)];
        tally->places++;
        tally->covered += places[i].covered;
        counted.country.covered += places[i].covered;
        counted.elsewhere += places[i].elsewhere;
    }
    *cover = counted;
    return true;
}

static bool lacks(const struct geo_cover_tally *tally, size_t least_pct)
{
    return 100 * tally->covered < least_pct * tally->places;
}

bool geo_cover_lacks(const struct geo_cover *cover, int department, bool *none)
{
    *none = cover->departments[department].covered == 0;
    return lacks(&cover->departments[department], GEO_COVER_DEPARTMENT_PCT);
}

bool geo_cover_is_shifted(const struct geo_cover *cover)
{
    return 100 * cover->elsewhere > GEO_COVER_ELSEWHERE_PCT * cover->country.places;
}

bool geo_cover_is_whole(const struct geo_cover *cover)
{
    bool whole = !lacks(&cover->country, GEO_COVER_PCT), none;
    for (int d = 0; whole && d < GEO_COVER_DEPARTMENTS; d++)
        whole = !geo_cover_lacks(cover, d, &none);
    return whole;
}

bool geo_cover_in_country(struct geo_box box)
{
    double x = (box.min_x + box.max_x) / 2, y = (box.min_y + box.max_y) / 2;
    return x >= COUNTRY.min_x - MARGIN_DEG && x <= COUNTRY.max_x + MARGIN_DEG &&
           y >= COUNTRY.min_y - MARGIN_DEG && y <= COUNTRY.max_y + MARGIN_DEG;
}
