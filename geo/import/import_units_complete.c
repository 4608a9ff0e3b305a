/* import_units_complete.c - fills the fields that a source of boundaries leaves empty. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/text.h"
#include "geo/import/import_units.h"
#include "geo/place/names_words.h"

/* Fields of municipalities in the editions loaded before. */
struct units_known {
    struct import_run *run;
    struct import_unit *all;
    size_t n, cap;
    bool failed;
};

static bool collect_known(void *arg, const struct geo_record *record)
{
    struct units_known *known = arg;
    if (!array_reserve(known->all, known->cap, known->n + 1))
        return !(known->failed = true);
    struct import_unit *unit = &known->all[known->n++];
    *unit = (struct import_unit){0};
    for (int f = UNIT_CODIGO; f < UNIT_FIELDS; f++) {
        const char *text = geo_record_text(record, f);
        if (text && text[0] && !(unit->fields[f] = arena_strdup(known->run->kept, text)))
            return !(known->failed = true);
    }
    return true;
}

/* The field of a unit with the same first `digits` digits; later editions go first. NULL
 * if no edition has it, or if they disagree. */
static const char *find_known(const struct units_known *known, const char *codigo, size_t digits,
                              int field)
{
    const char *found = NULL;
    for (size_t i = known->n; i-- > 0;) {
        const struct import_unit *unit = &known->all[i];
        if (!unit->fields[field] || strncmp(unit->fields[UNIT_CODIGO], codigo, digits) != 0)
            continue;
        if (digits == 6)
            return unit->fields[field];
        if (found && strcmp(found, unit->fields[field]) != 0)
            return NULL;
        found = unit->fields[field];
    }
    return found;
}

void import_units_tell(struct import_run *run, const char *sentence)
{
    buf_puts(&run->findings, run->findings.len ? "," : "");
    buf_put_json(&run->findings, sentence);
    if (run->options->warning)
        run->options->warning(run->options->warning_arg, sentence);
}

const char *import_units_department(const char *codigo)
{
    static const char *const names[] = {"Chuquisaca", "La Paz",     "Cochabamba", "Oruro", "Potosí",
                                        "Tarija",     "Santa Cruz", "Beni",       "Pando"};
    int number = (codigo[0] - '0') * 10 + codigo[1] - '0';
    return number >= 1 && number <= 9 ? names[number - 1] : NULL;
}

/* The provinces whose municipalities make up the UNIT_UO Chaco (the operating plan):
 * Hernando Siles, Luis Calvo, Gran Chaco, O'Connor, Cordillera. */
static bool is_chaco(const char *codigo)
{
    static const char *const provinces[] = {"0105", "0110", "0603", "0606", "0707"};
    for (size_t i = 0; i < sizeof provinces / sizeof *provinces; i++)
        if (strncmp(codigo, provinces[i], 4) == 0)
            return true;
    return false;
}

/* "Dpto. de Pando" and "09" are Pando, as the code says, which was checked. */
static bool names_its_department(const struct import_unit *unit, struct arena *arena)
{
    const char *text = unit->fields[UNIT_DEPARTAMENTO];
    const char *folded = text ? text_fold(arena, text) : NULL;
    const char *named = folded ? names_department(folded) : NULL;
    return named && strcmp(named, "chaco") != 0;
}

static void complete(struct import_unit *unit, const struct units_known *known, struct arena *arena)
{
    static const size_t digits[] = {6, 4};
    const char *codigo = unit->fields[UNIT_CODIGO];
    for (int f = UNIT_PROVINCIA; f < UNIT_FIELDS; f++)
        for (size_t i = 0; i < 2 && !unit->fields[f]; i++)
            unit->fields[f] = find_known(known, codigo, digits[i], f);
    if (!unit->fields[UNIT_DEPARTAMENTO] || names_its_department(unit, arena))
        unit->fields[UNIT_DEPARTAMENTO] = import_units_department(codigo);
    if (!unit->fields[UNIT_UO])
        unit->fields[UNIT_UO] = is_chaco(codigo) ? "Chaco" : unit->fields[UNIT_DEPARTAMENTO];
}

bool import_units_complete(struct import_run *run, struct import_units *units, struct err *err)
{
    struct units_known known = {.run = run};
    struct geo_query query = {.no_geometry = true};
    bool ok = geo_store_each(run->store, run->table, &query, collect_known, &known, err);
    if (ok && known.failed)
        ok = err_no_memory(err);
    for (size_t i = 0; ok && i < units->n; i++)
        complete(&units->all[i], &known, run->row);
    free(known.all);
    return ok;
}
