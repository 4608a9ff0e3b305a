/* targeting_query.c - parses weights, facts and errors as users write them. */
#include <stdio.h>
#include <string.h>

#include "geo/analysis/targeting_internal.h"
#include "geo/base/parse.h"
#include "geo/base/text.h"

static const double weight_max = 1e6;

/* Both components of need have equal weight. In the gap families count double: most of the
 * hectares are theirs, and works are a smaller part of the programme. */
static const struct geo_target_component basic[GEO_TARGET_BASIC] = {
    [TARGET_NBI] = {.name = "nbi",
                    .column = "nbi_pct",
                    .title = "personas con necesidades básicas insatisfechas",
                    .unit = "%",
                    .missing = "sin NBI",
                    .decimals = 1,
                    .pillar = GEO_TARGET_NEED,
                    .weight = 1},
    [TARGET_RURAL] = {.name = "rural",
                      .column = "poblacion_rural",
                      .title = "en el área rural dispersa",
                      .unit = "personas",
                      .missing = "sin población rural",
                      .pillar = GEO_TARGET_NEED,
                      .weight = 1},
    [TARGET_FAMILIAS] = {.name = "familias",
                         .column = "familias_pct",
                         .title = "familias en alianzas",
                         .unit = "por cada 100 viviendas rurales",
                         .missing = "sin viviendas rurales",
                         .decimals = 2,
                         .pillar = GEO_TARGET_GAP,
                         .less_is_more = true,
                         .weight = 2},
    [TARGET_RIEGO] = {.name = "riego",
                      .column = "riego_ha_mil",
                      .title = "hectáreas netas de riego",
                      .unit = "por cada 1.000 viviendas rurales",
                      .missing = "sin viviendas rurales",
                      .decimals = 2,
                      .pillar = GEO_TARGET_GAP,
                      .less_is_more = true,
                      .weight = 1},
    [TARGET_OBRAS] = {.name = "obras",
                      .column = "obras_pct",
                      .title = "familias de subproyectos",
                      .unit = "por cada 100 viviendas rurales",
                      .missing = "sin viviendas rurales",
                      .decimals = 2,
                      .pillar = GEO_TARGET_GAP,
                      .less_is_more = true,
                      .weight = 1},
};

/* Pairs "name=number,..." ---------------------------------------------------- */

typedef bool pair_fn(void *arg, const char *name, double value, struct err *err);

static bool read_pair(const char *parameter, const char *text, size_t len, double max, pair_fn *fn,
                      void *arg, struct err *err)
{
    char pair[128];
    double value;
    if (len >= sizeof pair)
        return err_field(err, parameter, "«%.*s…» es demasiado largo", text_cut(text, 40), text);
    memcpy(pair, text, len);
    pair[len] = '\0';
    char *equals = strchr(pair, '=');
    if (!equals || equals == pair)
        return err_field(err, parameter, "«%s»: se espera nombre=número, separados por comas",
                         pair);
    if (!parse_real(equals + 1, 0, max, &value))
        return err_field(err, parameter, "«%s»: se espera un número de 0 a %.0f", pair, max);
    *equals = '\0';
    return fn(arg, pair, value, err);
}

/* True if a pair between first and text already has the name at text. */
static bool is_before(const char *first, const char *text, size_t name)
{
    for (; first < text; first += strcspn(first, ",") + 1)
        if (strcspn(first, "=,") == name && memcmp(first, text, name) == 0)
            return true;
    return false;
}

static bool each_pair(const char *parameter, const char *text, double max, pair_fn *fn, void *arg,
                      struct err *err)
{
    for (const char *first = text; text;) {
        size_t len = strcspn(text, ","), name = strcspn(text, "=,");
        if (is_before(first, text, name))
            return err_field(err, parameter, "«%.*s» está repetido",
                             text_cut(text, (int)(name < 40 ? name : 40)), text);
        if (!read_pair(parameter, text, len, max, fn, arg, err))
            return false;
        text = text[len] ? text + len + 1 : NULL;
    }
    return true;
}

/* Facts ------------------------------------------------------------------------ */

static bool is_taken(const struct geo_target_model *model, const char *name)
{
    static const char *const pillars[] = {"need", "necesidad", "gap", "brecha"};
    for (size_t i = 0; i < sizeof pillars / sizeof *pillars; i++)
        if (strcmp(name, pillars[i]) == 0)
            return true;
    for (size_t c = 0; c < model->n_components; c++)
        if (strcmp(name, model->components[c].name) == 0 ||
            strcmp(name, model->components[c].column) == 0)
            return true;
    return false;
}

static bool add_fact(struct geo_target_model *model, const char *text, size_t len, struct err *err)
{
    bool less = len > 2 && memcmp(text + len - 2, ":-", 2) == 0;
    size_t name_len = less ? len - 2 : len;
    if (model->n_facts == GEO_TARGET_FACTS_MAX)
        return err_field(err, "facts", "son más de %d hechos", GEO_TARGET_FACTS_MAX);
    char name[sizeof model->fact_names[0]];
    if (name_len == 0 || name_len >= sizeof name)
        return err_field(err, "facts", "«%.*s» no es el nombre de un hecho", text_cut(text, 64),
                         text);
    memcpy(name, text, name_len);
    name[name_len] = '\0';
    if (strcspn(name, "=:\"") != name_len)
        return err_field(err, "facts",
                         "«%s» no es el nombre de un hecho: nombre, o nombre:- si menos es "
                         "más necesidad",
                         name);
    if (is_taken(model, name))
        return err_field(err, "facts", "«%s» ya es un componente", name);
    struct geo_target_component *component = &model->components[model->n_components++];
    *component = (struct geo_target_component){.title = "",
                                               .unit = "",
                                               .missing = model->fact_missing[model->n_facts],
                                               .decimals = 3,
                                               .pillar = GEO_TARGET_NEED,
                                               .less_is_more = less,
                                               .weight = 1};
    memcpy(component->name, name, name_len + 1);
    memcpy(component->column, name, name_len + 1);
    memcpy(model->fact_names[model->n_facts], name, name_len + 1);
    snprintf(model->fact_missing[model->n_facts], sizeof model->fact_missing[0],
             "sin el hecho «%s»", name);
    model->n_facts++;
    return true;
}

