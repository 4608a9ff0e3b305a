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
    struct fact *all;
    size_t n;
    int codigo; /* column of the code */
};

static bool parse_value(struct import_run *run, const char *text, size_t column,
                        struct geo_value *value, struct err *err)
{
    return geo_field_parse(&run->table->fields[VALOR], text,
                           geo_source_column_is_number(run->source, column), run->row, value, err);
}

/* Reads the whole source once to find the columns that are numbers. */
static bool count_numbers(struct import_run *run, int64_t *numbers, int64_t *values,
                          struct err *err)
{
    struct geo_source_row row;
    bool more;
    while (geo_source_next(run->source, &row, &more, err) && more)
        for (size_t c = 0; c < geo_source_columns(run->source); c++) {
            struct geo_value value;
            arena_reset(run->row);
            values[c] += row.values[c] != NULL;
            numbers[c] += row.values[c] && parse_value(run, row.values[c], c, &value, NULL) &&
                          value.kind != GEO_NULL;
        }
    if (more)
        return false;
    geo_source_rewind(run->source);
    return true;
}

static bool find_facts(struct import_run *run, struct import_facts *facts, struct err *err)
{
    size_t n = geo_source_columns(run->source);
    int64_t *numbers = arena_array(run->kept, n, sizeof *numbers);
    int64_t *values = arena_array(run->kept, n, sizeof *values);
    facts->all = arena_array(run->kept, n, sizeof *facts->all);
    if (!numbers || !values || !facts->all)
        return err_no_memory(err);
    if (!count_numbers(run, numbers, values, err))
        return false;
    for (size_t c = 0; c < n; c++) {
        if (geo_fields_uses(run->fields, c) || numbers[c] == 0 || numbers[c] * 2 < values[c])
            continue;
        char *name = text_fold_column(run->kept, geo_source_column_names(run->source)[c]);
        if (!name)
            return err_no_memory(err);
        if (name[0])
            facts->all[facts->n++] = (struct fact){c, name};
    }
    if (facts->n == 0)
        return err_set(err, ERR_INPUT, "ninguna columna tiene números");
    return true;
}

static bool read_code(struct import_run *run, const struct geo_source_row *row, int column,
                      struct declared *declared, const char **codigo, struct err *err)
{
    struct geo_value value;
    if (!geo_field_parse(&run->table->fields[CODIGO], row->values[column], false, run->row, &value,
                         err))
        return false;
    *codigo = declared_code(run->row, value.text);
    if (!*codigo)
        return err_no_memory(err);
    if (!geo_edition_is_code(*codigo))
        return err_set(err, ERR_INPUT, "codigo: «%s» no es un código INE de seis dígitos", *codigo);
    bool known = true;
    if (declared && !declared_knows_code(declared, *codigo, &known, err))
        return false;
    return known ||
           err_set(err, ERR_INPUT, "codigo: ninguna edición tiene el municipio «%s»", *codigo);
}

static struct geo_record fact_record(struct import_run *run, const char *codigo, const char *name,
                                     struct geo_value value)
{
    run->values[CODIGO] = (struct geo_value){.kind = GEO_TEXT_VALUE, .text = codigo};
    run->values[HECHO] = (struct geo_value){.kind = GEO_TEXT_VALUE, .text = name};
    run->values[VALOR] = value;
    return (struct geo_record){.values = run->values};
}

static bool put_fact(struct import_run *run, const char *codigo, const char *name,
                     struct geo_value value, const struct geo_source_row *row, struct err *err)
{
    struct import_outcome outcome = {.line = row->line};
    struct geo_record record = fact_record(run, codigo, name, value);
    outcome.codigo = arena_printf(run->kept, "%s %s", codigo, name);
    if (!outcome.codigo)
        return err_no_memory(err);
    return import_store(run, &record, &outcome, err) && import_keep(run, &outcome, err);
}

/* A row is stored only after all of it was checked: a bad one is rejected as a whole. */
static bool read_wide(struct import_run *run, const struct import_facts *facts,
                      const struct geo_source_row *row, struct declared *declared, struct err *err)
{
    const char *codigo;
    struct geo_value *values = arena_array(run->row, facts->n, sizeof *values);
    if (!values)
        return err_no_memory(err);
    if (!read_code(run, row, facts->codigo, declared, &codigo, err))
        return false;
    for (size_t i = 0; i < facts->n; i++) {
        const char *text = row->values[facts->all[i].column];
        if (text && text[strspn(text, " \t")] &&
            !parse_value(run, text, facts->all[i].column, &values[i], err))
            return err_wrap(err, "%s", facts->all[i].name);
        if (values[i].kind == GEO_REAL_VALUE &&
            !import_check_fact(facts->all[i].name, values[i].real, err))
            return false;
        struct geo_record record = fact_record(run, codigo, facts->all[i].name, values[i]);
        if (!import_check_key(run, &record, row->line, err))
            return false;
    }
    for (size_t i = 0; i < facts->n; i++)
        if (values[i].kind != GEO_NULL &&
            !put_fact(run, codigo, facts->all[i].name, values[i], row, err))
            return false;
    return true;
}

static bool read_long(struct import_run *run, const struct import_facts *facts,
                      const struct geo_source_row *row, struct declared *declared, struct err *err)
{
    const char *codigo;
    if (!geo_fields_parse(run->fields, row->values, run->row, run->values, err) ||
        !read_code(run, row, facts->codigo, declared, &codigo, err))
        return false;
    const char *name = text_fold_column(run->row, run->values[HECHO].text);
    if (!name || !name[0])
        return err_set(err, ERR_INPUT, "hecho: «%s» no es un nombre", run->values[HECHO].text);
    struct geo_value value = run->values[VALOR];
    if (!import_check_fact(name, value.real, err))
        return false;
    struct geo_record record = fact_record(run, codigo, name, value);
    return import_check_key(run, &record, row->line, err) &&
           put_fact(run, codigo, name, value, row, err);
}

static bool read_rows(struct import_run *run, const struct import_facts *facts, bool wide,
                      struct declared *declared, struct err *err)
{
    for (;;) {
        struct geo_source_row row;
        struct err bad = {0};
        bool more;
        arena_reset(run->row);
        if (!geo_source_next(run->source, &row, &more, err))
            return false;
        if (!more)
            return true;
        run->summary->read++;
        if (wide ? read_wide(run, facts, &row, declared, &bad)
                 : read_long(run, facts, &row, declared, &bad))
            continue;
        struct import_outcome outcome = {.line = row.line};
        if (!import_reject(run, &row, &outcome, &bad)) {
            *err = bad;
            return false;
        }
    }
}

bool import_facts(struct import_run *run, struct err *err)
{
    struct import_facts facts = {.codigo = geo_fields_column(run->fields, CODIGO)};
    bool wide =
        geo_fields_column(run->fields, HECHO) < 0 || geo_fields_column(run->fields, VALOR) < 0;
    if (facts.codigo < 0)
        return err_set(err, ERR_INPUT,
                       "ninguna columna tiene el código del municipio; dígalo con "
                       "--map codigo=COLUMNA");
    if (wide && !find_facts(run, &facts, err))
        return false;
    /* Codes are checked if there is an edition. */
    struct err none = {0};
    struct declared *declared = declared_open(run->store, &none);
    if (!declared && none.kind != ERR_NOT_FOUND) {
        *err = none;
        return false;
    }
    bool ok = read_rows(run, &facts, wide, declared, err);
    declared_close(declared);
    return ok;
}
