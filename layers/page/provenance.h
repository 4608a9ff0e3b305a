/* provenance.h - where what a map shows comes from: its date, the edition of
 * the boundaries, and whether it is simulated or schematic.
 *
 * Owns:    nothing; a value. Threads: any.
 */
#ifndef LAYERS_PROVENANCE_H
#define LAYERS_PROVENANCE_H

#include "geo/base/buf.h"
#include "layers/snapshot.h"
#include "styles/style.h"

struct provenance {
    bool simulated, schematic; /* labelled so wherever it shows */
    char data_date[11];        /* the latest of the records, not the boundaries; "" if unknown */
    char edition[33];          /* "" where no municipality shows */
};

/* Of the layers that the style draws; style NULL: of all. */
struct provenance provenance_of(const struct snapshot *snapshot, const struct style *style);

/* "Datos simulados · Límites esquemáticos"; "" where both are real. */
const char *provenance_warning(const struct provenance *provenance);
/* "Datos al 30/06/2023 · Edición 339 de los límites · SIGG 0.1.0", the warning
 * between; version as "0.1.0". */
void provenance_put(const struct provenance *provenance, const char *version, struct buf *out);

#endif
