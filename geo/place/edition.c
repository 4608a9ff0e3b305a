/* edition.c - an edition in memory: which municipality holds, or is nearest to, a point. */
#include "geo/place/edition.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/place/edition_internal.h"

/* Building -------------------------------------------------------------------- */

static int by_codigo(const void *a, const void *b)
{
    const struct geo_source_unit *const *left = a, *const *right = b;
    return strcmp((*left)->unit.codigo, (*right)->unit.codigo);
}

/* Parses the shapes, in the order of `sources`. */
static bool read_areas(struct geo_edition_areas *areas, struct arena *arena,
                       const struct geo_source_unit *const *sources, size_t n, const char *what,
                       struct err *err)
{
    areas->shapes = arena_array(arena, n, sizeof(struct geo_shape *));
    if (!areas->shapes)
        return err_no_memory(err);
    for (size_t i = 0; i < n; i++) {
        struct geo_shape *shape = geo_shape_parse(sources[i]->wkb, sources[i]->wkb_len, err);
        if (shape && shape->kind != GEO_SHAPE_POLYGON) {
            geo_shape_free(shape);
            shape = NULL;
            err_set(err, ERR_INPUT, "se espera un polígono");
        }
        if (!shape)
            return err_wrap(err, "%s %s", what, sources[i]->unit.codigo);
        areas->shapes[areas->n++] = shape;
    }
    return true;
}

/* Replaces polygons by the shells of their parts, so that the holes are filled. A pond on
 * an island, which is a part of its own, stays one. */
static bool fill_holes(struct geo_edition_areas *areas, struct arena *arena, struct err *err)
{
    struct geo_edition_areas filled = {.locate = NULL};
    size_t n_parts = 0;
    for (size_t i = 0; i < areas->n; i++)
        n_parts += areas->shapes[i]->n_parts;
    filled.shapes = arena_array(arena, n_parts, sizeof(struct geo_shape *));
    bool ok = filled.shapes || err_no_memory(err);
    for (size_t i = 0; i < areas->n; i++) {
        for (size_t p = 0; ok && p < areas->shapes[i]->n_parts; p++) {
            struct geo_shape *shell = geo_shape_shell(areas->shapes[i], p, err);
            ok = shell != NULL;
            if (ok)
                filled.shapes[filled.n++] = shell;
        }
        geo_shape_free(areas->shapes[i]);
    }
    *areas = filled;
    return ok;
}

static bool index_areas(struct geo_edition_areas *areas, struct err *err)
{
    areas->locate = geo_locate_build(areas->shapes, areas->n, err);
    return areas->locate != NULL;
}

static bool copy_unit(struct arena *arena, const struct geo_unit *from, struct geo_box box,
                      struct geo_unit *to)
{
    const char *const texts[] = {from->nombre, from->provincia, from->departamento, from->uo};
    const char **const copies[] = {&to->nombre, &to->provincia, &to->departamento, &to->uo};
    *to = *from;
    to->box = box;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        *copies[i] = arena_strdup(arena, texts[i] ? texts[i] : "");
        if (!*copies[i])
            return false;
    }
    return true;
}

static bool build(struct geo_edition *edition, const char *codigo,
                  const struct geo_source_unit *units, size_t n_units,
                  const struct geo_source_unit *water, size_t n_water, struct err *err)
{
    size_t most = n_units > n_water ? n_units : n_water;
    const struct geo_source_unit **order =
        arena_array(edition->arena, most, sizeof(struct geo_source_unit *));
    edition->codigo = arena_strdup(edition->arena, codigo);
    edition->units = arena_array(edition->arena, n_units, sizeof *edition->units);
    edition->balls = arena_array(edition->arena, n_units, sizeof *edition->balls);
    if (!order || !edition->codigo || !edition->units || !edition->balls)
        return err_no_memory(err);
    for (size_t i = 0; i < n_units; i++)
        order[i] = &units[i];
    qsort(order, n_units, sizeof(struct geo_source_unit *), by_codigo);
    for (size_t i = 1; i < n_units; i++)
        if (strcmp(order[i]->unit.codigo, order[i - 1]->unit.codigo) == 0)
            return err_set(err, ERR_INPUT, "el código %s está repetido", order[i]->unit.codigo);
    if (!read_areas(&edition->areas, edition->arena, order, n_units, "municipio", err) ||
        !index_areas(&edition->areas, err))
        return false;
    edition->box = geo_box_empty();
    for (size_t i = 0; i < n_units; i++) {
        const struct geo_shape *shape = edition->areas.shapes[i];
        if (!copy_unit(edition->arena, &order[i]->unit, shape->box, &edition->units[i]))
            return err_no_memory(err);
        edition->balls[i] = geo_measure_ball(shape);
        edition->box = geo_box_join(edition->box, shape->box);
    }
    for (size_t i = 0; i < n_water; i++)
        order[i] = &water[i];
    return read_areas(&edition->water, edition->arena, order, n_water, "cuerpo de agua", err) &&
           fill_holes(&edition->water, edition->arena, err) && index_areas(&edition->water, err);
}

