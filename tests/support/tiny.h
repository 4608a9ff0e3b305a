/* tiny.h - a database in a folder of its own with six square municipalities and a few
 * records, made in some 100 ms without GDAL: for fuzzers. Include it in one place a
 * program; the folder goes with the process.
 */
#ifndef TESTS_SUPPORT_TINY_H
#define TESTS_SUPPORT_TINY_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/figures/linker.h"
#include "geo/store/store.h"

enum { TINY_FIELDS = 64 };

static char tiny_folder[64];

static void tiny_remove(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", tiny_folder);
    if (system(command) != 0)
        fprintf(stderr, "%s is left\n", tiny_folder);
}

static void tiny_put_points(struct buf *wkb, const double (*points)[2], uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        buf_put(wkb, points[i], sizeof points[i]);
}

/* A square polygon, its centre, or a line across it. */
static void tiny_shape(struct buf *wkb, uint32_t type, double lon_deg, double lat_deg, double side)
{
    const double ring[5][2] = {{lon_deg, lat_deg},
                               {lon_deg + side, lat_deg},
                               {lon_deg + side, lat_deg + side},
                               {lon_deg, lat_deg + side},
                               {lon_deg, lat_deg}};
    const uint32_t one = 1, polygon = 3, two = 2, five = 5;
    buf_putc(wkb, 1);
    buf_put(wkb, &type, 4);
    if (type == 6) {
        buf_put(wkb, &one, 4);
        buf_putc(wkb, 1);
        buf_put(wkb, &polygon, 4);
        buf_put(wkb, &one, 4);
        buf_put(wkb, &five, 4);
        tiny_put_points(wkb, ring, 5);
    } else if (type == 2) {
        buf_put(wkb, &two, 4);
        tiny_put_points(wkb, ring + 1, 2);
    } else {
        tiny_put_points(wkb, ring, 1);
    }
}

/* Gives texts and choices to the fields listed, a number or a day to the others. */
static void tiny_values(const struct geo_table *table, int number, const char *codigo,
                        struct geo_value values[TINY_FIELDS])
{
    static const char *const departments[] = {"La Paz", "Potosí"};
    for (size_t f = 0; f < table->n_fields; f++) {
        const struct geo_field *field = &table->fields[f];
        const char *text = strcmp(field->name, "codigo") == 0         ? codigo
                           : strcmp(field->name, "edicion") == 0      ? "339"
                           : strcmp(field->name, "departamento") == 0 ? departments[number % 2]
                           : strcmp(field->name, "nombre") == 0       ? "Salinas De García (Sur)"
                           : field->type == GEO_DATE                  ? "2021-05-01"
                                                                      : NULL;
        if (field->type == GEO_CHOICE)
            text = field->choices[0].value;
        values[f] = (struct geo_value){.kind = GEO_NULL};
        if (text)
            values[f] = (struct geo_value){.kind = GEO_TEXT_VALUE, .text = text};
        else if (field->type == GEO_MONEY || (field->type == GEO_INTEGER && number % 3))
            values[f] = (struct geo_value){.kind = GEO_INT_VALUE, .integer = 1 + number % 3};
    }
}

static bool tiny_put(struct geo_store *store, const char *layer, const char *codigo, int number,
                     struct buf *wkb, struct err *err)
{
    struct geo_value values[TINY_FIELDS];
    const struct geo_table *table = geo_table_find(layer);
    tiny_values(table, number, codigo, values);
    const struct geo_record record = {
        .wkb = (const unsigned char *)wkb->data, .wkb_len = wkb->len, .values = values};
    enum geo_put what;
    int64_t id;
    bool ok = geo_store_put(store, table, &record, &what, &id, err);
    buf_clear(wkb);
    return ok;
}

static bool tiny_fill(struct geo_store *store, struct err *err)
{
    struct geo_edition_info info = {.current = true, .units = 6, .codigo = "339"};
    struct buf wkb;
    char code[32];
    buf_init(&wkb);
    bool ok = geo_store_edition_put(store, &info, err);
    for (int i = 0; i < 6 && ok; i++) {
        snprintf(code, sizeof code, "%02d010%d", 1 + i % 2, 1 + i / 2);
        tiny_shape(&wkb, 6, -68 + i % 3, -18 + i / 3, 1);
        ok = tiny_put(store, "municipios", code, i, &wkb, err);
    }
    for (int i = 0; i < 12 && ok; i++) {
        snprintf(code, sizeof code, "A-%d", i);
        tiny_shape(&wkb, 1, -67.9 + 0.23 * i, -17.9 + 0.15 * i, 0);
        ok = tiny_put(store, "alianzas", code, i, &wkb, err);
    }
    for (int i = 0; i < 4 && ok; i++) {
        static const uint32_t types[] = {1, 2, 6, 6};
        snprintf(code, sizeof code, "S-%d", i);
        tiny_shape(&wkb, types[i], -67.5 + 0.5 * i, -17.2, 0.3);
        ok = tiny_put(store, i == 3 ? "areas_riego" : "subproyectos", code, i, &wkb, err);
    }
    buf_free(&wkb);
    static const char *const layers[] = {"municipios", "alianzas", "areas_riego", "subproyectos"};
    for (size_t i = 0; i < sizeof layers / sizeof *layers && ok; i++)
        ok = geo_store_touch(store, layers[i], "tiny", true, NULL, err);
    return ok && geo_link_all(store, NULL, NULL, NULL, NULL, err);
}

/* The store, with the path in *path; ends the process with the reason if it cannot. */
static struct geo_store *tiny_open(const char **path)
{
    static char file[96];
    struct err err = {0};
    strcpy(tiny_folder, "/tmp/sigg-tiny-XXXXXX");
    if (!mkdtemp(tiny_folder))
        exit(1);
    atexit(tiny_remove);
    snprintf(file, sizeof file, "%s/a.sqlite", tiny_folder);
    struct geo_store *store = geo_store_open(file, GEO_STORE_CREATE, &err);
    if (!store || !geo_store_begin(store, &err) || !tiny_fill(store, &err) ||
        !geo_store_commit(store, &err)) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    *path = file;
    return store;
}

#endif
