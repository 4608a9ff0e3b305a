/* fields_match.c - finds the column of each field by its heading. */
#include <string.h>
#include <strings.h>

#include "geo/base/buf.h"
#include "geo/base/text.h"
#include "geo/fields/fields_internal.h"
#include "geo/fields/heading.h"

enum { CUT = FIELDS_CUT_BYTES };

static bool has_key(const struct geo_fields *fields, size_t slot, const char *key)
{
    for (size_t i = 0; i < fields->n_slot_keys; i++)
        if (fields->slot_keys[i].slot == slot && strcmp(fields->slot_keys[i].key, key) == 0)
            return true;
    return false;
}

static bool is_name(const struct geo_fields *fields, size_t slot, const char *text)
{
    return strcmp(text, fields_slot_name(fields->table, slot)) == 0 ||
           strcmp(text, fields_published_name(fields->table, slot)) == 0;
}

/* Without the group: FIELDS_NAME to FIELDS_UNIT, or FIELDS_NONE. */
static enum fields_rank rank_of_key(const struct geo_fields *fields, size_t slot,
                                    const char *folded, const char *key)
{
    if (!folded[0])
        return FIELDS_NONE;
    if (is_name(fields, slot, folded))
        return FIELDS_NAME;
    if (has_key(fields, slot, key))
        return FIELDS_ALIAS;
    const char *plain = heading_plain(fields->arena, key, fields_extras(fields->table, slot));
    return plain && plain != key && has_key(fields, slot, plain) ? FIELDS_UNIT : FIELDS_NONE;
}

/* "Organización de productores (OPP)": both parts name the slot. */
static bool is_named_twice(const struct geo_fields *fields, size_t slot, const char *heading)
{
    const char *open = strchr(heading, '('), *close = open ? strchr(open, ')') : NULL;
    if (!close || open == heading || close[1 + strspn(close + 1, " *:.")])
        return false;
    const char *parts[] = {arena_strndup(fields->arena, heading, (size_t)(open - heading)),
                           arena_strndup(fields->arena, open + 1, (size_t)(close - open) - 1)};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char *folded = parts[i] ? heading_fold(fields->arena, parts[i]) : NULL;
        char *key = parts[i] ? heading_key(fields->arena, parts[i]) : NULL;
        if (!folded || !key || rank_of_key(fields, slot, folded, key) == FIELDS_NONE)
            return false;
    }
    return true;
}

static bool shares_prefix(const struct geo_fields *fields, size_t column, size_t len)
{
    for (size_t c = 0; c < fields->n_columns; c++)
        if (c != column && strlen(fields->columns[c]) > len + 1 &&
            memcmp(fields->columns[c], fields->columns[column], len) == 0 &&
            fields->columns[c][len] == fields->columns[column][len])
            return true;
    return false;
}

/* True if what stands before is a word of its own, and no group: "comprador/nombre" is no name of
 * an alliance. The name of the table is a group, and words for a place are. */
static bool is_field_group(const struct geo_fields *fields, const char *key)
{
    char *table = heading_key(fields->arena, fields->table->name);
    if (table && strcmp(table, key) == 0)
        return false;
    for (size_t i = 0; i < fields->n_slot_keys; i++)
        if (fields->slot_keys[i].slot < fields->table->n_fields &&
            strcmp(fields->slot_keys[i].key, key) == 0)
            return true;
    return false;
}

/* The heading without the group that a survey puts before it; NULL: there is no group. A group is
 * shared by columns, or parted by '/' and long enough to be no unit ("Bs/ha"). What a column is
 * called is no group but a question, and this one of its options. */
static const char *grouped_part(const struct geo_fields *fields, size_t column)
{
    static const char *const places[] = {"latitude", "longitude", "latitud", "longitud"};
    const char *heading = fields->columns[column];
    size_t len;
    const char *part = heading_last_part(heading, &len);
    for (size_t i = 0; part && i < sizeof places / sizeof *places; i++)
        if (strcasecmp(part, places[i]) == 0)
            return part;
    if (part && fields_question_of(fields, column) >= 0)
        return NULL;
    char *group = part ? arena_strndup(fields->arena, heading, len) : NULL;
    char *key = group ? heading_key(fields->arena, group) : NULL;
    if (!key || is_field_group(fields, key))
        return NULL;
    bool slash = heading[len] == '/' || heading[len] == ' ';
    return shares_prefix(fields, column, len) || (slash && strlen(key) >= 4) ? part : NULL;
}

static bool is_cut_of(const char *column, const char *name, size_t len)
{
    return len > CUT && strlen(column) == CUT && strncasecmp(column, name, CUT) == 0;
}

/* The name that GDAL gives to the published name of a slot in a shapefile, and how many slots share
 * its first ten bytes: "municipio_", "municipi_1", "municipi_2". */
