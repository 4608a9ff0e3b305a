/* portfolio.c - applications over their whole cycle, as the plan counts them.
 *
 * The plan gives plans, financial approvals and certificates by operating unit
 * for both phases together, and by phase for the nation alone; the split by
 * unit is ours, within what the tables allow. See data/README.md for the
 * filters that give each table back.
 */
#include "data/generator/generate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* National figures by phase, from the plan's text (chapter 5.2). */
enum {
    FI_PLANS = 827,
    FI_FINANCED = 813,
    FI_CERTIFIED = 763,
    FA_MODEL_2 = 128,        /* approved opportunities of model 2 */
    FA_MODEL_2_SIGNED = 101, /* 1,101 agreements less 1,000 of model 1 */
    FA_FAMILIES = 84499,
    FA_WOMEN = 29460,
    FI_FAMILIES = 54914,
    FI_WOMEN = 19885,
    SIGNED_WOMEN_PCT = 37,
};

struct split { /* of one operating unit */
    int64_t fi_plans, fi_financed, fi_certified, model_2, model_2_signed, rubros[N_RUBROS];
};

static void split_phases(const struct source *source, struct split *splits)
{
    double weight[N_UOS];
    int64_t low[N_UOS], high[N_UOS], model_2[N_UOS], signed_2[N_UOS], part[N_UOS];
    for (int u = 0; u < N_UOS; u++) {
        weight[u] = (double)source->uos[u].agreements + 40;
        high[u] = source->uos[u].agreements;
    }
    apportion(FA_MODEL_2, N_UOS, weight, NULL, high, model_2);
    apportion(FA_MODEL_2_SIGNED, N_UOS, weight, NULL, model_2, signed_2);
    for (int u = 0; u < N_UOS; u++) {
        const struct uo *uo = &source->uos[u];
        int64_t over = uo->plans - (uo->approved - model_2[u]),
                room = uo->certified - uo->agreements;
        weight[u] = (double)uo->fi;
        low[u] = over > 0 ? over : 0;
        high[u] = room < uo->fi ? room : uo->fi;
        splits[u].model_2 = model_2[u];
        splits[u].model_2_signed = signed_2[u];
    }
    apportion(FI_CERTIFIED, N_UOS, weight, low, high, part);
    for (int u = 0; u < N_UOS; u++) {
        const struct uo *uo = &source->uos[u];
        int64_t room = part[u] + uo->financed - uo->certified;
        splits[u].fi_certified = low[u] = part[u];
        high[u] = room < uo->fi ? room : uo->fi;
    }
    apportion(FI_FINANCED, N_UOS, weight, low, high, part);
    for (int u = 0; u < N_UOS; u++) {
        const struct uo *uo = &source->uos[u];
        int64_t room = part[u] + uo->plans - uo->financed;
        splits[u].fi_financed = low[u] = part[u];
        high[u] = room < uo->fi ? room : uo->fi;
    }
    apportion(FI_PLANS, N_UOS, weight, low, high, part);
    for (int u = 0; u < N_UOS; u++)
        splits[u].fi_plans = part[u];
}

/* Where each line of work is at home, by unit in the plan's order. */
static void split_rubros(const struct source *source, struct split *splits)
{
    static const double taste[N_RUBROS][N_UOS] = {
        [1] = {3, 0.6, 0.6, 0.9, 2.2, 1.2, 0.8, 1.3, 0.5, 2.4},
        [2] = {0.6, 1.2, 1, 1, 0.1, 1, 0.4, 1.2, 1.5, 2},
        [3] = {3, 0.1, 1.5, 1, 0.4, 3, 0.1, 1.4, 0.2, 0.6},
    };
    int64_t left[N_UOS], part[N_UOS];
    double weight[N_UOS];
    for (int u = 0; u < N_UOS; u++)
        left[u] = source->uos[u].fa;
    for (int rubro = N_RUBROS - 1; rubro > 0; rubro--) {
        for (int u = 0; u < N_UOS; u++)
            weight[u] = taste[rubro][u] * (double)source->uos[u].fa;
        apportion(source->rubros[rubro], N_UOS, weight, NULL, left, part);
        for (int u = 0; u < N_UOS; u++) {
            splits[u].rubros[rubro] = part[u];
            left[u] -= part[u];
        }
    }
    for (int u = 0; u < N_UOS; u++)
        splits[u].rubros[0] = left[u];
}

