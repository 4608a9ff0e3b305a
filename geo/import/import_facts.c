/* import_facts.c - imports figures by municipality (geo/import/import.h).
 *
 * Long tables (codigo, hecho, valor), or wide ones with one column a fact.
 */
#include <string.h>

#include "geo/base/text.h"
#include "geo/fields/fact_kind.h"
#include "geo/import/import_columns.h"
#include "geo/import/import_facts_name.h"
#include "geo/sheets/header.h"

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
    struct import_facts_name name;
    /* Of the row being read: what is stored once all of it was checked. */
    const char *row_codigo;
    struct geo_value *values; /* n; a long table has one */
};

/* A percentage keeps its sign in the name: "Pobreza (%)" is "pobreza_pct". */
static const char *name_of_fact(struct arena *arena, const char *heading)
{
    char *name = text_fold_column(arena, heading);
    bool percent = name && strchr(heading, '%') && fact_kind(name) != FACT_SHARE;
    return percent ? arena_printf(arena, "%s%spct", name, name[0] ? "_" : "") : name;
}

/* Columns that number the rows, or have other codes. */
static bool is_identifier(const char *name)
{
    static const char *const words[] = {"id",     "fid", "gid", "objectid", "ogc_fid",
                                        "numero", "nro", "no",  "n"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(name, words[i]) == 0)
            return true;
    return strncmp(name, "codigo", 6) == 0 || strncmp(name, "cod_", 4) == 0;
}

static bool is_year(const char *name)
{
    static const char *const words[] = {"ano", "anio", "gestion", "year"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(name, words[i]) == 0)
            return true;
    return false;
}

/* The heading as the file has it: the second of two that are alike came as "riego (columna C)";
 * NULL: there is none. */
static const char *written_heading(struct import_run *run, size_t c)
{
    const char *heading = run->at->source->columns[c];
    const char *added = arena_printf(run->kept, "columna %s", header_letters(c, run->kept));
    size_t len = strlen(heading), n = added ? strlen(added) : 0;
    if (!added || strcmp(heading, added) == 0)
        return NULL;
    if (len < n + 3 || heading[len - 1] != ')' || strncmp(heading + len - n - 3, " (", 2) != 0 ||
        strncmp(heading + len - n - 1, added, n) != 0)
        return heading;
    return arena_strndup(run->kept, heading, len - n - 3);
}

/* Why a column of a wide table is no fact; NULL: it is one. */
static const char *why_no_fact(struct import_run *run, size_t c, const struct column_facts *facts,
                               const char *name)
{
    int64_t numbers = column_facts_numbers(facts);
    int64_t values = facts->values - facts->n[COLUMN_NO_DATA];
    if (geo_fields_uses(run->fields, c))
        return "es una coordenada";
    if (numbers == 0)
        return "no tiene números";
    if (numbers * 2 < values)
        return arena_printf(run->kept, "%lld de %lld valores son números", (long long)numbers,
                            (long long)values);
    return is_year(name)         ? "es el año de los datos"
           : !name[0]            ? "no tiene nombre"
           : is_identifier(name) ? "es un identificador"
                                 : NULL;
}

/* "Población 2024" and "poblacion_2024" are one fact. */
static bool check_names(struct import_run *run, const struct import_facts *facts, struct err *err)
{
    const struct fact *last = facts->n ? &facts->all[facts->n - 1] : NULL;
    for (size_t i = 0; i + 1 < facts->n; i++) {
        const struct fact *first = &facts->all[i];
        if (strcmp(first->name, last->name) != 0)
            continue;
        const char *one = written_heading(run, first->column);
        const char *other = written_heading(run, last->column);
        if (!one || !other || strcmp(one, other) == 0) /* told apart by their columns */
            other = run->at->source->columns[last->column];
        return err_set(err, ERR_INPUT,
                       "las columnas «%s» y «%s» son el mismo hecho «%s»; deje una sola",
                       one ? one : "", other, last->name);
    }
    return true;
}

