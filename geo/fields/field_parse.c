/* field_parse.c - parses a value of a field, as people and spreadsheets write it. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "geo/base/buf.h"
#include "geo/base/text.h"
#include "geo/fields/field_accepts.h"
#include "geo/fields/field_internal.h"
#include "geo/texts/code_text.h"
#include "geo/texts/sheet_error.h"

static bool keep_text(const char *text, struct geo_value *out, struct err *err)
{
    *out = (struct geo_value){.kind = GEO_TEXT_VALUE, .text = text};
    return text || err_no_memory(err);
}

static const char advice_text[] = "; dé a la columna formato de texto y escríbalo otra vez";

static bool code_of_number(const struct field_input *in, const char **code, struct err *err)
{
    const char *why, *text = in->text;
    char *comma = strchr(text, ',') ? arena_strdup(in->arena, text) : NULL;
    if (comma) {
        *strchr(comma, ',') = '.';
        text = comma;
    }
    *code = code_text_of_number(in->arena, text, &why);
    if (*code)
        return true;
    if (!why)
        return err_no_memory(err);
    bool most = strcmp(in->text, "9223372036854775807") == 0; /* GDAL makes it of larger ones */
    return err_set(err, ERR_INPUT, "%s: el código «%s»%s llegó como número y %s%s", in->field->name,
                   in->text, most ? ", o uno mayor," : "", why, advice_text);
}

/* Without what keeps the zeros of a code for spreadsheets: ="0012", or '0012. */
static const char *without_marks(const struct field_input *in)
{
    const char *text = in->text;
    size_t len = strlen(text);
    if (len > 3 && text[0] == '=' && text[1] == '"' && strchr(text + 2, '"') == text + len - 1)
        return arena_strndup(in->arena, text + 2, len - 3);
    bool digits = text[0] == '\'' && text[1] && !text[1 + strspn(text + 1, "0123456789")];
    return digits ? text + 1 : text;
}

/* "1203.00", or "1203,00" as a sheet writes it to a CSV, in a column of such numbers. */
static bool has_zeros(const struct field_input *in, bool ine)
{
    size_t whole = strspn(in->text, "0123456789");
    const char *mark = in->text + whole;
    return in->kind == SOURCE_CELL_TEXT && (in->reading->zeros || (ine && *mark == '.')) &&
           whole > 0 && (*mark == '.' || *mark == ',') && mark[1] &&
           !mark[1 + strspn(mark + 1, "0")];
}

/* A code, however a sheet or a file took it for something else. */
static bool parse_code(const struct field_input *in, struct geo_value *out, struct err *err)
{
    const char *code = without_marks(in);
    char digits[7];
    bool ine = in->field->flags & GEO_INE_CODE;
    if (in->kind == SOURCE_CELL_DATE)
        return err_set(err, ERR_INPUT, "%s: la hoja tomó el código por la fecha «%s»%s",
                       geo_field_published(in->field), in->text, advice_text);
    if (in->kind == SOURCE_CELL_PERCENT || in->kind == SOURCE_CELL_FLAG ||
        in->kind == SOURCE_CELL_FOREIGN)
        return field_refuse(in, "un código", err);
    if (code_text_is_several(in->text))
        return field_refuse_because(in, "son varios códigos: deje uno, o un registro por cada uno",
                                    err);
    if (code_text_is_rounded(in->text))
        return err_set(err, ERR_INPUT,
                       "%s: «%s» es como una hoja muestra un código largo, y le faltan cifras%s",
                       geo_field_published(in->field), in->text, advice_text);
    if ((in->kind == SOURCE_CELL_NUMBER || has_zeros(in, ine)) && !code_of_number(in, &code, err))
        return false;
    if (ine && code_text_municipality(code, digits) != CODE_NONE)
        code = arena_strdup(in->arena, digits);
    return keep_text(code, out, err);
}

/* { "es": "Uno", "qu": "Huk" }: GeoJSON may have an object where a value belongs. */
static bool is_object(const char *text)
{
    return text[0] == '{' && strchr(text, '"') && strchr(text, ':') &&
           text[strlen(text) - 1] == '}';
}

static bool parse_words(const struct field_input *in, struct geo_value *out, struct err *err)
{
    if (is_object(in->text))
        return field_refuse_because(
            in, "es un objeto de JSON, no un texto: déjele solo el valor que es del campo", err);
    if (in->field->flags & GEO_CODE)
        return parse_code(in, out, err);
    if (in->kind == SOURCE_CELL_DATE && !in->reading->days)
        return err_set(err, ERR_INPUT, "%s: la hoja tomó el texto por la fecha «%s»%s",
                       geo_field_published(in->field), in->text, advice_text);
    if (in->kind == SOURCE_CELL_FLAG)
        return keep_text(strcmp(in->text, "1") == 0 ? "verdadero" : "falso", out, err);
    if (in->kind == SOURCE_CELL_PERCENT)
        return keep_text(arena_printf(in->arena, "%s%%", in->text), out, err);
    return keep_text(in->text, out, err);
}

static bool refuse_choice(const struct field_input *in, struct err *err)
{
    struct buf accepted;
    buf_init(&accepted);
    field_put_accepts(&accepted, in->field);
    err_set(err, ERR_INPUT, "%s: «%s» no es uno de: %s", geo_field_published(in->field), in->text,
            accepted.data ? accepted.data : "");
    buf_free(&accepted);
    return false;
}

