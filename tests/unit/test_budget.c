/* test_budget.c - tests of geo/base/budget with every figure.
 * A figure whose budget is spent ends soon, frees its memory (sanitizers check), and leaves
 * the store usable. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "geo/analysis/access.h"
#include "geo/analysis/clusters.h"
#include "geo/analysis/conflicts.h"
#include "geo/analysis/equity.h"
#include "geo/analysis/indicators.h"
#include "geo/analysis/series.h"
#include "geo/analysis/sites.h"
#include "geo/analysis/targeting.h"
#include "geo/base/budget.h"
#include "geo/figures/coverage.h"
#include "geo/figures/irrigation.h"
#include "geo/import/dataset.h"
#include "layers/report/report.h"
#include "layers/report/xlsx.h"

/* How late a spent budget may be noticed: 20 ms, and what a busy machine adds. */
enum { NOTICED_MS = 500 };

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void budgets_are_spent(void **state)
{
    (void)state;
    struct budget asker, work;
    struct err err = {0};
    assert_true(budget_left(NULL, &err));
    budget_start(&asker, 0);
    assert_true(budget_left(&asker, &err));
    budget_start_for(&work, &asker, 1);
    nanosleep(&(const struct timespec){.tv_nsec = 3000000}, NULL);
    assert_false(budget_left(&work, &err));
    assert_int_equal(err.kind, ERR_LIMIT);
    budget_start_for(&work, &asker, 0);
    atomic_store(&work.others, 1);
    budget_cancel(&asker);
    assert_true(budget_left(&work, &err)); /* another waits */
    assert_false(budget_left(&asker, &err));
    assert_int_equal(err.kind, ERR_CANCELLED);
    atomic_store(&work.others, 0);
    assert_false(budget_left(&work, &err));
    atomic_store(&work.others, 1);
    assert_false(budget_left(&work, &err)); /* never again */
    budget_start_for(&work, NULL, 60000);
    budget_cancel(&work);
    assert_false(budget_left(&work, &err));
}

/* Figures ---------------------------------------------------------------------- */

static bool free_rows(struct rows *rows)
{
    rows_free(rows);
    return rows != NULL;
}

static bool target(struct geo_store *store, struct err *err)
{
    const struct geo_target_query query = {.draws = 400000,
                                           .seed = 1,
                                           .threads = 2,
                                           .form = GEO_TARGET_ADDITIVE,
                                           .scale = GEO_TARGET_PERCENTILE};
    struct geo_targeting *made = geo_targeting_compute(store, &query, err);
    geo_targeting_free(made);
    return made != NULL;
}

static bool clusters_of(struct geo_store *store, const char *weights, struct err *err)
{
    const struct geo_clusters_query query = {.rate = "familias",
                                             .weights = weights,
                                             .permutations = 400000,
                                             .seed = 1,
                                             .level = 0.05,
                                             .threads = 2};
    struct geo_clusters *made = geo_clusters_compute(store, &query, err);
    geo_clusters_free(made);
    return made != NULL;
}

static bool clusters_queen(struct geo_store *store, struct err *err)
{
    return clusters_of(store, "queen", err);
}

static bool clusters_nearest(struct geo_store *store, struct err *err)
{
    return clusters_of(store, "knn:50", err);
}

static bool sites(struct geo_store *store, struct err *err)
{
    const struct geo_reach_query query = {.of = GEO_REACH_ALIANZAS | GEO_REACH_SUBPROYECTOS};
    struct geo_reach *reach = geo_reach_load(store, &query, err);
    bool *reached = reach ? calloc(reach->n_places + 1, sizeof *reached) : NULL;
    struct geo_sites *made = NULL;
    if (reached && geo_reach_mark(reach, 20000, reached, err))
        made = geo_sites_greedy(reach, 20000, reached, 50, err);
    geo_sites_free(made);
    free(reached);
    geo_reach_free(reach);
    return made != NULL;
}

