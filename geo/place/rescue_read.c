/* rescue_read.c - lists the possible readings of a coordinate: order, sign, zone, datum. */
#include "geo/place/rescue_read.h"

#include <math.h>

enum { FIRST_ZONE = 19, LAST_ZONE = 21 };

/* Codes ------------------------------------------------------------------- */

static int degrees_code(enum geo_datum datum)
{
    return datum == GEO_DATUM_PSAD56 ? 4248 : datum == GEO_DATUM_MARGEN ? 5354 : 0;
}

/* Readings ------------------------------------------------------------------ */

static bool add(struct geo_crs *crs, struct readings *readings, struct rescue_reading reading,
                double x, double y)
{
    double xy[2] = {x, y};
    if (reading.epsg && !geo_crs_to_lonlat(crs, reading.epsg, xy, 1, NULL))
        return false;
    if (!(fabs(xy[0]) <= 180 && fabs(xy[1]) <= 90) || readings->n == READINGS_MAX)
        return false;
    reading.lon = xy[0];
    reading.lat = xy[1];
    reading.said |= RESCUE_SWAPPED | RESCUE_SIGN;
    double shifted[2] = {x, y};
    if (reading.shifted && geo_crs_to_lonlat(crs, reading.shifted, shifted, 1, NULL)) {
        reading.shifted_lon = shifted[0];
        reading.shifted_lat = shifted[1];
    } else
        reading.shifted = 0;
    readings->all[readings->n++] = reading;
    return true;
}

/* The possible orders: bit 1: first is x; bit 2: first is y. *stated: the order that
 * columns or letters state; 0: both are equally likely. */
static unsigned orders_of(const struct geo_coords *coords, unsigned *stated)
{
    enum geo_axis first = coords->first.axis, second = coords->second.axis;
    if (first == GEO_AXIS_X || second == GEO_AXIS_Y)
        return *stated = 1;
    if (first == GEO_AXIS_Y || second == GEO_AXIS_X)
        return *stated = 2;
    *stated = coords->one_text ? 0 : 1;
    return 3;
}

static unsigned text_kinds(const struct geo_coords *coords)
{
    static const unsigned of_form[] = {
        [GEO_FORM_LINK] = RESCUE_LINK,
        [GEO_FORM_VIEW] = RESCUE_VIEW,
        [GEO_FORM_MGRS] = RESCUE_MGRS,
        [GEO_FORM_PLUS] = RESCUE_PLUS,
    };
    return (coords->first.sexagesimal || coords->second.sexagesimal ? RESCUE_DMS : 0) |
           (coords->first.comma || coords->second.comma ? RESCUE_COMMA : 0) | of_form[coords->form];
}

/* Two columns given as y, x are swapped, also if letters or labels say so: the
 * report of an import counts them as corrected. */
static unsigned order_kind(const struct geo_coords *coords, unsigned order)
{
    return order == 2 && !coords->one_text ? RESCUE_SWAPPED : 0;
}

static void read_degrees(struct geo_crs *crs, const struct geo_coords *coords,
                         struct readings *readings)
{
    unsigned stated, orders = orders_of(coords, &stated);
    for (unsigned order = 1; order <= 2; order++) {
        if (!(orders & order))
            continue;
        const struct geo_coord *x = order == 1 ? &coords->first : &coords->second;
        const struct geo_coord *y = order == 1 ? &coords->second : &coords->first;
        /* Only a positive number without sign or letter can have lost its sign. */
        bool lost_x = x->value > 0 && !x->sign_known, lost_y = y->value > 0 && !y->sign_known;
        for (int signs = 0; signs < 4; signs++) {
            if (((signs & 1) && !lost_x) || ((signs & 2) && !lost_y))
                continue;
            struct rescue_reading reading = {
                .kinds = text_kinds(coords) | order_kind(coords, order) | (signs ? RESCUE_SIGN : 0),
                .evident = signs == 0 && (stated == 0 || stated == order),
                .epsg = degrees_code(coords->datum),
            };
            add(crs, readings, reading, signs & 1 ? -x->value : x->value,
                signs & 2 ? -y->value : y->value);
        }
    }
}

double rescue_metres(const struct geo_coord *coord)
{
    if (coord->degrees)
        return NAN;
    return fabs(coord->value) >= 1000 || isnan(coord->grouped) ? coord->value : coord->grouped;
}

