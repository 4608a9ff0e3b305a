/* geometry_text.c - reads a geometry written as text: WKT, EWKT, WKB in digits, GeoJSON. */
#include "geo/source/geometry_text_internal.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/parse.h"
#include "geo/base/text.h"
#include "geo/claims/geometry_claims_internal.h"
#include "geo/files/gdal_internal.h"

static const char blanks[] = " \t\r\n";

/* Names of WKT that are understood; what may follow is Z, M, ZM, "(" or EMPTY. */
static const char *const wkt_names[] = {
    "GEOMETRYCOLLECTION", "MULTILINESTRING", "MULTIPOLYGON", "MULTISURFACE", "MULTICURVE",
    "MULTIPOINT",         "LINESTRING",      "POLYGON",      "POINT",        "CIRCULARSTRING",
    "COMPOUNDCURVE",      "CURVEPOLYGON",    "TRIANGLE",     "TIN",          "POLYHEDRALSURFACE"};

static bool is_wkt(const char *text)
{
    for (size_t i = 0; i < sizeof wkt_names / sizeof *wkt_names; i++) {
        size_t n = strlen(wkt_names[i]);
        if (strncasecmp(text, wkt_names[i], n) != 0)
            continue;
        const char *rest = text + n;
        rest += strspn(rest, blanks);
        size_t letters = strspn(rest, "zmZM");
        const char *after = rest + letters + strspn(rest + letters, blanks);
        if (after[0] == '(' || strncasecmp(after, "EMPTY", 5) == 0)
            return true;
    }
    return false;
}

