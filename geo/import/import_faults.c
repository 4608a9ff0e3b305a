/* import_faults.c - gathers what is wrong with each record of an import. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/fields/field_accepts.h"
#include "geo/import/import_columns.h"
#include "geo/import/import_located.h"

/* So many records to correct are kept with their cells, for the page and the workbook. */
enum { MAX_KEPT_ROWS = 20000 };

/* The column that fills a field; -1: none. */
static int column_of(const struct import_run *run, const char *field)
{
    int index = field ? geo_table_field(run->table, field) : -1;
    return index >= 0 && run->fields ? geo_fields_column(run->fields, index) : -1;
}

static bool was_refused(const struct import_run *run, const char *field)
{
    for (size_t i = 0; field && i < run->faults.n; i++) {
        const struct import_fault *fault = &run->faults.items[i];
        if (!fault->warning && fault->field && strcmp(fault->field, field) == 0)
            return true;
    }
    return false;
}

static bool has_value(const struct import_run *run, const char *field)
{
    int index = field ? geo_table_field(run->table, field) : -1;
    return index >= 0 && run->values[index].kind != GEO_NULL;
}

static void add(struct import_run *run, const char *field, bool warning, const char *format,
                va_list args)
{
    char sentence[ERR_MESSAGE_MAX + 256]; /* import_faults_add() cuts it at a word */
    int column = column_of(run, field);
    const char *value = column >= 0 && run->cells ? run->cells[column].text : NULL;
    if (warning && was_refused(run, field)) /* it has no value to be remarked on */
        return;
    vsnprintf(sentence, sizeof sentence, format, args);
    import_faults_add(&run->faults, field, column, value, warning, "%s", sentence);
    if (!import_faults_failed(&run->faults))
        run->faults.items[run->faults.n - 1].readable = has_value(run, field);
}

void import_refuse(struct import_run *run, const char *field, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(run, field, false, format, args);
    va_end(args);
}

void import_warn(struct import_run *run, const char *field, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(run, field, true, format, args);
    va_end(args);
}

bool import_go_on(struct import_run *run, const char *field, bool ok, const struct err *bad,
                  struct err *err)
{
    if (ok)
        return true;
    if (bad->kind != ERR_INPUT) {
        *err = *bad;
        return false;
    }
    import_refuse(run, field, "%s", bad->message);
    return true;
}

/* Keeping ---------------------------------------------------------------------------- */

static bool keep_fault(struct arena *arena, const struct import_fault *fault,
                       struct import_fault *kept)
{
    *kept = *fault;
    kept->message = arena_strdup(arena, fault->message);
    kept->value = fault->value ? arena_strdup(arena, fault->value) : NULL;
    return kept->message && (kept->value || !fault->value);
}

/* What is stored came with the same source: nothing is taken from an older record. */
static void drop_of_stored(struct import_faults *faults)
{
    size_t n = 0;
    for (size_t i = 0; i < faults->n; i++)
        if (!faults->items[i].of_stored)
            faults->items[n++] = faults->items[i];
    faults->n = n;
}

void import_refuse_repeated(struct import_run *run, const char *field, const char *key,
                            const char *place)
{
    drop_of_stored(&run->faults);
    import_refuse(run, field, "%s ya está en la misma fuente (%s)", key, place);
    if (!import_faults_failed(&run->faults))
        run->faults.items[run->faults.n - 1].repeated = true;
}

bool import_is_repeated(const struct import_fault *faults, size_t n, size_t column)
{
    for (size_t i = 0; i < n; i++)
        if (faults[i].repeated && faults[i].column == (int)column)
            return true;
    return false;
}

/* Not those of a record whose geometry no cell can hold: without it, the record would lose it. */
static bool keep_cells(struct import_run *run, const struct geo_source_row *row,
                       struct import_outcome *outcome, struct err *err)
{
    const char *heads[2];
    size_t n = run->at->source->n_columns;
    size_t all = n + import_geometry_heads(run, run->at, heads);
    struct source_cell *cells = arena_array(run->kept, all, sizeof *cells);
    bool fits = true;
    if (!cells)
        return err_no_memory(err);
    if (all > n && !import_geometry_cells(run, row, cells + n, &fits, err))
        return false;
    for (size_t c = 0; fits && c < n; c++) {
        if (import_is_repeated(outcome->faults, outcome->n_faults, c))
            continue;
        cells[c] = row->cells[c];
        if (cells[c].text && !(cells[c].text = arena_strdup(run->kept, row->cells[c].text)))
            return err_no_memory(err);
    }
    outcome->cells = fits ? cells : NULL;
    run->kept_rows += fits;
    return true;
}

