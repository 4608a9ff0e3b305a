/* import_notes.c - what an import says of whole tables and columns. */
#include <string.h>

#include "geo/import/import_run.h"

const char *import_table_word(const struct geo_source_table *table)
{
    return strcmp(table->place, "fila") == 0 ? "hoja" : "capa";
}

/* "hoja «Sucre»: text" where several tables are read; lives in run->kept. */
static const char *with_table(struct import_run *run, const struct import_table *table,
                              const char *text)
{
    if (!table || run->n_tables < 2)
        return text;
    return arena_printf(run->kept, "%s «%s»: %s", import_table_word(table->source),
                        table->source->name, text);
}

static void give(struct import_run *run, const struct import_table *table, const char *text,
                 geo_finding_fn *to, void *arg)
{
    const char *sentence = to ? with_table(run, table, text) : NULL;
    if (sentence)
        to(arg, sentence);
}

void import_note(struct import_run *run, struct import_table *table, const char *text)
{
    if (!text)
        return;
    import_faults_add(table ? &table->about : &run->about, NULL, -1, NULL, true, "%s", text);
    give(run, table, text, run->options->warning, run->options->warning_arg);
}

void import_tell_columns(struct import_run *run, const struct import_table *table)
{
    const struct geo_import_options *options = run->options;
    for (size_t i = 0; i < table->about.n; i++) {
        const struct import_fault *fault = &table->about.items[i];
        if (fault->column >= 0 && fault->warning)
            give(run, table, fault->message, options->warning, options->warning_arg);
        else if (fault->column >= 0)
            give(run, table, fault->message, options->refusal, options->refusal_arg);
    }
}

/* All faults of columns as one error. */
static bool check_columns(struct import_run *run, struct err *err)
{
    const struct import_table *first = NULL;
    size_t faults = 0;
    for (size_t t = 0; t < run->n_tables; t++) {
        const struct import_table *table = &run->tables[t];
        if (import_faults_failed(&table->about))
            return err_no_memory(err);
        if (!first && table->about.errors)
            first = table;
        faults += table->about.errors;
    }
    run->summary->columns = (int64_t)faults;
    if (!first)
        return true;
    if (first->about.errors == faults) {
        import_faults_to_err(&first->about, err);
        return run->n_tables > 1
                   ? err_wrap(err, "%s «%s»", import_table_word(first->source), first->source->name)
                   : false;
    }
    const struct import_fault *fault = first->about.items;
    while (fault->warning)
        fault++;
    return err_set(err, ERR_INPUT, "%s; y %zu más en las columnas de todas las hojas",
                   with_table(run, first, fault->message), faults - 1);
}

bool import_columns_settled(struct import_run *run, struct err *err)
{
    bool wanted = (run->options->dry_run || run->options->faults) && !run->table->bounds;
    struct err bad = {0};
    if (check_columns(run, &bad))
        return true;
    if (!wanted || bad.kind != ERR_INPUT)
        return err_set(err, bad.kind, "%s", bad.message);
    run->unsettled = bad;
    return true;
}

static bool is_unsettled(const struct import_table *table, int column)
{
    for (size_t i = 0; i < table->about.n; i++)
        if (!table->about.items[i].warning && table->about.items[i].column == column)
            return true;
    return false;
}

void import_drop_unsettled(struct import_run *run)
{
    struct import_faults *faults = &run->faults;
    size_t n = 0;
    if (run->unsettled.kind == ERR_NONE)
        return;
    faults->errors = 0;
    for (size_t i = 0; i < faults->n; i++) {
        const struct import_fault *fault = &faults->items[i];
        if (fault->column < 0 ? fault->warning : is_unsettled(run->at, fault->column))
            continue;
        faults->errors += !fault->warning;
        faults->items[n++] = *fault;
    }
    faults->n = n;
}
