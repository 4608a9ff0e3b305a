/* foreign.h - an SQLite file that others made, before a library opens it: what of
 * its schema is plain, and a copy without the rest.
 *
 * A schema is a program: a view or a virtual table runs what its author wrote when
 * it is read, with the functions of whoever reads. Tables, their indexes and R-trees
 * hold data only; triggers run when something is written, and nothing is.
 *
 * Owns:    the copy's bytes; geo_foreign_free().
 * Threads: any, one owner.
 * Errors:  ERR_INPUT: the file is damaged; ERR_MEMORY.
 */
#ifndef GEO_FOREIGN_H
#define GEO_FOREIGN_H

#include <stddef.h>

#include "geo/base/buf.h"
#include "geo/base/err.h"

struct geo_foreign {
    unsigned char *bytes; /* a whole database; NULL: the file itself will do */
    size_t len;
    struct buf left_out; /* names of what the copy lacks: "a, b"; not SpatiaLite's own */
    bool cut;            /* it lacks something */
};

/* The file is one that is written with a log beside it (-wal): to be opened it needs
 * both, and files that SQLite makes there. */
bool geo_foreign_has_log(const char *path);
/* File and log as one database in memory, which needs nothing. */
bool geo_foreign_snapshot(const char *path, struct geo_foreign *copy, struct err *err);

/* Looks at the schema of the file, or of copy->bytes where there are any; a copy
 * without views and virtual tables where there are some. path may be NULL then. */
bool geo_foreign_plain(const char *path, struct geo_foreign *copy, struct err *err);
/* Takes the bytes of a database, malloc()ed, as the copy. */
bool geo_foreign_take(void *bytes, size_t len, struct geo_foreign *copy, struct err *err);

void geo_foreign_free(struct geo_foreign *copy);

#endif
