/* two_editions.h - a store with two hand-made editions, "a" and "b", and communities, for
 * tests of crosswalks. Include it in one place a program, after cmocka.h. */
#ifndef TESTS_SUPPORT_TWO_EDITIONS_H
#define TESTS_SUPPORT_TWO_EDITIONS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/analysis/crosswalk.h"
#include "geo/figures/linker.h"
#include "geo/place/shape.h"
#include "tests/support/wkt.h"

enum { UNITS = 6 };

struct unit {
    const char *codigo, *wkt;
};

struct village {
    double lon, lat;
    int people;
};

static struct geo_store *store;

static char path[64];

static void put(const char *table, const struct geo_value *values, const char *wkt)
{
    struct err err = {0};
    struct geo_shape *shape = wkt ? shape_of_wkt(wkt, NULL) : NULL;
    struct buf wkb;
    enum geo_put what;
    int64_t id;
    buf_init(&wkb);
    if (shape)
        geo_shape_put_wkb(shape, shape->kind == GEO_SHAPE_POLYGON, &wkb);
    const struct geo_record record = {
        .wkb = (unsigned char *)wkb.data, .wkb_len = wkb.len, .values = values};
    if (!geo_store_put(store, geo_table_find(table), &record, &what, &id, &err))
        fail_msg("%s", err.message);
    buf_free(&wkb);
    geo_shape_free(shape);
}

static struct geo_value text(const char *word)
{
    return (struct geo_value){.kind = word ? GEO_TEXT_VALUE : GEO_NULL, .text = word};
}

static void put_edition(const char *codigo, const struct unit *units, bool current)
{
    struct err err = {0};
    struct geo_edition_info info = {.current = current};
    snprintf(info.codigo, sizeof info.codigo, "%s", codigo);
    assert_true(geo_store_edition_put(store, &info, &err));
    for (size_t i = 0; i < UNITS && units[i].codigo; i++) {
        const struct geo_value values[] = {text(codigo),          text(units[i].codigo),
                                           text(units[i].codigo), text(NULL),
                                           text("Beni"),          text("Beni")};
        put("municipios", values, units[i].wkt);
    }
}

static void put_village(int number, const struct village *village)
{
    const struct geo_table *table = geo_table_find("comunidades");
    struct geo_value values[24] = {0};
    char codigo[16], wkt[64];
    snprintf(codigo, sizeof codigo, "C-%03d", number);
    snprintf(wkt, sizeof wkt, "POINT (%.9f %.9f)", village->lon, village->lat);
    assert_true(table->n_fields <= 24);
    values[geo_table_field(table, "codigo")] = text(codigo);
    values[geo_table_field(table, "nombre")] = text(codigo);
    values[geo_table_field(table, "personas")] =
        (struct geo_value){.kind = GEO_INT_VALUE, .integer = village->people};
    put("comunidades", values, wkt);
}

static void open_store(void)
{
    struct err err = {0};
    strcpy(path, "/tmp/sigg-crosswalk-XXXXXX");
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    unlink(path);
    store = geo_store_open(path, GEO_STORE_CREATE, &err);
    if (!store)
        fail_msg("%s", err.message);
    assert_true(geo_store_begin(store, &err));
}

static void close_store(void)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    geo_store_close(store);
    store = NULL;
    for (int i = 0; i < 3; i++) {
        char file[80];
        snprintf(file, sizeof file, "%s%s", path, ends[i]);
        unlink(file);
    }
}

static struct geo_crosswalk *walk_of(const struct unit *before, const struct unit *after,
                                     const struct village *villages)
{
    struct err err = {0};
    const struct geo_crosswalk_options options = {.from = "a", .to = "b", .threads = 2};
    open_store();
    put_edition("a", before, false);
    put_edition("b", after, true);
    for (int i = 0; villages && villages[i].people; i++)
        put_village(i, &villages[i]);
    assert_true(geo_link_all(store, NULL, NULL, NULL, NULL, &err));
    struct geo_crosswalk *walk = geo_crosswalk_compute(store, &options, &err);
    if (!walk)
        fail_msg("%s", err.message);
    return walk;
}

#define LEFT "POLYGON ((-65 -15, -64.5 -15, -64.5 -14, -65 -14, -65 -15))"
#define RIGHT "POLYGON ((-64.5 -15, -64 -15, -64 -14, -64.5 -14, -64.5 -15))"

/* 010101 is split: 30 % of its land, but three quarters of its people. */
static const struct unit whole[UNITS] = {{"010101", LEFT}, {"010102", RIGHT}};

static const struct unit split[UNITS] = {
    {"010101", "POLYGON ((-65 -15, -64.5 -15, -64.5 -14.3, -65 -14.3, -65 -15))"},
    {"010102", RIGHT},
    {"010103", "POLYGON ((-65 -14.3, -64.5 -14.3, -64.5 -14, -65 -14, -65 -14.3))"}};

static const struct village villages[] = {
    {-64.8, -14.9, 100}, {-64.8, -14.2, 250}, {-64.6, -14.1, 50}, {0, 0, 0}};

#endif
