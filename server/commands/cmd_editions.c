/* cmd_editions.c - `sigg editions`: the editions of the boundaries. */
#include "geo/analysis/edition_rows.h"
#include "server/cli/options.h"
#include "server/cli/print.h"
#include "server/commands/command.h"

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    const char *word = NULL;
    enum rows_format format;
    const struct option_spec specs[] = {
        {.name = "--format", .takes_value = true, .value = &word},
    };
    if (!options_parse(argc, argv, specs, 1, NULL, 0, 0, NULL, err) ||
        !print_format(word, &format, err))
        return false;
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    if (!store)
        return false;
    struct rows *rows = geo_edition_rows(store, err);
    geo_store_close(store);
    return rows && print_rows(rows, format, err);
}

const struct command cmd_editions = {
    .name = "editions",
    .summary = "las ediciones de límites municipales cargadas",
    .help = "Uso: sigg editions [--format table|csv|json]\n"
            "\n"
            "Las ediciones de límites, en el orden en que se cargaron, y cuál es la vigente.\n",
    .run = run,
};