/* Eastings, also in a neighbouring zone, are -600 to 1,500 km; northings of the country
 * are 7,400 to 8,950 km. So the two ranges do not overlap. */
bool rescue_is_utm(double x_m, double y_m)
{
    return x_m >= -1e6 && x_m <= 2e6 && y_m >= 7e6 && y_m <= 9.5e6;
}

bool rescue_is_mercator(double x_m, double y_m)
{
    return x_m >= -7.9e6 && x_m <= -6.2e6 && y_m >= -2.8e6 && y_m <= -0.9e6;
}

static void read_utm(struct geo_crs *crs, const struct geo_coords *coords,
                     struct readings *readings)
{
    unsigned stated, orders = orders_of(coords, &stated);
    double first = rescue_metres(&coords->first), second = rescue_metres(&coords->second);
    for (unsigned order = 1; order <= 2; order++) {
        double x = order == 1 ? first : second, y = order == 1 ? second : first;
        if (!(orders & order) || !rescue_is_utm(x, y))
            continue;
        for (int zone = FIRST_ZONE; zone <= LAST_ZONE; zone++) {
            struct rescue_reading reading = {
                .kinds = text_kinds(coords) | order_kind(coords, order) | RESCUE_ZONE,
                .zone = zone,
                .epsg = geo_utm_code(coords->datum, zone, false),
                .shifted = coords->datum == GEO_DATUM_OPEN
                               ? geo_utm_code(GEO_DATUM_PSAD56, zone, false)
                               : 0,
            };
            add(crs, readings, reading, x, y);
        }
    }
}

void rescue_read(struct geo_crs *crs, const struct geo_coords *coords, struct readings *out)
{
    out->n = 0;
    if (fabs(coords->first.value) <= 180 && fabs(coords->second.value) <= 180)
        read_degrees(crs, coords, out);
    else
        read_utm(crs, coords, out);
}

bool rescue_read_steps(const struct geo_coords *coords, struct geo_box box, struct readings *out)
{
    double step = coords->step_deg, lon = coords->first.value, lat = coords->second.value;
    int west = (int)ceil((box.min_x - lon) / step), east = (int)floor((box.max_x - lon) / step);
    int south = (int)ceil((box.min_y - lat) / step), north = (int)floor((box.max_y - lat) / step);
    struct rescue_reading reading = {.kinds = text_kinds(coords), .said = RESCUE_PLUS};
    out->n = 0;
    for (int i = west; i <= east; i++)
        for (int k = south; k <= north; k++)
            if (!add(NULL, out, reading, lon + i * step, lat + k * step))
                return false;
    return true;
}

/* A lost decimal point --------------------------------------------------------- */

/* One way to read a number: as degrees of one axis, or as metres. */
struct point_placing {
    double value;
    unsigned kinds;
};

enum { PLACINGS_MAX = 4 };

/* The number with the sign of its letter, if it has one; *lost: it may have lost a minus. */
static double signed_value(const struct geo_coord *coord, bool *lost)
{
    *lost = coord->value > 0 && !coord->sign_known && !coord->hemisphere;
    return coord->hemisphere ? coord->hemisphere * fabs(coord->value) : coord->value;
}

/* Moves the decimal point to the left until the number lies in the range, also with the other
 * sign if it has none. */
static int place_point(const struct geo_coord *coord, double low, double high,
                       struct point_placing *out)
{
    int n = 0;
    bool lost_sign;
    double value = signed_value(coord, &lost_sign);
    for (int moved = 0; moved < 16 && n < PLACINGS_MAX; moved++, value /= 10) {
        unsigned kinds = moved ? RESCUE_POINT : 0;
        if (value >= low && value <= high)
            out[n++] = (struct point_placing){value, kinds};
        else if (lost_sign && -value >= low && -value <= high)
            out[n++] = (struct point_placing){-value, kinds | RESCUE_SIGN};
    }
    return n;
}

