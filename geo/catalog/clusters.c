/* clusters.c - the figure `clusters`: municipalities of high or low coverage side by side. */
#include "geo/analysis/clusters.h"

#include "geo/base/json.h"
#include "geo/base/number.h"
#include "geo/catalog/figure.h"
#include "geo/catalog/params.h"

static void put_head(const struct geo_clusters *clusters, const struct geo_clusters_query *query,
                     struct buf *head)
{
    const struct geo_moran *moran = &clusters->global;
    json_text(head, "tasa", query->rate);
    json_text(head, "pesos", query->weights);
    json_bool(head, "bayes_empirico", clusters->empirical_bayes);
    json_int(head, "permutaciones", query->permutations);
    json_int(head, "semilla", (int64_t)query->seed);
    json_double(head, "fdr", query->level);
    json_double(head, "moran_i", moran->i);
    json_double(head, "moran_esperada", moran->expected);
    json_double(head, "moran_varianza", moran->variance);
    json_double(head, "moran_z", moran->z);
    json_double(head, "moran_p", moran->p);
    json_int(head, "municipios", (int64_t)clusters->n_used);
    json_int(head, "sin_dato", (int64_t)clusters->n_no_data);
    json_int(head, "aislados", (int64_t)clusters->n_isolated);
}

static void explain(const struct geo_clusters *clusters, const struct geo_clusters_query *query,
                    struct buf *note)
{
    const struct geo_moran *moran = &clusters->global;
    size_t classes[5] = {0};
    for (size_t i = 0; i < clusters->n_rows; i++)
        if (clusters->rows[i].state == GEO_CLUSTERS_USED)
            classes[clusters->rows[i].local.class]++;
    number_put_sentence(
        note,
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

static bool make(const struct figure_args *args, struct geo_store *store,
                 struct figure_result *result, struct err *err)
{
    const struct geo_clusters_query query = {.rate = figure_text(args, "rate"),
                                             .weights = figure_text(args, "weights"),
                                             .permutations = figure_int(args, "permutations"),
                                             .seed = (uint64_t)figure_int(args, "seed"),
                                             .level = figure_real(args, "fdr"),
                                             .as_of = figure_text(args, "as-of"),
                                             .edition = figure_text(args, "edition"),
                                             .threads = figure_threads(args)};
    size_t nearest;
    if (!geo_clusters_weights_of(query.weights, &nearest))
        return err_field(err, "weights", "«%s»: se espera queen o knn:K, con K de 1 a 50",
                         query.weights);
    struct geo_clusters *clusters = geo_clusters_compute(store, &query, err);
    if (!clusters)
        return false;
    put_head(clusters, &query, &result->head);
    explain(clusters, &query, &result->note);
    bool ok = figure_take_rows(result, geo_clusters_rows(clusters), err);
    geo_clusters_free(clusters);
    return ok;
}

static const struct param params[] = {
    {.name = "rate",
     .kind = PARAM_TEXT,
     .fallback = "familias",
     .value = "T",
     .title = "familias: familias de alianzas por vivienda rural; obras: familias de subproyectos "
              "por vivienda rural; riego: ha netas por 100 viviendas; o un hecho cargado, como "
              "nbi_2024"},
    {.name = "weights",
     .kind = PARAM_TEXT,
     .fallback = "queen",
     .value = "W",
     .title = "vecindad: queen, comparten límite; knn:K, los K más cercanos, de 1 a 50"},
    {.name = "permutations",
     .kind = PARAM_INT,
     .min = 99,
     .max = 999999,
     .fallback = "9999",
     .value = "N",
     .command_only = true,
     .title = "permutaciones al azar con que se compara"},
    {.name = "seed",
     .kind = PARAM_INT,
     .fallback = "1",
     .value = "S",
     .title = "semilla: la misma da lo mismo en cualquier máquina"},
    {.name = "fdr",
     .kind = PARAM_REAL,
     .above_min = true,
     .max = 1,
     .fallback = "0.05",
     .value = "Q",
     .title = "proporción tolerada de falsos hallazgos"},
    FIGURE_AS_OF,
    FIGURE_EDITION,
    FIGURE_DEPARTAMENTO,
    FIGURE_UO,
    {0},
};
static const char *const layers[] = {"alianzas", "areas_riego", "subproyectos", NULL};

const struct figure figure_clusters = {
    .command = "clusters",
    .path = "/clusters",
    .name = "agrupamientos",
    .title = "Agrupamientos (I de Moran)",
    .summary = "Agrupamientos de cobertura alta o baja (I de Moran), para analistas",
    .about =
        "Dice si los municipios de tasa alta (o baja) están juntos más de lo que haría el azar (I "
        "de Moran global) y cuáles forman esos grupos (local). Las tasas de familias y obras se "
        "suavizan con Bayes empírico (Assunção y Reis 1999), porque un municipio chico tiene tasas "
        "extremas por azar. Un municipio sin dato o sin vecinos queda fuera, y la columna clase lo "
        "dice. Clases: HH, LL, HL, LH, vacía (no significativa), «sin dato» o «aislado».",
    .columns = "codigo nombre departamento uo tasa z z_vecinos vecinos moran_local p q clase",
    .examples = "sigg clusters --rate obras --weights knn:6\n",
    .params = params,
    .layers = layers,
    .place = FIGURE_IN_UNITS,
    .slow = figure_slow,
    .make = make,
};
