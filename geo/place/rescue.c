/* rescue.c - chooses the reading of a field coordinate that fits the declaration. */
#include "geo/place/rescue.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/place/coords.h"
#include "geo/place/rescue_internal.h"
#include "geo/place/rescue_read.h"
#include "geo/place/rescue_say.h"
#include "geo/place/rescue_where.h"

struct geo_rescue *geo_rescue_new(struct err *err)
{
    struct geo_rescue *rescue = calloc(1, sizeof *rescue);
    if (!rescue) {
        err_no_memory(err);
        return NULL;
    }
    rescue->crs = geo_crs_new(err);
    if (!rescue->crs) {
        free(rescue);
        return NULL;
    }
    return rescue;
}

void geo_rescue_free(struct geo_rescue *rescue)
{
    if (!rescue)
        return;
    geo_crs_free(rescue->crs);
    free(rescue);
}

/* Decisions ----------------------------------------------------------------- */

static bool accept(const struct rescue_reading *reading, const struct geo_coords *coords,
                   struct geo_rescued *out, struct err *err)
{
    struct geo_rescued found = {
        .lon_deg = reading->lon,
        .lat_deg = reading->lat,
        .changed = reading->kinds != 0 || coords->extra,
        .datum_uncertain = reading->shifted != 0,
    };
    if (!rescue_describe(&found, reading->kinds, reading->epsg, err))
        return false;
    *out = found;
    return true;
}

/* The readings that lie in or next to the declared municipality, as bits. A reading that
 * only fits in PSAD56 is changed to that. */
static unsigned fitting(const struct geo_edition *edition, int declared, struct readings *readings)
{
    unsigned bits = 0;
    for (int i = 0; i < readings->n; i++) {
        struct rescue_reading *reading = &readings->all[i];
        if (rescue_fits(edition, declared, reading->lon, reading->lat))
            bits |= 1u << i;
        else if (reading->shifted &&
                 rescue_fits(edition, declared, reading->shifted_lon, reading->shifted_lat)) {
            reading->lon = reading->shifted_lon;
            reading->lat = reading->shifted_lat;
            reading->epsg = reading->shifted;
            reading->kinds |= RESCUE_DATUM;
            bits |= 1u << i;
        }
    }
    return bits;
}

static bool is_single(unsigned bits)
{
    return bits && !(bits & (bits - 1));
}

static int lowest(unsigned bits)
{
    int i = 0;
    while (!(bits & 1u << i))
        i++;
    return i;
}

/* A coordinate whose system was stated, in the call or in the text. */
struct stated {
    struct geo_rescue *rescue;
    const struct geo_edition *edition;
    int declared, epsg;
    const struct geo_written *written;
    const struct geo_coords *coords;
    bool geographic, datum_open;
};

static unsigned order_of(const struct stated *point);

/* Northing first in the stated system, of which no other zones are known. */
static void read_swapped(const struct stated *point, struct readings *out)
{
    struct readings swapped;
    unsigned order = 3 - order_of(point);
    if (out->n == READINGS_MAX || point->geographic ||
        !rescue_read_stated(point->rescue->crs, point->coords, point->epsg, false, order, false,
                            &swapped))
        return;
    swapped.all[0].kinds |= RESCUE_SWAPPED;
    out->all[out->n++] = swapped.all[0];
}

/* A reading in WGS 84, of a system on a datum that is none of geo/place/utm.h, in that system: its
 * degrees in that datum. False: it cannot be. */
static bool to_stated(const struct stated *point, struct rescue_reading *reading)
{
    double xy[] = {reading->lon, reading->lat};
    if (!point->geographic)
        return !(reading->kinds & RESCUE_SWAPPED);
    if (!geo_crs_to_lonlat(point->rescue->crs, point->epsg, xy, 1, NULL))
        return false;
    reading->epsg = point->epsg;
    reading->lon = xy[0];
    reading->lat = xy[1];
    return true;
}

