/* import_written.c - the coordinates of a record as its source writes them. */
#include "geo/import/import_written.h"

#include <string.h>
#include <strings.h>

#include "geo/base/number.h"
#include "geo/base/text.h"
#include "geo/place/measure.h"

/* The places while they are gathered. */
struct gathering {
    struct import_run *run;
    const struct geo_source_row *row;
    struct geo_position at;
    struct import_places *places;
};

const char *import_written_value(const struct geo_source_row *row, int column)
{
    const char *value = column >= 0 ? row->cells[column].text : NULL;
    const char *start = value ? value + strspn(value, " \t") : "";
    return start[0] && !column_facts_no_data(start) ? value : NULL;
}

static const char *value_of(const struct gathering *to, int column)
{
    return import_written_value(to->row, column);
}

static bool half_missing(const struct gathering *to, int missing, struct err *err)
{
    to->places->half = true;
    to->places->empty = missing;
    return err_set(err, ERR_INPUT, "falta la mitad de la coordenada: la columna «%s» está vacía",
                   to->run->at->source->columns[missing]);
}

static struct geo_written *add(struct gathering *to, int column)
{
    to->places->columns[to->places->n] = column;
    return &to->places->of[to->places->n++];
}

/* The geometry, in the system of its source. */
static bool gather_geometry(struct gathering *to, struct err *err)
{
    struct buf x, y;
    buf_init(&x);
    buf_init(&y);
    buf_put_real(&x, to->row->x);
    buf_put_real(&y, to->row->y);
    struct geo_written *written = add(to, -1);
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
        {"psad", "PSAD56"},      {"sudameric", "PSAD56"}, {"1956", "PSAD56"},
        {"sudam. 56", "PSAD56"}, {"canoa", "PSAD56"},     {"EPSG:248", "PSAD56"},
        {"wgs", "WGS84"},        {"EPSG:327", "WGS84"},   {"EPSG:4326", "WGS84"},
        {"margen", "margen"},    {"sirgas", "margen"},    {"EPSG:535", "margen"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasestr(text, words[i][0]))
            return words[i][1];
    return NULL;
}

/* Words of a system that say no datum: "UTM", "Geográficas". */
static bool is_kind(const char *text)
{
    static const char *const kinds[] = {"utm", "geogr", "grado", "decimal", "lat", "gps"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcasestr(text, kinds[i]) && !strpbrk(text, "3456789"))
            return true;
    return false;
}

/* Adds the zone and the datum that stand in columns of their own, or the datum that the heading
 * has: "Este (PSAD56)". */
static bool add_frame(const struct gathering *to, const char **first, int column, int zone,
                      struct err *err)
{
    const char *number = value_of(to, zone), *datum = value_of(to, to->at.datum), *word = NULL;
    if (datum && !(word = datum_word(datum)) && !is_kind(datum))
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

/* A whole coordinate stands before it. */
static bool half_of_another(const struct gathering *to, int missing)
{
    if (to->places->n > 0)
        import_warn(to->run, NULL,
                    "la columna «%s» está vacía, y la otra mitad de su coordenada no se usó",
                    to->run->at->source->columns[missing]);
    return to->places->n > 0;
}

/* A pair of columns, if both have values. */
static bool gather_pair(struct gathering *to, int first, int second, bool degrees, struct err *err)
{
    struct geo_written written = {value_of(to, first), value_of(to, second),
                                  to->run->options->epsg};
    if (first < 0 || (!written.first && !written.second))
        return true;
    if (!written.first || !written.second)
        return half_of_another(to, written.first ? second : first) ||
               half_missing(to, written.first ? second : first, err);
    if (degrees && (!add_angle(to, &written.first, to->at.lon_min, to->at.lon_sec, err) ||
                    !add_angle(to, &written.second, to->at.lat_min, to->at.lat_sec, err)))
        return false;
    if (!add_frame(to, &written.first, first, degrees ? -1 : to->at.zone, err))
        return false;
    *add(to, first) = written;
    return true;
}

bool import_written(struct import_run *run, const struct geo_source_row *row,
                    struct import_places *places, struct err *err)
{
    struct gathering to = {run, row, geo_fields_position(run->fields), places};
    const char *text = value_of(&to, to.at.text);
    *places = (struct import_places){0};
    if ((row->shape == GEO_SOURCE_POINT && !gather_geometry(&to, err)) ||
        !gather_pair(&to, to.at.lon, to.at.lat, true, err) ||
        !gather_pair(&to, to.at.x, to.at.y, false, err))
        return false;
    if (text)
        *add(&to, to.at.text) = (struct geo_written){.first = text, .epsg = run->options->epsg};
    return true;
}

/* apart_m below 0: it cannot be placed. */
static bool tell_apart(struct import_run *run, const struct geo_written *written, int column,
                       double apart_m, struct err *err)
{
    const char *text =
        arena_printf(run->row, "la coordenada de la columna «%s» («%s%s%s») no se usó",
                     run->at->source->columns[column], written->first, written->second ? ", " : "",
                     written->second ? written->second : "");
    struct buf where;
    if (!text)
        return err_no_memory(err);
    buf_init(&where);
    if (apart_m >= 0)
        number_put_sentence(&where, "dista # km de la que se guardó", 1, apart_m / 1000);
    else
        buf_puts(&where, "no se puede ubicar, y hay otra");
    import_warn(run, NULL, "%s: %s", text, where.data ? where.data : "");
    bool ok = !buf_failed(&where);
    buf_free(&where);
    return ok || err_no_memory(err);
}

bool import_written_compare(struct import_run *run, const struct declared_unit *declared,
                            const struct import_places *places, double lon_deg, double lat_deg,
                            struct err *err)
{
    for (size_t i = 1; i < places->n; i++) {
        struct geo_rescued other;
        struct err bad = {0};
        double apart_m = -1;
        if (geo_rescue_point(run->rescue, declared->edition, declared->unit, &places->of[i], &other,
                             &bad))
            apart_m = geo_measure_distance(lon_deg, lat_deg, other.lon_deg, other.lat_deg);
        else if (bad.kind != ERR_INPUT) {
            *err = bad;
            return false;
        }
        if ((apart_m < 0 || apart_m > IMPORT_WRITTEN_APART_M) &&
            !tell_apart(run, &places->of[i], places->columns[i], apart_m, err))
            return false;
    }
    return true;
}
