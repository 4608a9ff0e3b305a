/* fields_options.c - columns that a survey writes beside an answer.
 *
 * They are its options, and second questions of one name.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "geo/fields/fields_internal.h"
#include "geo/fields/heading.h"

static const char marks[] = "/.:-";

/* "apoyos/familias" begins with the heading "apoyos" and a mark. */
static bool is_behind(const char *heading, const char *question, size_t len)
{
    return len > 0 && strncmp(heading, question, len) == 0 && heading[len] &&
           strchr(marks, heading[len]) && heading[len + 1] && !strchr(marks, heading[len + 1]);
}

int fields_question_of(const struct geo_fields *fields, size_t column)
{
    int found = -1;
    size_t longest = 0;
    for (size_t c = 0; c < fields->n_columns; c++) {
        size_t len = strlen(fields->columns[c]);
        if (c != column && len > longest &&
            is_behind(fields->columns[column], fields->columns[c], len)) {
            found = (int)c;
            longest = len;
        }
    }
    return found;
}

/* Every cell says whether the option was chosen. */
static bool is_chosen(const struct column_facts *facts)
{
    static const char *const words[] = {"true", "false", "verdadero", "falso"};
    const char *text = facts->first[COLUMN_TEXT].text;
    if (facts->n[COLUMN_UP_TO_ONE] == facts->values)
        return facts->n[COLUMN_POINT] == 0 && facts->n[COLUMN_COMMA] == 0;
    for (size_t i = 0; facts->n[COLUMN_TEXT] == facts->values && i < sizeof words / sizeof *words;
         i++)
        if (strcasecmp(text, words[i]) == 0)
            return true;
    return false;
}

/* The first column of the group that has options, which is told for all. */
static bool is_first_option(const struct geo_fields *fields, const struct column_facts *facts,
                            size_t column, size_t group_len)
{
    for (size_t c = 0; c < column; c++)
        if (strncmp(fields->columns[c], fields->columns[column], group_len + 1) == 0 &&
            facts[c].values > 0 && is_chosen(&facts[c]))
            return false;
    return true;
}

/* The open field of choices that the group is called as; -1: none. */
static int asks_for(const struct geo_fields *fields, size_t column, size_t group_len)
{
    char *group = arena_strndup(fields->arena, fields->columns[column], group_len);
    char *key = group ? heading_key(fields->arena, group) : NULL;
    for (size_t i = 0; key && i < fields->n_slot_keys; i++) {
        size_t slot = fields->slot_keys[i].slot;
        if (slot < fields->table->n_fields && fields->table->fields[slot].type == GEO_CHOICE &&
            fields->column_of[slot] < 0 && strcmp(fields->slot_keys[i].key, key) == 0)
            return (int)slot;
    }
    return -1;
}

bool fields_look_option(const struct geo_fields *fields, const struct column_facts *facts,
                        size_t column, struct import_faults *notes)
{
    size_t len;
    if (!is_chosen(&facts[column]))
        return false;
    if (fields_question_of(fields, column) >= 0)
        return true;
    if (!heading_last_part(fields->columns[column], &len))
        return false;
    int slot = asks_for(fields, column, len);
    if (slot >= 0 && is_first_option(fields, facts, column, len))
        import_faults_add(notes, fields->table->fields[slot].name, (int)column, NULL, false,
                          "las columnas como «%s» son las opciones de una pregunta, y ninguna "
                          "tiene su respuesta, que llenaría «%s»: exporte el formulario con la "
                          "respuesta en una columna, o déjelas fuera con --ignore-unused",
                          fields->columns[column],
                          fields_published_name(fields->table, (size_t)slot));
    return slot >= 0;
}

/* The key of "gps_001", as Kobo calls a second question of one name, without its number; NULL: it
 * has none. */
static const char *without_number(const struct geo_fields *fields, const char *key)
{
    size_t len = strlen(key);
    if (len < 5 || key[len - 4] != '_' || strspn(key + len - 3, "0123456789") != 3)
        return NULL;
    return arena_strndup(fields->arena, key, len - 4);
}

/* A slot that a column fills, of which the key is a name; -1: none. */
static int filled_slot(const struct geo_fields *fields, const char *key)
{
    for (size_t i = 0; key && i < fields->n_slot_keys; i++)
        if (fields->column_of[fields->slot_keys[i].slot] >= 0 &&
            strcmp(fields->slot_keys[i].key, key) == 0)
            return (int)fields->slot_keys[i].slot;
    return -1;
}

int fields_second_of(const struct geo_fields *fields, const struct column_facts *facts,
                     size_t column, bool like)
{
    size_t len;
    int slot = filled_slot(fields, without_number(fields, fields->keys[column]));
    if (slot >= 0 && (like || facts[fields->column_of[slot]].empty > 0))
        return slot;
    const char *part = like ? heading_last_part(fields->columns[column], &len) : NULL;
    return part ? filled_slot(fields, heading_key(fields->arena, part)) : -1;
}
