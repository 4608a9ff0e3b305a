/* fact_kind.c - what a fact of a municipality counts, told by the words of its name. */
#include "geo/fields/fact_kind.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *word;
    enum fact_kind kind;
} words[] = {
    {"variacion", FACT_CHANGE},  {"crecimiento", FACT_CHANGE}, {"cambio", FACT_CHANGE},
    {"incremento", FACT_CHANGE}, {"saldo", FACT_CHANGE},       {"nbi", FACT_SHARE},
    {"pct", FACT_SHARE},         {"porcentaje", FACT_SHARE},   {"area", FACT_AREA},
    {"superficie", FACT_AREA},   {"poblacion", FACT_COUNT},    {"viviendas", FACT_COUNT},
    {"hogares", FACT_COUNT},     {"familias", FACT_COUNT},     {"personas", FACT_COUNT},
    {"mujeres", FACT_COUNT},     {"hombres", FACT_COUNT},      {"comunidades", FACT_COUNT},
    {"habitantes", FACT_COUNT},  {"pobreza", FACT_RATE},       {"tasa", FACT_RATE},
};

/* The place of the first kind of the name in the order of the table; -1: none. */
static int find(const char *name)
{
    int found = -1;
    while (*name) {
        size_t len = strcspn(name, "_");
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (strlen(words[i].word) == len && memcmp(words[i].word, name, len) == 0 &&
                (found < 0 || (int)i < found))
                found = (int)i;
        name += len + (name[len] == '_');
    }
    return found;
}

enum fact_kind fact_kind(const char *name)
{
    int found = find(name);
    return found < 0 ? FACT_ANY : words[found].kind;
}
