/* restate_facts.c - loads the facts of an edition's municipalities into one array. */
#include "geo/analysis/restate_facts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/arena.h"
#include "geo/base/array.h"
#include "geo/base/parse.h"

/* A fact as it was read. */
struct restate_facts_entry {
    const char *name;
    size_t slot;
    double value;
};

struct restate_facts_reading {
    const struct geo_units *units;
    struct arena *arena;
    struct restate_facts_entry *entries;
    size_t n, cap;
    int codigo, hecho, valor;
    struct err *err;
    bool failed;
};

static bool read_fact(void *arg, const struct geo_record *record)
{
    struct restate_facts_reading *reading = arg;
    size_t slot = geo_units_slot(reading->units, geo_record_text(record, reading->codigo));
    if (slot == reading->units->n)
        return true;
    if (!array_reserve(reading->entries, reading->cap, reading->n + 1))
        return reading->failed = !err_no_memory(reading->err), false;
    const char *name = arena_strdup(reading->arena, geo_record_text(record, reading->hecho));
    if (!name)
        return reading->failed = !err_no_memory(reading->err), false;
    reading->entries[reading->n++] =
        (struct restate_facts_entry){name, slot, geo_record_real(record, reading->valor)};
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct restate_facts_entry *)a)->name,
                  ((const struct restate_facts_entry *)b)->name);
}

static bool arrange(struct restate_facts_reading *reading, struct restate_facts *facts)
{
    size_t n_slots = reading->units->n, n_names = 0;
    if (reading->n > 1)
        qsort(reading->entries, reading->n, sizeof *reading->entries, by_name);
    for (size_t i = 0; i < reading->n; i++)
        n_names += i == 0 || by_name(&reading->entries[i - 1], &reading->entries[i]) != 0;
    facts->names = arena_array(facts->arena, n_names + 1, sizeof *facts->names);
    facts->values = calloc(n_names * n_slots + 1, sizeof *facts->values);
    if (!facts->names || !facts->values)
        return err_no_memory(reading->err);
    facts->n_slots = n_slots;
    for (size_t i = 0; i < n_names * n_slots; i++)
        facts->values[i] = NAN;
    for (size_t i = 0; i < reading->n; i++) {
        const struct restate_facts_entry *entry = &reading->entries[i];
        if (facts->n == 0 || strcmp(facts->names[facts->n - 1], entry->name) != 0)
            facts->names[facts->n++] = entry->name;
        facts->values[(facts->n - 1) * n_slots + entry->slot] = entry->value;
    }
    return true;
}

bool restate_facts_load(struct geo_store *store, const struct geo_units *units,
                        struct restate_facts *facts, struct err *err)
{
    const struct geo_table *table = geo_table_find("hechos_municipio");
    struct restate_facts_reading reading = {.units = units,
                                            .codigo = geo_table_field(table, "codigo"),
                                            .hecho = geo_table_field(table, "hecho"),
                                            .valor = geo_table_field(table, "valor"),
                                            .err = err};
    *facts = (struct restate_facts){.arena = arena_new()};
    reading.arena = facts->arena;
    bool ok = facts->arena || err_no_memory(err);
    ok = ok && geo_store_each(store, table, NULL, read_fact, &reading, err) && !reading.failed &&
         arrange(&reading, facts);
    free(reading.entries);
    if (!ok)
        restate_facts_free(facts);
    return ok;
}

void restate_facts_free(struct restate_facts *facts)
{
    free(facts->values);
    arena_free(facts->arena);
    *facts = (struct restate_facts){0};
}

int restate_facts_latest(const struct restate_facts *facts, const char *name)
{
    size_t len = strlen(name);
    int found = -1;
    int64_t latest = -1;
    for (size_t i = 0; i < facts->n; i++) {
        const char *rest = facts->names[i] + len;
        int64_t year = 0;
        if (strncmp(facts->names[i], name, len) != 0)
            continue;
        if (rest[0] && (rest[0] != '_' || !parse_int(rest + 1, 1900, 2100, &year)))
            continue;
        if (year > latest) {
            latest = year;
            found = (int)i;
        }
    }
    return found;
}
