/* cmd_restate.c - `sigg restate A B`: converts facts between editions. */
#include <stdio.h>

#include "geo/analysis/restate.h"
#include "server/cli/options.h"
#include "server/cli/print.h"
#include "server/commands/command.h"

enum { MOST_FACTS = 64 };

/* Reports facts that are left out because their kind is unknown: a wrong guess would give
 * a wrong figure. */
static void tell_unknown(const struct geo_restated *restated)
{
    if (restated->n_unknown == 0)
        return;
    fputs("aviso: no se sabe si se suman o se promedian, y quedan fuera:", stderr);
    for (size_t i = 0; i < restated->n_unknown; i++)
        fprintf(stderr, "%s %s", i ? "," : "", restated->unknown[i]);
    fputs(" (--sum o --mean lo dicen)\n", stderr);
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    const char *editions[2] = {NULL, NULL}, *format_word = NULL;
    const char *facts[MOST_FACTS] = {NULL}, *sums[MOST_FACTS] = {NULL}, *means[MOST_FACTS] = {NULL};
    enum rows_format format;
    size_t n;
    const struct option_spec specs[] = {
        {.name = "--fact", .takes_value = true, .list = facts, .list_size = MOST_FACTS},
        {.name = "--sum", .takes_value = true, .list = sums, .list_size = MOST_FACTS},
        {.name = "--mean", .takes_value = true, .list = means, .list_size = MOST_FACTS},
        {.name = "--format", .takes_value = true, .value = &format_word},
    };
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, editions, 2, 2, &n, err) ||
        !print_format(format_word, &format, err))
        return false;
    const struct geo_restate_options options = {
        .editions = {.from = editions[0], .to = editions[1]},
        .facts = facts,
        .sums = sums,
        .means = means,
    };
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    struct geo_restated *restated = NULL;
    if (store && geo_store_begin_read(store, err))
        restated = geo_restate(store, &options, err);
    geo_store_close(store);
    if (!restated)
        return false;
    tell_unknown(restated);
    bool ok = print_rows(geo_restated_rows(restated), format, err);
    geo_restated_free(restated);
    return ok;
}

const struct command cmd_restate = {
    .name = "restate",
    .summary = "los hechos por municipio de una edición, en los municipios de otra",
    .help =
        "Uso: sigg restate A B [--fact HECHO]… [--sum HECHO]… [--mean HECHO]…\n"
        "                  [--format table|csv|json]\n"
        "\n"
        "Lo que se conoce por municipio de la edición A (población, viviendas, NBI…), en los\n"
        "municipios de la edición B. Los registros no lo necesitan: están vinculados en cada\n"
        "edición. Una cantidad se reparte según las personas de las comunidades rurales que\n"
        "quedan en cada parte (donde no hay, según la superficie); una superficie, según la\n"
        "superficie; una tasa o un índice es la media ponderada por la población. Los límites\n"
        "que solo se dibujaron de nuevo no reparten nada: véase sigg crosswalk --help.\n"
        "\n"
        "  --fact HECHO   solo este hecho; se puede repetir (por omisión, todos)\n"
        "  --sum HECHO    es una cantidad que se suma, aunque el nombre no lo diga\n"
        "  --mean HECHO   es una tasa o un índice, que se promedia\n"
        "  --format F     table (por omisión), csv o json\n"
        "\n"
        "Columnas: codigo, nombre, departamento, uo, hecho, tipo (suma, suma_superficie o\n"
        "media), valor, reexpresado_pct (qué parte del valor viene de municipios que se\n"
        "dividieron: 0 es el dato tal cual, 100 una estimación entera) y desde (los municipios\n"
        "de A, con la parte de cada uno).\n"
        "\n"
        "Ejemplo: sigg restate 339 2024 --fact poblacion_rural_2024\n",
    .run = run,
};
