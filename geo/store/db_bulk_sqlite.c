/* db_bulk_sqlite.c - does for many rows at once what SpatiaLite's triggers do for each. */
#include "geo/store/db_bulk_sqlite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/store/db_rtree_sqlite.h"

static const char indexing[] = "poner al día el índice espacial";

/* An entry costs as much as reading and packing this many. */
enum { ENTRY_COST = 6 };

/* Rows with consecutive ids: what is inserted takes one run. */
struct bulk_run {
    int64_t first, last;
};

struct bulk_table {
    char name[64], index[80];
    unsigned kind; /* of its geometries, as in WKB; 0: any */
    bool inserted, changed, removed;
    struct bulk_run *runs;
    size_t n, cap;
};

struct db_bulk {
    struct bulk_table *tables; /* those with a spatial index */
    size_t n, cap, last;       /* last: the table noted last */
    bool failed;               /* memory was short for a note */
};

/* Notes --------------------------------------------------------------------- */

static struct bulk_table *find(struct db_bulk *bulk, const char *name)
{
    if (bulk->last < bulk->n && strcmp(bulk->tables[bulk->last].name, name) == 0)
        return &bulk->tables[bulk->last];
    for (size_t i = 0; i < bulk->n; i++)
        if (strcmp(bulk->tables[i].name, name) == 0)
            return &bulk->tables[bulk->last = i];
    return NULL;
}

static void note(void *arg, int operation, const char *database, const char *name, sqlite3_int64 id)
{
    struct db_bulk *bulk = arg;
    struct bulk_table *table = find(bulk, name);
    (void)database;
    if (!table)
        return;
    table->inserted = table->inserted || operation == SQLITE_INSERT;
    table->changed = table->changed || operation == SQLITE_UPDATE;
    table->removed = table->removed || operation == SQLITE_DELETE;
    struct bulk_run *run = table->n ? &table->runs[table->n - 1] : NULL;
    if (run && id >= run->first && id <= run->last)
        return;
    if (run && id == run->last + 1)
        run->last = id;
    else if (run && id == run->first - 1)
        run->first = id;
    else if (array_reserve(table->runs, table->cap, table->n + 1))
        table->runs[table->n++] = (struct bulk_run){id, id};
    else
        bulk->failed = true;
}

static bool list_tables(struct db *db, struct db_bulk *bulk, struct err *err)
{
    sqlite3_stmt *list = db_statement(db,
                                      "SELECT f_table_name, geometry_type FROM geometry_columns"
                                      " WHERE spatial_index_enabled = 1",
                                      err);
    int step = SQLITE_DONE;
    while (list && (step = sqlite3_step(list)) == SQLITE_ROW &&
           array_reserve(bulk->tables, bulk->cap, bulk->n + 1)) {
        struct bulk_table *table = &bulk->tables[bulk->n++];
        *table = (struct bulk_table){.kind = (unsigned)sqlite3_column_int(list, 1)};
        snprintf(table->name, sizeof table->name, "%s", db_statement_word(list, 0));
        snprintf(table->index, sizeof table->index, "idx_%s_geom", table->name);
    }
    if (step == SQLITE_ROW)
        err_no_memory(err);
    else if (list && step != SQLITE_DONE)
        db_fail(db, err, indexing);
    sqlite3_finalize(list);
    return list && step == SQLITE_DONE;
}

static void set_triggers(struct db *db, int on)
{
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, on, NULL);
}

bool db_bulk_begin(struct db *db, struct err *err)
{
    if (db->bulk)
        return true;
    db->bulk = calloc(1, sizeof *db->bulk);
    if (!db->bulk)
        return err_no_memory(err);
    if (!list_tables(db, db->bulk, err)) {
        db_bulk_cancel(db);
        return false;
    }
    set_triggers(db, 0);
    sqlite3_update_hook(db->handle, note, db->bulk);
    return true;
}

bool db_bulk_holds(const struct db *db, const char *table)
{
    const struct bulk_table *found = db->bulk ? find(db->bulk, table) : NULL;
    return found && (found->n || db->bulk->failed);
}

void db_bulk_cancel(struct db *db)
{
    struct db_bulk *bulk = db->bulk;
    if (!bulk)
        return;
    db->bulk = NULL;
    sqlite3_update_hook(db->handle, NULL, NULL);
    set_triggers(db, 1);
    for (size_t i = 0; i < bulk->n; i++)
        free(bulk->tables[i].runs);
    free(bulk->tables);
    free(bulk);
}

