/* db_files_sqlite.c - detects replaced database files; checkpoints the log. */
#include "geo/store/db_files_sqlite.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/store/db_consistency_sqlite.h"
#include "geo/store/store_internal.h"

/* The log is checkpointed after every commit; it can only be emptied while nobody reads.
 * After a small edit we do not wait long for readers (a server reads what was just
 * written): the next writer will empty it. After a long import we do. */
enum { SETTLE_WAIT_MS = 20, SETTLE_LONG_MS = 1000, LONG_LOG = 8 << 20 };

static const char *const tails[STORE_PARTS] = {"", "-wal", "-shm"};

static struct store_file look(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return (struct store_file){0};
    return (struct store_file){.device = status.st_dev,
                               .inode = status.st_ino,
                               .bytes = (uint64_t)status.st_size,
                               .changed_ns = (uint64_t)status.st_mtim.tv_sec * 1000000000u +
                                             (uint64_t)status.st_mtim.tv_nsec};
}

/* The log and the index lie beside the real file; the path may be a link to it. */
static void look_at_all(const struct geo_store *store, struct store_files *files)
{
    char path[4096 + 8];
    const char *whole = store->copied ? store->log_beside
                        : store->db   ? sqlite3_db_filename(store->db, "main")
                                      : NULL;
    files->part[STORE_DB] = look(store->path);
    for (int i = STORE_LOG; i < STORE_PARTS; i++) {
        snprintf(path, sizeof path, "%s%s", whole ? whole : store->path, tails[i]);
        files->part[i] = look(path);
    }
}

void store_files_note(struct geo_store *store)
{
    look_at_all(store, &store->files);
}

static bool same_file(struct store_file a, struct store_file b)
{
    return a.device == b.device && a.inode == b.inode;
}

/* A file opened as immutable (`still`) must not change at all. */
static bool unchanged(struct store_file a, struct store_file b)
{
    return same_file(a, b) && a.bytes == b.bytes && a.changed_ns == b.changed_ns;
}

/* False where a name leads to another file than was noted, or to none. */
static bool store_files_in_place(const struct geo_store *store)
{
    struct store_files now;
    const struct store_file *noted = store->files.part;
    if (store->in_memory)
        return true;
    look_at_all(store, &now);
    if (store->still)
        return unchanged(noted[STORE_DB], now.part[STORE_DB]) &&
               unchanged(noted[STORE_LOG], now.part[STORE_LOG]);
    for (int i = 0; i < STORE_PARTS; i++)
        if (noted[i].inode && !same_file(noted[i], now.part[i]))
            return false;
    /* Touching a mapped index that was cut short would end the process. */
    if (now.part[STORE_INDEX].bytes < noted[STORE_INDEX].bytes)
        return false;
    return now.part[STORE_DB].inode != 0 && access(store->path, R_OK) == 0;
}

bool geo_store_apart(const struct geo_store *store)
{
    struct store_files now;
    const struct store_file *noted = store->files.part;
    look_at_all(store, &now);
    return !same_file(noted[STORE_DB], now.part[STORE_DB]) &&
           (!noted[STORE_INDEX].inode || !same_file(noted[STORE_INDEX], now.part[STORE_INDEX]));
}

bool store_files_check(const struct geo_store *store, struct err *err)
{
    return store_files_in_place(store) ||
           err_set(err, ERR_DEPENDENCY,
                   "alguien quitó, cortó o reemplazó %s, o su -wal o -shm, mientras se usaba: "
                   "vuelva a intentarlo",
                   store->path);
}

uint64_t store_files_log_bytes(const struct geo_store *store)
{
    struct store_files now;
    look_at_all(store, &now);
    return now.part[STORE_LOG].bytes;
}

/* True if the log may be checkpointed. If it belongs to another file, checkpointing would
 * hide that. */
static bool comes_home(struct geo_store *store)
{
    struct err ignored = {0};
    return store->in_memory || store->copied || store_consistent(store, &ignored);
}

void store_files_before_close(struct geo_store *store)
{
    bool in_place = store_files_in_place(store);
    bool leave = store->reads_only ? !in_place || store_files_log_bytes(store) > 0
                                   : !in_place || !comes_home(store);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, leave, NULL);
}

void store_files_settle(struct geo_store *store)
{
    if (!store_files_in_place(store) || !comes_home(store))
        return;
    if (sqlite3_wal_checkpoint_v2(store->db, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) !=
        SQLITE_OK)
        return;
    bool is_long = store_files_log_bytes(store) >= LONG_LOG;
    sqlite3_busy_timeout(store->db, is_long ? SETTLE_LONG_MS : SETTLE_WAIT_MS);
    sqlite3_wal_checkpoint_v2(store->db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(store->db, STORE_BUSY_MS);
}

bool geo_store_settle(struct geo_store *store, struct err *err)
{
    return sqlite3_wal_checkpoint_v2(store->db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) ==
               SQLITE_OK ||
           store_fail(store, err, "guardar");
}

void geo_store_interrupt(struct geo_store *store)
{
    sqlite3_interrupt(store->db);
}
