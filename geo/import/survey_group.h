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

#include "geo/import/import_run.h"

/* Leaves out the repeated groups where another table is read, and does not mind what they lack: a
 * member of a family is no community. candidates[i].why says so. */
void survey_group_leave_out(struct import_candidate *candidates, size_t n);

#endif
