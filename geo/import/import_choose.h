/* import_choose.h - which tables of a source an import reads.
 *
 *     import_choose(run, candidates, n, err)    those to be read have candidates[i].why.kind
 * ERR_NONE
 *
 * Owns:    candidates[i].fields, which the run frees (import_close_source).
 * Threads: as struct import_run.
 * Errors:  ERR_INPUT: none fits, or one that has the layer's key lacks a required field.
 */
#ifndef GEO_IMPORT_CHOOSE_H
#define GEO_IMPORT_CHOOSE_H

#include "geo/import/import_run.h"

/* Compares a table with the layer: fills fields and why. */
void import_choose_consider(struct import_run *run, struct import_candidate *candidate);

bool import_choose(struct import_run *run, struct import_candidate *candidates, size_t n,
                   struct err *err);

#endif
