/* country.h - a small country for the tests of links, hectares and coverage:
 * six square municipalities of 0.1 degrees in two rows of three, a lake east of
 * them, a town in the first. A second edition divides the same land in two.
 *
 *        -66.0   -65.9   -65.8   -65.7   -65.6
 *   -17.8  +-------+-------+-------+
 *          | 010104| 080505| 080606| lake
 *   -17.9  +-------+-------+-------+-------+
 *          | 010101| 050102| 050103|
 *   -18.0  +-------+-------+-------+
 */
#ifndef TESTS_COUNTRY_H
#define TESTS_COUNTRY_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/buf.h"
#include "geo/store/store.h"

#define UNUSED_OK __attribute__((unused))

/* Geometry ---------------------------------------------------------------- */

static inline void put_u32(struct buf *out, uint32_t value)
{
    buf_put(out, &value, sizeof value); /* little endian, as this machine */
}

static inline void put_head(struct buf *out, uint32_t type)
{
    buf_putc(out, 1);
    put_u32(out, type);
}

static inline void put_xy(struct buf *out, double x, double y)
{
    buf_put(out, &x, sizeof x);
    buf_put(out, &y, sizeof y);
}

static inline void wkb_point(struct buf *out, double lon, double lat)
{
    put_head(out, 1);
    put_xy(out, lon, lat);
}

static inline void wkb_line(struct buf *out, double x0, double y0, double x1, double y1)
{
    put_head(out, 2);
    put_u32(out, 2);
    put_xy(out, x0, y0);
    put_xy(out, x1, y1);
}

/* A MultiPolygon of one rectangle. */
static inline void wkb_square(struct buf *out, double x0, double y0, double x1, double y1)
{
    put_head(out, 6);
    put_u32(out, 1);
    put_head(out, 3);
    put_u32(out, 1);
    put_u32(out, 5);
    put_xy(out, x0, y0);
    put_xy(out, x1, y0);
    put_xy(out, x1, y1);
    put_xy(out, x0, y1);
    put_xy(out, x0, y0);
}

/* Records ----------------------------------------------------------------- */

static inline struct geo_value a_text(const char *value)
{
    return value ? (struct geo_value){.kind = GEO_TEXT_VALUE, .text = value}
                 : (struct geo_value){.kind = GEO_NULL};
}

static inline struct geo_value an_int(int64_t value)
{
    return (struct geo_value){.kind = GEO_INT_VALUE, .integer = value};
}

static inline struct geo_value a_real(double value)
{
    return (struct geo_value){.kind = GEO_REAL_VALUE, .real = value};
}

struct draft {
    const struct geo_table *table;
    struct geo_value values[64];
    struct buf wkb;
};

static inline struct draft draft_new(const char *table)
{
    struct draft draft = {.table = geo_table_find(table)};
    buf_init(&draft.wkb);
    return draft;
}

static inline void draft_set(struct draft *draft, const char *field, struct geo_value value)
{
    int index = geo_table_field(draft->table, field);
    if (index < 0) {
        fprintf(stderr, "no field %s\n", field);
        abort();
    }
    draft->values[index] = value;
}

/* Stores it; aborts with the message if the store refuses. */
static inline int64_t draft_put(struct draft *draft, struct geo_store *store)
{
    struct err err = {0};
    enum geo_put what;
    int64_t id = 0;
    struct geo_record record = {.wkb = (const unsigned char *)draft->wkb.data,
                                .wkb_len = draft->wkb.len,
                                .values = draft->values};
    if (!geo_store_put(store, draft->table, &record, &what, &id, &err)) {
        fprintf(stderr, "%s\n", err.message);
        abort();
    }
    buf_free(&draft->wkb);
    return id;
}

/* The country ------------------------------------------------------------- */

struct place {
    const char *codigo, *nombre, *departamento, *uo;
    double x0, y0, x1, y1;
};

static const struct place places[] UNUSED_OK = {
    {"010101", "Sucre", "Chuquisaca", "Chuquisaca", -66.0, -18.0, -65.9, -17.9},
    {"010104", "Macharetí", "Chuquisaca", "Chaco", -66.0, -17.9, -65.9, -17.8},
    {"050102", "San Pedro", "Potosí", "Potosí", -65.9, -18.0, -65.8, -17.9},
    {"050103", "Tinguipaya", "Potosí", "Potosí", -65.8, -18.0, -65.7, -17.9},
    {"080505", "San Pedro", "Beni", "Beni", -65.9, -17.9, -65.8, -17.8},
    {"080606", "Trinidad", "Beni", "Beni", -65.8, -17.9, -65.7, -17.8},
};

