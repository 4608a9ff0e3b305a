/* reach.c - loads communities and works, marks communities within a distance. */
#include "geo/analysis/reach.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/reach_tree.h"
#include "geo/base/arena.h"
#include "geo/base/array.h"
#include "geo/base/parse.h"
#include "geo/figures/coverage.h"
#include "geo/place/geos.h"
#include "geo/store/results.h"

/* Alliances and works between two checks of the budget: an outline of many vertices takes
 * some ms. */
enum { MARKS_A_LOOK = 16 };

/* Loading ------------------------------------------------------------------ */

struct slot_of {
    int64_t record;
    size_t slot;
};

struct loader {
    struct geo_store *store;
    struct geo_reach *reach;
    const char *as_of;
    struct slot_of *slots; /* of the communities, by row id */
    size_t n_slots, room_slots, room_places, room_what;
    int codigo, nombre, personas, date;
    bool date_needed; /* without one the record does not count */
    const struct geo_coverage *coverage;
    struct geo_geos *geos;
    struct err *err;
    bool failed;
};

static bool fail(struct loader *loader)
{
    loader->failed = true;
    return false;
}

static bool out_of_memory(struct loader *loader)
{
    err_no_memory(loader->err);
    return fail(loader);
}

static bool add_slot(void *arg, int64_t record, const char *municipio)
{
    struct loader *loader = arg;
    if (!array_reserve(loader->slots, loader->room_slots, loader->n_slots + 1))
        return out_of_memory(loader);
    loader->slots[loader->n_slots++] =
        (struct slot_of){record, geo_units_slot(loader->reach->units, municipio)};
    return true;
}

static int by_record(const void *a, const void *b)
{
    int64_t x = ((const struct slot_of *)a)->record, y = ((const struct slot_of *)b)->record;
    return (x > y) - (x < y);
}

static bool add_place(struct loader *loader, const char *codigo, const char *nombre, double lon,
                      double lat, int64_t people, size_t slot)
{
    struct geo_reach *reach = loader->reach;
    if (!array_reserve(reach->places, loader->room_places, reach->n_places + 1))
        return out_of_memory(loader);
    struct geo_reach_place *place = &reach->places[reach->n_places];
    *place = (struct geo_reach_place){.lon_deg = lon,
                                      .lat_deg = lat,
                                      .people = people,
                                      .slot = slot,
                                      .codigo = arena_strdup(reach->arena, codigo ? codigo : ""),
                                      .nombre = arena_strdup(reach->arena, nombre ? nombre : "")};
    if (!place->codigo || !place->nombre)
        return out_of_memory(loader);
    geo_measure_space((const double[]){lon, lat}, place->space);
    reach->n_places++;
    reach->people += people;
    return true;
}

static bool add_community(void *arg, const struct geo_record *record)
{
    struct loader *loader = arg;
    if (!record->wkb_len)
        return true;
    struct geo_shape *shape = geo_shape_parse(record->wkb, record->wkb_len, loader->err);
    if (!shape)
        return fail(loader);
    const struct slot_of key = {.record = record->id};
    const struct slot_of *slot =
        loader->n_slots ? bsearch(&key, loader->slots, loader->n_slots, sizeof key, by_record)
                        : NULL;
    bool ok = add_place(loader, geo_record_text(record, loader->codigo),
                        geo_record_text(record, loader->nombre), shape->xy[0], shape->xy[1],
                        geo_record_int(record, loader->personas),
                        slot ? slot->slot : loader->reach->units->n);
    geo_shape_free(shape);
    return ok;
}

static bool load_communities(struct loader *loader)
{
    const struct geo_table *table = geo_table_find("comunidades");
    loader->codigo = geo_table_field(table, "codigo");
    loader->nombre = geo_table_field(table, "nombre");
    loader->personas = geo_table_field(table, "personas");
    return geo_store_links_units(loader->store, table->name, loader->reach->units->edition,
                                 add_slot, loader, loader->err) &&
           !loader->failed &&
           geo_store_each(loader->store, table, NULL, add_community, loader, loader->err) &&
           !loader->failed;
}

static bool add_municipality(void *arg, const struct geo_record *record)
{
    struct loader *loader = arg;
    const char *codigo = geo_record_text(record, loader->codigo);
    size_t slot = geo_units_slot(loader->reach->units, codigo);
    if (slot == loader->reach->units->n || !record->wkb_len)
        return true;
    double people = loader->coverage->rows[slot].poblacion_rural, lon, lat;
    if (!(people > 0))
        return true;
    struct geo_shape *shape = geo_shape_parse(record->wkb, record->wkb_len, loader->err);
    struct geo_geom *geom = shape ? geo_geos_from_shape(loader->geos, shape, loader->err) : NULL;
    bool ok = geom && geo_geos_inside(loader->geos, geom, &lon, &lat, loader->err);
    geo_geos_free_geom(loader->geos, geom);
    geo_shape_free(shape);
    return ok ? add_place(loader, codigo, geo_record_text(record, loader->nombre), lon, lat,
                          llround(people), slot)
              : fail(loader);
}

