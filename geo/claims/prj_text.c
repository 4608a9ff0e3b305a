/* prj_text.c - finds the datum in a .prj of words. */
#include "geo/claims/prj_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/text.h"
#include "geo/place/utm.h"

/* The value of the line that begins with the word; "" if there is none. */
static void value_of(const char *text, const char *word, char value[64])
{
    size_t len = strlen(word);
    value[0] = '\0';
    for (const char *line = text; *line && !value[0];) {
        size_t rest = strcspn(line, "\r\n"), blanks = strspn(line, " \t");
        const char *at = line + blanks;
        if (strncasecmp(at, word, len) == 0 && (at[len] == ' ' || at[len] == '\t')) {
            at += len + strspn(at + len, " \t");
            snprintf(value, 64, "%.*s", (int)(line + rest - at), at);
        }
        line += rest + strspn(line + rest, "\r\n");
    }
}

static bool has_one(const char *value, const char *const *words)
{
    for (; *words; words++)
        if (strcasestr(value, *words))
            return true;
    return false;
}

/* "-20", as the south is written too; 0: none. */
static int zone_of(const char *text)
{
    int zone = text[0] ? atoi(text + (text[0] == '-')) : 0;
    return zone >= 1 && zone <= 60 ? zone : 0;
}

bool prj_text_read(const char *text, int *epsg, struct err *err)
{
    static const char *const same[] = {"wgs", "nad27", "nad83", "sirgas", "grs80", "none", NULL};
    static const char *const psad56[] = {"psad", "prov", "canoa", NULL};
    char datum[64], projection[64], zone[64];
    *epsg = 0;
    if (strchr(text, '['))
        return true;
    value_of(text, "datum", datum);
    value_of(text, "projection", projection);
    value_of(text, "zone", zone);
    if (!datum[0] || has_one(datum, same))
        return true;
    bool utm = strcasecmp(projection, "utm") == 0;
    if (has_one(datum, psad56) && strncasecmp(projection, "geog", 4) == 0)
        *epsg = 4248;
    else if (has_one(datum, psad56) && utm)
        *epsg = geo_utm_code(GEO_DATUM_PSAD56, zone_of(zone), false);
    if (*epsg > 0)
        return true;
    *epsg = 0;
    return err_set(
        err, ERR_INPUT,
        "el .prj dice el datum «%.*s», que no se lee de ese modo: indique el sistema con "
        "--crs EPSG:n (EPSG:24879, 24880 o 24881 si es PSAD56 en UTM)",
        text_cut(datum, 60), datum);
}
