/* db_inserted_sqlite.c - rows that were inserted, as runs of ids with a fingerprint. */
#include "geo/store/db_inserted_sqlite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/hash.h"

static const char head[] = "SIGG1";
static const char noting[] = "anotar los cambios", reverting[] = "revertir los cambios";

enum { HEAD_LEN = sizeof head - 1, COLUMNS_MAX = 2000, TABLES_MAX = 1000 };

void db_inserted_free(struct db_inserted *inserted)
{
    for (size_t i = 0; i < inserted->n; i++)
        free(inserted->tables[i].runs);
    free(inserted->tables);
    *inserted = (struct db_inserted){0};
}

static struct db_inserted_table *add_table(struct db_inserted *inserted, const char *name)
{
    struct db_inserted_table *last = inserted->n ? &inserted->tables[inserted->n - 1] : NULL;
    if (last && strcmp(last->name, name) == 0)
        return last;
    if (!array_reserve(inserted->tables, inserted->cap, inserted->n + 1))
        return NULL;
    last = &inserted->tables[inserted->n++];
    *last = (struct db_inserted_table){0};
    snprintf(last->name, sizeof last->name, "%s", name);
    return last;
}

bool db_inserted_add(struct db_inserted *inserted, const char *name, int64_t id)
{
    struct db_inserted_table *table = add_table(inserted, name);
    if (!table)
        return false;
    if (table->n && table->runs[table->n - 1].last + 1 == id) {
        table->runs[table->n - 1].last = id;
        return true;
    }
    if (!array_reserve(table->runs, table->cap, table->n + 1))
        return false;
    table->runs[table->n++] = (struct db_run_of_ids){id, id};
    return true;
}

bool db_inserted_has(const struct db_inserted *inserted, const char *name, int64_t id)
{
    for (size_t i = 0; i < inserted->n; i++) {
        const struct db_inserted_table *table = &inserted->tables[i];
        for (size_t r = 0; r < table->n && strcmp(table->name, name) == 0; r++)
            if (id >= table->runs[r].first && id <= table->runs[r].last)
                return true;
    }
    return false;
}

/* Fingerprint --------------------------------------------------------------- */

static uint64_t hash_value(uint64_t hash, sqlite3_stmt *row, int column)
{
    int type = sqlite3_column_type(row, column);
    int64_t integer = 0;
    double real = 0;
    hash = hash_bytes(hash, &(char){(char)type}, 1);
    switch (type) {
    case SQLITE_INTEGER:
        integer = sqlite3_column_int64(row, column);
        return hash_bytes(hash, &integer, sizeof integer);
    case SQLITE_FLOAT:
        real = sqlite3_column_double(row, column);
        return hash_bytes(hash, &real, sizeof real);
    case SQLITE_NULL:
        return hash;
    default:
        integer = sqlite3_column_bytes(row, column);
        hash = hash_bytes(hash, &integer, sizeof integer);
        return integer ? hash_bytes(hash, sqlite3_column_blob(row, column), (size_t)integer) : hash;
    }
}

/* The rows as they are now. `columns` 0: all columns, and how many they are; a migration may
 * have added some since. */
static bool fingerprint(struct db *db, const struct db_inserted_table *table, uint32_t *columns,
                        uint64_t *rows, uint64_t *hash, const char *doing, struct err *err)
{
    char sql[160];
    snprintf(sql, sizeof sql, "SELECT * FROM \"%s\" WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
             table->name);
    sqlite3_stmt *read = db_statement(db, sql, err);
    int step = SQLITE_DONE;
    if (!read)
        return false;
    uint32_t there = (uint32_t)sqlite3_column_count(read);
    *columns = *columns && *columns < there ? *columns : there;
    *rows = 0;
    *hash = HASH_START;
    for (size_t i = 0; i < table->n && step == SQLITE_DONE; i++) {
        sqlite3_bind_int64(read, 1, table->runs[i].first);
        sqlite3_bind_int64(read, 2, table->runs[i].last);
        for (; (step = sqlite3_step(read)) == SQLITE_ROW; ++*rows)
            for (uint32_t c = 0; c < *columns; c++)
                *hash = hash_value(*hash, read, (int)c);
        if (step != SQLITE_DONE)
            db_fail(db, err, doing);
        sqlite3_reset(read);
    }
    sqlite3_finalize(read);
    return step == SQLITE_DONE;
}