static bool parse_choice(const struct field_input *in, struct geo_value *out, struct err *err)
{
    for (const struct geo_choice *choice = in->field->choices; choice->value; choice++)
        if (strcmp(in->text, choice->value) == 0)
            return keep_text(choice->value, out, err);
    char *wanted = text_fold_column(in->arena, in->text);
    for (const struct geo_choice *choice = in->field->choices; choice->value; choice++) {
        char *value = text_fold_column(in->arena, choice->value);
        char *label = text_fold_column(in->arena, choice->label);
        if (wanted && value && label &&
            (strcmp(wanted, value) == 0 || strcmp(wanted, label) == 0)) {
            *out = (struct geo_value){.kind = GEO_TEXT_VALUE, .text = choice->value};
            return true;
        }
    }
    return refuse_choice(in, err);
}

static bool parse_flag(const struct field_input *in, struct geo_value *out, struct err *err)
{
    static const struct {
        const char *word;
        int value;
    } words[] = {{"1", 1},         {"si", 1},  {"s", 1}, {"x", 1},  {"true", 1},  {"0", 0},
                 {"verdadero", 1}, {"yes", 1}, {"n", 0}, {"no", 0}, {"false", 0}, {"falso", 0}};
    char *folded = text_fold_column(in->arena, in->text);
    for (size_t i = 0; folded && i < sizeof words / sizeof *words; i++)
        if (strcmp(folded, words[i].word) == 0) {
            *out = (struct geo_value){.kind = GEO_INT_VALUE, .integer = words[i].value};
            return true;
        }
    return field_refuse(in, "sí o no (1 o 0)", err);
}

static bool parse_by_type(const struct field_input *in, struct geo_value *out, struct err *err)
{
    switch (in->field->type) {
    case GEO_TEXT:
        return parse_words(in, out, err);
    case GEO_INTEGER:
    case GEO_REAL:
    case GEO_MONEY:
        return field_parse_number(in, out, err);
    case GEO_DATE:
        return field_parse_day(in, out, err);
    case GEO_CHOICE:
        return parse_choice(in, out, err);
    case GEO_FLAG:
        return parse_flag(in, out, err);
    }
    return err_set(err, ERR_SETUP, "%s: tipo desconocido", in->field->name);
}

/* What a sheet shows instead of a value. */
static bool refuse_cell(const struct geo_field *field, const struct source_cell *cell,
                        struct err *err)
{
    const char *text = cell->text ? cell->text : "";
    if (cell->kind == SOURCE_CELL_ERROR)
        return err_set(err, ERR_INPUT,
                       "%s: la celda tiene el error «%.100s»; corríjala, o déjela vacía si no hay "
                       "valor",
                       geo_field_published(field), text);
    return err_set(err, ERR_INPUT,
                   "%s: la celda tiene una fórmula sin su resultado («%.*s»); abra el archivo en "
                   "una hoja de cálculo, guárdelo e impórtelo otra vez",
                   geo_field_published(field), text_cut(text, 100), text);
}

/* True for "s/d", which is no value: of numbers and dates only in a column of them. */
static bool is_no_data(const struct geo_field *field, const struct column_reading *reading,
                       const char *text)
{
    bool counted = field->type == GEO_INTEGER || field->type == GEO_REAL ||
                   field->type == GEO_MONEY || field->type == GEO_DATE;
    return (!counted || reading->no_data) && column_facts_no_data(text);
}

/* The name that the text is, however written; NULL: none. */
static const char *odd_name(const struct geo_field *field, const char *text)
{
    static const char *const names[] = {"Nan", "Null", "Na", "Nd", "Sd"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(text, names[i]) == 0 && strcmp(field->name, "nombre") == 0)
            return names[i];
    return NULL;
}

bool geo_field_is_odd_name(const struct geo_field *field, const char *text)
{
    const char *name = odd_name(field, text);
    return name && strcmp(name, text) == 0;
}

static bool refuse_missing(const struct geo_field *field, const char *text, struct err *err)
{
    if (!text[0])
        return err_set(err, ERR_INPUT, "%s: falta, y es obligatorio", geo_field_published(field));
    return err_set(err, ERR_INPUT, "%s: «%s» dice que no hay dato, y es obligatorio%s",
                   geo_field_published(field), text,
                   odd_name(field, text)
                       ? "; si se llama así, escríbalo con solo la primera letra en mayúscula"
                       : "");
}

bool geo_field_read(const struct geo_field *field, const struct source_cell *cell,
                    const struct column_reading *reading, struct arena *arena,
                    struct geo_value *out, struct err *err)
{
    *out = (struct geo_value){.kind = GEO_NULL};
    if (cell->kind == SOURCE_CELL_ERROR || cell->kind == SOURCE_CELL_NO_VALUE)
        return refuse_cell(field, cell, err);
    const char *clean = cell->text ? text_clean(arena, cell->text) : "";
    if (!clean)
        return err_set(err, ERR_INPUT, "%s: el texto no es UTF-8", geo_field_published(field));
    bool text = cell->kind == SOURCE_CELL_TEXT;
    if (text && sheet_error_is(clean))
        return refuse_cell(field, &(struct source_cell){SOURCE_CELL_ERROR, clean}, err);
    if (!clean[0] ||
        (text && is_no_data(field, reading, clean) && !geo_field_is_odd_name(field, clean)))
        return !(field->flags & GEO_REQUIRED) || refuse_missing(field, clean, err);
    struct field_input in = {field, reading, cell->kind, clean, arena};
    return parse_by_type(&in, out, err);
}

bool geo_field_parse(const struct geo_field *field, const char *text, bool typed,
                     struct arena *arena, struct geo_value *out, struct err *err)
{
    static const struct column_reading alone = {.mark = MARK_OPEN};
    struct source_cell cell = {!text   ? SOURCE_CELL_EMPTY
                               : typed ? SOURCE_CELL_NUMBER
                                       : SOURCE_CELL_TEXT,
                               text};
    return geo_field_read(field, &cell, &alone, arena, out, err);
}
