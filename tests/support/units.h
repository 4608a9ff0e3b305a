/* units.h - municipalities of an edition from WKT. Include it in one place a program. */
#ifndef TESTS_SUPPORT_UNITS_H
#define TESTS_SUPPORT_UNITS_H

#include "geo/place/edition.h"
#include "tests/support/wkt.h"

static struct geo_source_unit source_unit(const char *codigo, const char *wkt)
{
    struct geo_source_unit unit = {.unit = {.nombre = codigo}};
    snprintf(unit.unit.codigo, sizeof unit.unit.codigo, "%s", codigo);
    unit.wkb = wkb_of(wkt, &unit.wkb_len);
    return unit;
}

static void free_unit(struct geo_source_unit *unit)
{
    free((void *)(uintptr_t)unit->wkb);
}

#endif
