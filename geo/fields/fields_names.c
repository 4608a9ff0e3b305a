/* fields_names.c - what the fields of a table, and coordinates, are called in headings. */
#include <stdio.h>
#include <string.h>

#include "geo/fields/fields_internal.h"
#include "geo/fields/heading.h"

/* The first name is the one for --map. */
static const struct {
    const char *name, *aliases;
} positions[FIELDS_POSITIONS] = {
    [FIELDS_LON] = {"lon", "longitud longitude long lng lon_wgs84 longitud_w longitud_oeste"},
    [FIELDS_LAT] = {"lat", "latitud latitude lat_wgs84 latitud_s latitud_sur"},
    [FIELDS_X] = {"x",
                  "este easting utm_x coord_x coordenada_x utm_este x_utm este_x coordenada_este "
                  "coordenada_este_x point_x xcoord x_coord utm_e este_utm"},
    [FIELDS_Y] = {"y",
                  "norte northing utm_y coord_y coordenada_y utm_norte y_utm norte_y "
                  "coordenada_norte coordenada_norte_y point_y ycoord y_coord utm_n norte_utm"},
    [FIELDS_LON_MIN] = {"lon_min", "longitud_minutos minutos_longitud longitud_min"},
    [FIELDS_LAT_MIN] = {"lat_min", "latitud_minutos minutos_latitud latitud_min"},
    [FIELDS_LON_SEC] = {"lon_seg", "longitud_segundos segundos_longitud longitud_seg lon_sec"},
    [FIELDS_LAT_SEC] = {"lat_seg", "latitud_segundos segundos_latitud latitud_seg lat_sec"},
    [FIELDS_ZONE] = {"zona_utm", "zona huso huso_utm utm_zona utm_zone zone zona_huso"},
    [FIELDS_DATUM] = {"datum", "datum_utm utm_datum datum_geodesico"},
    [FIELDS_TEXT] = {"coordenada", "coordenadas ubicacion gps georreferencia georeferencia "
                                   "punto_gps georreferenciacion"},
};

const char *fields_slot_name(const struct geo_table *table, size_t slot)
{
    return slot < table->n_fields ? table->fields[slot].name
                                  : positions[slot - table->n_fields].name;
}

const char *fields_slot_aliases(const struct geo_table *table, size_t slot)
{
    return slot < table->n_fields ? table->fields[slot].aliases
                                  : positions[slot - table->n_fields].aliases;
}

bool fields_may_fill(const struct geo_table *table, size_t slot)
{
    if (slot < table->n_fields)
        return !(table->fields[slot].flags & GEO_DERIVED);
    return table->geometry != GEO_MULTIPOLYGON &&
           !(table->geometry == GEO_NO_GEOMETRY && table->linked);
}

const char *fields_published_name(const struct geo_table *table, size_t slot)
{
    return slot < table->n_fields ? geo_field_published(&table->fields[slot])
                                  : fields_slot_name(table, slot);
}

unsigned fields_extras(const struct geo_table *table, size_t slot)
{
    if (slot >= table->n_fields)
        return HEADING_POSITION;
    const struct geo_field *field = &table->fields[slot];
    const char *title = field->title;
    unsigned extras = field->type == GEO_INTEGER ? HEADING_COUNT : HEADING_NONE;
    extras |= field->type == GEO_MONEY ? HEADING_BS : HEADING_NONE;
    extras |= strstr(title, "(ha)") ? HEADING_HA : HEADING_NONE;
    return extras | (strstr(title, "(t)") ? HEADING_T : HEADING_NONE);
}

unsigned fields_other_units(const struct geo_table *table, size_t slot, const char **unit)
{
    unsigned extras = fields_extras(table, slot);
    *unit = extras & HEADING_BS   ? "bolivianos"
            : extras & HEADING_HA ? "hectáreas"
            : extras & HEADING_T  ? "toneladas"
                                  : NULL;
    return extras & HEADING_BS   ? HEADING_NOT_BS
           : extras & HEADING_HA ? HEADING_NOT_HA
           : extras & HEADING_T  ? HEADING_NOT_T
                                 : HEADING_NONE;
}

