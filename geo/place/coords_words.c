/* coords_words.c - the words that stand beside the numbers of a coordinate. */
#include "geo/place/coords_words.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define X GEO_AXIS_X
#define Y GEO_AXIS_Y

/* The known words, folded: ASCII, lower case, without accents. */
static const struct coords_word words[] = {
    {.text = "x", .kind = COORDS_WORD, .axis = X},
    {.text = "lon", .kind = COORDS_WORD, .axis = X},
    {.text = "lng", .kind = COORDS_WORD, .axis = X},
    {.text = "long", .kind = COORDS_WORD, .axis = X},
    {.text = "longitud", .kind = COORDS_WORD, .axis = X},
    {.text = "longitude", .kind = COORDS_WORD, .axis = X},
    {.text = "easting", .kind = COORDS_WORD, .axis = X},
    {.text = "me", .kind = COORDS_WORD, .axis = X},
    {.text = "l", .kind = COORDS_WORD}, /* L.S., L.O.: latitud sur, longitud oeste */
    {.text = "lo", .kind = COORDS_WORD, .axis = X, .sign = -1},
    {.text = "lw", .kind = COORDS_WORD, .axis = X, .sign = -1},
    {.text = "w", .kind = COORDS_WORD, .axis = X, .sign = -1, .letter = true},
    {.text = "o", .kind = COORDS_WORD, .axis = X, .sign = -1, .letter = true},
    {.text = "oeste", .kind = COORDS_WORD, .axis = X, .sign = -1},
    {.text = "west", .kind = COORDS_WORD, .axis = X, .sign = -1},
    {.text = "e", .kind = COORDS_WORD, .axis = X, .sign = 1, .letter = true},
    {.text = "este", .kind = COORDS_WORD, .axis = X, .sign = 1, .letter = true},
    {.text = "east", .kind = COORDS_WORD, .axis = X, .sign = 1, .letter = true},
    {.text = "y", .kind = COORDS_WORD, .axis = Y},
    {.text = "lat", .kind = COORDS_WORD, .axis = Y},
    {.text = "latitud", .kind = COORDS_WORD, .axis = Y},
    {.text = "latitude", .kind = COORDS_WORD, .axis = Y},
    {.text = "northing", .kind = COORDS_WORD, .axis = Y},
    {.text = "mn", .kind = COORDS_WORD, .axis = Y},
    {.text = "ms", .kind = COORDS_WORD, .axis = Y},
    {.text = "ls", .kind = COORDS_WORD, .axis = Y, .sign = -1},
    {.text = "s", .kind = COORDS_WORD, .axis = Y, .sign = -1, .letter = true},
    {.text = "sur", .kind = COORDS_WORD, .axis = Y, .sign = -1},
    {.text = "south", .kind = COORDS_WORD, .axis = Y, .sign = -1},
    {.text = "n", .kind = COORDS_WORD, .axis = Y, .sign = 1, .letter = true},
    {.text = "norte", .kind = COORDS_WORD, .axis = Y, .sign = 1, .letter = true},
    {.text = "north", .kind = COORDS_WORD, .axis = Y, .sign = 1, .letter = true},
    {.text = "coord", .kind = COORDS_WORD},
    {.text = "coordenada", .kind = COORDS_WORD},
    {.text = "coordenadas", .kind = COORDS_WORD},
    {.text = "coords", .kind = COORDS_WORD},
    {.text = "geograficas", .kind = COORDS_WORD},
    {.text = "gps", .kind = COORDS_WORD},
    {.text = "mi", .kind = COORDS_WORD},
    {.text = "ubicacion", .kind = COORDS_WORD},
    {.text = "actual", .kind = COORDS_WORD},
    {.text = "posicion", .kind = COORDS_WORD},
    {.text = "localizacion", .kind = COORDS_WORD},
    {.text = "lugar", .kind = COORDS_WORD},
    {.text = "punto", .kind = COORDS_WORD},
    {.text = "location", .kind = COORDS_WORD},
    {.text = "m", .kind = COORDS_WORD, .metres = true},
    {.text = "mts", .kind = COORDS_WORD, .metres = true},
    {.text = "metros", .kind = COORDS_WORD, .metres = true},
    {.text = "alt", .kind = COORDS_WORD, .extra = COORDS_EXTRA_AFTER},
    {.text = "altitud", .kind = COORDS_WORD, .extra = COORDS_EXTRA_AFTER},
    {.text = "altura", .kind = COORDS_WORD, .extra = COORDS_EXTRA_AFTER},
    {.text = "altitude", .kind = COORDS_WORD, .extra = COORDS_EXTRA_AFTER},
    {.text = "elev", .kind = COORDS_WORD, .extra = COORDS_EXTRA_AFTER},
    {.text = "elevacion", .kind = COORDS_WORD, .extra = COORDS_EXTRA_AFTER},
    {.text = "cota", .kind = COORDS_WORD, .extra = COORDS_EXTRA_AFTER},
    {.text = "z", .kind = COORDS_WORD, .zone = true, .extra = COORDS_EXTRA_AFTER},
    {.text = "precision", .kind = COORDS_WORD, .extra = COORDS_EXTRA_AFTER},
    {.text = "exactitud", .kind = COORDS_WORD, .extra = COORDS_EXTRA_AFTER},
    {.text = "accuracy", .kind = COORDS_WORD, .extra = COORDS_EXTRA_AFTER},
    {.text = "msnm", .kind = COORDS_WORD, .extra = COORDS_EXTRA_BEFORE},
    {.text = "utm", .kind = COORDS_WORD},
    {.text = "zona", .kind = COORDS_WORD, .zone = true},
    {.text = "zone", .kind = COORDS_WORD, .zone = true},
    {.text = "huso", .kind = COORDS_WORD, .zone = true},
    {.text = "datum", .kind = COORDS_WORD},
    {.text = "wgs84", .kind = COORDS_WORD, .datum = GEO_DATUM_WGS84},
    {.text = "wgs", .kind = COORDS_WORD, .datum = GEO_DATUM_WGS84},
    {.text = "psad56", .kind = COORDS_WORD, .datum = GEO_DATUM_PSAD56},
    {.text = "psad", .kind = COORDS_WORD, .datum = GEO_DATUM_PSAD56},
    {.text = "margen", .kind = COORDS_WORD, .datum = GEO_DATUM_MARGEN},
    {.text = "epsg", .kind = COORDS_WORD, .epsg = true},
    {.text = "deg", .kind = COORDS_DEGREE},
    {.text = "d", .kind = COORDS_DEGREE},
    {.text = "grados", .kind = COORDS_DEGREE},
    {.text = "min", .kind = COORDS_MINUTE},
    {.text = "minutos", .kind = COORDS_MINUTE},
    {.text = "seg", .kind = COORDS_SECOND},
    {.text = "sec", .kind = COORDS_SECOND},
    {.text = "segundos", .kind = COORDS_SECOND},
};

