/* import_columns.c - studies the columns of a source, and names those that fill no field. */
#include "geo/import/import_columns.h"

#include <stdio.h>
#include <string.h>

#include "geo/base/text.h"

/* Each column of numbers of a wide table of facts fills this field; NULL: none does. */
static const struct geo_field *field_of_others(const struct import_run *run,
                                               const struct import_table *table)
{
    int hecho = geo_table_field(run->table, "hecho"), valor = geo_table_field(run->table, "valor");
    bool wide = strcmp(run->table->name, "hechos_municipio") == 0 &&
                (geo_fields_column(table->fields, hecho) < 0 ||
                 geo_fields_column(table->fields, valor) < 0);
    return wide ? &run->table->fields[valor] : NULL;
}

bool import_study_columns(struct import_run *run, struct import_table *table, struct err *err)
{
    size_t n = table->source->n_columns;
    struct column_facts *facts = arena_array(run->kept, n, sizeof *facts);
    if (!facts)
        return err_no_memory(err);
    table->facts = facts;
    struct buf note;
    buf_init(&note);
    bool ok = geo_source_facts(run->source, table->index, facts, &note, err) &&
              (!buf_failed(&note) || err_no_memory(err));
    if (ok && note.len)
        import_note(run, table, note.data);
    buf_free(&note);
    if (!ok)
        return false;
    struct err faults = {0}; /* they stay in table->about */
    ok = geo_fields_settle(table->fields, facts, field_of_others(run, table), &table->about,
                           &faults) ||
         faults.kind == ERR_INPUT;
    import_tell_columns(run, table);
    return ok || err_set(err, faults.kind, "%s", faults.message);
}

void import_note_unused(struct import_run *run, const struct geo_source_row *row)
{
    for (size_t c = 0; row->cells && c < run->at->source->n_columns; c++)
        if (row->cells[c].text && !geo_fields_uses(run->fields, c) &&
            (int)c != run->at->source->geometry_column)
            run->at->unused[c] = true;
}

void import_add_unused(struct import_run *run, size_t column, const char *why)
{
    char *list = run->summary->unused;
    size_t len = strlen(list), size = sizeof run->summary->unused;
    char entry[sizeof run->summary->unused];
    snprintf(entry, sizeof entry, "%s%s%s%s%s", len ? ", " : "", run->at->source->columns[column],
             why ? " (" : "", why ? why : "", why ? ")" : "");
    if (run->summary->unused_more || strlen(entry) >= size - len)
        run->summary->unused_more++;
    else
        memcpy(list + len, entry, strlen(entry) + 1);
    if (why)
        import_faults_add(&run->at->about, NULL, -1, NULL, true, "Columna «%s» sin usar: %s.",
                          run->at->source->columns[column], why);
}

const char *import_unused_note(struct import_run *run, const struct import_table *table)
{
    struct buf note;
    buf_init(&note);
    for (size_t c = 0; c < table->source->n_columns; c++)
        if (table->unused[c] && !geo_fields_is_ours(table->fields, c))
            buf_printf(&note, "%s«%s»",
                       note.len ? ", " : "Columnas sin usar: ", table->source->columns[c]);
    if (note.len)
        buf_puts(&note, ".");
    const char *copy =
        buf_failed(&note) ? NULL : arena_strdup(run->kept, note.data ? note.data : "");
    buf_free(&note);
    return copy;
}

/* A name that an earlier table has too is not said again. */
static bool told_before(const struct import_run *run, size_t column)
{
    const char *name = run->at->source->columns[column];
    for (const struct import_table *table = run->tables; table < run->at; table++)
        for (size_t c = 0; c < table->source->n_columns; c++)
            if (table->unused[c] && strcmp(table->source->columns[c], name) == 0)
                return true;
    return false;
}

void import_tell_unused(struct import_run *run)
{
    for (size_t c = 0; c < run->at->source->n_columns; c++)
        if (run->at->unused[c] && !geo_fields_is_ours(run->fields, c) && !told_before(run, c))
            import_add_unused(run, c, NULL);
}
