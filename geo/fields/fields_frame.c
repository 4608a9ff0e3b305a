/* fields_frame.c - columns that only say how those of a coordinate are meant.
 *
 * Minutes and seconds of an angle, the UTM zone, the datum: they fill nothing where the coordinate
 * itself has no columns. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "geo/fields/fields_internal.h"

static void release(struct geo_fields *fields, enum fields_position position)
{
    size_t slot = fields->table->n_fields + position;
    if (fields->column_of[slot] >= 0 && fields->rank_of[slot] != FIELDS_MAPPED) {
        fields->used[fields->column_of[slot]] = false;
        fields->column_of[slot] = -1;
    }
}

void fields_drop_idle(struct geo_fields *fields)
{
    const int *of = fields->column_of + fields->table->n_fields;
    bool degrees = of[FIELDS_LON] >= 0 && of[FIELDS_LAT] >= 0;
    bool metres = of[FIELDS_X] >= 0 && of[FIELDS_Y] >= 0;
    /* Minutes of one of them alone are refused (fields_place.c). */
    bool angles = degrees && (of[FIELDS_LON_MIN] >= 0 || of[FIELDS_LAT_MIN] >= 0);
    for (enum fields_position p = FIELDS_LON_MIN; p <= FIELDS_LAT_SEC; p++)
        if (!angles)
            release(fields, p);
    if (!metres)
        release(fields, FIELDS_ZONE);
    if (!degrees && !metres)
        release(fields, FIELDS_DATUM);
}

bool fields_is_zone(const char *text)
{
    text += strspn(text, " \t");
    char *end;
    long zone = isdigit((unsigned char)*text) ? strtol(text, &end, 10) : 0;
    return zone >= 18 && zone <= 22 && (end == text + 2) && !isdigit((unsigned char)*end) &&
           strlen(end) <= 8;
}

static bool is_ambiguous(const struct geo_fields *fields, int column)
{
    return strcmp(fields->keys[column], "zona") == 0 || strcmp(fields->keys[column], "zone") == 0;
}

/* «Zona» is also the part of a town, or of the country: all of its kinds of cells have to be UTM
 * zones. */
void fields_drop_zone(struct geo_fields *fields, const struct column_facts *facts)
{
    int column = fields->column_of[fields->table->n_fields + FIELDS_ZONE];
    if (column >= 0 && !is_ambiguous(fields, column))
        return;
    for (int trait = 0; column >= 0 && trait <= COLUMN_LAST_FORM; trait++)
        if (facts[column].n[trait] && trait != COLUMN_NO_DATA &&
            !fields_is_zone(facts[column].first[trait].text)) {
            release(fields, FIELDS_ZONE);
            return;
        }
}
