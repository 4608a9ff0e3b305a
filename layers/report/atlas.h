/* atlas.h - the atlas: the sheets of all municipalities in one PDF, with indexes by
 * department and by name whose page numbers are links.
 *
 * Sheets are drawn in runs by as many threads as asked for. Each run is a PDF of its own;
 * they are joined at the end (pdf_merge.h).
 *
 * Threads: calls progress from its own threads, one at a time.
 * Errors:  as report.h; the first one of any thread.
 */
#ifndef LAYERS_REPORT_ATLAS_H
#define LAYERS_REPORT_ATLAS_H

#include "layers/report/report.h"

/* departamento NULL: all. threads 0: one a processor. *sheets: how many. */
bool atlas_pdf(struct report_data *data, const char *departamento, int threads,
               geo_progress_fn *progress, void *arg, struct buf *out, size_t *sheets,
               struct err *err);

#endif
