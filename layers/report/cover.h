/* cover.h - the cover page of reports and of the atlas.
 *
 * Threads: one, the paper's. Units: points.
 */
#ifndef LAYERS_REPORT_COVER_H
#define LAYERS_REPORT_COVER_H

#include "layers/report/data.h"
#include "layers/report/paper.h"

/* What every cover has: the band at the head, on which the caller then sets the
 * title; the map (departamento NULL: of the country), the facts, and the mark of
 * data that are not official, with `caution` under it. */
void cover_band(struct paper *paper);
bool cover_body(struct paper *paper, struct report_data *data, const char *departamento,
                const char *facts, const char *caution, struct err *err);

#endif
