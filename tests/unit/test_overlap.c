/* test_overlap.c - tests of geo/figures/overlap.
 * Gross and net hectares, split by municipality. Expected values are PostGIS 3.3's
 * ST_Area(geography) of the same polygons. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "geo/figures/overlap.h"
#include "geo/place/measure.h"
#include "tests/unit/country.h"

static int set_up(void **state)
{
    struct err err = {0};
    struct country *country = country_new();
    *state = geo_edition_load(country->store, "seis", &err);
    country_free(country);
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    geo_edition_free(*state);
    return 0;
}

enum { UNITS = 6, ROOM = 64, OUTSIDE = UNITS };

struct square {
    double x0, y0, x1, y1;
};

/* Areas over squares; NAN coordinates: no polygon. */
struct areas {
    struct geo_area list[ROOM];
    struct buf wkb[ROOM];
    size_t n;
};

static void add_square(struct areas *areas, struct square square, double declarado_ha, int unit)
{
    size_t i = areas->n++;
    buf_init(&areas->wkb[i]);
    if (!isnan(square.x0))
        wkb_square(&areas->wkb[i], square.x0, square.y0, square.x1, square.y1);
    areas->list[i] = (struct geo_area){.id = (int64_t)i + 1,
                                       .wkb = (const unsigned char *)areas->wkb[i].data,
                                       .wkb_len = areas->wkb[i].len,
                                       .declarado_ha = declarado_ha,
                                       .unit = unit};
}

static void measure(const struct geo_edition *edition, const struct areas *areas,
                    struct geo_irrigated slots[UNITS + 1])
{
    struct err err = {0};
    memset(slots, 0, (UNITS + 1) * sizeof *slots);
    if (!geo_overlap_measure(edition, areas->list, areas->n, NULL, slots, &err))
        fail_msg("%s", err.message);
}

static void free_areas(struct areas *areas)
{
    for (size_t i = 0; i < areas->n; i++)
        buf_free(&areas->wkb[i]);
    areas->n = 0;
}

/* 0.01 x 0.01 degrees from 65.95 W 17.95 S to the north east. */
static const double plot_m2 = 1172516.6706438065;

