/* cmd_undo.c - `sigg undo`: undoes the last import. */
#include <stdio.h>
#include <string.h>

#include "geo/base/rows.h"
#include "geo/import/import.h"
#include "geo/store/store_undo.h"
#include "server/cli/options.h"
#include "server/cli/print.h"
#include "server/commands/command.h"
#include "server/served/prepare.h"

static bool add_row(void *arg, const struct geo_import_row *row)
{
    struct rows *rows = arg;
    rows_int(rows, row->id);
    rows_text(rows, row->date);
    rows_text(rows, row->layer);
    rows_text(rows, row->source);
    rows_text(rows, row->undone[0] ? row->undone : NULL);
    return true;
}

static bool list(struct geo_store *store, enum rows_format format, struct err *err)
{
    static const struct rows_column columns[] = {
        {"id", 0}, {"fecha", 0}, {"capa", 0}, {"fuente", 0}, {"deshecha", 0}};
    struct rows *rows = rows_new(columns, sizeof columns / sizeof *columns);
    if (rows && !geo_undo_each(store, add_row, rows, err)) {
        rows_free(rows);
        return false;
    }
    return print_rows(rows, format, err);
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    bool only_list = false;
    const char *word = NULL;
    enum rows_format format;
    const struct option_spec specs[] = {
        {.name = "--list", .flag = &only_list},
        {.name = "--format", .takes_value = true, .value = &word},
    };
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, NULL, 0, 0, NULL, err) ||
        !print_format(word, &format, err))
        return false;
    struct geo_store *store =
        geo_store_open(db_path, only_list ? GEO_STORE_READ : GEO_STORE_WRITE, err);
    if (!store)
        return false;
    struct geo_import_undone undone;
    bool ok = only_list ? list(store, format, err) : geo_import_undo(store, &undone, err);
    if (ok && !only_list && strcmp(undone.layer, "municipios") == 0)
        prepare_outlines(store);
    if (ok && !only_list)
        printf("deshecha la importación %lld: %s, de %s (%s), %lld %s\n", (long long)undone.id,
               undone.layer, undone.source, undone.date, (long long)undone.records,
               undone.records == 1 ? "registro" : "registros");
    geo_store_close(store);
    return ok;
}

const struct command cmd_undo = {
    .name = "undo",
    .summary = "deshace la última importación",
    .help = "Uso: sigg undo [--list] [--format table|csv|json]\n"
            "\n"
            "Deja los registros como estaban antes de la última importación que no se haya\n"
            "deshecho, y rehace vínculos y cifras. Si algo cambió después esos registros, no\n"
            "deshace nada y lo dice.\n"
            "\n"
            "  --list      las importaciones, la última primero\n",
    .run = run,
};