static size_t name_in_shapefile(const struct geo_table *table, size_t slot, char out[CUT + 1])
{
    size_t before = 0, alike = 0;
    const char *name = fields_published_name(table, slot);
    for (size_t s = 0; s < table->n_fields; s++) {
        const char *other = fields_published_name(table, s);
        if (!(table->fields[s].flags & GEO_PUBLISHED) || strncmp(name, other, CUT) != 0)
            continue;
        alike++;
        before += s < slot;
    }
    size_t len = strnlen(name, before ? CUT - 2 : CUT);
    memcpy(out, name, len);
    out[len] = '\0';
    if (before && before < 10) {
        out[len] = '_';
        out[len + 1] = (char)('0' + before);
        out[len + 2] = '\0';
    }
    return alike;
}

static bool has_column(const struct geo_fields *fields, const char *name)
{
    for (size_t c = 0; c < fields->n_columns; c++)
        if (strcasecmp(fields->columns[c], name) == 0)
            return true;
    return false;
}

/* Of slots that share their first ten bytes, the order tells which is which, if all are there. */
static bool is_numbered_cut(const struct geo_fields *fields, size_t slot, const char *column)
{
    const struct geo_table *table = fields->table;
    char mine[CUT + 1], other[CUT + 1];
    if (slot >= table->n_fields || name_in_shapefile(table, slot, mine) < 2 ||
        strcasecmp(mine, column) != 0)
        return false;
    const char *name = fields_published_name(table, slot);
    for (size_t s = 0; s < table->n_fields; s++) {
        const char *theirs = fields_published_name(table, s);
        if (!(table->fields[s].flags & GEO_PUBLISHED) || strncmp(name, theirs, CUT) != 0)
            continue;
        name_in_shapefile(table, s, other);
        if (!has_column(fields, other))
            return false;
    }
    return true;
}

/* True if the column may be a cut name or alias of the slot. In a file that was one of our exports
 * there are no aliases. */
static bool may_be_cut(const struct geo_fields *fields, size_t slot, const char *column)
{
    const struct geo_table *table = fields->table;
    const char *name = fields_published_name(table, slot);
    if (is_cut_of(column, name, strlen(name)))
        return true;
    for (const char *word = fields_slot_aliases(table, slot); word && *word;) {
        word += strspn(word, " ");
        size_t len = strcspn(word, " ");
        if (is_cut_of(column, word, len))
            return !has_column(fields, "vinculo_me");
        word += len;
    }
    return false;
}

static bool is_cut(const struct geo_fields *fields, size_t slot, const char *column)
{
    size_t others = 0;
    if (strlen(column) != CUT)
        return false;
    if (is_numbered_cut(fields, slot, column))
        return true;
    if (!may_be_cut(fields, slot, column))
        return false;
    for (size_t s = 0; s < fields->n_slots; s++)
        others += s != slot && fields_may_fill(fields->table, s) && may_be_cut(fields, s, column);
    return others == 0;
}

/* "municipio_" is no «municipio»: it was cut. */
static bool is_surely_cut(const char *column)
{
    return strlen(column) == CUT && column[CUT - 1] == '_';
}

/* What is compared of a column, computed once. */
struct heading_forms {
    const char *heading;
    bool added, cut;             /* by a program; by a shapefile, surely */
    bool extension;              /* "ogr_codigo": of a GPX, whose own columns are fixed */
    const char *part, *part_key; /* behind a group, folded; NULL: there is none */
};

/* "lat" of "lat_4_Ubicacion", as Epicollect calls the parts of its fourth question; NULL: no such
 * heading, or memory is short. */
static const char *before_question(const struct geo_fields *fields, size_t column)
{
    static const char *const parts[] = {"lat", "long", "utm_northing", "utm_easting", "utm_zone"};
    const char *heading = fields->columns[column];
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t len = strlen(parts[i]);
        if (strncasecmp(heading, parts[i], len) != 0 || heading[len] != '_')
            continue;
        size_t digits = strspn(heading + len + 1, "0123456789");
        if (digits > 0 && heading[len + 1 + digits] == '_')
            return arena_strndup(fields->arena, heading, len);
    }
    return NULL;
}

static bool describe(const struct geo_fields *fields, size_t column, struct heading_forms *forms)
{
    bool ours;
    static const char extension[] = "ogr_";
    const size_t prefix = sizeof extension - 1;
    forms->heading = fields->columns[column];
    forms->extension = strncasecmp(forms->heading, extension, prefix) == 0;
    const char *part = forms->extension ? forms->heading + prefix : grouped_part(fields, column);
    part = part ? part : before_question(fields, column);
    forms->added = heading_is_added(forms->heading, &ours) || fields->ours[column];
    forms->cut = is_surely_cut(forms->heading);
    if (!part || !text_is_utf8(part, strlen(part)))
        return true;
    forms->part = heading_fold(fields->arena, part);
    forms->part_key = heading_key(fields->arena, part);
    return forms->part && forms->part_key;
}

