/* linker.c - updates links and the figures that depend on them, on every edition. */
#include "geo/figures/linker.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/hash.h"
#include "geo/figures/coverage.h"
#include "geo/figures/irrigation.h"
#include "geo/figures/link_table.h"
#include "geo/store/results.h"

/* For more municipalities one pass over all records is cheaper. */
enum { ALL_UNITS = 48 };

/* An edition with what is needed to link on it. */
struct loaded {
    struct geo_edition *edition;
    struct geo_names *names;
    struct geo_units *units; /* in the edition's order: its slots are the units' indexes */
    struct loaded *next;
};

struct geo_linker {
    struct geo_store *store;
    struct loaded *loaded;
    struct geo_urban *urban; /* NULL: not opened yet */
    int64_t boundaries;      /* their layers' revisions when they were loaded */
    uint64_t aliases;        /* a hash of the names' aliases then */
    geo_progress_fn *progress;
    void *progress_arg;
};

struct geo_linker *geo_linker_open(struct geo_store *store, struct err *err)
{
    struct geo_linker *linker = calloc(1, sizeof *linker);
    if (linker)
        linker->store = store;
    else
        err_no_memory(err);
    return linker;
}

static void geo_linker_forget(struct geo_linker *linker)
{
    geo_urban_close(linker->urban);
    linker->urban = NULL;
    while (linker->loaded) {
        struct loaded *gone = linker->loaded;
        linker->loaded = gone->next;
        geo_units_free(gone->units);
        geo_names_free(gone->names);
        geo_edition_free(gone->edition);
        free(gone);
    }
}

void geo_linker_close(struct geo_linker *linker)
{
    if (!linker)
        return;
    geo_linker_forget(linker);
    free(linker);
}

void geo_linker_watch(struct geo_linker *linker, geo_progress_fn *progress, void *arg)
{
    linker->progress = progress;
    linker->progress_arg = arg;
}

/* Editions ---------------------------------------------------------------- */

static bool boundaries_revision(struct geo_linker *linker, int64_t *sum, struct err *err)
{
    *sum = 0;
    for (const struct geo_table *table = geo_tables; table->name; table++) {
        struct geo_layer_info info;
        if (!table->bounds)
            continue;
        if (!geo_store_layer(linker->store, table->name, &info, err))
            return false;
        *sum += info.revision;
    }
    return true;
}

static bool add_alias(void *arg, const char *alias, const char *codigo)
{
    uint64_t *hash = arg;
    *hash = hash_bytes(*hash, alias, strlen(alias) + 1);
    *hash = hash_bytes(*hash, codigo, strlen(codigo) + 1);
    return true;
}

static bool forget_if_changed(struct geo_linker *linker, struct err *err)
{
    int64_t now;
    uint64_t aliases = HASH_START;
    if (!boundaries_revision(linker, &now, err) ||
        !geo_store_aliases(linker->store, add_alias, &aliases, err))
        return false;
    if (now != linker->boundaries || aliases != linker->aliases)
        geo_linker_forget(linker);
    linker->boundaries = now;
    linker->aliases = aliases;
    return true;
}

/* NULL with *err filled. */
static struct loaded *load(struct geo_linker *linker, const char *codigo, struct err *err)
{
    for (struct loaded *one = linker->loaded; one; one = one->next)
        if (strcmp(geo_edition_codigo(one->edition), codigo) == 0)
            return one;
    struct loaded *made = calloc(1, sizeof *made);
    if (!made) {
        err_no_memory(err);
        return NULL;
    }
    made->next = linker->loaded;
    linker->loaded = made;
    made->edition = geo_edition_load(linker->store, codigo, err);
    made->names = made->edition ? geo_names_build(made->edition, linker->store, err) : NULL;
    made->units = made->names ? geo_units_load(linker->store, codigo, err) : NULL;
    bool ok = made->units != NULL;
    if (ok && made->units->n != geo_edition_count(made->edition))
        ok = err_set(err, ERR_SETUP, "la edición %s tiene municipios sin límites", codigo);
    if (ok)
        return made;
    geo_linker_forget(linker);
    return NULL;
}

static bool open_urban(struct geo_linker *linker, struct err *err)
{
    if (!linker->urban)
        linker->urban = geo_urban_open(linker->store, err);
    return linker->urban != NULL;
}

bool geo_linker_edition(struct geo_linker *linker, const char *codigo,
                        const struct geo_edition **edition, const struct geo_names **names,
                        struct err *err)
{
    struct geo_edition_info info;
    if (!geo_store_edition(linker->store, codigo, &info, err) || !forget_if_changed(linker, err))
        return false;
    struct loaded *loaded = load(linker, info.codigo, err);
    if (!loaded)
        return false;
    *edition = loaded->edition;
    *names = loaded->names;
    return true;
}

