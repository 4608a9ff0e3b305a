/* cmd_crosswalk.c - sigg crosswalk A B */
#include "geo/analysis/crosswalk.h"
#include "geo/base/parse.h"
#include "server/command.h"
#include "server/options.h"
#include "server/print.h"

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    const char *editions[2] = {NULL, NULL}, *format_word = NULL, *tolerance = NULL;
    bool changes = false;
    enum rows_format format;
    size_t n;
    struct geo_crosswalk_options options = {0};
    const struct option_spec specs[] = {
        {.name = "--changes", .flag = &changes},
        {.name = "--tolerance", .takes_value = true, .value = &tolerance},
        {.name = "--format", .takes_value = true, .value = &format_word},
    };
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, editions, 2, 2, &n, err) ||
        !print_format(format_word, &format, err))
        return false;
    if (tolerance && !parse_real(tolerance, 0.1, 100000, &options.tolerance_m))
        return err_set(err, ERR_USAGE,
                       "--tolerance: «%s» no es una distancia en metros, de 0.1 a 100000",
                       tolerance);
    options.from = editions[0];
    options.to = editions[1];
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    struct geo_crosswalk *walk = NULL;
    if (store && geo_store_begin_read(store, err))
        walk = geo_crosswalk_compute(store, &options, err);
    geo_store_close(store);
    bool ok = walk && print_rows(geo_crosswalk_rows(walk, changes), format, err);
    geo_crosswalk_free(walk);
    return ok;
}

const struct command cmd_crosswalk = {
    .name = "crosswalk",
    .summary = "qué fue de cada municipio de una edición de límites a otra",
    .help = "x\n",
    .run = run,
};
