/* series_events.c - collects the events of a series; divides time into its periods. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/series_internal.h"
#include "geo/base/array.h"
#include "geo/base/parse.h"

void series_span(struct series *series, const char *day)
{
    if (!series->first[0] || strcmp(day, series->first) < 0)
        snprintf(series->first, sizeof series->first, "%s", day);
    if (strcmp(day, series->last) > 0)
        snprintf(series->last, sizeof series->last, "%s", day);
}

bool series_add(struct series *series, const char *day, size_t slot, size_t class,
                const double values[SERIES_MEASURES])
{
    if (!array_reserve(series->events, series->cap_events, series->n_events + 1))
        return err_no_memory(series->err);
    struct series_event *event = &series->events[series->n_events++];
    *event = (struct series_event){.slot = slot, .class = class};
    memcpy(event->values, values, sizeof event->values);
    if (!day)
        return true;
    snprintf(event->day, sizeof event->day, "%s", day);
    series_span(series, day);
    return true;
}

/* Periods ------------------------------------------------------------------ */

/* "2021" or "2021-06-30"; a year is its first or last day. */
static bool read_day(const char *given, const char *name, const char *month_day, char day[11],
                     struct err *err)
{
    char whole[16] = "";
    size_t len = strlen(given);
    if (len <= 10)
        snprintf(whole, sizeof whole, "%s%s", given, len == 4 ? month_day : "");
    if (len > 10 || !parse_date(whole))
        return err_field(err, name,
                         "«%.40s» no es una fecha: se espera AAAA-MM-DD o AAAA, de 1900 a 2100",
                         given);
    memcpy(day, whole, 11);
    return true;
}

static void set_period(struct series_period *period, int year, int half, const char *from,
                       const char *to)
{
    static const char *const starts[] = {"01-01", "01-01", "07-01"};
    static const char *const ends[] = {"12-31", "06-30", "12-31"};
    snprintf(period->from, sizeof period->from, "%04d-%s", year % 10000, starts[half]);
    snprintf(period->to, sizeof period->to, "%04d-%s", year % 10000, ends[half]);
    if (half)
        snprintf(period->name, sizeof period->name, "%04d-S%d", year % 10000, half % 10);
    else
        snprintf(period->name, sizeof period->name, "%04d", year % 10000);
    if (strcmp(period->from, from) < 0)
        memcpy(period->from, from, sizeof period->from);
    if (strcmp(period->to, to) > 0)
        memcpy(period->to, to, sizeof period->to);
}

bool series_make_periods(struct series *series)
{
    const struct geo_series_query *query = series->query;
    char from[11], to[11], first[11], last[11];
    date_today(from);
    memcpy(first, series->first[0] ? series->first : from, sizeof first);
    memcpy(last, series->last[0] ? series->last : from, sizeof last);
    first[4] = last[4] = '\0'; /* whole years, unless days were given */
    if (!read_day(query->from ? query->from : first, "from", "-01-01", from, series->err) ||
        !read_day(query->to ? query->to : last, "to", "-12-31", to, series->err))
        return false;
    if (!query->from && strcmp(from, to) > 0) /* before the first record: a year of nothing */
        memcpy(from, to, 4);
    if (strcmp(from, to) > 0)
        return err_field(series->err, "from", "%s es posterior a to, %s", from, to);
    int year = (int)strtol(from, NULL, 10), until = (int)strtol(to, NULL, 10);
    size_t room = (size_t)(until - year + 1) * (query->semesters ? 2 : 1);
    if (room > GEO_SERIES_PERIODS)
        return err_set(series->err, ERR_INPUT, "de %s a %s son más de %d periodos", from, to,
                       GEO_SERIES_PERIODS);
    series->periods = calloc(room, sizeof *series->periods);
    if (!series->periods)
        return err_no_memory(series->err);
    for (; year <= until; year++)
        for (int half = query->semesters ? 1 : 0; half <= (query->semesters ? 2 : 0); half++) {
            struct series_period *period = &series->periods[series->n_periods];
            set_period(period, year, half, from, to);
            series->n_periods += strcmp(period->from, period->to) <= 0;
        }
    return true;
}

long series_period_of(const struct series *series, const char *day)
{
    long low = 0, high = (long)series->n_periods;
    if (series->n_periods == 0 || strcmp(day, series->periods[0].from) < 0)
        return -1;
    while (low < high) {
        long middle = (low + high) / 2;
        if (strcmp(day, series->periods[middle].to) <= 0)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}