/* Figures ------------------------------------------------------------------ */

/* The update of one edition: first the links, then the figures that depend on them. */
struct update {
    struct geo_linker *linker;
    struct geo_link_pass pass;
    struct err *err;
    bool irrigated; /* irrigation gained or lost something */
};

static bool mark_lost(void *arg, const char *layer, const char *municipio)
{
    struct update *update = arg;
    update->pass.touched[geo_units_slot(update->pass.units, municipio)] = true;
    update->irrigated = update->irrigated || strcmp(layer, "areas_riego") == 0;
    return true;
}

/* all: every municipality, not only those marked. */
static bool store_figures(struct update *update, bool all)
{
    const struct geo_link_pass *pass = &update->pass;
    const struct geo_units *units = pass->units;
    size_t n_touched = 0;
    bool changed = false;
    if (!geo_store_lost(pass->store, units->edition, mark_lost, update, update->err) ||
        !geo_store_lost_forget(pass->store, units->edition, update->err))
        return false;
    for (size_t i = 0; i <= units->n; i++)
        n_touched += pass->touched[i];
    if (n_touched == 0 && !all)
        return true;
    bool *wanted = all || n_touched > ALL_UNITS ? NULL : pass->touched;
    if (update->irrigated &&
        !geo_irrigation_store(pass->store, pass->edition, units, wanted, &changed, update->err))
        return false;
    if (!geo_coverage_store(pass->store, units, wanted, &changed, update->err))
        return false;
    return !changed || geo_store_touch(pass->store, "municipios", NULL, false, NULL, update->err);
}

/* Steps of the progress. */
static int linked_tables(const struct geo_table *only)
{
    int n = 0;
    for (const struct geo_table *table = geo_tables; table->name; table++)
        n += table->linked && (!only || table == only);
    return n;
}

/* Updates one linked table, or all (only NULL), on one edition. */
static bool update_edition(struct update *update, const struct geo_table *only, const char *codigo)
{
    struct geo_link_pass *pass = &update->pass;
    struct loaded *on = load(update->linker, codigo, update->err);
    if (!on || !open_urban(update->linker, update->err))
        return false;
    pass->edition = on->edition;
    pass->names = on->names;
    pass->urban = update->linker->urban;
    pass->units = on->units;
    pass->touched = calloc(on->units->n + 1, sizeof *pass->touched);
    if (!pass->touched)
        return err_no_memory(update->err);
    bool ok = true, counting = false;
    double step = (pass->to - pass->from) / linked_tables(only);
    update->irrigated = false;
    for (const struct geo_table *table = geo_tables; table->name && ok; table++) {
        if (!table->linked || (only && table != only))
            continue;
        pass->to = pass->from + step;
        update->irrigated = update->irrigated || strcmp(table->name, "areas_riego") == 0;
        counting = counting || table->counted;
        ok = geo_link_table(pass, table, update->err);
        pass->from = pass->to;
    }
    if (ok && counting)
        ok = store_figures(update, !pass->ids);
    free(pass->touched);
    return ok;
}

/* The editions to update. */
struct linker_editions {
    char (*codigos)[33];
    size_t n, cap;
    bool failed;
};

static bool add_edition(void *arg, const struct geo_edition_info *edition)
{
    struct linker_editions *editions = arg;
    if (!array_reserve(editions->codigos, editions->cap, editions->n + 1))
        return !(editions->failed = true);
    memcpy(editions->codigos[editions->n++], edition->codigo, sizeof edition->codigo);
    return true;
}

static bool list_editions(struct geo_linker *linker, const char *edition,
                          struct linker_editions *editions, char counted[33], struct err *err)
{
    struct geo_edition_info info;
    counted[0] = '\0';
    if (edition) {
        if (!geo_store_edition(linker->store, edition, &info, err))
            return false;
        memcpy(counted, info.codigo, sizeof info.codigo);
        return add_edition(editions, &info) || err_no_memory(err);
    }
    if (!geo_store_editions(linker->store, add_edition, editions, err))
        return false;
    if (editions->failed)
        return err_no_memory(err);
    /* Without an edition there is nothing to link to. */
    if (editions->n == 0)
        return true;
    if (!geo_store_edition(linker->store, NULL, &info, err))
        return false;
    memcpy(counted, info.codigo, sizeof info.codigo);
    return true;
}