/* Its numbers in other ways: other order, signs, zone. Its datum is taken for known. `out` keeps
 * the stated reading as its first. */
static void read_otherwise(const struct stated *point, struct readings *out)
{
    struct geo_coords as = *point->coords;
    struct readings other;
    if (!point->datum_open && as.datum == GEO_DATUM_OPEN)
        as.datum = geo_utm_datum(point->epsg);
    rescue_read(point->rescue->crs, &as, &other);
    bool foreign = !point->datum_open && as.datum == GEO_DATUM_OPEN;
    if (foreign)
        read_swapped(point, out);
    for (int i = 0; i < other.n && out->n < READINGS_MAX; i++) {
        if (foreign && !to_stated(point, &other.all[i]))
            continue;
        struct rescue_reading *reading = &out->all[out->n++];
        *reading = other.all[i];
        if (reading->epsg == point->epsg)
            reading->kinds &= ~(unsigned)RESCUE_ZONE;
    }
}

/* The only reading of the kind of numbers that was stated: in the declared municipality; or, with
 * none declared, with northing and easting swapped. -1: there is none. */
static int choose_otherwise(const struct stated *point, struct readings *readings)
{
    unsigned bits =
        point->declared >= 0 ? fitting(point->edition, point->declared, readings) & ~1u : 0;
    for (int i = 1; i < readings->n; i++) {
        const struct rescue_reading *reading = &readings->all[i];
        bool alike = reading->epsg == point->epsg || point->geographic == (reading->zone == 0);
        if (!alike || !(reading->kinds & (RESCUE_SWAPPED | RESCUE_SIGN | RESCUE_ZONE)))
            bits &= ~(1u << i);
        else if (point->declared < 0 && !point->geographic && reading->epsg == point->epsg &&
                 rescue_in_country(point->edition, reading->lon, reading->lat))
            bits |= 1u << i;
    }
    return is_single(bits) ? lowest(bits) : -1;
}

/* In the stated system the place is far from the country: it is another reading of its numbers
 * that is meant, or another system. */
static bool use_otherwise(const struct stated *point, struct readings *readings,
                          struct geo_rescued *out, struct err *err)
{
    unsigned shown = 1;
    char why[96];
    read_otherwise(point, readings);
    int chosen = choose_otherwise(point, readings);
    if (chosen >= 0)
        return accept(&readings->all[chosen], point->coords, out, err);
    for (int i = 1; i < readings->n; i++)
        if (rescue_in_country(point->edition, readings->all[i].lon, readings->all[i].lat))
            shown |= 1u << i;
    snprintf(why, sizeof why, "en el sistema indicado, EPSG:%d, cae lejos del país", point->epsg);
    return rescue_refuse(point->edition, point->written, readings, shown, err, why, -1, "");
}

/* 1: the first number is x, 2: it is y. In one text without letters latitude first is as common as
 * longitude first; the one that lies in the country is taken. */
static unsigned order_of(const struct stated *point)
{
    const struct geo_coords *coords = point->coords;
    unsigned order = rescue_stated_order(coords);
    if (order)
        return order;
    if (point->geographic)
        return geo_box_holds(rescue_country_box(point->edition, RESCUE_MARGIN_DEG),
                             coords->second.value, coords->first.value)
                   ? 2
                   : 1;
    return rescue_is_utm(rescue_metres(&coords->second), rescue_metres(&coords->first)) ? 2 : 1;
}

static bool is_in_degrees(const struct geo_coords *coords)
{
    return coords->first.degrees || coords->second.degrees ||
           (fabs(coords->first.value) <= 180 && fabs(coords->second.value) <= 180);
}

