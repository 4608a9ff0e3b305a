/* definitions_terms.c - reads the numerators and denominators of indicator definitions. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/buf.h"
#include "geo/base/text.h"
#include "geo/figures/definitions_internal.h"

bool reading_wrong(struct definitions_reading *reading, const char *path, const char *format, ...)
{
    char sentence[512];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    return err_set(reading->err, ERR_INPUT, "%s: %s%s%s", reading->at, path, path[0] ? ": " : "",
                   sentence);
}

bool reading_members(struct definitions_reading *reading, const char *path, json_t *object,
                     const char *const *words)
{
    const char *name;
    json_t *value;
    if (!json_is_object(object))
        return reading_wrong(reading, path, "se espera un objeto");
    json_object_foreach(object, name, value)
    {
        const char *const *word = words;
        while (*word && strcmp(*word, name) != 0)
            word++;
        if (*word)
            continue;
        struct buf list;
        buf_init(&list);
        for (word = words; *word; word++)
            buf_printf(&list, "%s%s", list.len ? ", " : "", *word);
        reading_wrong(reading, path, "no hay un campo «%.*s»; hay: %s", text_cut(name, 60), name,
                      list.data ? list.data : "");
        buf_free(&list);
        return false;
    }
    return true;
}

bool reading_number(struct definitions_reading *reading, json_t *object, const char *name,
                    double *out)
{
    json_t *value = json_object_get(object, name);
    if (!value || json_is_null(value))
        return true;
    if (!json_is_number(value))
        return reading_wrong(reading, name, "se espera un número");
    *out = json_number_value(value);
    return true;
}

static bool find_field(struct definitions_reading *reading, const char *path,
                       const struct geo_table *table, json_t *name, int *field)
{
    if (!json_is_string(name))
        return reading_wrong(reading, path, "se espera el nombre de una columna");
    *field = geo_table_field(table, json_string_value(name));
    if (*field >= 0)
        return true;
    const char *given = json_string_value(name);
    return reading_wrong(reading, path, "%s no tiene la columna «%.*s»", table->name,
                         text_cut(given, 60), given);
}

static bool is_number(const struct geo_table *table, int field)
{
    enum geo_type type = table->fields[field].type;
    return type == GEO_INTEGER || type == GEO_REAL || type == GEO_MONEY || type == GEO_FLAG;
}

static bool is_date(const struct geo_table *table, int field)
{
    return table->fields[field].type == GEO_DATE;
}

/* Conditions --------------------------------------------------------------- */

static bool read_operator(struct definitions_reading *reading, const char *path, json_t *value,
                          enum geo_condition_op *op)
{
    static const char *const words[] = {"=", "!=", "<", "<=", ">", ">=", "en", "existe"};
    for (size_t i = 0; json_is_string(value) && i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], json_string_value(value)) == 0) {
            *op = (enum geo_condition_op)i;
            return true;
        }
    return reading_wrong(reading, path, "el operador no es =, !=, <, <=, >, >=, en ni existe");
}

static bool read_left(struct definitions_reading *reading, const char *path,
                      const struct geo_table *table, json_t *left, struct geo_condition *condition)
{
    condition->days_to = -1;
    if (!json_is_object(left))
        return find_field(reading, path, table, left, &condition->field);
    json_t *days = json_object_get(left, "dias");
    if (json_object_size(left) != 1 || json_array_size(days) != 2)
        return reading_wrong(reading, path, "se espera {\"dias\": [desde, hasta]}");
    if (!find_field(reading, path, table, json_array_get(days, 0), &condition->field) ||
        !find_field(reading, path, table, json_array_get(days, 1), &condition->days_to))
        return false;
    return (is_date(table, condition->field) && is_date(table, condition->days_to)) ||
           reading_wrong(reading, path, "dias: se esperan dos fechas");
}

/* Reads a word of a condition's list; for a choice field it must be one of its values. */
static bool read_word(struct definitions_reading *reading, const char *path,
                      const struct geo_table *table, json_t *value, struct geo_condition *condition)
{
    if (!json_is_string(value))
        return reading_wrong(reading, path, "se espera un texto");
    const char *word = json_string_value(value);
    const struct geo_choice *choice = table->fields[condition->field].choices;
    if (condition->n_words == GEO_CONDITION_WORDS)
        return reading_wrong(reading, path, "más de %d valores", GEO_CONDITION_WORDS);
    while (choice && choice->value && strcmp(choice->value, word) != 0)
        choice++;
    if (choice && !choice->value)
        return reading_wrong(reading, path, "%s.%s no puede ser «%.*s»", table->name,
                             table->fields[condition->field].name, text_cut(word, 60), word);
    condition->is_text = true;
    condition->words[condition->n_words] = arena_strdup(reading->arena, word);
    return condition->words[condition->n_words++] || err_no_memory(reading->err);
}

