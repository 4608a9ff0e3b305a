/* expr_options.c - operators with an object of options: collator, number-format. */
#include "styles/expr_node.h"
#include "styles/locale.h"

/* As in MapLibre, an option that is false, 0, "" or null counts as not given. */
bool expr_parse_options(struct expr_parser *parser, const struct expr_value *json, size_t item,
                        const struct expr_option *options, size_t n, struct expr **out)
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

/* A node with the options as data, and those given as args. */
struct expr *expr_node_with_options(struct expr_parser *parser, expr_eval_fn *eval,
                                    const struct expr_type *type, struct expr *const *at, size_t n)
{
    size_t n_args = 0;
    struct options *options = arena_alloc(parser->arena, sizeof *options);
    struct expr **kept = arena_array(parser->arena, n, sizeof(struct expr *));
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
bool expr_option(const struct expr *expr, struct expr_env *env, size_t i, struct expr_value *out)
{
    const struct options *options = expr->data;
    *out = expr_null();
    return !options->at[i] || expr_eval(options->at[i], env, out);
}

size_t expr_option_count(const struct expr *expr)
{
    return ((const struct options *)expr->data)->n;
}

static const char *text_or_null(const struct expr_value *value)
{
    return value->kind == EXPR_STRING ? value->string : NULL;
}

/* collator -------------------------------------------------------------------- */

struct expr_collator {
    bool case_sensitive, accent_sensitive;
    const char *locale; /* NULL: the default */
};

static bool eval_collator(const struct expr *expr, struct expr_env *env, struct expr_value *out)
{
    struct expr_value by_case, by_accent, locale;
    struct expr_collator *collator = arena_alloc(env->arena, sizeof *collator);
    if (!collator)
        return err_no_memory(env->err);
    if (!expr_option(expr, env, 0, &by_case) || !expr_option(expr, env, 1, &by_accent) ||
        !expr_option(expr, env, 2, &locale))
        return false;
    *collator = (struct expr_collator){expr_to_boolean(&by_case), expr_to_boolean(&by_accent),
                                       text_or_null(&locale)};
    *out = (struct expr_value){.kind = EXPR_COLLATOR, .collator = collator};
    return true;
}

struct expr *expr_parse_collator(struct expr_parser *parser, const struct expr_items *items)
{
    static const struct expr_option options[] = {{"case-sensitive", &expr_type_boolean},
                                                 {"diacritic-sensitive", &expr_type_boolean},
                                                 {"locale", &expr_type_string}};
    struct expr *given[3];
    if (items->n != 2)
        return expr_refuse_count(parser, "un argumento", items);
    if (items->at[1].kind != EXPR_OBJECT)
        return expr_refuse_item(parser, 1, "las opciones de «collator» deben ser un objeto");
    if (!expr_parse_options(parser, &items->at[1], 1, options, 3, given))
        return NULL;
    return expr_node_with_options(parser, eval_collator, &expr_type_collator, given, 3);
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
        if (!expr_option(expr, env, i, &value[i]))
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
    static const struct expr_option options[] = {{"locale", &expr_type_string},
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
    if (!expr_parse_options(parser, &items->at[2], 2, options, OF_N - 1, given + 1))
        return NULL;
    if (given[OF_CURRENCY] && given[OF_UNIT])
        return expr_refuse_item(parser, 2, "«currency» y «unit» no van juntos");
    return expr_node_with_options(parser, eval_number_format, &expr_type_string, given, OF_N);
}
