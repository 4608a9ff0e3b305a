/* cmd_init.c - sigg init: the database is built beside its place and put there
 * whole, so that a process that dies leaves none. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/folder.h"
#include "geo/import/dataset.h"
#include "server/command.h"
#include "server/options.h"
#include "server/prepare.h"
#include "server/print.h"

static const char *const parts[] = {"", "-wal", "-shm", "-journal"};

/* What a process that died left of this name. */
static void remove_building(const char *building)
{
    char path[4096 + 16];
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        snprintf(path, sizeof path, "%s%s", building, parts[i]);
        unlink(path);
    }
}

/* Only one process builds under a name at a time; the lock ends with it. */
static int lock_building(const char *building, struct err *err)
{
    char path[4096 + 16];
    snprintf(path, sizeof path, "%s.lock", building);
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (file < 0)
        err_set(err, ERR_INPUT, "no se puede crear %s: %s", path, err_reason(errno));
    else if (fcntl(file, F_SETLK, &lock) != 0) {
        err_set(err, ERR_INPUT, "otro proceso está creando la misma base de datos");
        close(file);
        file = -1;
    }
    return file;
}

static void unlock_building(const char *building, int file)
{
    char path[4096 + 16];
    snprintf(path, sizeof path, "%s.lock", building);
    unlink(path);
    close(file);
}

/* Without ever replacing a file that came there meanwhile. */
static bool move(const char *from, const char *to, struct err *err)
{
    int code = renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
    if (code != 0 && (errno == EINVAL || errno == ENOSYS) && access(to, F_OK) != 0)
        code = rename(from, to); /* a file system that does not know RENAME_NOREPLACE */
    if (code == 0)
        return true;
    if (errno == EEXIST)
        return err_set(err, ERR_INPUT, "%s ya existe", to);
    return err_set(err, ERR_DEPENDENCY, "no se pudo crear %s: %s", to, err_reason(errno));
}

static bool build(const char *building, bool empty, struct err *err)
{
    char label[] = "creando";
    struct geo_store *store = geo_store_open(building, GEO_STORE_CREATE, err);
    if (!store)
        return false;
    bool ok = empty || geo_dataset_load(store, print_progress, label, err);
    if (ok && !empty)
        prepare_outlines(store);
    geo_store_close(store); /* the last connection: what is in the log goes into the file */
    return ok;
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    bool empty = false;
    const struct option_spec specs[] = {{.name = "--empty", .flag = &empty}};
    char building[4096];
    if (!options_parse(argc, argv, specs, 1, NULL, 0, 0, NULL, err))
        return false;
    if (access(db_path, F_OK) == 0)
        return err_set(err, ERR_INPUT, "%s ya existe", db_path);
    if (snprintf(building, sizeof building, "%s.nueva", db_path) >= (int)sizeof building)
        return err_set(err, ERR_USAGE, "--db: el nombre es demasiado largo");
    if (!folder_takes(db_path, err))
        return false;
    int lock = lock_building(building, err);
    if (lock < 0)
        return false;
    remove_building(building);
    bool ok = build(building, empty, err) && move(building, db_path, err);
    if (!ok)
        remove_building(building);
    unlock_building(building, lock);
    if (ok)
        printf("%s: creada%s\n", db_path, empty ? ", vacía" : " con los datos incorporados");
    return ok;
}

const struct command cmd_init = {
    .name = "init",
    .summary = "crea la base de datos",
    .help = "Uso: sigg init [--empty]\n"
            "\n"
            "Crea la base de datos (--db) con los datos incorporados: los 339 municipios con\n"
            "límites esquemáticos, sus cifras, y una cartera simulada. No reemplaza una que\n"
            "ya existe.\n"
            "\n"
            "  --empty     solo el esquema, sin datos\n",
    .run = run,
};