static void overlaps_count_once(void **state)
{
    static const struct {
        const char *name;
        struct square squares[4];
        size_t n;
        double gross[UNITS + 1], net[UNITS + 1]; /* plots */
    } cases[] = {
        {"one", {{-65.95, -17.95, -65.94, -17.94}}, 1, {[0] = 1}, {[0] = 1}},
        {"the same twice",
         {{-65.95, -17.95, -65.94, -17.94}, {-65.95, -17.95, -65.94, -17.94}},
         2,
         {[0] = 2},
         {[0] = 1}},
        {"half over half",
         {{-65.95, -17.95, -65.94, -17.94}, {-65.945, -17.95, -65.935, -17.94}},
         2,
         {[0] = 2},
         {[0] = 1.5}},
        {"a chain of three",
         {{-65.95, -17.95, -65.94, -17.94},
          {-65.945, -17.95, -65.935, -17.94},
          {-65.94, -17.95, -65.93, -17.94}},
         3,
         {[0] = 3},
         {[0] = 2}},
        {"side by side",
         {{-65.95, -17.95, -65.94, -17.94}, {-65.94, -17.95, -65.93, -17.94}},
         2,
         {[0] = 2},
         {[0] = 2}},
        {"over a border, overlapping in both",
         {{-65.905, -17.95, -65.895, -17.94}, {-65.905, -17.95, -65.895, -17.94}},
         2,
         {[0] = 1, [2] = 1},
         {[0] = 0.5, [2] = 0.5}},
        {"half of it abroad",
         {{-66.005, -17.95, -65.995, -17.94}},
         1,
         {[0] = 0.5, [OUTSIDE] = 0.5},
         {[0] = 0.5, [OUTSIDE] = 0.5}},
        {"all of it in the lake",
         {{-65.65, -17.85, -65.64, -17.84}},
         1,
         {[OUTSIDE] = 1.00055003},
         {[OUTSIDE] = 1.00055003}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct areas areas = {.n = 0};
        struct geo_irrigated slots[UNITS + 1];
        for (size_t k = 0; k < cases[i].n; k++)
            add_square(&areas, cases[i].squares[k], NAN, 0);
        measure(*state, &areas, slots);
        for (size_t u = 0; u <= UNITS; u++)
            if (fabs(slots[u].bruto_m2 / plot_m2 - cases[i].gross[u]) > 2e-6 ||
                fabs(slots[u].neto_m2 / plot_m2 - cases[i].net[u]) > 2e-6)
                fail_msg("%s: unit %zu: gross %.7f, net %.7f", cases[i].name, u,
                         slots[u].bruto_m2 / plot_m2, slots[u].neto_m2 / plot_m2);
        assert_int_equal(slots[0].areas, cases[i].n);
        free_areas(&areas);
    }
}

static void declared_hectares_follow_the_polygon(void **state)
{
    struct areas areas = {.n = 0};
    struct geo_irrigated slots[UNITS + 1];
    add_square(&areas, (struct square){-65.905, -17.95, -65.895, -17.94}, 100, 0);
    add_square(&areas, (struct square){NAN, NAN, NAN, NAN}, 7, 5);
    add_square(&areas, (struct square){NAN, NAN, NAN, NAN}, 3, -1);
    add_square(&areas, (struct square){-60, -10, -59.99, -9.99}, 11, 5);
    add_square(&areas, (struct square){-65.95, -17.95, -65.94, -17.94}, NAN, 0);
    measure(*state, &areas, slots);
    assert_true(fabs(slots[0].declarado_ha - 50) < 1e-4);
    assert_true(fabs(slots[2].declarado_ha - 50) < 1e-4);
    assert_true(slots[5].declarado_ha == 7);
    assert_true(slots[OUTSIDE].declarado_ha == 14);
    assert_int_equal(slots[0].areas, 2);
    assert_int_equal(slots[2].areas, 0);
    assert_int_equal(slots[5].areas, 2);
    assert_int_equal(slots[OUTSIDE].areas, 1);
    free_areas(&areas);
}

/* Brute force: rectangles on a lattice around a corner of municipalities (of four in even
 * rounds, of two and the outside in odd ones). The net area is the sum of the cells that
 * any of them covers. An edge along a parallel is a geodesic between its ends: over 0.004
 * degrees that changes the area by 0.4 m2. A cell has 2,931 m2. */
static void nets_equal_brute_force_and_parts_sum_to_the_whole(void **state)
{
    enum { CELLS = 80, ROUNDS = 40 };
    const double step = 0.0005, south = -17.92, edge_m2 = 0.5;
    const struct geo_edition *edition = *state;
    uint64_t dice = 20261122;
    for (int round = 0; round < ROUNDS; round++) {
        const double west = round % 2 ? -66.02 : -65.92;
        static bool covered[CELLS][CELLS];
        struct areas areas = {.n = 0};
        struct geo_irrigated slots[UNITS + 1];
        double gross = 0, sum_gross = 0, sum_net = 0, net[UNITS + 1] = {0};
        memset(covered, 0, sizeof covered);
        size_t n = 1 + (size_t)dice_int(&dice, 40);
        for (size_t i = 0; i < n; i++) {
            int x = dice_int(&dice, CELLS - 8), y = dice_int(&dice, CELLS - 8);
            int w = 1 + dice_int(&dice, 8), h = 1 + dice_int(&dice, 8);
            add_square(&areas,
                       (struct square){west + x * step, south + y * step, west + (x + w) * step,
                                       south + (y + h) * step},
                       NAN, -1);
            for (int cx = x; cx < x + w; cx++)
                for (int cy = y; cy < y + h; cy++)
                    covered[cx][cy] = true;
            struct geo_shape *shape =
                geo_shape_parse(areas.list[i].wkb, areas.list[i].wkb_len, NULL);
            gross += geo_measure_area(shape);
            geo_shape_free(shape);
        }
        for (int cx = 0; cx < CELLS; cx++)
            for (int cy = 0; cy < CELLS; cy++) {
                if (!covered[cx][cy])
                    continue;
                double x = west + cx * step, y = south + cy * step;
                struct buf wkb;
                buf_init(&wkb);
                wkb_square(&wkb, x, y, x + step, y + step);
                struct geo_shape *shape =
                    geo_shape_parse((const unsigned char *)wkb.data, wkb.len, NULL);
                int unit = geo_edition_locate(edition, x + step / 2, y + step / 2);
                net[unit < 0 ? OUTSIDE : unit] += geo_measure_area(shape);
                geo_shape_free(shape);
                buf_free(&wkb);
            }
        measure(edition, &areas, slots);
        double whole_net = 0;
        for (int u = 0; u <= UNITS; u++) {
            sum_gross += slots[u].bruto_m2;
            sum_net += slots[u].neto_m2;
            whole_net += net[u];
            if (fabs(slots[u].neto_m2 - net[u]) > edge_m2 * (double)n)
                fail_msg("round %d (seed 20261122), unit %d: %.3f, brute force %.3f", round, u,
                         slots[u].neto_m2, net[u]);
            if (slots[u].neto_m2 > slots[u].bruto_m2 + edge_m2)
                fail_msg("round %d: unit %d: net %.6f, gross %.6f", round, u, slots[u].neto_m2,
                         slots[u].bruto_m2);
        }
        assert_true(fabs(sum_gross - gross) <= 1e-9 * gross);
        assert_true(fabs(sum_net - whole_net) <= edge_m2 * (double)n);
        free_areas(&areas);
    }
}

static void figures_do_not_depend_on_what_is_elsewhere(void **state)
{
    struct areas areas = {.n = 0};
    struct geo_irrigated alone[UNITS + 1], together[UNITS + 1];
    add_square(&areas, (struct square){-65.95, -17.95, -65.94, -17.94}, 1, 0);
    add_square(&areas, (struct square){-65.945, -17.955, -65.93, -17.94}, 2, 0);
    measure(*state, &areas, alone);
    add_square(&areas, (struct square){-65.75, -17.85, -65.74, -17.84}, 3, 5);
    measure(*state, &areas, together);
    assert_memory_equal(&alone[0], &together[0], sizeof alone[0]);
    free_areas(&areas);
}

static void a_broken_polygon_is_refused_with_its_number(void **state)
{
    struct err err = {0};
    struct geo_irrigated slots[UNITS + 1] = {0};
    const struct geo_area area = {
        .id = 42, .wkb = (const unsigned char *)"\1\6\0\0\0\1", .wkb_len = 6, .unit = -1};
    assert_false(geo_overlap_measure(*state, &area, 1, NULL, slots, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(strstr(err.message, "42"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(overlaps_count_once),
        cmocka_unit_test(declared_hectares_follow_the_polygon),
        cmocka_unit_test(nets_equal_brute_force_and_parts_sum_to_the_whole),
        cmocka_unit_test(figures_do_not_depend_on_what_is_elsewhere),
        cmocka_unit_test(a_broken_polygon_is_refused_with_its_number),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
