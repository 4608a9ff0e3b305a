/* coords_code.c - reads squares of MGRS and plus codes. */
#include "geo/place/coords_code.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "geo/place/coords_wkt.h"

/* MGRS ------------------------------------------------------------------------- */

static const char bands[] = "CDEFGHJKLMNPQRSTUVWX";

/* The northing in metres at which each band begins, to 100 km below (NGA.SIG.0012, 3.2). */
static const double band_from_m[] = {1.1e6, 2.0e6, 2.8e6, 3.7e6, 4.6e6, 5.5e6, 6.4e6,
                                     7.3e6, 8.2e6, 9.1e6, 0,     0.8e6, 1.7e6, 2.6e6,
                                     3.5e6, 4.4e6, 5.3e6, 6.2e6, 7.0e6, 7.9e6};

struct mgrs {
    int zone;
    size_t band;
    char column, row;
    double east_m, north_m; /* the middle of the square, in its square of 100 km */
};

/* Copies the text without blanks and without "MGRS:", in capitals; false if it is too long. */
static bool compact(const char *text, char out[32])
{
    size_t n = 0;
    text += strspn(text, " ");
    if (strncasecmp(text, "MGRS", 4) == 0)
        text += 4 + strspn(text + 4, " :");
    for (; *text; text++) {
        if (*text == ' ')
            continue;
        if (n == 31)
            return false;
        out[n++] = (char)toupper((unsigned char)*text);
    }
    out[n] = '\0';
    return true;
}

static double digits(const char *text, size_t n)
{
    double value = 0;
    for (size_t i = 0; i < n; i++)
        value = 10 * value + (text[i] - '0');
    return value;
}

/* Splits "20KKE7104208890"; *digits_each: of easting and northing. */
static bool split_mgrs(const char *text, struct mgrs *out, size_t *digits_each)
{
    size_t zone = strspn(text, "0123456789");
    if (zone < 1 || zone > 2 || !text[zone] || !strchr(bands, text[zone]))
        return false;
    const char *square = text + zone + 1;
    if (!isupper((unsigned char)square[0]) || !isupper((unsigned char)square[1]))
        return false;
    size_t n = strspn(square + 2, "0123456789");
    if (square[2 + n] || n == 0 || n % 2 || n > 10)
        return false;
    static const double sides_m[] = {1e5, 1e4, 1e3, 100, 10, 1};
    double side_m = sides_m[n / 2];
    *digits_each = n / 2;
    *out = (struct mgrs){
        .zone = (int)digits(text, zone),
        .band = (size_t)(strchr(bands, text[zone]) - bands),
        .column = square[0],
        .row = square[1],
        .east_m = (digits(square + 2, n / 2) + 0.5) * side_m,
        .north_m = (digits(square + 2 + n / 2, n / 2) + 0.5) * side_m,
    };
    return true;
}

/* The easting and northing of a square: letters of columns repeat every three zones, those
 * of rows every 2,000 km, beginning at F in even zones. False if there is no such square. */
static bool place_mgrs(const struct mgrs *mgrs, double *easting_m, double *northing_m)
{
    static const char *const columns[] = {"STUVWXYZ", "ABCDEFGH", "JKLMNPQR"};
    static const char rows[] = "ABCDEFGHJKLMNPQRSTUV";
    const char *column = strchr(columns[mgrs->zone % 3], mgrs->column);
    const char *row = strchr(rows, mgrs->row);
    if (mgrs->zone < 1 || mgrs->zone > 60 || !column || !row)
        return false;
    int from_equator = (int)(row - rows) + (mgrs->zone % 2 ? 0 : 15);
    double north = 1e5 * (from_equator % 20) + mgrs->north_m;
    double from = band_from_m[mgrs->band];
    while (north < from)
        north += 2e6;
    *easting_m = 1e5 * (double)(column - columns[mgrs->zone % 3] + 1) + mgrs->east_m;
    *northing_m = north;
    /* A band is 8 degrees high, X 12: 890 and 1,330 km. */
    return north < from + (bands[mgrs->band] == 'X' ? 1.5e6 : 1.1e6);
}

