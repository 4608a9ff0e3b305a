/* db_former_sqlite.h - the former database: the file that `sigg restore` replaced. It lies
 * beside the database as "sigg.sqlite.anterior-20261130-064512", with its log.
 *
 * Owns:    nothing; names are the caller's.
 * Threads: any.
 * Errors:  those of folder.h.
 */
#ifndef GEO_STORE_DB_FORMER_SQLITE_H
#define GEO_STORE_DB_FORMER_SQLITE_H

#include "geo/base/err.h"

bool db_same_file(const char *a, const char *b);
/* A name for the former file of `path` that is not in use. */
void db_former_name(const char *path, char former[4096]);
/* The last former file beside `path`; false: there is none. */
bool db_former_last(const char *path, char former[4096]);

/* Renames the file and its log; *any: there was a file. A log without its file is renamed
 * too: SQLite would apply it to any file put there. */
bool db_former_move(const char *path, const char *former, bool *any, struct err *err);
/* Gives the former file its own name again, its log first; false where another file has
 * that name by now. */
bool db_former_put_back(const char *path, const char *former);

#endif
