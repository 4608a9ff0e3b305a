/* fields_doubt.c - columns whose cells are not what their headings say. */
#include <stdio.h>
#include <string.h>

#include "geo/fields/fields_internal.h"
#include "geo/fields/fields_words.h"

enum { WORD_MAX = 64 };

/* The heading has a word of its key in the plural: "compradores" of "comprador". */
static bool is_plural(const struct geo_fields *fields, size_t column)
{
    for (const char *at = fields->keys[column]; *at;) {
        int len = (int)strcspn(at, "_");
        char plural[WORD_MAX + 3];
        snprintf(plural, sizeof plural, "%.*ses", len < WORD_MAX ? len : WORD_MAX, at);
        bool found = fields_has_word(fields->folded[column], plural);
        snprintf(plural, sizeof plural, "%.*ss", len < WORD_MAX ? len : WORD_MAX, at);
        if (found || fields_has_word(fields->folded[column], plural))
            return true;
        at += len + (at[len] == '_');
    }
    return false;
}

/* Every cell is a whole number, and none has five digits or more. */
static bool are_small_numbers(const struct column_facts *facts)
{
    int64_t whole = facts->n[COLUMN_TYPED] + facts->n[COLUMN_WHOLE];
    return whole > 0 && whole + facts->n[COLUMN_NO_DATA] == facts->values &&
           facts->n[COLUMN_SIX] == 0 && facts->n[COLUMN_CODE] == 0;
}

static const struct column_example *first_number(const struct column_facts *facts)
{
    return &facts->first[facts->n[COLUMN_WHOLE] ? COLUMN_WHOLE : COLUMN_TYPED];
}

/* "Compradores" = 3: how many there are is the name of none. */
static void check_count(const struct geo_fields *fields, const struct column_facts *facts,
                        size_t column, size_t slot, struct import_faults *notes)
{
    const struct geo_field *field = &fields->table->fields[slot];
    const char *heading = fields->columns[column], *name = geo_field_published(field);
    if (field->type != GEO_TEXT || field->flags & GEO_CODE || !is_plural(fields, column) ||
        !are_small_numbers(facts))
        return;
    import_faults_add(
        notes, field->name, (int)column, first_number(facts)->text, false,
        "la columna «%s» llenaría «%s», que es un texto, y tiene cantidades («%s», %s "
        "%lld): déjela fuera con --ignore \"%s\"; si no son cantidades, dígalo con "
        "--map \"%s=%s\"",
        heading, name, first_number(facts)->text, fields->place,
        (long long)first_number(facts)->line, heading, name, heading);
}

/* A beneficiary is a family here, and a person in other programmes. */
static void check_beneficiaries(const struct geo_fields *fields, size_t column, size_t slot,
                                struct import_faults *notes)
{
    const struct geo_field *field = &fields->table->fields[slot];
    if (strcmp(field->name, "familias") != 0 ||
        !fields_has_word(fields->keys[column], "beneficiario"))
        return;
    import_faults_add(notes, field->name, (int)column, NULL, true,
                      "la columna «%s» se guarda como familias: si cuenta personas, déjela fuera "
                      "con --ignore \"%s\"",
                      fields->columns[column], fields->columns[column]);
}

/* "C_MUN" = 01, beside "C_DEP" and "C_PROV": the last third of a code of INE. */
static void check_part_of_code(const struct geo_fields *fields, const struct column_facts *facts,
                               size_t column, size_t slot, struct import_faults *notes)
{
    const struct geo_field *field = &fields->table->fields[slot];
    const struct column_example *first = first_number(facts);
    if (!(field->flags & GEO_INE_CODE) || !are_small_numbers(facts) || facts->longest > 2 ||
        strlen(first->text) > 2)
        return;
    import_faults_add(notes, field->name, (int)column, first->text, false,
                      "la columna «%s» tiene una parte del código INE («%s», %s %lld): escriba el "
                      "código entero en una sola columna, con dos cifras del departamento, dos de "
                      "la provincia y dos del municipio (010101)",
                      fields->columns[column], first->text, fields->place, (long long)first->line);
}

void fields_doubt(const struct geo_fields *fields, const struct column_facts *facts, size_t column,
                  struct import_faults *notes)
{
    for (size_t s = 0; s < fields->table->n_fields; s++) {
        if (fields->column_of[s] != (int)column)
            continue;
        check_part_of_code(fields, &facts[column], column, s, notes);
        if (fields->rank_of[s] == FIELDS_MAPPED)
            continue;
        check_count(fields, &facts[column], column, s, notes);
        check_beneficiaries(fields, column, s, notes);
    }
}
