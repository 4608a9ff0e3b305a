/* report.h - the reports as PDF: national, by department, by municipality.
 *
 * Threads: one a data. Errors: ERR_NOT_FOUND for an unknown department or municipality,
 *          with similar names.
 */
#ifndef LAYERS_REPORT_REPORT_H
#define LAYERS_REPORT_REPORT_H

#include "layers/report/compose.h"

enum report_kind { REPORT_NACIONAL, REPORT_DEPARTAMENTO, REPORT_MUNICIPIO };

/* Checks `which`: the name of a department (ignoring accents), the code of a municipality;
 * NULL for the country. The texts belong to data. */
bool report_scope_find(struct report_data *data, enum report_kind kind, const char *which,
                       struct report_scope *scope, struct err *err);

/* The whole file, appended to out. */
bool report_pdf(struct report_data *data, enum report_kind kind, const struct report_scope *scope,
                struct buf *out, struct err *err);

#endif
