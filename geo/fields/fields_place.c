/* fields_place.c - half of a coordinate: one column of degrees or metres without the other. */
#include "geo/fields/fields_internal.h"

static int *slot_of(const struct geo_fields *fields, enum fields_position position)
{
    return &fields->column_of[fields->table->n_fields + position];
}

/* Something else says where the records are. */
static bool has_whole(const struct geo_fields *fields)
{
    return fields->has_geometry || *slot_of(fields, FIELDS_TEXT) >= 0 ||
           (*slot_of(fields, FIELDS_LON) >= 0 && *slot_of(fields, FIELDS_LAT) >= 0) ||
           (*slot_of(fields, FIELDS_X) >= 0 && *slot_of(fields, FIELDS_Y) >= 0);
}

/* False: it need not be told. */
static bool tell_half(const struct geo_fields *fields, const struct column_facts *facts,
                      enum fields_position half, enum fields_position other,
                      struct import_faults *notes)
{
    const struct geo_table *table = fields->table;
    int column = *slot_of(fields, half);
    const char *heading = fields->columns[column];
    if (facts[column].values == 0 || fields->ignore_unused)
        return false;
    import_faults_add(notes, NULL, column, NULL, false,
                      "la columna «%s» es media coordenada, y ninguna columna llena «%s»: dígala "
                      "con --map \"%s=COLUMNA\", o deje fuera la media con --ignore \"%s\"",
                      heading, fields_slot_name(table, table->n_fields + other),
                      fields_slot_name(table, table->n_fields + other), heading);
    return true;
}

/* Minutes of the latitude without those of the longitude: one of both would be off by up to a
 * degree. */
static void check_minutes(struct geo_fields *fields, const struct column_facts *facts,
                          struct import_faults *notes)
{
    int *lon = slot_of(fields, FIELDS_LON_MIN), *lat = slot_of(fields, FIELDS_LAT_MIN);
    int *half = *lon >= 0 ? lon : lat;
    if ((*lon >= 0) == (*lat >= 0))
        return;
    if (facts[*half].values > 0 && !fields->ignore_unused && !fields->has_geometry)
        import_faults_add(
            notes, NULL, *half, NULL, false,
            "la columna «%s» tiene minutos de una sola coordenada, y los de la otra no están: "
            "dígalos con --map \"%s=COLUMNA\", o deje fuera estos con --ignore \"%s\"",
            fields->columns[*half], half == lat ? "lon_min" : "lat_min", fields->columns[*half]);
    for (enum fields_position p = FIELDS_LON_MIN; p <= FIELDS_LAT_SEC; p++) {
        int *slot = slot_of(fields, p);
        if (*slot >= 0)
            fields->used[*slot] = false;
        *slot = -1;
    }
}

void fields_check_halves(struct geo_fields *fields, const struct column_facts *facts,
                         struct import_faults *notes)
{
    static const enum fields_position pairs[][2] = {{FIELDS_LON, FIELDS_LAT},
                                                    {FIELDS_LAT, FIELDS_LON},
                                                    {FIELDS_X, FIELDS_Y},
                                                    {FIELDS_Y, FIELDS_X}};
    bool whole = has_whole(fields);
    if (fields->table->geometry == GEO_NO_GEOMETRY)
        return;
    check_minutes(fields, facts, notes);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        int *half = slot_of(fields, pairs[i][0]);
        if (*half < 0 || *slot_of(fields, pairs[i][1]) >= 0)
            continue;
        if (!whole && tell_half(fields, facts, pairs[i][0], pairs[i][1], notes))
            continue;
        fields->used[*half] = false;
        *half = -1;
    }
}
