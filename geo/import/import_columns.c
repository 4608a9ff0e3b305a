/* import_columns.c - studies the columns of a source, and names those that fill no field. */
#include "geo/import/import_columns.h"

#include <stdio.h>
#include <string.h>

#include "geo/base/text.h"

/* Reads the source from start to end, and rewinds it. Rows with a bad geometry count too; they are
 * rejected when they are read again. */
static bool count_cells(struct import_run *run, struct column_facts *facts, struct err *err)
{
    struct geo_source_row row;
    bool more = true;
    while (more) {
        struct err bad = {0};
        bool ok = geo_source_next(run->source, &row, &more, &bad);
        if (!ok && !more) {
            *err = bad;
            return false;
        }
        for (size_t c = 0; more && row.values && c < geo_source_columns(run->source); c++) {
            struct source_cell cell = {!row.values[c] ? SOURCE_CELL_EMPTY
                                       : geo_source_column_is_number(run->source, c)
                                           ? SOURCE_CELL_NUMBER
                                           : SOURCE_CELL_TEXT,
                                       row.values[c]};
            column_facts_add(&facts[c], &cell, row.line);
        }
    }
    geo_source_rewind(run->source);
    return true;
}

bool import_study_columns(struct import_run *run, const struct geo_field *others,
                          const struct column_facts **facts, struct err *err)
{
    struct column_facts *all = arena_array(run->kept, geo_source_columns(run->source), sizeof *all);
    struct import_faults notes = import_faults_new(run->kept);
    if (!all)
        return err_no_memory(err);
    *facts = all;
    if (!count_cells(run, all, err))
        return false;
    bool ok = geo_fields_settle(run->fields, all, others, &notes, err);
    for (size_t i = 0; ok && run->options->warning && i < notes.n; i++)
        run->options->warning(run->options->warning_arg, notes.items[i].message);
    return ok;
}

void import_note_unused(struct import_run *run, const struct geo_source_row *row)
{
    for (size_t c = 0; row->values && c < geo_source_columns(run->source); c++)
        if (row->values[c] && !geo_fields_uses(run->fields, c))
            run->unused[c] = true;
}

void import_add_unused(struct import_run *run, size_t column, const char *why)
{
    char *list = run->summary->unused;
    size_t len = strlen(list), size = sizeof run->summary->unused;
    char entry[sizeof run->summary->unused];
    snprintf(entry, sizeof entry, "%s%s%s%s%s", len ? ", " : "",
             geo_source_column_names(run->source)[column], why ? " (" : "", why ? why : "",
             why ? ")" : "");
    snprintf(list + len, size - len, "%.*s", text_cut(entry, (int)(size - len) - 1), entry);
}

void import_tell_unused(struct import_run *run)
{
    for (size_t c = 0; c < geo_source_columns(run->source); c++)
        if (run->unused[c] && !geo_fields_is_ours(run->fields, c))
            import_add_unused(run, c, NULL);
}
