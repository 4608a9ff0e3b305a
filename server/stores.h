/* stores.h - open connections to the database, lent to one request at a time.
 *
 * Opening one takes longer than most answers: those given back are lent again, the
 * last first, and one is opened before anybody asks.
 *
 * Owns:    the connections that are not lent.
 * Threads: any; a connection is used by the one that it is lent to.
 * Errors:  geo_store_open()'s; ERR_DEPENDENCY while the database cannot be used.
 */
#ifndef SERVER_STORES_H
#define SERVER_STORES_H

#include "geo/store/store.h"

struct stores; /* opaque */

struct stores *stores_new(const char *db_path); /* NULL: memory; keeps the path itself */
void stores_free(struct stores *stores);        /* NULL is fine; none is lent any more */

/* To read with. file tells databases of the same name apart: one opened for another
 * is not lent again. */
struct geo_store *stores_take(struct stores *stores, uint64_t file, struct err *err);
void stores_give(struct stores *stores, uint64_t file, struct geo_store *store);

/* No connection is open any more, and none is lent until stores_open(): what is being
 * read with one is told to end. False if one is still in use after wait_ms; ask again. */
bool stores_shut(struct stores *stores, long wait_ms);
void stores_open(struct stores *stores);

#endif
