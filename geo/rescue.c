#include "geo/rescue.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buf.h"
#include "geo/coords.h"
#include "geo/crs.h"

#define NEXT_TO_M 2000.0
#define MARGIN_DEG 1.0

enum kind {
    SWAPPED = 1,
    SIGN = 2,
    DMS = 4,
    COMMA = 8,
    ZONE = 16,
    DATUM = 32,
};

static const struct {
    enum kind kind;
    const char *name;
} kind_names[] = {
    {SWAPPED, "invertidas"}, {SIGN, "signo"},    {DMS, "gms"},
    {COMMA, "coma_decimal"}, {ZONE, "utm_zona"}, {DATUM, "datum"},
};

struct reading {
    double lon, lat;
    unsigned kinds;
    bool evident; /* the text itself states it */
    int zone;     /* UTM zone, 0: degrees */
    int epsg;     /* 0: OGC:CRS84 */
    int shifted;  /* the same in PSAD56: its EPSG code; 0: not to be tried */
    double shifted_lon, shifted_lat;
};

enum { READINGS_MAX = 8, FIRST_ZONE = 19, LAST_ZONE = 21 };

struct readings {
    struct reading all[READINGS_MAX];
    int n;
};

struct geo_rescue {
    struct geo_crs *crs;
};

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

/* Codes ------------------------------------------------------------------- */

static int utm_code(enum geo_datum datum, int zone, bool north)
{
    static const int margen[] = {5356, 5355, 5357};
    switch (datum) {
    case GEO_DATUM_PSAD56:
        return !north && zone >= 18 && zone <= 22 ? 24860 + zone : -1;
    case GEO_DATUM_MARGEN:
        return !north && zone >= FIRST_ZONE && zone <= LAST_ZONE ? margen[zone - FIRST_ZONE] : -1;
    default:
        return (north ? 32600 : 32700) + zone;
    }
}

static int degrees_code(enum geo_datum datum)
{
    return datum == GEO_DATUM_PSAD56 ? 4248 : datum == GEO_DATUM_MARGEN ? 5354 : 0;
}

static int zone_of(int epsg)
{
    if ((epsg > 32600 && epsg <= 32660) || (epsg > 32700 && epsg <= 32760))
        return epsg % 100;
    if (epsg >= 24878 && epsg <= 24882)
        return epsg - 24860;
    return epsg == 5356 ? 19 : epsg == 5355 ? 20 : epsg == 5357 ? 21 : 0;
}

/* Where a point lies -------------------------------------------------------- */

static struct geo_box country_box(const struct geo_edition *edition, double margin)
{
    struct geo_box box = geo_box_empty();
    for (size_t i = 0; i < geo_edition_count(edition); i++)
        box = geo_box_join(box, geo_edition_unit(edition, i)->box);
    return (struct geo_box){box.min_x - margin, box.min_y - margin, box.max_x + margin,
                            box.max_y + margin};
}

static bool in_country(const struct geo_edition *edition, double lon, double lat)
{
    return geo_edition_place(edition, lon, lat).where != GEO_OUTSIDE;
}

/* In or next to the unit. The box spares the exact distance: 2 km are less
 * than 0.02 degrees of latitude and, below 45 degrees, 0.03 of longitude. */
static bool fits(const struct geo_edition *edition, int unit, double lon, double lat)
{
    struct geo_box box = geo_edition_unit(edition, (size_t)unit)->box;
    box = (struct geo_box){box.min_x - 0.03, box.min_y - 0.02, box.max_x + 0.03, box.max_y + 0.02};
    int found = geo_edition_locate(edition, lon, lat);
    if (found == unit)
        return true;
    if (geo_box_holds(box, lon, lat) && geo_edition_distance(edition, unit, lon, lat) <= NEXT_TO_M)
        return true;
    if (found >= 0)
        return false;
    struct geo_place place = geo_edition_place(edition, lon, lat);
    return place.where == GEO_IN_WATER && place.unit == unit;
}

/* Readings ------------------------------------------------------------------ */

static bool add(struct geo_rescue *rescue, struct readings *readings, struct reading reading,
                double x, double y)
{
    double xy[2] = {x, y};
    if (reading.epsg && !geo_crs_to_lonlat(rescue->crs, reading.epsg, xy, 1, NULL))
        return false;
    if (!(fabs(xy[0]) <= 180 && fabs(xy[1]) <= 90) || readings->n == READINGS_MAX)
        return false;
    reading.lon = xy[0];
    reading.lat = xy[1];
    double shifted[2] = {x, y};
    if (reading.shifted && geo_crs_to_lonlat(rescue->crs, reading.shifted, shifted, 1, NULL)) {
        reading.shifted_lon = shifted[0];
        reading.shifted_lat = shifted[1];
    } else
        reading.shifted = 0;
    readings->all[readings->n++] = reading;
    return true;
}

