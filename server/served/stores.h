/* stores.h - a pool of open database connections, each lent to one request at a time.
 *
 * Opening one takes longer than most answers. Returned connections are lent again, the last
 * returned first, and one is opened ahead of the first request.
 *
 * Owns:    the connections that are not lent.
 * Threads: any; a connection is used by its borrower only.
 * Errors:  geo_store_open()'s; ERR_DEPENDENCY while the database cannot be used.
 */
#ifndef SERVER_STORES_H
#define SERVER_STORES_H

#include "geo/store/store.h"

struct stores; /* opaque */

struct stores *stores_new(const char *db_path); /* NULL: memory; keeps the path itself */
void stores_free(struct stores *stores);        /* NULL is fine; no connection may be lent */

/* Lends a connection for reading. file identifies the database file: a connection to
 * another file is not lent. */
struct geo_store *stores_take(struct stores *stores, uint64_t file, struct err *err);
void stores_give(struct stores *stores, uint64_t file, struct geo_store *store);

/* Closes all connections, and lends none until stores_open(); running reads are
 * interrupted. False if one is still in use after wait_ms; call it again. */
bool stores_shut(struct stores *stores, long wait_ms);
void stores_open(struct stores *stores);

#endif
