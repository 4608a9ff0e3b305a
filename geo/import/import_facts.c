/* import_facts.c - imports figures by municipality (geo/import/import.h).
 *
 * Long tables (codigo, hecho, valor), or wide ones with one column a fact.
 */
#include <string.h>

#include "geo/base/text.h"
#include "geo/import/import_declared.h"
#include "geo/import/import_run.h"

enum { CODIGO, HECHO, VALOR };

/* A fact of a wide table: its column and its name. */
struct fact {
    size_t column;
    const char *name;
};

struct import_facts {
    struct import_run *run;
    struct declared *declared; /* NULL: no edition is loaded, and codes are not checked */
    struct fact *all;
    size_t n;
    int codigo; /* column of the code */
    /* Of the row being read: what is stored once all of it was checked. */
    const char *row_codigo;
    struct geo_value *values; /* n; a long table has one */
};

static bool parse_value(struct import_run *run, const struct source_cell *cell,
                        struct geo_value *value, struct err *err)
{
    return geo_field_parse(&run->table->fields[VALOR], cell, run->row, value, err);
}

/* Reads the whole source once to find the columns that are numbers. Bad rows are passed over;
 * they are rejected when they are read again. */
static bool count_numbers(struct import_run *run, int64_t *numbers, int64_t *values,
                          struct err *err)
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
        for (size_t c = 0; ok && more && c < run->at->source->n_columns; c++) {
            struct geo_value value;
            arena_reset(run->row);
            values[c] += row.cells[c].text != NULL;
            numbers[c] += row.cells[c].text && parse_value(run, &row.cells[c], &value, NULL) &&
                          value.kind != GEO_NULL;
        }
    }
    return import_begin_table(run, run->at, err);
}

static bool find_facts(struct import_run *run, struct import_facts *facts, struct err *err)
{
    size_t n = run->at->source->n_columns;
    int64_t *numbers = arena_array(run->kept, n, sizeof *numbers);
    int64_t *values = arena_array(run->kept, n, sizeof *values);
    facts->n = 0;
    facts->all = arena_array(run->kept, n, sizeof *facts->all);
    if (!numbers || !values || !facts->all)
        return err_no_memory(err);
    if (!count_numbers(run, numbers, values, err))
        return false;
    for (size_t c = 0; c < n; c++) {
        if (geo_fields_uses(run->fields, c) || numbers[c] == 0 || numbers[c] * 2 < values[c])
            continue;
        char *name = text_fold_column(run->kept, run->at->source->columns[c]);
        if (!name)
            return err_no_memory(err);
        if (name[0])
            facts->all[facts->n++] = (struct fact){c, name};
    }
    if (facts->n == 0)
        return err_set(err, ERR_INPUT, "ninguna columna tiene números");
    return true;
}

static bool read_code(struct import_facts *facts, const struct geo_source_row *row, struct err *err)
{
    struct import_run *run = facts->run;
    struct geo_value value;
    if (!geo_field_parse(&run->table->fields[CODIGO], &row->cells[facts->codigo], run->row, &value,
                         err))
        return false;
    const char *codigo = facts->row_codigo = declared_code(run->row, value.text);
    if (!codigo)
        return err_no_memory(err);
    if (!geo_edition_is_code(codigo))
        return err_set(err, ERR_INPUT, "codigo: «%s» no es un código INE de seis dígitos", codigo);
    bool known = true;
    if (facts->declared && !declared_knows_code(facts->declared, codigo, &known, err))
        return false;
    return known ||
           err_set(err, ERR_INPUT, "codigo: ninguna edición tiene el municipio «%s»", codigo);
}

static struct geo_record fact_record(struct import_facts *facts, size_t i)
{
    struct geo_value *values = facts->run->values;
    values[CODIGO] = (struct geo_value){.kind = GEO_TEXT_VALUE, .text = facts->row_codigo};
    values[HECHO] = (struct geo_value){.kind = GEO_TEXT_VALUE, .text = facts->all[i].name};
    values[VALOR] = facts->values[i];
    return (struct geo_record){.values = values};
}

