/* results.c - makes yearly results of signed alliances, and the visits for R3.
 *
 * Together they reproduce the plan's results framework.
 */
#include "data/generator/generate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/sample.h"

/* Not in the plan: how much they sold before, and how many incomes are known. */
enum { TENTHS_OF_TONNE = 440000, INCOMES = 140, LAST_YEAR = 2022 };

struct result {
    const struct alliance *alliance;
    int64_t before, after; /* tenths of a tonne a year, in the last year */
    int64_t cycles;        /* in all years */
    bool meets, applies, trained, formalised, income, better;
};

static int year_of(int day)
{
    char text[11];
    day_text(day, text);
    return atoi(text);
}

static int by_codigo(const void *a, const void *b)
{
    return strcmp(((const struct result *)a)->alliance->codigo,
                  ((const struct result *)b)->alliance->codigo);
}

static struct result *signed_alliances(const struct portfolio *portfolio, size_t *n)
{
    struct result *list = need(portfolio->n, sizeof *list);
    *n = 0;
    for (size_t i = 0; i < portfolio->n; i++)
        if (portfolio->items[i].outcome == SIGNED)
            list[(*n)++].alliance = &portfolio->items[i];
    qsort(list, *n, sizeof *list, by_codigo);
    return list;
}

/* A whole share of n that shows as the percentage. */
static int64_t share_of(int64_t pct, size_t n)
{
    return (pct * (int64_t)n + 50) / 100;
}

/* Numbers of those (of model 1 only) in an order of chance in which older
 * agreements tend to come first. */
static size_t shuffled(const struct result *list, size_t n, bool model_1, struct rng *rng,
                       int *order)
{
    double *key = need(n, sizeof *key);
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (model_1 && list[i].alliance->modelo != 1)
            continue;
        key[i] = list[i].alliance->day[AGREEMENT] + rng_range(rng, 0, 500);
        size_t at = m++;
        for (; at > 0 && key[order[at - 1]] > key[i]; at--)
            order[at] = order[at - 1];
        order[at] = (int)i;
    }
    free(key);
    return m;
}

static void deal_volumes(const struct source *source, struct result *list, size_t n,
                         struct rng *rng)
{
    double *weight = need(n, sizeof *weight);
    int64_t *low = need(n, sizeof *low), *out = need(n, sizeof *out);
    int64_t after = TENTHS_OF_TONNE / 100 * (100 + source->achieved[A_R1]);
    for (size_t i = 0; i < n; i++) {
        weight[i] = (double)list[i].alliance->families * rng_range(rng, 0.4, 1.6);
        low[i] = 20;
    }
    apportion(TENTHS_OF_TONNE, n, weight, low, NULL, out);
    for (size_t i = 0; i < n; i++) {
        list[i].before = out[i];
        weight[i] = (double)out[i] * rng_range(rng, 0.75, 1.25);
    }
    apportion(after, n, weight, low, NULL, out);
    for (size_t i = 0; i < n; i++)
        list[i].after = out[i];
    free(weight);
    free(low);
    free(out);
}

static void deal_marks(const struct source *source, struct result *list, size_t n, struct rng *rng)
{
    int *order = need(n, sizeof *order);
    size_t m = shuffled(list, n, true, rng, order);
    int64_t kept = share_of(source->achieved[A_R2], n);
    int64_t met = share_of(source->achieved[A_2_1], m);
    if (kept > (int64_t)m)
        fail("R2: %lld alianzas de %zu", (long long)kept, m);
    for (size_t i = 0; i < n; i++)
        list[i].cycles = list[i].alliance->modelo != 1;
    for (size_t k = 0; k < m; k++)
        list[order[k]].cycles = (int64_t)k < kept ? 2 + rng_below(rng, 3) : rng_below(rng, 2);
    m = shuffled(list, n, true, rng, order);
    for (size_t k = 0; k < m; k++)
        list[order[k]].meets = (int64_t)k < met;
    m = shuffled(list, n, false, rng, order);
    for (size_t k = 0; k < m; k++)
        list[order[k]].applies = (int64_t)k < share_of(source->achieved[A_2_6], n);
    m = shuffled(list, n, false, rng, order);
    for (size_t k = 0; k < m; k++) {
        list[order[k]].income = k < INCOMES;
        list[order[k]].better = (int64_t)k < source->achieved[A_2_2];
    }
    for (size_t i = 0; i < n; i++)
        order[i] = (int)i;
    rng_shuffle(rng, order, n);
    for (size_t k = 0; k < n; k++) {
        list[order[k]].trained = (int64_t)k < source->achieved[A_1_3];
        list[order[k]].formalised = (int64_t)k < source->achieved[A_1_1];
    }
    free(order);
}

