/* import_units_check.c - checks that the municipalities of a source can be an edition. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/import/import_units.h"
#include "geo/place/boundaries.h"
#include "geo/place/cover.h"

struct units_check_sources {
    struct geo_source_unit *all;
    size_t n, cap;
    struct arena *arena;
    bool failed;
};

static bool add_source(struct units_check_sources *sources, const char *codigo, const char *nombre,
                       const unsigned char *wkb, size_t wkb_len)
{
    if (!array_reserve(sources->all, sources->cap, sources->n + 1))
        return !(sources->failed = true);
    struct geo_source_unit unit = {.wkb = wkb, .wkb_len = wkb_len};
    snprintf(unit.unit.codigo, sizeof unit.unit.codigo, "%s", codigo);
    unit.unit.nombre = nombre;
    unit.unit.provincia = unit.unit.departamento = unit.unit.uo = "";
    sources->all[sources->n++] = unit;
    return true;
}

static bool add_water(void *arg, const struct geo_record *record)
{
    struct units_check_sources *water = arg;
    unsigned char *wkb = arena_alloc(water->arena, record->wkb_len);
    if (!wkb)
        return !(water->failed = true);
    if (record->wkb_len)
        memcpy(wkb, record->wkb, record->wkb_len);
    return record->wkb_len == 0 || add_source(water, "", "", wkb, record->wkb_len);
}

static bool is_warning(const struct geo_boundaries_finding *finding)
{
    return finding->kind == GEO_BOUNDARIES_GAP || finding->kind == GEO_BOUNDARIES_ISLAND;
}

/* Overlaps and the like, all in one message. */
static bool check_fit(const struct geo_boundaries_report *report, struct err *err)
{
    struct buf text;
    size_t listed = 0;
    buf_init(&text);
    for (size_t i = 0; i < report->n; i++)
        if (!is_warning(&report->findings[i]) && listed++ < 8) {
            buf_puts(&text, text.len ? "; " : "");
            geo_boundaries_describe(&report->findings[i], &text);
        }
    if (listed > 8)
        buf_printf(&text, "; y %zu más", listed - 8);
    bool ok = report->fit || err_set(err, ERR_INPUT, "los límites no sirven como edición: %s",
                                     text.data ? text.data : "");
    buf_free(&text);
    return ok;
}

/* Gaps and islands. */
static void tell_land(struct import_run *run, const struct geo_boundaries_report *report)
{
    run->summary->units_overlaps = (int64_t)report->n_overlaps;
    run->summary->units_gaps = (int64_t)report->n_gaps;
    run->summary->gaps_m2 = report->gaps_m2;
    for (size_t i = 0; i < report->n; i++) {
        struct buf text;
        if (!is_warning(&report->findings[i]))
            continue;
        buf_init(&text);
        geo_boundaries_describe(&report->findings[i], &text);
        if (!buf_failed(&text))
            import_units_tell(run, text.data);
        buf_free(&text);
    }
}

/* Covering it -------------------------------------------------------------------- */

/* A point inside each municipality of the current edition. */
struct units_check_places {
    struct import_run *run;
    struct geo_cover_place *all;
    const char **names; /* theirs, in run->kept */
    size_t n, cap, cap_names;
    struct err *err;
    bool failed;
};

static bool add_place(void *arg, const struct geo_record *record)
{
    struct units_check_places *places = arg;
    struct geo_geos *geos = places->run->geos;
    places->failed = true;
    if (record->wkb_len == 0)
        return !(places->failed = false);
    const char *name = geo_record_text(record, UNIT_NOMBRE);
    if (!array_reserve(places->all, places->cap, places->n + 1) ||
        !array_reserve(places->names, places->cap_names, places->n + 1) ||
        !(places->names[places->n] = arena_strdup(places->run->kept, name ? name : "")))
        return err_no_memory(places->err);
    struct geo_cover_place *place = &places->all[places->n];
    *place = (struct geo_cover_place){.covered = false};
    snprintf(place->codigo, sizeof place->codigo, "%s", geo_record_text(record, UNIT_CODIGO));
    struct geo_shape *shape = geo_shape_parse(record->wkb, record->wkb_len, places->err);
    struct geo_geom *geom = shape ? geo_geos_from_shape(geos, shape, places->err) : NULL;
    places->failed =
        !geom || !geo_geos_inside(geos, geom, &place->lon_deg, &place->lat_deg, places->err);
    places->n += !places->failed;
    geo_geos_free_geom(geos, geom);
    geo_shape_free(shape);
    return !places->failed;
}

/* "Beni, Pando y parte de La Paz". */
static void put_missing(const struct geo_cover *cover, struct buf *out)
{
    size_t n = 0, left = 0;
    bool none;
    for (int d = 0; d < GEO_COVER_DEPARTMENTS; d++)
        left += geo_cover_lacks(cover, d, &none);
    for (int d = 0; d < GEO_COVER_DEPARTMENTS; d++) {
        const char code[] = {'0', (char)('0' + d), '\0'};
        if (!geo_cover_lacks(cover, d, &none))
            continue;
        const char *name = import_units_department(code);
        buf_puts(out, n == 0 ? "" : n + 1 == left ? " y " : ", ");
        buf_puts(out, none ? "" : "parte de ");
        buf_puts(out, name ? name : "otros");
        n++;
    }
}