static bool add_key(struct geo_fields *fields, size_t slot, const char *heading)
{
    char *key = heading_key(fields->arena, heading);
    if (key && key[0])
        fields->slot_keys[fields->n_slot_keys++] = (struct fields_key){slot, key};
    return key != NULL;
}

/* The title of a field, and the same without its unit: "Superficie declarada (ha)". */
static bool add_title(struct geo_fields *fields, size_t slot, const char *title)
{
    size_t at = fields->n_slot_keys;
    if (!add_key(fields, slot, title))
        return false;
    if (fields->n_slot_keys == at)
        return true;
    const char *key = fields->slot_keys[at].key;
    const char *plain = heading_plain(fields->arena, key, fields_extras(fields->table, slot));
    if (plain && plain != key)
        fields->slot_keys[fields->n_slot_keys++] = (struct fields_key){slot, plain};
    return plain != NULL;
}

/* Calls add_key() for each word of a list. */
static bool add_keys(struct geo_fields *fields, size_t slot, const char *words)
{
    char word[64];
    while (words && *words) {
        size_t len = strcspn(words, " ");
        if (len > 0 && len < sizeof word) {
            memcpy(word, words, len);
            word[len] = '\0';
            if (!add_key(fields, slot, word))
                return false;
        }
        words += len + strspn(words + len, " ");
    }
    return true;
}

static size_t count_words(const char *words)
{
    size_t n = 0;
    for (; words && *words; n++) {
        words += strcspn(words, " ");
        words += strspn(words, " ");
    }
    return n;
}

bool fields_list_keys(struct geo_fields *fields, struct err *err)
{
    const struct geo_table *table = fields->table;
    size_t most = 0;
    for (size_t s = 0; s < fields->n_slots; s++)
        most += 4 + count_words(fields_slot_aliases(table, s));
    fields->slot_keys = arena_array(fields->arena, most, sizeof *fields->slot_keys);
    bool ok = fields->slot_keys != NULL;
    for (size_t s = 0; ok && s < fields->n_slots; s++) {
        if (!fields_may_fill(table, s))
            continue;
        ok = add_key(fields, s, fields_slot_name(table, s)) &&
             add_key(fields, s, fields_published_name(table, s)) &&
             (s >= table->n_fields || add_title(fields, s, table->fields[s].title)) &&
             add_keys(fields, s, fields_slot_aliases(table, s));
    }
    return ok || err_no_memory(err);
}

enum { EXTRAS = 2 * HEADING_POSITION }; /* how many combinations there are */

/* Whether it is a key of one of the first n_slots slots. */
static bool is_key(const struct geo_fields *fields, const char *key, size_t n_slots)
{
    const char *plain[EXTRAS] = {NULL};
    for (size_t i = 0; key && i < fields->n_slot_keys; i++) {
        if (fields->slot_keys[i].slot >= n_slots)
            continue;
        unsigned extras = fields_extras(fields->table, fields->slot_keys[i].slot) % EXTRAS;
        if (!plain[extras])
            plain[extras] = heading_plain(fields->arena, key, extras);
        if (strcmp(fields->slot_keys[i].key, key) == 0 ||
            (plain[extras] && strcmp(fields->slot_keys[i].key, plain[extras]) == 0))
            return true;
    }
    return false;
}

static bool is_heading(const struct geo_fields *fields, const char *heading, size_t n_slots)
{
    size_t prefix;
    const char *last = heading_last_part(heading, &prefix);
    return is_key(fields, heading_key(fields->arena, heading), n_slots) ||
           (last && is_key(fields, heading_key(fields->arena, last), n_slots));
}

bool geo_fields_know(const struct geo_fields *fields, const char *heading)
{
    return is_heading(fields, heading, SIZE_MAX);
}

bool geo_fields_have(const struct geo_fields *fields, const char *heading)
{
    return is_heading(fields, heading, fields->table->n_fields);
}

bool geo_fields_is_heading(const struct geo_fields *fields, size_t column, const char *text,
                           struct arena *arena)
{
    const char *key = heading_key(arena, text);
    if (!key || strcmp(key, fields->keys[column]) == 0)
        return key != NULL;
    for (size_t i = 0; i < fields->n_slot_keys; i++)
        if (fields->column_of[fields->slot_keys[i].slot] == (int)column &&
            strcmp(fields->slot_keys[i].key, key) == 0)
            return true;
    return false;
}
