/* store_known.h - sources that are known: an import of them, as it is asked for, changes nothing.
 *
 * A source is kept with the content of the database (geo_store_content()) that its import left. It
 * is known as long as the content is the same: until anything is imported, undone, decided or
 * edited, or another copy of the database takes this one's place.
 *
 * Owns:    nothing.
 * Threads: as the store's.
 * Errors:  those of the database.
 */
#ifndef GEO_STORE_KNOWN_H
#define GEO_STORE_KNOWN_H

#include "geo/store/store.h"

/* What identifies a source together with all that decides how it is read. */
struct store_known_key {
    unsigned char bytes[16];
};

struct store_known {
    char date[21];   /* "YYYY-MM-DDTHH:MM:SSZ" of the import that left the content */
    char text[2048]; /* the summary of importing it again */
};

/* *found false: it is not known. */
bool store_known_read(struct geo_store *store, const struct store_known_key *key,
                      struct store_known *known, bool *found, struct err *err);
/* Inside a transaction, when all else is written: keeps the source, and forgets those that this
 * content no longer knows. A text that has no room is not kept. */
bool store_known_keep(struct geo_store *store, const struct store_known_key *key, const char *text,
                      struct err *err);

#endif
