/* cmd_export.c - `sigg export`: exports a layer to a file. */
#include <stdio.h>

#include "geo/export/export.h"
#include "server/cli/options.h"
#include "server/cli/output.h"
#include "server/cli/print.h"
#include "server/commands/command.h"

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    char label[] = "exportando";
    const char *layer = NULL;
    struct geo_export_options options = {.progress = print_progress, .progress_arg = label};
    const struct option_spec specs[] = {
        {.name = "-o", .takes_value = true, .value = &options.path},
        {.name = "--output", .takes_value = true, .value = &options.path},
        {.name = "--edition", .takes_value = true, .value = &options.edition},
    };
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, &layer, 1, 1, NULL, err))
        return false;
    options.layer = layer;
    if (!options.path)
        return err_set(err, ERR_USAGE, "falta -o ARCHIVO");
    if (!output_takes("-o", options.path, db_path, err))
        return false;
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    int64_t records = 0;
    bool ok = store && geo_export_run(store, &options, &records, err);
    geo_store_close(store);
    if (ok)
        printf("%s: %lld registros de %s\n", options.path, (long long)records, layer);
    return ok;
}

const struct command cmd_export = {
    .name = "export",
    .summary = "escribe una capa en un archivo",
    .help = "Uso: sigg export CAPA -o ARCHIVO [--edition E]\n"
            "\n"
            "El formato es el de la extensión: .gpkg, .geojson, .fgb (FlatGeobuf), .csv, .xlsx\n"
            "o .kml. Los montos van en Bs; en CSV y XLSX los puntos llevan lon y lat. Cada\n"
            "registro lleva su vínculo (vinculo_municipio, vinculo_estado...) en la edición\n"
            "vigente, o en la que se diga.\n"
            "\n"
            "  -o ARCHIVO      adónde; un archivo que ya existe se reemplaza cuando el nuevo\n"
            "                  está entero\n"
            "  --edition E     edición de los vínculos, y de municipios\n",
    .run = run,
    .layers = GEO_TABLES_ALL,
};
