/* known_names.h - a layer's names of fields, for tests of the header of a table. */
#ifndef TESTS_SUPPORT_KNOWN_NAMES_H
#define TESTS_SUPPORT_KNOWN_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <strings.h>

static inline bool known_name(void *arg, const char *name)
{
    static const char *const names[] = {"codigo",   "nombre",      "municipio", "departamento",
                                        "lon",      "lat",         "longitud",  "latitud",
                                        "familias", "coordenadas", "código"};
    (void)arg;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(names[i], name) == 0)
            return true;
    return false;
}

#endif