enum { WORD_MAX = 24 }; /* longer than any known word */

/* The letter of a known word at `text`, folded, and its length in bytes; 0: none. */
static char letter_at(const char *text, size_t *len)
{
    static const struct {
        const char *accented;
        char plain;
    } letters[] = {{"á", 'a'}, {"é", 'e'}, {"í", 'i'}, {"ó", 'o'}, {"ú", 'u'},
                   {"Á", 'a'}, {"É", 'e'}, {"Í", 'i'}, {"Ó", 'o'}, {"Ú", 'u'}};
    *len = 1;
    if (isalpha((unsigned char)*text))
        return (char)tolower((unsigned char)*text);
    *len = 2;
    if (!((unsigned char)*text & 0x80))
        return 0;
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (strncmp(text, letters[i].accented, 2) == 0)
            return letters[i].plain;
    return 0;
}

size_t coords_word_read(const char *text, const struct coords_word **word)
{
    char folded[WORD_MAX + 1];
    size_t n = 0, len, step;
    char letter;
    for (len = 0; (letter = letter_at(text + len, &step)); len += step) {
        if (n < WORD_MAX)
            folded[n] = letter;
        n++;
    }
    *word = NULL;
    if (n == 0)
        return 0;
    folded[n < WORD_MAX ? n : WORD_MAX] = '\0';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t known = strlen(words[i].text);
        if (words[i].datum != GEO_DATUM_OPEN && known > len &&
            strncasecmp(text, words[i].text, known) == 0) {
            *word = &words[i];
            return known;
        }
        if (n <= WORD_MAX && strcmp(words[i].text, folded) == 0)
            *word = &words[i];
    }
    return len;
}

const struct coords_word *coords_word_find(const char *text)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].text, text) == 0)
            return &words[i];
    return NULL;
}