static void put_tenths(FILE *out, int64_t tenths)
{
    fprintf(out, ",%lld.%lld", (long long)tenths / 10, (long long)tenths % 10);
}

/* Cycles are dealt one or two a year, the last year takes what is left. */
static void write_result(const struct result *result, struct rng *rng, FILE *out)
{
    int first = year_of(result->alliance->day[AGREEMENT]), years = LAST_YEAR - first + 1;
    int64_t cycles = result->cycles;
    for (int y = 0; y < years; y++) {
        bool last = y + 1 == years;
        int64_t gain = (result->after - result->before) * (y + 1) / years;
        int64_t here = last ? cycles : cycles > 1 && rng_unit(rng) < 0.7 ? 1 : 0;
        cycles -= here;
        fprintf(out, "%s,%d", result->alliance->codigo, first + y);
        put_tenths(out, result->before);
        put_tenths(out, result->before + gain);
        if (last && result->income) {
            int64_t without = 4000 + rng_below(rng, 60000);
            int64_t change = 500 + rng_below(rng, (int)without / 2);
            fprintf(out, ",%lld,%lld", (long long)without,
                    (long long)(result->better ? without + change : without - change));
        } else
            fputs(",,", out);
        fprintf(out, ",%lld,", (long long)here);
        if (last)
            fprintf(out, "%d,%d", result->meets, result->applies);
        else
            fputc(',', out);
        if (y == 0)
            fprintf(out, ",%d,%d\n", result->trained, result->formalised);
        else
            fputs(",,\n", out);
    }
}

void write_results(const struct source *source, const struct portfolio *portfolio, FILE *out)
{
    struct rng rng = rng_seeded("results");
    size_t n;
    struct result *list = signed_alliances(portfolio, &n);
    deal_volumes(source, list, n, &rng);
    deal_marks(source, list, n, &rng);
    fputs("alianza_codigo,anio,volumen_sin_t,volumen_con_t,ingreso_sin_bs,ingreso_con_bs,"
          "ciclos_relacion,cumple_metas,aplica_medidas,capacitada,apoyo_formalizacion\n",
          out);
    for (size_t i = 0; i < n; i++)
        write_result(&list[i], &rng, out);
    free(list);
}

/* The sample is what `sigg indicators sample --size 400 --seed 2022` draws. */
void write_visits(const struct source *source, const struct portfolio *portfolio, FILE *out)
{
    enum { SIZE = 400, SEED = 2022 };
    struct rng rng = rng_seeded("visits");
    struct err err = {0};
    int64_t drawn[SIZE], first = 0, population = 0;
    int order[SIZE];
    size_t n, at = 0;
    struct result *list = signed_alliances(portfolio, &n);
    for (size_t i = 0; i < n; i++)
        population += list[i].alliance->families;
    if (!geo_sample_draw(SEED, population, SIZE, drawn, &err))
        fail("%s", err.message);
    for (int i = 0; i < SIZE; i++)
        order[i] = i;
    rng_shuffle(&rng, order, SIZE);
    fputs("codigo,muestra,alianza_codigo,miembro,fecha,practicas\n", out);
    for (size_t i = 0; i < SIZE; i++) {
        char day[11];
        while (drawn[i] >= first + list[at].alliance->families)
            first += list[at++].alliance->families;
        long long member = drawn[i] - first + 1;
        bool applies = order[i] * 100 < source->achieved[A_R3] * SIZE;
        day_text(day_of(2022, 9, 5) + rng_below(&rng, 80), day);
        fprintf(out, "2022/%s/%lld,2022,%s,%lld,%s,%d\n", list[at].alliance->codigo, member,
                list[at].alliance->codigo, member, day, applies ? 1 + rng_below(&rng, 4) : 0);
    }
    free(list);
}