static int by_first(const void *a, const void *b)
{
    const struct bulk_run *x = a, *y = b;
    return (x->first > y->first) - (x->first < y->first);
}

/* Puts the runs in order, without overlaps; returns how many rows they have. */
static int64_t merge_runs(struct bulk_table *table)
{
    size_t n = 0;
    int64_t rows = 0;
    qsort(table->runs, table->n, sizeof *table->runs, by_first);
    for (size_t i = 0; i < table->n; i++) {
        const struct bulk_run run = table->runs[i];
        if (n && run.first <= table->runs[n - 1].last) {
            if (run.last > table->runs[n - 1].last)
                table->runs[n - 1].last = run.last;
        } else
            table->runs[n++] = run;
    }
    table->n = n;
    for (size_t i = 0; i < n; i++)
        rows += table->runs[i].last - table->runs[i].first + 1;
    return rows;
}

/* Geometries ------------------------------------------------------------------ */

/* SpatiaLite's geometry begins with 0, the byte order, the SRID, the box and a mark; the kind
 * follows. */
enum { SRID_AT = 2, BOX_AT = 6, MARK_AT = 38, KIND_AT = 39, LEAST = 45, MARK = 0x7C };

/* The entry of a row (id, geom); what GeometryConstraints() refuses in the triggers is an
 * error here. */
static bool read_entry(struct db *db, const struct bulk_table *table, sqlite3_stmt *row,
                       struct db_rtree_entry *entry, struct err *err)
{
    const unsigned char *blob = sqlite3_column_blob(row, 1);
    int32_t srid = 0;
    uint32_t kind = 0;
    double box[4];
    bool ours = sqlite3_column_bytes(row, 1) >= LEAST && blob && blob[0] == 0 && blob[1] == 1 &&
                blob[MARK_AT] == MARK;
    if (ours) {
        memcpy(&srid, blob + SRID_AT, sizeof srid);
        memcpy(&kind, blob + KIND_AT, sizeof kind);
        memcpy(box, blob + BOX_AT, sizeof box);
    }
    int64_t id = sqlite3_column_int64(row, 0);
    if (!ours || srid != 4326 || (table->kind && kind != table->kind))
        return err_set(err, ERR_DEPENDENCY,
                       "%s: %s: %s, registro %lld: la geometría no es del tipo de su columna",
                       indexing, db->path, table->name, (long long)id);
    *entry = db_rtree_entry(id, box);
    return true;
}

/* A statement about the table or its index; %s in the format is the name. */
static sqlite3_stmt *prepare(struct db *db, const char *format, const char *name, struct err *err)
{
    char sql[256];
    snprintf(sql, sizeof sql, format, name);
    return db_statement(db, sql, err);
}

/* The index ------------------------------------------------------------------- */

static bool count_rows(struct db *db, const struct bulk_table *table, int64_t *count,
                       struct err *err)
{
    sqlite3_stmt *rows = prepare(db, "SELECT count(*) FROM \"%s\"", table->name, err);
    bool ok = rows && (sqlite3_step(rows) == SQLITE_ROW || db_fail(db, err, indexing));
    if (ok)
        *count = sqlite3_column_int64(rows, 0);
    sqlite3_finalize(rows);
    return ok;
}

/* Reads all rows, and writes the index anew. */
static bool pack_index(struct db *db, const struct bulk_table *table, struct err *err)
{
    struct db_rtree_entry *entries = NULL;
    size_t n = 0, cap = 0;
    int step = SQLITE_DONE;
    sqlite3_stmt *rows =
        prepare(db, "SELECT ROWID, geom FROM \"%s\" WHERE geom IS NOT NULL ORDER BY ROWID",
                table->name, err);
    bool ok = rows != NULL;
    while (ok && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        ok = array_reserve(entries, cap, n + 1) || err_no_memory(err);
        ok = ok && read_entry(db, table, rows, &entries[n], err);
        n += ok;
    }
    if (ok && step != SQLITE_DONE)
        ok = db_fail(db, err, indexing);
    sqlite3_finalize(rows);
    if (ok) {
        sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
        ok = db_rtree_write(db, table->index, entries, n, err);
        sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    }
    free(entries);
    return ok;
}

