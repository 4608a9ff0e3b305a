/* cmd_editions.c - sigg editions */
#include <stdio.h>

#include "geo/base/rows.h"
#include "geo/store/store.h"
#include "server/command.h"
#include "server/options.h"
#include "server/print.h"

static bool add_row(void *arg, const struct geo_edition_info *edition)
{
    struct rows *rows = arg;
    rows_text(rows, edition->codigo);
    rows_text(rows, edition->title);
    rows_int(rows, edition->units);
    rows_bool(rows, edition->current);
    rows_bool(rows, edition->schematic);
    rows_text(rows, edition->source[0] ? edition->source : NULL);
    rows_text(rows, edition->data_date[0] ? edition->data_date : NULL);
    return true;
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    static const struct rows_column columns[] = {
        {"codigo", 0},      {"titulo", 0}, {"municipios", 0}, {"vigente", 0},
        {"esquematica", 0}, {"fuente", 0}, {"fecha_datos", 0}};
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
    struct rows *rows = rows_new(columns, sizeof columns / sizeof *columns);
    bool ok = !rows || geo_store_editions(store, add_row, rows, err);
    geo_store_close(store);
    if (ok)
        return print_rows(rows, format, err);
    rows_free(rows);
    return false;
}

const struct command cmd_editions = {
    .name = "editions",
    .summary = "las ediciones de límites municipales cargadas",
    .help = "Uso: sigg editions [--format table|csv|json]\n"
            "\n"
            "Las ediciones de límites, en el orden en que se cargaron, y cuál es la vigente.\n",
    .run = run,
};