static bool coverage(struct geo_store *store, struct err *err)
{
    const struct geo_coverage_query query = {.group = GEO_BY_MUNICIPIO, .as_of = "2021-03-04"};
    struct geo_coverage *made = geo_coverage_compute(store, &query, err);
    geo_coverage_free(made);
    return made != NULL;
}

static bool irrigation(struct geo_store *store, struct err *err)
{
    const struct geo_coverage_query query = {.group = GEO_BY_MUNICIPIO, .as_of = "2021-03-04"};
    struct geo_irrigation *made = geo_irrigation_compute(store, &query, err);
    geo_irrigation_free(made);
    return made != NULL;
}

static bool series_of(struct geo_store *store, enum geo_series_what what, struct err *err)
{
    const struct geo_series_query query = {
        .what = what, .group = GEO_BY_MUNICIPIO, .semesters = true};
    return free_rows(geo_series_rows(store, &query, err));
}

static bool series_events(struct geo_store *store, struct err *err)
{
    return series_of(store, GEO_SERIES_DIFUSION, err);
}

static bool series_irrigation(struct geo_store *store, struct err *err)
{
    return series_of(store, GEO_SERIES_RIEGO, err);
}

static bool indicators(struct geo_store *store, struct err *err)
{
    const struct geo_indicator_query query = {.group = GEO_BY_MUNICIPIO, .as_of = "2021-03-04"};
    return free_rows(geo_indicators_table(store, &query, err));
}

static bool equity(struct geo_store *store, struct err *err)
{
    const struct geo_equity_query query = {.group = GEO_BY_DEPARTAMENTO, .as_of = "2021-03-04"};
    struct geo_equity *made = geo_equity_compute(store, &query, err);
    geo_equity_free(made);
    return made != NULL;
}

static bool conflicts(struct geo_store *store, struct err *err)
{
    const struct geo_conflicts_query query = {.decided = true};
    return free_rows(geo_conflicts_rows(store, &query, err));
}

static bool report(struct geo_store *store, bool workbook, struct err *err)
{
    const struct report_query query = {.as_of = "2021-03-04", .version = "0"};
    struct report_scope scope;
    struct buf out;
    buf_init(&out);
    struct report_data *data = report_data_open(store, &query, err);
    bool ok = data && (workbook ? xlsx_write_book(data, &out, err)
                                : report_scope_find(data, REPORT_NACIONAL, NULL, &scope, err) &&
                                      report_pdf(data, REPORT_NACIONAL, &scope, &out, err));
    report_data_close(data);
    buf_free(&out);
    return ok;
}

static bool report_national(struct geo_store *store, struct err *err)
{
    return report(store, false, err);
}

static bool report_workbook(struct geo_store *store, struct err *err)
{
    return report(store, true, err);
}

/* TINY ends before the budget is looked at; ENDLESS takes far longer than a test may. */
enum size { TINY, SHORT, ENDLESS };

static const struct {
    const char *name;
    bool (*make)(struct geo_store *store, struct err *err);
    enum size size;
} figures[] = {
    {"ranking", target, ENDLESS},
    {"clusters, queen", clusters_queen, ENDLESS},
    {"clusters, knn", clusters_nearest, ENDLESS},
    {"sites", sites, SHORT},
    {"coverage of a day", coverage, SHORT},
    {"irrigation of a day", irrigation, SHORT},
    {"series of events", series_events, SHORT},
    {"series of irrigation", series_irrigation, SHORT},
    {"indicators", indicators, SHORT},
    {"equity", equity, SHORT},
    {"conflicts", conflicts, TINY},
    {"national report", report_national, SHORT},
    {"workbook", report_workbook, SHORT},
};

enum { FIGURES = sizeof figures / sizeof *figures };

struct open_store {
    char path[64];
    struct geo_store *store;
};

