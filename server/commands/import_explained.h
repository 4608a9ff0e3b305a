/* import_explained.h - `sigg import --explain`: how a source would be understood, and where its
 * points would fall. The import runs as a trial whose transaction is rolled back; a database that
 * cannot be written to is copied first.
 *
 * Threads: the main one.
 * Errors:  a source that cannot be opened. One that could not be imported is explained, with why.
 */
#ifndef SERVER_IMPORT_EXPLAINED_H
#define SERVER_IMPORT_EXPLAINED_H

#include "server/commands/import_request.h"

/* With a layer: prints the explanation, and draws the map if one is asked for. Without: prints
 * which layers the source could feed, best first, then the explanation of the best. */
bool import_explained(struct import_request *request, const char *db_path, struct err *err);

#endif
