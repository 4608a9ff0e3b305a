/* targeting_explain.c - explains the place of a municipality in words.
 *
 * Everything is computed by the same functions as the ranking: the effect of a change is
 * found by computing the index again.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/analysis/targeting_internal.h"
#include "geo/base/number.h"
#include "geo/base/text.h"

/* Other weights or scales for the same data. */
struct variant {
    const char *says;
    enum geo_target_form form;
    enum geo_target_scale scale;
    double weight[2], component[GEO_TARGET_COMPONENTS_MAX];
};

static struct variant as_it_is(const struct geo_targeting *targeting)
{
    struct variant variant = {.form = targeting->form, .scale = targeting->scale};
    memcpy(variant.weight, targeting->model->weight, sizeof variant.weight);
    for (size_t c = 0; c < targeting->n_components; c++)
        variant.component[c] = targeting->components[c].weight;
    return variant;
}

static double index_of(const struct geo_target_model *model, const struct variant *variant,
                       const double *values)
{
    struct geo_target_model scaled = *model;
    double norms[GEO_TARGET_COMPONENTS_MAX], pillars[2];
    scaled.scale = variant->scale;
    target_norms(&scaled, values, NAN, norms);
    target_pillars(&scaled, norms, variant->component, pillars);
    return 100 * target_combine(variant->form, pillars, variant->weight);
}

/* The municipality's place under the variant, ties by code. */
static int64_t place_under(const struct geo_targeting *targeting, const struct variant *variant,
                           const struct geo_target_row *row)
{
    double own = index_of(targeting->model, variant, row->value);
    int64_t place = 1;
    for (size_t i = 0; i < targeting->n_ranked; i++) {
        const struct geo_target_row *other = &targeting->rows[i];
        if (other == row || other->group != row->group)
            continue;
        double index = index_of(targeting->model, variant, other->value);
        place +=
            index > own || (index == own && strcmp(other->named.codigo, row->named.codigo) < 0);
    }
    return place;
}

/* Components ------------------------------------------------------------------ */

static void put_component(const struct geo_targeting *targeting, const struct geo_target_row *row,
                          size_t c, struct buf *out)
{
    const struct geo_target_component *component = &targeting->components[c];
    size_t below = 0, alike = 0;
    for (size_t i = 0; i < targeting->n_ranked; i++) {
        below += targeting->rows[i].value[c] < row->value[c];
        alike += &targeting->rows[i] != row && targeting->rows[i].value[c] == row->value[c];
    }
    buf_printf(out, "  %s: ", component->name);
    number_put_short(out, row->value[c], component->decimals);
    if (component->unit[0])
        buf_printf(out, " %s (%s)", component->unit, component->title);
    buf_puts(out, " → ");
    number_put_short(out, row->norm[c], 2);
    buf_puts(out, ", peso ");
    number_put_short(out, component->weight, 2);
    buf_printf(out, "; más que %zu de los %zu municipios", below, targeting->n_ranked);
    if (alike)
        buf_printf(out, ", igual que %zu", alike);
    buf_puts(out, ".\n");
}

static void put_pillar(const struct geo_targeting *targeting, const struct geo_target_row *row,
                       enum geo_target_pillar pillar, struct buf *out)
{
    double weight = pillar == GEO_TARGET_NEED ? targeting->weight_need : targeting->weight_gap;
    buf_puts(out, pillar == GEO_TARGET_NEED ? "\nNecesidad " : "\nBrecha ");
    if (weight <= 0) {
        buf_puts(out, "no cuenta (peso 0).\n");
        return;
    }
    number_put_short(out, pillar == GEO_TARGET_NEED ? row->need : row->gap, 3);
    buf_puts(out, " de 1, con peso ");
    number_put_short(out, weight, 2);
    buf_puts(out, ":\n");
    for (size_t c = 0; c < targeting->n_components; c++)
        if (targeting->components[c].pillar == pillar && targeting->components[c].weight > 0)
            put_component(targeting, row, c, out);
}

/* What would change its place ---------------------------------------------------- */

/* The row with a place in the row's own group; NULL: none. */
static const struct geo_target_row *at_place(const struct geo_targeting *targeting,
                                             const struct geo_target_row *row, int64_t place)
{
    for (size_t i = 0; i < targeting->n_ranked; i++)
        if (targeting->rows[i].group == row->group && targeting->rows[i].place == place)
            return &targeting->rows[i];
    return NULL;
}