static int setup(void **state)
{
    struct open_store *open = calloc(1, sizeof *open);
    struct err err = {0};
    snprintf(open->path, sizeof open->path, "/tmp/sigg-budget-XXXXXX");
    int fd = mkstemp(open->path);
    close(fd);
    unlink(open->path);
    struct geo_store *made = geo_store_open(open->path, GEO_STORE_CREATE, &err);
    if (!made || !geo_dataset_load(made, NULL, NULL, &err))
        fail_msg("%s", err.message);
    geo_store_close(made);
    open->store = geo_store_open(open->path, GEO_STORE_READ, &err);
    *state = open;
    return open->store ? 0 : -1;
}

static int teardown(void **state)
{
    struct open_store *open = *state;
    geo_store_close(open->store);
    unlink(open->path);
    free(open);
    return 0;
}

static void a_spent_budget_begins_nothing(void **state)
{
    struct geo_store *store = ((struct open_store *)*state)->store;
    for (size_t i = 0; i < FIGURES; i++) {
        struct err err = {0};
        struct budget budget;
        budget_start(&budget, 0);
        budget_cancel(&budget);
        geo_store_bound(store, &budget);
        int64_t began = now_ms();
        if (figures[i].make(store, &err) && figures[i].size != TINY)
            fail_msg("%s is made though nobody waits", figures[i].name);
        if (now_ms() - began > NOTICED_MS)
            fail_msg("%s: %lld ms", figures[i].name, (long long)(now_ms() - began));
        geo_store_bound(store, NULL);
    }
}

struct canceller {
    struct budget budget;
    int after_ms;
    int64_t at_ms;
};

static void *cancel(void *arg)
{
    struct canceller *canceller = arg;
    nanosleep(&(const struct timespec){.tv_sec = canceller->after_ms / 1000,
                                       .tv_nsec = canceller->after_ms % 1000 * 1000000L},
              NULL);
    canceller->at_ms = now_ms();
    budget_cancel(&canceller->budget);
    return NULL;
}

/* Cancels at several moments, to hit every part of the work. */
static void a_cancelled_figure_ends_soon(void **state)
{
    static const int after_ms[] = {1, 4, 12, 40, 120, 300};
    struct geo_store *store = ((struct open_store *)*state)->store;
    for (size_t i = 0; i < FIGURES; i++) {
        int64_t worst = 0;
        for (size_t a = 0; a < sizeof after_ms / sizeof *after_ms; a++) {
            struct canceller canceller = {.after_ms = after_ms[a]};
            struct err err = {0};
            pthread_t thread;
            budget_start(&canceller.budget, 0);
            geo_store_bound(store, &canceller.budget);
            assert_int_equal(pthread_create(&thread, NULL, cancel, &canceller), 0);
            bool made = figures[i].make(store, &err);
            int64_t ended = now_ms();
            pthread_join(thread, NULL);
            geo_store_bound(store, NULL);
            if (made && figures[i].size == ENDLESS)
                fail_msg("%s is made though nobody waits", figures[i].name);
            worst = ended - canceller.at_ms > worst ? ended - canceller.at_ms : worst;
            if (made)
                break; /* sooner than that */
        }
        print_message("%-22s ends %lld ms after\n", figures[i].name, (long long)worst);
        assert_true(worst <= NOTICED_MS);
    }
}

static void time_is_a_bound_too(void **state)
{
    struct geo_store *store = ((struct open_store *)*state)->store;
    struct err err = {0};
    struct budget budget;
    int64_t began = now_ms();
    budget_start(&budget, 100);
    geo_store_bound(store, &budget);
    assert_false(target(store, &err));
    assert_int_equal(err.kind, ERR_LIMIT);
    assert_true(now_ms() - began < 100 + NOTICED_MS);
    geo_store_bound(store, NULL);
    for (size_t i = 0; i < FIGURES; i++)
        if (figures[i].size != ENDLESS && !figures[i].make(store, &err))
            fail_msg("%s: %s", figures[i].name, err.message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(budgets_are_spent),
        cmocka_unit_test(a_spent_budget_begins_nothing),
        cmocka_unit_test(a_cancelled_figure_ends_soon),
        cmocka_unit_test(time_is_a_bound_too),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
