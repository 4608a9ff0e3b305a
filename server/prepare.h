/* prepare.h - what a command leaves ready after it changed boundaries, so that a
 * server need not compute it at each start.
 *
 * Threads: the main one.
 * Errors:  a note on stderr: what the command did stands, a server only starts slower.
 */
#ifndef SERVER_PREPARE_H
#define SERVER_PREPARE_H

#include "geo/store/store.h"

/* After the commit, on a store that writes. */
void prepare_outlines(struct geo_store *store);

#endif