/* Reads 651753 as 65°17'53". */
static int place_packed(const struct geo_coord *coord, double low, double high,
                        struct point_placing *out)
{
    double size = fabs(coord->value);
    double degrees = floor(size / 10000), minutes = floor(size / 100) - 100 * degrees;
    double seconds = size - 10000 * degrees - 100 * minutes;
    double value = degrees + (minutes + seconds / 60) / 60;
    bool lost_sign;
    if (size < 10000 || size >= 1e6 || minutes >= 60 || seconds >= 60)
        return 0;
    if (signed_value(coord, &lost_sign) < 0)
        value = -value;
    if (lost_sign && !(value >= low && value <= high))
        value = -value;
    *out = (struct point_placing){value, RESCUE_DMS | (value < 0 && lost_sign ? RESCUE_SIGN : 0)};
    return value >= low && value <= high;
}

static void add_placings(struct geo_crs *crs, struct readings *out, struct rescue_reading like,
                         const struct point_placing *x, int n_x, const struct point_placing *y,
                         int n_y)
{
    for (int i = 0; i < n_x; i++)
        for (int j = 0; j < n_y; j++) {
            struct rescue_reading reading = like;
            reading.kinds |= x[i].kinds | y[j].kinds;
            reading.said = RESCUE_POINT | RESCUE_DMS;
            add(crs, out, reading, x[i].value, y[j].value);
        }
}

/* Metres of Web Mercator, as web maps show them. */
static void add_mercator(struct geo_crs *crs, struct readings *out, struct rescue_reading like,
                         const struct geo_coord *x, const struct geo_coord *y)
{
    if (!rescue_is_mercator(rescue_metres(x), rescue_metres(y)))
        return;
    like.epsg = 3857;
    like.kinds |= RESCUE_MERCATOR;
    like.said = RESCUE_MERCATOR;
    add(crs, out, like, rescue_metres(x), rescue_metres(y));
}

void rescue_read_unlikely(struct geo_crs *crs, const struct geo_coords *coords,
                          struct geo_box country, struct readings *out)
{
    struct point_placing xs[PLACINGS_MAX], ys[PLACINGS_MAX];
    unsigned stated, orders = orders_of(coords, &stated);
    out->n = 0;
    for (unsigned order = 1; order <= 2; order++) {
        const struct geo_coord *x = order == 1 ? &coords->first : &coords->second;
        const struct geo_coord *y = order == 1 ? &coords->second : &coords->first;
        if (!(orders & order))
            continue;
        struct rescue_reading like = {.kinds = text_kinds(coords) | order_kind(coords, order),
                                      .epsg = degrees_code(coords->datum)};
        int n_x = place_point(x, country.min_x, country.max_x, xs);
        int n_y = place_point(y, country.min_y, country.max_y, ys);
        add_placings(crs, out, like, xs, n_x, ys, n_y);
        n_x = place_packed(x, country.min_x, country.max_x, xs);
        n_y = place_packed(y, country.min_y, country.max_y, ys);
        add_placings(crs, out, like, xs, n_x, ys, n_y);
        add_mercator(crs, out, like, x, y);
        n_x = place_point(x, 1e5, 999999.9, xs);
        n_y = place_point(y, 7e6, 9.5e6, ys);
        like.kinds |= RESCUE_ZONE;
        for (int zone = FIRST_ZONE; zone <= LAST_ZONE; zone++) {
            like.zone = zone;
            like.epsg = geo_utm_code(coords->datum, zone, false);
            like.shifted =
                coords->datum == GEO_DATUM_OPEN ? geo_utm_code(GEO_DATUM_PSAD56, zone, false) : 0;
            add_placings(crs, out, like, xs, n_x, ys, n_y);
        }
    }
}

unsigned rescue_stated_order(const struct geo_coords *coords)
{
    unsigned stated;
    orders_of(coords, &stated);
    return stated;
}

bool rescue_read_stated(struct geo_crs *crs, const struct geo_coords *coords, int epsg,
                        bool geographic, unsigned order, bool datum_open, struct readings *out)
{
    double first = geographic ? coords->first.value : rescue_metres(&coords->first);
    double second = geographic ? coords->second.value : rescue_metres(&coords->second);
    struct rescue_reading reading = {
        .kinds = text_kinds(coords) | order_kind(coords, order),
        .epsg = epsg,
        .shifted = datum_open ? geo_utm_code(GEO_DATUM_PSAD56, coords->zone, coords->north) : 0,
    };
    /* PSAD56 has no such zone: the datum is not in doubt. */
    if (reading.shifted < 0)
        reading.shifted = 0;
    out->n = 0;
    return add(crs, out, reading, order == 1 ? first : second, order == 1 ? second : first);
}
