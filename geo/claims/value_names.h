/* value_names.h - the names under which the records of a file have values, and which of them a
 * record has twice: GDAL gives one of the two values, and says nothing of the other.
 *
 * Owns:    the names; value_names_free(). All zeros is an empty list.
 * Threads: one owner.
 * Errors:  false: short memory.
 */
#ifndef GEO_VALUE_NAMES_H
#define GEO_VALUE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct value_names {
    struct value_name {
        char *name;
        uint64_t id;    /* of the whole name, of which `name` may be the start */
        int64_t record; /* the last one that has it */
        char *shown;    /* how people see it (value_names_show()); NULL: no other way, or several */
    } * list;
    size_t n, cap, next; /* next: the one that is likely to come */
    struct value_twice {
        int64_t record;
        size_t name;
    } * twice; /* in the order of records */
    size_t n_twice, cap_twice;
    int64_t n_shown; /* calls of value_names_show() */
};

/* A name without regard to case, as GDAL finds the columns of a KML. */
uint64_t value_names_id(const char *name);

/* Records come in their order. Beyond some thousands of names no more are kept. */
bool value_names_add(struct value_names *names, const char *name, uint64_t id, int64_t record);
void value_names_free(struct value_names *names);

bool value_names_has(const struct value_names *names, uint64_t id);

/* The place of a name in the list; n: it is not there. */
size_t value_names_find(const struct value_names *names, uint64_t id);

/* Adds a name under which another one is shown to people. */
bool value_names_show(struct value_names *names, const char *name, const char *shown);
/* That other name; NULL: none is known, or several are. */
const char *value_names_shown(const struct value_names *names, const char *name);

/* A name that the record has twice; NULL: none. */
const char *value_names_twice(const struct value_names *names, int64_t record);

#endif
