/* names.h - finds the municipality that a written name means.
 *
 * Accents, case and punctuation do not matter; "V. Tunari" is "Villa Tunari";
 * a part in parentheses is a second name ("Villa Núñez (Tacaquira)"), and where it names another
 * municipality, "La Paz (El Alto)", the text names two;
 * aliases of the store are names too.
 *
 * Owns:    its table of names. Immutable once built: share it between threads.
 * Errors:  a name of no municipality, or of several, is a result, not an error.
 */
#ifndef GEO_NAMES_H
#define GEO_NAMES_H

#include "geo/place/edition.h"

struct geo_names;

/* Reads the aliases of store; store NULL: none. The edition must outlive it. */
struct geo_names *geo_names_build(const struct geo_edition *edition, struct geo_store *store,
                                  struct err *err);
void geo_names_free(struct geo_names *names);

enum { GEO_NAMES_CANDIDATES = 8 };

enum geo_names_kind {
    GEO_NAMES_ONE,       /* `unit` is the municipality */
    GEO_NAMES_AMBIGUOUS, /* candidates[] */
    GEO_NAMES_TWO,       /* the text names candidates[0], and candidates[1] in parentheses */
    GEO_NAMES_UNKNOWN,   /* candidates[] are the nearest in spelling, maybe none */
};

struct geo_names_match {
    enum geo_names_kind kind;
    int unit; /* of the edition; -1 unless ONE */
    size_t n_candidates;
    int candidates[GEO_NAMES_CANDIDATES];
};

/* departamento narrows an ambiguous name; NULL or "" if not declared. */
struct geo_names_match geo_names_find(const struct geo_names *names, const char *nombre,
                                      const char *departamento);

/* "San Pedro: hay 2 municipios con ese nombre: San Pedro (Santa Cruz, 071002),
 * San Pedro (Pando, 090302); indique el departamento o el código" */
bool geo_names_explain(const struct geo_names *names, const char *nombre,
                       const struct geo_names_match *match, struct err *err);

#endif