static unsigned nibble(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

static unsigned hex_byte(const char *digits)
{
    return nibble(digits[0]) << 4 | nibble(digits[1]);
}

/* The word of 4 bytes at a byte of the WKB, in its order. */
static uint32_t hex_word(const char *text, size_t at)
{
    uint32_t word = 0;
    for (size_t i = 0; i < 4; i++)
        word |= (uint32_t)hex_byte(text + 2 * (at + i)) << (text[1] == '1' ? 8 * i : 24 - 8 * i);
    return word;
}

/* Digits that begin with a byte order and a type, as no code does. EWKB has its flags in the
 * highest three bits of the type, ISO WKB adds 1000 for Z, 2000 for M. */
static bool is_hex_wkb(const char *text)
{
    size_t n = strspn(text, "0123456789abcdefABCDEF");
    if (n < 10 || text[0] != '0' || (text[1] != '0' && text[1] != '1') ||
        text[n + strspn(text + n, blanks)])
        return false;
    uint32_t type = hex_word(text, 1) & 0x1FFFFFFF;
    return type < 4000 && type % 1000 >= 1 && type % 1000 <= 17;
}

static const char *after_srid(const char *text, int *epsg)
{
    char *end;
    if (strncasecmp(text, "SRID=", 5) != 0)
        return text;
    long code = strtol(text + 5, &end, 10);
    if (end == text + 5 || *end != ';')
        return text;
    *epsg = code > 0 && code < 1000000 ? (int)code : 0;
    end++;
    return end + strspn(end, blanks);
}

enum geometry_text_kind geometry_text_kind(const char *text)
{
    int epsg = 0;
    text += strspn(text, blanks);
    text = after_srid(text, &epsg);
    if (is_wkt(text))
        return GEOMETRY_TEXT_WKT;
    if (is_hex_wkb(text))
        return GEOMETRY_TEXT_WKB;
    return text[0] == '{' && strstr(text, "\"type\"") &&
                   (strstr(text, "\"coordinates\"") || strstr(text, "\"geometries\""))
               ? GEOMETRY_TEXT_GEOJSON
               : GEOMETRY_TEXT_NONE;
}

/* WKT -------------------------------------------------------------------------------- */

static bool cut(struct err *err)
{
    return err_set(err, ERR_INPUT,
                   "la geometría está cortada: le falta el final; el programa que la escribió, o "
                   "una celda de 32767 letras, no dio más");
}

/* Every position is of 2 to 4 numbers, all of the same count. */
static bool check_position(const char *at, size_t len, int *numbers, struct err *err)
{
    int n = 0;
    for (size_t i = 0; i < len; n++) {
        char word[48];
        double value;
        i += strspn(at + i, blanks);
        if (i >= len)
            break;
        size_t word_len = strcspn(at + i, " \t\r\n,()");
        snprintf(word, sizeof word, "%.*s", (int)(word_len < 47 ? word_len : 47), at + i);
        const char *digits = word[0] == '+' ? word + 1 : word;
        if (word_len > 47 || !parse_real(digits, -1e18, 1e18, &value))
            return err_set(err, ERR_INPUT, "la geometría no se puede leer: «%.*s» no es un número",
                           text_cut(word, 40), word);
        i += word_len;
    }
    if (n < 2 || n > 4 || (*numbers && n != *numbers))
        return err_set(err, ERR_INPUT,
                       "la geometría no se puede leer: una posición tiene %d números: ¿coma "
                       "decimal?",
                       n);
    *numbers = n;
    return true;
}

/* What OGR does not mind: brackets that pair, words that are known, numbers that are. */
static bool check_wkt(const char *text, struct err *err)
{
    int depth = 0, numbers = 0;
    bool closed = false;
    for (const char *at = text; *at;) {
        at += strspn(at, " \t\r\n,");
        if (!*at)
            break;
        if (closed)
            return err_set(err, ERR_INPUT,
                           "la geometría no se puede leer: sobra texto tras su último paréntesis");
        if (*at == '(') {
            depth++, at++;
        } else if (*at == ')') {
            closed = --depth == 0;
            at++;
        } else if (isalpha((unsigned char)*at)) {
            size_t len = strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
            closed = depth == 0 && len == 5 && strncasecmp(at, "EMPTY", 5) == 0;
            at += len;
        } else {
            size_t len = strcspn(at, ",()");
            if (!check_position(at, len, &numbers, err))
                return !at[len] ? cut(err) : false;
            at += len;
        }
        if (depth < 0)
            return err_set(err, ERR_INPUT, "la geometría no se puede leer: sobra un paréntesis");
    }
    return closed || cut(err);
}

/* The length of a name of WKT that Z, M or ZM follow without a blank, as QGIS writes it:
 * "PolygonZ"; 0: it is not so. */
static size_t joined_name(const char *word, size_t len)
{
    for (size_t i = 0; i < sizeof wkt_names / sizeof *wkt_names; i++) {
        size_t n = strlen(wkt_names[i]);
        if (n < len && strncasecmp(word, wkt_names[i], n) == 0 &&
            strspn(word + n, "zmZM") == len - n)
            return n;
    }
    return 0;
}

/* A copy with the blank that OGR wants there: "Polygon Z ((…"; for free(). NULL: memory. */
static char *spaced_wkt(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    char *copy = malloc(2 * strlen(text) + 1), *to = copy;
    while (copy && *text) {
        size_t len = strspn(text, letters), name = joined_name(text, len);
        len = len ? len : 1;
        if (name) {
            to = mempcpy(to, text, name);
            *to++ = ' ';
            text += name;
            len -= name;
        }
        to = mempcpy(to, text, len);
        text += len;
    }
    if (copy)
        *to = '\0';
    return copy;
}

static bool from_wkt(const char *text, OGRGeometryH *geometry, struct err *err)
{
    if (!check_wkt(text, err))
        return false;
    char *copy = spaced_wkt(text), *rest = copy;
    if (!copy)
        return err_no_memory(err);
    OGRErr said = gdal->OGR_G_CreateFromWkt(&rest, NULL, geometry);
    free(copy);
    if (said == OGRERR_NONE)
        return true;
    *geometry = NULL;
    return err_set(err, ERR_INPUT,
                   "la geometría no se puede leer: sus paréntesis o su tipo no son de WKT");
}

/* The others -------------------------------------------------------------------------- */

/* EWKB's SRID follows the type, which has the bit 0x20000000. */
static bool has_srid(const char *text, size_t digits)
{
    return digits >= 18 && hex_word(text, 1) & 0x20000000;
}

/* Takes the SRID out, which OGR does not know. Returns the length that is left. */
static size_t without_srid(unsigned char *wkb, size_t len)
{
    wkb[wkb[0] == 1 ? 4 : 1] &= 0xDF;
    memmove(wkb + 5, wkb + 9, len - 9);
    return len - 4;
}

static bool from_wkb(const char *text, OGRGeometryH *geometry, int *epsg, struct err *err)
{
    size_t digits = strspn(text, "0123456789abcdefABCDEF"), len = digits / 2;
    unsigned char *wkb = malloc(len + 1);
    if (!wkb)
        return err_no_memory(err);
    for (size_t i = 0; i < len; i++)
        wkb[i] = (unsigned char)hex_byte(text + 2 * i);
    if (has_srid(text, digits)) {
        uint32_t srid = hex_word(text, 5);
        *epsg = srid < 1000000 ? (int)srid : 0;
        len = without_srid(wkb, len);
    }
    OGRErr said = digits % 2 || len > INT32_MAX
                      ? OGRERR_NOT_ENOUGH_DATA
                      : gdal->OGR_G_CreateFromWkb(wkb, NULL, geometry, (int)len);
    free(wkb);
    if (said == OGRERR_NONE)
        return true;
    *geometry = NULL;
    return said == OGRERR_NOT_ENOUGH_DATA
               ? cut(err)
               : err_set(err, ERR_INPUT, "la geometría no se puede leer: su WKB está dañado");
}

struct json_bytes {
    const char *text;
};

static size_t read_text(void *arg, char *bytes, size_t size)
{
    struct json_bytes *from = arg;
    size_t len = strnlen(from->text, size);
    memcpy(bytes, from->text, len);
    from->text += len;
    return len;
}

static bool from_geojson(const char *text, OGRGeometryH *geometry, int *epsg, struct err *err)
{
    struct geometry_claims claims = {0};
    struct json_bytes from = {text};
    struct err said = {0};
    buf_init(&claims.note);
    bool ok = geometry_claims_json(read_text, &from, &claims, &said);
    if (!ok && said.kind == ERR_INPUT)
        cut(&said);
    if (ok)
        *geometry = gdal->OGR_G_CreateGeometryFromJson(text);
    ok = ok && geometry_claims_allow(&claims.lists[0], 0, 0, *geometry != NULL, &said);
    if (ok && (claims.system.unread || claims.system.several))
        ok = err_set(&said, ERR_INPUT,
                     "no se entiende en qué sistema dice la geometría que está («crs»): indíquelo "
                     "con --crs EPSG:n");
    *epsg = claims.system.epsg;
    geometry_claims_free(&claims);
    if (!ok && *geometry) {
        gdal->OGR_G_DestroyGeometry(*geometry);
        *geometry = NULL;
    }
    return ok || err_set(err, said.kind, "%s", said.message);
}

bool geometry_text_read(const char *text, OGRGeometryH *geometry, int *epsg, struct err *err)
{
    *geometry = NULL;
    *epsg = 0;
    text += strspn(text, blanks);
    if (!text[0])
        return true;
    enum geometry_text_kind kind = geometry_text_kind(text);
    text = after_srid(text, epsg);
    bool ok = kind == GEOMETRY_TEXT_WKT   ? from_wkt(text, geometry, err)
              : kind == GEOMETRY_TEXT_WKB ? from_wkb(text, geometry, epsg, err)
              : kind == GEOMETRY_TEXT_GEOJSON
                  ? from_geojson(text, geometry, epsg, err)
                  : err_set(err, ERR_INPUT,
                            "«%.*s» no es una geometría que se conozca "
                            "(WKT, WKB, GeoJSON o un trazo de Kobo u ODK)",
                            text_cut(text, 60), text);
    if (ok && *geometry && gdal->OGR_G_IsEmpty(*geometry)) {
        gdal->OGR_G_DestroyGeometry(*geometry);
        *geometry = NULL;
    }
    return ok;
}
