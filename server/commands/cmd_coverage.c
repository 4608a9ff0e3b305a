/* cmd_coverage.c - `sigg coverage`: the table of coverage. */
#include "geo/analysis/restate.h"

#include "server/cli/figures_options.h"
#include "server/cli/print.h"
#include "server/commands/command.h"

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    struct geo_coverage_query query;
    enum rows_format format;
    struct geo_crosswalk_options editions = {0};
    struct geo_coverage *coverage = NULL;
    const struct option_spec own = {
        .name = "--restate-from", .takes_value = true, .value = &editions.from};
    if (!figures_options_and(argc, argv, &own, 1, &query, &format, err))
        return false;
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    if (store && geo_store_begin_read(store, err))
        coverage = editions.from ? geo_restate_coverage(store, &editions, &query, err)
                                 : geo_coverage_compute(store, &query, err);
    geo_store_close(store);
    bool ok = coverage && print_rows(geo_coverage_rows(coverage), format, err);
    geo_coverage_free(coverage);
    return ok;
}

const struct command cmd_coverage = {
    .name = "coverage",
    .summary = "cobertura por municipio, departamento, unidad operativa o país",
    .help =
        "Uso: sigg coverage [--by municipio|departamento|uo|nacional] [--as-of FECHA]\n"
        "                   [--edition E] [--restate-from A] [--format table|csv|json]\n"
        "\n"
        "  --by G         municipio (por omisión), departamento, uo o nacional\n"
        "  --as-of FECHA  lo que contaba ese día, AAAA-MM-DD (por omisión, todo lo conocido)\n"
        "  --edition E    en la edición E de los límites (por omisión, en la vigente)\n"
        "  --restate-from A\n"
        "                 con la población y las viviendas de los municipios de la edición A\n"
        "                 repartidas entre los de E (véase sigg restate --help); la columna\n"
        "                 reexpresado_pct dice qué parte de las viviendas se repartió\n"
        "  --format F     table (por omisión, con las columnas principales), csv o json (con\n"
        "                 todas)\n"
        "\n"
        "Cuentan las alianzas con convenio firmado, las áreas de riego desde su puesta en\n"
        "operación (o el convenio de su alianza) y los subproyectos desde su inicio. Cada\n"
        "registro cuenta en su municipio principal; las hectáreas, donde están. Los registros\n"
        "sin municipio forman una fila propia, la última, de modo que las filas suman siempre\n"
        "el total; con --by nacional están incluidos.\n"
        "\n"
        "Columnas:\n"
        "  codigo, nombre, departamento, uo\n"
        "  alianzas, familias, mujeres (familias representadas por mujeres)\n"
        "  comprometido_bs, solicitado_bs, transferido_bs, descargado_bs\n"
        "  riego_bruto_ha (suma de los polígonos), riego_neto_ha (sin contar dos veces lo que\n"
        "  se traslapa)\n"
        "  subproyectos, subproyectos_familias, subproyectos_ejecutado_bs\n"
        "  poblacion_rural, viviendas_rurales (el año más reciente que haya)\n"
        "  cobertura_familias_pct: familias por cada 100 viviendas rurales\n"
        "  cubierto_alianzas, cubierto_riego, cubierto_subproyectos: 1 si hay al menos uno; para\n"
        "  grupos, en su lugar, municipios y cuántos están cubiertos: municipios_alianzas,\n"
        "  municipios_riego, municipios_subproyectos\n"
        "  y después: areas_riego, riego_declarado_ha, subproyectos_comprometido_bs, alianzas por\n"
        "  modelo, rubro y etapa, subproyectos por estado (etapa y estado, los de hoy)\n"
        "\n"
        "Ejemplo: sigg coverage --by uo --as-of 2021-12-31 --format csv\n",
    .run = run,
};
