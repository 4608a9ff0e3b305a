#include "geo/linker.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/coverage.h"
#include "geo/irrigation.h"
#include "geo/results.h"

/* Above so many records one scan of the table is cheaper than as many look-ups,
 * and above so many municipalities one pass over all records. */
enum { SCAN_RECORDS = 64, ALL_UNITS = 48 };

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
    int64_t boundaries; /* their layers' revisions when they were loaded */
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

void geo_linker_forget(struct geo_linker *linker)
{
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

/* Editions ---------------------------------------------------------------- */

static bool boundaries_revision(struct geo_linker *linker, int64_t *sum, struct err *err)
{
    static const char *const layers[] = {"municipios", "cuerpos_agua", "zonas_urbanas"};
    *sum = 0;
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        struct geo_layer_info info;
        if (!geo_store_layer(linker->store, layers[i], &info, err))
            return false;
        *sum += info.revision;
    }
    return true;
}

static bool forget_if_changed(struct geo_linker *linker, struct err *err)
{
    int64_t now;
    if (!boundaries_revision(linker, &now, err))
        return false;
    if (now != linker->boundaries)
        geo_linker_forget(linker);
    linker->boundaries = now;
    return true;
}

static bool load(struct geo_linker *linker, const char *codigo, struct loaded **out,
                 struct err *err)
{
    for (struct loaded *one = linker->loaded; one; one = one->next)
        if (strcmp(geo_edition_codigo(one->edition), codigo) == 0) {
            *out = one;
            return true;
        }
    struct loaded *made = calloc(1, sizeof *made);
    if (!made)
        return err_no_memory(err);
    made->next = linker->loaded;
    linker->loaded = made;
    made->edition = geo_edition_load(linker->store, codigo, err);
    made->names = made->edition ? geo_names_build(made->edition, linker->store, err) : NULL;
    made->units = made->names ? geo_units_load(linker->store, codigo, err) : NULL;
    bool ok = made->units != NULL;
    if (ok && made->units->n != geo_edition_count(made->edition))
        ok = err_set(err, ERR_SETUP, "la edición %s tiene municipios sin límites", codigo);
    if (!ok) {
        geo_linker_forget(linker);
        return false;
    }
    *out = made;
    return true;
}

bool geo_linker_edition(struct geo_linker *linker, const char *codigo,
                        const struct geo_edition **edition, const struct geo_names **names,
                        struct err *err)
{
    struct geo_edition_info info;
    struct loaded *loaded;
    if (!geo_store_edition(linker->store, codigo, &info, err) || !forget_if_changed(linker, err) ||
        !load(linker, info.codigo, &loaded, err))
        return false;
    *edition = loaded->edition;
    *names = loaded->names;
    return true;
}

/* Links of one table on one edition ---------------------------------------- */

struct pass {
    struct geo_linker *linker;
    struct loaded *on;
    const struct geo_table *table;
    struct geo_link_book *book;
    bool *touched;                  /* slots that gained or lost something; units->n + 1 */
    bool irrigated;                 /* some of it irrigation */
    bool changed;                   /* a link differs from the stored one */
    struct geo_link_counts *counts; /* NULL: not counted */
    const int64_t *ids;             /* sorted; NULL: all */
    size_t n_ids;
    bool *found;
    geo_progress_fn *progress;
    void *progress_arg;
    double from, to;
    int64_t done, total;
    struct err *err;
    bool failed;
};

/* The slots in which a link counts the record or holds a part of it. */
static void mark(struct pass *pass, const struct geo_link_row *row)
{
    pass->touched[geo_units_slot(pass->on->units, row->municipio)] = true;
    if (geo_results_elsewhere(row))
        pass->touched[pass->on->units->n] = true;
}

struct comparison {
    struct pass *pass;
    const struct geo_link_row *rows;
    size_t n_rows, at;
    bool same;
};

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_row(const struct geo_link_row *a, const struct geo_link_row *b)
{
    return same_text(a->municipio, b->municipio) && same_text(a->metodo, b->metodo) &&
           same_text(a->estado, b->estado) && a->parte == b->parte && a->urbana == b->urbana &&
           (a->distancia_m == b->distancia_m || (isnan(a->distancia_m) && isnan(b->distancia_m)));
}

static bool compare_row(void *arg, const struct geo_link_row *stored)
{
    struct comparison *comparison = arg;
    mark(comparison->pass, stored);
    if (comparison->at >= comparison->n_rows ||
        !same_row(stored, &comparison->rows[comparison->at]))
        comparison->same = false;
    comparison->at++;
    return true;
}

