/* world.h - a database in a folder of its own, with the embedded data set, for
 * tests of what is served. Include it in one place a program.
 */
#ifndef TESTS_SUPPORT_WORLD_H
#define TESTS_SUPPORT_WORLD_H

#include <unistd.h>

#include "geo/figures/linker.h"
#include "tests/support/load.h"

struct world {
    char folder[64], path[96];
    struct geo_store *store;
};

/* boundaries NULL: the embedded ones. False with the reason on stderr. */
static bool world_open(struct world *world, const char *boundaries)
{
    struct err err = {0};
    strcpy(world->folder, "/tmp/sigg-test-XXXXXX");
    if (!mkdtemp(world->folder))
        return false;
    snprintf(world->path, sizeof world->path, "%s/a.sqlite", world->folder);
    struct geo_store *store = geo_store_open(world->path, GEO_STORE_CREATE, &err);
    const char *limits = boundaries ? boundaries : "data/limites.geojson";
    world->store = store;
    bool ok = store && geo_store_begin(store, &err) &&
              load_source(store, "municipios", limits, boundaries ? "339" : "esquema", &err) &&
              load_source(store, "alianzas", "data/alianzas.csv", NULL, &err) &&
              load_source(store, "areas_riego", "data/areas_riego.geojson", NULL, &err) &&
              load_source(store, "subproyectos", "data/subproyectos.geojson", NULL, &err) &&
              geo_link_all(store, NULL, NULL, NULL, NULL, &err) && geo_store_commit(store, &err);
    if (!ok)
        fprintf(stderr, "%s\n", err.message);
    return ok;
}

static void world_close(struct world *world)
{
    char command[128];
    geo_store_close(world->store);
    snprintf(command, sizeof command, "rm -rf %s", world->folder);
    if (system(command) != 0)
        fprintf(stderr, "%s is left\n", world->folder);
}

/* Path of the official boundaries; NULL without the shared folder. */
static inline const char *world_official(char *path, size_t size)
{
    const char *shared = getenv("SIGG_SHARED");
    snprintf(path, size, "%s/data/municipios_339.geojson", shared ? shared : "../shared");
    FILE *there = fopen(path, "rb");
    if (there)
        fclose(there);
    return there ? path : NULL;
}

#endif
