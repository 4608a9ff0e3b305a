/* db_inserted_sqlite.h - the rows that a transaction inserted, for `sigg undo`: to take them
 * back their ids are enough. A fingerprint of their values tells whether somebody changed
 * them since. A changeset of SQLite's sessions has every value instead: some 200 bytes a
 * record, in memory first, then in the database.
 *
 * As bytes, in front of a changeset (which begins with a 'T'):
 *   "SIGG1", the number of tables (4 bytes); for each table its name and a NUL, the number of
 *   columns in the fingerprint (4), of rows (8), the fingerprint (8), the number of runs (4),
 *   and for each run its first and last id (8, 8). Numbers are little endian.
 *
 * Owns:    struct db_inserted and what is in it: db_inserted_free().
 * Threads, errors: as in geo/store/db.h.
 */
#ifndef GEO_DB_INSERTED_SQLITE_H
#define GEO_DB_INSERTED_SQLITE_H

#include "geo/store/db_sqlite.h"

/* Rows with consecutive ids. */
struct db_run_of_ids {
    int64_t first, last;
};

struct db_inserted_table {
    char name[64];
    uint32_t columns;
    uint64_t rows, fingerprint;
    struct db_run_of_ids *runs;
    size_t n, cap;
};

struct db_inserted {
    struct db_inserted_table *tables;
    size_t n, cap;
};

void db_inserted_free(struct db_inserted *inserted);

/* Adds a row of the table; false: memory is short. */
bool db_inserted_add(struct db_inserted *inserted, const char *table, int64_t id);
bool db_inserted_has(const struct db_inserted *inserted, const char *table, int64_t id);
/* Computes the fingerprints and writes all as bytes; nothing if there are no rows. */
bool db_inserted_write(struct db *db, struct db_inserted *inserted, struct buf *out,
                       struct err *err);

/* Reads such bytes if they begin so; *used is where the changeset begins. False: damaged. */
bool db_inserted_read(const void *bytes, size_t len, struct db_inserted *inserted, size_t *used,
                      struct err *err);
/* True in *same if the rows are as they were written; else *table is that of a changed row. */
bool db_inserted_same(struct db *db, const struct db_inserted *inserted, bool *same,
                      const char **table, struct err *err);
/* Removes the rows. */
bool db_inserted_remove(struct db *db, const struct db_inserted *inserted, struct err *err);

#endif
