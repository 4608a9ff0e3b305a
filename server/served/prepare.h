/* prepare.h - computes and stores map outlines after a command changed boundaries, so that
 * a server need not compute them at each start.
 *
 * Threads: the main one.
 * Errors:  a note on stderr: the command has succeeded, only servers start more slowly.
 */
#ifndef SERVER_PREPARE_H
#define SERVER_PREPARE_H

#include "geo/store/store.h"

/* To be called after the commit, with a store opened for writing. */
void prepare_outlines(struct geo_store *store);

#endif
