/* fields_look.c - columns that fill no field but look like one, by heading or by cells. */
#include <stdio.h>
#include <string.h>

#include "geo/fields/fields_internal.h"
#include "geo/fields/fields_words.h"
#include "geo/fields/heading.h"
#include "geo/texts/place_text.h"

/* True if columns give both halves of a coordinate, or all of it in one text. */
static bool has_place(const struct geo_fields *fields)
{
    const int *of = fields->column_of + fields->table->n_fields;
    return fields->has_geometry || of[FIELDS_TEXT] >= 0 ||
           (of[FIELDS_LON] >= 0 && of[FIELDS_LAT] >= 0) || (of[FIELDS_X] >= 0 && of[FIELDS_Y] >= 0);
}

static bool is_open(const struct geo_fields *fields, size_t slot)
{
    bool place = slot >= fields->table->n_fields;
    if (slot >= fields->table->n_fields + FIELDS_PLACES)
        return false;
    return fields_may_fill(fields->table, slot) && fields->column_of[slot] < 0 &&
           !(place && has_place(fields));
}

/* The cells may be values of the slot: no numbers in a date or a name, no words or dates in a
 * number. */
static bool may_hold(const struct geo_fields *fields, size_t slot, const struct column_facts *facts)
{
    int64_t numbers = column_facts_numbers(facts), dates = column_facts_dates(facts);
    if (slot >= fields->table->n_fields)
        return true;
    switch (fields->table->fields[slot].type) {
    case GEO_DATE:
        return 2 * numbers <= facts->values;
    case GEO_INTEGER:
    case GEO_REAL:
    case GEO_MONEY:
        return 2 * dates <= facts->values;
    case GEO_TEXT:
        return fields->table->fields[slot].flags & (GEO_REQUIRED | GEO_CODE) ||
               2 * numbers <= facts->values;
    default:
        return true;
    }
}

/* True if no column has a coordinate that the table wants. */
static bool lacks_place(const struct geo_fields *fields)
{
    for (size_t p = 0; p < FIELDS_PLACES; p++)
        if (fields->column_of[fields->table->n_fields + p] >= 0)
            return false;
    return !fields->has_geometry && fields->table->geometry != GEO_NO_GEOMETRY;
}

/* How many slots have the word in one of their keys; *slot: the first of them that no column fills;
 * -1: none, or one of several halves of a coordinate. */
static size_t slots_with(const struct geo_fields *fields, const char *word,
                         const struct column_facts *facts, int *slot)
{
    size_t n = 0, open = 0, last = SIZE_MAX;
    for (size_t i = 0; i < fields->n_slot_keys; i++) {
        const struct fields_key *key = &fields->slot_keys[i];
        bool place = key->slot < fields->table->n_fields + FIELDS_PLACES; /* or a field */
        if (!place || key->slot == last || !fields_has_word(key->key, word))
            continue;
        last = key->slot;
        n++;
        if (is_open(fields, key->slot) && may_hold(fields, key->slot, facts) && open++ == 0)
            *slot = (int)key->slot;
    }
    if (open > 1 && *slot >= (int)fields->table->n_fields)
        *slot = -1;
    return n;
}