static uint64_t count_ids(const struct db_inserted_table *table)
{
    uint64_t ids = 0;
    for (size_t i = 0; i < table->n; i++)
        ids += (uint64_t)(table->runs[i].last - table->runs[i].first) + 1;
    return ids;
}

/* Leaves out the ids of rows that were removed again. */
static bool keep_rows(struct db *db, struct db_inserted_table *table, struct err *err)
{
    char sql[128];
    struct db_inserted there = {0};
    int step = SQLITE_DONE;
    snprintf(sql, sizeof sql, "SELECT id FROM \"%s\" WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
             table->name);
    sqlite3_stmt *read = db_statement(db, sql, err);
    bool ok = read && (add_table(&there, table->name) || err_no_memory(err));
    for (size_t i = 0; i < table->n && ok; i++) {
        sqlite3_bind_int64(read, 1, table->runs[i].first);
        sqlite3_bind_int64(read, 2, table->runs[i].last);
        while (ok && (step = sqlite3_step(read)) == SQLITE_ROW)
            ok = db_inserted_add(&there, table->name, sqlite3_column_int64(read, 0)) ||
                 err_no_memory(err);
        if (ok && step != SQLITE_DONE)
            ok = db_fail(db, err, noting);
        sqlite3_reset(read);
    }
    sqlite3_finalize(read);
    if (ok) {
        free(table->runs);
        table->runs = there.tables[0].runs;
        table->n = there.tables[0].n;
        table->cap = there.tables[0].cap;
        there.tables[0].runs = NULL;
    }
    db_inserted_free(&there);
    return ok;
}

/* As bytes ------------------------------------------------------------------ */

static void put_32(struct buf *out, uint64_t value)
{
    uint32_t number = (uint32_t)value; /* the machine is little endian, as the form is */
    buf_put(out, (const char *)&number, sizeof number);
}

static void put_64(struct buf *out, uint64_t value)
{
    buf_put(out, (const char *)&value, sizeof value);
}

bool db_inserted_write(struct db *db, struct db_inserted *inserted, struct buf *out,
                       struct err *err)
{
    if (inserted->n == 0)
        return true;
    buf_put(out, head, HEAD_LEN);
    put_32(out, inserted->n);
    for (size_t i = 0; i < inserted->n; i++) {
        struct db_inserted_table *table = &inserted->tables[i];
        table->columns = 0;
        if (!fingerprint(db, table, &table->columns, &table->rows, &table->fingerprint, noting,
                         err) ||
            (table->rows != count_ids(table) && !keep_rows(db, table, err)))
            return false;
        buf_put(out, table->name, strlen(table->name) + 1);
        put_32(out, table->columns);
        put_64(out, table->rows);
        put_64(out, table->fingerprint);
        put_32(out, table->n);
        buf_put(out, (const char *)table->runs, table->n * sizeof *table->runs);
    }
    return !buf_failed(out) || err_no_memory(err);
}

struct inserted_walk {
    const unsigned char *at, *end;
};

static bool take(struct inserted_walk *walk, void *to, size_t len)
{
    if ((size_t)(walk->end - walk->at) < len)
        return false;
    memcpy(to, walk->at, len);
    walk->at += len;
    return true;
}

/* A name that can stand in quotes. */
static bool take_name(struct inserted_walk *walk, char name[64])
{
    const unsigned char *nul = memchr(walk->at, 0, (size_t)(walk->end - walk->at));
    size_t len = nul ? (size_t)(nul - walk->at) : 0;
    if (len == 0 || len > 63 ||
        strspn((const char *)walk->at, "abcdefghijklmnopqrstuvwxyz_") != len)
        return false;
    return take(walk, name, len + 1);
}

