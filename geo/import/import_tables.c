/* import_tables.c - opens the source of an import, and studies the tables that are read. */
#include <string.h>

#include "geo/base/budget.h"
#include "geo/base/cell.h"
#include "geo/fields/geometry_column.h"
#include "geo/import/import_choose.h"
#include "geo/import/import_columns.h"

const char *import_place(struct import_run *run, const struct import_table *table, int64_t line)
{
    const struct geo_source_table *source = table->source;
    const char *place = run->n_tables > 1
                            ? arena_printf(run->row, "%s «%s», %s %lld", import_table_word(source),
                                           source->name, source->place, (long long)line)
                            : arena_printf(run->row, "%s %lld", source->place, (long long)line);
    return place ? place : source->place;
}

static bool take(struct import_run *run, struct import_candidate *candidate, size_t index,
                 struct err *err)
{
    struct import_table *table = &run->tables[run->n_tables++];
    size_t n = candidate->source->n_columns;
    *table = (struct import_table){
        .index = index,
        .source = candidate->source,
        .fields = candidate->fields,
        .unused = arena_array(run->kept, n, sizeof *table->unused),
        .rejects_column = arena_array(run->kept, n, sizeof *table->rejects_column),
        .facts_named = arena_array(run->kept, n, sizeof *table->facts_named),
        .about = import_faults_new(run->kept)};
    int64_t count = table->source->count;
    run->count = run->count < 0 || count < 0 ? -1 : run->count + count;
    return (table->unused && table->rejects_column && table->facts_named) || err_no_memory(err);
}

/* The file of rejects has the columns of all tables, each name once. A name that a table
 * has twice is there twice. */
static bool head_rejects(struct import_run *run, struct err *err)
{
    size_t most = 0;
    for (size_t t = 0; t < run->n_tables; t++)
        most += run->tables[t].source->n_columns;
    run->rejects_heads = arena_array(run->kept, most, sizeof *run->rejects_heads);
    bool *taken = arena_array(run->kept, most, sizeof *taken);
    if (!run->rejects_heads || !taken)
        return err_no_memory(err);
    for (size_t t = 0; t < run->n_tables; t++) {
        const struct import_table *table = &run->tables[t];
        memset(taken, 0, most * sizeof *taken);
        for (size_t c = 0; c < table->source->n_columns; c++) {
            size_t at = 0;
            while (at < run->n_rejects_heads &&
                   (taken[at] || strcmp(run->rejects_heads[at], table->source->columns[c]) != 0))
                at++;
            if (at == run->n_rejects_heads)
                run->rejects_heads[run->n_rejects_heads++] = table->source->columns[c];
            taken[at] = true;
            table->rejects_column[c] = at;
        }
    }
    for (size_t h = 0; h < run->n_rejects_heads; h++) {
        cell_put_csv(&run->rejects, run->rejects_heads[h]);
        buf_putc(&run->rejects, ',');
    }
    buf_puts(&run->rejects, "motivo,linea\n");
    return true;
}

/* `done` tables were studied, and the next one up to that record. */
static void tell_studied(const struct import_run *run, size_t done, int64_t record)
{
    if (!run->n_tables)
        return;
    int64_t count = done < run->n_tables ? run->tables[done].source->count : 0;
    double part = count > 0 && record < count ? (double)record / (double)count : 0;
    import_progress(run, GEO_IMPORT_READING, ((double)done + part) / (double)run->n_tables);
}

/* For geo_source_options.waiting. */
static bool wait_for_source(void *arg, int64_t record, struct err *err)
{
    struct import_run *run = arg;
    if (run->studying)
        tell_studied(run, run->studied, record);
    return !run->store || budget_left(geo_store_budget(run->store), err);
}

static bool study(struct import_run *run, struct err *err)
{
    bool ok = true;
    run->studying = true;
    for (run->studied = 0; ok && run->studied < run->n_tables; run->studied++) {
        tell_studied(run, run->studied, 0);
        ok = import_study_columns(run, &run->tables[run->studied], err);
    }
    run->studying = false;
    if (ok)
        tell_studied(run, run->n_tables, 0);
    return ok;
}

