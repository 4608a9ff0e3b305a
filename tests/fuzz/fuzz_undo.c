/* fuzz_undo.c - any bytes as the changes kept for `sigg undo`.
 * Undoing them succeeds or fails with a message, and the transaction can be rolled back. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/store/db_sqlite.h"
#include "geo/store/store_internal.h"
#include "geo/store/store_undo.h"
#include "tests/support/tiny.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int64_t number(struct geo_store *store, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->db->handle, sql, -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW)
        abort();
    int64_t found = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return found;
}

static void keep(struct geo_store *store, const uint8_t *data, size_t size)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->db->handle,
                           "INSERT INTO importaciones (id, fecha, capa, fuente, resumen, cambios)"
                           " VALUES (77, '2024-01-01T00:00:00Z', 'alianzas', 'x', '{}', ?)",
                           -1, &statement, NULL) != SQLITE_OK)
        abort();
    sqlite3_bind_blob(statement, 1, data, (int)size, SQLITE_STATIC);
    if (sqlite3_step(statement) != SQLITE_DONE)
        abort();
    sqlite3_finalize(statement);
}

static bool count(void *arg, const char *table, int64_t id)
{
    (void)table;
    (void)id;
    return ++*(int *)arg < 1000;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct geo_store *store;
    static int64_t records;
    const char *path;
    struct err err = {0};
    int touched = 0;
    if (!store) {
        store = tiny_open(&path);
        records = number(store, "SELECT count(*) FROM alianzas");
    }
    if (!geo_store_begin(store, &err))
        abort();
    keep(store, data, size);
    bool ok = geo_undo_apply(store, 77, count, &touched, &err);
    if (!ok && err.kind == ERR_NONE)
        abort();
    geo_store_rollback(store);
    if (number(store, "SELECT count(*) FROM alianzas") != records)
        abort();
    return 0;
}
