/* fields_settle.c - decides how each column is read, from all of its cells. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "geo/base/text.h"
#include "geo/fields/fact_kind.h"
#include "geo/fields/fields_internal.h"
#include "geo/fields/heading.h"

/* Its cells, but those that say that they have no value. */
static int64_t with_data(const struct column_facts *facts)
{
    return facts->values - facts->n[COLUMN_NO_DATA];
}

/* The field that a column fills; others: of a column of numbers that fills none; NULL: none. */
static const struct geo_field *field_of(const struct geo_fields *fields, size_t column,
                                        const struct column_facts *facts,
                                        const struct geo_field *others)
{
    for (size_t s = 0; s < fields->table->n_fields; s++)
        if (fields->column_of[s] == (int)column)
            return &fields->table->fields[s];
    int64_t numbers = column_facts_numbers(&facts[column]);
    bool is_other = !fields->used[column] && !fields->ignored[column] && numbers > 0 &&
                    numbers * 2 >= with_data(&facts[column]);
    return is_other ? others : NULL;
}

static bool is_number(const struct geo_field *field)
{
    return field &&
           (field->type == GEO_INTEGER || field->type == GEO_REAL || field->type == GEO_MONEY);
}

static enum column_role role_of(const struct geo_fields *fields, size_t column,
                                const struct column_facts *facts, const struct geo_field *field)
{
    int64_t numbers = column_facts_numbers(&facts[column]);
    for (size_t s = fields->table->n_fields; s < fields->n_slots; s++)
        if (fields->column_of[s] == (int)column)
            return COLUMN_POSITION;
    if (field ? !is_number(field) : numbers == 0 || numbers * 2 < with_data(&facts[column]))
        return COLUMN_OTHER;
    bool place = facts[column].n[COLUMN_LON] + facts[column].n[COLUMN_LAT] > 0;
    return !field && place ? COLUMN_POSITION : COLUMN_NUMBERS;
}

/* Our own exports write a decimal point. */
static bool is_own_export(const struct geo_fields *fields)
{
    for (size_t c = 0; c < fields->n_columns; c++)
        if (strcmp(fields->columns[c], "vinculo_metodo") == 0)
            return true;
    return false;
}

static bool is_value(const struct geo_field *field, const char *text, enum decimal_mark mark,
                     struct arena *arena)
{
    struct column_reading reading = {.mark = mark,
                                     .why = mark == MARK_OPEN ? COLUMN_UNKNOWN : COLUMN_STATED};
    struct source_cell cell = {SOURCE_CELL_TEXT, text};
    struct geo_value value;
    return geo_field_read(field, &cell, &reading, arena, &value, NULL);
}

/* 1.234 in a column of numbers, with nothing that says what it is. */
static void check_open(const struct geo_fields *fields, size_t column,
                       const struct column_facts *facts, const struct geo_field *field,
                       struct import_faults *notes)
{
    enum column_trait trait;
    struct number_text number;
    if (!is_number(field) ||
        !column_reading_is_open(&facts[column], &fields->readings[column], &trait))
        return;
    const struct column_example *first = &facts[column].first[trait];
    if (is_value(field, first->text, MARK_OPEN, notes->arena) ||
        !is_value(field, first->text, MARK_POINT, notes->arena) ||
        !is_value(field, first->text, MARK_COMMA, notes->arena) ||
        !number_text_read(first->text, &number) || !number.as_groups[0])
        return;
    bool point = trait == COLUMN_OPEN_POINT;
    *strchr(number.text, '.') = ',';
    import_faults_add(notes, field->name, (int)column, first->text, false,
                      "columna «%s»: «%s» (%s %lld) puede ser %s o %s, y los demás números "
                      "no lo aclaran; dígalo con --decimal %s (%s) o --decimal %s (%s)",
                      fields->columns[column], first->text, fields->place, (long long)first->line,
                      number.as_groups, number.text, point ? "coma" : "punto", number.as_groups,
                      point ? "punto" : "coma", number.text);
}

/* "columna «x»: 2 celdas dicen que no hay dato («s/d», línea 3); se guarda sin valor" */
static void tell_odd(const struct geo_fields *fields, size_t column,
                     const struct column_example *first, int64_t n, const char *field,
                     const char *one, const char *several, const char *what, const char *stored,
                     struct import_faults *notes)
{
    char count[32] = "";
    if (n == 0)
        return;
    if (n > 1)
        snprintf(count, sizeof count, "%lld ", (long long)n);
    import_faults_add(notes, field, (int)column, first->text, true,
                      "columna «%s»: %s%s %s («%s», %s %lld); se guarda %s",
                      fields->columns[column], count, n > 1 ? several : one, what, first->text,
                      fields->place, (long long)first->line, stored);
}

/* A coordinate, or part of one. */
static bool is_place(const struct geo_fields *fields, size_t column)
{
    for (size_t s = fields->table->n_fields; s < fields->n_slots; s++)
        if (fields->column_of[s] == (int)column)
            return true;
    return false;
}

