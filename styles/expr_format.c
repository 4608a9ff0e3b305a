/* expr_format.c - images and formatted text. */
#include <string.h>

#include "styles/expr_node.h"

static const char *text_or_null(const struct expr_value *value)
{
    return value->kind == EXPR_STRING ? value->string : NULL;
}

static bool eval_image(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value name;
    if (!expr_eval(expr->args[0], env, &name))
        return false;
    struct expr_image *image = arena_alloc(env->arena, sizeof *image);
    if (!image)
        return err_no_memory(env->err);
    image->name = name.string;
    for (size_t i = 0; env->images && i < env->images->n; i++)
        image->available |= expr_same(&env->images->at[i], &name);
    *out = name.string[0] ? (struct expr_value){.kind = EXPR_IMAGE, .image = image} : expr_null();
    return true;
}

struct expr *expr_parse_image(struct expr_parser *parser, const struct expr_items *items)
{
    if (items->n != 2)
        return expr_refuse_count(parser, "un argumento", items);
    struct expr *expr = expr_node(parser, eval_image, &expr_type_image, 1);
    if (!expr)
        return NULL;
    expr->args[0] = expr_parse_item(parser, items, 1, &expr_type_string);
    return expr->args[0] ? expr_seal(parser, expr) : NULL;
}

static const struct expr_type fonts_type = {EXPR_ARRAY, &expr_type_string, EXPR_ANY_LENGTH};

enum { OF_TEXT, OF_SCALE, OF_FONT, OF_COLOR, OF_ALIGN, OF_SECTION };

/* Evaluates a section; options are stored section by section. */
static bool eval_section(const struct expr *expr, struct expr_env *env, size_t first,
                         struct expr_section *section)
{
    struct expr_value value[OF_SECTION];
    for (size_t i = 0; i < OF_SECTION; i++)
        if (!expr_option(expr, env, first + i, &value[i]))
            return false;
    section->align = text_or_null(&value[OF_ALIGN]);
    if (value[OF_TEXT].kind == EXPR_IMAGE) {
        section->text = "";
        section->image = value[OF_TEXT].image;
        return true;
    }
    section->text = expr_to_text(env->arena, &value[OF_TEXT]);
    double *scale = arena_alloc(env->arena, sizeof *scale);
    struct color *color = arena_alloc(env->arena, sizeof *color);
    if (!section->text || !scale || !color)
        return err_no_memory(env->err);
    if (value[OF_SCALE].kind == EXPR_NUMBER) {
        *scale = value[OF_SCALE].number;
        section->scale = scale;
    }
    if (value[OF_COLOR].kind == EXPR_COLOR) {
        *color = value[OF_COLOR].color;
        section->color = color;
    }
    if (value[OF_FONT].kind != EXPR_ARRAY)
        return true;
    struct buf fonts;
    struct expr_value joined;
    buf_init(&fonts);
    for (size_t i = 0; i < value[OF_FONT].array->n; i++) {
        buf_puts(&fonts, i ? "," : "");
        expr_put_text(&fonts, &value[OF_FONT].array->at[i]);
    }
    if (!expr_take_text(expr, env, &fonts, &joined))
        return false;
    section->fonts = joined.string;
    return true;
}

static bool eval_format(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    size_t n = expr_option_count(expr) / OF_SECTION;
    struct expr_sections *sections = arena_alloc(env->arena, sizeof *sections);
    struct expr_section *at = arena_array(env->arena, n, sizeof *at);
    if (!sections || !at)
        return err_no_memory(env->err);
    for (size_t i = 0; i < n; i++)
        if (!eval_section(expr, env, i * OF_SECTION, &at[i]))
            return false;
    *sections = (struct expr_sections){n, at};
    *out = (struct expr_value){.kind = EXPR_FORMATTED, .formatted = sections};
    return true;
}

static bool known_align(const struct expr_value *align)
{
    return align->kind != EXPR_STRING || !align->string[0] ||
           strcmp(align->string, "bottom") == 0 || strcmp(align->string, "center") == 0 ||
           strcmp(align->string, "top") == 0;
}

/* format: content, options?, content, options?, … */
struct expr *expr_parse_format(struct expr_parser *parser, const struct expr_items *items)
{
    static const struct expr_option options[] = {{"font-scale", &expr_type_number},
                                                 {"text-font", &fonts_type},
                                                 {"text-color", &expr_type_color},
                                                 {"vertical-align", &expr_type_string}};
    if (items->n < 2)
        return expr_refuse_count(parser, "al menos un argumento", items);
    if (items->at[1].kind == EXPR_NULL || items->at[1].kind == EXPR_OBJECT)
        return expr_refuse_item(parser, 1, "lo primero de «format» es un texto o una imagen");
    struct expr **given = arena_array(parser->arena, items->n * OF_SECTION, sizeof(struct expr *));
    if (!given)
        return expr_refuse_memory(parser);
    size_t n = 0;
    bool may_be_options = false;
    for (size_t i = 1; i < items->n; i++) {
        const struct expr_value *item = &items->at[i];
        if (item->kind == EXPR_OBJECT && may_be_options) {
            may_be_options = false;
            const struct expr_value *align = expr_member_find(item->object, "vertical-align");
            if (align && !known_align(align))
                return expr_refuse_item(parser, i, "«vertical-align» es bottom, center o top");
            if (!expr_parse_options(parser, item, i, options, OF_SECTION - 1,
                                    &given[(n - 1) * OF_SECTION + 1]))
                return NULL;
            continue;
        }
        struct expr *content = expr_parse_item(parser, items, i, &expr_type_value);
        if (!content)
            return NULL;
        enum expr_kind kind = content->type->kind;
        if (kind != EXPR_STRING && kind != EXPR_VALUE && kind != EXPR_NULL && kind != EXPR_IMAGE)
            return expr_refuse_item(parser, i, "una parte de «format» es texto o imagen, y es %s",
                                    expr_parser_type_name(parser, content->type));
        given[n++ * OF_SECTION] = content;
        may_be_options = true;
    }
    return expr_node_with_options(parser, eval_format, &expr_type_formatted, given, n * OF_SECTION);
}
