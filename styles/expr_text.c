/* expr_text.c - texts: joining and case, collators, numbers in words, formatted
 * text and images. */
#include <math.h>
#include <string.h>

#include "styles/expr_node.h"
#include "styles/locale.h"

bool expr_take_text(const struct expr *expr, struct expr_env *env, struct buf *text,
                    struct expr_value *out)
{
    bool ok = false;
    if (buf_failed(text))
        err_no_memory(env->err);
    else if (text->len > EXPR_MAX_TEXT)
        expr_fail(expr, env, "el texto pasa de %d bytes", EXPR_MAX_TEXT);
    else {
        *out = expr_string(arena_strndup(env->arena, text->data ? text->data : "", text->len));
        ok = out->kind == EXPR_STRING || err_no_memory(env->err);
    }
    buf_free(text);
    return ok;
}

bool expr_eval_concat(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct buf text;
    buf_init(&text);
    for (size_t i = 0; i < expr->n_args && text.len <= EXPR_MAX_TEXT; i++) {
        struct expr_value part;
        if (!expr_eval(expr->args[i], env, &part)) {
            buf_free(&text);
            return false;
        }
        expr_put_text(&text, &part);
    }
    return expr_take_text(expr, env, &text, out);
}

static bool change_case(const struct expr *expr, struct expr_env *env,
                        char *(*change)(struct arena *, const char *), struct expr_value *out)
{
    struct expr_value text;
    if (!expr_eval(expr->args[0], env, &text))
        return false;
    *out = expr_string(change(env->arena, text.string));
    return out->kind == EXPR_STRING || err_no_memory(env->err);
}

bool expr_eval_upcase(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    return change_case(expr, env, locale_upper, out);
}

bool expr_eval_downcase(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    return change_case(expr, env, locale_lower, out);
}

/* The next part of text before `mark` (between characters, if mark is empty). */
static size_t part_len(const char *text, const char *mark, bool *last)
{
    if (!*mark) {
        size_t len = 1;
        while (((unsigned char)text[len] & 0xC0) == 0x80)
            len++;
        *last = !text[0] || !text[len];
        return text[0] ? len : 0;
    }
    const char *found = strstr(text, mark);
    *last = !found;
    return found ? (size_t)(found - text) : strlen(text);
}

bool expr_eval_split(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value text, mark;
    if (!expr_eval(expr->args[0], env, &text) || !expr_eval(expr->args[1], env, &mark))
        return false;
    size_t n = 1, step = strlen(mark.string);
    bool last;
    for (const char *at = text.string;; n++) {
        at += part_len(at, mark.string, &last) + step;
        if (last)
            break;
    }
    if (!step && !text.string[0])
        n = 0;
    struct expr_items *items = arena_alloc(env->arena, sizeof *items);
    struct expr_value *parts = arena_array(env->arena, n, sizeof *parts);
    if (!items || !parts)
        return err_no_memory(env->err);
    const char *at = text.string;
    for (size_t i = 0; i < n; i++) {
        size_t len = part_len(at, mark.string, &last);
        parts[i] = expr_string(arena_strndup(env->arena, at, len));
        if (parts[i].kind != EXPR_STRING)
            return err_no_memory(env->err);
        at += len + step;
    }
    *items = (struct expr_items){n, parts};
    *out = (struct expr_value){.kind = EXPR_ARRAY, .array = items};
    return true;
}

bool expr_eval_join(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value list, mark;
    if (!expr_eval(expr->args[0], env, &list) || !expr_eval(expr->args[1], env, &mark))
        return false;
    struct buf text;
    buf_init(&text);
    for (size_t i = 0; i < list.array->n && text.len <= EXPR_MAX_TEXT; i++) {
        buf_puts(&text, i ? mark.string : "");
        expr_put_text(&text, &list.array->at[i]);
    }
    return expr_take_text(expr, env, &text, out);
}

/* Options of an object ------------------------ */

struct option {
    const char *name;
    const struct expr_type *type;
};

