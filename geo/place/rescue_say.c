/* rescue_say.c - the words of a rescue: what was done, and why a coordinate is refused. */
#include "geo/place/rescue_say.h"

#include <stdarg.h>
#include <stdio.h>

#include "geo/base/text.h"
#include "geo/place/rescue_where.h"

static const struct {
    enum rescue_kind kind;
    const char *name;
} kind_names[] = {
    {RESCUE_SWAPPED, "invertidas"}, {RESCUE_SIGN, "signo"},          {RESCUE_DMS, "gms"},
    {RESCUE_COMMA, "coma_decimal"}, {RESCUE_POINT, "punto_perdido"}, {RESCUE_ZONE, "utm_zona"},
    {RESCUE_DATUM, "datum"},        {RESCUE_LINK, "enlace"},         {RESCUE_VIEW, "vista"},
    {RESCUE_MGRS, "mgrs"},          {RESCUE_PLUS, "codigo_plus"},    {RESCUE_MERCATOR, "mercator"},
};

/* "coordenada «… ; …»: "; the texts were parsed, so they are UTF-8. */
static void put_written(struct buf *buf, const struct geo_written *written)
{
    buf_printf(buf, "coordenada «%.*s%s%s»: ", text_cut(written->first, 100), written->first,
               written->second ? " ; " : "", written->second ? written->second : "");
}

bool rescue_refuse_with(struct buf *buf, struct err *err)
{
    if (buf_failed(buf))
        err_no_memory(err);
    else
        err_set(err, ERR_INPUT, "%s", buf->data);
    buf_free(buf);
    return false;
}

bool rescue_refuse_plainly(const struct geo_written *written, struct err *err, const char *format,
                           ...)
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
    return rescue_refuse_with(&buf, err);
}

void rescue_put_kinds(struct buf *buf, unsigned kinds)
{
    const char *part = "";
    for (size_t i = 0; i < sizeof kind_names / sizeof *kind_names; i++)
        if (kinds & kind_names[i].kind) {
            buf_printf(buf, "%s%s", part, kind_names[i].name);
            part = "+";
        }
}

void rescue_put_where(struct buf *buf, const struct geo_edition *edition, double lon, double lat)
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

void rescue_put_unit(struct buf *buf, const struct geo_edition *edition, int declared,
                     const char *before)
{
    const struct geo_unit *unit = geo_edition_unit(edition, (size_t)declared);
    buf_printf(buf, "%s%s (%s, %s)", before, unit->nombre, unit->departamento, unit->codigo);
}

static void put_reading(struct buf *buf, const struct geo_edition *edition,
                        const struct rescue_reading *reading)
{
    unsigned kinds = reading->kinds & reading->said;
    if (reading->zone)
        buf_printf(buf, "UTM %d S%s", reading->zone, kinds ? " " : "");
    else if (!kinds)
        buf_puts(buf, "tal como está");
    rescue_put_kinds(buf, kinds);
    buf_puts(buf, ": ");
    rescue_put_where(buf, edition, reading->lon, reading->lat);
}

/* More readings than these outside the country tell nothing: they are counted. */
enum { OUTSIDE_TOLD = 2 };

/* Those of `which`, in their order. */
static void put_readings(struct buf *buf, const struct geo_edition *edition,
                         const struct readings *readings, unsigned which)
{
    unsigned outside = 0;
    int n_outside = 0;
    const char *part = ": ";
    for (int i = 0; i < readings->n; i++)
        if (which & 1u << i &&
            !rescue_in_country(edition, readings->all[i].lon, readings->all[i].lat)) {
            outside |= 1u << i;
            n_outside++;
        }
    bool counted = n_outside > OUTSIDE_TOLD;
    for (int i = 0; i < readings->n; i++)
        if ((counted ? which & ~outside : which) & 1u << i) {
            buf_puts(buf, part);
            put_reading(buf, edition, &readings->all[i]);
            part = "; ";
        }
    if (counted)
        buf_printf(buf, "%s%d lecturas caen fuera del país", part, n_outside);
}

bool rescue_refuse(const struct geo_edition *edition, const struct geo_written *written,
                   const struct readings *readings, unsigned which, struct err *err,
                   const char *why, int declared, const char *more)
{
    struct buf buf;
    buf_init(&buf);
    put_written(&buf, written);
    buf_puts(&buf, why);
    if (declared >= 0) {
        rescue_put_unit(&buf, edition, declared, " ");
        buf_puts(&buf, more);
    }
    put_readings(&buf, edition, readings, which);
    return rescue_refuse_with(&buf, err);
}

bool rescue_describe(struct geo_rescued *rescued, unsigned kinds, int epsg, struct err *err)
{
    struct buf buf;
    buf_init(&buf);
    rescue_put_kinds(&buf, kinds);
    bool ok = !buf_failed(&buf);
    snprintf(rescued->how, sizeof rescued->how, "%s", buf.data ? buf.data : "");
    buf_free(&buf);
    if (epsg)
        snprintf(rescued->crs, sizeof rescued->crs, "EPSG:%d", epsg);
    else
        snprintf(rescued->crs, sizeof rescued->crs, "OGC:CRS84");
    return ok || err_no_memory(err);
}
