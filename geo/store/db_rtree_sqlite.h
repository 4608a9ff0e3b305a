/* db_rtree_sqlite.h - writes all of an SQLite R*Tree at once, packed.
 *
 * An R*Tree is kept in three tables, NAME_node, NAME_rowid and NAME_parent. Their form is in
 * SQLite's ext/rtree/rtree.c, and rtreecheck() (`sigg check`) compares them. Entry by entry a
 * tree takes ten times as long, and has nodes that overlap more.
 *
 * Threads, errors: as in geo/store/db.h.
 */
#ifndef GEO_DB_RTREE_SQLITE_H
#define GEO_DB_RTREE_SQLITE_H

#include "geo/store/db_sqlite.h"

/* A box as the tree keeps it: rounded outward to 32 bits. */
struct db_rtree_entry {
    int64_t id;
    float box[4]; /* least x, greatest x, least y, greatest y */
};

/* box: least x, least y, greatest x, greatest y. */
struct db_rtree_entry db_rtree_entry(int64_t id, const double box[4]);

/* Replaces what is in the tree `name`. Entries are in order of id, each id once. The
 * connection must not be defensive. */
bool db_rtree_write(struct db *db, const char *name, const struct db_rtree_entry *entries, size_t n,
                    struct err *err);

#endif
