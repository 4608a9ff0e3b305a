/* cmd_indicators.c - `sigg indicators`: the results framework, sample and definitions. */
#include <stdio.h>
#include <string.h>

#include "geo/analysis/indicators.h"
#include "geo/analysis/sample.h"
#include "geo/base/parse.h"
#include "server/cli/options.h"
#include "server/cli/print.h"
#include "server/commands/command.h"

struct cmd_indicators_asked {
    struct geo_indicator_query query;
    struct geo_sample_query sample;
    bool draw; /* print the sample instead of the framework */
    enum rows_format format;
};

static bool read_sample(struct cmd_indicators_asked *asked, const char *size, const char *seed,
                        struct err *err)
{
    int64_t number = 0;
    if (!size)
        return err_set(err, ERR_USAGE, "sample necesita --size, cuántos miembros visitar");
    if (!parse_int(size, 1, 1000000000, &asked->sample.size))
        return err_set(err, ERR_USAGE, "--size: «%s» no es un entero desde 1", size);
    if (seed && !parse_int(seed, 0, INT64_MAX, &number))
        return err_set(err, ERR_USAGE, "--seed: «%s» no es un entero desde 0", seed);
    asked->sample.seed = (uint64_t)number;
    asked->sample.as_of = asked->query.as_of;
    asked->sample.edition = asked->query.edition;
    return true;
}

static bool read_options(int argc, char **argv, struct cmd_indicators_asked *asked, struct err *err)
{
    const char *by = NULL, *format = NULL, *size = NULL, *seed = NULL, *word[1] = {NULL};
    *asked = (struct cmd_indicators_asked){.query = {.group = GEO_BY_NACIONAL},
                                           .sample = {.round = "1"}};
    const struct option_spec specs[] = {
        {.name = "--by", .takes_value = true, .value = &by},
        {.name = "--as-of", .takes_value = true, .value = &asked->query.as_of},
        {.name = "--edition", .takes_value = true, .value = &asked->query.edition},
        {.name = "--definitions", .takes_value = true, .value = &asked->query.definitions_path},
        {.name = "--size", .takes_value = true, .value = &size},
        {.name = "--seed", .takes_value = true, .value = &seed},
        {.name = "--round", .takes_value = true, .value = &asked->sample.round},
        {.name = "--format", .takes_value = true, .value = &format},
    };
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, word, 0, 1, NULL, err) ||
        !print_format(format, &asked->format, err))
        return false;
    if (asked->query.as_of && !parse_date(asked->query.as_of))
        return err_set(err, ERR_USAGE, "--as-of: «%s» no es una fecha: se espera AAAA-MM-DD",
                       asked->query.as_of);
    if (word[0] && strcmp(word[0], "sample") != 0)
        return err_set(err, ERR_USAGE, "«%s» no es sample", word[0]);
    asked->draw = word[0] != NULL;
    if (asked->draw)
        return by || asked->query.definitions_path
                   ? err_set(err, ERR_USAGE, "%s no vale con sample", by ? "--by" : "--definitions")
                   : read_sample(asked, size, seed, err);
    if (size || seed)
        return err_set(err, ERR_USAGE, "%s solo vale con sample", size ? "--size" : "--seed");
    return !by || geo_group_of(by, &asked->query.group) ||
           err_set(err, ERR_USAGE, "--by: «%s» no es municipio, departamento, uo ni nacional", by);
}

static struct rows *compute(struct geo_store *store, const struct cmd_indicators_asked *asked,
                            struct err *err)
{
    int64_t population = 0;
    if (asked->draw) {
        struct rows *drawn = geo_sample_rows(store, &asked->sample, &population, err);
        if (drawn)
            fprintf(stderr, "muestra de %lld de %lld miembros, semilla %llu\n",
                    (long long)asked->sample.size, (long long)population,
                    (unsigned long long)asked->sample.seed);
        return drawn;
    }
    return geo_indicators_table(store, &asked->query, err);
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    struct cmd_indicators_asked asked;
    struct rows *rows = NULL;
    if (!read_options(argc, argv, &asked, err))
        return false;
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    if (store && geo_store_begin_read(store, err))
        rows = compute(store, &asked, err);
    geo_store_close(store);
    return rows && print_rows(rows, asked.format, err);
}

const struct command cmd_indicators = {
    .name = "indicators",
    .summary = "marco de resultados: línea base, meta, logrado; y la muestra para R3",
    .help =
        "Uso: sigg indicators [--by nacional|uo|departamento|municipio] [--as-of FECHA]\n"
        "                     [--edition E] [--definitions F.json] [--format table|csv|json]\n"
        "     sigg indicators sample --size N [--seed S] [--round R] [--as-of FECHA]\n"
        "                     [--edition E] [--format table|csv|json]\n"
        "\n"
        "  --by G           nacional (por omisión), uo, departamento o municipio\n"
        "  --as-of FECHA    lo que se sabía ese día (por omisión, todo lo conocido)\n"
        "  --edition E      en la edición E de los límites (por omisión, en la vigente)\n"
        "  --definitions F  definiciones propias en lugar de las incorporadas\n"
        "                   (data/indicadores.json; la forma está en docs/methods.md)\n"
        "  --format F       table (por omisión, con las columnas principales), csv o json (con\n"
        "                   todas)\n"
        "\n"
        "Columnas:\n"
        "  indicador, nombre, unidad, linea_base, meta (la nacional), logrado\n"
        "  numerador, denominador: sumas de los registros del lugar; logrado es su razón\n"
        "  metodo\n"
        "  codigo, lugar, departamento, uo\n"
        "  avance_pct: parte del camino de la línea base a la meta nacional\n"
        "  anterior, tendencia: lo logrado un año antes de la fecha, y la diferencia\n"
        "  ic95_inferior, ic95_superior, poblacion: intervalo de 95 % de lo que viene de una\n"
        "  muestra (Wilson, con corrección por población finita)\n"
        "  fecha: la pedida, o la del último registro que cuenta\n"
        "  fuente, origen (registros, ingresado o sin_dato), simulado\n"
        "\n"
        "Lo que los registros no dan se ingresa con fecha y fuente:\n"
        "  sigg import valores_indicador valores.csv\n"
        "\n"
        "sample sortea los miembros que se visitan para R3: muestra aleatoria simple sin\n"
        "reposición de las familias de las alianzas con convenio. Con la misma semilla (--seed,\n"
        "0 por omisión) y los mismos registros sale la misma en cualquier máquina. Llenadas las\n"
        "columnas fecha y practicas, la lista se carga: sigg import practicas lista.csv\n"
        "  --round R        nombre de la muestra (por omisión, 1)\n"
        "\n"
        "Ejemplo: sigg indicators --by uo --as-of 2021-12-31 --format csv\n"
        "         sigg indicators sample --size 400 --seed 2023 --round 2023 --format csv\n",
    .run = run,
};
