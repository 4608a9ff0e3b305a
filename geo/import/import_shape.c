/* import_shape.c - takes lines and polygons: mends them, and puts them where they were meant.
 *
 * The source repairs a polygon before it is known where it was meant, because a repair may take
 * long or fail, and the source's process may be ended. A repair does not depend on the order,
 * signs or units of the numbers, but its areas do: they are scaled once the place is known.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/number.h"
#include "geo/import/import_declared.h"
#include "geo/import/import_run.h"
#include "geo/place/measure.h"
#include "geo/place/rescue_shape.h"
#include "geo/place/utm.h"

/* Repairs ----------------------------------------------------------------------------- */

bool import_repair_is_large(const struct import_outcome *outcome)
{
    return outcome->repair && fabs(outcome->after_m2 - outcome->before_m2) >
                                  IMPORT_REPAIR_TOLD * fabs(outcome->before_m2);
}

const char *import_repair_text(struct import_run *run, const struct import_outcome *outcome)
{
    /* A hole that is larger than its shell leaves nothing. */
    double before_ha = fmax(outcome->before_m2, 0) / 1e4, after_ha = outcome->after_m2 / 1e4;
    int decimals = fmax(fabs(before_ha), after_ha) < 10 ? 3 : 1;
    struct buf text;
    buf_init(&text);
    buf_printf(&text, "se reparó (%s): ", outcome->repair);
    number_put_sentence(&text, "de # ha a # ha", decimals, before_ha, decimals, after_ha);
    const char *kept = buf_failed(&text) ? NULL : arena_strdup(run->row, text.data);
    buf_free(&text);
    return kept;
}

/* Takes the polygon, repaired by the source if it was invalid. */
static bool take_polygon(struct import_run *run, const struct geo_source_row *row,
                         struct geo_record *record, struct import_outcome *outcome, struct err *err)
{
    if (row->unrepaired != ERR_NONE)
        return err_set(err, row->unrepaired, "%s", row->unrepaired_why);
    record->wkb = row->wkb;
    record->wkb_len = row->wkb_len;
    if (!row->repair.changed)
        return true;
    outcome->repair = arena_strdup(run->kept, row->repair.reason);
    if (!outcome->repair)
        return err_no_memory(err);
    struct geo_shape *shape = geo_shape_parse_plane(record->wkb, record->wkb_len, err);
    if (!shape)
        return false;
    outcome->after_m2 = geo_measure_area_unplaced(shape);
    outcome->before_m2 = outcome->after_m2 - row->repair.change_m2;
    geo_shape_free(shape);
    return true;
}

bool import_read_shape(struct import_run *run, const struct geo_source_row *row,
                       struct geo_record *record, struct import_outcome *outcome, struct err *err)
{
    const struct geo_table *table = run->table;
    struct err bad = {0};
    if (table->geometry == GEO_NO_GEOMETRY || run->misplaced)
        return true; /* it is not stored */
    if (row->note)
        import_warn(run, NULL, "%s", row->note);
    if (row->shape == GEO_SOURCE_POLYGON)
        return import_go_on(run, NULL, take_polygon(run, row, record, outcome, &bad), &bad, err);
    if (row->shape == GEO_SOURCE_LINE) {
        record->wkb = row->wkb;
        record->wkb_len = row->wkb_len;
    } else if (table->bounds && record->wkb_len == 0)
        import_refuse(run, NULL, "el registro no tiene polígono");
    return true;
}

/* Places ------------------------------------------------------------------------------ */

void import_put_rescue(const struct geo_rescued *rescued, struct buf *out)
{
    bool degrees = fabs(rescued->written_x) <= 180 && fabs(rescued->written_y) <= 180;
    const char *part = "";
    if (strstr(rescued->how, "invertidas")) {
        buf_puts(out, degrees ? "con latitud y longitud cambiadas" : "con norte y este cambiados");
        part = ", ";
    }
    if (strstr(rescued->how, "signo")) {
        buf_printf(out, "%ssin el signo menos", part);
        part = ", ";
    }
    if (strstr(rescued->how, "utm_zona"))
        buf_printf(out, "%scon otra zona UTM, o sin ella (es %s)", part, rescued->crs);
    if (strstr(rescued->how, "mercator"))
        buf_printf(out, "%sen metros de Web Mercator", part);
}

/* The areas of a repair at the place where the polygon now lies. */
static bool settle_repair(struct import_run *run, const struct geo_shape *shape,
                          const struct geo_repair *again, struct import_outcome *outcome,
                          struct err *err)
{
    double area_m2 = geo_measure_area(shape);
    if (!outcome->repair && !again->changed)
        return true;
    if (outcome->repair) {
        double scale = outcome->after_m2 > 0 ? area_m2 / outcome->after_m2 : 0;
        outcome->before_m2 *= scale;
    } else {
        outcome->repair = arena_strdup(run->kept, again->reason);
        outcome->before_m2 = area_m2 - again->change_m2;
    }
    outcome->after_m2 = area_m2;
    return outcome->repair || err_no_memory(err);
}

