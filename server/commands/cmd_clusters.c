/* cmd_clusters.c - `sigg clusters`: clusters of municipalities with high or low coverage. */
#include "geo/analysis/clusters.h"

#include <stdio.h>

#include "server/cli/options.h"
#include "server/cli/print.h"
#include "server/commands/command.h"
#include "server/figures/clusters_options.h"

static void explain(const struct geo_clusters *clusters, const struct geo_clusters_query *query)
{
    const struct geo_moran *moran = &clusters->global;
    size_t classes[5] = {0};
    for (size_t i = 0; i < clusters->n_rows; i++)
        if (clusters->rows[i].state == GEO_CLUSTERS_USED)
            classes[clusters->rows[i].local.class]++;
    print_sentence(
        stderr,
        "I de Moran # (esperada #, z #), p # con # permutaciones; # municipios,\n"
        "# vecinos en promedio, # sin dato, # aislados.\n"
        "Con # % de falsos hallazgos: # HH (altos entre altos), # LL (bajos entre bajos),\n"
        "# HL, # LH.\n",
        4, moran->i, 4, moran->expected, 2, moran->z, 4, moran->p, 0, (double)query->permutations,
        0, (double)clusters->n_used, 2, clusters->mean_neighbours, 0, (double)clusters->n_no_data,
        0, (double)clusters->n_isolated, 1, 100 * query->level, 0, (double)classes[GEO_MORAN_HH], 0,
        (double)classes[GEO_MORAN_LL], 0, (double)classes[GEO_MORAN_HL], 0,
        (double)classes[GEO_MORAN_LH]);
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    const char *permutations = NULL, *seed = NULL, *level = NULL, *word = NULL;
    struct geo_clusters_query query = {0};
    enum rows_format format;
    const struct option_spec specs[] = {
        {.name = "--rate", .takes_value = true, .value = &query.rate},
        {.name = "--weights", .takes_value = true, .value = &query.weights},
        {.name = "--permutations", .takes_value = true, .value = &permutations},
        {.name = "--seed", .takes_value = true, .value = &seed},
        {.name = "--fdr", .takes_value = true, .value = &level},
        {.name = "--as-of", .takes_value = true, .value = &query.as_of},
        {.name = "--edition", .takes_value = true, .value = &query.edition},
        {.name = "--format", .takes_value = true, .value = &word},
    };
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, NULL, 0, 0, NULL, err) ||
        !print_format(word, &format, err))
        return false;
    if (!clusters_options_read(&query, permutations, seed, level, err)) {
        err->kind = ERR_USAGE;
        return false;
    }
    struct geo_clusters *clusters = NULL;
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    if (store && geo_store_begin_read(store, err))
        clusters = geo_clusters_compute(store, &query, err);
    geo_store_close(store);
    bool ok = clusters && print_rows(geo_clusters_rows(clusters), format, err);
    if (ok)
        explain(clusters, &query);
    geo_clusters_free(clusters);
    return ok;
}

const struct command cmd_clusters = {
    .name = "clusters",
    .summary = "agrupamientos de cobertura alta o baja (I de Moran), para analistas",
    .help =
        "Uso: sigg clusters [--rate familias|obras|riego|HECHO] [--weights queen|knn:K]\n"
        "                   [--permutations N] [--seed S] [--fdr Q] [--as-of FECHA]\n"
        "                   [--edition E] [--format table|csv|json]\n"
        "\n"
        "Dice si los municipios de tasa alta (o baja) están juntos más de lo que haría el azar\n"
        "(I de Moran global) y cuáles forman esos grupos (local). Las figuras globales van a la\n"
        "salida de mensajes.\n"
        "\n"
        "  --rate T          familias (por omisión): familias de alianzas por vivienda rural;\n"
        "                    obras: familias de subproyectos por vivienda rural; riego: ha netas\n"
        "                    por 100 viviendas; o un hecho cargado, como nbi_2024\n"
        "  --weights W       queen (por omisión): comparten límite; knn:K: los K más cercanos\n"
        "  --permutations N  de 99 a 999999 (por omisión, 9999)\n"
        "  --seed S          semilla: la misma da lo mismo en cualquier máquina (por omisión, 1)\n"
        "  --fdr Q           proporción tolerada de falsos hallazgos (por omisión, 0.05)\n"
        "  --as-of FECHA     lo que contaba ese día, AAAA-MM-DD (por omisión, todo lo conocido)\n"
        "  --edition E       en la edición E de los límites (por omisión, en la vigente)\n"
        "  --format F        table (por omisión), csv o json\n"
        "\n"
        "Las tasas de familias y obras se suavizan con bayes empírico (Assunção y Reis 1999),\n"
        "porque un municipio chico tiene tasas extremas por azar. Un municipio sin dato o sin\n"
        "vecinos queda fuera, y la columna clase lo dice.\n"
        "\n"
        "Columnas: codigo, nombre, departamento, uo, tasa (por 100 viviendas, o el hecho), z,\n"
        "z_vecinos, vecinos, moran_local, p (dos colas), q (tras controlar falsos hallazgos) y\n"
        "clase: HH, LL, HL, LH, vacía (no significativa), «sin dato» o «aislado».\n",
    .run = run,
};
