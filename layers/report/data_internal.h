/* data_internal.h - only for layers/report/data.c and its sources. */
#ifndef LAYERS_REPORT_DATA_INTERNAL_H
#define LAYERS_REPORT_DATA_INTERNAL_H

#include "geo/catalog/figure.h"
#include "layers/report/data.h"
#include "layers/snapshot/columns.h"

/* As report_data_open() does with all sources; the list ends with a NULL name. */
struct report_data *report_data_new(struct geo_store *store, const struct report_query *query,
                                    const struct report_source *sources, struct err *err);

/* Memory that lives as long as the data: for columns whose names are not constant. */
struct arena *report_arena(struct report_data *data);
/* The records of a layer, and whether one counts on the report's date. */
const struct columns *report_columns(const struct report_data *data, const char *layer);
bool report_counts(const struct report_data *data, const struct columns *columns, size_t feature);

/* The note of a table (struct figure_result) without its last line break; "": none. NULL with
 * *err. */
const char *report_note(struct report_data *data, const char *name, struct err *err);

/* sources_figures.c: a table that is a figure, and one with the note of another. */
bool source_figure(struct report_data *data, const struct report_source *source,
                   struct figure_result *result, struct err *err);
bool source_note(struct report_data *data, const struct report_source *source,
                 struct figure_result *result, struct err *err);

typedef struct rows *report_rows_fn(struct report_data *data, struct err *err);

/* sources_records.c */
report_rows_fn source_alianzas, source_areas_riego, source_subproyectos, source_obras_estado,
    source_vinculos, source_hechos;
/* sources_conflicts.c */
report_rows_fn source_conflictos;

#endif
