/* cmd_init.c - `sigg init`: creates the database.
 *
 * It is built beside its place and moved there when complete and on the disk, so that an
 * interrupted run leaves none.
 */
#include <stdio.h>
#include <unistd.h>

#include "geo/base/folder.h"
#include "geo/import/dataset.h"
#include "server/cli/options.h"
#include "server/cli/print.h"
#include "server/commands/command.h"
#include "server/served/prepare.h"

static bool build(const char *building, bool empty, struct err *err)
{
    char label[] = "creando";
    struct geo_store *store = geo_store_open(building, GEO_STORE_CREATE, err);
    if (!store)
        return false;
    bool ok = empty || geo_dataset_load(store, print_progress, label, err);
    if (ok && !empty)
        prepare_outlines(store);
    ok = ok && geo_store_settle(store, err); /* only the file itself is moved */
    geo_store_close(store);
    return ok;
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    bool empty = false;
    const struct option_spec specs[] = {{.name = "--empty", .flag = &empty}};
    struct folder_draft draft;
    if (!options_parse(argc, argv, specs, 1, NULL, 0, 0, NULL, err))
        return false;
    if (access(db_path, F_OK) == 0)
        return err_set(err, ERR_INPUT, "%s ya existe", db_path);
    if (!folder_takes(db_path, err) || !geo_store_rename_lone_log(db_path, err) ||
        !folder_draft_begin(&draft, db_path, err))
        return false;
    bool ok = build(draft.making, empty, err);
    if (ok)
        ok = folder_draft_publish(&draft, false, err);
    else
        folder_draft_drop(&draft);
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
