/* import_written.c - the coordinates of a record as its source writes them. */
#include "geo/import/import_written.h"

#include <string.h>
#include <strings.h>

#include "geo/base/text.h"

/* The places while they are gathered. */
struct gathering {
    struct import_run *run;
    const struct geo_source_row *row;
    struct geo_position at;
    struct geo_written *written;
    size_t n;
};

const char *import_written_value(const struct geo_source_row *row, int column)
{
    const char *value = column >= 0 ? row->cells[column].text : NULL;
    return value && value[strspn(value, " \t")] ? value : NULL;
}

static const char *value_of(const struct gathering *to, int column)
{
    return import_written_value(to->row, column);
}

static bool half_missing(const struct gathering *to, int missing, struct err *err)
{
    return err_set(err, ERR_INPUT, "falta la mitad de la coordenada: la columna «%s» está vacía",
                   to->run->at->source->columns[missing]);
}

/* The geometry, in the system of its source. */
static bool gather_geometry(struct gathering *to, struct err *err)
{
    struct buf x, y;
    buf_init(&x);
    buf_init(&y);
    buf_put_real(&x, to->row->x);
    buf_put_real(&y, to->row->y);
    struct geo_written *written = &to->written[to->n++];
    *written = (struct geo_written){.epsg = to->run->options->epsg ? to->run->options->epsg
                                                                   : to->run->at->source->epsg};
    if (!buf_failed(&x) && !buf_failed(&y)) {
        written->first = arena_strdup(to->run->row, x.data);
        written->second = arena_strdup(to->run->row, y.data);
    }
    buf_free(&x);
    buf_free(&y);
    return (written->first && written->second) || err_no_memory(err);
}

/* Minutes and seconds that have columns of their own: "65", "10", "31.08" -> 65°10'31.08". */
static bool add_angle(const struct gathering *to, const char **degrees, int min, int sec,
                      struct err *err)
{
    const char *minutes = value_of(to, min), *seconds = value_of(to, sec);
    if (min < 0)
        return true;
    if (!minutes)
        return half_missing(to, min, err);
    *degrees = arena_printf(to->run->row, "%s°%s'%s%s", *degrees, minutes, seconds ? seconds : "",
                            seconds ? "\"" : "");
    return *degrees || err_no_memory(err);
}

/* The word for a datum that geo/place/coords.h reads; NULL: it is none that is known. */
static const char *datum_word(const char *text)
{
    static const char *const words[][2] = {
        {"psad", "PSAD56"},   {"sudameric", "PSAD56"}, {"1956", "PSAD56"},   {"wgs", "WGS84"},
        {"margen", "margen"}, {"sirgas", "margen"},    {"EPSG:327", "WGS84"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasestr(text, words[i][0]))
            return words[i][1];
    return NULL;
}

/* Adds the zone and the datum that stand in columns of their own, or the datum that the heading
 * has: "Este (PSAD56)". */
static bool add_frame(const struct gathering *to, const char **first, int column, int zone,
                      struct err *err)
{
    const char *number = value_of(to, zone), *datum = value_of(to, to->at.datum), *word = NULL;
    if (datum && !(word = datum_word(datum)))
        return err_set(err, ERR_INPUT,
                       "el datum «%.*s» no se conoce; se acepta WGS84, PSAD56 o MARGEN (SIRGAS)",
                       text_cut(datum, 40), datum);
    if (!datum)
        word = datum_word(to->run->at->source->columns[column]);
    if (number || word)
        *first = arena_printf(to->run->row, "%s%s%s%s%s", *first, number ? " zona " : "",
                              number ? number : "", word ? " " : "", word ? word : "");
    return *first || err_no_memory(err);
}

/* A pair of columns, if both have values. */
static bool gather_pair(struct gathering *to, int first, int second, bool degrees, struct err *err)
{
    struct geo_written written = {value_of(to, first), value_of(to, second),
                                  to->run->options->epsg};
    if (first < 0 || (!written.first && !written.second))
        return true;
    if (!written.first || !written.second)
        return to->n > 0 || half_missing(to, written.first ? second : first, err);
    if (degrees && (!add_angle(to, &written.first, to->at.lon_min, to->at.lon_sec, err) ||
                    !add_angle(to, &written.second, to->at.lat_min, to->at.lat_sec, err)))
        return false;
    if (!add_frame(to, &written.first, first, degrees ? -1 : to->at.zone, err))
        return false;
    to->written[to->n++] = written;
    return true;
}

bool import_written(struct import_run *run, const struct geo_source_row *row,
                    struct geo_written written[IMPORT_WRITTEN_MAX], size_t *n, struct err *err)
{
    struct gathering to = {run, row, geo_fields_position(run->fields), written, 0};
    const char *text = value_of(&to, to.at.text);
    *n = 0;
    if ((row->shape == GEO_SOURCE_POINT && !gather_geometry(&to, err)) ||
        !gather_pair(&to, to.at.lon, to.at.lat, true, err) ||
        !gather_pair(&to, to.at.x, to.at.y, false, err))
        return false;
    if (text)
        written[to.n++] = (struct geo_written){.first = text, .epsg = run->options->epsg};
    *n = to.n;
    return true;
}
