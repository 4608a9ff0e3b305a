/* compose.h - composes a report from a template: sections of blocks, each a text, key
 * figures, a table, a chart or a map, filled from named tables (data.h).
 *
 * docs/reports.md describes templates.
 *
 * Owns:    the template as parsed. Threads: a template is read by any number.
 * Errors:  ERR_SETUP for a template that is wrong: path and reason.
 */
#ifndef LAYERS_REPORT_COMPOSE_H
#define LAYERS_REPORT_COMPOSE_H

#include "layers/report/data.h"
#include "layers/report/paper.h"

struct template;

/* "nacional", "departamento", "municipio". */
struct template *template_load(const char *name, struct err *err);
void template_free(struct template *template); /* NULL is fine */

/* The place a report is about; for the country both are NULL. */
struct report_scope {
    const char *departamento; /* its name */
    const char *codigo;       /* of a municipality */
    const char *nombre, *uo;  /* of that municipality */
};

/* The title, as "Informe departamental: La Paz"; in arena. NULL with *err. */
const char *template_title(const struct template *template, struct report_data *data,
                           const struct report_scope *scope, struct arena *arena, struct err *err);
const char *template_subject(const struct template *template, struct report_data *data,
                             const struct report_scope *scope, struct arena *arena,
                             struct err *err);

/* Composes the whole report, from the cursor on. headings: of the previous pass, for the
 * contents. */
bool compose(const struct template *template, struct report_data *data,
             const struct report_scope *scope, struct paper *paper,
             const struct paper_heading *headings, size_t n_headings, struct err *err);

#endif