/* What is taken for no value, or read beside what it says, is named once a column. */
static void tell_reading(const struct geo_fields *fields, size_t column,
                         const struct column_facts *facts, const struct geo_field *field,
                         struct import_faults *notes)
{
    const struct column_facts *of = &facts[column];
    const struct column_reading *reading = &fields->readings[column];
    bool counted = is_number(field) || (field && field->type == GEO_DATE);
    if (is_place(fields, column))
        tell_odd(fields, column, &of->first[COLUMN_NO_DATA], of->n[COLUMN_NO_DATA], NULL,
                 "una celda dice", "celdas dicen", "que no hay dato", "sin coordenada", notes);
    if (!field || (field->flags & GEO_REQUIRED && !counted))
        return;
    if (reading->no_data || !counted)
        tell_odd(fields, column, &of->first[COLUMN_NO_DATA], of->n[COLUMN_NO_DATA], field->name,
                 "una celda dice", "celdas dicen", "que no hay dato", "sin valor", notes);
    if (reading->no_data && counted)
        tell_odd(fields, column, &of->first[COLUMN_FOOTNOTE], of->n[COLUMN_FOOTNOTE], field->name,
                 "un número lleva", "números llevan", "una llamada a una nota",
                 "como número, sin ella", notes);
}

/* A share whose every value is up to 1 may be a fraction of 1 instead of a percentage. */
static void tell_fractions(const struct geo_fields *fields, size_t column,
                           const struct column_facts *facts, const struct geo_field *others,
                           struct import_faults *notes)
{
    const struct column_facts *of = &facts[column];
    enum fact_kind kind = fact_kind(fields->folded[column]);
    bool share = kind == FACT_SHARE || kind == FACT_RATE || strchr(fields->columns[column], '%');
    int64_t numbers = column_facts_numbers(of);
    if (!others || !share || of->n[COLUMN_PERCENT] || of->n[COLUMN_SMALL] == 0 ||
        of->n[COLUMN_UP_TO_ONE] < numbers)
        return;
    import_faults_add(notes, others->name, (int)column, of->first[COLUMN_SMALL].text, true,
                      "columna «%s»: todos sus valores son de 0 a 1 («%s», %s %lld); ¿son "
                      "fracciones? Se guardan como porcentajes, tal cual",
                      fields->columns[column], of->first[COLUMN_SMALL].text, fields->place,
                      (long long)of->first[COLUMN_SMALL].line);
}

/* A sheet that takes the day for the month reads 03/04/2021 as the 4th of March, and leaves
 * 25/03/2021 as the text it was. So days up to the 12th may be wrong where all later ones are
 * texts; of a few cells that may be by chance. */
static void check_exchanged(const struct geo_fields *fields, size_t column,
                            const struct column_facts *facts, const struct geo_field *field,
                            struct import_faults *notes)
{
    enum { FEW = 3 };
    const struct column_facts *of = &facts[column];
    const struct column_example *typed = &of->first[COLUMN_TO_TWELFTH];
    const struct column_example *text = &of->first[COLUMN_DAY_FIRST];
    if (!field || field->type != GEO_DATE || !of->n[COLUMN_TO_TWELFTH] ||
        !of->n[COLUMN_DAY_FIRST] || of->n[COLUMN_FROM_13TH] || of->n[COLUMN_DAY_OPEN])
        return;
    import_faults_add(notes, field->name, (int)column, typed->text,
                      of->n[COLUMN_TO_TWELFTH] + of->n[COLUMN_DAY_FIRST] <= FEW,
                      "columna «%s»: «%.10s» (%s %lld) puede tener cambiados el día y el mes: los "
                      "días del 13 al 31 son textos («%s», %s %lld), como los deja una hoja que "
                      "toma el día por el mes; revise sus fechas, y escriba también los textos "
                      "como fechas",
                      fields->columns[column], typed->text, fields->place, (long long)typed->line,
                      text->text, fields->place, (long long)text->line);
}

static void study(const struct geo_fields *fields, size_t column, const struct column_facts *facts,
                  const struct geo_field *others, struct import_faults *notes)
{
    const struct geo_field *field = field_of(fields, column, facts, others);
    enum fact_kind kind = fact_kind(fields->folded[column]);
    /* Of a count or a percentage only one reading of 1.234 is a value. */
    if (field != others || (kind != FACT_COUNT && kind != FACT_SHARE))
        check_open(fields, column, facts, field, notes);
    check_exchanged(fields, column, facts, field, notes);
    tell_reading(fields, column, facts, field, notes);
    fields_doubt(fields, facts, column, notes);
    if (field == others)
        tell_fractions(fields, column, facts, others, notes);
    if (!fields->used[column] && !fields->ignored[column] && !others && !fields->ignore_unused)
        fields_look(fields, facts, column, notes);
}

bool geo_fields_settle(struct geo_fields *fields, const struct column_facts *facts,
                       const struct geo_field *others, struct import_faults *notes, struct err *err)
{
    size_t n = fields->n_columns;
    enum column_role *roles = arena_array(fields->arena, n, sizeof *roles);
    bool own = is_own_export(fields);
    if (!roles)
        return err_no_memory(err);
    fields_drop_zone(fields, facts);
    fields_check_halves(fields, facts, notes);
    for (size_t c = 0; c < n; c++)
        roles[c] = role_of(fields, c, facts, field_of(fields, c, facts, others));
    column_readings_decide(facts, roles, n, fields->decimal, fields->readings);
    for (size_t c = 0; c < n; c++)
        if (own && fields->readings[c].why == COLUMN_UNKNOWN) {
            fields->readings[c].mark = MARK_POINT;
            fields->readings[c].why = COLUMN_OTHERS;
        }
    for (size_t c = 0; c < n; c++)
        study(fields, c, facts, others, notes);
    return import_faults_to_err(notes, err);
}