struct geo_edition *geo_edition_build(const char *codigo, const struct geo_source_unit *units,
                                      size_t n_units, const struct geo_source_unit *water,
                                      size_t n_water, struct err *err)
{
    struct geo_edition *edition = calloc(1, sizeof *edition);
    if (edition)
        edition->arena = arena_new();
    if (!edition || !edition->arena) {
        free(edition);
        err_no_memory(err);
        return NULL;
    }
    if (build(edition, codigo, units, n_units, water, n_water, err))
        return edition;
    err_wrap(err, "edición %s", codigo);
    geo_edition_free(edition);
    return NULL;
}

static void free_areas(struct geo_edition_areas *areas)
{
    geo_locate_free(areas->locate);
    for (size_t i = 0; i < areas->n; i++)
        geo_shape_free(areas->shapes[i]);
}

void geo_edition_free(struct geo_edition *edition)
{
    if (!edition)
        return;
    free_areas(&edition->areas);
    free_areas(&edition->water);
    arena_free(edition->arena);
    free(edition);
}

/* Units ------------------------------------------------------------------------ */

const char *geo_edition_codigo(const struct geo_edition *edition)
{
    return edition->codigo;
}

size_t geo_edition_count(const struct geo_edition *edition)
{
    return edition->areas.n;
}

struct geo_box geo_edition_box(const struct geo_edition *edition)
{
    return edition->box;
}

const struct geo_unit *geo_edition_unit(const struct geo_edition *edition, size_t index)
{
    return &edition->units[index];
}

bool geo_edition_is_code(const char *codigo)
{
    return strlen(codigo) == 6 && !codigo[strspn(codigo, "0123456789")];
}

int geo_edition_find(const struct geo_edition *edition, const char *codigo)
{
    size_t low = 0, high = edition->areas.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(edition->units[middle].codigo, codigo);
        if (order == 0)
            return (int)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

/* Places ------------------------------------------------------------------------ */

int geo_edition_locate(const struct geo_edition *edition, double lon_deg, double lat_deg)
{
    return geo_locate_point(edition->areas.locate, lon_deg, lat_deg);
}

void geo_edition_locate_all(const struct geo_edition *edition, const double *xy, size_t n,
                            int *units)
{
    geo_locate_points(edition->areas.locate, xy, n, units);
}

double geo_edition_distance(const struct geo_edition *edition, int unit, double lon_deg,
                            double lat_deg)
{
    return geo_measure_to_shape(edition->areas.shapes[unit], lon_deg, lat_deg, NULL);
}

void geo_edition_nearest(const struct geo_edition *edition, int unit, double lon_deg,
                         double lat_deg, double nearest_deg[2])
{
    geo_measure_to_shape(edition->areas.shapes[unit], lon_deg, lat_deg, nearest_deg);
}

/* The unit with the nearest polygon; if two are equally near, the lower code (the nearest
 * point is often a vertex of both). */
static int nearest_unit(const struct geo_edition *edition, double lon_deg, double lat_deg,
                        double *distance_m)
{
    int nearest = -1;
    double best = INFINITY;
    size_t first = 0;
    double least = INFINITY;
    /* Starts with the most likely unit, so that most others are ruled out without
     * measuring. */
    for (size_t i = 0; i < edition->areas.n; i++) {
        double at_least = geo_measure_at_least(&edition->balls[i], lon_deg, lat_deg);
        if (at_least < least) {
            least = at_least;
            first = i;
        }
    }
    if (edition->areas.n)
        best = geo_edition_distance(edition, (int)first, lon_deg, lat_deg);
    for (size_t i = 0; i < edition->areas.n; i++) {
        if (geo_measure_at_least(&edition->balls[i], lon_deg, lat_deg) > best)
            continue;
        double distance =
            i == first ? best : geo_edition_distance(edition, (int)i, lon_deg, lat_deg);
        if (distance < best || (distance == best && nearest < 0)) {
            best = distance;
            nearest = (int)i;
        }
    }
    *distance_m = best;
    return nearest;
}

struct geo_place geo_edition_place(const struct geo_edition *edition, double lon_deg,
                                   double lat_deg)
{
    struct geo_place place = {.where = GEO_IN_UNIT, .distance_m = 0};
    place.unit = geo_edition_locate(edition, lon_deg, lat_deg);
    if (place.unit >= 0)
        return place;
    place.where = GEO_OUTSIDE;
    place.distance_m = NAN;
    if (edition->areas.n && geo_locate_point(edition->water.locate, lon_deg, lat_deg) >= 0) {
        place.where = GEO_IN_WATER;
        place.unit = nearest_unit(edition, lon_deg, lat_deg, &place.distance_m);
    }
    return place;
}
