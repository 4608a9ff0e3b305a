/* versions.c - version strings of the content, by layer and by style, for ETags and URLs. */
#include "server/served/versions.h"

#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layers/map/map.h"
#include "server/served/cache.h"

struct versions {
    char all[CACHE_VERSION_SIZE], every_layer[CACHE_VERSION_SIZE];
    size_t n_styles, n_layers;
    char (*styles)[CACHE_VERSION_SIZE], (*layers)[CACHE_VERSION_SIZE];
};

/* A version being computed: its subject, and a checksum of the revisions. */
struct mixing {
    const struct snapshot *snapshot;
    uint32_t sum;
    int64_t revision;
};

static struct mixing begin(const struct versions_common *common, const struct snapshot *snapshot,
                           const char *of)
{
    const uint64_t numbers[] = {common->file, common->program, common->simulated,
                                common->schematic};
    uint32_t sum = libdeflate_crc32(0, numbers, sizeof numbers);
    return (struct mixing){snapshot, libdeflate_crc32(sum, of, strlen(of)), 0};
}

static void add_layer(struct mixing *mixing, const struct layer *layer)
{
    uint64_t content = snapshot_content(mixing->snapshot, layer);
    mixing->sum = libdeflate_crc32(mixing->sum, &content, sizeof content);
    mixing->revision += snapshot_layer_info(mixing->snapshot, layer)->revision;
}

/* "1f-0badcafe": the revision for people, and the checksum that distinguishes contents. */
static void write(const struct mixing *mixing, char version[CACHE_VERSION_SIZE])
{
    snprintf(version, CACHE_VERSION_SIZE, "%llx-%08x",
             (unsigned long long)mixing->revision & 0xffffff, mixing->sum);
}

struct versions *versions_new(const struct versions_common *common, const struct snapshot *snapshot,
                              const struct style *const *styles, size_t n_styles)
{
    struct versions *versions = calloc(1, sizeof *versions);
    if (!versions)
        return NULL;
    versions->n_styles = n_styles;
    versions->n_layers = layers_count();
    versions->styles = calloc(n_styles + 1, sizeof *versions->styles);
    versions->layers = calloc(versions->n_layers + 1, sizeof *versions->layers);
    if (!versions->styles || !versions->layers) {
        versions_free(versions);
        return NULL;
    }
    /* Tables that are in no layer (events, complaints) count by the store's revision. */
    const int64_t store[] = {snapshot_revision(snapshot), snapshot_mark(snapshot)};
    struct mixing all = begin(common, snapshot, "");
    struct mixing every = begin(common, snapshot, VERSIONS_ALL_LAYERS);
    all.sum = libdeflate_crc32(all.sum, store, sizeof store);
    for (size_t l = 0; l < versions->n_layers; l++) {
        struct mixing one = begin(common, snapshot, layers_at(l)->name);
        add_layer(&one, layers_at(l));
        write(&one, versions->layers[l]);
        add_layer(&all, layers_at(l));
        add_layer(&every, layers_at(l));
    }
    write(&every, versions->every_layer);
    all.revision = store[0];
    write(&all, versions->all);
    for (size_t i = 0; i < n_styles; i++) {
        struct mixing one = begin(common, snapshot, styles_id(i));
        for (size_t l = 0; l < versions->n_layers; l++)
            if (map_reads(styles[i], layers_at(l)))
                add_layer(&one, layers_at(l));
        write(&one, versions->styles[i]);
    }
    return versions;
}

void versions_free(struct versions *versions)
{
    if (!versions)
        return;
    free(versions->styles);
    free(versions->layers);
    free(versions);
}

const char *versions_all(const struct versions *versions)
{
    return versions->all;
}

const char *versions_style(const struct versions *versions, size_t style)
{
    return versions->styles[style];
}

const char *versions_layers(const struct versions *versions, const struct layer *const *layers,
                            size_t n)
{
    for (size_t l = 0; l < versions->n_layers && n == 1; l++)
        if (layers_at(l) == layers[0])
            return versions->layers[l];
    return versions->every_layer;
}

static bool is_named(const char *name, size_t len, const char *known)
{
    return strncmp(name, known, len) == 0 && !known[len];
}

const char *versions_named(const struct versions *versions, const char *name, size_t len,
                           bool vector)
{
    for (size_t l = 0; l < versions->n_layers && vector; l++)
        if (is_named(name, len, layers_at(l)->name))
            return versions->layers[l];
    for (size_t i = 0; i < versions->n_styles && !vector; i++)
        if (is_named(name, len, styles_id(i)))
            return versions->styles[i];
    return vector && is_named(name, len, VERSIONS_ALL_LAYERS) ? versions->every_layer : NULL;
}

bool versions_has(const struct versions *versions, const char *version)
{
    if (!*version || strcmp(version, versions->all) == 0 ||
        strcmp(version, versions->every_layer) == 0)
        return true;
    for (size_t l = 0; l < versions->n_layers; l++)
        if (strcmp(version, versions->layers[l]) == 0)
            return true;
    for (size_t i = 0; i < versions->n_styles; i++)
        if (strcmp(version, versions->styles[i]) == 0)
            return true;
    return false;
}
