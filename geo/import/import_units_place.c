/* import_units_place.c - puts the municipalities of a source where they were meant. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/import/import_units.h"
#include "geo/place/cover.h"
#include "geo/place/rescue_edition.h"

/* One reading for all ------------------------------------------------------------------ */

/* The system of the coordinates before the source transformed them; 0: not known, or not the same
 * for all tables. */
static int epsg_of(const struct import_run *run)
{
    int epsg = run->n_tables ? run->tables[0].source->epsg : 0;
    for (size_t t = 1; t < run->n_tables; t++)
        if (run->tables[t].source->epsg != epsg)
            return 0;
    return epsg;
}

/* The current edition, where municipalities are known to lie; *known NULL: there is none. */
static bool load_known(struct import_run *run, struct geo_edition **known, struct err *err)
{
    struct geo_edition_info current;
    struct err none = {0};
    *known = NULL;
    if (!geo_store_edition(run->store, NULL, &current, &none)) {
        if (none.kind != ERR_NOT_FOUND)
            *err = none;
        return none.kind == ERR_NOT_FOUND;
    }
    return current.units == 0 || (*known = geo_edition_load(run->store, NULL, err)) != NULL;
}

static bool put_unit(struct import_run *run, struct import_unit *unit, const struct buf *moved,
                     const struct geo_rescued *rescued, struct err *err)
{
    const unsigned char *wkb;
    if (!import_settle_polygon(run, moved, &unit->outcome, &wkb, &unit->wkb_len, err))
        return err_wrap(err, "%s", unit->fields[UNIT_CODIGO]);
    unsigned char *kept = arena_alloc(run->kept, unit->wkb_len);
    if (!kept)
        return err_no_memory(err);
    unit->wkb = memcpy(kept, wkb, unit->wkb_len);
    arena_reset(run->row);
    return import_keep_rescued(run, rescued, &unit->outcome, err) &&
           import_keep_texts(run, &unit->outcome, err);
}

static bool tell_moved(struct import_run *run, const struct geo_rescued *rescued, struct err *err)
{
    struct buf text;
    buf_init(&text);
    buf_puts(&text, "los límites venían ");
    import_put_rescue(rescued, &text);
    buf_puts(&text, ": se corrigieron");
    import_put_datum(rescued, &text);
    if (!buf_failed(&text))
        import_units_tell(run, text.data);
    bool ok = !buf_failed(&text) || err_no_memory(err);
    buf_free(&text);
    return ok;
}

static bool put_units(struct import_run *run, struct import_units *units, const struct buf *moved,
                      const struct geo_rescued *rescued, struct err *err)
{
    for (size_t i = 0; i < units->n; i++)
        if (!put_unit(run, &units->all[i], &moved[i], rescued, err))
            return false;
    return tell_moved(run, rescued, err);
}

static bool rescue(struct import_run *run, struct import_units *units,
                   const struct geo_edition *known, struct err *err)
{
    struct geo_source_unit *given = calloc(units->n + 1, sizeof *given);
    struct buf *moved = calloc(units->n + 1, sizeof *moved);
    struct geo_rescued rescued;
    bool ok = (given && moved) || err_no_memory(err);
    for (size_t i = 0; ok && i < units->n; i++) {
        buf_init(&moved[i]);
        given[i] =
            (struct geo_source_unit){.wkb = units->all[i].wkb, .wkb_len = units->all[i].wkb_len};
        snprintf(given[i].unit.codigo, sizeof given[i].unit.codigo, "%s",
                 units->all[i].fields[UNIT_CODIGO]);
    }
    ok = ok && geo_rescue_edition(run->rescue, &known, known != NULL, given, units->n, epsg_of(run),
                                  &rescued, moved, err);
    if (ok && rescued.changed)
        ok = put_units(run, units, moved, &rescued, err);
    for (size_t i = 0; moved && i < units->n; i++)
        buf_free(&moved[i]);
    free(moved);
    free(given);
    return ok;
}

/* In the country ------------------------------------------------------------------------ */

static bool box_of(const struct import_unit *unit, struct geo_box *box, struct err *err)
{
    struct geo_shape *shape = geo_shape_parse(unit->wkb, unit->wkb_len, err);
    if (shape)
        *box = shape->box;
    geo_shape_free(shape);
    return shape != NULL;
}

/* A municipality near the country, but not near enough. */
static bool check_places(const struct import_units *units, struct err *err)
{
    struct buf text;
    size_t outside = 0;
    bool ok = true;
    buf_init(&text);
    for (size_t i = 0; ok && i < units->n; i++) {
        struct geo_box box;
        ok = box_of(&units->all[i], &box, err);
        if (!ok || geo_cover_in_country(box) || outside++ >= 4)
            continue;
        buf_printf(&text, "%s%s (cerca de lon ", text.len ? ", " : "",
                   units->all[i].fields[UNIT_CODIGO]);
        buf_put_fixed(&text, (box.min_x + box.max_x) / 2, 2);
        buf_puts(&text, ", lat ");
        buf_put_fixed(&text, (box.min_y + box.max_y) / 2, 2);
        buf_puts(&text, ")");
    }
    if (ok && outside)
        ok = err_set(err, ERR_INPUT, "%zu de %zu municipios quedan lejos de Bolivia: %s%s", outside,
                     units->n, text.data ? text.data : "", outside > 4 ? ", …" : "");
    buf_free(&text);
    return ok;
}

/* The whole ------------------------------------------------------------------------------ */

bool import_units_place(struct import_run *run, struct import_units *units, struct err *err)
{
    struct geo_edition *known = NULL;
    bool ok =
        load_known(run, &known, err) && rescue(run, units, known, err) && check_places(units, err);
    geo_edition_free(known);
    return ok;
}