/* Words that say nothing of which field is meant. */
static bool is_usual(const char *word)
{
    static const char *const words[] = {"codigo", "nombre", "fecha",  "numero", "cantidad",
                                        "total",  "tipo",   "estado", "monto",  "porcentaje"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

/* A word that hardly any other field has. */
static int by_rare_word(const struct geo_fields *fields, const char *key,
                        const struct column_facts *facts)
{
    enum { SHORTEST = 5, MOST_SLOTS = 2, WORD_MAX = 64 };
    for (const char *at = key; *at;) {
        char word[WORD_MAX];
        size_t len = strcspn(at, "_");
        int slot = -1;
        if (len >= SHORTEST && len < WORD_MAX) {
            memcpy(word, at, len);
            word[len] = '\0';
            if (!is_usual(word) && slots_with(fields, word, facts, &slot) <= MOST_SLOTS &&
                slot >= 0)
                return slot;
        }
        at += len + (at[len] == '_');
    }
    return -1;
}

/* Every word of the heading stands in a key of the slot, or says nothing of which field is meant,
 * as a year does not: "Familias / Varones" has one that does not. */
static bool has_only_words_of(const struct geo_fields *fields, size_t slot, const char *key)
{
    enum { WORD_MAX = 64, SHORTEST = 3 };
    for (const char *at = key; *at;) {
        char word[WORD_MAX];
        size_t len = strcspn(at, "_");
        bool found = len < SHORTEST || len >= WORD_MAX;
        snprintf(word, sizeof word, "%.*s", (int)len, at);
        found = found || is_usual(word) || !word[strspn(word, "0123456789")]; /* a year */
        for (size_t i = 0; !found && i < fields->n_slot_keys; i++)
            found = fields->slot_keys[i].slot == slot &&
                    fields_has_word(fields->slot_keys[i].key, word);
        if (!found)
            return false;
        at += len + (at[len] == '_');
    }
    return true;
}

/* "beneficiaria" of "beneficiario": of people who are counted they are a part, and no slip. */
static bool is_feminine(const struct geo_fields *fields, const struct fields_key *key,
                        const char *heading)
{
    size_t len = strlen(key->key);
    return key->slot < fields->table->n_fields &&
           fields->table->fields[key->slot].type == GEO_INTEGER && strlen(heading) == len &&
           heading[len - 1] == 'a' && key->key[len - 1] == 'o' &&
           strncmp(heading, key->key, len - 1) == 0;
}

static int by_near_name(const struct geo_fields *fields, const char *key,
                        const struct column_facts *facts)
{
    for (size_t i = 0; i < fields->n_slot_keys; i++)
        if (is_open(fields, fields->slot_keys[i].slot) &&
            may_hold(fields, fields->slot_keys[i].slot, facts) &&
            heading_is_near(key, fields->slot_keys[i].key) &&
            !is_feminine(fields, &fields->slot_keys[i], key))
            return (int)fields->slot_keys[i].slot;
    return -1;
}

/* A heading that would be the field's, were it not for its unit: "Monto ($us)", "Superficie (m2)".
 * *unit: the one that the field has. */
static int by_other_unit(const struct geo_fields *fields, const char *key, const char **unit)
{
    for (size_t i = 0; i < fields->n_slot_keys; i++) {
        size_t slot = fields->slot_keys[i].slot;
        unsigned others = fields_other_units(fields->table, slot, unit);
        if (!others || !is_open(fields, slot))
            continue;
        unsigned all = others | fields_extras(fields->table, slot);
        const char *plain = heading_plain(fields->arena, key, all);
        const char *wanted = heading_plain(fields->arena, fields->slot_keys[i].key, all);
        if (plain && wanted && plain != key && strcmp(plain, wanted) == 0)
            return (int)slot;
    }
    return -1;
}

static int open_field(const struct geo_fields *fields, enum geo_type type, unsigned flag)
{
    for (size_t s = 0; s < fields->table->n_fields; s++)
        if (is_open(fields, s) && fields->table->fields[s].type == type &&
            (fields->table->fields[s].flags & flag) == flag)
            return (int)s;
    return -1;
}

/* A column of numbers in hectares, or in Bs, where a field of that unit has none. */
static int by_unit(const struct geo_fields *fields, const char *key,
                   const struct column_facts *facts)
{
    unsigned units = fields_units(key);
    int64_t numbers = column_facts_numbers(facts);
    for (size_t s = 0; units && 2 * numbers > facts->values && s < fields->table->n_fields; s++)
        if (is_open(fields, s) && fields_extras(fields->table, s) & units)
            return (int)s;
    return -1;
}

/* What the heading of a column of by_unit() says. */
static const char *unit_said(const char *key)
{
    unsigned units = fields_units(key);
    return units & HEADING_BS   ? "tiene un monto en Bs"
           : units & HEADING_HA ? "tiene hectáreas"
                                : "su unidad es la de un campo";
}

static bool most(const struct column_facts *facts, int64_t n)
{
    return n > 0 && n * 2 > facts->values;
}

/* Of metres, a column of the one axis says something beside one of the other only. */
static bool has_unused(const struct geo_fields *fields, const struct column_facts *facts,
                       enum column_trait trait)
{
    for (size_t c = 0; c < fields->n_columns; c++)
        if (!fields->used[c] && !fields->ignored[c] && facts[c].n[trait] > 0 &&
            facts[c].n[trait] == facts[c].values)
            return true;
    return false;
}

static int position_of(const struct geo_fields *fields, const struct column_facts *facts, size_t c,
                       enum column_trait *trait)
{
    static const struct {
        enum column_trait trait, beside;
        enum fields_position position;
    } kinds[] = {
        {COLUMN_PLACE, COLUMN_PLACE, FIELDS_TEXT}, {COLUMN_LON, COLUMN_LAT, FIELDS_LON},
        {COLUMN_LAT, COLUMN_LON, FIELDS_LAT},      {COLUMN_EAST, COLUMN_NORTH, FIELDS_X},
        {COLUMN_NORTH, COLUMN_EAST, FIELDS_Y},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        *trait = kinds[i].trait;
        if (most(&facts[c], facts[c].n[*trait]) &&
            (i == 0 || has_unused(fields, facts, kinds[i].beside)))
            return (int)(fields->table->n_fields + kinds[i].position);
    }
    return -1;
}

/* What the cells look like, where a field of that kind is without a column. */
static int by_cells(const struct geo_fields *fields, const struct column_facts *facts, size_t c,
                    enum column_trait *trait, const char **what)
{
    int slot = open_field(fields, GEO_TEXT, GEO_INE_CODE);
    *trait = COLUMN_CODE;
    *what = "códigos de municipio";
    if (slot >= 0 && most(&facts[c], facts[c].n[COLUMN_CODE]))
        return slot;
    *what = "coordenadas";
    if (lacks_place(fields) && (slot = position_of(fields, facts, c, trait)) >= 0)
        return slot;
    *trait = facts[c].n[COLUMN_DATE]        ? COLUMN_DATE
             : facts[c].n[COLUMN_DAY_FIRST] ? COLUMN_DAY_FIRST
                                            : COLUMN_DAY_OPEN;
    *what = "fechas";
    slot = open_field(fields, GEO_DATE, 0);
    if (slot >= 0 && most(&facts[c], column_facts_dates(&facts[c])))
        return slot;
    *trait = COLUMN_BOLIVIANOS;
    *what = "montos en Bs";
    slot = open_field(fields, GEO_MONEY, 0);
    return most(&facts[c], facts[c].n[COLUMN_BOLIVIANOS]) ? slot : -1;
}

static bool has_key_word(const struct geo_fields *fields, const char *word)
{
    for (size_t c = 0; c < fields->n_columns; c++)
        if (!fields->used[c] && !fields->ignored[c] && fields_has_word(fields->keys[c], word))
            return true;
    return false;
}

/* Degrees beside minutes, whose headings do not say of which axis: "Grados", "Minutos". */
static bool is_sexagesimal(const struct geo_fields *fields, const char *key)
{
    return lacks_place(fields) && fields_has_word(key, "grado") && has_key_word(fields, "minuto");
}

/* A column that is called a geometry, and whose texts are none that can be read. A word, such as
 * the «Polygon» of ArcGIS' tables, is no geometry. */
static bool is_no_geometry(const struct geo_fields *fields, const struct column_facts *facts,
                           size_t column)
{
    const char *first = facts[column].first[COLUMN_TEXT].text;
    return lacks_place(fields) && place_text_names_geometry(fields->columns[column]) &&
           facts[column].n[COLUMN_TEXT] > 0 && strpbrk(first, "0123456789");
}

static const char how_to[] = "dígalo con --map \"%s=%s\", o déjela fuera con --ignore \"%s\"";

/* As it stands, --map would store square metres as hectares. */
static const char how_to_convert[] =
    "está en otra unidad («%s»): conviértala y cambie el encabezado, o déjela fuera con "
    "--ignore \"%s\"";

static void tell(const struct geo_fields *fields, size_t column, int slot, const char *why,
                 struct import_faults *notes)
{
    const char *published = fields_published_name(fields->table, (size_t)slot);
    const char *name = fields_slot_name(fields->table, (size_t)slot);
    const char *heading = fields->columns[column];
    bool known = (size_t)slot < fields->table->n_fields;
    if (!fields_may_fill(fields->table, (size_t)slot)) {
        import_faults_add(notes, NULL, (int)column, NULL, false,
                          "la columna «%s» %s, y %s no lo lee así: escriba la forma como WKT, "
                          "GeoJSON o un trazo «lat lon;lat lon;…», o deje la columna fuera con "
                          "--ignore \"%s\"",
                          heading, why, fields->table->name, heading);
        return;
    }
    const char *unit = known ? fields_other_unit(fields->keys[column]) : NULL;
    char *advice = unit ? arena_printf(notes->arena, how_to_convert, unit, heading)
                        : arena_printf(notes->arena, how_to, published, heading, heading);
    notes->failed = notes->failed || !advice;
    import_faults_add(notes, known ? name : NULL, (int)column, NULL, false,
                      "la columna «%s» no llena ningún campo, pero %s: %s", heading, why,
                      advice ? advice : "");
}

static void tell_unit(const struct geo_fields *fields, size_t column, int slot, const char *unit,
                      struct import_faults *notes)
{
    const char *other = fields_other_unit(fields->keys[column]);
    const char *name = fields_slot_name(fields->table, (size_t)slot);
    const char *heading = fields->columns[column];
    import_faults_add(
        notes, name, (int)column, NULL, false,
        "la columna «%s» parece la de «%s», que es en %s, pero dice otra unidad%s%s%s: "
        "convierta sus valores y cámbiele el nombre, o déjela fuera con --ignore "
        "\"%s\"",
        heading, fields_published_name(fields->table, (size_t)slot), unit, other ? " («" : "",
        other ? other : "", other ? "»)" : "", heading);
}

/* A field of which a heading may say a part, or something else: "Familias / Varones", "Municipio
 * del comprador". Of days and choices the cells show whether they are its values. */
static bool has_parts(const struct geo_fields *fields, int slot)
{
    const struct geo_field *field = &fields->table->fields[slot];
    if ((size_t)slot >= fields->table->n_fields)
        return false;
    return field->type == GEO_INTEGER || field->type == GEO_REAL || field->type == GEO_MONEY ||
           (field->type == GEO_TEXT && !(field->flags & (GEO_REQUIRED | GEO_CODE)));
}

/* A heading with a word of the field and others that are not: perhaps a part of it. */
static void tell_part(const struct geo_fields *fields, size_t column, int slot,
                      struct import_faults *notes)
{
    const struct geo_field *field = &fields->table->fields[slot];
    const char *heading = fields->columns[column];
    import_faults_add(notes, field->name, (int)column, NULL, false,
                      "la columna «%s» no llena ningún campo: su nombre tiene palabras de «%s», y "
                      "otras que no lo son; si es todo eso, y no una parte, cambie el encabezado "
                      "por «%s»; si no, déjela fuera con --ignore \"%s\"",
                      heading, geo_field_published(field), field->title, heading);
}

static void tell_second(const struct geo_fields *fields, size_t column, int slot,
                        struct import_faults *notes)
{
    const char *name = fields_published_name(fields->table, (size_t)slot);
    const char *heading = fields->columns[column];
    bool known = (size_t)slot < fields->table->n_fields;
    import_faults_add(notes, known ? fields_slot_name(fields->table, (size_t)slot) : NULL,
                      (int)column, NULL, false,
                      "la columna «%s» se llama como «%s», que ya llena «%s», y de las dos se lee "
                      "una: júntelas en una, diga cuál es con --map \"%s=%s\", o deje fuera esta "
                      "con --ignore \"%s\"",
                      heading, fields->columns[fields->column_of[slot]], name, name, heading,
                      heading);
}

void fields_look(const struct geo_fields *fields, const struct column_facts *facts, size_t column,
                 struct import_faults *notes)
{
    const char *key = fields->keys[column], *what, *unit;
    enum column_trait trait;
    bool ours;
    if (is_no_geometry(fields, facts, column)) {
        import_faults_add(notes, NULL, (int)column, NULL, false,
                          "la columna «%s» se llama como una geometría, y «%s» (%s %lld) no es "
                          "ninguna que se lea (WKT, WKB, GeoJSON o un trazo de Kobo u ODK): "
                          "corríjala, o déjela fuera con --ignore \"%s\"",
                          fields->columns[column], facts[column].first[COLUMN_TEXT].text,
                          fields->place, (long long)facts[column].first[COLUMN_TEXT].line,
                          fields->columns[column]);
        return;
    }
    if (fields->ours[column] || heading_is_added(fields->columns[column], &ours) ||
        facts[column].values == 0 || !key[0] || fields->twin_of[column] >= 0)
        return;
    if (fields_look_option(fields, facts, column, notes))
        return;
    int slot = by_other_unit(fields, key, &unit);
    if (slot >= 0) {
        tell_unit(fields, column, slot, unit, notes);
        return;
    }
    bool measure = fields_is_measure(key);
    slot = measure ? -1 : by_near_name(fields, key, &facts[column]);
    bool rare = slot < 0 && !measure;
    if (rare)
        slot = by_rare_word(fields, key, &facts[column]);
    int unit_slot = -1, second = fields_second_of(fields, facts, column, slot >= 0);
    if (second >= 0) {
        tell_second(fields, column, second, notes);
        return;
    }
    if (rare && slot >= 0 && has_parts(fields, slot) &&
        !has_only_words_of(fields, (size_t)slot, key)) {
        tell_part(fields, column, slot, notes);
        return;
    }
    if (slot < 0)
        unit_slot = slot = by_unit(fields, key, &facts[column]);
    char *why = NULL;
    if (unit_slot >= 0)
        why = arena_strdup(notes->arena, unit_said(key));
    else if (slot >= 0)
        why = arena_printf(notes->arena, "su nombre se parece al de «%s»",
                           fields_published_name(fields->table, (size_t)slot));
    else if (is_sexagesimal(fields, key)) {
        import_faults_add(
            notes, NULL, (int)column, NULL, false,
            "la columna «%s» parece de una coordenada en grados, minutos y segundos: "
            "diga qué columnas son con --map lat=… --map lat_min=… --map lat_seg=… "
            "--map lon=… --map lon_min=… --map lon_seg=…, o déjela fuera con --ignore "
            "\"%s\"",
            fields->columns[column], fields->columns[column]);
        return;
    } else if ((slot = by_cells(fields, facts, column, &trait, &what)) >= 0)
        why = arena_printf(notes->arena, "tiene %s («%s», %s %lld)", what,
                           facts[column].first[trait].text, fields->place,
                           (long long)facts[column].first[trait].line);
    else
        return;
    notes->failed = notes->failed || !why;
    tell(fields, column, slot, why ? why : "", notes);
}
