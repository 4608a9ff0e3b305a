/* cmd_irrigation.c - `sigg irrigation`: irrigated hectares. */
#include "geo/figures/irrigation.h"

#include "server/cli/figures_options.h"
#include "server/cli/print.h"
#include "server/commands/command.h"

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    struct geo_coverage_query query;
    enum rows_format format;
    struct geo_irrigation *irrigation = NULL;
    if (!figures_options(argc, argv, &query, &format, err))
        return false;
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    if (store && geo_store_begin_read(store, err))
        irrigation = geo_irrigation_compute(store, &query, err);
    geo_store_close(store);
    bool ok = irrigation && print_rows(geo_irrigation_rows(irrigation), format, err);
    geo_irrigation_free(irrigation);
    return ok;
}

const struct command cmd_irrigation = {
    .name = "irrigation",
    .summary = "hectáreas bajo riego: brutas, netas, declaradas y traslapes",
    .help = "Uso: sigg irrigation [--by municipio|departamento|uo|nacional] [--as-of FECHA]\n"
            "                     [--edition E] [--format table|csv|json]\n"
            "\n"
            "  --by G         municipio (por omisión), departamento, uo o nacional\n"
            "  --as-of FECHA  las áreas que contaban ese día, AAAA-MM-DD (por omisión, todas)\n"
            "  --edition E    en la edición E de los límites (por omisión, en la vigente)\n"
            "  --format F     table (por omisión), csv o json\n"
            "\n"
            "Las superficies son geodésicas, sobre el elipsoide WGS 84. Un polígono que cruza\n"
            "límites se reparte entre sus municipios; lo que no está en ninguno forma una fila\n"
            "propia, la última, de modo que las filas suman siempre el total; con --by nacional\n"
            "está incluido.\n"
            "\n"
            "Columnas:\n"
            "  codigo, nombre, departamento, uo\n"
            "  areas         áreas de riego que cuenta (cada una en su municipio principal)\n"
            "  bruto_ha      suma de los polígonos\n"
            "  neto_ha       superficie de su unión: lo que cuenta para el indicador 2.7\n"
            "  declarado_ha  lo que declaran los registros, repartido como sus polígonos\n"
            "  traslape_ha   bruto menos neto\n"
            "\n"
            "Ejemplo: sigg irrigation --by departamento --format csv\n",
    .run = run,
};
