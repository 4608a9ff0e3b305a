/* rescue_shape.c - chooses the reading of a line or polygon that fits the declaration. */
#include "geo/place/rescue_shape.h"

#include <stdio.h>

#include "geo/place/rescue_internal.h"
#include "geo/place/rescue_read.h"
#include "geo/place/rescue_say.h"
#include "geo/place/rescue_ways.h"
#include "geo/place/rescue_where.h"

/* The work on one shape. */
struct shape_rescue {
    struct geo_crs *crs;
    const struct geo_edition *edition;
    int declared, epsg;
    const char *system;    /* as written; NULL: it has a code, or none was stated */
    struct geo_box around; /* the country's box with its margin */
    struct geo_shape *given;
    double first_x, first_y; /* its first vertex as written, once the ways are read */
    struct rescue_ways ways;
    struct geo_shape *read[WAYS_MAX]; /* in lon/lat, of the ways that lie in the country */
};

/* Where a shape lies ------------------------------------------------------------------- */

static bool touches_country(const struct shape_rescue *work, const struct geo_shape *shape)
{
    for (size_t i = 0; i < shape->n_points; i++)
        if (rescue_in_country(work->edition, shape->xy[2 * i], shape->xy[2 * i + 1]))
            return true;
    return false;
}

static bool lies_in_country(const struct shape_rescue *work, const struct geo_shape *shape)
{
    return rescue_box_within(shape->box, work->around) && touches_country(work, shape);
}

static bool fits_declared(const struct shape_rescue *work, const struct geo_shape *shape)
{
    for (size_t i = 0; i < shape->n_points; i++)
        if (rescue_fits(work->edition, work->declared, shape->xy[2 * i], shape->xy[2 * i + 1]))
            return true;
    return false;
}

/* Reading ------------------------------------------------------------------------------ */

/* Reads the shape in all ways, and keeps those that lie in the country. */
static bool read_ways(struct shape_rescue *work, struct err *err)
{
    struct err none = {0};
    struct geo_shape *numbers = rescue_numbers(work->crs, work->given, work->epsg, &none);
    if (!numbers) /* what cannot be transformed back is read as it stands */
        return none.kind != ERR_MEMORY || err_no_memory(err);
    work->first_x = numbers->xy[0];
    work->first_y = numbers->xy[1];
    bool ok = rescue_list_ways(work->crs, numbers->box, work->epsg, &work->ways, err);
    for (int i = 0; ok && i < work->ways.n; i++) {
        struct geo_box box = rescue_way_box(work->crs, &work->ways.all[i], numbers->box);
        if (geo_box_is_empty(box) || !geo_box_meets(box, work->around))
            continue;
        work->read[i] = rescue_way_shape(work->crs, &work->ways.all[i], numbers, &none);
        ok = work->read[i] || none.kind != ERR_MEMORY || err_no_memory(err);
        if (work->read[i] && !lies_in_country(work, work->read[i])) {
            geo_shape_free(work->read[i]);
            work->read[i] = NULL;
        }
    }
    geo_shape_free(numbers);
    return ok;
}

/* A reading in the system that was stated, of which only the order was wrong. */
static bool is_stated(const struct shape_rescue *work, int i)
{
    return work->epsg && work->ways.all[i].epsg == work->epsg &&
           work->ways.all[i].kinds == RESCUE_SWAPPED;
}

/* The only reading in the country, or in the declared municipality; with none declared, one in the
 * stated system goes before others. -1: none or several. */
static int choose(const struct shape_rescue *work)
{
    int found = -1;
    for (int i = 0; i < work->ways.n; i++) {
        if (!work->read[i] || (work->declared >= 0 && !fits_declared(work, work->read[i])))
            continue;
        if (work->declared < 0 && is_stated(work, i))
            return i;
        found = found < 0 ? i : work->ways.n;
    }
    return found < work->ways.n ? found : -1;
}

/* Answers ------------------------------------------------------------------------------ */