/* Stores the links of a record; none for one that is no more. */
static bool put_links(struct pass *pass, int64_t record, const struct geo_link *links, size_t n)
{
    struct geo_link_row *rows = calloc(n + 1, sizeof *rows);
    if (!rows)
        return err_no_memory(pass->err);
    for (size_t i = 0; i < n; i++) {
        const struct geo_link *link = &links[i];
        rows[i] = (struct geo_link_row){
            .municipio = link->unit < 0
                             ? NULL
                             : geo_edition_unit(pass->on->edition, (size_t)link->unit)->codigo,
            .metodo = geo_link_method_name(link->method),
            .estado = geo_link_state_name(link->state),
            .distancia_m = link->distance_m,
            .parte = link->share,
            .urbana = link->urban,
        };
        mark(pass, &rows[i]);
    }
    struct comparison comparison = {.pass = pass, .rows = rows, .n_rows = n, .same = true};
    bool ok = geo_link_book_read(pass->book, record, compare_row, &comparison, pass->err);
    if (ok && (!comparison.same || comparison.at != n)) {
        pass->changed = true;
        ok = geo_link_book_put(pass->book, record, rows, n, pass->err);
    }
    free(rows);
    return ok;
}

static bool link_one(void *arg, const struct geo_record *record)
{
    struct pass *pass = arg;
    struct geo_link *links = NULL;
    size_t n = 0;
    if (!geo_link_record(pass->on->edition, pass->on->names, pass->table, record, &links, &n,
                         pass->err)) {
        int codigo = geo_table_field(pass->table, "codigo");
        const char *name = codigo < 0 ? NULL : geo_record_text(record, codigo);
        err_wrap(pass->err, "vincular %s %s", pass->table->name, name ? name : "");
        pass->failed = true;
        return false;
    }
    if (pass->counts) {
        pass->counts->records++;
        pass->counts->by_state[links[0].state]++;
    }
    pass->failed = !put_links(pass, record->id, links, n);
    free(links);
    if (pass->progress && pass->total && ++pass->done % 256 == 0)
        pass->progress(pass->progress_arg, pass->from + (pass->to - pass->from) *
                                                            (double)pass->done /
                                                            (double)pass->total);
    return !pass->failed;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The wanted ones of a scan. */
static bool link_wanted(void *arg, const struct geo_record *record)
{
    struct pass *pass = arg;
    const int64_t *at = bsearch(&record->id, pass->ids, pass->n_ids, sizeof *pass->ids, by_id);
    if (!at)
        return true;
    pass->found[at - pass->ids] = true;
    return link_one(pass, record);
}

struct look_up {
    struct pass *pass;
    bool found;
};

static bool link_found(void *arg, const struct geo_record *record)
{
    struct look_up *look_up = arg;
    look_up->found = true;
    return link_one(look_up->pass, record);
}

static bool link_listed(struct pass *pass)
{
    struct geo_store *store = pass->linker->store;
    if (pass->n_ids > SCAN_RECORDS) {
        if (!geo_store_each(store, pass->table, NULL, link_wanted, pass, pass->err) || pass->failed)
            return false;
    } else
        for (size_t i = 0; i < pass->n_ids; i++) {
            struct geo_query query = {.id = pass->ids[i]};
            struct look_up look_up = {.pass = pass};
            if (!geo_store_each(store, pass->table, &query, link_found, &look_up, pass->err) ||
                pass->failed)
                return false;
            pass->found[i] = look_up.found;
        }
    for (size_t i = 0; i < pass->n_ids; i++)
        if (!pass->found[i] && !put_links(pass, pass->ids[i], NULL, 0))
            return false;
    return true;
}

/* ids is sorted. */
static bool link_table(struct pass *pass)
{
    bool ok = false;
    pass->failed = false;
    pass->done = 0;
    pass->book = geo_link_book_open(pass->linker->store, pass->table->name,
                                    geo_edition_codigo(pass->on->edition), pass->err);
    if (!pass->book)
        return false;
    if (pass->ids) {
        pass->found = calloc(pass->n_ids + 1, sizeof *pass->found);
        ok = pass->found ? link_listed(pass) : err_no_memory(pass->err);
        free(pass->found);
    } else
        ok = geo_store_count(pass->linker->store, pass->table, NULL, &pass->total, pass->err) &&
             geo_store_each(pass->linker->store, pass->table, NULL, link_one, pass, pass->err) &&
             !pass->failed;
    geo_link_book_close(pass->book);
    if (ok && pass->changed)
        ok = geo_store_touch(pass->linker->store, pass->table->name, NULL, false, NULL, pass->err);
    pass->changed = false;
    return ok;
}

/* Figures ------------------------------------------------------------------ */

static bool mark_lost(void *arg, const char *layer, const char *municipio)
{
    struct pass *pass = arg;
    pass->touched[geo_units_slot(pass->on->units, municipio)] = true;
    pass->irrigated = pass->irrigated || strcmp(layer, "areas_riego") == 0;
    return true;
}

/* all: every municipality, whatever was marked. */
static bool store_figures(struct pass *pass, bool all)
{
    struct geo_store *store = pass->linker->store;
    const struct geo_units *units = pass->on->units;
    size_t n_touched = 0;
    bool changed = false;
    if (!geo_results_lost(store, units->edition, mark_lost, pass, pass->err) ||
        !geo_results_forget_lost(store, units->edition, pass->err))
        return false;
    for (size_t i = 0; i <= units->n; i++)
        n_touched += pass->touched[i];
    if (n_touched == 0 && !all)
        return true;
    bool *wanted = all || n_touched > ALL_UNITS ? NULL : pass->touched;
    if (pass->irrigated &&
        !geo_irrigation_store(store, pass->on->edition, units, wanted, &changed, pass->err))
        return false;
    if (!geo_coverage_store(store, units, wanted, &changed, pass->err))
        return false;
    return !changed || geo_store_touch(store, "municipios", NULL, false, NULL, pass->err);
}

/* Whether a table's records count in coverage; communities are only linked. */
static bool counts_in_coverage(const struct geo_table *table)
{
    return strcmp(table->name, "comunidades") != 0;
}

/* One linked table, or every one of them (table NULL), on one edition. */
static bool update_edition(struct geo_linker *linker, const char *codigo, struct pass *pass)
{
    const struct geo_table *only = pass->table;
    if (!load(linker, codigo, &pass->on, pass->err))
        return false;
    pass->touched = calloc(pass->on->units->n + 1, sizeof *pass->touched);
    if (!pass->touched)
        return err_no_memory(pass->err);
    bool ok = true, counting = false;
    double from = pass->from, step = (pass->to - pass->from) / (only ? 1 : 4);
    pass->irrigated = false;
    for (const struct geo_table *table = geo_tables; table->name && ok; table++) {
        if (!table->linked || (only && table != only))
            continue;
        pass->table = table;
        pass->from = from;
        pass->to = from = from + step;
        pass->irrigated = pass->irrigated || strcmp(table->name, "areas_riego") == 0;
        counting = counting || counts_in_coverage(table);
        ok = link_table(pass);
    }
    if (ok && counting)
        ok = store_figures(pass, !pass->ids);
    pass->table = only;
    free(pass->touched);
    return ok;
}

/* Every edition meant, one after the other. */
struct editions {
    char (*codigos)[33];
    size_t n;
    bool failed;
};

static bool add_edition(void *arg, const struct geo_edition_info *edition)
{
    struct editions *editions = arg;
    void *grown = realloc(editions->codigos, (editions->n + 1) * sizeof *editions->codigos);
    if (!grown) {
        editions->failed = true;
        return false;
    }
    editions->codigos = grown;
    memcpy(editions->codigos[editions->n++], edition->codigo, sizeof edition->codigo);
    return true;
}

static bool list_editions(struct geo_linker *linker, const char *edition, struct editions *editions,
                          char counted[33], struct err *err)
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
    /* Without any edition yet there is nothing to link to. */
    if (editions->n == 0)
        return true;
    if (!geo_store_edition(linker->store, NULL, &info, err))
        return false;
    memcpy(counted, info.codigo, sizeof info.codigo);
    return true;
}

