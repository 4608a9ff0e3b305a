/* rescue.c - chooses the reading of a field coordinate that fits the declaration. */
#include "geo/place/rescue.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buf.h"
#include "geo/place/coords.h"
#include "geo/place/crs.h"
#include "geo/place/rescue_read.h"

#define MARGIN_DEG 1.0

static const struct {
    enum rescue_kind kind;
    const char *name;
} kind_names[] = {
    {RESCUE_SWAPPED, "invertidas"}, {RESCUE_SIGN, "signo"},    {RESCUE_DMS, "gms"},
    {RESCUE_COMMA, "coma_decimal"}, {RESCUE_ZONE, "utm_zona"}, {RESCUE_DATUM, "datum"},
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

/* In the unit, or within 2 km of it. The box avoids most exact distances: 2 km are less
 * than 0.02 degrees of latitude and, below 45 degrees, less than 0.03 of longitude. */
static bool fits(const struct geo_edition *edition, int unit, double lon, double lat)
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

/* Messages ------------------------------------------------------------------ */

/* "coordenada «… ; …»: "; the texts were parsed, so they are short UTF-8. */
static void put_written(struct buf *buf, const struct geo_written *written)
{
    buf_printf(buf, "coordenada «%s%s%s»: ", written->first, written->second ? " ; " : "",
               written->second ? written->second : "");
}

/* ERR_INPUT with the text of buf, which it frees. */
static bool refuse_with(struct buf *buf, struct err *err)
{
    if (buf_failed(buf))
        err_no_memory(err);
    else
        err_set(err, ERR_INPUT, "%s", buf->data);
    buf_free(buf);
    return false;
}

/* The same for a message without readings. */
__attribute__((format(printf, 3, 4))) static bool
refuse_plainly(const struct geo_written *written, struct err *err, const char *format, ...)
{
    char why[256];
    va_list args;
    va_start(args, format);
    vsnprintf(why, sizeof why, format, args);
    va_end(args);
    struct buf buf;
    buf_init(&buf);
    put_written(&buf, written);
    buf_puts(&buf, why);
    return refuse_with(&buf, err);
}

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
                        const struct rescue_reading *reading)
{
    unsigned kinds = reading->kinds & (RESCUE_SWAPPED | RESCUE_SIGN);
    if (reading->zone)
        buf_printf(buf, "UTM %d S%s", reading->zone, kinds ? " " : "");
    else if (!kinds)
        buf_puts(buf, "tal como está");
    put_kinds(buf, kinds);
    buf_puts(buf, ": ");
    put_where(buf, edition, reading->lon, reading->lat);
}

/* The message "coordenada «…»: <why> <declared><more>: <reading>; <reading>" with the
 * readings in `which`; declared -1: without it and `more`. */
static bool refuse(const struct geo_edition *edition, const struct geo_written *written,
                   const struct readings *readings, unsigned which, struct err *err,
                   const char *why, int declared, const char *more)
{
    struct buf buf;
    buf_init(&buf);
    put_written(&buf, written);
    buf_puts(&buf, why);
    if (declared >= 0) {
        const struct geo_unit *unit = geo_edition_unit(edition, (size_t)declared);
        buf_printf(&buf, " %s (%s, %s)%s", unit->nombre, unit->departamento, unit->codigo, more);
    }
    const char *part = ": ";
    for (int i = 0; i < readings->n; i++)
        if (which & 1u << i) {
            buf_puts(&buf, part);
            put_reading(&buf, edition, &readings->all[i]);
            part = "; ";
        }
    return refuse_with(&buf, err);
}

/* Decisions ----------------------------------------------------------------- */

static bool accept(const struct rescue_reading *reading, struct geo_rescued *out, struct err *err)
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