/* Repaired anew, because projecting rounds. */
bool import_settle_polygon(struct import_run *run, const struct buf *moved,
                           struct import_outcome *outcome, const unsigned char **wkb,
                           size_t *wkb_len, struct err *err)
{
    struct geo_repair again;
    struct geo_shape *shape = NULL;
    struct buf valid;
    buf_init(&valid);
    bool ok = geo_geos_repair_wkb(run->geos, (const unsigned char *)moved->data, moved->len, &valid,
                                  &again, err);
    unsigned char *kept = ok ? arena_alloc(run->row, valid.len) : NULL;
    if (ok && !kept)
        ok = err_no_memory(err);
    if (ok) {
        memcpy(kept, valid.data, valid.len);
        *wkb = kept;
        *wkb_len = valid.len;
    }
    ok = ok && (shape = geo_shape_parse(*wkb, *wkb_len, err)) != NULL &&
         settle_repair(run, shape, &again, outcome, err);
    geo_shape_free(shape);
    buf_free(&valid);
    return ok;
}

static bool settle_line(struct import_run *run, const struct buf *moved, struct geo_record *record,
                        struct err *err)
{
    unsigned char *kept = arena_alloc(run->row, moved->len);
    if (!kept)
        return err_no_memory(err);
    memcpy(kept, moved->data, moved->len);
    record->wkb = kept;
    record->wkb_len = moved->len;
    return true;
}

void import_put_datum(const struct geo_rescued *rescued, struct buf *out)
{
    int zone = rescued->datum_uncertain ? geo_utm_zone(atoi(rescued->crs + strlen("EPSG:"))) : 0;
    if (zone)
        buf_printf(out, "; el datum se supone WGS 84 (si es PSAD56, indique --crs EPSG:%d)",
                   geo_utm_code(GEO_DATUM_PSAD56, zone, false));
}

/* Keeps what the file had, for those who look at the record later: the first vertex tells the
 * order, the signs and the units of all. */
static bool keep_written(struct import_run *run, const struct geo_rescued *rescued,
                         struct import_outcome *outcome, struct err *err)
{
    struct buf text;
    buf_init(&text);
    buf_put_real(&text, rescued->written_x);
    buf_puts(&text, " ; ");
    buf_put_real(&text, rescued->written_y);
    buf_printf(&text, " (primero de %zu vértices)", rescued->vertices);
    outcome->written = buf_failed(&text) ? NULL : arena_strdup(run->row, text.data);
    buf_free(&text);
    import_set_text(run, "coordenada_original", outcome->written);
    return outcome->written || err_no_memory(err);
}

/* Layers without the field `rescate` would keep no word of it. */
static bool tell_moved(struct import_run *run, const struct geo_rescued *rescued, struct err *err)
{
    struct buf how;
    if (geo_table_field(run->table, "rescate") >= 0)
        return true;
    buf_init(&how);
    import_put_rescue(rescued, &how);
    buf_puts(&how, ": se corrigió");
    import_put_datum(rescued, &how);
    if (!buf_failed(&how))
        import_warn(run, NULL, "la geometría venía %s", how.data);
    bool ok = !buf_failed(&how) || err_no_memory(err);
    buf_free(&how);
    return ok;
}

const char *import_unnamed_system(const struct import_run *run)
{
    const struct geo_source_table *source = run->at->source;
    bool named = source->epsg || !source->crs[0] || strcmp(source->crs, "OGC:CRS84") == 0;
    return named ? NULL : source->crs;
}

bool import_place_shape(struct import_run *run, const struct geo_source_row *row,
                        const struct declared_unit *declared, struct geo_record *record,
                        struct import_outcome *outcome, struct err *err)
{
    const struct geo_written_shape written = {row->wkb, row->wkb_len, run->at->source->epsg,
                                              import_unnamed_system(run)};
    bool polygon = row->shape == GEO_SOURCE_POLYGON;
    struct geo_rescued rescued;
    struct err bad = {0};
    struct buf moved;
    if ((!polygon && row->shape != GEO_SOURCE_LINE) || record->wkb_len == 0)
        return true;
    buf_init(&moved);
    bool ok = geo_rescue_shape(run->rescue, declared->edition, declared->unit, &written, &rescued,
                               &moved, &bad);
    if (ok && rescued.changed)
        ok = (polygon ? import_settle_polygon(run, &moved, outcome, &record->wkb, &record->wkb_len,
                                              &bad)
                      : settle_line(run, &moved, record, &bad)) &&
             import_keep_rescued(run, &rescued, outcome, &bad) &&
             keep_written(run, &rescued, outcome, &bad) && tell_moved(run, &rescued, &bad);
    buf_free(&moved);
    if (!ok)
        record->wkb_len = 0; /* it lies nowhere, and is not to be measured */
    return import_go_on(run, NULL, ok, &bad, err);
}
