/* fields_words.c - words of headings that say what a column is not, or in which unit. */
#include "geo/fields/fields_words.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

bool fields_has_word(const char *key, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = key; *at;) {
        size_t n = strcspn(at, "_");
        if (n == len && memcmp(at, word, len) == 0)
            return true;
        at += n + (at[n] == '_');
    }
    return false;
}

const char *fields_other_unit(const char *key)
{
    static const char *const units[][2] = {
        {"m2", "m²"},       {"km2", "km²"},   {"acre", "acres"}, {"cuadra", "cuadras"},
        {"cato", "catos"},  {"mil", "miles"}, {"mile", "miles"}, {"millon", "millones"},
        {"usd", "USD"},     {"us", "$us"},    {"sus", "$us"},    {"dolar", "dólares"},
        {"porcentaje", "%"}};
    for (size_t i = 0; i < COUNT(units); i++)
        if (fields_has_word(key, units[i][0]))
            return units[i][1];
    return NULL;
}

bool fields_is_measure(const char *key)
{
    static const char *const words[] = {"altitud",   "altitude",  "altura",   "elevacion",
                                        "elevation", "precision", "accuracy", "exactitud"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (fields_has_word(key, words[i]))
            return true;
    return false;
}

unsigned fields_units(const char *key)
{
    return (fields_has_word(key, "ha") ? HEADING_HA : 0u) |
           (fields_has_word(key, "bs") ? HEADING_BS : 0u);
}
