/* fuzz_names.c - any text as a municipality's name.
 * After a NUL comes its department; both are looked up in a small edition. The answer has
 * what its kind promises. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/place/names.h"
#include "tests/support/cells.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct cell cells[] = {
    {.codigo = "011002", .nombre = "Huacaya (Autonomía Guaraní Chaqueño De Huacaya)"},
    {.codigo = "020101", .nombre = "Nuestra Señora De La Paz"},
    {.codigo = "020805", .nombre = "La (Marka) San Andrés De Machaca"},
    {.codigo = "031003", .nombre = "Villa Tunari", .provincia = "Chapare"},
    {.codigo = "050501", .nombre = "San Pedro"},
    {.codigo = "050901", .nombre = "Colcha \"K\""},
    {.codigo = "070301", .nombre = "San Ignacio", .provincia = "Velasco"},
    {.codigo = "071005", .nombre = "San Pedro", .uo = "Chaco"},
    {0},
};

/* Built once, kept for the life of the program. */
static const struct geo_names *names_of_cells(void)
{
    static struct geo_names *names;
    if (!names) {
        for (size_t i = 0; cells[i].codigo; i++)
            cells[i].box = (struct geo_box){(double)i, 0, (double)i + 1, 1};
        struct geo_edition *edition = cells_edition(cells, NULL);
        names = edition ? geo_names_build(edition, NULL, NULL) : NULL;
        if (!names)
            abort();
    }
    return names;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct geo_names *names = names_of_cells();
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    size_t first = strlen(text);
    const char *department = first < size ? text + first + 1 : NULL;
    struct geo_names_match match = geo_names_find(names, text, department);
    struct err err = {0};
    bool fits = match.kind == GEO_NAMES_ONE ? match.unit >= 0 && match.unit < 8 : match.unit == -1;
    if (!fits || match.n_candidates > GEO_NAMES_CANDIDATES ||
        ((match.kind == GEO_NAMES_AMBIGUOUS || match.kind == GEO_NAMES_TWO) &&
         match.n_candidates < 2))
        abort();
    for (size_t i = 0; i < match.n_candidates; i++)
        if (match.candidates[i] < 0 || match.candidates[i] > 7)
            abort();
    geo_names_explain(names, text, &match, &err);
    if (err.kind != ERR_INPUT || !err.message[0])
        abort();
    free(text);
    return 0;
}
