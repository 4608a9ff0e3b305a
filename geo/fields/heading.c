/* heading.c - headings of columns in one form, so that they can be compared. */
#include "geo/fields/heading.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/text.h"
#include "geo/fields/form_sheets.h"

enum { WORD_MAX = 64, WORDS_MAX = 24 };

/* The words of a folded heading. */
struct heading_words {
    char text[WORDS_MAX][WORD_MAX];
    size_t n;
};

static bool is_in(const char *word, const char *list)
{
    size_t len = strlen(word);
    for (const char *at = list; *at;) {
        size_t n = strcspn(at, " ");
        if (n == len && memcmp(at, word, len) == 0)
            return true;
        at += n + strspn(at + n, " ");
    }
    return false;
}

/* Abbreviations and their word, in the singular. */
static const char *const spelled[][2] = {
    {"cod", "codigo"},
    {"code", "codigo"},
    {"nom", "nombre"},
    {"mun", "municipio"},
    {"mpio", "municipio"},
    {"mcpio", "municipio"},
    {"munic", "municipio"},
    {"dep", "departamento"},
    {"depto", "departamento"},
    {"dpto", "departamento"},
    {"prov", "provincia"},
    {"fec", "fecha"},
    {"cant", "cantidad"},
    {"sup", "superficie"},
    {"coord", "coordenada"},
    {"lat", "latitud"},
    {"latitude", "latitud"},
    {"lon", "longitud"},
    {"long", "longitud"},
    {"lng", "longitud"},
    {"longitude", "longitud"},
    {"ton", "t"},
    {"tm", "t"},
    {"tn", "t"},
    {"tonelada", "t"},
    {"hectarea", "ha"},
    {"hect", "ha"},
    {"has", "ha"},
    {"boliviano", "bs"},
    {"bob", "bs"},
    {"nro", "numero"},
    {"num", "numero"},
    {"pct", "porcentaje"},
    {"porc", "porcentaje"},
    {"org", "organizacion"},
    {"fam", "familia"},
    {"muj", "mujer"},
    {"benef", "beneficiario"},
    {"metro", "m"},
    {"com", "comunidad"},
};

/* Spanish plurals: "municipios", "mujeres", "organizaciones". */
static void to_singular(char *word)
{
    size_t len = strlen(word);
    if (len > 5 && strcmp(word + len - 2, "es") == 0 && strchr("rlndjyz", word[len - 3]))
        word[len - 2] = '\0';
    else if (len > 3 && word[len - 1] == 's')
        word[len - 1] = '\0';
}

static void spell(char *word)
{
    if (strcmp(word, "has") != 0)
        to_singular(word);
    for (size_t i = 0; i < sizeof spelled / sizeof *spelled; i++)
        if (strcmp(word, spelled[i][0]) == 0)
            strcpy(word, spelled[i][1]);
}

/* Marks that are words; others only part words. */
static const char *const marks[][2] = {
    {"%", " porcentaje "}, {"#", " numero "},   {"$b", " bs "},      {"$B", " bs "},
    {"$", " us "},         {"\u20AC", " eur "}, {"\u00A3", " gbp "},
};
enum { MARKS = sizeof marks / sizeof *marks };

/* Bytes of a tag of HTML, which labels of survey forms may have: "<b>Código</b>"; 0: it is none. */
static size_t tag_length(const char *text)
{
    size_t slash = text[0] == '<' && text[1] == '/', len = strcspn(text, ">");
    bool letter = text[0] == '<' && strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
                                           text[1 + slash]) != NULL;
    return letter && text[1 + slash] && text[len] == '>' ? len + 1 : 0;
}

static bool has_marks(const char *heading)
{
    if (strchr(heading, '<'))
        return true;
    for (size_t i = 0; i < MARKS; i++)
        if (strstr(heading, marks[i][0]))
            return true;
    return false;
}

static char *spell_marks(struct arena *arena, const char *heading)
{
    size_t len = strlen(heading);
    char *text = arena_alloc(arena, 12 * len + 1), *at = text;
    while (text && *heading) {
        size_t mark = 0, tag = tag_length(heading);
        if (tag) {
            *at++ = ' ';
            heading += tag;
            continue;
        }
        while (mark < MARKS && strncmp(heading, marks[mark][0], strlen(marks[mark][0])) != 0)
            mark++;
        if (mark == MARKS) {
            *at++ = *heading++;
            continue;
        }
        at = stpcpy(at, marks[mark][1]);
        heading += strlen(marks[mark][0]);
    }
    return text;
}