static bool accept(const struct shape_rescue *work, int chosen, struct geo_rescued *out,
                   struct buf *wkb, struct err *err)
{
    const struct geo_shape *shape = chosen < 0 ? work->given : work->read[chosen];
    const struct rescue_way *way = chosen < 0 ? NULL : &work->ways.all[chosen];
    struct geo_rescued found = {
        .lon_deg = shape->xy[0],
        .lat_deg = shape->xy[1],
        .changed = way != NULL,
        .datum_uncertain = way && (way->kinds & RESCUE_ZONE) && !work->epsg,
        .written_x = way ? work->first_x : 0,
        .written_y = way ? work->first_y : 0,
        .vertices = way ? work->given->n_points : 0,
    };
    if (!rescue_describe(&found, way ? way->kinds : 0, way ? way->epsg : work->epsg, err))
        return false;
    if (way)
        geo_shape_put_wkb(shape, shape->multi, wkb);
    if (buf_failed(wkb))
        return err_no_memory(err);
    *out = found;
    return true;
}

/* "el vértice 3 está en lon …, lat …, fuera del país" */
static void put_outside(const struct shape_rescue *work, struct buf *out)
{
    const struct geo_shape *shape = work->given;
    size_t i = 0;
    while (i + 1 < shape->n_points &&
           geo_box_holds(work->around, shape->xy[2 * i], shape->xy[2 * i + 1]))
        i++;
    if (shape->kind == GEO_SHAPE_POINT)
        buf_puts(out, "el punto está en x ");
    else
        buf_printf(out, "el vértice %zu está en x ", i + 1);
    buf_put_fixed(out, shape->xy[2 * i], 4);
    buf_puts(out, ", y ");
    buf_put_fixed(out, shape->xy[2 * i + 1], 4);
    buf_puts(out, ", fuera del país");
}

static bool refuse(const struct shape_rescue *work, struct err *err)
{
    struct buf text;
    int n = 0;
    buf_init(&text);
    put_outside(work, &text);
    for (int i = 0; i < work->ways.n; i++)
        n += work->read[i] != NULL;
    if (work->system)
        buf_printf(&text,
                   ", leído en «%s», el sistema que dice la fuente; si es otro, indíquelo con "
                   "--crs EPSG:n",
                   work->system);
    else if (n == 0)
        buf_puts(&text, ", y ningún orden, signo ni zona UTM lo pone en él");
    else if (work->declared >= 0) {
        rescue_put_unit(&text, work->edition, work->declared,
                        ", y no hay una sola lectura que caiga en ");
        buf_puts(&text, ", el municipio declarado, o a 2 km de él");
    } else
        buf_puts(&text, ", y se lee de varias maneras");
    const char *part = ": ";
    bool metres = false;
    for (int i = 0; i < work->ways.n; i++) {
        if (!work->read[i])
            continue;
        metres = metres || work->ways.all[i].epsg;
        buf_puts(&text, part);
        rescue_put_kinds(&text, work->ways.all[i].kinds);
        if (work->ways.all[i].epsg)
            buf_printf(&text, " EPSG:%d", work->ways.all[i].epsg);
        buf_puts(&text, ": ");
        rescue_put_where(&text, work->edition, work->read[i]->xy[0], work->read[i]->xy[1]);
        part = "; ";
    }
    if (metres && !work->epsg)
        buf_puts(&text, "; indique su sistema con --crs EPSG:n");
    return rescue_refuse_with(&text, err);
}

bool geo_rescue_shape(struct geo_rescue *rescue, const struct geo_edition *edition, int declared,
                      const struct geo_written_shape *written, struct geo_rescued *out,
                      struct buf *wkb, struct err *err)
{
    struct shape_rescue work = {
        .crs = rescue->crs,
        .edition = edition,
        .declared = declared,
        .epsg = written->epsg,
        .system = written->system,
        .around = rescue_country_box(edition, RESCUE_MARGIN_DEG),
        .given = geo_shape_parse_plane(written->wkb, written->wkb_len, err),
    };
    if (!work.given)
        return false;
    bool ok = true;
    if (lies_in_country(&work, work.given))
        ok = accept(&work, -1, out, wkb, err);
    else {
        ok = work.system || read_ways(&work, err);
        int chosen = ok ? choose(&work) : -1;
        if (ok)
            ok = chosen >= 0 || rescue_box_within(work.given->box, work.around)
                     ? accept(&work, chosen, out, wkb, err)
                     : refuse(&work, err);
    }
    for (int i = 0; i < work.ways.n; i++)
        geo_shape_free(work.read[i]);
    geo_shape_free(work.given);
    return ok;
}