static void add(struct portfolio *portfolio, int64_t count, struct alliance like)
{
    if (count < 0)
        fail("%s: el reparto por fase no cierra", uo_names[like.uo]);
    for (; count > 0; count--)
        portfolio->items[portfolio->n++] = like;
}

static void add_unit(struct portfolio *portfolio, const struct source *source, int u,
                     const struct split *split)
{
    const struct uo *uo = &source->uos[u];
    int64_t plans = uo->plans - split->fi_plans, financed = uo->financed - split->fi_financed;
    int64_t certified = uo->certified - split->fi_certified;
    int64_t planned_financed = financed - split->model_2_signed;
    int64_t model_1 = uo->approved - split->model_2;
#define LIKE(first, what, model) \
    (struct alliance){.uo = u, .fi = (first), .outcome = (what), .modelo = (model)}
    add(portfolio, uo->agreements - split->model_2_signed, LIKE(false, SIGNED, 1));
    add(portfolio, split->model_2_signed, LIKE(false, SIGNED, 2));
    add(portfolio, certified - uo->agreements, LIKE(false, CERTIFIED, 1));
    add(portfolio, financed - certified, LIKE(false, PLAN_ONLY, 1));
    add(portfolio, plans - planned_financed, LIKE(false, PLAN_FAILED, 1));
    add(portfolio, model_1 - plans, LIKE(false, DROPPED, 1));
    add(portfolio, split->model_2 - split->model_2_signed, LIKE(false, DROPPED, 2));
    add(portfolio, uo->evaluating, LIKE(false, EVALUATING, 1));
    add(portfolio, uo->rejected, LIKE(false, REJECTED, 1));
    add(portfolio, split->fi_certified, LIKE(true, CERTIFIED, 1));
    add(portfolio, split->fi_financed - split->fi_certified, LIKE(true, PLAN_ONLY, 1));
    add(portfolio, split->fi_plans - split->fi_financed, LIKE(true, PLAN_FAILED, 1));
    add(portfolio, uo->fi - split->fi_plans, LIKE(true, REJECTED, 1));
#undef LIKE
}

static void deal_rubros(struct portfolio *portfolio, const struct split *splits, struct rng *rng)
{
    for (int u = 0; u < N_UOS; u++) {
        int *cards = need(portfolio->n, sizeof *cards);
        size_t n = 0;
        for (int rubro = 0; rubro < N_RUBROS; rubro++)
            for (int64_t k = 0; k < splits[u].rubros[rubro]; k++)
                cards[n++] = rubro;
        rng_shuffle(rng, cards, n);
        for (size_t i = 0; i < portfolio->n; i++)
            if (portfolio->items[i].uo == u)
                portfolio->items[i].rubro = portfolio->items[i].fi ? -1 : cards[--n];
        free(cards);
    }
}

/* By rural people; a factor of chance a municipality leaves some without any. */
static void deal_towns(struct portfolio *portfolio, const struct source *source, struct rng *rng)
{
    double pull[N_TOWNS], weight[N_TOWNS];
    for (size_t i = 0; i < N_TOWNS; i++) {
        double luck = rng_range(rng, 0.05, 1);
        pull[i] = source->towns[i].rural * luck * luck;
    }
    for (size_t i = 0; i < portfolio->n; i++) {
        for (size_t t = 0; t < N_TOWNS; t++)
            weight[t] = source->towns[t].uo == portfolio->items[i].uo ? pull[t] : 0;
        portfolio->items[i].town = (int)rng_pick(rng, weight, N_TOWNS);
    }
}

/* The records that a figure is dealt to. */
static size_t choose(const struct portfolio *portfolio, int u, bool fi, bool with_agreement,
                     size_t *chosen)
{
    size_t n = 0;
    for (size_t i = 0; i < portfolio->n; i++) {
        const struct alliance *item = &portfolio->items[i];
        if ((u < 0 || item->uo == u) && item->fi == fi &&
            (item->outcome == SIGNED) == with_agreement)
            chosen[n++] = i;
    }
    return n;
}