static enum fields_rank rank_of(const struct geo_fields *fields, size_t slot, size_t column,
                                const struct heading_forms *forms)
{
    enum fields_rank rank = FIELDS_NONE;
    if (!fields_may_fill(fields->table, slot) || fields->ignored[column] || forms->added)
        return FIELDS_NONE;
    if (is_name(fields, slot, forms->heading))
        return FIELDS_EXACT;
    if (forms->extension)
        return forms->part ? rank_of_key(fields, slot, forms->part, forms->part_key) : FIELDS_NONE;
    if (!forms->cut)
        rank = rank_of_key(fields, slot, fields->folded[column], fields->keys[column]);
    if (rank == FIELDS_NONE && is_named_twice(fields, slot, forms->heading))
        return FIELDS_UNIT;
    if (rank == FIELDS_NONE && forms->part &&
        rank_of_key(fields, slot, forms->part, forms->part_key) != FIELDS_NONE)
        return FIELDS_GROUP;
    if (rank == FIELDS_NONE && is_cut(fields, slot, forms->heading))
        return FIELDS_CUT;
    return rank;
}

static bool two_columns(const struct geo_fields *fields, size_t slot, int first, int second,
                        struct err *err)
{
    const char *name = fields_published_name(fields->table, slot);
    return err_set(err, ERR_INPUT,
                   "las columnas «%s» y «%s» sirven las dos para el campo «%s»; diga cuál es con "
                   "--map \"%s=%s\" o --map \"%s=%s\"",
                   fields->columns[first], fields->columns[second], name, name,
                   fields->columns[first], name, fields->columns[second]);
}

/* The ranks of all slots and columns; computed once. */
struct ranks {
    unsigned char *of; /* n_slots x n_columns */
    size_t n_columns;
};

static enum fields_rank rank_at(const struct ranks *ranks, size_t slot, size_t column)
{
    return (enum fields_rank)ranks->of[slot * ranks->n_columns + column];
}

/* Fills the slot if exactly one free column has that rank. */
static bool fill_slot(struct geo_fields *fields, const struct ranks *ranks, size_t slot,
                      enum fields_rank rank, struct err *err)
{
    int found = -1;
    for (size_t c = 0; c < fields->n_columns; c++) {
        if (fields->used[c] || rank_at(ranks, slot, c) != rank)
            continue;
        if (found >= 0)
            return two_columns(fields, slot, found, (int)c, err);
        found = (int)c;
    }
    if (found < 0)
        return true;
    fields->column_of[slot] = found;
    fields->rank_of[slot] = rank;
    fields->used[found] = true;
    return true;
}

/* A free column that fits a filled slot as well; one with exactly the name leaves no doubt. */
static bool check_rivals(const struct geo_fields *fields, const struct ranks *ranks,
                         struct err *err)
{
    for (size_t s = 0; s < fields->n_slots; s++) {
        if (fields->column_of[s] < 0 || fields->rank_of[s] <= FIELDS_NAME)
            continue;
        for (size_t c = 0; c < fields->n_columns; c++)
            if (!fields->used[c] && rank_at(ranks, s, c) < FIELDS_CUT)
                return two_columns(fields, s, fields->column_of[s], (int)c, err);
    }
    return true;
}

static bool compute(const struct geo_fields *fields, struct ranks *ranks, struct err *err)
{
    ranks->n_columns = fields->n_columns;
    ranks->of = arena_array(fields->arena, fields->n_slots * (fields->n_columns + 1), 1);
    for (size_t c = 0; ranks->of && c < fields->n_columns; c++) {
        struct heading_forms forms = {0};
        if (!describe(fields, c, &forms))
            return err_no_memory(err);
        for (size_t s = 0; s < fields->n_slots; s++)
            ranks->of[s * ranks->n_columns + c] = (unsigned char)rank_of(fields, s, c, &forms);
    }
    return ranks->of || err_no_memory(err);
}

bool fields_match_headings(struct geo_fields *fields, struct err *err)
{
    struct ranks ranks;
    if (!compute(fields, &ranks, err))
        return false;
    for (enum fields_rank rank = FIELDS_EXACT; rank < FIELDS_NONE; rank++)
        for (size_t s = 0; s < fields->n_slots; s++)
            if (fields->column_of[s] < 0 && !fill_slot(fields, &ranks, s, rank, err))
                return false;
    if (!check_rivals(fields, &ranks, err))
        return false;
    fields_drop_idle(fields);
    return true;
}