/* The least change of a component's value for which the index falls below (or rises above)
 * the limit; NaN: not even `most` suffices. The index is monotonic in each component, so
 * bisection finds it. */
static double least_to_cross(const struct geo_targeting *targeting,
                             const struct geo_target_row *row, size_t c, double most, double limit)
{
    const struct variant variant = as_it_is(targeting);
    double values[GEO_TARGET_COMPONENTS_MAX], low = 0, high = most;
    bool falls = row->index >= limit;
    memcpy(values, row->value, sizeof values);
    for (int step = 0; step <= 60; step++) {
        double tried = step == 0 ? most : (low + high) / 2;
        values[c] = row->value[c] + tried;
        double index = index_of(targeting->model, &variant, values);
        bool crossed = falls ? index < limit : index > limit;
        if (step == 0 && !crossed)
            return NAN;
        if (crossed)
            high = tried;
        else
            low = tried;
    }
    return high;
}

static void put_first_k(const struct geo_targeting *targeting, struct buf *out)
{
    buf_puts(out, "los primeros ");
    number_put_short(out, (double)targeting->k, 0);
    if (targeting->by_departamento)
        buf_puts(out, " del departamento");
}

/* For one of the first k: how much more service would take it out of them. */
static void put_way_out(const struct geo_targeting *targeting, const struct geo_target_row *row,
                        double dwellings, struct buf *out)
{
    static const struct {
        size_t component;
        double per;
        const char *what;
    } ways[] = {
        {TARGET_FAMILIAS, 100, "familias más en alianzas"},
        {TARGET_RIEGO, 1000, "hectáreas más de riego"},
        {TARGET_OBRAS, 100, "familias más atendidas con subproyectos"},
    };
    const struct geo_target_row *next = at_place(targeting, row, targeting->k + 1);
    if (!next) {
        buf_puts(out, "  Todos los municipios están entre los primeros.\n");
        return;
    }
    for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
        size_t c = ways[w].component;
        if (targeting->components[c].weight <= 0 || targeting->weight_gap <= 0)
            continue;
        double more = least_to_cross(targeting, row, c, 1e6, next->index);
        if (isnan(more)) {
            buf_printf(out, "  Ningún número de %s bastaría por sí solo para salir de ",
                       ways[w].what);
        } else {
            buf_puts(out, "  Con ");
            number_put_short(out, ceil(more * dwellings / ways[w].per - 1e-9), 0);
            buf_printf(out, " %s saldría de ", ways[w].what);
        }
        put_first_k(targeting, out);
        buf_puts(out, ".\n");
    }
}

static void put_way_in(const struct geo_targeting *targeting, const struct geo_target_row *row,
                       struct buf *out)
{
    const struct geo_target_row *last = at_place(targeting, row, targeting->k);
    if (!last)
        return;
    buf_puts(out, "  Le faltan ");
    number_put_short(out, last->index - row->index, 2);
    buf_puts(out, " puntos de índice para estar entre ");
    put_first_k(targeting, out);
    buf_puts(out, ".\n");
    if (targeting->components[TARGET_NBI].weight <= 0 || targeting->weight_need <= 0)
        return;
    double more =
        least_to_cross(targeting, row, TARGET_NBI, 100 - row->value[TARGET_NBI], last->index);
    if (isnan(more)) {
        buf_puts(out, "  Ni con un NBI de 100 % entraría.\n");
    } else {
        buf_puts(out, "  Entraría con un NBI de ");
        number_put_short(out, row->value[TARGET_NBI] + more, 1);
        buf_puts(out, " % (hoy ");
        number_put_short(out, row->value[TARGET_NBI], 1);
        buf_puts(out, " %).\n");
    }
}

/* Writes its place with the weight of each component doubled, with one pillar only, in the
 * other form and on the other scale. */
