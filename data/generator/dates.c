/* dates.c - assigns the days of the cycle, by the plan's counts of each year.
 *
 * Every year has the plan's counts, and the days of each record are in order.
 *
 * Stages are dealt with from the last to the first. A stage's years are given
 * out from 2022 back to 2018: any record whose next stage is not earlier may
 * take a place. That never runs dry as long as, for each year, the places up
 * to it are at least the records that must be done by it; who takes which does
 * not matter. A last check makes sure.
 */
#include "data/generator/generate.h"

#include <stdlib.h>
#include <string.h>

/* Days since 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms"). */
int day_of(int year, int month, int day)
{
    year -= month <= 2;
    int era = year / 400, of_era = year - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void day_text(int day, char text[11])
{
    int shifted = day + 719468, era = shifted / 146097, rest = shifted - era * 146097;
    int year = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
    int of_year = rest - (365 * year + year / 4 - year / 100);
    int month = (5 * of_year + 2) / 153, date = of_year - (153 * month + 2) / 5 + 1;
    month += month < 10 ? 3 : -9;
    year += era * 400 + (month <= 2);
    snprintf(text, 11, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100,
             (unsigned)date % 100);
}

/* When a stage can happen in a year, so that a record may pass all stages
 * within one: requests began in April 2018, evaluations in June, plans in
 * September; the plan's figures end on 30 June 2022. */
static void window(enum stage stage, int year, int *first, int *last)
{
    static const int first_2018[][2] = {{4, 9}, {6, 4}, {9, 3}, {10, 8}, {11, 5}};
    static const int usual[][2] = {{1, 8}, {1, 22}, {2, 12}, {3, 5}, {3, 26}};
    const int *start = year == FIRST_YEAR ? first_2018[stage] : usual[stage];
    *first = day_of(year, start[0], start[1]);
    *last = year == 2022 ? day_of(2022, 6, 30) : day_of(year, 12, 18);
}

static int year_of(int day)
{
    char text[11];
    day_text(day, text);
    return atoi(text);
}

/* The day of the next stage this record reached, or the plan's close. */
static int deadline(const struct alliance *alliance, enum stage stage)
{
    for (int next = (int)stage + 1; next < N_STAGES; next++)
        if (alliance->day[next])
            return alliance->day[next];
    return day_of(2022, 6, 30);
}

static bool reaches(const struct alliance *alliance, enum stage stage)
{
    bool planned = alliance->outcome >= PLAN_FAILED && alliance->modelo == 1;
    switch (stage) {
    case REQUEST:
        return true;
    case EVALUATION: /* the approved; the rejected get theirs after the request */
        return alliance->outcome >= DROPPED;
    case PLAN: /* models 2 and 3 go on without one */
        return planned;
    case CERTIFICATE:
        return alliance->outcome >= CERTIFIED;
    default:
        return alliance->outcome == SIGNED;
    }
}

static void deal_stage(struct portfolio *portfolio, const struct source *source, enum stage stage,
                       struct rng *rng)
{
    int *open = need(portfolio->n, sizeof *open);
    size_t n = 0;
    for (size_t i = 0; i < portfolio->n; i++)
        if (!portfolio->items[i].fi && reaches(&portfolio->items[i], stage))
            open[n++] = (int)i;
    for (int year = FIRST_YEAR + N_YEARS - 1; year >= FIRST_YEAR; year--) {
        int64_t places = source->by_year[stage][year - FIRST_YEAR];
        rng_shuffle(rng, open, n);
        for (size_t k = 0; k < n && places > 0;) {
            struct alliance *alliance = &portfolio->items[open[k]];
            int first, last, limit = deadline(alliance, stage);
            window(stage, year, &first, &last);
            if (year_of(limit) < year) {
                k++;
                continue;
            }
            last = last < limit ? last : limit;
            if (last < first)
                fail("%s: no hay día para la etapa %d", alliance->codigo, (int)stage);
            alliance->day[stage] = first + rng_below(rng, last - first + 1);
            open[k] = open[--n];
            places--;
        }
        if (places > 0)
            fail("etapa %d, %d: quedan %lld por repartir", (int)stage, year, (long long)places);
    }
    if (n > 0)
        fail("etapa %d: %zu registros sin fecha", (int)stage, n);
    free(open);
}

/* The first phase (FI) ran before 2018; the plan gives no years for it. */
static void deal_first_phase(struct alliance *alliance, struct rng *rng)
{
    int day = day_of(2012, 3, 1) + rng_below(rng, 1300);
    alliance->day[REQUEST] = day;
    alliance->day[EVALUATION] = day += 30 + rng_below(rng, 120);
    if (alliance->outcome >= PLAN_FAILED)
        alliance->day[PLAN] = day += 60 + rng_below(rng, 240);
    if (alliance->outcome >= CERTIFIED)
        alliance->day[CERTIFICATE] = day + 20 + rng_below(rng, 150);
}

void dates_assign(struct portfolio *portfolio, const struct source *source)
{
    struct rng rng = rng_seeded("dates");
    for (int stage = AGREEMENT; stage >= REQUEST; stage--)
        deal_stage(portfolio, source, (enum stage)stage, &rng);
    int close = day_of(2022, 6, 30);
    for (size_t i = 0; i < portfolio->n; i++) {
        struct alliance *alliance = &portfolio->items[i];
        if (alliance->fi)
            deal_first_phase(alliance, &rng);
        else if (alliance->outcome == REJECTED) {
            int day = alliance->day[REQUEST] + 30 + rng_below(&rng, 200);
            int first = day_of(2018, 6, 4);
            day = day < first ? first : day;
            alliance->day[EVALUATION] = day > close ? close : day;
        }
    }
}