static bool check_fact(struct import_facts *facts, size_t i, int64_t line, struct err *err)
{
    const struct geo_value *value = &facts->values[i];
    struct geo_record record = fact_record(facts, i);
    return (value->kind != GEO_REAL_VALUE ||
            import_check_fact(facts->all[i].name, value->real, err)) &&
           import_check_key(facts->run, &record, line, err);
}

static bool read_wide(void *arg, const struct geo_source_row *row, struct import_outcome *outcome,
                      struct err *err)
{
    struct import_facts *facts = arg;
    (void)outcome;
    facts->values = arena_array(facts->run->row, facts->n, sizeof *facts->values);
    if (!facts->values)
        return err_no_memory(err);
    if (!read_code(facts, row, err))
        return false;
    for (size_t i = 0; i < facts->n; i++) {
        const struct fact *fact = &facts->all[i];
        const struct source_cell *cell = &row->cells[fact->column];
        if (cell->text && cell->text[strspn(cell->text, " \t")] &&
            !parse_value(facts->run, cell, &facts->values[i], err))
            return err_wrap(err, "%s", fact->name);
        if (!check_fact(facts, i, row->line, err))
            return false;
    }
    return true;
}

/* The name of the fact stands in the row. */
static bool read_long(void *arg, const struct geo_source_row *row, struct import_outcome *outcome,
                      struct err *err)
{
    struct import_facts *facts = arg;
    struct import_run *run = facts->run;
    (void)outcome;
    facts->values = arena_array(run->row, 1, sizeof *facts->values);
    if (!facts->values)
        return err_no_memory(err);
    if (!geo_fields_parse(run->fields, row->cells, run->row, run->values, err) ||
        !read_code(facts, row, err))
        return false;
    const char *written = run->values[HECHO].text;
    facts->values[0] = run->values[VALOR];
    facts->all[0].name = text_fold_column(run->row, written);
    if (!facts->all[0].name || !facts->all[0].name[0])
        return err_set(err, ERR_INPUT, "hecho: «%s» no es un nombre", written);
    return check_fact(facts, 0, row->line, err);
}

static bool put_facts(void *arg, const struct geo_source_row *row, struct import_outcome *outcome,
                      struct err *err)
{
    struct import_facts *facts = arg;
    struct import_run *run = facts->run;
    for (size_t i = 0; i < facts->n; i++) {
        struct geo_record record = fact_record(facts, i);
        struct import_outcome one = {.table = run->at, .line = row->line};
        if (facts->values[i].kind == GEO_NULL)
            continue;
        one.codigo = arena_printf(run->kept, "%s %s", facts->row_codigo, facts->all[i].name);
        if (!one.codigo)
            return err_no_memory(err);
        if (!import_store(run, &record, &one, err) || !import_keep(run, &one, err))
            return err_wrap(err, "%s", import_place(run, outcome->table, outcome->line));
    }
    return true;
}

static bool import_table_facts(struct import_run *run, struct declared *declared, struct err *err)
{
    struct fact named_in_row = {0};
    struct import_facts facts = {.run = run,
                                 .declared = declared,
                                 .codigo = geo_fields_column(run->fields, CODIGO),
                                 .all = &named_in_row,
                                 .n = 1};
    bool wide =
        geo_fields_column(run->fields, HECHO) < 0 || geo_fields_column(run->fields, VALOR) < 0;
    if (wide && !find_facts(run, &facts, err))
        return false;
    return import_each_row(run, wide ? read_wide : read_long, put_facts, &facts, err);
}

bool import_facts(struct import_run *run, struct err *err)
{
    struct err none = {0};
    struct declared *declared = declared_open(run->store, &none);
    if (!declared && none.kind != ERR_NOT_FOUND) {
        *err = none;
        return false;
    }
    bool ok = true;
    for (size_t t = 0; ok && t < run->n_tables; t++)
        ok =
            import_begin_table(run, &run->tables[t], err) && import_table_facts(run, declared, err);
    declared_close(declared);
    return ok;
}
