/* areas.c - selects the irrigation areas that are to be measured. */
#include "geo/figures/areas.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/arena.h"
#include "geo/base/array.h"
#include "geo/place/shape.h"
#include "geo/store/results.h"

struct main_unit {
    int64_t record;
    size_t slot;
};

struct convenio {
    const char *alianza, *fecha;
};

struct geo_areas {
    struct geo_store *store;
    const struct geo_units *units;
    const char *as_of; /* NULL: every area counts */
    bool dated;
    const char **since; /* by area, of geo_areas_dated() */
    size_t cap_since;
    struct arena *arena;
    struct geo_area *list;
    size_t n, cap;
    struct main_unit *mains; /* by record */
    size_t n_mains, cap_mains;
    struct convenio *convenios; /* by alianza; read for a date only */
    size_t n_convenios, cap_convenios;
    int alianza_codigo, alianza_convenio, operacion, alianza, declarado;
    struct err *err;
    bool failed;
};

static bool no_memory(struct geo_areas *areas)
{
    areas->failed = true;
    return err_no_memory(areas->err);
}

static bool resolve_fields(struct geo_areas *areas)
{
    const struct geo_table *table = geo_table_find("areas_riego");
    const struct geo_table *alianzas = geo_table_find("alianzas");
    areas->operacion = geo_table_field(table, "fecha_operacion");
    areas->alianza = geo_table_field(table, "alianza_codigo");
    areas->declarado = geo_table_field(table, "declarado_ha");
    areas->alianza_codigo = geo_table_field(alianzas, "codigo");
    areas->alianza_convenio = geo_table_field(alianzas, "fecha_convenio");
    areas->arena = arena_new();
    return areas->arena || err_no_memory(areas->err);
}

static struct geo_areas *areas_new(struct geo_store *store, const struct geo_units *units,
                                   const char *as_of, struct err *err)
{
    struct geo_areas *areas = calloc(1, sizeof *areas);
    if (!areas) {
        err_no_memory(err);
        return NULL;
    }
    *areas = (struct geo_areas){.store = store, .units = units, .as_of = as_of, .err = err};
    if (resolve_fields(areas))
        return areas;
    geo_areas_free(areas);
    return NULL;
}

void geo_areas_free(struct geo_areas *areas)
{
    if (!areas)
        return;
    free(areas->convenios);
    free(areas->mains);
    free(areas->list);
    free(areas->since);
    arena_free(areas->arena);
    free(areas);
}

static bool add_main(void *arg, int64_t record, const char *municipio)
{
    struct geo_areas *areas = arg;
    if (!array_reserve(areas->mains, areas->cap_mains, areas->n_mains + 1))
        return no_memory(areas);
    areas->mains[areas->n_mains++] =
        (struct main_unit){record, geo_units_slot(areas->units, municipio)};
    return true;
}

static int by_record(const void *a, const void *b)
{
    int64_t x = ((const struct main_unit *)a)->record, y = ((const struct main_unit *)b)->record;
    return (x > y) - (x < y);
}

static int main_unit(const struct geo_areas *areas, int64_t record)
{
    const struct main_unit key = {.record = record};
    const struct main_unit *found =
        areas->n_mains ? bsearch(&key, areas->mains, areas->n_mains, sizeof key, by_record) : NULL;
    return found && found->slot < areas->units->n ? (int)found->slot : -1;
}

/* Dates ------------------------------------------------------------------- */

static bool add_convenio(void *arg, const struct geo_record *record)
{
    struct geo_areas *areas = arg;
    const char *fecha = geo_record_text(record, areas->alianza_convenio);
    if (!fecha)
        return true;
    if (!array_reserve(areas->convenios, areas->cap_convenios, areas->n_convenios + 1))
        return no_memory(areas);
    struct convenio *convenio = &areas->convenios[areas->n_convenios];
    convenio->alianza = arena_strdup(areas->arena, geo_record_text(record, areas->alianza_codigo));
    convenio->fecha = arena_strdup(areas->arena, fecha);
    if (!convenio->alianza || !convenio->fecha)
        return no_memory(areas);
    areas->n_convenios++;
    return true;
}