static void put_variants(const struct geo_targeting *targeting, const struct geo_target_row *row,
                         struct buf *out)
{
    struct variant variant = as_it_is(targeting);
    variant.form =
        variant.form == GEO_TARGET_ADDITIVE ? GEO_TARGET_MULTIPLICATIVE : GEO_TARGET_ADDITIVE;
    buf_printf(out, "  %-38s puesto %lld\n",
               variant.form == GEO_TARGET_ADDITIVE ? "en forma aditiva" : "en forma multiplicativa",
               (long long)place_under(targeting, &variant, row));
    variant = as_it_is(targeting);
    variant.scale = variant.scale == GEO_TARGET_RANGE ? GEO_TARGET_PERCENTILE : GEO_TARGET_RANGE;
    buf_printf(out, "  %-38s puesto %lld\n",
               variant.scale == GEO_TARGET_RANGE ? "con la escala de rango"
                                                 : "con la escala de percentiles",
               (long long)place_under(targeting, &variant, row));
    for (int p = 0; p < 2; p++) {
        variant = as_it_is(targeting);
        if (variant.weight[p] <= 0 || variant.weight[1 - p] <= 0)
            continue;
        variant.weight[p] = 1;
        variant.weight[1 - p] = 0;
        buf_printf(out, "  %-38s puesto %lld\n",
                   p == GEO_TARGET_NEED ? "solo por necesidad" : "solo por brecha",
                   (long long)place_under(targeting, &variant, row));
    }
    for (size_t c = 0; c < targeting->n_components; c++) {
        char label[96];
        double sum = 0;
        variant = as_it_is(targeting);
        if (variant.component[c] <= 0 || variant.weight[targeting->components[c].pillar] <= 0)
            continue;
        variant.component[c] *= 2;
        for (size_t d = 0; d < targeting->n_components; d++)
            if (targeting->components[d].pillar == targeting->components[c].pillar)
                sum += variant.component[d];
        for (size_t d = 0; d < targeting->n_components; d++)
            if (targeting->components[d].pillar == targeting->components[c].pillar)
                variant.component[d] /= sum;
        snprintf(label, sizeof label, "con el doble de peso a %s", targeting->components[c].name);
        buf_printf(out, "  %-38s puesto %lld\n", label,
                   (long long)place_under(targeting, &variant, row));
    }
}

/* ---------------------------------------------------------------------------------- */

static void put_head(const struct geo_targeting *targeting, const struct geo_target_row *row,
                     struct buf *out)
{
    buf_printf(out, "%s (%s), %s", row->named.nombre, row->named.codigo, row->named.departamento);
    if (strcmp(row->named.uo, row->named.departamento) != 0 && row->named.uo[0])
        buf_printf(out, ", unidad operativa %s", row->named.uo);
    if (row->excluded) {
        buf_printf(out, ": sin puesto; motivo: %s.\n", row->excluded);
        return;
    }
    buf_printf(out, ": puesto %lld de %lld%s, índice ", (long long)row->place,
               (long long)targeting->groups[row->group].ranked,
               targeting->by_departamento ? " en su departamento" : "");
    number_put_short(out, row->index, 1);
    buf_puts(out, " de 100.\n");
    if (!targeting->draws)
        return;
    buf_puts(out, "Está entre ");
    put_first_k(targeting, out);
    buf_puts(out, " en el ");
    number_put_short(out, 100 * (double)row->in_first_k / (double)targeting->draws, 1);
    buf_puts(out, " % de ");
    number_put_short(out, (double)targeting->draws, 0);
    buf_printf(out, " sorteos; nueve de cada diez veces, entre el puesto %lld y el %lld.\n",
               (long long)row->place_p05, (long long)row->place_p95);
}

bool target_no_municipality(const char *edition, const char *codigo, struct err *err)
{
    err_set(err, ERR_NOT_FOUND,
            "la edición «%s» no tiene el municipio «%.*s»: se espera su código INE "
            "de seis dígitos",
            edition, text_cut(codigo, 40), codigo);
    return err_about(err, "explain");
}

bool geo_targeting_explain(const struct geo_targeting *targeting, const char *codigo,
                           struct buf *out, struct err *err)
{
    size_t at = 0;
    while (at < targeting->n_rows && strcmp(targeting->rows[at].named.codigo, codigo) != 0)
        at++;
    if (at == targeting->n_rows)
        return target_no_municipality(targeting->edition, codigo, err);
    const struct geo_target_row *row = &targeting->rows[at];
    put_head(targeting, row, out);
    if (!row->excluded) {
        put_pillar(targeting, row, GEO_TARGET_NEED, out);
        put_pillar(targeting, row, GEO_TARGET_GAP, out);
        buf_puts(out, "\nQué cambiaría su puesto, lo demás igual:\n");
        if (row->place <= targeting->k)
            put_way_out(targeting, row, targeting->model->inputs[at].dwellings, out);
        else
            put_way_in(targeting, row, out);
        buf_puts(out, "\nSu puesto con otros criterios:\n");
        put_variants(targeting, row, out);
    }
    buf_puts(out, "\n");
    geo_targeting_describe(targeting, out);
    buf_puts(out, "\n");
    return !buf_failed(out) || err_no_memory(err);
}
