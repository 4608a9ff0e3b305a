/* import_facts_name.h - the name that stands beside the code of a municipality in a table of facts.
 * Facts have no place that could tell a row that slipped: only the name does.
 *
 * Owns:    nothing; it borrows the columns of the table and the editions.
 * Threads: one owner.
 */
#ifndef GEO_IMPORT_FACTS_NAME_H
#define GEO_IMPORT_FACTS_NAME_H

#include "geo/import/import_declared.h"
#include "geo/import/import_run.h"

struct import_facts_name {
    struct declared *declared; /* NULL: nothing is compared */
    int nombre, departamento;  /* columns; -1: none */
};

/* Finds the columns of run->at. */
bool import_facts_name_find(struct import_run *run, struct declared *declared,
                            struct import_facts_name *out, struct err *err);
/* ERR_INPUT if the row's code is of another municipality than its name or department. */
bool import_facts_name_check(struct import_run *run, const struct import_facts_name *name,
                             const char *codigo, const struct geo_source_row *row, struct err *err);

#endif
