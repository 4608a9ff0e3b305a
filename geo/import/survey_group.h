/* survey_group.h - tables that a survey form writes for its repeated groups (ODK, Kobo).
 *
 * A form that asks for each member of a family has a second table, a row a member, which
 * names the answer that it belongs to: "_parent_index" in Kobo's, "PARENT_KEY" in ODK's. Its rows
 * are things of their own, and mostly none of the layer that the form is imported to.
 *
 * Owns:    nothing. Threads: any. Errors: none.
 */
#ifndef GEO_SURVEY_GROUP_H
#define GEO_SURVEY_GROUP_H

#include <stdbool.h>
#include <stddef.h>

/* True if one of the columns names the answer that the row belongs to; *column tells which. */
bool survey_group_is_repeat(const char *const *columns, size_t n_columns, size_t *column);

#endif
