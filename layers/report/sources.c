/* sources.c - the list of tables for reports. A new table is a new row. */
#include "layers/report/data_internal.h"

static const struct report_source sources[] = {
    {"cobertura_nacional", "Cobertura nacional",
     "El país en una fila, con los registros sin municipio.", .make = source_figure,
     .figure = "cobertura", .params = {"by=nacional"}, .sheet = true},
    {"cobertura_departamento", "Cobertura por departamento", "Una fila por departamento.",
     .make = source_figure, .figure = "cobertura", .params = {"by=departamento"}, .sheet = true},
    {"cobertura_uo", "Cobertura por UO", "Una fila por unidad operativa.", .make = source_figure,
     .figure = "cobertura", .params = {"by=uo"}, .sheet = true},
    {"cobertura_municipio", "Cobertura por municipio",
     "Una fila por municipio de la edición; la última, si la hay, la de los registros sin "
     "municipio.",
     .make = source_figure, .figure = "cobertura", .params = {"by=municipio"}, .sheet = true},
    {"riego_nacional", "Riego nacional", "El país en una fila, con lo que queda fuera.",
     .make = source_figure, .figure = "riego", .params = {"by=nacional"}, .sheet = true},
    {"riego_departamento", "Riego por departamento", "Una fila por departamento.",
     .make = source_figure, .figure = "riego", .params = {"by=departamento"}, .sheet = true},
    {"riego_uo", "Riego por UO", "Una fila por unidad operativa.", .make = source_figure,
     .figure = "riego", .params = {"by=uo"}, .sheet = true},
    {"riego_municipio", "Riego por municipio", "Una fila por municipio con lo que hay en él.",
     .make = source_figure, .figure = "riego", .params = {"by=municipio"}, .sheet = true},
    {"alianzas", "Alianzas",
     "Una fila por alianza con convenio, con el municipio al que está vinculada.",
     .rows = source_alianzas, .sheet = true},
    {"areas_riego", "Áreas de riego", "Una fila por área de riego.", .rows = source_areas_riego,
     .sheet = true},
    {"subproyectos", "Subproyectos", "Una fila por subproyecto municipal.",
     .rows = source_subproyectos, .sheet = true},
    {"obras_estado", "Subproyectos por estado",
     "Una fila por estado de los subproyectos, del país y de cada departamento.",
     .rows = source_obras_estado, .sheet = true},
    {"embudo", "Embudo de solicitudes",
     "Una fila por etapa del proceso, del país y de cada departamento: las solicitudes que la "
     "alcanzaron.",
     .make = source_figure, .figure = "series",
     .params = {"what=embudo by=nacional", "what=embudo by=departamento"}, .last_period = true,
     .sheet = true},
    {"serie_cobertura", "Alianzas por año",
     "Una fila por año, del país y de cada departamento: lo del año y lo acumulado.",
     .make = source_figure, .figure = "series",
     .params = {"what=cobertura by=nacional", "what=cobertura by=departamento"}, .sheet = true},
    {"serie_riego", "Riego por año",
     "Una fila por año de puesta en operación, del país y de cada departamento.",
     .make = source_figure, .figure = "series",
     .params = {"what=riego by=nacional", "what=riego by=departamento"}, .sheet = true},
    {"procesos", "Procesos del plan",
     "Una fila por proceso y año, del país y de cada departamento.", .make = source_figure,
     .figure = "series", .params = {"what=procesos by=nacional", "what=procesos by=departamento"},
     .sheet = true},
    {"indicadores", "Marco de resultados",
     "Una fila por indicador: línea base, meta, logrado y de dónde sale.", .make = source_figure,
     .figure = "indicadores", .params = {"by=nacional"}, .sheet = true},
    {"indicadores_departamento", "Marco por departamento", "Una fila por indicador y departamento.",
     .make = source_figure, .figure = "indicadores", .params = {"by=departamento"}, .sheet = true},
    {"vinculos", "Vínculos por estado",
     "Una fila por unidad operativa: cómo concuerdan la ubicación y el municipio declarado de "
     "alianzas, áreas y subproyectos.",
     .rows = source_vinculos, .sheet = true},
    {"conflictos", "Conflictos",
     "Una fila por registro cuya ubicación y cuyo municipio declarado no concuerdan.",
     .rows = source_conflictos, .sheet = true},
    {"focalizacion", "Focalización",
     "Una fila por municipio, del más al menos prioritario, con los componentes del índice y la "
     "incertidumbre de su puesto.",
     .make = source_figure, .figure = "focalizacion", .params = {"by=nacional"}, .may_lack = true,
     .sheet = true},
    {"focalizacion_metodo", "Método de la focalización", "Cómo se calculó la focalización.",
     .make = source_note, .note_of = "focalizacion"},
    {"equidad", "Equidad",
     "Una fila por departamento y una del país: cómo se reparten las familias de las alianzas "
     "entre la población rural.",
     .make = source_figure, .figure = "equidad", .params = {"by=departamento"}, .sheet = true},
    {"equidad_metodo", "Lectura de la equidad", "Las medidas de equidad en palabras.",
     .make = source_note, .note_of = "equidad"},
    {"lorenz", "Curva de Lorenz",
     "Una fila por municipio, del menos al más atendido por persona, con las partes acumuladas.",
     .make = source_figure, .figure = "equidad", .params = {"curve=lorenz"}, .sheet = true},
    {"acceso", "Acceso por departamento",
     "Una fila por departamento: personas rurales a menos de 10 km de una alianza o un "
     "subproyecto, en línea recta.",
     .make = source_figure, .figure = "acceso", .params = {"by=departamento"}, .sheet = true},
    {"hechos", "Hechos por municipio", "Una fila por municipio y hecho cargado.",
     .rows = source_hechos, .sheet = true},
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