static void split(const char *folded, struct heading_words *words)
{
    words->n = 0;
    while (*folded && words->n < WORDS_MAX) {
        size_t len = strcspn(folded, "_");
        size_t kept = len < WORD_MAX ? len : WORD_MAX - 1;
        memcpy(words->text[words->n], folded, kept);
        words->text[words->n++][kept] = '\0';
        folded += len + (folded[len] == '_');
    }
}

static char *join(struct arena *arena, const struct heading_words *words, const bool *left_out)
{
    char *key = arena_alloc(arena, words->n * WORD_MAX + 1), *at = key;
    for (size_t i = 0; key && i < words->n; i++)
        if (!left_out[i]) {
            if (at > key)
                *at++ = '_';
            at = stpcpy(at, words->text[i]);
        }
    return key;
}

/* "y" is also a coordinate, and "sus" are dollars: they only join words that stand on both sides.
 */
static bool is_small(const struct heading_words *words, size_t i)
{
    bool inside = i > 0 && i + 1 < words->n;
    return is_in(words->text[i], "de del la las los el en por al") ||
           (inside && is_in(words->text[i], "y su sus"));
}

char *heading_fold(struct arena *arena, const char *heading)
{
    char *text = has_marks(heading) ? spell_marks(arena, heading) : (char *)heading;
    return text ? text_fold_column(arena, text) : NULL;
}

/* The number of a question: "1", "12", "P4", "q3". A year is none. */
static bool is_ordinal(const char *word)
{
    size_t letter = strchr("pq", word[0]) != NULL, digits = strspn(word + letter, "0123456789");
    return digits >= 1 && digits <= 2 && !word[letter + digits];
}

/* How many words number the question: "1. Código", "4.1 Latitud", "P4 GPS". */
static size_t count_ordinals(const struct heading_words *words)
{
    size_t n = 0;
    while (n < words->n && n < 3 && is_ordinal(words->text[n]))
        n++;
    return n < words->n ? n : 0;
}

char *heading_key(struct arena *arena, const char *heading)
{
    struct heading_words words;
    bool left_out[WORDS_MAX] = {false};
    char *folded = heading_fold(arena, heading);
    size_t kept = 0;
    if (!folded)
        return NULL;
    split(folded, &words);
    size_t ordinals = count_ordinals(&words);
    if (words.n > ordinals + 1 && is_in(words.text[ordinals], "n no"))
        strcpy(words.text[ordinals], "numero");
    for (size_t i = 0; i < words.n; i++)
        kept += !(left_out[i] = i < ordinals || is_small(&words, i));
    if (kept == 0)
        memset(left_out, 0, sizeof left_out);
    for (size_t i = 0; i < words.n; i++)
        spell(words.text[i]);
    return join(arena, &words, left_out);
}

static bool is_extra(const char *word, unsigned extras)
{
    static const struct {
        enum heading_extra extra;
        const char *words;
    } lists[] = {
        {HEADING_COUNT, "numero cantidad"},
        {HEADING_BS, "bs"},
        {HEADING_HA, "ha"},
        {HEADING_T, "t"},
        {HEADING_NOT_BS, "us usd sus dolar eur euro gbp libra sol pen mil mile millon mm"},
        {HEADING_NOT_HA, "m2 km2 acre tarea cuadra"},
        {HEADING_NOT_T, "kg kilo kilogramo g gramo qq quintal lb libra arroba mil mile"},
        {HEADING_POSITION, "utm m wgs84 wgs 84 s w o sur oeste grado decimal gd dd gms dms"},
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (extras & lists[i].extra && is_in(word, lists[i].words))
            return true;
    return false;
}

const char *heading_plain(struct arena *arena, const char *key, unsigned extras)
{
    struct heading_words words;
    bool left_out[WORDS_MAX] = {false};
    size_t kept = 0;
    split(key, &words);
    for (size_t i = 0; i < words.n; i++)
        kept += !(left_out[i] = is_extra(words.text[i], extras));
    return kept == 0 || kept == words.n ? key : join(arena, &words, left_out);
}

/* The last of "/.:-" between two words, or " / ": where the last part of a heading begins. */
static const char *after_mark(const char *heading, size_t *prefix_len)
{
    const char *part = NULL;
    for (const char *at = heading; *at; at++) {
        bool wide = strncmp(at, " / ", 3) == 0;
        if (at == heading || (!wide && !strchr("/.:-", *at)))
            continue;
        const char *next = at + (wide ? 3 : 1);
        if (!*next || strchr("/.:- ", *next) || strchr("/.:- ", at[-1]))
            continue;
        *prefix_len = (size_t)(at - heading);
        part = next;
    }
    return part;
}

/* "_datos_codigo": the group ends at the second '_'; of a point at the last. */
static const char *after_underscore(const char *heading, size_t *prefix_len)
{
    static const char *const parts[] = {"_latitude", "_longitude", "_altitude", "_precision"};
    size_t len = strlen(heading);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t n = strlen(parts[i]);
        if (len > n + 1 && strcasecmp(heading + len - n, parts[i]) == 0) {
            *prefix_len = len - n;
            return heading + len - n + 1;
        }
    }
    const char *second = strchr(heading + 1, '_');
    if (!second || second == heading + 1 || !second[1])
        return NULL;
    *prefix_len = (size_t)(second - heading);
    return second + 1;
}

