/* edition_load.c - loads an edition's boundaries and water from the store. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/place/edition_internal.h"

/* Records of one table as source units; strings and WKB live in the arena. */
struct source {
    struct arena *arena;
    const struct geo_table *table;
    int codigo, nombre, provincia, departamento, uo; /* field indexes, -1: none */
    struct geo_source_unit *units;
    size_t n, room;
    struct err *err;
    bool failed;
};

static const char *text_of(struct source *source, const struct geo_record *record, int field)
{
    const char *text = field < 0 ? NULL : geo_record_text(record, field);
    return arena_strdup(source->arena, text ? text : "");
}

static bool keep_record(void *arg, const struct geo_record *record)
{
    struct source *source = arg;
    if (record->wkb_len == 0)
        return true;
    if (!array_reserve(source->units, source->room, source->n + 1))
        goto no_memory;
    struct geo_source_unit *unit = &source->units[source->n];
    *unit = (struct geo_source_unit){.unit = {.id = record->id}, .wkb_len = record->wkb_len};
    unsigned char *wkb = arena_alloc(source->arena, record->wkb_len);
    const char *codigo = text_of(source, record, source->codigo);
    unit->unit.nombre = text_of(source, record, source->nombre);
    unit->unit.provincia = text_of(source, record, source->provincia);
    unit->unit.departamento = text_of(source, record, source->departamento);
    unit->unit.uo = text_of(source, record, source->uo);
    if (!wkb || !codigo || !unit->unit.nombre || !unit->unit.provincia ||
        !unit->unit.departamento || !unit->unit.uo)
        goto no_memory;
    memcpy(wkb, record->wkb, record->wkb_len);
    unit->wkb = wkb;
    memcpy(unit->unit.codigo, codigo, strnlen(codigo, sizeof unit->unit.codigo - 1));
    source->n++;
    return true;
no_memory:
    source->failed = true;
    err_no_memory(source->err);
    return false;
}

static bool read_table(struct geo_store *store, const char *name, const char *edition,
                       struct source *source, struct err *err)
{
    const struct geo_table *table = geo_table_find(name);
    struct geo_query query = {.field = edition ? "edicion" : NULL, .equals = edition};
    source->table = table;
    source->err = err;
    source->codigo = geo_table_field(table, "codigo");
    source->nombre = geo_table_field(table, "nombre");
    source->provincia = geo_table_field(table, "provincia");
    source->departamento = geo_table_field(table, "departamento");
    source->uo = geo_table_field(table, "uo");
    return geo_store_each(store, table, &query, keep_record, source, err) && !source->failed;
}

struct geo_edition *geo_edition_load(struct geo_store *store, const char *codigo, struct err *err)
{
    struct geo_edition_info info;
    struct geo_edition *edition = NULL;
    struct source units = {0}, water = {0};
    struct arena *arena = arena_new();
    units.arena = water.arena = arena;
    if (!arena) {
        err_no_memory(err);
        return NULL;
    }
    if (!geo_store_edition(store, codigo, &info, err) ||
        !read_table(store, "municipios", info.codigo, &units, err) ||
        !read_table(store, "cuerpos_agua", NULL, &water, err))
        goto done;
    edition = geo_edition_build(info.codigo, units.units, units.n, water.units, water.n, err);
done:
    free(units.units);
    free(water.units);
    arena_free(arena);
    return edition;
}
