/* import_fit.c - compares the tables of a source with a layer. */
#include "geo/import/import_fit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/import/import_run.h"

/* Fields with a column, and coordinates. */
static size_t count_filled(const struct geo_table *layer, const struct geo_fields *fields)
{
    const struct geo_position at = geo_fields_position(fields);
    size_t n = (at.lon >= 0 ? 2u : 0u) + (at.x >= 0 ? 2u : 0u) + (at.text >= 0 ? 1u : 0u);
    for (size_t f = 0; f < layer->n_fields; f++)
        n += geo_fields_column(fields, (int)f) >= 0;
    return n;
}

/* "nombre, anio" */
static void list_lacking(const struct geo_table *layer, const struct geo_fields *fields, char *list,
                         size_t size)
{
    size_t len = 0;
    list[0] = '\0';
    for (size_t f = 0; f < layer->n_fields; f++) {
        const struct geo_field *field = &layer->fields[f];
        bool needed = field->flags & GEO_REQUIRED && !(field->flags & GEO_DERIVED);
        if (!needed || geo_fields_column(fields, (int)f) >= 0 ||
            len + strlen(geo_field_published(field)) + 3 > size)
            continue;
        len += (size_t)snprintf(list + len, size - len, "%s%s", len ? ", " : "",
                                geo_field_published(field));
    }
}

/* Polygons are in no column. */
static bool has_shape(const struct geo_table *layer, const struct geo_source_table *source)
{
    return layer->geometry == GEO_NO_GEOMETRY ||
           source->suits_for[layer->geometry] > (layer->geometry == GEO_MULTIPOLYGON ? 1 : 0);
}

/* The table goes by the name of the layer. */
static bool is_named(const struct import_run *run, const char *table)
{
    const char *name = text_fold_column(run->row, table);
    return name && strstr(name, run->table->name);
}

static struct import_fit fit_of(const struct import_run *run,
                                const struct import_candidate *candidate)
{
    struct import_fit fit = {.layer = run->table};
    bool shape = has_shape(run->table, candidate->source);
    fit.filled = candidate->fields ? count_filled(run->table, candidate->fields) : 0;
    fit.complete = shape && candidate->why.kind == ERR_NONE;
    fit.named = is_named(run, candidate->source->name);
    snprintf(fit.table, sizeof fit.table, "%.*s",
             text_cut(candidate->source->name, sizeof fit.table - 1), candidate->source->name);
    if (!shape)
        snprintf(fit.lacks, sizeof fit.lacks, "geometría de esta capa");
    else if (candidate->fields)
        list_lacking(run->table, candidate->fields, fit.lacks, sizeof fit.lacks);
    if (!fit.complete && !fit.lacks[0])
        snprintf(fit.lacks, sizeof fit.lacks, "%.*s",
                 text_cut_words(candidate->why.message, sizeof fit.lacks - 1),
                 candidate->why.message);
    return fit;
}

/* A wide table has facts in its columns, whose headings are no fields: its codes, all of them of
 * municipalities, and its numbers tell it from a list of communities. */
static bool count_facts(struct import_run *run, size_t index, struct import_fit *fit,
                        struct err *err)
{
    const struct import_candidate *candidate = &run->candidates[index];
    size_t n = candidate->source->n_columns, numbers = 0;
    bool wide = strcmp(run->table->name, "hechos_municipio") == 0 && fit->complete && fit->lacks[0];
    int code = wide ? geo_fields_column(candidate->fields, 0) : -1;
    if (code < 0)
        return true;
    struct column_facts *facts = arena_array(run->row, n, sizeof *facts);
    struct buf note;
    if (!facts)
        return err_no_memory(err);
    buf_init(&note);
    struct err why = {0}; /* what is wrong with its rows is told when they are explained */
    bool ok = geo_source_facts(run->source, index, facts, &note, &why);
    buf_free(&note);
    if (why.kind == ERR_MEMORY)
        return err_no_memory(err);
    for (size_t c = 0; ok && c < n; c++)
        numbers += (int)c != code && facts[c].values > 0 &&
                   2 * column_facts_numbers(&facts[c]) >= facts[c].values;
    const struct column_facts *codes = &facts[code];
    int64_t of_towns = codes->n[COLUMN_CODE] + codes->n[COLUMN_SIX];
    if (ok && codes->values > 0 && of_towns >= codes->values)
        fit->filled += numbers;
    return true;
}

/* qsort()'s order: the better one first. */
static int compare(const void *a, const void *b)
{
    const struct import_fit *one = a, *two = b;
    if (one->complete != two->complete)
        return one->complete ? -1 : 1;
    if (one->filled != two->filled)
        return one->filled > two->filled ? -1 : 1;
    return two->named - one->named;
}

static bool fit_layer(struct import_run *run, const struct geo_table *layer, struct import_fit *fit,
                      struct err *err)
{
    run->table = layer;
    *fit = (struct import_fit){.layer = layer};
    if (!import_compare_tables(run, err))
        return false;
    for (size_t i = 0; i < run->n_candidates; i++) {
        struct import_fit one = fit_of(run, &run->candidates[i]);
        if (!count_facts(run, i, &one, err))
            return false;
        if (i == 0 || compare(&one, fit) < 0)
            *fit = one;
    }
    arena_reset(run->row);
    return true;
}

static bool open_names(struct import_names *names, size_t *n, const char *const *map,
                       struct err *err)
{
    for (*n = 0; geo_tables[*n].name; ++*n)
        if (!import_names_open(&names[*n], &geo_tables[*n], map, err))
            return false;
    return true;
}

bool import_fits(const struct geo_import_options *options, struct import_fit fits[GEO_TABLES_MAX],
                 size_t *n, struct err *err)
{
    struct geo_import_summary summary = {0};
    struct import_names names[GEO_TABLES_MAX] = {0};
    struct import_run run = {.options = options, .table = geo_tables, .summary = &summary};
    size_t n_names = 0;
    *n = 0;
    run.row = arena_new();
    run.kept = arena_new();
    bool ok = (run.row && run.kept) || err_no_memory(err);
    run.about = import_faults_new(run.kept);
    ok = ok && open_names(names, &n_names, options->map, err) &&
         import_open_for_any(&run, names, n_names, err);
    for (size_t t = 0; ok && geo_tables[t].name; t++) {
        ok = fit_layer(&run, &geo_tables[t], &fits[*n], err);
        *n += ok && fits[*n].filled > 0;
    }
    qsort(fits, *n, sizeof *fits, compare);
    import_close_source(&run);
    for (size_t i = 0; i < GEO_TABLES_MAX; i++)
        import_names_close(&names[i]);
    arena_free(run.row);
    arena_free(run.kept);
    return ok;
}