static bool update_editions(struct geo_linker *linker, const char *edition, struct pass *pass,
                            struct geo_link_counts *counts)
{
    struct editions editions = {0};
    char counted[33];
    struct geo_link_counts made = {0};
    bool ok = forget_if_changed(linker, pass->err) &&
              list_editions(linker, edition, &editions, counted, pass->err);
    for (size_t i = 0; i < editions.n && ok; i++) {
        pass->from = (double)i / (double)editions.n;
        pass->to = (double)(i + 1) / (double)editions.n;
        pass->counts = strcmp(editions.codigos[i], counted) == 0 ? &made : NULL;
        ok = update_edition(linker, editions.codigos[i], pass);
    }
    free(editions.codigos);
    if (ok)
        ok = boundaries_revision(linker, &linker->boundaries, pass->err);
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

/* The coverage of every municipality: facts changed. */
static bool update_facts(struct geo_linker *linker, const char *edition, struct err *err)
{
    struct editions editions = {0};
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
    bool current = true;
    int64_t before, after;
    ok = boundaries_revision(linker, &before, err) &&
         geo_store_touch(linker->store, "municipios", NULL, false, NULL, err) &&
         boundaries_revision(linker, &after, err);
    current = before == linker->boundaries;
    if (ok && current)
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
    if (!table->linked) {
        geo_linker_forget(linker);
        return geo_linker_all(linker, edition, counts, NULL, NULL, err);
    }
    int64_t *sorted = NULL;
    if (ids) {
        sorted = malloc((n_ids + 1) * sizeof *sorted);
        if (!sorted)
            return err_no_memory(err);
        memcpy(sorted, ids, n_ids * sizeof *sorted);
        qsort(sorted, n_ids, sizeof *sorted, by_id);
    }
    struct pass pass = {
        .linker = linker, .table = table, .ids = sorted, .n_ids = n_ids, .err = err};
    bool ok = update_editions(linker, edition, &pass, counts);
    free(sorted);
    return ok;
}

bool geo_linker_all(struct geo_linker *linker, const char *edition, struct geo_link_counts *counts,
                    geo_progress_fn *progress, void *arg, struct err *err)
{
    struct pass pass = {.linker = linker, .progress = progress, .progress_arg = arg, .err = err};
    return update_editions(linker, edition, &pass, counts);
}
