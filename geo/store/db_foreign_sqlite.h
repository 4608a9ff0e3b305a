/* db_foreign_sqlite.h - makes SQLite files of other programs safe to open: a copy in memory without
 * views and virtual tables.
 *
 * Reading a view or a virtual table runs SQL that the author of the file wrote, with the
 * rights of the reader. Tables, their indexes and R-trees only hold data. Triggers run
 * only on writing, and nothing is written.
 *
 * Owns:    the copy's bytes; geo_foreign_free().
 * Threads: any, one owner.
 * Errors:  ERR_INPUT: the file is damaged; ERR_MEMORY.
 */
#ifndef GEO_DB_FOREIGN_SQLITE_H
#define GEO_DB_FOREIGN_SQLITE_H

#include <stddef.h>

#include "geo/base/buf.h"
#include "geo/base/err.h"

struct geo_foreign {
    unsigned char *bytes; /* a whole database; NULL: the file itself is safe to open */
    size_t len;
    struct buf left_out; /* names of what was left out: "a, b"; without SpatiaLite's own */
    bool cut;            /* something was left out */
};

/* True if the file uses a log (-wal). To open it SQLite needs the log, and creates files
 * beside it. */
bool geo_foreign_has_log(const char *path);
/* Copies file and log into one database in memory, which needs no other file. */
bool geo_foreign_snapshot(const char *path, struct geo_foreign *copy, struct err *err);

/* Inspects the schema of copy->bytes or, without bytes, of the file (path may be NULL if
 * there are bytes). If it has views or virtual tables, a copy without them is made. */
bool geo_foreign_plain(const char *path, struct geo_foreign *copy, struct err *err);
/* Takes the bytes of a database, malloc()ed, as the copy. */
bool geo_foreign_take(void *bytes, size_t len, struct geo_foreign *copy, struct err *err);

void geo_foreign_free(struct geo_foreign *copy);

/* What a reader makes of all values of a column. */
enum geo_foreign_kind { GEO_FOREIGN_WHOLE, GEO_FOREIGN_REAL, GEO_FOREIGN_DAY };

struct geo_foreign_column {
    const char *name;
    int index; /* the caller's: the result has it in the name "c12" */
    enum geo_foreign_kind kind;
};

/* Appends the query for rows whose values such a reader would spoil, texts above all: the id of the
 * row as a text, and for each column the value as a text, NULL where it is right. In the order of
 * the ids. */
void geo_foreign_put_odd(struct buf *sql, const char *table,
                         const struct geo_foreign_column *columns, size_t n);

/* Appends the query, of a GeoPackage, for the ids of a table's geometries that name another system
 * than its layer, in order; 0 and -1 name none. */
void geo_foreign_put_systems(struct buf *sql, const char *table, const char *id,
                             const char *geometry);

#endif
