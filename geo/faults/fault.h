/* fault.h - what is wrong with a row or a column of a source, as a list: one entry for each
 * value that is refused or remarkable, so that people mend them all at once.
 *
 * Owns:    nothing; entries and their texts live in the list's arena.
 * Threads: one owner.
 * Errors:  short memory is sticky: import_faults_failed(), once at the end.
 */
#ifndef GEO_IMPORT_FAULT_H
#define GEO_IMPORT_FAULT_H

#include "geo/base/arena.h"
#include "geo/base/err.h"

struct import_fault {
    const char *field;   /* of the schema, constant; NULL: of no field */
    int column;          /* of the source, from 0; -1: none */
    const char *value;   /* as written; NULL: none */
    const char *message; /* a Spanish sentence that stands by itself */
    bool warning;        /* the value is stored, or nothing is lost */
    bool readable;       /* by itself it is a value of the field: others contradict it */
    bool repeated;       /* it is the key of an earlier record: a row to correct has it empty, so
                            that it cannot replace that record */
    bool of_stored;      /* a warning of what becomes of the record stored before */
};

struct import_faults {
    struct arena *arena;
    struct import_fault *items;
    size_t n, cap;
    size_t errors; /* entries that are no warnings */
    bool failed;   /* memory was short */
};

/* An empty list whose entries live in arena. */
struct import_faults import_faults_new(struct arena *arena);

/* Adds one entry; value and the message are copied. */
void import_faults_add(struct import_faults *faults, const char *field, int column,
                       const char *value, bool warning, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

bool import_faults_failed(const struct import_faults *faults);

/* The entries that are no warnings as one error, "…; …"; true if there are none. Those that do not
 * fit a message are counted: "…; y 12 más". */
bool import_faults_to_err(const struct import_faults *faults, struct err *err);

#endif