static bool read_right(struct definitions_reading *reading, const char *path,
                       const struct geo_table *table, json_t *right,
                       struct geo_condition *condition)
{
    bool number = condition->days_to >= 0 || is_number(table, condition->field);
    condition->other = -1;
    if (condition->op == GEO_OP_KNOWN)
        return !right || reading_wrong(reading, path, "«existe» no lleva valor");
    if (!right)
        return reading_wrong(reading, path, "falta con qué se compara");
    if (condition->op == GEO_OP_ONE_OF) {
        if (number || !json_is_array(right) || json_array_size(right) == 0)
            return reading_wrong(reading, path, "«en» compara un texto con una lista de textos");
        for (size_t i = 0; i < json_array_size(right); i++)
            if (!read_word(reading, path, table, json_array_get(right, i), condition))
                return false;
        return true;
    }
    if (json_is_object(right)) {
        json_t *other = json_object_get(right, "campo");
        if (json_object_size(right) != 1 || !other)
            return reading_wrong(reading, path, "se espera {\"campo\": nombre}, y nada más");
        if (!find_field(reading, path, table, other, &condition->other))
            return false;
        return is_number(table, condition->other) == number ||
               reading_wrong(reading, path, "no se compara un número con un texto");
    }
    if (!number)
        return read_word(reading, path, table, right, condition);
    if (!json_is_number(right))
        return reading_wrong(reading, path, "se espera un número");
    condition->number = json_number_value(right);
    return true;
}

/* [[columna, operador, valor], …] */
static bool read_conditions(struct definitions_reading *reading, const char *path, const char *name,
                            json_t *object, const struct geo_table *table,
                            struct geo_condition *conditions, size_t *n)
{
    json_t *list = json_object_get(object, name);
    char at[64];
    snprintf(at, sizeof at, "%s.%s", path, name);
    *n = 0;
    if (!list)
        return true;
    if (!json_is_array(list) || json_array_size(list) > GEO_TERM_CONDITIONS)
        return reading_wrong(reading, at, "se espera una lista de hasta %d condiciones",
                             GEO_TERM_CONDITIONS);
    for (; *n < json_array_size(list); ++*n) {
        json_t *parts = json_array_get(list, *n);
        size_t size = json_array_size(parts);
        struct geo_condition *condition = &conditions[*n];
        *condition = (struct geo_condition){0};
        if (size < 2 || size > 3)
            return reading_wrong(reading, at, "se espera [columna, operador, valor]");
        if (!read_left(reading, at, table, json_array_get(parts, 0), condition) ||
            !read_operator(reading, at, json_array_get(parts, 1), &condition->op) ||
            !read_right(reading, at, table, json_array_get(parts, 2), condition))
            return false;
    }
    return true;
}

/* Terms -------------------------------------------------------------------- */

static bool read_undated(struct definitions_reading *reading, const char *path, json_t *object,
                         struct geo_set *set)
{
    static const char *const words[] = {"excluye", "cuenta", "fin_de_anio"};
    json_t *value = json_object_get(object, "sin_fecha");
    set->undated = GEO_UNDATED_OUT;
    if (!value)
        return true;
    for (size_t i = 0; json_is_string(value) && i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], json_string_value(value)) == 0) {
            set->undated = (enum geo_undated)i;
            return set->undated != GEO_UNDATED_YEAR_END ||
                   geo_table_field(set->table, "anio") >= 0 ||
                   reading_wrong(reading, path, "sin_fecha: %s no tiene la columna «anio»",
                                 set->table->name);
        }
    return reading_wrong(reading, path, "sin_fecha no es excluye, cuenta ni fin_de_anio");
}

static bool read_optional_field(struct definitions_reading *reading, const char *path,
                                const struct geo_table *table, json_t *object, const char *name,
                                int *field)
{
    json_t *value = json_object_get(object, name);
    *field = -1;
    return !value || find_field(reading, path, table, value, field);
}

static bool read_set(struct definitions_reading *reading, const char *path, const char *table,
                     json_t *object, struct geo_set *set)
{
    set->table = table ? geo_table_find(table) : NULL;
    if (!set->table)
        return reading_wrong(reading, path, "no hay una capa «%.*s»",
                             table ? text_cut(table, 60) : 0, table ? table : "");
    if (!set->table->linked && geo_table_field(set->table, "alianza_codigo") < 0)
        return reading_wrong(reading, path, "los registros de %s no tienen municipio ni alianza",
                             table);
    if (!find_field(reading, path, set->table, json_object_get(object, "fecha"), &set->date))
        return false;
    if (!is_date(set->table, set->date))
        return reading_wrong(reading, path, "fecha: «%s» no es una fecha",
                             set->table->fields[set->date].name);
    return read_undated(reading, path, object, set) &&
           read_conditions(reading, path, "entre", object, set->table, set->among, &set->n_among) &&
           read_conditions(reading, path, "donde", object, set->table, set->where, &set->n_where) &&
           read_optional_field(reading, path, set->table, object, "ultimo_por", &set->latest_by) &&
           read_optional_field(reading, path, set->table, object, "ultima", &set->latest_value);
}