static enum coords_answer read_mgrs(const char *text, struct geo_coords *out, struct err *err)
{
    char code[32];
    struct mgrs mgrs;
    size_t each;
    double easting, northing;
    if (!compact(text, code) || !split_mgrs(code, &mgrs, &each))
        return COORDS_NO;
    if (each < 3) {
        err_set(err, ERR_INPUT,
                "la cuadrícula MGRS mide %d km; se necesitan al menos tres cifras de cada número",
                each == 1 ? 10 : 1);
        return COORDS_REFUSED;
    }
    if (!place_mgrs(&mgrs, &easting, &northing)) {
        err_set(err, ERR_INPUT, "no hay tal cuadrícula MGRS");
        return COORDS_REFUSED;
    }
    coords_put_xy(out, easting, northing);
    out->zone = mgrs.zone;
    out->north = bands[mgrs.band] >= 'N';
    out->datum = GEO_DATUM_WGS84;
    out->form = GEO_FORM_MGRS;
    return COORDS_YES;
}

/* Plus codes ------------------------------------------------------------------- */

static const char plus_digits[] = "23456789CFGHJMPQRVWX";

/* The plus code among the words of a text, in capitals, its '+' left out. *before: its
 * digits before the '+'. */
static bool find_plus(const char *text, char code[16], size_t *before)
{
    static const char ends[] = " ,;()\t\r\n";
    for (text += strspn(text, ends); *text; text += strspn(text, ends)) {
        size_t len = strcspn(text, ends), n = 0;
        bool letters = false, plus = false, alike = len >= 6 && len <= 15;
        for (size_t i = 0; alike && i < len; i++) {
            char c = (char)toupper((unsigned char)text[i]);
            if (c == '+' && !plus) {
                plus = true;
                *before = n;
                continue;
            }
            alike = strchr(plus_digits, c) || (c == '0' && !plus);
            letters = letters || isupper((unsigned char)c);
            if (alike)
                code[n++] = c;
        }
        code[alike ? n : 0] = '\0';
        if (alike && plus && *before >= 4 && *before <= 8 && *before % 2 == 0 &&
            (letters || *before == 8))
            return true;
        text += len;
    }
    return false;
}

static int digit_of(char c)
{
    return (int)(strchr(plus_digits, c) - plus_digits);
}

/* The middle of the cell of a code with two digits after the '+' or more, from the south and
 * west ends of the cell that its missing digits name; *step: the size of that one. */
static void decode_plus(const char *code, size_t missing, double *lon, double *lat, double *step)
{
    double cell_lat = 20 / pow(20, (double)missing / 2), cell_lon = cell_lat;
    size_t pairs_end = 10 - missing, n = strlen(code), i;
    *lon = *lat = 0;
    *step = 20 * cell_lat;
    for (i = 0; i < pairs_end; i += 2) {
        *lat += digit_of(code[i]) * cell_lat;
        *lon += digit_of(code[i + 1]) * cell_lon;
        if (i + 2 < pairs_end)
            cell_lat = cell_lon = cell_lat / 20;
    }
    for (; i < n; i++) { /* digits after the tenth divide the cell into 4 by 5 */
        cell_lat /= 5;
        cell_lon /= 4;
        int row = digit_of(code[i]) / 4, column = digit_of(code[i]) % 4;
        *lat += row * cell_lat;
        *lon += column * cell_lon;
    }
    *lat += cell_lat / 2;
    *lon += cell_lon / 2;
}

static enum coords_answer read_plus(const char *text, struct geo_coords *out, struct err *err)
{
    char code[16];
    size_t before = 0;
    if (!find_plus(text, code, &before))
        return COORDS_NO;
    size_t n = strlen(code);
    if (strchr(code, '0') || n < before + 2) {
        err_set(err, ERR_INPUT,
                "el código plus es demasiado corto; se necesitan al menos dos cifras después de "
                "«+»");
        return COORDS_REFUSED;
    }
    double lon, lat, step;
    decode_plus(code, 8 - before, &lon, &lat, &step);
    if (before == 8 && (lat >= 180 || lon >= 360)) {
        err_set(err, ERR_INPUT, "no hay tal código plus");
        return COORDS_REFUSED;
    }
    coords_put_xy(out, lon - 180, lat - 90);
    out->first.degrees = out->second.degrees = true;
    out->first.sign_known = out->second.sign_known = true;
    out->first.axis = GEO_AXIS_X;
    out->second.axis = GEO_AXIS_Y;
    out->step_deg = before == 8 ? 0 : step;
    out->datum = GEO_DATUM_WGS84;
    out->form = GEO_FORM_PLUS;
    return COORDS_YES;
}

enum coords_answer coords_code_read(const char *text, struct geo_coords *out, struct err *err)
{
    enum coords_answer answer = read_mgrs(text, out, err);
    return answer == COORDS_NO ? read_plus(text, out, err) : answer;
}
