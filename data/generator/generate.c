/* generate.c - the steps in order; see generate.h and data/README.md. */
#include "data/generator/generate.h"

#include <stdlib.h>
#include <string.h>

static FILE *create(const char *folder, const char *name)
{
    char *path = need(strlen(folder) + strlen(name) + 2, 1);
    sprintf(path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file)
        fail("%s no se puede crear", path);
    free(path);
    return file;
}

static void finish(FILE *file)
{
    if (ferror(file) || fclose(file) != 0)
        fail("no se pudo escribir todo");
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 3)
        fail("uso: generate CARPETA [CARPETA-DE-SALIDA]");
    const char *folder = argv[argc - 1];
    struct source *source = need(1, sizeof *source);
    struct map *map = need(1, sizeof *map);
    FILE *out;

    source_read(source, argv[1]);
    write_facts(source, out = create(folder, "municipios.csv"));
    finish(out);
    map_build(map, source);
    write_boundaries(source, map, out = create(folder, "limites.geojson"));
    finish(out);
    struct portfolio *portfolio = portfolio_make(source, map);
    write_alliances(source, portfolio, out = create(folder, "alianzas.csv"));
    finish(out);
    write_irrigation(source, map, portfolio, out = create(folder, "areas_riego.geojson"));
    finish(out);
    write_works(source, map, portfolio, out = create(folder, "subproyectos.geojson"));
    finish(out);
    write_events(source, out = create(folder, "eventos.csv"));
    finish(out);
    write_complaints(source, out = create(folder, "reclamos.csv"));
    finish(out);
    write_results(source, portfolio, out = create(folder, "resultados_alianza.csv"));
    finish(out);
    write_visits(source, portfolio, out = create(folder, "practicas.csv"));
    finish(out);
    return 0;
}