/* Finds the facts of a wide table; columns that are none are named with the reason. */
static bool find_facts(struct import_run *run, struct import_facts *facts, struct err *err)
{
    size_t n = run->at->source->n_columns;
    const struct column_facts *columns = run->at->facts;
    const char *last = NULL; /* why the last column that has values is none */
    facts->n = 0;
    facts->all = arena_array(run->kept, n, sizeof *facts->all);
    if (!facts->all)
        return err_no_memory(err);
    for (size_t c = 0; c < n; c++) {
        if ((int)c == facts->codigo || columns[c].values == 0 || geo_fields_is_ours(run->fields, c))
            continue;
        const char *heading = written_heading(run, c);
        const char *name = name_of_fact(run->kept, heading ? heading : "");
        if (!name)
            return err_no_memory(err);
        const char *why = why_no_fact(run, c, &columns[c], name);
        bool texts = columns[c].n[COLUMN_TEXT] == columns[c].values;
        if (!why)
            facts->all[facts->n++] = (struct fact){c, run->at->facts_named[c] = name};
        else
            import_add_unused(run, c, why);
        if (why && !texts)
            last = arena_printf(run->kept, "; «%s»: %s", run->at->source->columns[c], why);
        if (!check_names(run, facts, err))
            return false;
    }
    if (facts->n == 0)
        return err_set(err, ERR_INPUT, "ninguna columna tiene números que sean un hecho%s",
                       last ? last : "");
    return true;
}

/* 1.234 of a count is 1234, which has no decimals, and of a percentage 1.234: the other reading
 * is no value of it. */
static bool parse_open(struct import_run *run, const struct fact *fact,
                       const struct source_cell *cell, const struct column_reading *reading,
                       struct geo_value *value)
{
    struct geo_field narrow = run->table->fields[VALOR];
    enum fact_kind kind = fact_kind(fact->name);
    if (cell->kind != SOURCE_CELL_TEXT || reading->mark != MARK_OPEN ||
        (kind != FACT_COUNT && kind != FACT_SHARE))
        return false;
    if (kind == FACT_COUNT)
        narrow.type = GEO_INTEGER;
    else
        narrow.max = 100;
    if (!geo_field_read(&narrow, cell, reading, run->row, value, NULL))
        return false;
    if (value->kind == GEO_INT_VALUE)
        *value = (struct geo_value){.kind = GEO_REAL_VALUE, .real = (double)value->integer};
    return true;
}

static bool parse_fact(struct import_run *run, const struct fact *fact,
                       const struct source_cell *cell, struct geo_value *value, struct err *err)
{
    const struct column_reading *reading = geo_fields_reading(run->fields, fact->column);
    struct geo_field field = run->table->fields[VALOR];
    field.flags &= ~(unsigned)GEO_REQUIRED; /* an empty cell of a wide table is no fact */
    return parse_open(run, fact, cell, reading, value) ||
           geo_field_read(&field, cell, reading, run->row, value, err);
}