static bool take_chosen(struct import_run *run, struct import_candidate *candidates, size_t n,
                        struct err *err)
{
    bool ok = import_choose(run, candidates, n, err);
    for (size_t i = 0; ok && i < n; i++)
        if (candidates[i].why.kind == ERR_NONE)
            ok = take(run, &candidates[i], i, err);
    for (size_t t = 0; ok && t < run->n_tables; t++)
        import_note(run, &run->tables[t], run->tables[t].source->note);
    return ok && study(run, err) && import_columns_settled(run, err) && head_rejects(run, err);
}

/* Lines and polygons may come in other numbers than lon/lat: linked records have what they declare
 * to go by, municipalities their codes. */
static bool may_come_elsewhere(const struct geo_table *table)
{
    return table->linked || strcmp(table->name, "municipios") == 0;
}

static bool open_candidates(struct import_run *run, const struct geo_source_options *how,
                            struct err *err)
{
    const struct geo_import_options *options = run->options;
    struct geo_source_options source = *how;
    source.path = options->source;
    source.header_line = options->header_line;
    source.geometry_column = geometry_column_stated(options->map);
    source.ignore = options->ignore;
    source.epsg = options->epsg;
    source.repair = true;
    source.waiting = wait_for_source;
    source.waiting_arg = run;
    source.embedded = options->embedded;
    source.limits = options->limits;
    run->source = geo_source_open(&source, err);
    if (!run->source)
        return false;
    import_note(run, NULL, geo_source_note(run->source));
    size_t n = geo_source_tables(run->source);
    run->candidates = arena_array(run->kept, n, sizeof *run->candidates);
    run->tables = arena_array(run->kept, n, sizeof *run->tables);
    if (!run->candidates || !run->tables)
        return err_no_memory(err);
    for (size_t i = 0; i < n; i++)
        run->candidates[i].source = geo_source_table(run->source, i);
    run->n_candidates = n;
    return true;
}

bool import_open_source(struct import_run *run, struct err *err)
{
    const struct geo_source_options how = {.geometry = run->table->geometry,
                                           .known = import_names_known,
                                           .fills = import_names_fills,
                                           .known_arg = &run->names,
                                           .unplaced = may_come_elsewhere(run->table),
                                           .meanwhile = import_load_editions,
                                           .meanwhile_arg = run};
    return import_names_open(&run->names, run->table, run->options->map, err) &&
           open_candidates(run, &how, err) &&
           take_chosen(run, run->candidates, run->n_candidates, err);
}

/* The names of all layers. */
struct any_names {
    const struct import_names *names;
    size_t n;
};

static bool known_to_any(void *arg, const char *name)
{
    const struct any_names *any = arg;
    for (size_t i = 0; i < any->n; i++)
        if (import_names_known((void *)(uintptr_t)&any->names[i], name))
            return true;
    return false;
}

static bool fills_any(void *arg, const char *name)
{
    const struct any_names *any = arg;
    for (size_t i = 0; i < any->n; i++)
        if (import_names_fills((void *)(uintptr_t)&any->names[i], name))
            return true;
    return false;
}

bool import_open_for_any(struct import_run *run, const struct import_names *names, size_t n_names,
                         struct err *err)
{
    struct any_names *any = arena_alloc(run->kept, sizeof *any);
    if (!any)
        return err_no_memory(err);
    *any = (struct any_names){names, n_names};
    const struct geo_source_options how = {.geometry = GEO_ANY_GEOMETRY,
                                           .known = known_to_any,
                                           .fills = fills_any,
                                           .known_arg = any,
                                           .unplaced = true};
    return open_candidates(run, &how, err);
}

bool import_compare_tables(struct import_run *run, struct err *err)
{
    for (size_t i = 0; i < run->n_candidates; i++) {
        struct import_candidate *one = &run->candidates[i];
        geo_fields_free(one->fields);
        *one = (struct import_candidate){.source = one->source};
        import_choose_consider(run, one);
        if (one->why.kind == ERR_MEMORY)
            return err_no_memory(err);
    }
    return true;
}

void import_close_source(struct import_run *run)
{
    for (size_t i = 0; i < run->n_candidates; i++)
        geo_fields_free(run->candidates[i].fields);
    geo_source_close(run->source);
    import_names_close(&run->names);
}

bool import_begin_table(struct import_run *run, struct import_table *table, struct err *err)
{
    run->at = table;
    run->fields = table->fields;
    return import_zeros_begin(run, err) && geo_source_read(run->source, table->index, err);
}