static bool refuse(const struct import_run *run, const struct geo_edition_info *current,
                   const struct geo_cover *cover, struct err *err)
{
    struct buf missing;
    buf_init(&missing);
    put_missing(cover, &missing);
    err_set(err, ERR_INPUT,
            "cubre %zu de los %zu municipios de la edición vigente (%s)%s%s: los registros de los "
            "demás quedarían fuera. Para ser la vigente, una edición cubre el país entero%s",
            cover->country.covered, cover->country.places, current->codigo,
            missing.len ? "; faltan: " : "", missing.len ? missing.data : "",
            strcmp(current->codigo, run->options->edition) == 0
                ? "; una parcial se carga con otro código (--edition) y --keep-current"
                : "; una parcial se carga con --keep-current");
    buf_free(&missing);
    return false;
}

/* Municipalities of which an edition that covers enough says nothing. */
static void tell_uncovered(struct import_run *run, const struct units_check_places *places,
                           const struct geo_cover *cover)
{
    struct buf text;
    size_t n = 0, missing = cover->country.places - cover->country.covered;
    if (missing == 0)
        return;
    buf_init(&text);
    buf_printf(&text, "no cubre %zu de los %zu municipios de la edición vigente: ", missing,
               cover->country.places);
    for (size_t i = 0; i < places->n && n < 8; i++)
        if (!places->all[i].covered)
            buf_printf(&text, "%s%s", n++ ? ", " : "", places->all[i].codigo);
    buf_puts(&text, missing > n ? ", …" : "");
    if (!buf_failed(&text))
        import_units_tell(run, text.data);
    buf_free(&text);
}

/* Where there is no edition yet, the departments without a municipality are told. */
static void tell_first(struct import_run *run, const struct import_units *units)
{
    bool has[GEO_COVER_DEPARTMENTS] = {false};
    struct geo_cover cover = {.country = {0, 0}};
    struct buf text;
    for (size_t i = 0; i < units->n; i++)
        has[units->all[i].fields[UNIT_CODIGO][1] - '0'] = true;
    for (int d = 1; d < GEO_COVER_DEPARTMENTS; d++)
        cover.departments[d] = (struct geo_cover_tally){1, has[d]};
    if (geo_cover_is_whole(&cover))
        return;
    buf_init(&text);
    buf_puts(&text, "la edición no tiene municipios de ");
    put_missing(&cover, &text);
    buf_puts(&text, ": los registros de allí quedarán fuera");
    if (!buf_failed(&text))
        import_units_tell(run, text.data);
    buf_free(&text);
}

static bool check_cover(struct import_run *run, const struct import_units *units,
                        const struct units_check_sources *all,
                        const struct units_check_sources *water, struct err *err)
{
    struct geo_edition_info current;
    struct err none = {0};
    struct geo_cover cover;
    if (!geo_store_edition(run->store, NULL, &current, &none)) {
        if (none.kind == ERR_NOT_FOUND)
            tell_first(run, units);
        else
            *err = none;
        return none.kind == ERR_NOT_FOUND;
    }
    struct units_check_places places = {.run = run, .err = err};
    struct geo_query query = {.field = "edicion", .equals = current.codigo};
    bool ok =
        geo_store_each(run->store, run->table, &query, add_place, &places, err) && !places.failed &&
        geo_cover_count(all->all, all->n, water->all, water->n, places.all, places.n, &cover, err);
    if (ok && !geo_cover_is_whole(&cover))
        ok = refuse(run, &current, &cover, err);
    else if (ok) {
        const struct import_units_earlier earlier = {current.codigo, places.all, places.names,
                                                     places.n};
        tell_uncovered(run, &places, &cover);
        ok = import_units_same(run, units, &earlier, &cover, err);
    }
    free(places.all);
    free(places.names);
    return ok;
}

/* The whole ---------------------------------------------------------------------- */

bool import_units_check(struct import_run *run, const struct import_units *units, bool current,
                        struct err *err)
{
    struct units_check_sources all = {.arena = run->kept}, water = {.arena = run->kept};
    struct geo_boundaries_report report = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < units->n; i++)
        ok = add_source(&all, units->all[i].fields[UNIT_CODIGO], units->all[i].fields[UNIT_NOMBRE],
                        units->all[i].wkb, units->all[i].wkb_len) ||
             err_no_memory(err);
    ok = ok &&
         geo_store_each(run->store, geo_table_find("cuerpos_agua"), NULL, add_water, &water, err);
    if (ok && water.failed)
        ok = err_no_memory(err);
    ok = ok && geo_boundaries_check(all.all, all.n, water.all, water.n, &report, err) &&
         check_fit(&report, err) && (!current || check_cover(run, units, &all, &water, err));
    if (ok)
        tell_land(run, &report);
    geo_boundaries_report_free(&report);
    free(all.all);
    free(water.all);
    return ok;
}
