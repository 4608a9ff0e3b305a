/* import_columns.h - the columns of a source during an import: studied before its rows are read,
 * and those that fill nothing named afterwards.
 *
 * Owns:    column facts live in run->kept.
 * Threads: one. Errors: as geo_fields_settle().
 */
#ifndef GEO_IMPORT_COLUMNS_H
#define GEO_IMPORT_COLUMNS_H

#include "geo/import/import_run.h"

/* Studies all rows of a table, decides how its columns are read (table->fields), and gives each
 * warning and fault about a column. table->facts gets one entry a column. Faults stay in
 * table->about and do not stop: the other tables are studied too. */
bool import_study_columns(struct import_run *run, struct import_table *table, struct err *err);

/* "Columnas sin usar: «a», «b».", of a table that was read; "": all are used. NULL: memory. */
const char *import_unused_note(struct import_run *run, const struct import_table *table);

/* Adds a column of run->at that fills nothing, and why, to the summary: "clase (2 de 40 valores son
 * números)". why may be NULL. */
void import_add_unused(struct import_run *run, size_t column, const char *why);

#endif
