/* import_record.c - converts one row of the source to a record. */
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/import/import_declared.h"
#include "geo/import/import_run.h"
#include "geo/place/measure.h"

/* Takes the polygon, repaired by the reader if it was invalid. */
static bool repair(struct import_run *run, const struct geo_source_row *row,
                   struct geo_record *record, struct import_outcome *outcome, struct err *err)
{
    if (row->unrepaired != ERR_NONE)
        return err_set(err, row->unrepaired, "%s", row->unrepaired_why);
    record->wkb = row->wkb;
    record->wkb_len = row->wkb_len;
    if (!row->repair.changed)
        return true;
    outcome->repair = arena_strdup(run->row, row->repair.reason);
    if (!outcome->repair)
        return err_no_memory(err);
    struct geo_shape *shape = geo_shape_parse(record->wkb, record->wkb_len, err);
    if (!shape)
        return false;
    outcome->after_m2 = geo_measure_area(shape);
    outcome->before_m2 = outcome->after_m2 - row->repair.change_m2;
    geo_shape_free(shape);
    return true;
}

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
    return !import_faults_failed(&run->faults) || err_no_memory(err);
}

/* The geometry of the source; coordinates in columns come later. */
static bool read_geometry(struct import_run *run, const struct geo_source_row *row,
                          struct geo_record *record, struct import_outcome *outcome,
                          struct err *err)
{
    const struct geo_table *table = run->table;
    struct err bad = {0};
    if (table->geometry == GEO_NO_GEOMETRY || run->misplaced)
        return true; /* it is not stored */
    if (row->shape == GEO_SOURCE_POLYGON)
        return import_go_on(run, NULL, repair(run, row, record, outcome, &bad), &bad, err);
    if (row->shape == GEO_SOURCE_LINE) {
        record->wkb = row->wkb;
        record->wkb_len = row->wkb_len;
    } else if (table->bounds)
        import_refuse(run, NULL, "el registro no tiene polígono");
    return true;
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
    if (!keep_code(run, outcome, err) || !import_merge(run, row, record, err) ||
        !read_geometry(run, row, record, outcome, err))
        return false;
    if (run->declared && !run->misplaced && !import_read_point(run, row, record, outcome, err))
        return false;
    import_merge_place(run, record);
    return true;
}

/* Keys --------------------------------------------------------------------- */

struct import_record_key {
    const struct import_table *table;
    int64_t line;
    char text[];
};

static int compare_keys(const void *a, const void *b)
{
    return strcmp(((const struct import_record_key *)a)->text,
                  ((const struct import_record_key *)b)->text);
}

/* Writes the values of the key, each after `before`; short memory makes text fail. */
static void put_key(struct buf *text, const struct geo_table *table,
                    const struct geo_record *record, const char *before)
{
    for (int k = 0; table->key[k]; k++) {
        struct geo_value value = record->values[geo_table_field(table, table->key[k])];
        if (k)
            buf_puts(text, before);
        if (value.kind == GEO_TEXT_VALUE)
            buf_puts(text, value.text);
        else if (value.kind == GEO_INT_VALUE)
            buf_printf(text, "%lld", (long long)value.integer);
    }
}

static bool repeated_key(struct import_run *run, const struct geo_record *record,
                         const struct import_record_key *earlier, struct err *err)
{
    struct buf fields, values;
    buf_init(&fields);
    buf_init(&values);
    for (int k = 0; run->table->key[k]; k++)
        buf_printf(&fields, "%s%s", k ? ", " : "", run->table->key[k]);
    put_key(&values, run->table, record, ", ");
    if (buf_failed(&fields) || buf_failed(&values))
        err_no_memory(err);
    else
        err_set(err, ERR_INPUT, "%s «%s» ya está en la misma fuente (%s)", fields.data,
                values.data ? values.data : "", import_place(run, earlier->table, earlier->line));
    buf_free(&fields);
    buf_free(&values);
    return false;
}

bool import_check_key(struct import_run *run, const struct geo_record *record, int64_t line,
                      struct err *err)
{
    struct buf text;
    buf_init(&text);
    put_key(&text, run->table, record, "\x1f");
    struct import_record_key *key = buf_failed(&text) ? NULL : malloc(sizeof *key + text.len + 1);
    if (key) {
        key->table = run->at;
        key->line = line;
        memcpy(key->text, text.data ? text.data : "", text.len + 1);
    }
    buf_free(&text);
    struct import_record_key **found = key ? tsearch(key, &run->keys, compare_keys) : NULL;
    if (found && *found == key)
        return true;
    free(key);
    return found ? repeated_key(run, record, *found, err) : err_no_memory(err);
}

void import_forget_keys(struct import_run *run)
{
    tdestroy(run->keys, free);
    run->keys = NULL;
}
