/* definitions_internal.h - reading one indicator: only for geo/figures/definitions*.c. */
#ifndef GEO_DEFINITIONS_INTERNAL_H
#define GEO_DEFINITIONS_INTERNAL_H

#include <jansson.h>

#include "geo/base/arena.h"
#include "geo/figures/definitions.h"

/* A reader of one indicator: where it stands, and where texts live. */
struct reading {
    struct arena *arena;
    struct err *err;
    char at[128]; /* "indicadores[3] (R5)" */
};

/* "at: path: sentence"; always false. */
bool reading_wrong(struct reading *reading, const char *path, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Every member of the object is one of the words; ends with NULL. */
bool reading_members(struct reading *reading, const char *path, json_t *object,
                     const char *const *words);
/* Leaves *out where there is no such member. */
bool reading_number(struct reading *reading, json_t *object, const char *name, double *out);

/* The term of that name; without it, it stays GEO_TERM_NONE. */
bool reading_term(struct reading *reading, json_t *indicator, const char *path,
                  struct geo_term *term);

#endif