static bool read_code(struct import_facts *facts, const struct geo_source_row *row, struct err *err)
{
    struct import_run *run = facts->run;
    struct geo_value value;
    if (!geo_field_read(&run->table->fields[CODIGO], &row->cells[facts->codigo],
                        geo_fields_reading(run->fields, (size_t)facts->codigo), run->row, &value,
                        err))
        return false;
    const char *codigo = facts->row_codigo = declared_code(run->row, value.text);
    if (!codigo)
        return err_no_memory(err);
    if (import_is_total_code(run, codigo))
        return err_set(err, ERR_INPUT, "codigo: «%s» parece la fila de un total; bórrela", codigo);
    if (!geo_edition_is_code(codigo))
        return err_set(err, ERR_INPUT, "codigo: «%s» no es un código INE de seis dígitos%s", codigo,
                       strlen(codigo) <= 2 ? "; si departamento, provincia y municipio están en "
                                             "columnas aparte, júntelos en una (01 01 01)"
                                           : "");
    bool known = true;
    if (facts->declared && !declared_knows_code(facts->declared, codigo, &known, err))
        return false;
    if (!known)
        return err_set(err, ERR_INPUT, "codigo: ninguna edición tiene el municipio «%s»", codigo);
    return import_facts_name_check(run, &facts->name, codigo, row, err);
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

/* A refusal becomes a fault of its column; false for other errors. */
static bool refuse_fact(struct import_run *run, const struct fact *fact,
                        const struct source_cell *cell, bool ok, const struct err *bad,
                        struct err *err)
{
    if (!ok && bad->kind != ERR_INPUT) {
        *err = *bad;
        return false;
    }
    if (!ok)
        import_faults_add(&run->faults, NULL, (int)fact->column, cell->text, false, "%s",
                          bad->message);
    return true;
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
        struct err bad = {0};
        bool ok = !cell->text || !cell->text[strspn(cell->text, " \t")] ||
                  parse_fact(facts->run, fact, cell, &facts->values[i], &bad);
        if (!ok)
            err_wrap(&bad, "%s", fact->name);
        ok = ok && check_fact(facts, i, row->line, &bad);
        if (!refuse_fact(facts->run, fact, cell, ok, &bad, err))
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
    if (!import_read_fields(run, row, err))
        return false;
    if (run->faults.errors)
        return true;
    if (!read_code(facts, row, err))
        return false;
    const char *written = run->values[HECHO].text;
    facts->values[0] = run->values[VALOR];
    facts->all[0].name = name_of_fact(run->row, written);
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
        one.codigo = arena_printf(run->row, "%s %s", facts->row_codigo, facts->all[i].name);
        if (!one.codigo)
            return err_no_memory(err);
        if (!import_store(run, &record, &one, err) || !import_keep(run, &one, err))
            return err_wrap(err, "%s", import_place(run, outcome->table, outcome->line));
    }
    return true;
}

/* One of the two columns that a long table has, without the other. */
static bool check_long(struct import_run *run, struct err *err)
{
    int hecho = geo_fields_column(run->fields, HECHO),
        valor = geo_fields_column(run->fields, VALOR);
    int one = hecho < 0 ? valor : hecho;
    if (one < 0 || (hecho >= 0 && valor >= 0))
        return true;
    const char *name = run->at->source->columns[one];
    if (hecho < 0)
        return err_set(
            err, ERR_INPUT,
            "la columna «%.100s» no dice de qué hecho son sus valores: si otra lo dice en "
            "cada fila, dígalo con --map hecho=COLUMNA; si es uno solo, dé a la columna "
            "el nombre del hecho; si no es de los hechos, --ignore \"%.100s\"",
            name, name);
    return err_set(err, ERR_INPUT,
                   "la columna «%.100s» nombra hechos, y ninguna tiene sus valores: diga cuál con "
                   "--map valor=COLUMNA, o déjela fuera con --ignore \"%.100s\"",
                   name, name);
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
    if (!check_long(run, err) || !import_facts_name_find(run, declared, &facts.name, err) ||
        (wide && !find_facts(run, &facts, err)))
        return false;
    if (!import_each_row(run, wide ? read_wide : read_long, put_facts, &facts, err))
        return false;
    if (!wide)
        import_tell_unused(run);
    return true;
}

bool import_facts(struct import_run *run, struct err *err)
{
    struct err none = {0};
    struct declared *declared = declared_open(run->store, run->linker, &none);
    if (!declared && none.kind != ERR_NOT_FOUND) {
        *err = none;
        return false;
    }
    bool ok = true;
    for (size_t t = 0; ok && t < run->n_tables; t++)
        ok =
            import_begin_table(run, &run->tables[t], err) && import_table_facts(run, declared, err);
    declared_close(declared);
    import_progress(run, GEO_IMPORT_CHECKING, 1);
    return ok;
}