static bool read_related(struct definitions_reading *reading, json_t *object, struct geo_term *term)
{
    static const char *const members[] = {"de",    "por",        "fecha",  "sin_fecha",
                                          "entre", "ultimo_por", "ultima", "donde",
                                          "suma",  "minimo",     NULL};
    const char *path = "relacionados";
    if (!object)
        return true;
    if (!reading_members(reading, path, object, members) ||
        !read_set(reading, path, json_string_value(json_object_get(object, "de")), object,
                  &term->related) ||
        !find_field(reading, path, term->related.table, json_object_get(object, "por"),
                    &term->by) ||
        !read_optional_field(reading, path, term->related.table, object, "suma",
                             &term->related_sum))
        return false;
    if (geo_table_field(term->set.table, "codigo") < 0)
        return reading_wrong(reading, path, "%s no tiene código", term->set.table->name);
    if (term->related_sum >= 0 && !is_number(term->related.table, term->related_sum))
        return reading_wrong(reading, path, "suma: no es una columna de números");
    term->has_related = true;
    term->least = 1;
    return reading_number(reading, object, "minimo", &term->least) &&
           (term->least > 0 ||
            reading_wrong(reading, path, "minimo: se espera un número mayor que 0"));
}

/* "columna" is added, "-columna" subtracted. */
static bool read_sum(struct definitions_reading *reading, const char *path, json_t *value,
                     struct geo_term *term)
{
    if (!json_is_string(value) || term->n_sums == GEO_TERM_SUMS)
        return reading_wrong(reading, path, "suma: se esperan de 1 a %d columnas", GEO_TERM_SUMS);
    const char *name = json_string_value(value);
    int field = geo_table_field(term->set.table, name + (name[0] == '-'));
    if (field < 0 || !is_number(term->set.table, field))
        return reading_wrong(reading, path, "suma: %s no tiene una columna de números «%.*s»",
                             term->set.table->name, text_cut(name, 60), name);
    term->signs[term->n_sums] = name[0] == '-' ? -1 : 1;
    term->sums[term->n_sums++] = field;
    return true;
}

static bool read_sums(struct definitions_reading *reading, const char *path, json_t *value,
                      struct geo_term *term)
{
    if (!json_is_array(value))
        return read_sum(reading, path, value, term);
    if (json_array_size(value) == 0)
        return reading_wrong(reading, path, "suma: se esperan de 1 a %d columnas", GEO_TERM_SUMS);
    for (size_t i = 0; i < json_array_size(value); i++)
        if (!read_sum(reading, path, json_array_get(value, i), term))
            return false;
    return true;
}

bool reading_term(struct definitions_reading *reading, json_t *indicator, const char *path,
                  struct geo_term *term)
{
    static const char *const members[] = {"cuenta", "suma",      "de",           "figura",
                                          "fecha",  "sin_fecha", "entre",        "ultimo_por",
                                          "ultima", "donde",     "relacionados", NULL};
    json_t *object = json_object_get(indicator, path);
    if (!object)
        return true;
    if (!reading_members(reading, path, object, members))
        return false;
    json_t *count = json_object_get(object, "cuenta"), *sum = json_object_get(object, "suma");
    json_t *figure = json_object_get(object, "figura");
    if (!!count + !!sum + !!figure != 1)
        return reading_wrong(reading, path, "se espera cuenta, suma o figura, una de ellas");
    if (figure) {
        const char *name = json_string_value(figure);
        if (!name || strcmp(name, "riego_neto_ha") != 0 || json_object_size(object) != 1)
            return reading_wrong(reading, path,
                                 "figura: solo hay riego_neto_ha, y no lleva nada más");
        term->kind = GEO_TERM_IRRIGATION;
        return true;
    }
    json_t *table = count ? count : json_object_get(object, "de");
    if (count && json_object_get(object, "de"))
        return reading_wrong(reading, path, "«de» va con suma; con cuenta, la capa es su valor");
    term->kind = count ? GEO_TERM_COUNT : GEO_TERM_SUM;
    return read_set(reading, path, json_string_value(table), object, &term->set) &&
           (count || read_sums(reading, path, sum, term)) &&
           read_related(reading, json_object_get(object, "relacionados"), term);
}
