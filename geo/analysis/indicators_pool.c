/* indicators_pool.c - tables read once into memory, each record with its slot. */
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/indicators_internal.h"
#include "geo/base/array.h"
#include "geo/store/results.h"

struct indicators_pool_loading {
    struct pool *pool;
    struct pool_table *into;
    bool failed;
};

static bool keep_record(void *arg, const struct geo_record *record)
{
    struct indicators_pool_loading *loading = arg;
    struct pool_table *into = loading->into;
    struct arena *arena = loading->pool->arena;
    size_t n_fields = into->table->n_fields;
    loading->failed = true;
    if (!array_reserve(into->records, into->cap, into->n + 1))
        return false;
    struct pool_record *kept = &into->records[into->n];
    *kept = (struct pool_record){.id = record->id,
                                 .slot = loading->pool->units->n,
                                 .values = arena_array(arena, n_fields, sizeof *kept->values)};
    if (!kept->values)
        return false;
    for (size_t f = 0; f < n_fields; f++) {
        kept->values[f] = record->values[f];
        if (kept->values[f].kind == GEO_TEXT_VALUE &&
            !(kept->values[f].text = arena_strdup(arena, record->values[f].text)))
            return false;
    }
    into->n++;
    loading->failed = false;
    return true;
}

/* Links come in order of row id, as the records do. */
struct indicators_pool_placing {
    const struct pool *pool;
    struct pool_table *table;
    size_t next;
};

static bool place_record(void *arg, int64_t record, const char *municipio)
{
    struct indicators_pool_placing *placing = arg;
    struct pool_table *table = placing->table;
    while (placing->next < table->n && table->records[placing->next].id < record)
        placing->next++;
    if (placing->next < table->n && table->records[placing->next].id == record)
        table->records[placing->next].slot = geo_units_slot(placing->pool->units, municipio);
    return true;
}

struct by_codigo {
    const char *codigo;
    size_t slot;
};

static int compare_codigo(const void *a, const void *b)
{
    return strcmp(((const struct by_codigo *)a)->codigo, ((const struct by_codigo *)b)->codigo);
}

/* Assigns each record the slot of its alliance. */
static bool place_by_alliance(struct pool *pool, struct pool_table *table)
{
    const struct geo_table *alianzas = geo_table_find("alianzas");
    int codigo = geo_table_field(alianzas, "codigo");
    int alliance = geo_table_field(table->table, "alianza_codigo");
    struct pool_table *from = pool_get(pool, alianzas);
    if (!from)
        return false;
    struct by_codigo *list = calloc(from->n + 1, sizeof *list);
    if (!list)
        return err_no_memory(pool->err);
    for (size_t i = 0; i < from->n; i++)
        list[i] = (struct by_codigo){from->records[i].values[codigo].text, from->records[i].slot};
    if (from->n > 1)
        qsort(list, from->n, sizeof *list, compare_codigo);
    for (size_t i = 0; i < table->n; i++) {
        const struct by_codigo key = {.codigo = table->records[i].values[alliance].text};
        const struct by_codigo *found =
            key.codigo && from->n ? bsearch(&key, list, from->n, sizeof key, compare_codigo) : NULL;
        if (found)
            table->records[i].slot = found->slot;
    }
    free(list);
    return true;
}

struct pool_table *pool_get(struct pool *pool, const struct geo_table *table)
{
    for (size_t i = 0; i < pool->n_tables; i++)
        if (pool->tables[i].table == table)
            return &pool->tables[i];
    if (pool->n_tables == POOL_TABLES) {
        err_set(pool->err, ERR_SETUP, "más de %d clases de registros", POOL_TABLES);
        return NULL;
    }
    struct pool_table *made = &pool->tables[pool->n_tables++];
    struct indicators_pool_loading loading = {.pool = pool, .into = made};
    struct indicators_pool_placing placing = {.pool = pool, .table = made};
    const struct geo_query query = {.no_geometry = true};
    struct geo_layer_info info;
    made->table = table;
    if (!geo_store_layer(pool->store, table->name, &info, pool->err) ||
        !geo_store_each(pool->store, table, &query, keep_record, &loading, pool->err))
        return NULL;
    made->simulated = info.simulated;
    if (loading.failed) {
        err_no_memory(pool->err);
        return NULL;
    }
    bool ok = true;
    if (table->linked)
        ok = geo_store_links_units(pool->store, table->name, pool->units->edition, place_record,
                                   &placing, pool->err);
    else if (geo_table_field(table, "alianza_codigo") >= 0)
        ok = place_by_alliance(pool, made);
    return ok ? made : NULL;
}

void pool_free(struct pool *pool)
{
    for (size_t i = 0; i < pool->n_tables; i++)
        free(pool->tables[i].records);
    arena_free(pool->arena);
}
