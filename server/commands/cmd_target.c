/* cmd_target.c - `sigg target`: the ranking of underserved municipalities. */
#include <stdio.h>
#include <string.h>

#include "geo/analysis/targeting.h"
#include "geo/base/parse.h"
#include "server/cli/options.h"
#include "server/cli/print.h"
#include "server/commands/command.h"
#include "server/figures/targeting_geojson.h"
#include "server/figures/targeting_options.h"

struct cmd_target_choice {
    struct geo_target_query query;
    enum rows_format format;
    bool geojson;
};

static bool read_number(const char *name, const char *text, int64_t min, int64_t max, int64_t *out,
                        struct err *err)
{
    return !text || parse_int(text, min, max, out) ||
           err_set(err, ERR_USAGE, "%s: «%s»: se espera un entero de %lld a %lld", name, text,
                   (long long)min, (long long)max);
}

static bool read_options(int argc, char **argv, struct cmd_target_choice *choice, struct err *err)
{
    const char *by = NULL, *form = NULL, *scale = NULL, *draws = NULL, *seed = NULL, *k = NULL;
    const char *concentration = NULL, *format = NULL;
    struct geo_target_query *query = &choice->query;
    const struct option_spec specs[] = {
        {.name = "--weights", .takes_value = true, .value = &query->weights},
        {.name = "--facts", .takes_value = true, .value = &query->facts},
        {.name = "--errors", .takes_value = true, .value = &query->errors},
        {.name = "--scenario", .takes_value = true, .value = &query->scenario},
        {.name = "--form", .takes_value = true, .value = &form},
        {.name = "--normalise", .takes_value = true, .value = &scale},
        {.name = "--concentration", .takes_value = true, .value = &concentration},
        {.name = "--draws", .takes_value = true, .value = &draws},
        {.name = "--seed", .takes_value = true, .value = &seed},
        {.name = "-k", .takes_value = true, .value = &k},
        {.name = "--by", .takes_value = true, .value = &by},
        {.name = "--as-of", .takes_value = true, .value = &query->as_of},
        {.name = "--edition", .takes_value = true, .value = &query->edition},
        {.name = "--explain", .takes_value = true, .value = &query->explain},
        {.name = "--format", .takes_value = true, .value = &format},
    };
    size_t n_positional;
    int64_t seed_number = 1;
    query->draws = GEO_TARGET_DRAWS;
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, NULL, 0, 0, &n_positional,
                       err))
        return false;
    choice->geojson = format && strcmp(format, "geojson") == 0;
    if ((!choice->geojson && !print_format(format, &choice->format, err)) ||
        !targeting_options_words(by, form, scale, query, err) ||
        !read_number("--draws", draws, 1, GEO_TARGET_DRAWS_MAX, &query->draws, err) ||
        !read_number("--seed", seed, 0, INT64_MAX, &seed_number, err) ||
        !read_number("-k", k, 1, INT32_MAX, &query->k, err) ||
        !targeting_options_concentration(concentration, query, err))
        return false;
    query->seed = (uint64_t)seed_number;
    return true;
}

static bool put_words(struct buf *text, FILE *out, struct err *err)
{
    if (buf_failed(text))
        return err_no_memory(err);
    fwrite(text->data, 1, text->len, out);
    return true;
}

static bool print(struct geo_store *store, struct geo_targeting *targeting,
                  const struct cmd_target_choice *choice, struct err *err)
{
    struct buf text;
    buf_init(&text);
    bool ok;
    if (choice->query.explain) {
        ok = geo_targeting_explain(targeting, choice->query.explain, &text, err) &&
             put_words(&text, stdout, err);
    } else if (choice->geojson) {
        ok = targeting_geojson_put(store, targeting, &text, err) && put_words(&text, stdout, err);
    } else {
        geo_targeting_describe(targeting, &text);
        buf_putc(&text, '\n');
        ok = put_words(&text, stderr, err) &&
             print_rows(geo_targeting_rows(targeting), choice->format, err);
    }
    buf_free(&text);
    return ok;
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    struct cmd_target_choice choice = {0};
    struct geo_targeting *targeting = NULL;
    if (!read_options(argc, argv, &choice, err))
        return false;
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    if (store && geo_store_begin_read(store, err))
        targeting = geo_targeting_compute(store, &choice.query, err);
    bool ok = targeting && print(store, targeting, &choice, err);
    geo_store_close(store);
    geo_targeting_free(targeting);
    return ok;
}

