/* fields_twins.c - columns of one heading: the first fills the field, others agree. */
#include <string.h>

#include "geo/base/text.h"
#include "geo/fields/fields_internal.h"
#include "geo/fields/heading.h"

/* "familias" of "familias (columna D)", the name that a second column of one heading gets; NULL: it
 * is no such name. */
static const char *heading_of(const struct geo_fields *fields, size_t column)
{
    static const char mark[] = " (columna ";
    const char *name = fields->columns[column], *found = NULL;
    for (const char *at = strstr(name, mark); at; at = strstr(at + 1, mark))
        found = at;
    if (!found || found == name)
        return NULL;
    const char *letters = found + strlen(mark);
    size_t len = strspn(letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    return len && strcmp(letters + len, ")") == 0
               ? arena_strndup(fields->arena, name, (size_t)(found - name))
               : NULL;
}

static int earlier(const struct geo_fields *fields, size_t column, const char *heading)
{
    const char *folded = heading_fold(fields->arena, heading);
    for (size_t c = 0; folded && c < column; c++)
        if (strcmp(fields->folded[c], folded) == 0)
            return (int)c;
    return -1;
}

bool fields_find_twins(struct geo_fields *fields, struct err *err)
{
    for (size_t c = 0; c < fields->n_columns; c++) {
        const char *heading = heading_of(fields, c);
        fields->twin_of[c] = heading ? earlier(fields, c, heading) : -1;
        fields->has_twins = fields->has_twins || fields->twin_of[c] >= 0;
    }
    return fields->folded || err_no_memory(err);
}

static const char *clean(const struct source_cells *row, int column, struct arena *arena)
{
    const char *text = (size_t)column < row->n ? row->cells[column].text : NULL;
    text = text ? text_clean(arena, text) : NULL;
    return text ? text : "";
}

void geo_fields_compare_twins(const struct geo_fields *fields, const struct source_cells *row,
                              struct arena *arena, struct import_faults *faults)
{
    for (size_t c = 0; fields->has_twins && c < fields->n_columns; c++) {
        int twin = fields->twin_of[c];
        if (twin < 0 || fields->used[c] || fields->ignored[c] || fields->ignore_unused ||
            !fields->used[twin])
            continue;
        const char *first = clean(row, twin, arena), *second = clean(row, (int)c, arena);
        if (second[0] && strcmp(first, second) != 0)
            import_faults_add(
                faults, NULL, (int)c, second, false,
                "dos columnas se llaman «%s», y aquí dicen «%.*s» y «%.*s»: deje una, "
                "o deje fuera la segunda con --ignore \"%s\"",
                fields->columns[twin], text_cut(first, 100), first, text_cut(second, 100), second,
                fields->columns[c]);
    }
}