struct dealing {
    size_t *chosen;
    double *weight;
    int64_t *low, *high, *out;
};

static void deal_families(struct portfolio *portfolio, struct dealing *deal, size_t n,
                          int64_t total, struct rng *rng)
{
    for (size_t k = 0; k < n; k++) {
        double spread = rng_range(rng, 0.45, 1.3);
        deal->weight[k] = spread * spread;
        deal->low[k] = 8;
    }
    apportion(total, n, deal->weight, deal->low, NULL, deal->out);
    for (size_t k = 0; k < n; k++)
        portfolio->items[deal->chosen[k]].families = deal->out[k];
}

static void deal_women(struct portfolio *portfolio, struct dealing *deal, size_t n, int64_t total,
                       struct rng *rng)
{
    for (size_t k = 0; k < n; k++) {
        deal->high[k] = portfolio->items[deal->chosen[k]].families;
        deal->weight[k] = (double)deal->high[k] * rng_range(rng, 0.35, 1.65);
    }
    apportion(total, n, deal->weight, NULL, deal->high, deal->out);
    for (size_t k = 0; k < n; k++)
        portfolio->items[deal->chosen[k]].women = deal->out[k];
}

/* Committed by families; each next amount is at most the one before. */
static void deal_amounts(struct portfolio *portfolio, struct dealing *deal, size_t n,
                         const int64_t totals[4], struct rng *rng)
{
    static const double low[] = {0.75, 0.8, 0.9, 0.55}, high[] = {1.25, 1.5, 1.6, 1.6};
    for (int amount = 0; amount < 4; amount++) {
        for (size_t k = 0; k < n; k++) {
            const struct alliance *item = &portfolio->items[deal->chosen[k]];
            int64_t before = amount ? item->amounts[amount - 1] : 0;
            double size = amount ? (double)before
                                 : ((double)item->families + 8) * (item->modelo == 1 ? 1 : 0.3);
            deal->weight[k] = size * rng_range(rng, low[amount], high[amount]);
            deal->low[k] = amount ? 0 : 15000;
            deal->high[k] = amount ? before : 4000000;
        }
        apportion(totals[amount], n, deal->weight, deal->low, deal->high, deal->out);
        for (size_t k = 0; k < n; k++)
            portfolio->items[deal->chosen[k]].amounts[amount] = deal->out[k];
    }
}

static void deal_figures(struct portfolio *portfolio, const struct source *source, struct rng *rng)
{
    size_t size = portfolio->n, n;
    int64_t families = 0, women;
    struct dealing deal = {need(size, sizeof *deal.chosen), need(size, sizeof *deal.weight),
                           need(size, sizeof *deal.low), need(size, sizeof *deal.high),
                           need(size, sizeof *deal.out)};
    for (int u = 0; u < N_UOS; u++) {
        n = choose(portfolio, u, false, true, deal.chosen);
        deal_families(portfolio, &deal, n, source->uos[u].families, rng);
        deal_amounts(portfolio, &deal, n, source->uos[u].amounts, rng);
        families += source->uos[u].families;
    }
    women = (SIGNED_WOMEN_PCT * families + 50) / 100;
    n = choose(portfolio, -1, false, true, deal.chosen);
    deal_women(portfolio, &deal, n, women, rng);
    n = choose(portfolio, -1, false, false, deal.chosen);
    deal_families(portfolio, &deal, n, FA_FAMILIES - families, rng);
    deal_women(portfolio, &deal, n, FA_WOMEN - women, rng);
    n = choose(portfolio, -1, true, false, deal.chosen);
    deal_families(portfolio, &deal, n, FI_FAMILIES, rng);
    deal_women(portfolio, &deal, n, FI_WOMEN, rng);
    free(deal.chosen);
    free(deal.weight);
    free(deal.low);
    free(deal.high);
    free(deal.out);
}