static const struct place halves[] UNUSED_OK = {
    {"010101", "Sucre", "Chuquisaca", "Chuquisaca", -66.0, -18.0, -65.85, -17.8},
    {"080606", "Trinidad", "Beni", "Beni", -65.85, -18.0, -65.7, -17.8},
};

struct country {
    char folder[64];
    struct geo_store *store;
};

static inline void put_edition(struct geo_store *store, const char *codigo,
                               const struct place *list, size_t n, bool current)
{
    struct err err = {0};
    struct geo_edition_info info = {.current = current};
    snprintf(info.codigo, sizeof info.codigo, "%s", codigo);
    snprintf(info.title, sizeof info.title, "Prueba %s", codigo);
    if (!geo_store_edition_put(store, &info, &err))
        abort();
    for (size_t i = 0; i < n; i++) {
        struct draft unit = draft_new("municipios");
        draft_set(&unit, "edicion", a_text(codigo));
        draft_set(&unit, "codigo", a_text(list[i].codigo));
        draft_set(&unit, "nombre", a_text(list[i].nombre));
        draft_set(&unit, "departamento", a_text(list[i].departamento));
        draft_set(&unit, "uo", a_text(list[i].uo));
        wkb_square(&unit.wkb, list[i].x0, list[i].y0, list[i].x1, list[i].y1);
        draft_put(&unit, store);
    }
}

static inline void put_named(struct geo_store *store, const char *table, const char *nombre,
                             double x0, double y0, double x1, double y1)
{
    struct draft one = draft_new(table);
    draft_set(&one, "codigo", a_text("01"));
    draft_set(&one, "nombre", a_text(nombre));
    wkb_square(&one.wkb, x0, y0, x1, y1);
    draft_put(&one, store);
}

/* A fact of a municipality. */
static inline void put_fact(struct geo_store *store, const char *codigo, const char *hecho,
                            double value)
{
    struct draft draft = draft_new("hechos_municipio");
    draft_set(&draft, "codigo", a_text(codigo));
    draft_set(&draft, "hecho", a_text(hecho));
    draft_set(&draft, "valor", a_real(value));
    draft_put(&draft, store);
}

/* Both editions, "seis" current, the lake and the town; nothing linked yet. */
static inline struct country *country_new(void)
{
    struct err err = {0};
    char path[96];
    struct country *country = calloc(1, sizeof *country);
    strcpy(country->folder, "/tmp/sigg-test-XXXXXX");
    if (!mkdtemp(country->folder))
        abort();
    snprintf(path, sizeof path, "%s/a.sqlite", country->folder);
    country->store = geo_store_open(path, GEO_STORE_CREATE, &err);
    if (!country->store || !geo_store_begin(country->store, &err)) {
        fprintf(stderr, "%s\n", err.message);
        abort();
    }
    put_edition(country->store, "seis", places, sizeof places / sizeof *places, true);
    put_edition(country->store, "dos", halves, sizeof halves / sizeof *halves, false);
    put_named(country->store, "cuerpos_agua", "Lago", -65.7, -17.9, -65.6, -17.8);
    put_named(country->store, "zonas_urbanas", "Sucre", -65.96, -17.96, -65.94, -17.94);
    if (!geo_store_commit(country->store, &err))
        abort();
    return country;
}

static inline void country_free(struct country *country)
{
    char command[96];
    geo_store_close(country->store);
    snprintf(command, sizeof command, "rm -rf %s", country->folder);
    if (system(command) != 0)
        fprintf(stderr, "%s is left\n", country->folder);
    free(country);
}

/* Random numbers that are the same everywhere (splitmix64). */
static inline uint64_t dice_next(uint64_t *dice)
{
    uint64_t z = *dice += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static inline double dice_real(uint64_t *dice, double from, double to)
{
    return from + (to - from) * (double)(dice_next(dice) >> 11) / 9007199254740992.0;
}

static inline int dice_int(uint64_t *dice, int below)
{
    return (int)(dice_next(dice) % (uint64_t)below);
}

#endif