/* MapLibre takes an option that is false, 0, "" or null for one not given. */
static bool parse_options(struct expr_parser *parser, const struct expr_value *json, size_t item,
                          const struct option *options, size_t n, struct expr **out)
{
    for (size_t i = 0; i < n; i++) {
        const struct expr_value *given = expr_member_find(json->object, options[i].name);
        out[i] = NULL;
        if (!given || !expr_to_boolean(given))
            continue;
        out[i] = expr_parse_member(parser, given, item, options[i].name, options[i].type);
        if (!out[i])
            return false;
    }
    return true;
}

struct options {
    size_t n;
    struct expr *const *at; /* NULL: not given */
};

/* A node whose data are its options and whose args are those given. */
static struct expr *node_with_options(struct expr_parser *parser, expr_eval_fn *eval,
                                      const struct expr_type *type, struct expr *const *at,
                                      size_t n)
{
    size_t n_args = 0;
    struct options *options = arena_alloc(parser->arena, sizeof *options);
    struct expr **kept = arena_array(parser->arena, n, sizeof *kept);
    struct expr *expr = expr_node(parser, eval, type, n);
    if (!expr || !kept || !options)
        return expr_refuse_memory(parser);
    for (size_t i = 0; i < n; i++) {
        kept[i] = at[i];
        if (at[i])
            expr->args[n_args++] = at[i];
    }
    *options = (struct options){n, kept};
    expr->n_args = n_args;
    expr->data = options;
    return expr_seal(parser, expr);
}

/* Option i as a value; null where it is not given. */
static bool option(const struct expr *expr, struct expr_env *env, size_t i, struct expr_value *out)
{
    const struct options *options = expr->data;
    *out = expr_null();
    return !options->at[i] || expr_eval(options->at[i], env, out);
}

static const char *text_or_null(const struct expr_value *value)
{
    return value->kind == EXPR_STRING ? value->string : NULL;
}

/* collator -------------------------------------------------------------------- */

struct expr_collator {
    bool case_sensitive, accent_sensitive;
    const char *locale; /* NULL: none in particular */
};

static bool eval_collator(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value by_case, by_accent, locale;
    struct expr_collator *collator = arena_alloc(env->arena, sizeof *collator);
    if (!collator)
        return err_no_memory(env->err);
    if (!option(expr, env, 0, &by_case) || !option(expr, env, 1, &by_accent) ||
        !option(expr, env, 2, &locale))
        return false;
    *collator = (struct expr_collator){expr_to_boolean(&by_case), expr_to_boolean(&by_accent),
                                       text_or_null(&locale)};
    *out = (struct expr_value){.kind = EXPR_COLLATOR, .collator = collator};
    return true;
}

struct expr *expr_parse_collator(struct expr_parser *parser, const struct expr_items *items)
{
    static const struct option options[] = {{"case-sensitive", &expr_type_boolean},
                                            {"diacritic-sensitive", &expr_type_boolean},
                                            {"locale", &expr_type_string}};
    struct expr *given[3];
    if (items->n != 2)
        return expr_refuse_count(parser, "un argumento", items);
    if (items->at[1].kind != EXPR_OBJECT)
        return expr_refuse_item(parser, 1, "las opciones de «collator» deben ser un objeto");
    if (!parse_options(parser, &items->at[1], 1, options, 3, given))
        return NULL;
    return node_with_options(parser, eval_collator, &expr_type_collator, given, 3);
}

bool expr_collate(const struct expr *expr, struct expr_env *env, const struct expr_value *collator,
                  const char *a, const char *b, int *order)
{
    const struct expr_collator *how = collator->collator;
    return locale_compare(how->locale, how->case_sensitive, how->accent_sensitive, a, b, order) ||
           expr_fail(expr, env, "no se conoce el idioma «%s»", how->locale ? how->locale : "en");
}