static bool use_stated(struct stated *point, struct geo_rescued *out, struct err *err)
{
    const struct geo_coords *coords = point->coords;
    struct readings readings;
    if (!geo_crs_is_geographic(point->rescue->crs, point->epsg, &point->geographic, err))
        return false;
    if (is_in_degrees(coords) && !point->geographic)
        return rescue_refuse_plainly(point->written, err,
                                     "está en grados, pero se indicó EPSG:%d, que es en metros; si "
                                     "lo está, indique --crs EPSG:4326",
                                     point->epsg);
    point->datum_open = !point->written->epsg && !coords->epsg && coords->datum == GEO_DATUM_OPEN;
    if (!rescue_read_stated(point->rescue->crs, coords, point->epsg, point->geographic,
                            order_of(point), point->datum_open, &readings))
        return rescue_refuse_plainly(
            point->written, err, "fuera del alcance de EPSG:%d, el sistema indicado", point->epsg);
    const struct rescue_reading *read = &readings.all[0];
    if (!geo_box_holds(rescue_country_box(point->edition, RESCUE_MARGIN_DEG), read->lon, read->lat))
        return use_otherwise(point, &readings, out, err);
    return accept(read, coords, out, err);
}

/* The stated CRS, of the text and the call together; 0: none. */
static bool stated_code(const struct geo_written *written, const struct geo_coords *coords,
                        int *epsg, struct err *err)
{
    int in_text = coords->epsg;
    if (coords->zone && !in_text)
        in_text = geo_utm_code(coords->datum, coords->zone, coords->north);
    if (in_text < 0)
        return rescue_refuse_plainly(written, err, "no hay zona UTM %d en ese datum", coords->zone);
    enum geo_datum datum = geo_utm_datum(written->epsg);
    bool same_zone = !coords->zone || coords->zone == geo_utm_zone(written->epsg);
    bool same_datum = coords->datum == GEO_DATUM_OPEN || coords->datum == datum;
    if (written->epsg && coords->epsg && coords->epsg != written->epsg)
        return rescue_refuse_plainly(written, err,
                                     "el texto indica EPSG:%d, pero se indicó EPSG:%d",
                                     coords->epsg, written->epsg);
    if (written->epsg && !(same_zone && same_datum))
        return rescue_refuse_plainly(
            written, err, "su zona o datum no es el de EPSG:%d, que se indicó", written->epsg);
    *epsg = written->epsg ? written->epsg : in_text;
    return true;
}

/* The stated lon/lat readings that lie in the country or in the margin around it. */
static unsigned standing(const struct geo_edition *edition, const struct readings *readings)
{
    unsigned inside = 0, around = 0;
    struct geo_box box = {0};
    for (int i = 0; i < readings->n; i++) {
        const struct rescue_reading *reading = &readings->all[i];
        if (!reading->evident)
            continue;
        if (rescue_in_country(edition, reading->lon, reading->lat)) {
            inside |= 1u << i;
            continue;
        }
        if (box.min_x == box.max_x)
            box = rescue_country_box(edition, RESCUE_MARGIN_DEG);
        if (geo_box_holds(box, reading->lon, reading->lat))
            around |= 1u << i;
    }
    return inside ? inside : around;
}

/* Chooses between readings that only the declaration can confirm. `lost`: why the numbers
 * cannot be read as they stand. */
static bool use_confirmed(const struct geo_edition *edition, int declared,
                          const struct geo_written *written, const struct geo_coords *coords,
                          struct readings *readings, const char *lost, struct geo_rescued *out,
                          struct err *err)
{
    unsigned all = readings->n < 32 ? (1u << readings->n) - 1 : ~0u;
    unsigned bits = declared >= 0 ? fitting(edition, declared, readings) : 0;
    char why[160];
    if (is_single(bits))
        return accept(&readings->all[lowest(bits)], coords, out, err);
    if (bits)
        return rescue_refuse(edition, written, readings, bits, err, "varias lecturas caben en",
                             declared, ", el municipio declarado");
    if (declared < 0) {
        snprintf(why, sizeof why, "%s, y no hay municipio declarado que confirme una lectura",
                 lost);
        return rescue_refuse(edition, written, readings, all, err, why, -1, "");
    }
    snprintf(why, sizeof why, "%s, y ninguna lectura cae en", lost);
    return rescue_refuse(edition, written, readings, all, err, why, declared,
                         ", el municipio declarado, ni a 2 km de él");
}

