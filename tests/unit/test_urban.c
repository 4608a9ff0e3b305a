/* test_urban.c - tests of geo/place/urban.
 * Random rectangles, none to many, and one area of too many points to be held in memory: what a
 * point lies in is compared with the rectangles one by one, before and after they are read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "geo/analysis/random.h"
#include "geo/place/urban.h"
#include "tests/unit/country.h"

enum { MOST = 4000, QUESTIONS = 3000, LARGE = 700000 };

struct rectangle {
    double x0, y0, x1, y1;
};

static double between(struct geo_random *random, double from, double to)
{
    return from + (to - from) * (double)(geo_random_next(random) % 1000003) / 1000003;
}

static void put_zone(struct geo_store *store, const struct buf *wkb)
{
    const struct geo_table *table = geo_table_find("zonas_urbanas");
    struct geo_value values[8] = {{0}};
    struct err err = {0};
    enum geo_put what;
    int64_t id;
    values[geo_table_field(table, "nombre")] = a_text("Zona");
    static char code[16];
    static int n;
    snprintf(code, sizeof code, "Z%d", n++);
    values[geo_table_field(table, "codigo")] = a_text(code);
    const struct geo_record record = {
        .wkb = (const unsigned char *)wkb->data, .wkb_len = wkb->len, .values = values};
    if (!geo_store_put(store, table, &record, &what, &id, &err))
        fail_msg("%s", err.message);
}

/* A rectangle whose lower side has `points` points, in the country's first municipality. */
static void put_large(struct geo_store *store, struct rectangle *made, uint32_t points)
{
    struct buf wkb;
    buf_init(&wkb);
    *made = (struct rectangle){-65.99, -17.99, -65.95, -17.95};
    put_head(&wkb, 6);
    put_u32(&wkb, 1);
    put_head(&wkb, 3);
    put_u32(&wkb, 1);
    put_u32(&wkb, points + 3);
    for (uint32_t i = 0; i < points; i++)
        put_xy(&wkb, made->x0 + (made->x1 - made->x0) * i / (points - 1), made->y0);
    put_xy(&wkb, made->x1, made->y1);
    put_xy(&wkb, made->x0, made->y1);
    put_xy(&wkb, made->x0, made->y0);
    put_zone(store, &wkb);
    buf_free(&wkb);
}

static void put_rectangles(struct geo_store *store, struct geo_random *random,
                           struct rectangle *made, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct buf wkb;
        double x = between(random, -66, -65.7), y = between(random, -18, -17.8);
        double wide = between(random, 0.0001, 0.01), high = between(random, 0.0001, 0.01);
        made[i] = (struct rectangle){x, y, x + wide, y + high};
        buf_init(&wkb);
        wkb_square(&wkb, x, y, x + wide, y + high);
        put_zone(store, &wkb);
        buf_free(&wkb);
    }
}

static bool in_any(const struct rectangle *all, size_t n, double x, double y)
{
    for (size_t i = 0; i < n; i++)
        if (x >= all[i].x0 && x <= all[i].x1 && y >= all[i].y0 && y <= all[i].y1)
            return true;
    return false;
}

/* Half of the questions are corners, which are borders. Returns how many points lay in one. */
static size_t compare(struct geo_store *store, struct geo_random *random,
                      const struct rectangle *all, size_t n)
{
    struct err err = {0};
    size_t inside = 0;
    struct geo_urban *urban = geo_urban_open(store, &err);
    for (size_t q = 0; q < QUESTIONS; q++) {
        double x = between(random, -66, -65.7), y = between(random, -18, -17.8);
        bool holds = false;
        if (n && q % 2) {
            const struct rectangle *one = &all[geo_random_next(random) % n];
            x = q % 4 == 1 ? one->x0 : one->x1;
            y = one->y1;
        }
        if (!geo_urban_holds(urban, x, y, &holds, &err))
            fail_msg("%s", err.message);
        if (holds != in_any(all, n, x, y))
            fail_msg("%zu areas, question %zu: %.9f %.9f", n, q, x, y);
        inside += holds;
    }
    geo_urban_close(urban);
    return inside;
}

static void points_lie_in_the_areas_that_hold_them(void **state)
{
    static const struct {
        const char *name;
        size_t rectangles;
        uint32_t large; /* points of one more; 0: none */
    } cases[] = {
        {"none", 0, 0},
        {"one", 1, 0},
        {"read at some question", 500, 0},
        {"looked up to the last question", MOST, 0},
        {"too much for the memory", 500, LARGE},
    };
    (void)state;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        static struct rectangle all[MOST + 1];
        struct geo_random random;
        struct err err = {0};
        struct country *country = country_new();
        size_t n = cases[c].rectangles;
        geo_random_start(&random, 20261130, (uint32_t)c);
        assert_true(geo_store_begin(country->store, &err));
        assert_true(geo_store_remove(country->store, geo_table_find("zonas_urbanas"), 1, &err));
        put_rectangles(country->store, &random, all, n);
        if (cases[c].large)
            put_large(country->store, &all[n++], cases[c].large);
        /* Not committed: as in an import, which links before its end. */
        size_t inside = compare(country->store, &random, all, n);
        if (n && inside < QUESTIONS / 2)
            fail_msg("%s: %zu inside", cases[c].name, inside);
        geo_store_rollback(country->store);
        country_free(country);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_lie_in_the_areas_that_hold_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