static int by_alianza(const void *a, const void *b)
{
    return strcmp(((const struct convenio *)a)->alianza, ((const struct convenio *)b)->alianza);
}

static bool read_convenios(struct geo_areas *areas)
{
    const struct geo_query query = {.no_geometry = true};
    if (!geo_store_each(areas->store, geo_table_find("alianzas"), &query, add_convenio, areas,
                        areas->err) ||
        areas->failed)
        return false;
    if (areas->n_convenios > 1)
        qsort(areas->convenios, areas->n_convenios, sizeof *areas->convenios, by_alianza);
    return true;
}

/* The day from which the area counts; NULL: always. */
static const char *since(const struct geo_areas *areas, const struct geo_record *record)
{
    const char *from = geo_record_text(record, areas->operacion);
    const struct convenio key = {.alianza = geo_record_text(record, areas->alianza)};
    if (!from && key.alianza && areas->n_convenios) {
        const struct convenio *found =
            bsearch(&key, areas->convenios, areas->n_convenios, sizeof key, by_alianza);
        from = found ? found->fecha : NULL;
    }
    return from;
}

static bool counts(const struct geo_areas *areas, const struct geo_record *record)
{
    const char *from = areas->as_of ? since(areas, record) : NULL;
    return !from || strcmp(from, areas->as_of) <= 0;
}

/* Called before the area is added to the list. */
static bool keep_since(struct geo_areas *areas, const struct geo_record *record)
{
    const char *from = since(areas, record);
    if (!array_reserve(areas->since, areas->cap_since, areas->n + 1))
        return no_memory(areas);
    areas->since[areas->n] = from ? arena_strdup(areas->arena, from) : NULL;
    areas->failed = from && !areas->since[areas->n];
    return !areas->failed || err_no_memory(areas->err);
}

/* Collecting -------------------------------------------------------------- */

static bool add_area(void *arg, const struct geo_record *record)
{
    struct geo_areas *areas = arg;
    if (!counts(areas, record))
        return true;
    if (areas->dated && !keep_since(areas, record))
        return false;
    if (!array_reserve(areas->list, areas->cap, areas->n + 1))
        return no_memory(areas);
    unsigned char *wkb = arena_alloc(areas->arena, record->wkb_len + 1);
    if (!wkb)
        return no_memory(areas);
    if (record->wkb_len)
        memcpy(wkb, record->wkb, record->wkb_len);
    areas->list[areas->n++] = (struct geo_area){
        .id = record->id,
        .wkb = wkb,
        .wkb_len = record->wkb_len,
        .declarado_ha = geo_record_real(record, areas->declarado),
        .unit = main_unit(areas, record->id),
    };
    return true;
}

static bool collect_all(struct geo_areas *areas)
{
    return geo_store_links_units(areas->store, "areas_riego", areas->units->edition, add_main,
                                 areas, areas->err) &&
           !areas->failed && ((!areas->as_of && !areas->dated) || read_convenios(areas)) &&
           geo_store_each(areas->store, geo_table_find("areas_riego"), NULL, add_area, areas,
                          areas->err) &&
           !areas->failed;
}

static bool add_new_area(void *arg, const struct geo_record *record)
{
    const struct geo_areas *areas = arg;
    for (size_t i = 0; i < areas->n; i++)
        if (areas->list[i].id == record->id)
            return true;
    return add_area(arg, record);
}

static bool collect_ids(struct geo_areas *areas, const int64_t *ids, size_t n)
{
    const struct geo_table *table = geo_table_find("areas_riego");
    for (size_t i = 0; i < n; i++) {
        const struct geo_query query = {.id = ids[i]};
        if (!geo_store_each(areas->store, table, &query, add_new_area, areas, areas->err) ||
            areas->failed)
            return false;
    }
    return true;
}

/* Adds every area whose box meets that of an area in the list, repeatedly, so that
 * clusters are complete. */
