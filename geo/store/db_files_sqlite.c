/* db_files_sqlite.c - detects replaced database files; checkpoints the log. */
#include "geo/store/db_files_sqlite.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/store/db_sqlite.h"

static const char *const tails[DB_PARTS] = {"", "-wal", "-shm"};

static struct db_file look(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return (struct db_file){0};
    return (struct db_file){.device = status.st_dev,
                            .inode = status.st_ino,
                            .bytes = (uint64_t)status.st_size,
                            .changed_ns = (uint64_t)status.st_mtim.tv_sec * 1000000000u +
                                          (uint64_t)status.st_mtim.tv_nsec};
}

/* The log and the index lie beside the real file; the path may be a link to it. */
static void look_at_all(const struct db *db, struct db_files *files)
{
    char path[4096 + 8];
    const char *whole = db->copied   ? db->log_beside
                        : db->handle ? sqlite3_db_filename(db->handle, "main")
                                     : NULL;
    files->part[DB_FILE] = look(db->path);
    for (int i = DB_LOG; i < DB_PARTS; i++) {
        snprintf(path, sizeof path, "%s%s", whole ? whole : db->path, tails[i]);
        files->part[i] = look(path);
    }
}

void db_files_note(struct db *db)
{
    look_at_all(db, &db->files);
}

static bool same_file(struct db_file a, struct db_file b)
{
    return a.device == b.device && a.inode == b.inode;
}

/* A file opened as immutable (`still`) must not change at all. */
static bool unchanged(struct db_file a, struct db_file b)
{
    return same_file(a, b) && a.bytes == b.bytes && a.changed_ns == b.changed_ns;
}

bool db_files_in_place(const struct db *db)
{
    struct db_files now;
    const struct db_file *noted = db->files.part;
    if (db->in_memory)
        return true;
    look_at_all(db, &now);
    if (db->still)
        return unchanged(noted[DB_FILE], now.part[DB_FILE]) &&
               unchanged(noted[DB_LOG], now.part[DB_LOG]);
    for (int i = 0; i < DB_PARTS; i++)
        if (noted[i].inode && !same_file(noted[i], now.part[i]))
            return false;
    /* Touching a mapped index that was cut short would end the process. */
    if (now.part[DB_INDEX].bytes < noted[DB_INDEX].bytes)
        return false;
    return now.part[DB_FILE].inode != 0 && access(db->path, R_OK) == 0;
}

bool db_apart(const struct db *db)
{
    struct db_files now;
    const struct db_file *noted = db->files.part;
    look_at_all(db, &now);
    return !same_file(noted[DB_FILE], now.part[DB_FILE]) &&
           (!noted[DB_INDEX].inode || !same_file(noted[DB_INDEX], now.part[DB_INDEX]));
}

bool db_files_check(const struct db *db, struct err *err)
{
    return db_files_in_place(db) ||
           err_set(err, ERR_DEPENDENCY,
                   "alguien quitó, cortó o reemplazó %s, o su -wal o -shm, mientras se usaba: "
                   "vuelva a intentarlo",
                   db->path);
}

uint64_t db_files_log_bytes(const struct db *db)
{
    struct db_files now;
    look_at_all(db, &now);
    return now.part[DB_LOG].bytes;
}
