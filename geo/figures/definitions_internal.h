/* definitions_internal.h - reads one indicator; only for geo/figures/definitions*.c. */
#ifndef GEO_DEFINITIONS_INTERNAL_H
#define GEO_DEFINITIONS_INTERNAL_H

#include <jansson.h>

#include "geo/base/arena.h"
#include "geo/figures/definitions.h"

/* State of reading one indicator: its path, and the arena of its texts. */
struct definitions_reading {
    struct arena *arena;
    struct err *err;
    char at[128]; /* "indicadores[3] (R5)" */
};

/* Sets the error "at: path: sentence"; always false. */
bool reading_wrong(struct definitions_reading *reading, const char *path, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Checks that every member of the object is one of the words; they end with NULL. */
bool reading_members(struct definitions_reading *reading, const char *path, json_t *object,
                     const char *const *words);
/* Leaves *out if there is no such member. */
bool reading_number(struct definitions_reading *reading, json_t *object, const char *name,
                    double *out);

/* Reads the term of that name; without one it stays GEO_TERM_NONE. */
bool reading_term(struct definitions_reading *reading, json_t *indicator, const char *path,
                  struct geo_term *term);

#endif