bool geo_linker_load(struct geo_linker *linker, struct err *err)
{
    struct linker_editions editions = {0};
    char counted[33];
    bool ok =
        forget_if_changed(linker, err) && list_editions(linker, NULL, &editions, counted, err);
    for (size_t i = 0; i < editions.n && ok; i++)
        ok = load(linker, editions.codigos[i], err) != NULL;
    free(editions.codigos);
    return ok;
}

static bool update_editions(struct update *update, const struct geo_table *only,
                            const char *edition, struct geo_link_counts *counts)
{
    struct geo_linker *linker = update->linker;
    struct geo_link_pass *pass = &update->pass;
    struct linker_editions editions = {0};
    pass->progress = linker->progress;
    pass->progress_arg = linker->progress_arg;
    char counted[33];
    struct geo_link_counts made = {0};
    bool ok = forget_if_changed(linker, update->err) &&
              list_editions(linker, edition, &editions, counted, update->err);
    for (size_t i = 0; i < editions.n && ok; i++) {
        pass->from = (double)i / (double)editions.n;
        pass->to = (double)(i + 1) / (double)editions.n;
        pass->counts = strcmp(editions.codigos[i], counted) == 0 ? &made : NULL;
        ok = update_edition(update, only, editions.codigos[i]);
    }
    pass->counts = NULL;
    free(editions.codigos);
    if (ok)
        ok = boundaries_revision(linker, &linker->boundaries, update->err);
    if (!ok) {
        geo_linker_forget(linker);
        return false;
    }
    if (pass->progress)
        pass->progress(pass->progress_arg, 1);
    if (counts)
        *counts = made;
    return true;
}

/* Updates the coverage of every municipality, after facts changed. */
static bool update_facts(struct geo_linker *linker, const char *edition, struct err *err)
{
    struct linker_editions editions = {0};
    char counted[33];
    bool changed = false;
    bool ok = list_editions(linker, edition, &editions, counted, err);
    for (size_t i = 0; i < editions.n && ok; i++) {
        struct geo_units *units = geo_units_load(linker->store, editions.codigos[i], err);
        ok = units && geo_coverage_store(linker->store, units, NULL, &changed, err);
        geo_units_free(units);
    }
    free(editions.codigos);
    if (!ok || !changed)
        return ok;
    int64_t before, after;
    ok = boundaries_revision(linker, &before, err) &&
         geo_store_touch(linker->store, "municipios", NULL, false, NULL, err) &&
         boundaries_revision(linker, &after, err);
    if (ok && before == linker->boundaries)
        linker->boundaries = after;
    return ok;
}

bool geo_linker_update(struct geo_linker *linker, const struct geo_table *table, const int64_t *ids,
                       size_t n_ids, const char *edition, struct geo_link_counts *counts,
                       struct err *err)
{
    if (counts)
        *counts = (struct geo_link_counts){0};
    if (strcmp(table->name, "hechos_municipio") == 0)
        return update_facts(linker, edition, err);
    if (table->bounds) {
        geo_linker_forget(linker);
        return geo_linker_all(linker, edition, counts, err);
    }
    if (!table->linked)
        return true;
    int64_t *sorted = NULL;
    if (ids) {
        sorted = malloc((n_ids + 1) * sizeof *sorted);
        if (!sorted)
            return err_no_memory(err);
        memcpy(sorted, ids, n_ids * sizeof *sorted);
        qsort(sorted, n_ids, sizeof *sorted, array_by_int64);
    }
    struct update update = {.linker = linker,
                            .pass = {.store = linker->store, .ids = sorted, .n_ids = n_ids},
                            .err = err};
    bool ok = update_editions(&update, table, edition, counts);
    free(sorted);
    return ok;
}

bool geo_linker_all(struct geo_linker *linker, const char *edition, struct geo_link_counts *counts,
                    struct err *err)
{
    struct update update = {.linker = linker, .pass = {.store = linker->store}, .err = err};
    return update_editions(&update, NULL, edition, counts);
}

bool geo_link_update(struct geo_store *store, const struct geo_table *table, const int64_t *ids,
                     size_t n_ids, const char *edition, struct geo_link_counts *counts,
                     struct err *err)
{
    struct geo_linker *linker = geo_linker_open(store, err);
    bool ok = linker && geo_linker_update(linker, table, ids, n_ids, edition, counts, err);
    geo_linker_close(linker);
    return ok;
}

bool geo_link_all(struct geo_store *store, const char *edition, struct geo_link_counts *counts,
                  geo_progress_fn *progress, void *arg, struct err *err)
{
    struct geo_linker *linker = geo_linker_open(store, err);
    if (linker)
        geo_linker_watch(linker, progress, arg);
    bool ok = linker && geo_linker_all(linker, edition, counts, err);
    geo_linker_close(linker);
    return ok;
}