const char *heading_last_part(const char *heading, size_t *prefix_len)
{
    const char *part = after_mark(heading, prefix_len);
    return part || heading[0] != '_' ? part : after_underscore(heading, prefix_len);
}

/* Nearness ----------------------------------------------------------------- */

static size_t least(size_t a, size_t b, size_t c)
{
    size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Edit distance with swaps of neighbours (optimal string alignment). */
static size_t distance(const char *a, size_t n, const char *b, size_t m)
{
    size_t rows[3][WORD_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= m; j++)
        last[j] = j;
    for (size_t i = 1; i <= n; i++) {
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            row[j] = least(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < row[j])
                row[j] = before[j - 2] + 1;
        }
        size_t *free_row = before;
        before = last;
        last = row;
        row = free_row;
    }
    return last[m];
}

bool heading_is_near(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b), shorter = n < m ? n : m;
    if (n > WORD_MAX || m > WORD_MAX)
        return false;
    if (shorter <= 4)
        return strcmp(a, b) == 0;
    return distance(a, n, b, m) <= (shorter >= 10 ? 2 : 1);
}

/* Columns that programs add ------------------------------------------------- */

bool heading_is_added(const char *heading, bool *ours)
{
    static const char *const own[] = {
        FORM_COLUMN_ROW, "simulado",   "esquematico", "municipio_vinculado",
        "Fila",          "motivo",     "linea",       "tessellate",
        "extrude",       "visibility", "drawOrder",   "altitudeMode"};
    static const char *const others[] = {"fid",
                                         "ogc_fid",
                                         "gid",
                                         "objectid",
                                         "shape_length",
                                         "shape_area",
                                         "shape_leng",
                                         "_id",
                                         "_uuid",
                                         "_submission_time",
                                         "_validation_status",
                                         "_notes",
                                         "_status",
                                         "_submitted_by",
                                         "__version__",
                                         "_tags",
                                         "_index",
                                         "_parent_index",
                                         "_parent_table_name",
                                         "_xform_id_string",
                                         "_attachments",
                                         "_geolocation",
                                         "start",
                                         "end",
                                         "today",
                                         "deviceid",
                                         "subscriberid",
                                         "simserial",
                                         "phonenumber",
                                         "username",
                                         "audit",
                                         "meta/instanceid",
                                         "meta/instancename",
                                         "instanceid",
                                         "instancename",
                                         "formhub/uuid",
                                         "meta-instanceid",
                                         "meta-instancename",
                                         "submissiondate",
                                         "key",
                                         "parent_key",
                                         "time",
                                         "begin",
                                         "timestamp",
                                         "marca temporal",
                                         "globalid",
                                         "creationdate",
                                         "creator",
                                         "editdate",
                                         "editor",
                                         "created_date",
                                         "created_user",
                                         "last_edited_date",
                                         "last_edited_user",
                                         "starttime",
                                         "endtime",
                                         "formdef_version",
                                         "ec5_uuid",
                                         "ec5_parent_uuid",
                                         "created_at",
                                         "uploaded_at",
                                         "received_on",
                                         "started_time",
                                         "completed_time",
                                         "submitterid",
                                         "submittername",
                                         "attachmentspresent",
                                         "attachmentsexpected",
                                         "reviewstate",
                                         "deviceid",
                                         "edits",
                                         "formversion",
                                         "validfrom",
                                         "validto",
                                         "lastupdate",
                                         "adm0_es",
                                         "adm0_pcode",
                                         "adm1_pcode",
                                         "adm2_pcode"};
    static const char submission[] =
        "_submission__"; /* of the answer that a repeated group is in */
    *ours = strncasecmp(heading, "vinculo_", strlen("vinculo_")) == 0;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        *ours = *ours || strcmp(heading, own[i]) == 0;
    if (*ours)
        return true;
    if (strncasecmp(heading, submission, strlen(submission)) == 0)
        return true;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcasecmp(heading, others[i]) == 0)
            return true;
    return false;
}