/* Where the money says a signed alliance stands at the plan's close. */
static void set_signed_stage(struct alliance *item, struct rng *rng)
{
    int close = day_of(2022, 6, 30), age = close - item->day[AGREEMENT];
    bool transferred = item->amounts[2] == item->amounts[1];
    bool accounted = item->amounts[3] >= item->amounts[2] * 95 / 100;
    if (transferred && accounted && age > 420) {
        item->etapa = "concluida";
        item->concluded = item->day[AGREEMENT] + 330 + rng_below(rng, age - 330);
    } else if (transferred && age > 200)
        item->etapa = "operacion";
    else if (age < 90)
        item->etapa = "convenio";
    else
        item->etapa = "inversion";
}

static void set_stages(struct portfolio *portfolio, struct rng *rng)
{
    for (size_t i = 0; i < portfolio->n; i++) {
        struct alliance *item = &portfolio->items[i];
        switch (item->outcome) {
        case REJECTED:
        case PLAN_FAILED:
            item->etapa = "rechazada";
            break;
        case EVALUATING:
            item->etapa = "evaluacion";
            break;
        case DROPPED: /* 1,637 of 1,723 began a plan, 197 of them were dropped */
            item->etapa = item->modelo == 1 && rng_unit(rng) < 0.7 ? "abandonada" : "evaluacion";
            break;
        case PLAN_ONLY:
            item->etapa = "plan";
            break;
        case CERTIFIED:
            item->etapa = !item->fi && rng_unit(rng) < 0.6 ? "abandonada" : "viable";
            break;
        case SIGNED:
            set_signed_stage(item, rng);
            break;
        }
    }
}

static int by_request(const void *a, const void *b)
{
    const struct alliance *left = a, *right = b;
    if (left->fi != right->fi)
        return left->fi ? 1 : -1;
    if (left->uo != right->uo)
        return left->uo - right->uo;
    if (left->day[REQUEST] != right->day[REQUEST])
        return left->day[REQUEST] - right->day[REQUEST];
    return left->concluded - right->concluded; /* here: the place in the list before */
}

static void number_records(struct portfolio *portfolio)
{
    static const char *const marks[N_UOS] = {"BEN", "CHU", "CBB", "LPZ", "ORU",
                                             "PAN", "POT", "SCZ", "TJA", "CHA"};
    for (size_t i = 0; i < portfolio->n; i++)
        portfolio->items[i].concluded = (int)i;
    qsort(portfolio->items, portfolio->n, sizeof *portfolio->items, by_request);
    int number = 0;
    for (size_t i = 0; i < portfolio->n; i++) {
        struct alliance *item = &portfolio->items[i], *before = i ? item - 1 : NULL;
        number = before && before->uo == item->uo && before->fi == item->fi ? number + 1 : 1;
        sprintf(item->codigo, "%s-%s-%04d", item->fi ? "FI" : "FA", marks[item->uo],
                number % 10000);
        item->concluded = 0;
    }
}

struct portfolio *portfolio_make(const struct source *source, const struct map *map)
{
    struct portfolio *portfolio = need(1, sizeof *portfolio);
    struct split splits[N_UOS] = {0};
    struct rng rng = rng_seeded("portfolio");
    size_t size = 0;
    for (int u = 0; u < N_UOS; u++)
        size += (size_t)(source->uos[u].fi + source->uos[u].fa);
    portfolio->items = need(size, sizeof *portfolio->items);
    split_phases(source, splits);
    split_rubros(source, splits);
    for (int u = 0; u < N_UOS; u++)
        add_unit(portfolio, source, u, &splits[u]);
    if (portfolio->n != size)
        fail("hay %zu solicitudes, se esperan %zu", portfolio->n, size);
    deal_rubros(portfolio, splits, &rng);
    dates_assign(portfolio, source);
    number_records(portfolio);
    deal_towns(portfolio, source, &rng);
    deal_figures(portfolio, source, &rng);
    set_stages(portfolio, &rng);
    for (size_t i = 0; i < portfolio->n; i++) {
        double at[2];
        map_rural_point(map, source, (size_t)portfolio->items[i].town, &rng, at);
        portfolio->items[i].lon = at[0];
        portfolio->items[i].lat = at[1];
    }
    return portfolio;
}
