/* data_internal.h - only for layers/report/data.c and its sources. */
#ifndef LAYERS_REPORT_DATA_INTERNAL_H
#define LAYERS_REPORT_DATA_INTERNAL_H

#include "layers/columns.h"
#include "layers/report/data.h"

/* As report_data_open() does with all sources; the list ends with a NULL name. */
struct report_data *report_data_new(struct geo_store *store, const struct report_query *query,
                                    const struct report_source *sources, struct err *err);

/* Memory that lives as long as the data: for columns whose names are not constant. */
struct arena *report_arena(struct report_data *data);
/* The records of a layer, and whether one counts on the report's date. */
const struct columns *report_columns(const struct report_data *data, const char *layer);
bool report_counts(const struct report_data *data, const struct columns *columns, size_t feature);

/* Keeps a result from which tables borrow, under a name, until the data are closed. False:
 * no room; it stays the caller's. */
typedef void report_drop_fn(void *thing);
bool report_keep(struct report_data *data, const char *name, void *thing, report_drop_fn *drop);
void *report_kept(struct report_data *data, const char *name); /* NULL: nothing */

typedef struct rows *report_make_fn(struct report_data *data, struct err *err);

/* sources_records.c */
report_make_fn source_alianzas, source_areas_riego, source_subproyectos, source_obras_estado,
    source_vinculos, source_hechos;
/* sources_conflicts.c */
report_make_fn source_conflictos;
/* sources_series.c */
report_make_fn source_serie_cobertura, source_serie_riego, source_embudo, source_procesos,
    source_indicadores, source_indicadores_departamento;
/* sources_analysis.c */
report_make_fn source_focalizacion, source_focalizacion_metodo, source_equidad,
    source_equidad_metodo, source_lorenz, source_acceso;

#endif
