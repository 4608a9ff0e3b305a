/* cmd_backup.c - `sigg backup FILE`: copies the database while it is in use. */
#include <stdio.h>
#include <unistd.h>

#include "geo/store/store.h"
#include "server/cli/options.h"
#include "server/commands/command.h"

static const char help[] =
    "Uso: sigg [--db ARCHIVO] backup DESTINO\n\n"
    "Copia la base de datos entera a un archivo nuevo, también mientras el servidor\n"
    "o una importación la usan: la copia es la de un instante. Si DESTINO ya existe\n"
    "no se escribe nada. «sigg restore DESTINO» la pone en el lugar de la base: no la\n"
    "copie encima con cp.\n";

static void show_progress(void *arg, double done)
{
    const bool *terminal = arg;
    if (*terminal)
        fprintf(stderr, "\r%3.0f %%%s", done * 100, done >= 1 ? "\n" : "");
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    const char *target = NULL;
    bool terminal = isatty(STDERR_FILENO);
    if (!options_parse(argc, argv, NULL, 0, &target, 1, 1, NULL, err))
        return false;
    if (access(target, F_OK) == 0)
        return err_set(err, ERR_INPUT, "%s ya existe; dé el nombre de un archivo nuevo", target);
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    if (!store)
        return false;
    bool ok = geo_store_backup(store, target, show_progress, &terminal, err);
    geo_store_close(store);
    if (ok)
        fprintf(stderr, "copia en %s; «sigg restore %s» la pone en el lugar de la base\n", target,
                target);
    return ok;
}

const struct command cmd_backup = {
    .name = "backup",
    .summary = "copia la base de datos en uso",
    .help = help,
    .run = run,
};
