/* prepare.c - stores the map outlines in the database after boundaries changed. */
#include "server/served/prepare.h"

#include <stdio.h>

#include "layers/snapshot/snapshot.h"

void prepare_outlines(struct geo_store *store)
{
    struct err err = {0};
    if (!snapshot_keep_outlines(store, &err))
        fprintf(stderr,
                "sigg: los contornos para los mapas no se guardaron, y cada arranque del servidor "
                "los calculará: %s\n",
                err.message);
}
