/* import_declared.c - looks a declared municipality up in all editions. */
#include "geo/import/import_declared.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"

enum { MAX_EDITIONS = 64 };

struct declared_edition {
    char codigo[33];
    const struct geo_edition *edition; /* NULL until it is needed */
    const struct geo_names *names;
};

struct declared {
    struct geo_linker *linker;
    struct declared_edition editions[MAX_EDITIONS]; /* the current one first, then newest first */
    size_t n;
    bool has_current;
};

/* Called with the oldest edition first. */
static bool list_edition(void *arg, const struct geo_edition_info *edition)
{
    struct declared *declared = arg;
    if (edition->units == 0)
        return true;
    if (declared->n == MAX_EDITIONS)
        return false;
    struct declared_edition one = {0};
    memcpy(one.codigo, edition->codigo, sizeof one.codigo);
    /* Inserts the edition at the front, but behind the current one. */
    size_t at = declared->has_current && !edition->current ? 1 : 0;
    declared->has_current = declared->has_current || edition->current;
    memmove(&declared->editions[at + 1], &declared->editions[at],
            (declared->n - at) * sizeof *declared->editions);
    declared->editions[at] = one;
    declared->n++;
    return true;
}

static bool load(struct declared *declared, size_t index, struct err *err)
{
    struct declared_edition *one = &declared->editions[index];
    return one->edition ||
           geo_linker_edition(declared->linker, one->codigo, &one->edition, &one->names, err);
}

struct declared *declared_open(struct geo_store *store, struct geo_linker *linker, struct err *err)
{
    struct declared *declared = calloc(1, sizeof *declared);
    if (!declared) {
        err_no_memory(err);
        return NULL;
    }
    declared->linker = linker;
    if (!geo_store_editions(store, list_edition, declared, err))
        goto failed;
    if (declared->n == 0) {
        err_set(err, ERR_NOT_FOUND,
                "no hay límites municipales cargados: use primero «sigg import municipios»");
        goto failed;
    }
    if (load(declared, 0, err))
        return declared;
failed:
    declared_close(declared);
    return NULL;
}

void declared_close(struct declared *declared)
{
    free(declared);
}

const struct geo_edition *declared_edition(const struct declared *declared)
{
    return declared->editions[0].edition;
}

const char *declared_code(struct arena *arena, const char *codigo)
{
    if (strlen(codigo) == 5 && !codigo[strspn(codigo, "0123456789")])
        return arena_printf(arena, "0%s", codigo);
    return codigo;
}

static bool find_code(struct declared *declared, const char *codigo, struct declared_unit *out,
                      struct err *err)
{
    for (size_t i = 0; i < declared->n; i++) {
        if (!load(declared, i, err))
            return false;
        out->edition = declared->editions[i].edition;
        out->unit = geo_edition_find(out->edition, codigo);
        if (out->unit >= 0)
            break;
    }
    return true;
}

bool declared_knows_code(struct declared *declared, const char *codigo, bool *known,
                         struct err *err)
{
    struct declared_unit found = {.unit = -1};
    if (!find_code(declared, codigo, &found, err))
        return false;
    *known = found.unit >= 0;
    return true;
}

/* A name that is ambiguous in the current edition stays so even if another edition has it
 * once: that edition may lack one of the municipalities. */
static bool find_name(struct declared *declared, struct arena *arena, const char *nombre,
                      const char *departamento, struct declared_unit *out, struct err *err)
{
    struct geo_names_match first = {0};
    for (size_t i = 0; i < declared->n; i++) {
        if (!load(declared, i, err))
            return false;
        struct declared_edition *one = &declared->editions[i];
        struct geo_names_match match = geo_names_find(one->names, nombre, departamento);
        if (i == 0)
            first = match;
        if (match.kind == GEO_NAMES_AMBIGUOUS || match.kind == GEO_NAMES_TWO) {
            geo_names_explain(one->names, nombre, &match, err);
            return false;
        }
        if (match.kind == GEO_NAMES_ONE) {
            out->edition = one->edition;
            out->unit = match.unit;
            return true;
        }
    }
    struct err why = {0};
    geo_names_explain(declared->editions[0].names, nombre, &first, &why);
    out->unknown = arena_strdup(arena, why.message);
    return out->unknown || err_no_memory(err);
}

static bool is_candidate(const struct geo_names_match *match, int unit)
{
    for (size_t i = 0; i < match->n_candidates; i++)
        if (match->candidates[i] == unit)
            return true;
    return match->n_candidates == GEO_NAMES_CANDIDATES;
}

/* The name means municipalities of the edition, and this is none of them. */
static bool names_another(const struct geo_names *names, const struct geo_unit *unit, int index,
                          const char *nombre)
{
    if (!nombre || !nombre[0] || strcmp(nombre, unit->nombre) == 0)
        return false;
    struct geo_names_match match = geo_names_find(names, nombre, NULL);
    return match.kind == GEO_NAMES_ONE
               ? match.unit != index
               : match.kind != GEO_NAMES_UNKNOWN && !is_candidate(&match, index);
}

/* The department is one of the edition, and another one. */
static bool departs(const struct geo_edition *edition, struct arena *arena,
                    const struct geo_unit *unit, const char *departamento)
{
    if (!departamento || !departamento[0] || strcmp(departamento, unit->departamento) == 0)
        return false;
    const char *said = text_fold_column(arena, departamento);
    const char *own = text_fold_column(arena, unit->departamento);
    bool known = false;
    for (size_t i = 0; said && own && !known && i < geo_edition_count(edition); i++) {
        const char *other = geo_edition_unit(edition, i)->departamento;
        const char *folded = text_fold_column(arena, other);
        known = folded && strcmp(folded, said) == 0;
    }
    return known && strcmp(said, own) != 0;
}

/* Sets out->contrary: what stands beside the code may be of another municipality. */
static bool compare_code(struct declared *declared, struct arena *arena, const char *nombre,
                         const char *departamento, struct declared_unit *out, struct err *err)
{
    const struct geo_unit *unit = geo_edition_unit(out->edition, (size_t)out->unit);
    const struct geo_names *names = NULL;
    for (size_t i = 0; i < declared->n; i++)
        if (declared->editions[i].edition == out->edition)
            names = declared->editions[i].names;
    bool name = names && names_another(names, unit, out->unit, nombre);
    if (!name && !departs(out->edition, arena, unit, departamento))
        return true;
    out->contrary =
        arena_printf(arena, "el código %s es %s (%s), y %s dice «%s»", unit->codigo, unit->nombre,
                     unit->departamento, name ? "el municipio" : "el departamento",
                     name ? nombre : departamento);
    return out->contrary || err_no_memory(err);
}

bool declared_find(struct declared *declared, struct arena *arena, const char *codigo,
                   const char *nombre, const char *departamento, struct declared_unit *out,
                   struct err *err)
{
    *out = (struct declared_unit){.edition = declared_edition(declared), .unit = -1};
    if (codigo && codigo[0]) {
        if (!find_code(declared, codigo, out, err))
            return false;
        if (out->unit < 0)
            return err_set(err, ERR_INPUT,
                           "municipio_codigo: ninguna edición tiene el municipio «%s»", codigo);
        return compare_code(declared, arena, nombre, departamento, out, err);
    }
    return !nombre || !nombre[0] || find_name(declared, arena, nombre, departamento, out, err);
}