bool import_keep_faults(struct import_run *run, const struct geo_source_row *row,
                        struct import_outcome *outcome, struct err *err)
{
    const struct import_faults *faults = &run->faults;
    if (import_faults_failed(faults))
        return err_no_memory(err);
    if (faults->n == 0)
        return true;
    struct import_fault *kept = arena_array(run->kept, faults->n, sizeof *kept);
    if (!kept)
        return err_no_memory(err);
    for (size_t i = 0; i < faults->n; i++)
        if (!keep_fault(run->kept, &faults->items[i], &kept[i]))
            return err_no_memory(err);
    outcome->faults = kept;
    outcome->n_faults = faults->n;
    outcome->n_errors = faults->errors;
    bool wanted = faults->errors && run->options->faults && row->cells;
    return !wanted || run->kept_rows >= MAX_KEPT_ROWS || keep_cells(run, row, outcome, err);
}

bool import_warn_kept(struct import_run *run, struct import_outcome *outcome, const char *message,
                      struct err *err)
{
    struct import_fault *faults = arena_array(run->kept, outcome->n_faults + 1, sizeof *faults);
    const char *copy = arena_strdup(run->kept, message);
    if (!faults || !copy)
        return err_no_memory(err);
    if (outcome->n_faults)
        memcpy(faults, outcome->faults, outcome->n_faults * sizeof *faults);
    faults[outcome->n_faults++] =
        (struct import_fault){.column = -1, .message = copy, .warning = true};
    outcome->faults = faults;
    return true;
}

const char *import_faults_text(struct import_run *run, const struct import_outcome *outcome,
                               bool warnings)
{
    struct buf text;
    buf_init(&text);
    for (size_t i = 0; i < outcome->n_faults; i++)
        if (outcome->faults[i].warning == warnings)
            buf_printf(&text, "%s%s", text.len ? "; " : "", outcome->faults[i].message);
    const char *copy =
        buf_failed(&text) ? NULL : arena_strdup(run->row, text.data ? text.data : "");
    buf_free(&text);
    return copy;
}

/* Giving ----------------------------------------------------------------------------- */

/* What the cell of a fault takes; NULL: its message says it, or memory is short. */
static const char *accepted(struct import_run *run, const struct import_table *table,
                            const struct import_fault *fault)
{
    int index = fault->field ? geo_table_field(run->table, fault->field) : -1;
    const struct geo_field *field = index >= 0 ? &run->table->fields[index] : NULL;
    if (fault->warning || fault->column < 0)
        return NULL;
    if (fault->repeated)
        return "lo que no tenga ya otro registro; si es el mismo, borre la fila";
    if (fault->readable && field && field->type != GEO_TEXT)
        return NULL;
    if (!field && strcmp(run->table->name, "hechos_municipio") == 0 &&
        !geo_fields_uses(table->fields, (size_t)fault->column))
        field = &run->table->fields[geo_table_field(run->table, "valor")];
    struct buf words;
    buf_init(&words);
    field_put_accepts(&words, field);
    const char *copy =
        buf_failed(&words) || !words.data ? NULL : arena_strdup(run->kept, words.data);
    buf_free(&words);
    return copy;
}

/* The heading that would fill the field that an unused column looks like; NULL: it is none. */
static const char *heading_for(struct import_run *run, const struct import_table *table,
                               const struct import_fault *fault)
{
    int index = fault->field ? geo_table_field(run->table, fault->field) : -1;
    if (fault->warning || fault->column < 0 || index < 0 ||
        geo_fields_uses(table->fields, (size_t)fault->column))
        return NULL;
    return arena_printf(run->kept, "el encabezado «%s», si la columna tiene eso",
                        run->table->fields[index].title);
}

struct fault_entry import_fault_entry(struct import_run *run, const struct import_table *table,
                                      int64_t row, const struct import_fault *fault)
{
    return (struct fault_entry){.row = row,
                                .column = fault->column,
                                .field = fault->field,
                                .value = fault->value,
                                .message = fault->message,
                                .accepted = row ? accepted(run, table, fault)
                                                : heading_for(run, table, fault),
                                .warning = fault->warning};
}

const char **import_notes_of(struct import_run *run, const struct import_table *table, size_t *n)
{
    const struct import_faults *about = table ? &table->about : &run->about;
    const char **notes = arena_array(run->kept, about->n + 1, sizeof *notes);
    const char *unused = table ? import_unused_note(run, table) : "";
    *n = 0;
    for (size_t i = 0; notes && i < about->n; i++)
        if (about->items[i].column < 0)
            notes[(*n)++] = about->items[i].message;
    if (notes && unused && unused[0])
        notes[(*n)++] = unused;
    return unused ? notes : NULL;
}

static void count_faults(const struct import_run *run, const struct import_table *table,
                         struct fault_sheet *sheet)
{
    sheet->n_faults = table->about.n;
    for (size_t i = 0; i < run->n_outcomes; i++)
        if (run->outcomes[i].table == table) {
            sheet->n_faults += run->outcomes[i].n_faults;
            sheet->n_rows += run->outcomes[i].cells != NULL;
        }
}

