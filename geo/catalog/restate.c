/* restate.c - the figure `restate`: facts of one edition in the municipalities of another. */
#include "geo/analysis/restate.h"

#include <string.h>

#include "geo/base/arena.h"
#include "geo/base/json.h"
#include "geo/catalog/editions.h"
#include "geo/catalog/params.h"

/* The values of a list: "a,b". NULL: memory. */
static const char **split(struct arena *arena, const char *text)
{
    size_t n = 2;
    for (const char *at = text; at && *at; at++)
        n += *at == ',';
    const char **values = arena_array(arena, n, sizeof *values);
    char *copy = values && text ? arena_strdup(arena, text) : NULL;
    if (!values || (text && !copy))
        return NULL;
    n = 0;
    for (char *at = copy; at && *at;) {
        size_t len = strcspn(at, ",");
        char *next = at + len + (at[len] == ',');
        at[len] = '\0';
        if (len)
            values[n++] = at;
        at = next;
    }
    return values;
}

/* Facts are left out if their kind is not known: a wrong guess would give a wrong figure. */
static void tell_unknown(const struct geo_restated *restated, struct figure_result *result)
{
    json_key(&result->head, "sin_tipo");
    buf_putc(&result->head, '[');
    for (size_t i = 0; i < restated->n_unknown; i++) {
        json_next(&result->head);
        buf_put_json(&result->head, restated->unknown[i]);
    }
    buf_putc(&result->head, ']');
    if (restated->n_unknown == 0)
        return;
    buf_puts(&result->note, "aviso: no se sabe si se suman o se promedian, y quedan fuera:");
    for (size_t i = 0; i < restated->n_unknown; i++)
        buf_printf(&result->note, "%s %s", i ? "," : "", restated->unknown[i]);
    buf_puts(&result->note, " (sum o mean lo dicen)\n");
}

static bool make(const struct figure_args *args, struct geo_store *store,
                 struct figure_result *result, struct err *err)
{
    struct geo_restate_options options = {0};
    struct geo_restated *restated = NULL;
    struct arena *arena = arena_new();
    bool ok = arena && (options.facts = split(arena, figure_text(args, "fact"))) &&
              (options.sums = split(arena, figure_text(args, "sum"))) &&
              (options.means = split(arena, figure_text(args, "mean")));
    ok = (ok || err_no_memory(err)) && catalog_editions(args, store, &options.editions, err) &&
         (restated = geo_restate(store, &options, err)) != NULL;
    if (ok) {
        tell_unknown(restated, result);
        ok = figure_take_rows(result, geo_restated_rows(restated), err);
    }
    geo_restated_free(restated);
    arena_free(arena);
    return ok;
}

static const struct param params[] = {
    CATALOG_FROM,
    CATALOG_TO,
    {.name = "fact",
     .kind = PARAM_TEXT,
     .list = true,
     .value = "HECHO",
     .title = "solo este hecho, o estos; si falta, todos"},
    {.name = "sum",
     .kind = PARAM_TEXT,
     .list = true,
     .value = "HECHO",
     .title = "es una cantidad que se suma, aunque el nombre no lo diga"},
    {.name = "mean",
     .kind = PARAM_TEXT,
     .list = true,
     .value = "HECHO",
     .title = "es una tasa o un índice, que se promedia"},
    FIGURE_DEPARTAMENTO,
    FIGURE_UO,
    {0},
};
static const char *const layers[] = {"comunidades", "hechos_municipio", NULL};

const struct figure figure_restate = {
    .command = "restate",
    .path = "/restate",
    .name = "reexpresion",
    .title = "Hechos reexpresados",
    .summary = "Los hechos por municipio de una edición, en los municipios de otra",
    .about =
        "Lo que se conoce por municipio de la edición A (población, viviendas, NBI…), en los "
        "municipios de la edición B. Los registros no lo necesitan: están vinculados en cada "
        "edición. Una cantidad se reparte según las personas de las comunidades rurales que quedan "
        "en cada parte (donde no hay, según la superficie); una superficie, según la superficie; "
        "una tasa o un índice es la media ponderada por la población. Los límites que solo se "
        "dibujaron de nuevo no reparten nada.",
    .columns = "codigo nombre departamento uo hecho tipo valor reexpresado_pct desde",
    .examples = "sigg restate 339 2024 --fact poblacion_rural_2024\n",
    .params = params,
    .layers = layers,
    .edition = "to",
    .slow = figure_slow,
    .make = make,
};
