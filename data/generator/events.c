/* events.c - events of outreach and training, and complaints. */
#include "data/generator/generate.h"

#include <stdlib.h>

/* The first phase ran from 2012 to 2017. */
static int first_phase_day(struct rng *rng)
{
    return day_of(2012, 3, 1) + rng_below(rng, 2100);
}

/* Outreach from April 2018; training of providers from November, of producers
 * from September 2018; what the plan counts of 2022 is until 30 June. */
static int day_in(size_t kind, int year, struct rng *rng)
{
    int first = day_of(year, 2, 1), last = day_of(year, 12, 15);
    if (year == FIRST_YEAR)
        first = kind < PROVIDERS    ? day_of(year, 4, 9)
                : kind == PROVIDERS ? day_of(year, 11, 5)
                                    : day_of(year, 9, 3);
    if (year == 2022) {
        first = day_of(year, 1, 17);
        last = day_of(year, 6, 30);
    }
    return first + rng_below(rng, last - first + 1);
}

struct event {
    size_t kind;
    bool fa;
    int day;
    int64_t people, women;
    size_t town;
};

/* How many of the FA events fall in each year: as the plan says, else like the
 * help with forms, until outreach ended in December 2021. */
static void years_of(const struct source *source, size_t kind, int64_t years[N_YEARS])
{
    const struct events *events = &source->events[kind];
    double like[N_YEARS] = {0};
    int64_t known = 0;
    for (size_t y = 0; y < N_YEARS; y++) {
        known += years[y] = events->by_year[y];
        like[y] = y + 1 < N_YEARS ? (double)source->events[FORMS].by_year[y] : 0;
    }
    if (known == 0)
        apportion(events->number[1], N_YEARS, like, NULL, NULL, years);
}

static void deal_people(struct event *events, size_t n, int64_t total, struct rng *rng)
{
    double *weight = need(n, sizeof *weight);
    int64_t *low = need(n, sizeof *low), *out = need(n, sizeof *out);
    for (size_t i = 0; i < n; i++) {
        weight[i] = rng_range(rng, 0.5, 1.6);
        low[i] = 5;
        out[i] = 12 + rng_below(rng, 34); /* where the plan is silent */
    }
    if (total > 0)
        apportion(total, n, weight, low, NULL, out);
    for (size_t i = 0; i < n; i++) {
        double share = events[i].kind == 3 ? rng_range(rng, 0.85, 1) : rng_range(rng, 0.25, 0.55);
        events[i].people = out[i];
        events[i].women = (int64_t)((double)out[i] * share);
    }
    free(weight);
    free(low);
    free(out);
}

static size_t deal_phase(const struct source *source, size_t kind, bool fa,
                         const double weight[N_TOWNS], struct event *events, struct rng *rng)
{
    const struct events *wanted = &source->events[kind];
    int64_t years[N_YEARS];
    size_t n = (size_t)wanted->number[fa], at = 0;
    years_of(source, kind, years);
    for (size_t y = 0; fa && y < N_YEARS; y++)
        for (int64_t k = 0; k < years[y]; k++)
            events[at++].day = day_in(kind, FIRST_YEAR + (int)y, rng);
    if (fa && at != n)
        fail("%s: los años no suman los eventos", event_names[kind]);
    for (size_t i = 0; i < n; i++) {
        events[i].kind = kind;
        events[i].fa = fa;
        events[i].town = rng_pick(rng, weight, N_TOWNS);
        if (!fa)
            events[i].day = first_phase_day(rng);
    }
    deal_people(events, n, wanted->people[fa], rng);
    return n;
}

static void rural_weights(const struct source *source, double weight[N_TOWNS])
{
    for (size_t t = 0; t < N_TOWNS; t++)
        weight[t] = source->towns[t].rural;
}

static int by_day(const void *a, const void *b)
{
    const struct event *x = a, *y = b;
    if (x->day != y->day)
        return x->day - y->day;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->town != y->town)
        return x->town < y->town ? -1 : 1;
    if (x->people != y->people)
        return x->people < y->people ? -1 : 1;
    return (x->women > y->women) - (x->women < y->women);
}

void write_events(const struct source *source, FILE *out)
{
    struct rng rng = rng_seeded("events");
    double weight[N_TOWNS];
    size_t size = 0, n = 0;
    rural_weights(source, weight);
    for (size_t kind = 0; kind < N_EVENTS; kind++)
        size += (size_t)(source->events[kind].number[0] + source->events[kind].number[1]);
    struct event *events = need(size, sizeof *events);
    for (size_t kind = 0; kind < N_EVENTS; kind++)
        for (int phase = 0; phase < 2; phase++)
            n += deal_phase(source, kind, phase == 1, weight, events + n, &rng);
    qsort(events, n, sizeof *events, by_day);
    fputs("codigo,fecha,tipo,financiamiento,participantes,mujeres,municipio_codigo\n", out);
    for (size_t i = 0; i < n; i++) {
        char day[11];
        day_text(events[i].day, day);
        fprintf(out, "EV-%04zu,%s,%s,%s,%lld,%lld,%s\n", i + 1, day, event_names[events[i].kind],
                events[i].fa ? "FA" : "FI", (long long)events[i].people, (long long)events[i].women,
                source->towns[events[i].town].codigo);
    }
    free(events);
}

/* Two hundred, of which the plan's share was answered within thirty days. */
void write_complaints(const struct source *source, FILE *out)
{
    enum { N = 200, IN_TIME_DAYS = 30 };
    static const char *const subjects[] = {"Demora en el desembolso", "Evaluación de la solicitud",
                                           "Proveedor de servicios", "Información del proyecto",
                                           "Obra municipal"};
    struct rng rng = rng_seeded("complaints");
    double weight[N_TOWNS];
    int order[N], first = day_of(2018, 6, 4), days = day_of(2022, 10, 31) - first;
    rural_weights(source, weight);
    for (int i = 0; i < N; i++)
        order[i] = i;
    rng_shuffle(&rng, order, N);
    fputs("codigo,fecha,fecha_respuesta,asunto,municipio_codigo\n", out);
    for (int i = 0; i < N; i++) {
        int day = first + (int)((int64_t)days * i / N), wait = 0, rank = order[i];
        char from[11], to[11] = "";
        if (rank * 100 < source->achieved[A_3_2_1] * N)
            wait = 2 + rng_below(&rng, IN_TIME_DAYS - 1);
        else if (rank * 100 < (source->achieved[A_3_2_1] + 13) * N)
            wait = IN_TIME_DAYS + 1 + rng_below(&rng, 25);
        day_text(day, from);
        if (wait)
            day_text(day + wait, to);
        fprintf(out, "RE-%03d,%s,%s,%s,%s\n", i + 1, from, to,
                subjects[rng_below(&rng, COUNT(subjects))],
                source->towns[rng_pick(&rng, weight, N_TOWNS)].codigo);
    }
}
