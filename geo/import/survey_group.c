/* survey_group.c - tables that a survey form writes for its repeated groups. */
#include "geo/import/survey_group.h"

#include <strings.h>

/* True if one of the columns names the answer that the row belongs to; *column tells which. */
static bool is_repeat(const struct geo_source_table *table, size_t *column)
{
    static const char *const parents[] = {"_parent_index", "_parent_table_name", "PARENT_KEY"};
    for (size_t c = 0; c < table->n_columns; c++)
        for (size_t i = 0; i < sizeof parents / sizeof *parents; i++)
            if (strcasecmp(table->columns[c], parents[i]) == 0) {
                *column = c;
                return true;
            }
    return false;
}

void survey_group_leave_out(struct import_candidate *candidates, size_t n)
{
    bool answers = false;
    size_t column;
    for (size_t i = 0; i < n; i++)
        answers = answers ||
                  (candidates[i].why.kind == ERR_NONE && !is_repeat(candidates[i].source, &column));
    for (size_t i = 0; answers && i < n; i++) {
        struct import_candidate *one = &candidates[i];
        if ((one->why.kind != ERR_NONE && !one->lacks_field) || !is_repeat(one->source, &column))
            continue;
        one->lacks_field = false;
        err_set(&one->why, ERR_INPUT,
                "es un grupo repetido de la encuesta (columna «%s»); si sus filas son registros, "
                "léala con --solo-capa",
                one->source->columns[column]);
    }
}