bool expr_eval_resolved_locale(const struct expr *expr, struct expr_env *env,
                               struct expr_value *out)
{
    struct expr_value collator;
    if (!expr_eval(expr->args[0], env, &collator))
        return false;
    const char *locale = collator.collator->locale;
    *out = expr_string(locale_resolved(env->arena, locale));
    return out->kind == EXPR_STRING ||
           expr_fail(expr, env, "no se conoce el idioma «%s»", locale ? locale : "en");
}

/* number-format ------------------------------------------------------------------ */

enum { OF_NUMBER, OF_LOCALE, OF_CURRENCY, OF_UNIT, OF_MIN, OF_MAX, OF_N };

static bool eval_number_format(const struct expr *expr, struct expr_env *env,
                               struct expr_value *out)
{
    struct expr_value value[OF_N];
    for (size_t i = 0; i < OF_N; i++)
        if (!option(expr, env, i, &value[i]))
            return false;
    struct locale_number how = {text_or_null(&value[OF_LOCALE]), text_or_null(&value[OF_CURRENCY]),
                                text_or_null(&value[OF_UNIT]), -1, -1};
    for (size_t i = OF_MIN; i <= OF_MAX; i++) {
        double decimals = value[i].kind == EXPR_NUMBER ? value[i].number : -1;
        if (value[i].kind == EXPR_NUMBER && !(decimals >= 0 && decimals <= 20))
            return expr_fail(expr, env, "los decimales van de 0 a 20, y son %g", decimals);
        *(i == OF_MIN ? &how.min_decimals : &how.max_decimals) = (int)decimals;
    }
    *out = expr_string(locale_format(env->arena, value[OF_NUMBER].number, &how));
    return out->kind == EXPR_STRING ||
           expr_fail(expr, env, "no se conoce ese idioma, moneda o unidad de «number-format»");
}

struct expr *expr_parse_number_format(struct expr_parser *parser, const struct expr_items *items)
{
    static const struct option options[] = {{"locale", &expr_type_string},
                                            {"currency", &expr_type_string},
                                            {"unit", &expr_type_string},
                                            {"min-fraction-digits", &expr_type_number},
                                            {"max-fraction-digits", &expr_type_number}};
    struct expr *given[OF_N];
    if (items->n != 3)
        return expr_refuse_count(parser, "dos argumentos", items);
    given[OF_NUMBER] = expr_parse_item(parser, items, 1, &expr_type_number);
    if (!given[OF_NUMBER])
        return NULL;
    if (items->at[2].kind != EXPR_OBJECT)
        return expr_refuse_item(parser, 2, "las opciones de «number-format» deben ser un objeto");
    if (!parse_options(parser, &items->at[2], 2, options, OF_N - 1, given + 1))
        return NULL;
    if (given[OF_CURRENCY] && given[OF_UNIT])
        return expr_refuse_item(parser, 2, "«currency» y «unit» no van juntos");
    return node_with_options(parser, eval_number_format, &expr_type_string, given, OF_N);
}

/* image, format ------------------------------------------------------------------ */

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

/* Options are those of one section after the other. */
static bool eval_section(const struct expr *expr, struct expr_env *env, size_t first,
                         struct expr_section *section)
{
    struct expr_value value[OF_SECTION];
    for (size_t i = 0; i < OF_SECTION; i++)
        if (!option(expr, env, first + i, &value[i]))
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
    size_t n = ((const struct options *)expr->data)->n / OF_SECTION;
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
    static const struct option options[] = {{"font-scale", &expr_type_number},
                                            {"text-font", &fonts_type},
                                            {"text-color", &expr_type_color},
                                            {"vertical-align", &expr_type_string}};
    if (items->n < 2)
        return expr_refuse_count(parser, "al menos un argumento", items);
    struct expr **given = arena_array(parser->arena, items->n * OF_SECTION, sizeof *given);
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
            if (!parse_options(parser, item, i, options, OF_SECTION - 1,
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
    return node_with_options(parser, eval_format, &expr_type_formatted, given, n * OF_SECTION);
}