/* The faults of the columns go first. */
static void put_entries(struct import_run *run, const struct import_table *table,
                        struct fault_sheet *sheet, struct fault_entry *entries,
                        struct source_cells *rows)
{
    size_t e = 0, r = 0;
    for (size_t i = 0; i < table->about.n; i++)
        if (table->about.items[i].column >= 0)
            entries[e++] = import_fault_entry(run, table, 0, &table->about.items[i]);
    for (size_t i = 0; i < run->n_outcomes; i++) {
        const struct import_outcome *outcome = &run->outcomes[i];
        if (outcome->table != table)
            continue;
        for (size_t f = 0; f < outcome->n_faults; f++)
            entries[e++] = import_fault_entry(run, table, outcome->line, &outcome->faults[f]);
        if (outcome->cells)
            rows[r++] = (struct source_cells){outcome->line, sheet->n_columns, outcome->cells};
    }
    sheet->n_faults = e;
}

/* The columns of the source, and those of the geometry. NULL: memory. */
static const char **heads_of(struct import_run *run, const struct import_table *table, size_t *n)
{
    const char *more[2];
    size_t own = table->source->n_columns;
    size_t n_more = import_geometry_heads(run, table, more);
    const char **heads = arena_array(run->kept, own + n_more, sizeof *heads);
    *n = own + n_more;
    for (size_t c = 0; heads && c < *n; c++)
        heads[c] = c < own ? table->source->columns[c] : more[c - own];
    return heads;
}

static bool fill_sheet(struct import_run *run, const struct import_table *table,
                       struct fault_sheet *sheet)
{
    const struct geo_source_table *source = table->source;
    *sheet = (struct fault_sheet){.name = run->n_tables > 1 ? source->name : "",
                                  .place = source->place,
                                  .read = table->read,
                                  .rejected = table->rejected};
    sheet->columns = heads_of(run, table, &sheet->n_columns);
    count_faults(run, table, sheet);
    struct fault_entry *entries = arena_array(run->kept, sheet->n_faults, sizeof *entries);
    struct source_cells *rows = arena_array(run->kept, sheet->n_rows, sizeof *rows);
    sheet->notes = import_notes_of(run, table, &sheet->n_notes);
    if (!entries || !rows || !sheet->notes || !sheet->columns)
        return false;
    put_entries(run, table, sheet, entries, rows);
    sheet->faults = entries;
    sheet->rows = rows;
    return true;
}

static bool fill_places(struct import_run *run, struct fault_sheet *sheets, struct err *err)
{
    for (size_t t = 0; t < run->n_tables; t++)
        if (!import_located_places(run, &run->tables[t], &sheets[t].places, &sheets[t].n_places,
                                   &sheets[t].places_left_out, err))
            return false;
    return true;
}

bool import_give_faults(struct import_run *run, const char *stopped, struct err *err)
{
    const struct geo_import_options *options = run->options;
    const struct geo_import_summary *summary = run->summary;
    if (!options->faults)
        return true;
    struct fault_sheet *sheets = arena_array(run->kept, run->n_tables, sizeof *sheets);
    size_t n_notes;
    const char **notes = import_notes_of(run, NULL, &n_notes);
    for (size_t t = 0; sheets && t < run->n_tables; t++)
        if (!fill_sheet(run, &run->tables[t], &sheets[t]))
            return err_no_memory(err);
    if (!sheets || !notes)
        return err_no_memory(err);
    if (!fill_places(run, sheets, err))
        return false;
    bool lonlat = false;
    const char *heads[2];
    for (size_t t = 0; t < run->n_tables; t++)
        lonlat = lonlat || import_geometry_heads(run, &run->tables[t], heads) > 0;
    const struct fault_report report = {.source = import_source_file(run),
                                        .lonlat = lonlat,
                                        .layer = run->table->name,
                                        .layer_title = run->table->title,
                                        .date = run->today,
                                        .stopped = stopped,
                                        .dry_run = options->dry_run,
                                        .read = summary->read,
                                        .created = summary->created,
                                        .updated = summary->updated,
                                        .unchanged = summary->unchanged,
                                        .rejected = summary->rejected,
                                        .warned = summary->warned,
                                        .rescued = summary->rescued,
                                        .elsewhere = summary->links.by_state[GEO_STATE_CONFLICT],
                                        .outside = summary->links.by_state[GEO_STATE_OUTSIDE],
                                        .linked = run->table->linked,
                                        .notes = notes,
                                        .n_notes = n_notes,
                                        .sheets = sheets,
                                        .n_sheets = run->n_tables};
    return options->faults(options->faults_arg, &report, err);
}
