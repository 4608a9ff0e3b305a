/* import_units_join.c - joins the features of one municipality into one unit. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/import/import_units.h"
#include "geo/place/measure.h"

/* Shared land from here on is told: the parts of one municipality should not overlap. */
static const double SHARED_M2 = 10000;

static int by_code_and_line(const void *a, const void *b)
{
    const struct import_unit *x = a, *y = b;
    int order = strcmp(x->fields[UNIT_CODIGO], y->fields[UNIT_CODIGO]);
    return order ? order
                 : (x->outcome.line > y->outcome.line) - (x->outcome.line < y->outcome.line);
}

static const char *place_of(struct import_run *run, const struct import_outcome *outcome)
{
    return import_place(run, outcome->table, outcome->line);
}

/* A part that is left out would leave its municipality smaller, without a word. */
static bool check_rejected(struct import_run *run, const struct import_units *units,
                           struct err *err)
{
    for (size_t i = 0; i < run->n_outcomes; i++) {
        const struct import_outcome *outcome = &run->outcomes[i];
        for (size_t u = 0; outcome->codigo && u < units->n; u++)
            if (strcmp(units->all[u].fields[UNIT_CODIGO], outcome->codigo) == 0)
                return err_set(err, ERR_INPUT,
                               "el municipio %s quedaría sin una de sus partes (%s: %s)",
                               outcome->codigo, place_of(run, outcome),
                               import_faults_text(run, outcome, false));
    }
    return true;
}

/* Takes over what the part says and `unit` does not; a field in which they differ is an
 * error. */
static bool join_fields(struct import_run *run, struct import_unit *unit,
                        const struct import_unit *part, struct err *err)
{
    for (int f = UNIT_NOMBRE; f < UNIT_FIELDS; f++) {
        const char *mine = unit->fields[f], *other = part->fields[f];
        if (mine && other && strcmp(mine, other) != 0)
            return err_set(err, ERR_INPUT,
                           "los polígonos del municipio %s no concuerdan: %s «%s» (%s) y «%s» (%s)",
                           unit->fields[UNIT_CODIGO], run->table->fields[f].name, mine,
                           place_of(run, &unit->outcome), other, place_of(run, &part->outcome));
        if (!mine)
            unit->fields[f] = other;
    }
    return true;
}

/* Adds the polygon to geoms[*n]; *sum_m2 grows by its area. */
static bool read_part(struct import_run *run, const struct import_unit *part,
                      struct geo_geom **geoms, size_t *n, double *sum_m2, struct err *err)
{
    struct geo_shape *shape = geo_shape_parse(part->wkb, part->wkb_len, err);
    struct geo_geom *geom = shape ? geo_geos_from_shape(run->geos, shape, err) : NULL;
    if (geom) {
        geoms[(*n)++] = geom;
        *sum_m2 += geo_measure_area(shape);
    }
    geo_shape_free(shape);
    return geom != NULL;
}

static bool keep_polygon(struct import_run *run, struct import_unit *unit,
                         const struct geo_shape *shape, struct err *err)
{
    struct buf wkb;
    buf_init(&wkb);
    geo_shape_put_wkb(shape, true, &wkb);
    unsigned char *kept = buf_failed(&wkb) ? NULL : arena_alloc(run->kept, wkb.len);
    if (kept) {
        memcpy(kept, wkb.data, wkb.len);
        unit->wkb = kept;
        unit->wkb_len = wkb.len;
    }
    buf_free(&wkb);
    return kept || err_no_memory(err);
}

