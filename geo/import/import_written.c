/* import_written.c - the coordinates of a row as they are written: its geometry, and its columns.
 *
 * A row may have several: degrees, metres and a text. The first one is taken; another one that
 * says something else is told.
 */
#include "geo/import/import_written.h"

#include <string.h>

#include "geo/place/measure.h"

/* Rounding to two decimals of a degree, and another datum, move a point less. */
static const double apart_m = 1000;

const char *import_cell(const struct geo_source_row *row, int column)
{
    const char *value = column >= 0 ? row->cells[column].text : NULL;
    return value && value[strspn(value, " \t")] ? value : NULL;
}

/* The numbers of the row's own geometry, in the system of its table. */
static bool add_point(struct import_run *run, const struct geo_source_row *row,
                      struct import_places *places, struct err *err)
{
    struct import_place_written *one = &places->of[places->n++];
    struct buf x, y;
    buf_init(&x);
    buf_init(&y);
    buf_put_real(&x, row->x);
    buf_put_real(&y, row->y);
    *one = (struct import_place_written){.column = -1};
    if (!buf_failed(&x) && !buf_failed(&y)) {
        one->written.first = arena_strdup(run->row, x.data);
        one->written.second = arena_strdup(run->row, y.data);
    }
    buf_free(&x);
    buf_free(&y);
    one->written.epsg = run->options->epsg ? run->options->epsg : run->at->source->epsg;
    return (one->written.first && one->written.second) || err_no_memory(err);
}

/* A pair of columns. Half of one is an error where no coordinate stands before it, and else told.
 */
static bool add_pair(struct import_run *run, const struct geo_source_row *row, int first,
                     int second, struct import_places *places, struct err *err)
{
    const char *x = import_cell(row, first), *y = import_cell(row, second);
    if (first < 0 || (!x && !y))
        return true;
    if (x && y) {
        places->of[places->n++] =
            (struct import_place_written){.written = {x, y, run->options->epsg}, .column = first};
        return true;
    }
    const char *missing = run->at->source->columns[x ? second : first];
    if (places->n == 0)
        return err_set(err, ERR_INPUT,
                       "falta la mitad de la coordenada: la columna «%s» está vacía", missing);
    import_warn(run, NULL, "la columna «%s» está vacía, y la otra mitad de su coordenada no se usó",
                missing);
    return true;
}

bool import_find_places(struct import_run *run, const struct geo_source_row *row,
                        struct import_places *places, struct err *err)
{
    struct geo_position at = geo_fields_position(run->fields);
    const char *text = import_cell(row, at.text);
    *places = (struct import_places){0};
    if (row->shape == GEO_SOURCE_POINT && !add_point(run, row, places, err))
        return false;
    if (!add_pair(run, row, at.lon, at.lat, places, err) ||
        !add_pair(run, row, at.x, at.y, places, err))
        return false;
    if (text)
        places->of[places->n++] = (struct import_place_written){
            .written = {text, NULL, run->options->epsg}, .column = at.text};
    return true;
}

/* "-19.04, -65.26", or the text. */
static const char *shown(struct import_run *run, const struct geo_written *written)
{
    return written->second ? arena_printf(run->row, "%s, %s", written->first, written->second)
                           : written->first;
}

bool import_compare_places(struct import_run *run, const struct import_places *places,
                           const struct declared_unit *declared, double lon_deg, double lat_deg,
                           struct err *err)
{
    for (size_t i = 1; i < places->n; i++) {
        const struct import_place_written *other = &places->of[i];
        const char *heading = run->at->source->columns[other->column];
        const char *text = shown(run, &other->written);
        struct geo_rescued there;
        struct err bad = {0};
        if (!text)
            return err_no_memory(err);
        if (!geo_rescue_point(run->rescue, declared->edition, declared->unit, &other->written,
                              &there, &bad)) {
            if (bad.kind != ERR_INPUT) {
                *err = bad;
                return false;
            }
            import_warn(run, NULL,
                        "la coordenada de la columna «%s» («%s») no se usó: no se "
                        "puede ubicar, y hay otra",
                        heading, text);
            continue;
        }
        double m = geo_measure_distance(lon_deg, lat_deg, there.lon_deg, there.lat_deg);
        if (m > apart_m)
            import_warn(run, NULL,
                        "la coordenada de la columna «%s» («%s») no se usó: dista %.1f "
                        "km de la que se guardó",
                        heading, text, m / 1000);
    }
    return true;
}
