/* resolve_internal.h - inside styles/compose: a document with values in the place of
 * their names.
 *
 * A string "@name" stands for a value of that name. The first scope that has the
 * name gives the value, which may hold names itself.
 *
 * Owns:    nothing; a result is the caller's (json_decref).
 * Errors:  NULL, after a message with file and key on stderr.
 */
#ifndef STYLES_COMPOSE_RESOLVE_INTERNAL_H
#define STYLES_COMPOSE_RESOLVE_INTERNAL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* The values of a file, or of the object `within` it ("" = the whole file). */
struct values {
    const char *file, *within;
    json_t *object;
    json_t *used; /* the names that were looked up and found here */
};

/* theme: the file that is composed, for messages. */
struct scopes {
    const char *theme;
    struct values *list[5];
    size_t n;
};

/* A copy of value, which stands in file at key. A member whose value is a name and
 * comes to null is left out, and so is an object of which nothing remains. A name
 * in the list of "layers" may stand for a list: its items are put in its place. */
json_t *resolve(struct scopes *scopes, json_t *value, const char *file, const char *key);

#endif