/* Which orders can be meant: bit 1: first is x; bit 2: first is y. *stated:
 * the order the columns or letters state, 0 where both are as good. */
static unsigned orders_of(const struct geo_coords *coords, unsigned *stated)
{
    enum geo_axis first = coords->first.axis, second = coords->second.axis;
    if (first == GEO_AXIS_X || second == GEO_AXIS_Y)
        return *stated = 1;
    if (first == GEO_AXIS_Y || second == GEO_AXIS_X)
        return *stated = 2;
    *stated = coords->one_text ? 0 : 1;
    return 3;
}

static unsigned text_kinds(const struct geo_coords *coords)
{
    return (coords->first.sexagesimal || coords->second.sexagesimal ? DMS : 0) |
           (coords->first.comma || coords->second.comma ? COMMA : 0);
}

/* Order 2 in two columns is a correction, whoever says it. */
static unsigned order_kind(const struct geo_coords *coords, unsigned order)
{
    return order == 2 && !coords->one_text ? SWAPPED : 0;
}

static void read_degrees(struct geo_rescue *rescue, const struct geo_coords *coords,
                         struct readings *readings)
{
    unsigned stated, orders = orders_of(coords, &stated);
    for (unsigned order = 1; order <= 2; order++) {
        if (!(orders & order))
            continue;
        const struct geo_coord *x = order == 1 ? &coords->first : &coords->second;
        const struct geo_coord *y = order == 1 ? &coords->second : &coords->first;
        /* Only a bare positive number can have lost its sign. */
        bool lost_x = x->value > 0 && !x->sign_known, lost_y = y->value > 0 && !y->sign_known;
        for (int signs = 0; signs < 4; signs++) {
            if (((signs & 1) && !lost_x) || ((signs & 2) && !lost_y))
                continue;
            struct reading reading = {
                .kinds = text_kinds(coords) | order_kind(coords, order) | (signs ? SIGN : 0),
                .evident = signs == 0 && (stated == 0 || stated == order),
                .epsg = degrees_code(coords->datum),
            };
            add(rescue, readings, reading, signs & 1 ? -x->value : x->value,
                signs & 2 ? -y->value : y->value);
        }
    }
}

/* A number as metres: thousands separators read as such where that is what
 * makes it long enough. NaN: it is no length. */
static double metres(const struct geo_coord *coord)
{
    if (coord->degrees)
        return NAN;
    return fabs(coord->value) >= 1000 ? coord->value : coord->grouped;
}

static bool is_utm(double x, double y)
{
    return x >= 1e5 && x < 1e6 && y >= 1e6 && y <= 1e7;
}

static void read_utm(struct geo_rescue *rescue, const struct geo_coords *coords,
                     struct readings *readings)
{
    unsigned stated, orders = orders_of(coords, &stated);
    double first = metres(&coords->first), second = metres(&coords->second);
    for (unsigned order = 1; order <= 2; order++) {
        double x = order == 1 ? first : second, y = order == 1 ? second : first;
        if (!(orders & order) || !is_utm(x, y))
            continue;
        for (int zone = FIRST_ZONE; zone <= LAST_ZONE; zone++) {
            struct reading reading = {
                .kinds = text_kinds(coords) | order_kind(coords, order) | ZONE,
                .zone = zone,
                .epsg = utm_code(coords->datum, zone, false),
                .shifted =
                    coords->datum == GEO_DATUM_OPEN ? utm_code(GEO_DATUM_PSAD56, zone, false) : 0,
            };
            add(rescue, readings, reading, x, y);
        }
    }
}

/* Messages ------------------------------------------------------------------ */

static void put_kinds(struct buf *buf, unsigned kinds)
{
    const char *part = "";
    for (size_t i = 0; i < sizeof kind_names / sizeof *kind_names; i++)
        if (kinds & kind_names[i].kind) {
            buf_printf(buf, "%s%s", part, kind_names[i].name);
            part = "+";
        }
}

static void put_where(struct buf *buf, const struct geo_edition *edition, double lon, double lat)
{
    struct geo_place place = geo_edition_place(edition, lon, lat);
    buf_puts(buf, "lon ");
    buf_put_fixed(buf, lon, 4);
    buf_puts(buf, ", lat ");
    buf_put_fixed(buf, lat, 4);
    if (place.where == GEO_OUTSIDE)
        buf_puts(buf, ", fuera del país");
    else {
        const struct geo_unit *unit = geo_edition_unit(edition, (size_t)place.unit);
        buf_printf(buf, ", %s %s (%s)", place.where == GEO_IN_WATER ? "en agua junto a" : "en",
                   unit->nombre, unit->departamento);
    }
}

