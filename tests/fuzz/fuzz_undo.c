/* Any bytes as the changes that an import kept: undone, or refused with a reason; the
 * transaction is taken back and the store goes on. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/store/store_internal.h"
#include "geo/store/store_undo.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[] = "/tmp/sigg-fuzz-undo-XXXXXX";
static char path[sizeof folder + 16];
static struct geo_store *store;

static void finish(void)
{
    geo_store_close(store);
    unlink(path);
    rmdir(folder);
}

static void start(void)
{
    struct err err = {0};
    if (!mkdtemp(folder))
        abort();
    strcpy(path, folder);
    strcat(path, "/a.sqlite");
    store = geo_store_open(path, GEO_STORE_CREATE, &err);
    if (!store || !store_exec(store, "PRAGMA synchronous = OFF", "", &err))
        abort();
    atexit(finish);
}

static bool touched(void *arg, const char *table, int64_t id)
{
    size_t *n = arg;
    *n += strlen(table) + (id != 0);
    return true;
}

static void put_changes(const uint8_t *data, size_t size)
{
    struct err err = {0};
    sqlite3_stmt *put =
        store_prepare(store,
                      "INSERT INTO importaciones (id, fecha, capa, fuente, resumen, cambios)"
                      " VALUES (1, '2020-01-01T00:00:00Z', 'alianzas', 'f', '{}', ?1)",
                      &err);
    if (!put)
        abort();
    sqlite3_bind_blob(put, 1, data, (int)size, SQLITE_STATIC);
    if (!store_run(store, put, "", &err))
        abort();
    sqlite3_finalize(put);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = {0};
    size_t n = 0;
    if (!store)
        start();
    if (!geo_store_begin(store, &err))
        abort();
    put_changes(data, size);
    if (!geo_undo_apply(store, 1, touched, &n, &err) && !err.message[0])
        abort();
    geo_store_rollback(store);
    return 0;
}