static bool take_runs(struct inserted_walk *walk, struct db_inserted_table *table, uint32_t n)
{
    if ((size_t)(walk->end - walk->at) / sizeof *table->runs < n ||
        !array_reserve(table->runs, table->cap, n))
        return false;
    table->n = n;
    bool ok = n == 0 || take(walk, table->runs, n * sizeof *table->runs);
    for (size_t i = 0; i < table->n && ok; i++)
        ok = table->runs[i].first > (i ? table->runs[i - 1].last : 0) &&
             table->runs[i].last >= table->runs[i].first;
    return ok;
}

static bool take_table(struct inserted_walk *walk, struct db_inserted *inserted)
{
    uint32_t runs;
    struct db_inserted_table table = {0};
    if (!take_name(walk, table.name) || !take(walk, &table.columns, sizeof table.columns) ||
        !take(walk, &table.rows, sizeof table.rows) ||
        !take(walk, &table.fingerprint, sizeof table.fingerprint) ||
        !take(walk, &runs, sizeof runs) || table.columns < 1 || table.columns > COLUMNS_MAX ||
        !array_reserve(inserted->tables, inserted->cap, inserted->n + 1))
        return false;
    inserted->tables[inserted->n++] = table;
    return take_runs(walk, &inserted->tables[inserted->n - 1], runs);
}

bool db_inserted_read(const void *bytes, size_t len, struct db_inserted *inserted, size_t *used,
                      struct err *err)
{
    struct inserted_walk walk = {bytes, (const unsigned char *)bytes + len};
    uint32_t tables = 0;
    *inserted = (struct db_inserted){0};
    *used = 0;
    if (len < HEAD_LEN || memcmp(bytes, head, HEAD_LEN) != 0)
        return true;
    walk.at += HEAD_LEN;
    bool ok = take(&walk, &tables, sizeof tables) && tables <= TABLES_MAX;
    for (uint32_t i = 0; i < tables && ok; i++)
        ok = take_table(&walk, inserted);
    for (size_t i = 0; i < inserted->n && ok; i++)
        ok = inserted->tables[i].rows == count_ids(&inserted->tables[i]);
    *used = (size_t)(walk.at - (const unsigned char *)bytes);
    if (ok)
        return true;
    db_inserted_free(inserted);
    return err_set(err, ERR_DEPENDENCY,
                   "lo que se guardó para deshacer la importación está dañado; los registros "
                   "quedan como están");
}

/* Reverting ----------------------------------------------------------------- */

bool db_inserted_same(struct db *db, const struct db_inserted *inserted, bool *same,
                      const char **table, struct err *err)
{
    *same = true;
    for (size_t i = 0; i < inserted->n && *same; i++) {
        const struct db_inserted_table *each = &inserted->tables[i];
        uint32_t columns = each->columns;
        uint64_t rows, hash;
        if (!fingerprint(db, each, &columns, &rows, &hash, reverting, err))
            return false;
        *same = columns == each->columns && rows == each->rows && hash == each->fingerprint;
        *table = each->name;
    }
    return true;
}

static bool remove_rows(struct db *db, const struct db_inserted_table *table, struct err *err)
{
    char sql[128];
    snprintf(sql, sizeof sql, "DELETE FROM \"%s\" WHERE id BETWEEN ?1 AND ?2", table->name);
    sqlite3_stmt *remove = db_statement(db, sql, err);
    bool ok = remove != NULL;
    for (size_t i = 0; i < table->n && ok; i++) {
        sqlite3_bind_int64(remove, 1, table->runs[i].first);
        sqlite3_bind_int64(remove, 2, table->runs[i].last);
        ok = db_statement_run(db, remove, reverting, err);
    }
    sqlite3_finalize(remove);
    return ok;
}

/* A reference to a removed row may be resolved when links are made anew: the commit checks. */
bool db_inserted_remove(struct db *db, const struct db_inserted *inserted, struct err *err)
{
    bool ok = inserted->n == 0 || db_script(db, "PRAGMA defer_foreign_keys = ON", reverting, err);
    for (size_t i = 0; i < inserted->n && ok; i++)
        ok = remove_rows(db, &inserted->tables[i], err);
    return ok;
}