const struct command cmd_target = {
    .name = "target",
    .summary = "qué municipios atender primero, por qué, y con qué certeza",
    .help =
        "Uso: sigg target [--weights P] [--facts H] [--draws N] [--seed N] [-k N]\n"
        "                 [--by all|departamento] [--form multiplicativa|aditiva]\n"
        "                 [--normalise rango|percentil] [--concentration C] [--errors E]\n"
        "                 [--scenario P] [--explain CODIGO] [--as-of FECHA] [--edition E]\n"
        "                 [--format table|csv|json|geojson]\n"
        "\n"
        "Un índice de 0 a 100 por municipio: necesidad × brecha. La necesidad reúne el NBI y la\n"
        "población rural; la brecha, lo que falta de familias en alianzas, de hectáreas de riego\n"
        "y de familias de subproyectos por vivienda rural. En cada sorteo los pesos y los datos\n"
        "cambian dentro de su error; la probabilidad y los puestos salen de todos ellos. La misma\n"
        "semilla da el mismo resultado en cualquier máquina.\n"
        "\n"
        "  --weights P      pesos, p. ej. need=1,gap=1,nbi=2,rural=1,familias=2,riego=1,obras=1;\n"
        "                   lo que no se nombra queda como está: need=1, gap=1, nbi=1, rural=1,\n"
        "                   familias=2, riego=1, obras=1, y 1 por hecho. Solo cuentan sus\n"
        "                   proporciones: need y gap entre sí, y los demás dentro de su parte\n"
        "  --facts H        otros hechos cargados que suman a la necesidad, separados por comas;\n"
        "                   «hecho:-» si menos es más necesidad; sin año, el más reciente\n"
        "  --form F         multiplicativa (por omisión): 100 × necesidad^w × brecha^(1-w), sin\n"
        "                   compensación entre las dos; o aditiva\n"
        "  --normalise N    rango (por omisión): de 0 a 1 entre los percentiles 5 y 95, las\n"
        "                   brechas desde cero servicio, la población en logaritmo; o percentil\n"
        "  -k N             cuántos son los primeros (por omisión 50; 5 por departamento)\n"
        "  --by G           all (por omisión): un solo orden; departamento: uno en cada uno\n"
        "  --draws N        sorteos, de 1 a 1000000 (por omisión 10000)\n"
        "  --seed N         semilla (por omisión 1)\n"
        "  --concentration C  cuán fijos son los pesos, de 1 a 1000000 (por omisión 50): la\n"
        "                   varianza de un peso w es w(1-w)/(C+1)\n"
        "  --errors E       errores de los datos, p. ej. nbi=3,poblacion=5,riego=5,registro=5,\n"
        "                   hechos=5,envejecimiento=1 (los de omisión; 0 quita uno): puntos de\n"
        "                   NBI; % de población y viviendas; % de hectáreas; % de registros que\n"
        "                   aún no llegan; % de la dispersión de otros hechos; puntos o % por año\n"
        "                   de antigüedad\n"
        "  --scenario P     otros pesos (lo que no se nombra, el de omisión): agrega el puesto\n"
        "                   con ellos y cuántos puestos sube\n"
        "  --explain CODIGO por qué está donde está ese municipio, y qué lo cambiaría\n"
        "  --as-of FECHA    con la cobertura de ese día, AAAA-MM-DD\n"
        "  --edition E      en la edición E de los límites (por omisión, en la vigente)\n"
        "  --format F       table (por omisión, con las columnas principales), csv, json o "
        "geojson\n"
        "                   (con todas; geojson, con el polígono, se abre en QGIS)\n"
        "\n"
        "Columnas:\n"
        "  puesto, codigo, nombre, departamento, uo, indice, necesidad, brecha\n"
        "  nbi_pct, poblacion_rural, familias_pct (por 100 viviendas rurales), riego_ha_mil (por\n"
        "  1.000), obras_pct (por 100), los hechos pedidos; cada uno seguido de su valor de 0 a "
        "1:\n"
        "  nbi_norm, rural_norm, familias_norm, riego_norm, obras_norm, …\n"
        "  prob_primeros_k, puesto_p05, puesto_p50, puesto_p95\n"
        "  puesto_escenario, cambio_puestos (positivo: sube), con --scenario\n"
        "  motivo: por qué no se clasifica; esos municipios van al final, sin puesto\n"
        "\n"
        "A igual índice, primero el código menor; en los sorteos, al azar.\n"
        "\n"
        "Ejemplo: sigg target -k 30 --weights nbi=2 --format csv > prioridades.csv\n",
    .run = run,
};
