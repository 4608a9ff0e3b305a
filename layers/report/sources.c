/* sources.c - the list of tables for reports. A new table is a new row. */

#include "geo/figures/coverage.h"
#include "geo/figures/irrigation.h"
#include "layers/report/data_internal.h"

static struct geo_coverage_query question(const struct report_data *data, enum geo_group group)
{
    const struct report_query *query = report_query_of(data);
    return (struct geo_coverage_query){
        .group = group, .as_of = query->as_of, .edition = query->edition};
}

static struct rows *coverage(struct report_data *data, enum geo_group group, struct err *err)
{
    struct geo_coverage_query query = question(data, group);
    struct geo_coverage *found = geo_coverage_compute(report_store(data), &query, err);
    struct rows *rows = found ? geo_coverage_rows(found) : NULL;
    if (found && !rows)
        err_no_memory(err);
    geo_coverage_free(found);
    return rows;
}

static struct rows *irrigation(struct report_data *data, enum geo_group group, struct err *err)
{
    struct geo_coverage_query query = question(data, group);
    struct geo_irrigation *found = geo_irrigation_compute(report_store(data), &query, err);
    struct rows *rows = found ? geo_irrigation_rows(found) : NULL;
    if (found && !rows)
        err_no_memory(err);
    geo_irrigation_free(found);
    return rows;
}

#define BY(kind, name, group)                                           \
    static struct rows *name(struct report_data *data, struct err *err) \
    {                                                                   \
        return kind(data, group, err);                                  \
    }

BY(coverage, coverage_nation, GEO_BY_NACIONAL)
BY(coverage, coverage_department, GEO_BY_DEPARTAMENTO)
BY(coverage, coverage_uo, GEO_BY_UO)
BY(coverage, coverage_unit, GEO_BY_MUNICIPIO)
BY(irrigation, irrigation_nation, GEO_BY_NACIONAL)
BY(irrigation, irrigation_department, GEO_BY_DEPARTAMENTO)
BY(irrigation, irrigation_uo, GEO_BY_UO)
BY(irrigation, irrigation_unit, GEO_BY_MUNICIPIO)

static const struct report_source sources[] = {
    {"cobertura_nacional", "Cobertura nacional",
     "El país en una fila, con los registros sin municipio.", coverage_nation, true},
    {"cobertura_departamento", "Cobertura por departamento", "Una fila por departamento.",
     coverage_department, true},
    {"cobertura_uo", "Cobertura por UO", "Una fila por unidad operativa.", coverage_uo, true},
    {"cobertura_municipio", "Cobertura por municipio",
     "Una fila por municipio de la edición; la última, si la hay, la de los registros sin "
     "municipio.",
     coverage_unit, true},
    {"riego_nacional", "Riego nacional", "El país en una fila, con lo que queda fuera.",
     irrigation_nation, true},
    {"riego_departamento", "Riego por departamento", "Una fila por departamento.",
     irrigation_department, true},
    {"riego_uo", "Riego por UO", "Una fila por unidad operativa.", irrigation_uo, true},
    {"riego_municipio", "Riego por municipio", "Una fila por municipio con lo que hay en él.",
     irrigation_unit, true},
    {"alianzas", "Alianzas",
     "Una fila por alianza con convenio, con el municipio al que está vinculada.", source_alianzas,
     true},
    {"areas_riego", "Áreas de riego", "Una fila por área de riego.", source_areas_riego, true},
    {"subproyectos", "Subproyectos", "Una fila por subproyecto municipal.", source_subproyectos,
     true},
    {"obras_estado", "Subproyectos por estado",
     "Una fila por estado de los subproyectos, del país y de cada departamento.",
     source_obras_estado, true},
    {"embudo", "Embudo de solicitudes",
     "Una fila por etapa del proceso, del país y de cada departamento: las solicitudes que la "
     "alcanzaron.",
     source_embudo, true},
    {"serie_cobertura", "Alianzas por año",
     "Una fila por año, del país y de cada departamento: lo del año y lo acumulado.",
     source_serie_cobertura, true},
    {"serie_riego", "Riego por año",
     "Una fila por año de puesta en operación, del país y de cada departamento.",
     source_serie_riego, true},
    {"procesos", "Procesos del plan",
     "Una fila por proceso y año, del país y de cada departamento.", source_procesos, true},
    {"indicadores", "Marco de resultados",
     "Una fila por indicador: línea base, meta, logrado y de dónde sale.", source_indicadores,
     true},
    {"indicadores_departamento", "Marco por departamento", "Una fila por indicador y departamento.",
     source_indicadores_departamento, true},
    {"vinculos", "Vínculos por estado",
     "Una fila por unidad operativa: cómo concuerdan la ubicación y el municipio declarado de "
     "alianzas, áreas y subproyectos.",
     source_vinculos, true},
    {"conflictos", "Conflictos",
     "Una fila por registro cuya ubicación y cuyo municipio declarado no concuerdan.",
     source_conflictos, true},
    {"focalizacion", "Focalización",
     "Una fila por municipio, del más al menos prioritario, con los componentes del índice y la "
     "incertidumbre de su puesto.",
     source_focalizacion, true},
    {"focalizacion_metodo", "Método de la focalización", "Cómo se calculó la focalización.",
     source_focalizacion_metodo, false},
    {"equidad", "Equidad",
     "Una fila por departamento y una del país: cómo se reparten las familias de las alianzas "
     "entre la población rural.",
     source_equidad, true},
    {"equidad_metodo", "Lectura de la equidad", "Las medidas de equidad en palabras.",
     source_equidad_metodo, false},
    {"lorenz", "Curva de Lorenz",
     "Una fila por municipio, del menos al más atendido por persona, con las partes acumuladas.",
     source_lorenz, true},
    {"acceso", "Acceso por departamento",
     "Una fila por departamento: personas rurales a menos de 10 km de una alianza o un "
     "subproyecto, en línea recta.",
     source_acceso, true},
    {"hechos", "Hechos por municipio", "Una fila por municipio y hecho cargado.", source_hechos,
     true},
    {0},
};

const struct report_source *report_source_at(size_t index)
{
    return index + 1 < sizeof sources / sizeof *sources ? &sources[index] : NULL;
}

struct report_data *report_data_open(struct geo_store *store, const struct report_query *query,
                                     struct err *err)
{
    return report_data_new(store, query, sources, err);
}
