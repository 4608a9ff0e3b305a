/* cmd_conflicts.c - `sigg conflicts`: records that lie elsewhere than they declare. */
#include "geo/analysis/conflicts.h"
#include "server/cli/options.h"
#include "server/cli/print.h"
#include "server/commands/command.h"

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    const char *layer = NULL, *by = NULL, *word = NULL;
    struct geo_conflicts_query query = {0};
    enum rows_format format;
    enum geo_group group = GEO_BY_MUNICIPIO;
    const struct option_spec specs[] = {
        {.name = "--by", .takes_value = true, .value = &by},
        {.name = "--state", .takes_value = true, .value = &query.state},
        {.name = "--edition", .takes_value = true, .value = &query.edition},
        {.name = "--all", .flag = &query.decided},
        {.name = "--format", .takes_value = true, .value = &word},
    };
    size_t n;
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, &layer, 0, 1, &n, err) ||
        !print_format(word, &format, err))
        return false;
    if (by && !geo_group_of(by, &group))
        return err_set(err, ERR_USAGE, "--by: «%s» no es municipio, departamento, uo ni nacional",
                       by);
    query.layer = layer;
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    struct rows *rows = NULL;
    if (store && geo_store_begin_read(store, err))
        rows = by ? geo_conflicts_summary(store, &query, group, err)
                  : geo_conflicts_rows(store, &query, err);
    geo_store_close(store);
    return rows && print_rows(rows, format, err);
}

const struct command cmd_conflicts = {
    .name = "conflicts",
    .summary = "los registros que están en otro lugar que el declarado, y qué se decidió",
    .help =
        "Uso: sigg conflicts [CAPA] [--by G] [--state E[,E…]] [--all] [--edition E]\n"
        "                    [--format table|csv|json]\n"
        "\n"
        "Una fila por registro de la CAPA (por omisión, de todas) cuyo lugar y cuyo municipio\n"
        "declarado no coinciden, o que cae en agua o fuera del país.\n"
        "\n"
        "  --by G         en su lugar, un resumen por municipio, departamento, uo o nacional\n"
        "  --state E      solo estos estados: conflicto, vecino, en_agua, fuera\n"
        "  --all          también los decididos\n"
        "  --edition E    en la edición E de los límites (por omisión, en la vigente)\n"
        "  --format F     table (por omisión, con las columnas principales), csv o json\n"
        "\n"
        "Columnas:\n"
        "  capa, codigo, nombre\n"
        "  estado         conflicto (a más de 2 km del municipio declarado), vecino (a 2 km o\n"
        "                 menos), en_agua, fuera; si el registro cambió después, el de ahora\n"
        "  resolucion     abierto; decidido (hay un veredicto en vigor); caduco (lo había, y\n"
        "                 después cambiaron el lugar o la declaración: ya no vale)\n"
        "  distancia_m    geodésica, del lugar al municipio declarado (en agua, al más cercano)\n"
        "  ubicado_codigo, ubicado_nombre       donde está\n"
        "  declarado_codigo, declarado_nombre   lo que declara\n"
        "  uo             del municipio donde está o, si no está en ninguno, del declarado\n"
        "  veredicto, coordenadas, fecha, persona, nota\n"
        "\n"
        "El CSV vuelve a entrar: se llenan veredicto, coordenadas y nota en una hoja de cálculo, "
        "y\n"
        "sigg verdict --from ARCHIVO los aplica. En el mapa: sigg render --style conflictos.\n"
        "\n"
        "Ejemplos:\n"
        "  sigg conflicts --by uo\n"
        "  sigg conflicts alianzas --state conflicto --format csv > conflictos.csv\n",
    .run = run,
    .layers = GEO_TABLES_PLACED,
};
