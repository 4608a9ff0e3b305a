/* survey_group.c - tables that a survey form writes for its repeated groups. */
#include "geo/import/survey_group.h"

#include <strings.h>

bool survey_group_is_repeat(const char *const *columns, size_t n_columns, size_t *column)
{
    static const char *const parents[] = {"_parent_index", "_parent_table_name", "PARENT_KEY"};
    for (size_t c = 0; c < n_columns; c++)
        for (size_t i = 0; i < sizeof parents / sizeof *parents; i++)
            if (strcasecmp(columns[c], parents[i]) == 0) {
                *column = c;
                return true;
            }
    return false;
}
