/* cmd_access.c - `sigg access`: rural people near alliances or works; new sites. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/access.h"
#include "geo/analysis/sites.h"
#include "geo/base/parse.h"
#include "server/cli/options.h"
#include "server/cli/print.h"
#include "server/commands/command.h"
#include "server/figures/access_options.h"

static bool print_access(const struct geo_reach *reach, const struct access_options *options,
                         enum rows_format format, struct err *err)
{
    struct geo_access *access = geo_access_compute(reach, options->distance_m, options->group, err);
    bool ok = access && print_rows(geo_access_rows(access, reach), format, err);
    geo_access_free(access);
    return ok;
}

/* Prints what the table does not show. */
static void explain(const struct geo_reach *reach, const struct geo_sites *sites, bool exact,
                    bool proven)
{
    const double before = (double)(reach->people - sites->unreached), all = (double)reach->people;
    print_sentence(stderr,
                   "Población rural alcanzada en línea recta: # % antes, # % con # sitios nuevos "
                   "(# personas más).\n",
                   2, 100 * before / all, 2, 100 * (before + (double)sites->reached) / all, 0,
                   (double)sites->n, 0, (double)sites->reached);
    if (exact && proven)
        fputs("Es el óptimo: ninguna otra elección alcanza a más personas.\n", stderr);
    else if (sites->bound > 0)
        print_sentence(stderr,
                       "Ninguna elección alcanza a más de # personas nuevas: ésta llega al menos "
                       "al # % del óptimo (garantía general: 63,2 %).\n",
                       0, (double)sites->bound, 1,
                       100 * (double)sites->reached / (double)sites->bound);
    if (exact && !proven)
        fputs("El tiempo de --exact no alcanzó para probar el óptimo; con más segundos, quizá.\n",
              stderr);
}

static bool print_sites(const struct geo_reach *reach, const struct access_options *options,
                        enum rows_format format, struct err *err)
{
    struct geo_sites *greedy = NULL, *best = NULL;
    bool proven = false, ok = false;
    bool *reached = calloc(reach->n_places + 1, sizeof *reached);
    if (!reached)
        return err_no_memory(err);
    if (geo_reach_mark(reach, options->distance_m, reached, err))
        greedy = geo_sites_greedy(reach, options->distance_m, reached, options->sites, err);
    if (greedy && options->exact_s > 0)
        best = geo_sites_exact(reach, options->distance_m, reached, greedy, options->sites,
                               options->exact_s, &proven, err);
    if (greedy && (best || options->exact_s <= 0)) {
        const struct geo_sites *shown = best ? best : greedy;
        ok = print_rows(geo_sites_rows(shown, reach), format, err);
        if (ok)
            explain(reach, shown, best != NULL, proven);
    }
    geo_sites_free(best);
    geo_sites_free(greedy);
    free(reached);
    return ok;
}

static bool parse(int argc, char **argv, struct access_options *options, enum rows_format *format,
                  struct err *err)
{
    const char *km = NULL, *of = NULL, *by = NULL, *k = NULL, *exact = NULL, *word = NULL;
    const char *what = NULL;
    size_t n = 0;
    const struct option_spec specs[] = {
        {.name = "--km", .takes_value = true, .value = &km},
        {.name = "--of", .takes_value = true, .value = &of},
        {.name = "--by", .takes_value = true, .value = &by},
        {.name = "-k", .takes_value = true, .value = &k},
        {.name = "--exact", .takes_value = true, .value = &exact},
        {.name = "--as-of", .takes_value = true, .value = &options->query.as_of},
        {.name = "--edition", .takes_value = true, .value = &options->query.edition},
        {.name = "--format", .takes_value = true, .value = &word},
    };
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, &what, 0, 1, &n, err) ||
        !print_format(word, format, err))
        return false;
    if (n && strcmp(what, "sites") != 0)
        return err_set(err, ERR_USAGE, "«%s»: después de access sólo puede venir sites", what);
    if (!n && (k || exact))
        return err_set(err, ERR_USAGE, "-k y --exact son de «sigg access sites»");
    options->want_sites = n > 0;
    if (access_options_read(options, km, of, by, k, exact, err))
        return true;
    err->kind = ERR_USAGE;
    return false;
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    struct access_options options = {0};
    enum rows_format format;
    struct geo_reach *reach = NULL;
    if (!parse(argc, argv, &options, &format, err))
        return false;
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    if (store && geo_store_begin_read(store, err))
        reach = geo_reach_load(store, &options.query, err);
    geo_store_close(store);
    if (!reach)
        return false;
    if (!reach->communities)
        fputs("No hay comunidades cargadas: la población rural de cada municipio se toma en un\n"
              "solo punto, y el resultado es aproximado. Vea: sigg import comunidades\n",
              stderr);
    if (reach->n_nowhere)
        fprintf(stderr, "%zu registros sin ubicación no se tomaron en cuenta.\n", reach->n_nowhere);
    bool ok = options.want_sites ? print_sites(reach, &options, format, err)
                                 : print_access(reach, &options, format, err);
    geo_reach_free(reach);
    return ok;
}

const struct command cmd_access = {
    .name = "access",
    .summary = "población rural a cierta distancia, y dónde abrir sitios nuevos",
    .help =
        "Uso: sigg access [--km D] [--of alianzas|subproyectos|ambos]\n"
        "                 [--by municipio|departamento|uo|nacional] [--as-of FECHA]\n"
        "                 [--edition E] [--format table|csv|json]\n"
        "     sigg access sites [--km D] [--of …] [-k N] [--exact SEGUNDOS] [--as-of FECHA]\n"
        "                 [--edition E] [--format table|csv|json]\n"
        "\n"
        "La primera forma da las personas del área rural que viven a no más de D kilómetros\n"
        "EN LÍNEA RECTA (geodésica) de una alianza con convenio o de un subproyecto: no mide\n"
        "caminos. La segunda busca los N sitios nuevos que alcanzan a más personas de las que\n"
        "aún no están alcanzadas; un sitio se ubica en una comunidad.\n"
        "\n"
        "  --km D         distancia, más de 0 y hasta 1000 (por omisión, 10)\n"
        "  --of Q         a qué: alianzas, subproyectos o ambos (por omisión)\n"
        "  --by G         municipio (por omisión), departamento, uo o nacional\n"
        "  -k N           cuántos sitios nuevos (por omisión, 10)\n"
        "  --exact S      busca la mejor elección posible, durante S segundos a lo más\n"
        "  --as-of FECHA  lo que contaba ese día, AAAA-MM-DD (por omisión, todo lo conocido)\n"
        "  --edition E    en la edición E de los límites (por omisión, en la vigente)\n"
        "  --format F     table (por omisión), csv o json\n"
        "\n"
        "Donde no hay comunidades cargadas, la población rural de cada municipio se toma en un\n"
        "punto dentro de él; la columna base lo dice. Los sitios se eligen uno tras otro, cada\n"
        "vez el que agrega más personas; al final se dice cuánto, a lo más, podría mejorar otra\n"
        "elección.\n"
        "\n"
        "Columnas: codigo, nombre, departamento, uo, lugares, lugares_alcanzados, personas,\n"
        "personas_alcanzadas, alcance_pct, base; con sites: puesto, codigo, nombre, municipio,\n"
        "departamento, lon, lat, personas_nuevas, personas_acumuladas, alcance_pct (de toda la\n"
        "población rural, con lo que ya estaba alcanzado).\n"
        "\n"
        "Ejemplo: sigg access sites --km 15 -k 5 --exact 20\n",
    .run = run,
};
