/* style_constant.c - checks and reads property values that are no expressions. */
#include <string.h>

#include "styles/style_layer.h"

static const struct expr_type numbers_type = {EXPR_ARRAY, &expr_type_number, EXPR_ANY_LENGTH};
static const struct expr_type texts_type = {EXPR_ARRAY, &expr_type_string, EXPR_ANY_LENGTH};
static const struct expr_type pair_type = {EXPR_ARRAY, &expr_type_number, 2};

const struct expr_type *style_row_type(const struct style_row *row)
{
    switch (row->kind) {
    case EXPR_COLOR:
        return &expr_type_color;
    case EXPR_STRING:
        return &expr_type_string;
    case EXPR_ARRAY:
        return row->texts ? &texts_type : row->length == 2 ? &pair_type : &numbers_type;
    case EXPR_BOOLEAN:
        return &expr_type_boolean;
    case EXPR_FORMATTED:
        return &expr_type_formatted;
    case EXPR_IMAGE:
        return &expr_type_image;
    case EXPR_PADDING:
        return &expr_type_padding;
    default:
        return &expr_type_number;
    }
}

static bool is_word_of(const struct style_row *row, const char *word)
{
    for (const char *const *w = row->words; *w; w++)
        if (strcmp(*w, word) == 0)
            return true;
    return false;
}

static bool check_number(struct style_reader *reader, const struct expr_path *path,
                         const struct style_row *row, const struct expr_value *value)
{
    if (value->kind != EXPR_NUMBER)
        return style_problem(reader, path, "se esperaba un número");
    if (value->number < row->min)
        return style_problem(reader, path, "%g es menor que el mínimo, %g", value->number,
                             row->min);
    if (value->number > row->max)
        return style_problem(reader, path, "%g es mayor que el máximo, %g", value->number,
                             row->max);
    return true;
}

static bool check_word(struct style_reader *reader, const struct expr_path *path,
                       const struct style_row *row, const struct expr_value *json)
{
    if (json->kind == EXPR_STRING && is_word_of(row, json->string))
        return true;
    struct buf words;
    buf_init(&words);
    for (const char *const *word = row->words; *word; word++)
        buf_printf(&words, "%s%s", word == row->words ? "" : word[1] ? ", " : " o ", *word);
    style_problem(reader, path, "se esperaba %s", words.data ? words.data : row->words[0]);
    buf_free(&words);
    return false;
}

static bool check_list(struct style_reader *reader, const struct expr_path *path,
                       const struct style_row *row, const struct expr_value *json)
{
    if (json->kind != EXPR_ARRAY)
        return style_problem(reader, path, "se esperaba una lista de %s",
                             row->texts ? "textos" : "números");
    const struct expr_items *items = json->array;
    if ((row->length && items->n != row->length) || (row->texts && items->n == 0))
        return style_problem(reader, path, "se esperaba una lista de %s",
                             row->texts ? "un texto o más" : "dos números");
    if (!row->texts && items->n > STYLE_MAX_NUMBERS)
        return style_problem(reader, path, "%zu números: se admiten hasta %d", items->n,
                             STYLE_MAX_NUMBERS);
    for (size_t i = 0; i < items->n; i++) {
        const struct expr_path *at = style_path(reader, path, NULL, i);
        if (row->texts && items->at[i].kind != EXPR_STRING)
            return style_problem(reader, at, "se esperaba un texto");
        if (!row->texts && !check_number(reader, at, row, &items->at[i]))
            return false;
    }
    return true;
}

/* A number, or one to four of them, as CSS takes them. */
static bool check_padding(struct style_reader *reader, const struct expr_path *path,
                          const struct style_row *row, const struct expr_value *json,
                          struct expr_value *out)
{
    if (json->kind != EXPR_ARRAY && !check_number(reader, path, row, json))
        return false;
    for (size_t i = 0; json->kind == EXPR_ARRAY && i < json->array->n; i++)
        if (!check_number(reader, style_path(reader, path, NULL, i), row, &json->array->at[i]))
            return false;
    return expr_special_read(EXPR_PADDING, json, reader->arena, out) ||
           style_problem(reader, path, "se esperaba un número o una lista de uno a cuatro");
}

bool style_constant_read(struct style_reader *reader, const struct expr_path *path,
                         const struct style_row *row, const struct expr_value *json,
                         struct expr_value *out)
{
    struct color color;
    *out = *json;
    switch (row->kind) {
    case EXPR_COLOR:
        if (json->kind != EXPR_STRING || !color_parse(json->string, &color))
            return style_problem(reader, path,
                                 "se esperaba un color, como \"#1b7837\" o "
                                 "\"rgba(27, 120, 55, 0.5)\"");
        *out = expr_color(color);
        return true;
    case EXPR_STRING:
        return check_word(reader, path, row, json);
    case EXPR_ARRAY:
        return check_list(reader, path, row, json);
    case EXPR_BOOLEAN:
        return json->kind == EXPR_BOOLEAN ||
               style_problem(reader, path, "se esperaba true o false");
    case EXPR_PADDING:
        return check_padding(reader, path, row, json, out);
    case EXPR_FORMATTED:
    case EXPR_IMAGE:
        return json->kind == EXPR_STRING ||
               style_problem(reader, path, "se esperaba un texto o una expresión");
    default:
        return check_number(reader, path, row, json);
    }
}

/* The default of a list: the specification's fonts, no offset, no dashes. */
static struct expr_value default_list(const struct style_row *row)
{
    static const struct expr_value fonts[] = {{.kind = EXPR_STRING, .string = "Open Sans Regular"},
                                              {.kind = EXPR_STRING,
                                               .string = "Arial Unicode MS Regular"}},
                                   zeros[] = {{.kind = EXPR_NUMBER, .number = 0},
                                              {.kind = EXPR_NUMBER, .number = 0}};
    static const struct expr_items font_list = {2, fonts}, no_offset = {2, zeros},
                                   none = {0, zeros};
    return (struct expr_value){.kind = EXPR_ARRAY,
                               .array = row->texts         ? &font_list
                                        : row->length == 2 ? &no_offset
                                                           : &none};
}

struct expr_value style_row_default(const struct style_row *row)
{
    switch (row->kind) {
    case EXPR_NUMBER:
    case EXPR_PADDING:
        return expr_number(row->fallback);
    case EXPR_COLOR:
        return expr_string(row->color.a > 0 ? "#000000" : "rgba(0, 0, 0, 0)");
    case EXPR_BOOLEAN:
        return expr_boolean(false);
    case EXPR_STRING:
        return expr_string(row->words[0]);
    case EXPR_FORMATTED:
    case EXPR_IMAGE:
        return expr_string("");
    default:
        return default_list(row);
    }
}