static bool collect_neighbours(struct geo_areas *areas)
{
    const struct geo_table *table = geo_table_find("areas_riego");
    for (size_t i = 0; i < areas->n; i++) {
        const struct geo_area *area = &areas->list[i];
        if (area->wkb_len == 0)
            continue;
        struct geo_shape *shape = geo_shape_parse(area->wkb, area->wkb_len, areas->err);
        if (!shape)
            return false;
        struct geo_box box = shape->box;
        geo_shape_free(shape);
        const struct geo_query query = {.box = &box};
        if (!geo_store_each(areas->store, table, &query, add_new_area, areas, areas->err) ||
            areas->failed)
            return false;
    }
    return true;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = ((const struct geo_area *)a)->id, y = ((const struct geo_area *)b)->id;
    return (x > y) - (x < y);
}

/* Collects the areas with a part in a slot wanted, and those that overlap them. */
static bool collect_wanted(struct geo_areas *areas, const bool *wanted)
{
    const struct geo_units *units = areas->units;
    for (size_t i = 0; i <= units->n; i++) {
        int64_t *ids = NULL;
        size_t n = 0;
        if (!wanted[i])
            continue;
        const char *municipio = i < units->n ? units->units[i].codigo : NULL;
        bool ok = geo_store_links_members(areas->store, "areas_riego", units->edition, municipio,
                                          true, &ids, &n, areas->err) &&
                  collect_ids(areas, ids, n);
        free(ids);
        if (!ok)
            return false;
    }
    return collect_neighbours(areas);
}

struct areas_marking {
    const struct geo_units *units;
    bool *wanted;
};

static bool mark_slots(void *arg, const struct geo_link_row *row)
{
    const struct areas_marking *marking = arg;
    marking->wanted[geo_units_slot(marking->units, row->municipio)] = true;
    if (geo_link_row_elsewhere(row))
        marking->wanted[marking->units->n] = true;
    return true;
}

/* Adds the slots in which an area collected so far has a part. */
static bool widen(const struct geo_areas *areas, bool *wanted)
{
    struct areas_marking marking = {areas->units, wanted};
    struct geo_link_book *book =
        geo_link_book_open(areas->store, "areas_riego", areas->units->edition, areas->err);
    bool ok = book != NULL;
    for (size_t i = 0; i < areas->n && ok; i++)
        ok = geo_link_book_read(book, areas->list[i].id, mark_slots, &marking, areas->err);
    geo_link_book_close(book);
    return ok;
}

struct geo_areas *geo_areas_all(struct geo_store *store, const struct geo_units *units,
                                const char *as_of, struct err *err)
{
    struct geo_areas *areas = areas_new(store, units, as_of, err);
    if (areas && collect_all(areas))
        return areas;
    geo_areas_free(areas);
    return NULL;
}

struct geo_areas *geo_areas_dated(struct geo_store *store, const struct geo_units *units,
                                  struct err *err)
{
    struct geo_areas *areas = areas_new(store, units, NULL, err);
    if (areas) {
        areas->dated = true;
        if (collect_all(areas))
            return areas;
    }
    geo_areas_free(areas);
    return NULL;
}

const char *geo_areas_since(const struct geo_areas *areas, size_t i)
{
    return areas->since[i];
}

struct geo_areas *geo_areas_wanted(struct geo_store *store, const struct geo_units *units,
                                   bool *wanted, struct err *err)
{
    struct geo_areas *areas = areas_new(store, units, NULL, err);
    if (areas &&
        geo_store_links_units(store, "areas_riego", units->edition, add_main, areas, err) &&
        !areas->failed && collect_wanted(areas, wanted) && widen(areas, wanted) &&
        collect_wanted(areas, wanted)) {
        if (areas->n > 1)
            qsort(areas->list, areas->n, sizeof *areas->list, by_id);
        return areas;
    }
    geo_areas_free(areas);
    return NULL;
}

const struct geo_area *geo_areas_list(const struct geo_areas *areas, size_t *n)
{
    *n = areas->n;
    return areas->list;
}
