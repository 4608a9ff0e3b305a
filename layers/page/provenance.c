/* provenance.c - date, edition and data warnings of the layers a map shows. */
#include "layers/page/provenance.h"

#include <string.h>

#include "layers/map/map.h"

/* ISO days sort as text. */
static void newest(char date[11], const struct geo_layer_info *info)
{
    if (strcmp(info->data_date, date) > 0)
        memcpy(date, info->data_date, sizeof info->data_date);
}

struct provenance provenance_of(const struct snapshot *snapshot, const struct style *style)
{
    struct provenance found = {0};
    const struct geo_edition_info *edition = snapshot_edition(snapshot);
    for (size_t i = 0; i < layers_count(); i++) {
        const struct layer *layer = layers_at(i);
        const struct geo_layer_info *info = snapshot_layer_info(snapshot, layer);
        if ((style && !map_reads(style, layer)) || !snapshot_feature_count(snapshot, layer))
            continue;
        found.simulated |= info->simulated;
        if (!layer->by_edition) /* the date of the boundaries says nothing about the records */
            newest(found.data_date, info);
        if (layer->by_edition) {
            memcpy(found.edition, edition->codigo, sizeof found.edition);
            found.schematic = edition->schematic;
        }
    }
    /* The municipalities' figures are those of the programme's records. */
    for (size_t i = 0; found.edition[0] && i < layers_count(); i++) {
        const struct geo_layer_info *info = snapshot_layer_info(snapshot, layers_at(i));
        if (!layer_table(layers_at(i))->linked || !snapshot_feature_count(snapshot, layers_at(i)))
            continue;
        found.simulated |= info->simulated;
        newest(found.data_date, info);
    }
    return found;
}

struct provenance provenance_of_boundaries(const struct snapshot *snapshot)
{
    struct provenance found = {0};
    const struct geo_edition_info *edition = snapshot_edition(snapshot);
    memcpy(found.edition, edition->codigo, sizeof found.edition);
    found.schematic = edition->schematic;
    return found;
}

const char *provenance_warning(const struct provenance *provenance)
{
    if (provenance->simulated)
        return provenance->schematic ? "Datos simulados · Límites esquemáticos" : "Datos simulados";
    return provenance->schematic ? "Límites esquemáticos" : "";
}

void provenance_put(const struct provenance *provenance, const char *version, struct buf *out)
{
    const char *date = provenance->data_date, *warning = provenance_warning(provenance);
    if (strlen(date) == 10)
        buf_printf(out, "Datos al %.2s/%.2s/%.4s · ", date + 8, date + 5, date);
    if (provenance->edition[0])
        buf_printf(out, "Límites: edición %s · ", provenance->edition);
    if (warning[0])
        buf_printf(out, "%s · ", warning);
    buf_printf(out, "SIGG %s", version);
}
