/* import_checks_time.c - checks events, yearly results, visits, complaints, entered values. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/figures/definitions.h"
#include "geo/figures/group.h"
#include "geo/import/import_run.h"

static int field_of(const struct import_run *run, const char *name)
{
    return geo_table_field(run->table, name);
}

static const char *text_of(const struct import_run *run, const struct geo_record *record,
                           const char *name)
{
    return geo_record_text(record, field_of(run, name));
}

/* Alliances ----------------------------------------------------------------- */

struct members {
    int field;
    int64_t familias;
    bool found, known;
};

static bool take_members(void *arg, const struct geo_record *record)
{
    struct members *members = arg;
    members->found = true;
    members->known = record->values[members->field].kind == GEO_INT_VALUE;
    members->familias = geo_record_int(record, members->field);
    return false;
}

/* Finds the alliance of the record, and its number of families. */
static bool find_alliance(struct import_run *run, const struct geo_record *record,
                          struct members *members, struct err *err)
{
    const struct geo_table *alianzas = geo_table_find("alianzas");
    const char *codigo = text_of(run, record, "alianza_codigo");
    struct geo_query query = {.field = "codigo", .equals = codigo, .no_geometry = true};
    *members = (struct members){.field = geo_table_field(alianzas, "familias")};
    if (!codigo) /* refused before */
        return true;
    if (!geo_store_each(run->store, alianzas, &query, take_members, members, err))
        return false;
    if (!members->found)
        import_refuse(run, "alianza_codigo", "alianza_codigo: no hay una alianza «%s»", codigo);
    return true;
}

static bool check_result(struct import_run *run, const struct geo_record *record, struct err *err)
{
    struct members members;
    int64_t year = geo_record_int(record, field_of(run, "anio"));
    const char *day = text_of(run, record, "fecha");
    if (year > strtol(run->today, NULL, 10))
        import_refuse(run, "anio", "anio: «%lld» está en el futuro", (long long)year);
    if (day && strtol(day, NULL, 10) < year)
        import_refuse(run, "fecha", "fecha (%s) es anterior al año de los resultados (%lld)", day,
                      (long long)year);
    return find_alliance(run, record, &members, err);
}

static bool check_visit(struct import_run *run, const struct geo_record *record, struct err *err)
{
    struct members members;
    int64_t member = geo_record_int(record, field_of(run, "miembro"));
    if (!find_alliance(run, record, &members, err))
        return false;
    if (members.known && member > members.familias)
        import_refuse(
            run, "miembro", "miembro: «%lld» es más que las %lld familias de la alianza %s",
            (long long)member, (long long)members.familias, text_of(run, record, "alianza_codigo"));
    return true;
}

/* Events and complaints ------------------------------------------------------ */

static void check_event(struct import_run *run, const struct geo_record *record)
{
    int people = field_of(run, "participantes"), women = field_of(run, "mujeres");
    int64_t all = geo_record_int(record, people), some = geo_record_int(record, women);
    if (record->values[people].kind != GEO_NULL && some > all)
        import_refuse(run, "mujeres", "mujeres (%lld) son más que participantes (%lld)",
                      (long long)some, (long long)all);
}

static void check_complaint(struct import_run *run, const struct geo_record *record)
{
    const char *from = text_of(run, record, "fecha"), *to = text_of(run, record, "fecha_respuesta");
    if (from && to && strcmp(to, from) < 0)
        import_refuse(run, "fecha_respuesta", "fecha_respuesta (%s) es anterior a fecha (%s)", to,
                      from);
}

/* Values of indicators -------------------------------------------------------- */

/* Checks that the unit of a value is in the current edition, if there is one. */
static bool check_place(struct import_run *run, const struct geo_record *record, struct err *err)
{
    const char *scope = text_of(run, record, "ambito"), *unit = text_of(run, record, "unidad");
    if (!scope || strcmp(scope, "nacional") == 0)
        return !unit || err_set(err, ERR_INPUT, "unidad: «%s», y el ámbito es nacional", unit);
    if (!unit)
        return err_set(err, ERR_INPUT, "unidad: falta, y el ámbito es %s", scope);
    struct err none = {0};
    struct geo_units *units = geo_units_load(run->store, NULL, &none);
    bool known = !units && none.kind == ERR_NOT_FOUND;
    for (size_t i = 0; units && i < units->n && !known; i++) {
        const struct geo_named *named = &units->units[i];
        known = strcmp(unit, strcmp(scope, "municipio") == 0 ? named->codigo
                             : strcmp(scope, "uo") == 0      ? named->uo
                                                             : named->departamento) == 0;
    }
    bool failed = !units && none.kind != ERR_NOT_FOUND;
    geo_units_free(units);
    if (failed) {
        *err = none;
        return false;
    }
    return known || err_set(err, ERR_INPUT, "unidad: «%s» no es %s", unit,
                            strcmp(scope, "municipio") == 0 ? "el código de un municipio"
                            : strcmp(scope, "uo") == 0      ? "una unidad operativa"
                                                            : "un departamento");
}

