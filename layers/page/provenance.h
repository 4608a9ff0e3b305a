/* provenance.h - the sources of a map: date of the data, edition of the boundaries, and
 * whether data are simulated or boundaries schematic.
 *
 * Owns:    nothing; a value. Threads: any.
 */
#ifndef LAYERS_PROVENANCE_H
#define LAYERS_PROVENANCE_H

#include "geo/base/buf.h"
#include "layers/snapshot/snapshot.h"
#include "styles/style.h"

struct provenance {
    bool simulated, schematic; /* shown as a warning wherever it appears */
    char data_date[11];        /* of the newest records, without the boundaries; "" if unknown */
    char edition[33];          /* "" if no municipalities are shown */
};

/* Those of the layers that the style draws; style NULL: of all. */
struct provenance provenance_of(const struct snapshot *snapshot, const struct style *style);
/* Of the boundaries alone: for a map that shows no record, nor a figure of records. */
struct provenance provenance_of_boundaries(const struct snapshot *snapshot);

/* "Datos simulados · Límites esquemáticos"; "" where both are real. */
const char *provenance_warning(const struct provenance *provenance);
/* Writes "Datos al 30/06/2023 · Edición 339 de los límites · SIGG 0.2.0", with the warning
 * between; version as "0.2.0". */
void provenance_put(const struct provenance *provenance, const char *version, struct buf *out);

#endif