/* Replaces the first unit's polygon by the union of all n; *shared_m2: land in several. */
static bool join_polygons(struct import_run *run, struct import_unit *units, size_t n,
                          double *shared_m2, struct err *err)
{
    struct geo_geom **geoms = malloc(n * sizeof *geoms), *whole = NULL;
    struct geo_shape *shape = NULL;
    size_t read = 0;
    bool ok = geoms || err_no_memory(err);
    *shared_m2 = 0;
    while (ok && read < n)
        ok = read_part(run, &units[read], geoms, &read, shared_m2, err);
    if (ok)
        whole = geo_geos_union(run->geos, geoms, n, err);
    if (whole)
        shape = geo_geos_to_shape(run->geos, whole, GEO_SHAPE_POLYGON, err);
    ok = shape && keep_polygon(run, &units[0], shape, err);
    if (ok)
        *shared_m2 -= geo_measure_area(shape);
    geo_shape_free(shape);
    geo_geos_free_geom(run->geos, whole);
    for (size_t i = 0; i < read; i++)
        geo_geos_free_geom(run->geos, geoms[i]);
    free(geoms);
    return ok;
}

static void join_repairs(struct import_outcome *unit, const struct import_outcome *part)
{
    if (!part->repair)
        return;
    unit->repair = unit->repair ? unit->repair : part->repair;
    unit->before_m2 += part->before_m2;
    unit->after_m2 += part->after_m2;
}

/* "3 polígonos de un municipio, unidos (línea 2, 5, 9)", a warning of the first. */
static bool tell_joined(struct import_run *run, struct import_unit *units, size_t n,
                        double shared_m2, struct err *err)
{
    struct buf text;
    buf_init(&text);
    buf_printf(&text, "%zu polígonos del mismo municipio, unidos (%s ", n,
               units[0].outcome.table->source->place);
    for (size_t i = 0; i < n && i < 8; i++)
        buf_printf(&text, "%s%lld", i ? ", " : "", (long long)units[i].outcome.line);
    buf_puts(&text, n > 8 ? ", …)" : ")");
    if (shared_m2 >= SHARED_M2) {
        buf_puts(&text, "; se superponen en ");
        buf_put_fixed(&text, shared_m2 / 10000, 1);
        buf_puts(&text, " ha, que cuentan una vez");
    }
    bool ok = buf_failed(&text) ? err_no_memory(err)
                                : import_warn_kept(run, &units[0].outcome, text.data, err);
    buf_free(&text);
    return ok;
}

/* The warnings of a part, with its place, become the unit's. */
static bool join_warnings(struct import_run *run, struct import_outcome *unit,
                          const struct import_outcome *part, struct err *err)
{
    for (size_t i = 0; i < part->n_faults; i++) {
        const char *text =
            arena_printf(run->row, "%s: %s", place_of(run, part), part->faults[i].message);
        if (!text)
            return err_no_memory(err);
        if (!import_warn_kept(run, unit, text, err))
            return false;
    }
    return true;
}

/* Joins n units of one code into the first. */
static bool join(struct import_run *run, struct import_unit *units, size_t n, struct err *err)
{
    double shared_m2;
    for (size_t i = 1; i < n; i++) {
        if (!join_fields(run, &units[0], &units[i], err) ||
            !join_warnings(run, &units[0].outcome, &units[i].outcome, err))
            return false;
        join_repairs(&units[0].outcome, &units[i].outcome);
    }
    return n == 1 || (join_polygons(run, units, n, &shared_m2, err) &&
                      tell_joined(run, units, n, shared_m2, err));
}

static bool tell_repair(struct import_run *run, struct import_outcome *outcome, struct err *err)
{
    if (!import_repair_is_large(outcome))
        return true;
    const char *text = import_repair_text(run, outcome);
    return text ? import_warn_kept(run, outcome, text, err) : err_no_memory(err);
}

bool import_units_join(struct import_run *run, struct import_units *units, struct err *err)
{
    size_t kept = 0;
    if (units->n)
        qsort(units->all, units->n, sizeof *units->all, by_code_and_line);
    if (!check_rejected(run, units, err))
        return false;
    for (size_t i = 0, next; i < units->n; i = next) {
        for (next = i + 1; next < units->n && strcmp(units->all[i].fields[UNIT_CODIGO],
                                                     units->all[next].fields[UNIT_CODIGO]) == 0;)
            next++;
        if (!join(run, &units->all[i], next - i, err) ||
            !tell_repair(run, &units->all[i].outcome, err))
            return false;
        arena_reset(run->row);
        units->all[kept++] = units->all[i];
    }
    units->n = kept;
    return true;
}