static void put_reading(struct buf *buf, const struct geo_edition *edition,
                        const struct reading *reading)
{
    unsigned kinds = reading->kinds & (SWAPPED | SIGN);
    if (reading->zone)
        buf_printf(buf, "UTM %d S%s", reading->zone, kinds ? " " : "");
    else if (!kinds)
        buf_puts(buf, "tal como está");
    put_kinds(buf, kinds);
    buf_puts(buf, ": ");
    put_where(buf, edition, reading->lon, reading->lat);
}

/* "coordenada «…»: <why>: <reading>; <reading>"; only those in `which`. */
static bool refuse(const struct geo_edition *edition, const struct geo_written *written,
                   const struct readings *readings, unsigned which, struct err *err,
                   const char *why, int declared)
{
    struct buf buf;
    buf_init(&buf);
    buf_printf(&buf, "coordenada «%.60s%s%.60s»: %s", written->first, written->second ? " ; " : "",
               written->second ? written->second : "", why);
    if (declared >= 0) {
        const struct geo_unit *unit = geo_edition_unit(edition, (size_t)declared);
        buf_printf(&buf, " %s (%s, %s)", unit->nombre, unit->departamento, unit->codigo);
    }
    const char *part = ": ";
    for (int i = 0; i < readings->n; i++)
        if (which & 1u << i) {
            buf_puts(&buf, part);
            put_reading(&buf, edition, &readings->all[i]);
            part = "; ";
        }
    if (buf_failed(&buf))
        err_no_memory(err);
    else
        err_set(err, ERR_INPUT, "%s", buf.data);
    buf_free(&buf);
    return false;
}

/* Decisions ----------------------------------------------------------------- */

static bool accept(const struct reading *reading, struct geo_rescued *out, struct err *err)
{
    struct geo_rescued found = {.lon_deg = reading->lon, .lat_deg = reading->lat};
    struct buf buf;
    buf_init(&buf);
    put_kinds(&buf, reading->kinds);
    bool ok = !buf_failed(&buf);
    snprintf(found.how, sizeof found.how, "%s", buf.data ? buf.data : "");
    buf_free(&buf);
    if (!ok)
        return err_no_memory(err);
    if (reading->epsg)
        snprintf(found.crs, sizeof found.crs, "EPSG:%d", reading->epsg);
    else
        snprintf(found.crs, sizeof found.crs, "OGC:CRS84");
    found.changed = reading->kinds != 0;
    found.datum_uncertain = reading->shifted != 0;
    *out = found;
    return true;
}

/* A system that was stated, in the call or in the text. */
static bool use_stated(struct geo_rescue *rescue, const struct geo_edition *edition,
                       const struct geo_written *written, const struct geo_coords *coords, int epsg,
                       struct geo_rescued *out, struct err *err)
{
    bool geographic;
    if (!geo_crs_is_geographic(rescue->crs, epsg, &geographic, err))
        return false;
    bool angles = coords->first.degrees || coords->second.degrees;
    if (angles && !geographic)
        return err_set(
            err, ERR_INPUT,
            "coordenada «%.60s»: está en grados, pero se indicó EPSG:%d, que es en metros",
            written->first, epsg);
    double first = geographic ? coords->first.value : metres(&coords->first);
    double second = geographic ? coords->second.value : metres(&coords->second);
    unsigned order;
    orders_of(coords, &order);
    /* One text without letters: latitude first is as common as longitude
     * first; the ranges of the country tell. */
    if (!order) {
        struct geo_box box = country_box(edition, MARGIN_DEG);
        bool latitude_first =
            geographic ? geo_box_holds(box, second, first) : is_utm(second, first);
        order = latitude_first ? 2 : 1;
    }
    struct reading reading = {
        .kinds = text_kinds(coords) | order_kind(coords, order),
        .epsg = epsg,
        .shifted = !written->epsg && !coords->epsg && coords->datum == GEO_DATUM_OPEN &&
                           !geographic && !coords->north && coords->zone >= 18 && coords->zone <= 22
                       ? utm_code(GEO_DATUM_PSAD56, coords->zone, false)
                       : 0,
    };
    struct readings readings = {.n = 0};
    double x = order == 1 ? first : second, y = order == 1 ? second : first;
    if (!add(rescue, &readings, reading, x, y))
        return err_set(
            err, ERR_INPUT,
            "coordenada «%.60s%s%.60s»: fuera del alcance de EPSG:%d, el sistema indicado",
            written->first, written->second ? " ; " : "", written->second ? written->second : "",
            epsg);
    const struct reading *read = &readings.all[0];
    if (!geo_box_holds(country_box(edition, MARGIN_DEG), read->lon, read->lat)) {
        char why[96];
        snprintf(why, sizeof why, "en el sistema indicado, EPSG:%d, cae lejos del país", epsg);
        return refuse(edition, written, &readings, 1, err, why, -1);
    }
    return accept(read, out, err);
}