/* A plus code without its first digits: one cell in each degree, of which one lies in the
 * declared municipality. */
static bool use_short_code(const struct geo_edition *edition, int declared,
                           const struct geo_written *written, const struct geo_coords *coords,
                           struct geo_rescued *out, struct err *err)
{
    struct readings readings = {.n = 0};
    struct geo_box box = {0};
    if (declared >= 0) {
        box = geo_edition_unit(edition, (size_t)declared)->box;
        box = (struct geo_box){box.min_x - 0.03, box.min_y - 0.02, box.max_x + 0.03,
                               box.max_y + 0.02};
    }
    if (declared >= 0 && !rescue_read_steps(coords, box, &readings))
        return rescue_refuse_plainly(written, err,
                                     "el código plus corto cabe muchas veces en el municipio "
                                     "declarado; escriba el código completo");
    return use_confirmed(edition, declared, written, coords, &readings,
                         "al código plus le faltan sus primeras cifras", out, err);
}

/* Numbers that are neither degrees nor UTM: perhaps they lost their decimal point. */
static bool use_unlikely(struct geo_rescue *rescue, const struct geo_edition *edition, int declared,
                         const struct geo_written *written, const struct geo_coords *coords,
                         struct geo_rescued *out, struct err *err)
{
    struct readings readings;
    rescue_read_unlikely(rescue->crs, coords, rescue_country_box(edition, 0), &readings);
    if (readings.n == 0)
        return rescue_refuse_plainly(written, err,
                                     "no son grados ni metros UTM de las zonas 19 a 21");
    return use_confirmed(edition, declared, written, coords, &readings,
                         "no son grados ni metros UTM tal como están", out, err);
}

bool geo_rescue_point(struct geo_rescue *rescue, const struct geo_edition *edition, int declared,
                      const struct geo_written *written, struct geo_rescued *out, struct err *err)
{
    struct geo_coords coords;
    int epsg = 0;
    if (!geo_coords_parse(written->first, written->second, &coords, err) ||
        !stated_code(written, &coords, &epsg, err))
        return false;
    if (coords.step_deg > 0)
        return use_short_code(edition, declared, written, &coords, out, err);
    if (epsg) {
        struct stated point = {rescue, edition, declared, epsg, written, &coords, false, false};
        return use_stated(&point, out, err);
    }

    struct readings readings;
    rescue_read(rescue->crs, &coords, &readings);
    if (readings.n == 0)
        return use_unlikely(rescue, edition, declared, written, &coords, out, err);
    unsigned all = (1u << readings.n) - 1;
    if (declared >= 0) {
        for (int i = 0; i < readings.n; i++)
            if (readings.all[i].evident &&
                geo_edition_locate(edition, readings.all[i].lon, readings.all[i].lat) == declared)
                return accept(&readings.all[i], &coords, out, err);
        unsigned bits = fitting(edition, declared, &readings);
        if (is_single(bits))
            return accept(&readings.all[lowest(bits)], &coords, out, err);
        if (bits)
            return rescue_refuse(edition, written, &readings, bits, err, "varias lecturas caben en",
                                 declared, ", el municipio declarado");
    }
    unsigned bits = standing(edition, &readings);
    if (is_single(bits))
        return accept(&readings.all[lowest(bits)], &coords, out, err);
    if (bits)
        return rescue_refuse(edition, written, &readings, bits, err, "se lee de varias maneras", -1,
                             "");
    if (declared >= 0)
        return rescue_refuse(edition, written, &readings, all, err, "ninguna lectura cae en",
                             declared, ", el municipio declarado, ni a 2 km de él");
    return rescue_refuse(edition, written, &readings, all, err,
                         "sin sistema de referencia ni municipio declarado no puede ubicarse", -1,
                         "");
}