/* Uses the CRS that was stated, in the call or in the text. */
static bool use_stated(struct geo_rescue *rescue, const struct geo_edition *edition,
                       const struct geo_written *written, const struct geo_coords *coords, int epsg,
                       struct geo_rescued *out, struct err *err)
{
    bool geographic;
    if (!geo_crs_is_geographic(rescue->crs, epsg, &geographic, err))
        return false;
    bool angles = coords->first.degrees || coords->second.degrees;
    if (angles && !geographic)
        return refuse_plainly(written, err,
                              "está en grados, pero se indicó EPSG:%d, que es en metros", epsg);
    unsigned order = rescue_stated_order(coords);
    /* In one text without letters latitude first is as common as longitude first; the one
     * that lies in the country is taken. */
    if (!order) {
        double first = coords->first.value, second = coords->second.value;
        struct geo_box box = country_box(edition, MARGIN_DEG);
        bool y_first = geographic ? geo_box_holds(box, second, first)
                                  : rescue_is_utm(rescue_metres(&coords->second),
                                                  rescue_metres(&coords->first));
        order = y_first ? 2 : 1;
    }
    bool datum_open = !written->epsg && !coords->epsg && coords->datum == GEO_DATUM_OPEN;
    struct readings readings;
    if (!rescue_read_stated(rescue->crs, coords, epsg, geographic, order, datum_open, &readings))
        return refuse_plainly(written, err, "fuera del alcance de EPSG:%d, el sistema indicado",
                              epsg);
    const struct rescue_reading *read = &readings.all[0];
    if (!geo_box_holds(country_box(edition, MARGIN_DEG), read->lon, read->lat)) {
        char why[96];
        snprintf(why, sizeof why, "en el sistema indicado, EPSG:%d, cae lejos del país", epsg);
        return refuse(edition, written, &readings, 1, err, why, -1, "");
    }
    return accept(read, out, err);
}

/* The stated CRS, of the text and the call together; 0: none. */
static bool stated_code(const struct geo_written *written, const struct geo_coords *coords,
                        int *epsg, struct err *err)
{
    int in_text = coords->epsg;
    if (coords->zone && !in_text)
        in_text = rescue_utm_code(coords->datum, coords->zone, coords->north);
    if (in_text < 0)
        return refuse_plainly(written, err, "no hay zona UTM %d en ese datum", coords->zone);
    enum geo_datum datum = rescue_datum_of(written->epsg);
    bool same_zone = !coords->zone || coords->zone == rescue_zone_of(written->epsg);
    bool same_datum = coords->datum == GEO_DATUM_OPEN || coords->datum == datum;
    if (written->epsg && coords->epsg && coords->epsg != written->epsg)
        return refuse_plainly(written, err, "el texto indica EPSG:%d, pero se indicó EPSG:%d",
                              coords->epsg, written->epsg);
    if (written->epsg && !(same_zone && same_datum))
        return refuse_plainly(written, err, "su zona o datum no es el de EPSG:%d, que se indicó",
                              written->epsg);
    *epsg = written->epsg ? written->epsg : in_text;
    return true;
}

/* The readings that lie in or next to the declared municipality, as bits. A reading that
 * only fits in PSAD56 is changed to that. */
static unsigned fitting(const struct geo_edition *edition, int declared, struct readings *readings)
{
    unsigned bits = 0;
    for (int i = 0; i < readings->n; i++) {
        struct rescue_reading *reading = &readings->all[i];
        if (fits(edition, declared, reading->lon, reading->lat))
            bits |= 1u << i;
        else if (reading->shifted &&
                 fits(edition, declared, reading->shifted_lon, reading->shifted_lat)) {
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

/* The stated lon/lat readings that lie in the country or in the margin around it. */
static unsigned standing(const struct geo_edition *edition, const struct readings *readings)
{
    unsigned inside = 0, around = 0;
    struct geo_box box = {0};
    for (int i = 0; i < readings->n; i++) {
        const struct rescue_reading *reading = &readings->all[i];
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

    struct readings readings;
    rescue_read(rescue->crs, &coords, &readings);
    if (readings.n == 0)
        return refuse_plainly(written, err, "no son grados ni metros UTM de las zonas 19 a 21");
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
            return refuse(edition, written, &readings, bits, err, "varias lecturas caben en",
                          declared, ", el municipio declarado");
    }
    unsigned bits = standing(edition, &readings);
    if (is_single(bits))
        return accept(&readings.all[lowest(bits)], out, err);
    if (bits)
        return refuse(edition, written, &readings, bits, err, "se lee de varias maneras", -1, "");
    if (declared >= 0)
        return refuse(edition, written, &readings, all, err, "ninguna lectura cae en", declared,
                      ", el municipio declarado, ni a 2 km de él");
    return refuse(edition, written, &readings, all, err,
                  "sin sistema de referencia ni municipio declarado no puede ubicarse", -1, "");
}