/* The stated system of the text and the call together; 0: none. */
static bool stated_code(const struct geo_written *written, const struct geo_coords *coords,
                        int *epsg, struct err *err)
{
    int in_text = coords->epsg;
    if (coords->zone && !in_text)
        in_text = utm_code(coords->datum, coords->zone, coords->north);
    if (in_text < 0)
        return err_set(err, ERR_INPUT, "coordenada «%.60s»: no hay zona UTM %d en ese datum",
                       written->first, coords->zone);
    bool agrees = !written->epsg || !in_text || written->epsg == in_text ||
                  (coords->datum == GEO_DATUM_OPEN && !coords->epsg &&
                   zone_of(written->epsg) == coords->zone);
    if (!agrees)
        return err_set(err, ERR_INPUT,
                       "coordenada «%.60s»: el texto indica EPSG:%d y la importación EPSG:%d",
                       written->first, in_text, written->epsg);
    *epsg = written->epsg ? written->epsg : in_text;
    return true;
}

/* The readings that lie in or next to the declared municipality, as bits. A
 * family that fits in PSAD56 only becomes that reading. */
static unsigned fitting(const struct geo_edition *edition, int declared, struct readings *readings)
{
    unsigned bits = 0;
    for (int i = 0; i < readings->n; i++) {
        struct reading *reading = &readings->all[i];
        if (fits(edition, declared, reading->lon, reading->lat))
            bits |= 1u << i;
        else if (reading->shifted &&
                 fits(edition, declared, reading->shifted_lon, reading->shifted_lat)) {
            reading->lon = reading->shifted_lon;
            reading->lat = reading->shifted_lat;
            reading->epsg = reading->shifted;
            reading->kinds |= DATUM;
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

/* Stated lon/lat in the country, or in the margin around it. */
static unsigned standing(const struct geo_edition *edition, const struct readings *readings)
{
    unsigned inside = 0, around = 0;
    struct geo_box box = {0};
    for (int i = 0; i < readings->n; i++) {
        const struct reading *reading = &readings->all[i];
        if (!reading->evident)
            continue;
        if (in_country(edition, reading->lon, reading->lat)) {
            inside |= 1u << i;
            continue;
        }
        if (box.min_x == box.max_x)
            box = country_box(edition, MARGIN_DEG);
        if (geo_box_holds(box, reading->lon, reading->lat))
            around |= 1u << i;
    }
    return inside ? inside : around;
}

bool geo_rescue_point(struct geo_rescue *rescue, const struct geo_edition *edition, int declared,
                      const struct geo_written *written, struct geo_rescued *out, struct err *err)
{
    struct geo_coords coords;
    int epsg = 0;
    if (!geo_coords_parse(written->first, written->second, &coords, err) ||
        !stated_code(written, &coords, &epsg, err))
        return false;
    if (epsg)
        return use_stated(rescue, edition, written, &coords, epsg, out, err);

    struct readings readings = {.n = 0};
    if (fabs(coords.first.value) <= 180 && fabs(coords.second.value) <= 180)
        read_degrees(rescue, &coords, &readings);
    else
        read_utm(rescue, &coords, &readings);
    if (readings.n == 0)
        return err_set(
            err, ERR_INPUT,
            "coordenada «%.60s%s%.60s»: no son grados ni metros UTM de las zonas 19 a 21",
            written->first, written->second ? " ; " : "", written->second ? written->second : "");
    unsigned all = (1u << readings.n) - 1;
    if (declared >= 0) {
        for (int i = 0; i < readings.n; i++)
            if (readings.all[i].evident &&
                geo_edition_locate(edition, readings.all[i].lon, readings.all[i].lat) == declared)
                return accept(&readings.all[i], out, err);
        unsigned bits = fitting(edition, declared, &readings);
        if (is_single(bits))
            return accept(&readings.all[lowest(bits)], out, err);
        if (bits)
            return refuse(edition, written, &readings, bits, err,
                          "varias lecturas caben en el municipio declarado,", declared);
    }
    unsigned bits = standing(edition, &readings);
    if (is_single(bits))
        return accept(&readings.all[lowest(bits)], out, err);
    if (bits)
        return refuse(edition, written, &readings, bits, err, "se lee de varias maneras", -1);
    if (declared >= 0)
        return refuse(edition, written, &readings, all, err,
                      "ninguna lectura cae en el municipio declarado ni a 2 km de él,", declared);
    return refuse(edition, written, &readings, all, err,
                  "sin sistema de referencia ni municipio declarado no puede ubicarse", -1);
}
