/* cells.h - an edition of rectangular municipalities for tests that need no
 * official boundaries, and the departments by INE's code. Include it in one
 * place a program.
 */
#ifndef TESTS_SUPPORT_CELLS_H
#define TESTS_SUPPORT_CELLS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/place/edition.h"

static const char *department_of(const char *codigo)
{
    static const char *const names[] = {"Chuquisaca", "La Paz",     "Cochabamba", "Oruro", "Potosí",
                                        "Tarija",     "Santa Cruz", "Beni",       "Pando"};
    int number = atoi((char[]){codigo[0], codigo[1], '\0'});
    return number >= 1 && number <= 9 ? names[number - 1] : "";
}

struct cell {
    const char *codigo, *nombre, *provincia, *uo;
    struct geo_box box;
};

enum { CELL_WKB = 1 + 4 + 4 + 4 + 5 * 16 };

/* A rectangle as little-endian WKB. */
static void cell_wkb(struct geo_box box, unsigned char out[CELL_WKB])
{
    const double xy[5][2] = {{box.min_x, box.min_y},
                             {box.max_x, box.min_y},
                             {box.max_x, box.max_y},
                             {box.min_x, box.max_y},
                             {box.min_x, box.min_y}};
    const unsigned char head[] = {1, 3, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0};
    memcpy(out, head, sizeof head);
    memcpy(out + sizeof head, xy, sizeof xy);
}

static struct geo_source_unit cell_unit(const struct cell *cell, unsigned char wkb[CELL_WKB])
{
    struct geo_source_unit unit = {.unit = {.nombre = cell->nombre,
                                            .provincia = cell->provincia ? cell->provincia : "",
                                            .departamento = department_of(cell->codigo),
                                            .uo = cell->uo ? cell->uo : ""},
                                   .wkb = wkb,
                                   .wkb_len = CELL_WKB};
    snprintf(unit.unit.codigo, sizeof unit.unit.codigo, "%s", cell->codigo);
    cell_wkb(cell->box, wkb);
    return unit;
}

/* Cells end with a NULL codigo; water may be NULL. */
static inline struct geo_edition *cells_edition(const struct cell *cells, const struct cell *water)
{
    static unsigned char wkb[64][CELL_WKB], wet[4][CELL_WKB];
    static struct geo_source_unit units[64], waters[4];
    struct err err = {0};
    size_t n = 0, n_water = 0;
    for (; cells[n].codigo; n++)
        units[n] = cell_unit(&cells[n], wkb[n]);
    for (; water && water[n_water].codigo; n_water++)
        waters[n_water] = cell_unit(&water[n_water], wet[n_water]);
    struct geo_edition *edition = geo_edition_build("prueba", units, n, waters, n_water, &err);
    if (!edition)
        fprintf(stderr, "%s\n", err.message);
    return edition;
}

#endif
