/* link.c - links one record to its municipality by location or declaration. */
#include "geo/figures/link.h"

#include <math.h>
#include <stdlib.h>

#include "geo/place/shape.h"

/* Every n-th vertex is measured first, some 256 of them: they rule out most of the others. */
enum { MEASURED_FIRST = 256 };

static const char *const method_names[] = {"geometria", "cercano", "codigo", "nombre", "ninguno"};
static const char *const state_names[] = {"coincide",  "vecino",  "conflicto", "ubicado",
                                          "declarado", "en_agua", "fuera",     "sin_municipio"};

const char *geo_link_method_name(enum geo_link_method method)
{
    return method_names[method];
}

const char *geo_link_state_name(enum geo_link_state state)
{
    return state_names[state];
}

/* The municipality as declared. */
struct link_declared {
    int unit; /* -1: none, or not usable */
    enum geo_link_method method;
};

static const char *field_text(const struct geo_table *table, const struct geo_record *record,
                              const char *name)
{
    int field = geo_table_field(table, name);
    return field < 0 ? NULL : geo_record_text(record, field);
}

static struct link_declared read_declared(const struct geo_edition *edition,
                                          const struct geo_names *names,
                                          const struct geo_table *table,
                                          const struct geo_record *record)
{
    const char *codigo = field_text(table, record, "municipio_codigo");
    int unit = codigo && codigo[0] ? geo_edition_find(edition, codigo) : -1;
    if (unit >= 0)
        return (struct link_declared){unit, GEO_METHOD_CODE};
    const char *nombre = field_text(table, record, "municipio_nombre");
    if (nombre && nombre[0]) {
        struct geo_names_match match =
            geo_names_find(names, nombre, field_text(table, record, "municipio_departamento"));
        if (match.kind == GEO_NAMES_ONE)
            return (struct link_declared){match.unit, GEO_METHOD_NAME};
    }
    return (struct link_declared){-1, GEO_METHOD_NONE};
}

int geo_link_declared(const struct geo_edition *edition, const struct geo_names *names,
                      const struct geo_table *table, const struct geo_record *record,
                      enum geo_link_method *how)
{
    struct link_declared declared = read_declared(edition, names, table, record);
    *how = declared.method;
    return declared.unit;
}

/* A bound of the distance in metres between two points: 1 % more than on a plane of degrees, for
 * the ellipsoid's curvature (a degree is at most 111.7 km). */
static double apart_m(const double *a, const double *b)
{
    return 1.01 * 111700 * hypot(a[0] - b[0], a[1] - b[1]);
}

/* The least distance from the shape's vertices to the unit; NaN for no unit. A vertex at
 * distance d of a measured one is nearer to the unit than that one by d at most. */
static double distance_to(const struct geo_edition *edition, const struct geo_shape *shape,
                          int unit)
{
    if (unit < 0)
        return NAN;
    size_t step = shape->n_points / MEASURED_FIRST + 1;
    double least = INFINITY;
    for (size_t i = 0; i < shape->n_points && least > 0; i += step) {
        const double *first = &shape->xy[2 * i];
        double from_first = geo_edition_distance(edition, unit, first[0], first[1]);
        least = fmin(least, from_first);
        for (size_t j = i + 1; j < shape->n_points && j < i + step; j++) {
            const double *at = &shape->xy[2 * j];
            if (from_first - apart_m(first, at) < least)
                least = fmin(least, geo_edition_distance(edition, unit, at[0], at[1]));
        }
    }
    return least;
}

/* The link of a record that lies in `unit`, or has its main part there. */
static struct geo_link located(const struct geo_edition *edition, const struct geo_shape *shape,
                               int unit, struct link_declared declared)
{
    struct geo_link link = {.unit = unit,
                            .method = GEO_METHOD_GEOMETRY,
                            .state = GEO_STATE_LOCATED,
                            .distance_m = NAN,
                            .share = 1,
                            .main = true};
    if (declared.unit < 0)
        return link;
    link.distance_m = declared.unit == unit ? 0 : distance_to(edition, shape, declared.unit);
    if (declared.unit == unit)
        link.state = GEO_STATE_AGREES;
    else
        link.state = link.distance_m <= GEO_NEXT_TO_M ? GEO_STATE_NEXT : GEO_STATE_CONFLICT;
    return link;
}

/* The place of a point; for a line or polygon that lies in no municipality, of the first
 * vertex that is not just on the border of one. */
