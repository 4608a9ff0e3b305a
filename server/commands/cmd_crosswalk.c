/* cmd_crosswalk.c - `sigg crosswalk A B`: compares two editions of the boundaries. */
#include "geo/analysis/crosswalk.h"
#include "geo/base/parse.h"
#include "server/cli/options.h"
#include "server/cli/print.h"
#include "server/commands/command.h"

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
    .help =
        "Uso: sigg crosswalk A B [--changes] [--tolerance M] [--format table|csv|json]\n"
        "\n"
        "Una fila por par de municipios, uno de la edición A y otro de la B, que tienen tierra en\n"
        "común; tierra de A que no está en ningún municipio de B (o al revés) es un par con un\n"
        "solo municipio. Sin decirlo, los pares que solo comparten el trazo del límite también\n"
        "salen, como astillas.\n"
        "\n"
        "  --changes      solo los cambios legales: transferencia, recodificada, perdida, ganada\n"
        "  --tolerance M  radio en metros (por omisión 125): un pedazo en el que no cabe un\n"
        "                 círculo de ese radio es una astilla, dos trazos del mismo límite, por\n"
        "                 larga que sea\n"
        "  --format F     table (por omisión, con las columnas principales), csv o json\n"
        "\n"
        "Columnas:\n"
        "  codigo_a, nombre_a, codigo_b, nombre_b\n"
        "  cambio            identica (mismo código y mismo polígono), redigitalizada (mismo\n"
        "                    código; el límite solo se dibujó de nuevo), modificada (mismo\n"
        "                    código; ganó o perdió tierra), transferencia (tierra que pasó de uno\n"
        "                    a otro), recodificada (todo él, con otro código), perdida, ganada,\n"
        "                    astilla\n"
        "  km2               geodésicos, de la intersección\n"
        "  parte_a_pct, parte_b_pct   de la superficie de cada uno; las de un municipio suman 100\n"
        "  personas, personas_a_pct, personas_b_pct\n"
        "                    rurales, de las comunidades cargadas que están en ambos\n"
        "  metodo_personas   comunidades; superficie: donde no las hay, la población rural del\n"
        "                    municipio de A repartida por superficie; vacío: no se conoce\n"
        "  comunidades       cuántas sostienen la cifra\n"
        "  ancho_m           diámetro del círculo mayor que cabe en el pedazo\n"
        "\n"
        "Ejemplo: sigg crosswalk 339 2024 --changes\n",
    .run = run,
};