static bool drop_entries(struct db *db, const struct bulk_table *table, struct err *err)
{
    sqlite3_stmt *drop = prepare(db, "DELETE FROM \"%s\" WHERE pkid = ?1", table->index, err);
    bool ok = drop != NULL;
    for (size_t i = 0; i < table->n && ok; i++)
        for (int64_t id = table->runs[i].first; id <= table->runs[i].last && ok; id++) {
            sqlite3_bind_int64(drop, 1, id);
            ok = db_statement_run(db, drop, indexing, err);
        }
    sqlite3_finalize(drop);
    return ok;
}

static bool insert_entry(struct db *db, sqlite3_stmt *insert, const struct db_rtree_entry *entry,
                         struct err *err)
{
    sqlite3_bind_int64(insert, 1, entry->id);
    for (int i = 0; i < 4; i++)
        sqlite3_bind_double(insert, 2 + i, (double)entry->box[i]);
    return db_statement_run(db, insert, indexing, err);
}

/* Inserts the entries of one run's rows that are there. */
static bool insert_run(struct db *db, const struct bulk_table *table, struct bulk_run run,
                       sqlite3_stmt *rows, sqlite3_stmt *insert, struct err *err)
{
    int step;
    bool ok = true;
    sqlite3_bind_int64(rows, 1, run.first);
    sqlite3_bind_int64(rows, 2, run.last);
    while (ok && (step = sqlite3_step(rows)) != SQLITE_DONE) {
        struct db_rtree_entry entry = {0};
        ok = (step == SQLITE_ROW || db_fail(db, err, indexing)) &&
             read_entry(db, table, rows, &entry, err) && insert_entry(db, insert, &entry, err);
    }
    sqlite3_reset(rows);
    return ok;
}

static bool insert_entries(struct db *db, const struct bulk_table *table, struct err *err)
{
    sqlite3_stmt *rows = prepare(
        db, "SELECT ROWID, geom FROM \"%s\" WHERE ROWID BETWEEN ?1 AND ?2 AND geom IS NOT NULL",
        table->name, err);
    sqlite3_stmt *insert =
        rows ? prepare(db, "INSERT INTO \"%s\" VALUES (?1, ?2, ?3, ?4, ?5)", table->index, err)
             : NULL;
    bool ok = insert != NULL;
    for (size_t i = 0; i < table->n && ok; i++)
        ok = insert_run(db, table, table->runs[i], rows, insert, err);
    sqlite3_finalize(insert);
    sqlite3_finalize(rows);
    return ok;
}

/* As the triggers tmi_, tmu_ and tmd_ do. */
static bool set_times(struct db *db, const struct bulk_table *table, struct err *err)
{
    sqlite3_stmt *set =
        db_statement(db,
                     "UPDATE geometry_columns_time SET"
                     " last_insert = iif(?2, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), last_insert),"
                     " last_update = iif(?3, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), last_update),"
                     " last_delete = iif(?4, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), last_delete)"
                     " WHERE f_table_name = ?1 AND f_geometry_column = 'geom'",
                     err);
    if (!set)
        return false;
    sqlite3_bind_text(set, 1, table->name, -1, SQLITE_STATIC);
    sqlite3_bind_int(set, 2, table->inserted);
    sqlite3_bind_int(set, 3, table->changed);
    sqlite3_bind_int(set, 4, table->removed);
    bool ok = db_statement_run(db, set, indexing, err);
    sqlite3_finalize(set);
    return ok;
}

static bool bring_up(struct db *db, struct bulk_table *table, struct err *err)
{
    int64_t rows = 0, noted = merge_runs(table);
    if (!count_rows(db, table, &rows, err))
        return false;
    return (rows / ENTRY_COST < noted
                ? pack_index(db, table, err)
                : drop_entries(db, table, err) && insert_entries(db, table, err)) &&
           set_times(db, table, err);
}

bool db_bulk_end(struct db *db, struct err *err)
{
    struct db_bulk *bulk = db->bulk;
    if (!bulk)
        return true;
    sqlite3_update_hook(db->handle, NULL, NULL);
    bool ok = !bulk->failed || err_no_memory(err);
    for (size_t i = 0; i < bulk->n && ok; i++)
        if (bulk->tables[i].n)
            ok = bring_up(db, &bulk->tables[i], err);
    db_bulk_cancel(db);
    return ok;
}