static struct geo_place place_of(const struct geo_edition *edition, const struct geo_shape *shape)
{
    struct geo_place first = geo_edition_place(edition, shape->xy[0], shape->xy[1]);
    struct geo_place place = first;
    for (size_t i = 1; i < shape->n_points && place.where == GEO_IN_UNIT; i++) {
        if (shape->kind == GEO_SHAPE_POINT)
            break;
        place = geo_edition_place(edition, shape->xy[2 * i], shape->xy[2 * i + 1]);
    }
    return place.where == GEO_IN_UNIT ? first : place;
}

/* Links a point, or a shape that is linked like one. */
static struct geo_link link_point(const struct geo_edition *edition, const struct geo_shape *shape,
                                  struct link_declared declared)
{
    struct geo_place place = place_of(edition, shape);
    struct geo_link link = {.unit = declared.unit,
                            .method = declared.method,
                            .state = GEO_STATE_OUTSIDE,
                            .share = 1,
                            .main = true};
    switch (place.where) {
    case GEO_IN_UNIT:
        link = located(edition, shape, place.unit, declared);
        break;
    case GEO_IN_WATER:
        link.unit = place.unit;
        link.method = place.unit < 0 ? GEO_METHOD_NONE : GEO_METHOD_NEAREST;
        link.state = GEO_STATE_WATER;
        link.distance_m = place.unit < 0 ? NAN : place.distance_m;
        break;
    case GEO_OUTSIDE:
        link.distance_m = distance_to(edition, shape, declared.unit);
        break;
    }
    return link;
}

static struct geo_link link_unlocated(struct link_declared declared)
{
    return (struct geo_link){.unit = declared.unit,
                             .method = declared.method,
                             .state = declared.unit < 0 ? GEO_STATE_UNLINKED : GEO_STATE_DECLARED,
                             .distance_m = NAN,
                             .share = 1,
                             .main = true};
}

/* Links a line or polygon by its parts; the first part is in a municipality. */
static void link_parts(const struct geo_edition *edition, const struct geo_shape *shape,
                       const struct geo_part *parts, size_t n_parts, struct link_declared declared,
                       struct geo_link *links)
{
    links[0] = located(edition, shape, parts[0].unit, declared);
    for (size_t i = 0; i < n_parts; i++) {
        links[i] = links[0];
        links[i].unit = parts[i].unit;
        links[i].share = parts[i].share;
        links[i].main = i == 0;
        if (parts[i].unit < 0) {
            links[i].method = GEO_METHOD_NONE;
            links[i].state = GEO_STATE_OUTSIDE;
        }
    }
}

/* A point that lies in a municipality may be in an urban area. */
static bool ask_urban(struct geo_urban *urban, const struct geo_shape *shape, struct geo_link *link,
                      struct err *err)
{
    if (!urban || !shape || shape->kind != GEO_SHAPE_POINT || link->method != GEO_METHOD_GEOMETRY)
        return true;
    return geo_urban_holds(urban, shape->xy[0], shape->xy[1], &link->urban, err);
}

bool geo_link_record(const struct geo_edition *edition, const struct geo_names *names,
                     struct geo_urban *urban, const struct geo_table *table,
                     const struct geo_record *record, struct geo_link **links, size_t *n_links,
                     struct err *err)
{
    struct link_declared declared = read_declared(edition, names, table, record);
    struct geo_shape *shape = NULL;
    struct geo_part *parts = NULL;
    size_t n_parts = 0;
    struct geo_link *made = NULL;
    bool whole = true, done = false;
    if (record->wkb_len && !(shape = geo_shape_parse(record->wkb, record->wkb_len, err)))
        return false;
    if (shape && shape->kind != GEO_SHAPE_POINT &&
        !geo_edition_split(edition, record->wkb, record->wkb_len, &parts, &n_parts, err))
        goto done;
    whole = n_parts == 0 || parts[0].unit < 0;
    made = calloc(whole ? 1 : n_parts, sizeof *made);
    if (!made) {
        err_no_memory(err);
        goto done;
    }
    if (!shape)
        made[0] = link_unlocated(declared);
    else if (whole)
        made[0] = link_point(edition, shape, declared);
    else
        link_parts(edition, shape, parts, n_parts, declared, made);
    done = ask_urban(urban, shape, &made[0], err);
done:
    if (done) {
        *links = made;
        *n_links = whole ? 1 : n_parts;
    } else
        free(made);
    free(parts);
    geo_shape_free(shape);
    return done;
}
