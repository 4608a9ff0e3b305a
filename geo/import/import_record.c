/* import_record.c - converts one row of the source to a record. */
#include <string.h>

#include "geo/base/text.h"
#include "geo/import/import_declared.h"
#include "geo/import/import_run.h"

/* Restores the leading zero of a declared code that a spreadsheet removed. */
static bool restore_zero(struct import_run *run, const char *field, struct err *err)
{
    int index = geo_table_field(run->table, field);
    if (index < 0 || run->values[index].kind != GEO_TEXT_VALUE)
        return true;
    run->values[index].text = declared_code(run->row, run->values[index].text);
    return run->values[index].text || err_no_memory(err);
}

static bool keep_code(struct import_run *run, struct import_outcome *outcome, struct err *err)
{
    int index = geo_table_field(run->table, "codigo");
    const char *codigo =
        index >= 0 && run->values[index].kind == GEO_TEXT_VALUE ? run->values[index].text : NULL;
    if (codigo)
        outcome->codigo = arena_strdup(run->row, codigo);
    return !codigo || outcome->codigo || err_no_memory(err);
}

/* Read first, so that a record rejected for another field is reported with its code. */
static bool read_code(struct import_run *run, const struct geo_source_row *row,
                      struct import_outcome *outcome, struct err *err)
{
    int field = geo_table_field(run->table, "codigo");
    int column = field >= 0 ? geo_fields_column(run->fields, field) : -1;
    const char *text = column >= 0 ? row->cells[column].text : NULL;
    const char *clean = text ? text_clean(run->row, text) : NULL;
    if (clean && clean[0] && !(outcome->codigo = arena_strdup(run->row, clean)))
        return err_no_memory(err);
    return true;
}

bool import_read_fields(struct import_run *run, const struct geo_source_row *row, struct err *err)
{
    const struct source_cells cells = {row->line, run->at->source->n_columns, row->cells};
    geo_fields_read(run->fields, &cells, run->row, run->values, &run->faults);
    geo_fields_compare_twins(run->fields, &cells, run->row, &run->faults);
    return !import_faults_failed(&run->faults) || err_no_memory(err);
}

/* Where the record lies: its shape may have to be put right, its point be read. */
static bool read_place(struct import_run *run, const struct geo_source_row *row,
                       struct geo_record *record, struct import_outcome *outcome, struct err *err)
{
    if (!run->declared || run->misplaced)
        return true;
    if (run->table->linked)
        return import_read_point(run, row, record, outcome, err);
    const struct declared_unit none = {.edition = declared_edition(run->declared), .unit = -1};
    return import_place_shape(run, row, &none, record, outcome, err);
}

/* Those of municipalities are told when all their parts are joined (import_units_join.c). */
static bool tell_repair(struct import_run *run, const struct import_outcome *outcome,
                        struct err *err)
{
    if (!import_repair_is_large(outcome) || strcmp(run->table->name, "municipios") == 0)
        return true;
    const char *text = import_repair_text(run, outcome);
    if (text)
        import_warn(run, NULL, "%s", text);
    return text || err_no_memory(err);
}

bool import_read_record(struct import_run *run, const struct geo_source_row *row,
                        struct geo_record *record, struct import_outcome *outcome, struct err *err)
{
    *record = (struct geo_record){.values = run->values};
    if (!read_code(run, row, outcome, err) || !import_read_fields(run, row, err) ||
        !restore_zero(run, "municipio_codigo", err))
        return false;
    if (run->table->bounds && !restore_zero(run, "codigo", err))
        return false;
    if (!keep_code(run, outcome, err) || !import_merge(run, row, record, err))
        return false;
    import_check_total(run, row, record);
    if (!import_read_shape(run, row, record, outcome, err) ||
        !read_place(run, row, record, outcome, err) || !tell_repair(run, outcome, err))
        return false;
    import_merge_place(run, record);
    return true;
}