static bool load_municipalities(struct loader *loader)
{
    const struct geo_table *table = geo_table_find("municipios");
    const char *edition = loader->reach->units->edition;
    const struct geo_query of_edition = {.field = "edicion", .equals = edition};
    const struct geo_coverage_query query = {.group = GEO_BY_MUNICIPIO, .edition = edition};
    struct geo_coverage *coverage = geo_coverage_compute(loader->store, &query, loader->err);
    loader->coverage = coverage;
    loader->geos = coverage ? geo_geos_new(loader->err) : NULL;
    loader->codigo = geo_table_field(table, "codigo");
    loader->nombre = geo_table_field(table, "nombre");
    bool ok =
        loader->geos &&
        geo_store_each(loader->store, table, &of_edition, add_municipality, loader, loader->err) &&
        !loader->failed;
    geo_geos_free(loader->geos);
    geo_coverage_free(coverage);
    return ok;
}

static bool add_what(void *arg, const struct geo_record *record)
{
    struct loader *loader = arg;
    struct geo_reach *reach = loader->reach;
    const char *date = geo_record_text(record, loader->date);
    if ((!date && loader->date_needed) ||
        (date && loader->as_of && strcmp(date, loader->as_of) > 0))
        return true;
    if (!record->wkb_len) {
        reach->n_nowhere++;
        return true;
    }
    if (!array_reserve(reach->what, loader->room_what, reach->n_what + 1))
        return out_of_memory(loader);
    struct geo_shape *shape = geo_shape_parse(record->wkb, record->wkb_len, loader->err);
    if (!shape)
        return fail(loader);
    reach->what[reach->n_what++] = shape;
    return true;
}

/* Loads the records that coverage counts (geo/figures/coverage.h). */
static bool load_what(struct loader *loader, const char *layer, const char *date, bool date_needed)
{
    const struct geo_table *table = geo_table_find(layer);
    loader->date = geo_table_field(table, date);
    loader->date_needed = date_needed;
    return geo_store_each(loader->store, table, NULL, add_what, loader, loader->err) &&
           !loader->failed;
}

static int by_codigo(const void *a, const void *b)
{
    const struct geo_reach_place *x = a, *y = b;
    return strcmp(x->codigo, y->codigo);
}

struct geo_reach *geo_reach_load(struct geo_store *store, const struct geo_reach_query *query,
                                 struct err *err)
{
    if (query->as_of && !parse_date(query->as_of)) {
        err_set(err, ERR_INPUT, "«%s» no es una fecha: se espera AAAA-MM-DD", query->as_of);
        return NULL;
    }
    struct geo_reach *reach = calloc(1, sizeof *reach);
    struct loader loader = {.store = store, .reach = reach, .as_of = query->as_of, .err = err};
    if (!reach || !(reach->arena = arena_new())) {
        free(reach);
        err_no_memory(err);
        return NULL;
    }
    reach->budget = geo_store_budget(store);
    reach->units = geo_units_load(store, query->edition, err);
    bool ok = reach->units && load_communities(&loader);
    reach->communities = reach->n_places > 0;
    if (ok && !reach->communities)
        ok = load_municipalities(&loader);
    if (ok && query->of & GEO_REACH_ALIANZAS)
        ok = load_what(&loader, "alianzas", "fecha_convenio", true);
    if (ok && query->of & GEO_REACH_SUBPROYECTOS)
        ok = load_what(&loader, "subproyectos", "fecha_inicio", false);
    free(loader.slots);
    if (!ok) {
        geo_reach_free(reach);
        return NULL;
    }
    if (reach->n_places)
        qsort(reach->places, reach->n_places, sizeof *reach->places, by_codigo);
    return reach;
}

void geo_reach_free(struct geo_reach *reach)
{
    if (!reach)
        return;
    for (size_t i = 0; i < reach->n_what; i++)
        geo_shape_free(reach->what[i]);
    free(reach->what);
    free(reach->places);
    geo_units_free(reach->units);
    arena_free(reach->arena);
    free(reach);
}

/* Distances ----------------------------------------------------------------- */

static void mark_place(void *reached, uint32_t place)
{
    ((bool *)reached)[place] = true;
}

bool geo_reach_mark(const struct geo_reach *reach, double distance_m, bool *reached,
                    struct err *err)
{
    struct reach_tree *tree = reach_tree_new(reach, distance_m, err);
    bool ok = tree != NULL;
    if (ok)
        memset(reached, 0, reach->n_places * sizeof *reached);
    for (size_t i = 0; ok && i < reach->n_what; i++) {
        reach_tree_mark(tree, reach->what[i], mark_place, reached);
        ok = i % MARKS_A_LOOK != 0 || budget_left(reach->budget, err);
    }
    reach_tree_free(tree);
    return ok;
}
