/* cmd_equity.c - `sigg equity`: how evenly the programme reaches rural people. */
#include <stdio.h>
#include <string.h>

#include "geo/analysis/equity.h"
#include "server/cli/options.h"
#include "server/cli/print.h"
#include "server/commands/command.h"

struct cmd_equity_choice {
    struct geo_equity_query query;
    enum rows_format format;
    bool curve;
    enum geo_equity_curve which;
};

static bool read_options(int argc, char **argv, struct cmd_equity_choice *choice, struct err *err)
{
    const char *of = NULL, *by = NULL, *curve = NULL, *format = NULL;
    struct geo_equity_query *query = &choice->query;
    const struct option_spec specs[] = {
        {.name = "--of", .takes_value = true, .value = &of},
        {.name = "--by", .takes_value = true, .value = &by},
        {.name = "--curve", .takes_value = true, .value = &curve},
        {.name = "--as-of", .takes_value = true, .value = &query->as_of},
        {.name = "--edition", .takes_value = true, .value = &query->edition},
        {.name = "--format", .takes_value = true, .value = &format},
    };
    size_t n_positional;
    query->group = GEO_BY_DEPARTAMENTO;
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, NULL, 0, 0, &n_positional,
                       err) ||
        !print_format(format, &choice->format, err))
        return false;
    if (of && !geo_equity_of_word(of, &query->of))
        return err_set(err, ERR_USAGE, "--of: «%s» no es familias, bs, riego, obras ni alianzas",
                       of);
    if (by && (!geo_group_of(by, &query->group) || query->group == GEO_BY_MUNICIPIO))
        return err_set(err, ERR_USAGE, "--by: «%s» no es departamento, uo ni nacional", by);
    if (curve && strcmp(curve, "lorenz") != 0 && strcmp(curve, "concentracion") != 0)
        return err_set(err, ERR_USAGE, "--curve: «%s» no es lorenz ni concentracion", curve);
    choice->curve = curve != NULL;
    choice->which = curve && curve[0] == 'c' ? GEO_EQUITY_CONCENTRATION : GEO_EQUITY_LORENZ;
    return true;
}

static bool print(const struct geo_equity *equity, const struct cmd_equity_choice *choice,
                  struct err *err)
{
    struct buf text;
    buf_init(&text);
    geo_equity_describe(equity, &text);
    bool ok = !buf_failed(&text) || err_no_memory(err);
    if (ok)
        fprintf(stderr, "%s\n", text.data);
    buf_free(&text);
    return ok && print_rows(choice->curve ? geo_equity_curve_rows(equity, choice->which)
                                          : geo_equity_rows(equity, choice->format),
                            choice->format, err);
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    struct cmd_equity_choice choice = {0};
    struct geo_equity *equity = NULL;
    if (!read_options(argc, argv, &choice, err))
        return false;
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    if (store && geo_store_begin_read(store, err))
        equity = geo_equity_compute(store, &choice.query, err);
    geo_store_close(store);
    bool ok = equity && print(equity, &choice, err);
    geo_equity_free(equity);
    return ok;
}

const struct command cmd_equity = {
    .name = "equity",
    .summary = "cuán parejo llega el programa a la población rural: Lorenz, Gini, Theil",
    .help =
        "Uso: sigg equity [--of familias|bs|riego|obras|alianzas]\n"
        "                 [--by departamento|uo|nacional] [--curve lorenz|concentracion]\n"
        "                 [--as-of FECHA] [--edition E] [--format table|csv|json]\n"
        "\n"
        "  --of Q         lo que se reparte: familias en alianzas (por omisión), bs "
        "(comprometidos\n"
        "                 en alianzas y subproyectos), riego (ha netas), obras (familias de\n"
        "                 subproyectos) o alianzas\n"
        "  --by G         grupos entre y dentro de los cuales se parte el Theil: departamento\n"
        "                 (por omisión), uo o nacional (sin grupos)\n"
        "  --curve C      en vez de las medidas, los puntos de la curva de Lorenz, o los de la de\n"
        "                 concentración, que ordena los municipios del mayor al menor NBI\n"
        "  --as-of FECHA  lo que contaba ese día, AAAA-MM-DD (por omisión, todo lo conocido)\n"
        "  --edition E    en la edición E de los límites (por omisión, en la vigente)\n"
        "  --format F     table (por omisión), csv o json\n"
        "\n"
        "Cada municipio pesa por su población rural. Los que no la tienen, o tienen 0, quedan\n"
        "fuera y se cuentan aparte, como lo que no tiene municipio.\n"
        "\n"
        "Columnas, una fila por grupo y la última del país:\n"
        "  grupo, municipios, excluidos, poblacion_rural, valor, valor_excluido\n"
        "  por_mil_personas, participacion_poblacion, participacion_valor\n"
        "  gini, theil, indice_concentracion: entre los municipios del grupo; una concentración\n"
        "  negativa dice que los de mayor NBI reciben más que lo que toca a su población\n"
        "  theil_dentro, theil_entre: lo que el grupo aporta al Theil del país, que es su suma\n"
        "\n"
        "Ejemplo: sigg equity --of bs --by uo\n",
    .run = run,
};
