/* import_declared.h - finds the municipality that a record declares, in all editions; the
 * current one goes first.
 *
 * Owns:    nothing of the editions: they are the linker's, loaded when needed.
 * Threads: one.
 */
#ifndef GEO_IMPORT_DECLARED_H
#define GEO_IMPORT_DECLARED_H

#include "geo/base/arena.h"
#include "geo/figures/linker.h"

struct declared; /* opaque */

/* The linker must outlive the result. ERR_NOT_FOUND if there is no edition. */
struct declared *declared_open(struct geo_store *store, struct geo_linker *linker, struct err *err);
void declared_close(struct declared *declared); /* NULL is fine */

/* The current edition; if none is current, the first. */
const struct geo_edition *declared_edition(const struct declared *declared);

struct declared_unit {
    const struct geo_edition *edition; /* the edition that has it */
    int unit;                          /* -1: nothing declared, or an unknown name */
    const char *unknown;               /* message about an unknown name; NULL: it is known */
    const char *contrary; /* of a code: what the name or the department says else; NULL: nothing */
};

/* Any of the three may be NULL. ERR_INPUT for a code that no edition has, or an ambiguous
 * name. */
bool declared_find(struct declared *declared, struct arena *arena, const char *codigo,
                   const char *nombre, const char *departamento, struct declared_unit *out,
                   struct err *err);
/* Restores the leading zero that a code of five digits lost in a spreadsheet. */
const char *declared_code(struct arena *arena, const char *codigo);
bool declared_knows_code(struct declared *declared, const char *codigo, bool *known,
                         struct err *err);

#endif