static bool read_facts(struct geo_target_model *model, const char *text, struct err *err)
{
    while (text) {
        size_t len = strcspn(text, ",");
        if (!add_fact(model, text, len, err))
            return false;
        text = text[len] ? text + len + 1 : NULL;
    }
    return true;
}

/* Weights ------------------------------------------------------------------------ */

struct targeting_query_weights {
    const struct geo_target_model *model;
    const char *parameter;
    double *pillars, *components;
};

static bool set_weight(void *arg, const char *name, double value, struct err *err)
{
    const struct targeting_query_weights *weights = arg;
    const struct geo_target_model *model = weights->model;
    if (strcmp(name, "need") == 0 || strcmp(name, "necesidad") == 0) {
        weights->pillars[GEO_TARGET_NEED] = value;
        return true;
    }
    if (strcmp(name, "gap") == 0 || strcmp(name, "brecha") == 0) {
        weights->pillars[GEO_TARGET_GAP] = value;
        return true;
    }
    for (size_t c = 0; c < model->n_components; c++)
        if (strcmp(name, model->components[c].name) == 0) {
            weights->components[c] = value;
            return true;
        }
    struct buf accepted;
    buf_init(&accepted);
    for (size_t c = 0; c < model->n_components; c++)
        buf_printf(&accepted, ", %s", model->components[c].name);
    err_field(err, weights->parameter, "«%s» no es un componente: se acepta need, gap%s%s", name,
              accepted.data ? accepted.data : "",
              model->n_facts ? "" : ", o un hecho que esté en facts");
    buf_free(&accepted);
    return false;
}

/* Scales weights: those of the pillars, and of the components within each, sum to 1. */
static bool normalise(const struct targeting_query_weights *weights, struct err *err)
{
    static const char *const names[] = {"necesidad (need)", "brecha (gap)"};
    double sum = weights->pillars[GEO_TARGET_NEED] + weights->pillars[GEO_TARGET_GAP];
    if (sum <= 0)
        return err_field(err, weights->parameter, "los pesos de need y gap suman cero");
    for (int p = 0; p < 2; p++) {
        double of_pillar = 0;
        weights->pillars[p] /= sum;
        for (size_t c = 0; c < weights->model->n_components; c++)
            if ((int)weights->model->components[c].pillar == p)
                of_pillar += weights->components[c];
        if (of_pillar <= 0 && weights->pillars[p] > 0)
            return err_field(err, weights->parameter,
                             "los pesos de los componentes de la %s suman cero", names[p]);
        for (size_t c = 0; c < weights->model->n_components; c++)
            if ((int)weights->model->components[c].pillar == p && of_pillar > 0)
                weights->components[c] /= of_pillar;
    }
    return true;
}

static bool read_weights(const struct geo_target_model *model, const char *parameter,
                         const char *text, double *pillars, double *components, struct err *err)
{
    struct targeting_query_weights weights = {model, parameter, pillars, components};
    pillars[GEO_TARGET_NEED] = pillars[GEO_TARGET_GAP] = 1;
    for (size_t c = 0; c < model->n_components; c++)
        components[c] = c < GEO_TARGET_BASIC ? basic[c].weight : 1;
    return each_pair(parameter, text, weight_max, set_weight, &weights, err) &&
           normalise(&weights, err);
}

/* Errors ----------------------------------------------------------------------- */

static bool set_error(void *arg, const char *name, double value, struct err *err)
{
    struct target_errors *errors = arg;
    const struct {
        const char *name;
        double *value;
    } all[] = {
        {"nbi", &errors->nbi},       {"poblacion", &errors->poblacion},
        {"riego", &errors->riego},   {"registro", &errors->registro},
        {"hechos", &errors->hechos}, {"envejecimiento", &errors->envejecimiento},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i].name, name) == 0) {
            *all[i].value = value;
            return true;
        }
    return err_field(err, "errors",
                     "«%s» no es un error de los datos: se acepta nbi, poblacion, riego, "
                     "registro, hechos, envejecimiento",
                     name);
}

bool target_read_query(struct geo_target_model *model, const struct geo_target_query *query,
                       struct err *err)
{
    model->form = query->form;
    model->scale = query->scale;
    model->concentration =
        query->concentration > 0 ? query->concentration : GEO_TARGET_CONCENTRATION;
    memcpy(model->components, basic, sizeof basic);
    model->n_components = GEO_TARGET_BASIC;
    model->errors = (struct target_errors){
        .nbi = 3, .poblacion = 5, .riego = 5, .registro = 5, .hechos = 5, .envejecimiento = 1};
    if (!read_facts(model, query->facts, err))
        return false;
    double weights[GEO_TARGET_COMPONENTS_MAX];
    if (!read_weights(model, "weights", query->weights, model->weight, weights, err) ||
        !read_weights(model, "scenario", query->scenario ? query->scenario : query->weights,
                      model->scenario_weight, model->scenario_component, err) ||
        !each_pair("errors", query->errors, 100, set_error, &model->errors, err))
        return false;
    for (size_t c = 0; c < model->n_components; c++) {
        struct geo_target_component *component = &model->components[c];
        component->weight = weights[c];
        snprintf(component->column_norm, sizeof component->column_norm, "%s_norm", component->name);
    }
    return true;
}