static bool check_amount(const struct import_run *run, const struct geo_record *record,
                         const struct geo_definition *definition, struct err *err)
{
    double value = geo_record_real(record, field_of(run, "valor"));
    double above = geo_record_real(record, field_of(run, "numerador"));
    double below = geo_record_real(record, field_of(run, "denominador"));
    if (value < definition->min || value > definition->max)
        return err_set(err, ERR_INPUT, "valor: «%g» no está entre %g y %g, como el indicador %s",
                       value, definition->min, definition->max, definition->code);
    /* Tolerance of half a unit: plans print whole per cents. */
    if (!isnan(above) && !isnan(below) && below > 0 &&
        fabs(value - definition->factor * above / below) > 0.5)
        return err_set(err, ERR_INPUT, "valor: «%g» no es numerador / denominador x %g = %.2f",
                       value, definition->factor, definition->factor * above / below);
    return true;
}

static bool check_value(struct import_run *run, const struct geo_record *record, struct err *err)
{
    const char *code = text_of(run, record, "indicador");
    struct geo_definitions *definitions = geo_definitions_read(NULL, 0, err);
    struct err bad = {0};
    if (!definitions)
        return false;
    const struct geo_definition *definition = code ? geo_definitions_find(definitions, code) : NULL;
    if (definition)
        import_go_on(run, "valor", check_amount(run, record, definition, &bad), &bad, err);
    else if (code)
        import_refuse(run, "indicador", "indicador: «%s» no está en el marco de resultados", code);
    geo_definitions_free(definitions);
    if (!import_go_on(run, "unidad", check_place(run, record, &bad), &bad, err))
        return false;
    /* One spelling for the nation, because it is part of the key. */
    const char *scope = text_of(run, record, "ambito");
    if (scope && strcmp(scope, "nacional") == 0)
        run->values[field_of(run, "ambito")] = (struct geo_value){.kind = GEO_NULL};
    return true;
}

bool import_check_time(struct import_run *run, const struct geo_record *record, struct err *err)
{
    const char *name = run->table->name;
    if (strcmp(name, "eventos") == 0)
        check_event(run, record);
    else if (strcmp(name, "reclamos") == 0)
        check_complaint(run, record);
    else if (strcmp(name, "resultados_alianza") == 0)
        return check_result(run, record, err);
    else if (strcmp(name, "practicas") == 0)
        return check_visit(run, record, err);
    else if (strcmp(name, "valores_indicador") == 0)
        return check_value(run, record, err);
    return true;
}

/* Facts ----------------------------------------------------------------------- */

static bool has_word(const char *name, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = name; (at = strstr(at, word)); at += len)
        if ((at == name || at[-1] == '_') && (!at[len] || at[len] == '_'))
            return true;
    return false;
}

bool import_check_fact(const char *name, double value, struct err *err)
{
    static const char *const shares[] = {"nbi", "pct", "porcentaje"};
    static const char *const changes[] = {"variacion", "crecimiento", "cambio", "incremento",
                                          "saldo"};
    static const char *const counts[] = {"area",    "superficie", "poblacion", "viviendas",
                                         "hogares", "familias",   "personas",  "mujeres",
                                         "hombres", "comunidades"};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        if (has_word(name, changes[i]))
            return true;
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
        if (has_word(name, shares[i]) && !(value >= 0 && value <= 100))
            return err_set(err, ERR_INPUT, "%s: «%g» no es un porcentaje de 0 a 100", name, value);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (has_word(name, counts[i]) && !(value >= 0))
            return err_set(err, ERR_INPUT, "%s: «%g» es negativo", name, value);
    return true;
}
