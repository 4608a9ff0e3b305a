/* group.c - loads an edition's municipalities; groups them by department, UO, nation. */
#include "geo/figures/group.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/arena.h"
#include "geo/base/array.h"
#include "geo/base/text.h"

bool geo_group_of(const char *word, enum geo_group *group)
{
    static const char *const words[] = {"municipio", "departamento", "uo", "nacional"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0) {
            *group = (enum geo_group)i;
            return true;
        }
    return false;
}

void geo_named_put(struct rows *rows, const struct geo_named *named)
{
    rows_text(rows, named->codigo[0] ? named->codigo : NULL);
    rows_text(rows, named->nombre);
    rows_text(rows, named->departamento[0] ? named->departamento : NULL);
    rows_text(rows, named->uo[0] ? named->uo : NULL);
}

struct load {
    struct geo_units *units;
    size_t cap;
    int codigo, nombre, departamento, uo;
    struct err *err;
    bool failed;
};

static const char *keep(struct geo_units *units, const char *text)
{
    return arena_strdup(units->arena, text ? text : "");
}

static bool load_unit(void *arg, const struct geo_record *record)
{
    struct load *load = arg;
    struct geo_units *units = load->units;
    if (!array_reserve(units->units, load->cap, units->n + 1)) {
        load->failed = true;
        return err_no_memory(load->err);
    }
    struct geo_named *unit = &units->units[units->n];
    const char *codigo = geo_record_text(record, load->codigo);
    memset(unit, 0, sizeof *unit);
    strncpy(unit->codigo, codigo ? codigo : "", sizeof unit->codigo - 1);
    unit->nombre = keep(units, geo_record_text(record, load->nombre));
    unit->departamento = keep(units, geo_record_text(record, load->departamento));
    unit->uo = keep(units, geo_record_text(record, load->uo));
    if (!unit->nombre || !unit->departamento || !unit->uo) {
        load->failed = true;
        return err_no_memory(load->err);
    }
    units->n++;
    return true;
}

static int by_codigo(const void *a, const void *b)
{
    return strcmp(((const struct geo_named *)a)->codigo, ((const struct geo_named *)b)->codigo);
}

struct geo_units *geo_units_load(struct geo_store *store, const char *edition, struct err *err)
{
    struct geo_edition_info info;
    if (!geo_store_edition(store, edition, &info, err))
        return NULL;
    const struct geo_table *table = geo_table_find("municipios");
    struct load load = {
        .units = calloc(1, sizeof *load.units),
        .codigo = geo_table_field(table, "codigo"),
        .nombre = geo_table_field(table, "nombre"),
        .departamento = geo_table_field(table, "departamento"),
        .uo = geo_table_field(table, "uo"),
        .err = err,
    };
    struct geo_query query = {.field = "edicion", .equals = info.codigo, .no_geometry = true};
    if (!load.units || !(load.units->arena = arena_new())) {
        err_no_memory(err);
        goto failed;
    }
    memcpy(load.units->edition, info.codigo, sizeof load.units->edition);
    if (!geo_store_each(store, table, &query, load_unit, &load, err) || load.failed)
        goto failed;
    if (load.units->n > 1)
        qsort(load.units->units, load.units->n, sizeof *load.units->units, by_codigo);
    return load.units;
failed:
    geo_units_free(load.units);
    return NULL;
}

void geo_units_free(struct geo_units *units)
{
    if (!units)
        return;
    arena_free(units->arena);
    free(units->units);
    free(units);
}

size_t geo_units_slot(const struct geo_units *units, const char *codigo)
{
    struct geo_named key = {0};
    if (!codigo || strlen(codigo) >= sizeof key.codigo || units->n == 0)
        return units->n;
    memcpy(key.codigo, codigo, strlen(codigo) + 1);
    const struct geo_named *found =
        bsearch(&key, units->units, units->n, sizeof *units->units, by_codigo);
    return found ? (size_t)(found - units->units) : units->n;
}

/* A department or UO while the list is sorted. */
struct group_candidate {
    struct geo_named named;
    const char *folded;
    bool chaco; /* the one UO that is no department; sorted after them */
};

static int by_name(const void *a, const void *b)
{
    const struct group_candidate *x = a, *y = b;
    if (x->chaco != y->chaco)
        return x->chaco ? 1 : -1;
    return strcmp(x->folded, y->folded);
}

static const char *name_of(const struct geo_named *unit, enum geo_group group)
{
    const char *name = group == GEO_BY_UO ? unit->uo : unit->departamento;
    if (name[0])
        return name;
    return group == GEO_BY_UO ? "Sin unidad operativa" : "Sin departamento";
}

/* Departments or UOs of the units, each once and in order, into grouping->rows. */
static bool collect_names(struct geo_grouping *grouping, const struct geo_units *units,
                          enum geo_group group, struct arena *arena)
{
    struct group_candidate *found = arena_array(arena, units->n + 1, sizeof *found);
    size_t n = 0;
    if (!found)
        return false;
    for (size_t i = 0; i < units->n; i++) {
        const char *name = name_of(&units->units[i], group);
        size_t at = 0;
        while (at < n && strcmp(found[at].named.nombre, name) != 0)
            at++;
        if (at < n)
            continue;
        struct group_candidate *one = &found[n++];
        *one = (struct group_candidate){.named = {.nombre = name, .departamento = "", .uo = ""},
                                        .folded = text_fold(arena, name),
                                        .chaco = group == GEO_BY_UO && strcmp(name, "Chaco") == 0};
        if (group == GEO_BY_UO)
            one->named.uo = units->units[i].uo;
        else
            one->named.departamento = units->units[i].departamento;
        if (!one->folded)
            return false;
    }
    if (n > 1)
        qsort(found, n, sizeof *found, by_name);
    for (size_t i = 0; i < n; i++)
        grouping->rows[i] = found[i].named;
    for (size_t i = 0; i < units->n; i++) {
        const char *name = name_of(&units->units[i], group);
        size_t at = 0;
        while (at + 1 < n && strcmp(found[at].named.nombre, name) != 0)
            at++;
        grouping->row_of[i] = at;
    }
    grouping->n_rows = n;
    return true;
}

bool geo_grouping_make(struct geo_grouping *grouping, const struct geo_units *units,
                       enum geo_group group, const char *none, struct err *err)
{
    struct arena *arena = arena_new();
    struct geo_grouping made = {
        .rows = calloc(units->n + 1, sizeof *made.rows),
        .row_of = calloc(units->n + 1, sizeof *made.row_of),
    };
    bool ok = arena && made.rows && made.row_of;
    if (ok && group == GEO_BY_NACIONAL) {
        made.rows[0] = (struct geo_named){.nombre = "Bolivia", .departamento = "", .uo = ""};
        made.n_rows = 1;
    } else if (ok && group == GEO_BY_MUNICIPIO) {
        for (size_t i = 0; i < units->n; i++) {
            made.rows[i] = units->units[i];
            made.row_of[i] = i;
        }
        made.n_rows = units->n;
    } else if (ok)
        ok = collect_names(&made, units, group, arena);
    arena_free(arena);
    if (!ok) {
        geo_grouping_free(&made);
        return err_no_memory(err);
    }
    if (group != GEO_BY_NACIONAL) {
        made.rows[made.n_rows] = (struct geo_named){.nombre = none, .departamento = "", .uo = ""};
        made.row_of[units->n] = made.n_rows++;
    }
    *grouping = made;
    return true;
}

void geo_grouping_free(struct geo_grouping *grouping)
{
    free(grouping->rows);
    free(grouping->row_of);
    *grouping = (struct geo_grouping){0};
}
