/* dataset.c - imports the built-in data set into a new database. */
#include "geo/import/dataset.h"

#include <stdio.h>

#include "geo/base/embed.h"
#include "geo/figures/linker.h"
#include "geo/import/import.h"
#include "geo/source/source.h"

EMBED(dataset_limites, "data/limites.geojson");
EMBED(dataset_municipios, "data/municipios.csv");
EMBED(dataset_alianzas, "data/alianzas.csv");
EMBED(dataset_areas_riego, "data/areas_riego.geojson");
EMBED(dataset_subproyectos, "data/subproyectos.geojson");
EMBED(dataset_eventos, "data/eventos.csv");
EMBED(dataset_resultados, "data/resultados_alianza.csv");
EMBED(dataset_practicas, "data/practicas.csv");
EMBED(dataset_reclamos, "data/reclamos.csv");
EMBED(dataset_valores, "data/valores_indicador.csv");

#define SIMULATED \
    "Cartera simulada que reproduce los cuadros del POA 2023 del PAR II FA (EMPODERAR)"

/* Dates of the data: the plan reports the state at the close of the year before it; the
 * facts are of the day of the 2024 census, and the cells are derived from them. */
#define CLOSE "2022-12-31"
#define CENSUS "2024-03-23"

/* In an order that satisfies their dependencies. Sources: data/README.md. */
static const struct {
    const char *name, *begin, *end, *layer, *edition, *title, *source, *date;
    bool schematic, simulated;
} files[] = {
    {"limites.geojson", dataset_limites, dataset_limites_end, "municipios", "esquematica",
     "Límites esquemáticos, 339 municipios",
     "Celdas en torno a los puntos municipales, con las superficies de INE", CENSUS, true, false},
    {"municipios.csv", dataset_municipios, dataset_municipios_end, "hechos_municipio", NULL, NULL,
     "INE (Censos 2012 y 2024) y UDAPE", CENSUS, false, false},
    {"alianzas.csv", dataset_alianzas, dataset_alianzas_end, "alianzas", NULL, NULL, SIMULATED,
     CLOSE, false, true},
    {"areas_riego.geojson", dataset_areas_riego, dataset_areas_riego_end, "areas_riego", NULL, NULL,
     SIMULATED, CLOSE, false, true},
    {"subproyectos.geojson", dataset_subproyectos, dataset_subproyectos_end, "subproyectos", NULL,
     NULL, SIMULATED, CLOSE, false, true},
    {"eventos.csv", dataset_eventos, dataset_eventos_end, "eventos", NULL, NULL, SIMULATED, CLOSE,
     false, true},
    {"resultados_alianza.csv", dataset_resultados, dataset_resultados_end, "resultados_alianza",
     NULL, NULL, SIMULATED, CLOSE, false, true},
    {"practicas.csv", dataset_practicas, dataset_practicas_end, "practicas", NULL, NULL, SIMULATED,
     CLOSE, false, true},
    {"reclamos.csv", dataset_reclamos, dataset_reclamos_end, "reclamos", NULL, NULL, SIMULATED,
     CLOSE, false, true},
    {"valores_indicador.csv", dataset_valores, dataset_valores_end, "valores_indicador", NULL, NULL,
     "POA 2023 del PAR II FA, marco de resultados", CLOSE, false, false},
};

enum { N_FILES = sizeof files / sizeof *files };

/* The share of one import in the whole progress; linking is one more share. */
struct share {
    geo_progress_fn *progress;
    void *arg;
    size_t done;
};

static void share_progress(void *arg, double done)
{
    struct share *share = arg;
    if (share->progress)
        share->progress(share->arg, ((double)share->done + done) / (N_FILES + 1));
}

/* Of an import, in which everything but checking takes no time: its links are made later. */
static void share_import(void *arg, enum geo_import_step step, double done)
{
    if (step == GEO_IMPORT_CHECKING)
        share_progress(arg, done);
}

static bool load_file(struct geo_store *store, size_t i, struct share *share, struct err *err)
{
    char name[64], path[80];
    struct geo_import_summary summary;
    snprintf(name, sizeof name, "sigg-datos/%s", files[i].name);
    snprintf(path, sizeof path, "/vsimem/%s", name);
    struct geo_import_options options = {
        .layer = files[i].layer,
        .source = path,
        .embedded = true,
        .edition = files[i].edition,
        .edition_title = files[i].title,
        .source_title = files[i].source,
        .data_date = files[i].date,
        .schematic = files[i].schematic,
        .simulated = files[i].simulated,
        .in_transaction = true,
        .link_later = true,
        .progress = share_import,
        .progress_arg = share,
    };
    if (!geo_source_put_memory(name, files[i].begin, (size_t)(files[i].end - files[i].begin), err))
        return false;
    bool ok = geo_import_run(store, &options, &summary, err);
    geo_source_drop_memory(name);
    return ok;
}

bool geo_dataset_load(struct geo_store *store, geo_progress_fn *progress, void *arg,
                      struct err *err)
{
    struct share share = {progress, arg, 0};
    if (!geo_store_begin(store, err))
        return false;
    bool ok = true;
    for (; ok && share.done < N_FILES; share.done += ok)
        ok = load_file(store, share.done, &share, err);
    ok = ok && geo_link_all(store, NULL, NULL, share_progress, &share, err) &&
         geo_store_commit(store, err);
    if (!ok)
        geo_store_rollback(store);
    return ok;
}
