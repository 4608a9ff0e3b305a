/* test_expr.c - tests of MapLibre expressions and CSS colours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "geo/base/buf.h"
#include "geo/base/text.h"
#include "styles/color.h"
#include "styles/style.h"

/* Expressions --------------------------------------------------------------- */

#define PARSE "parse"
#define EVAL "eval"

/* A feature with properties of every type. */
static const char feature[] =
    "{\"id\":7,\"geometry\":{\"type\":\"Point\"},\"properties\":{\"n\":3,\"x\":2.5,\"neg\":-2.5,"
    "\"s\":\"Añez\",\"yes\":true,\"nil\":null,\"list\":[1,2,3],\"words\":[\"a\",\"b\"],"
    "\"obj\":{\"k\":5},\"emoji\":\"a\xF0\x9F\x9A\x9C"
    "b\",\"color\":\"#ff0000\"}}";

static const struct {
    const char *name, *expression, *type;
    double zoom;
    const char *expected; /* the value as JSON; PARSE or EVAL: an error at that stage */
} expressions[] = {
    /* literals and annotations */
    {"number", "3", NULL, 0, "3"},
    {"null", "null", NULL, 0, "null"},
    {"literal list", "[\"literal\",[1,[2],{\"a\":3}]]", NULL, 0, "[1,[2],{\"a\":3}]"},
    {"bare object", "{\"a\":1}", NULL, 0, PARSE},
    {"empty array", "[]", NULL, 0, PARSE},
    {"unknown operator", "[\"nada\",1]", NULL, 0, PARSE},
    {"name is no text", "[1,2]", NULL, 0, PARSE},
    {"property as number", "[\"get\",\"n\"]", "number", 0, "3"},
    {"text where number is expected", "[\"get\",\"s\"]", "number", 0, EVAL},
    {"literal of the wrong type", "\"a\"", "number", 0, PARSE},
    {"anything becomes text", "[\"get\",\"n\"]", "string", 0, "\"3\""},
    {"missing becomes empty text", "[\"get\",\"none\"]", "string", 0, "\"\""},
    {"text becomes colour", "[\"get\",\"color\"]", "color", 0, "[1,0,0,1]"},
    {"bad colour", "[\"get\",\"s\"]", "color", 0, EVAL},
    {"bad constant colour", "\"nada\"", "color", 0, PARSE},
    {"list of two", "[\"literal\",[1,2]]", "array<number, 2>", 0, "[1,2]"},
    {"list of three for two", "[\"literal\",[1,2,3]]", "array<number, 2>", 0, PARSE},
    {"unknown type", "1", "numero", 0, PARSE},
    {"array assertion", "[\"array\",\"number\",3,[\"get\",\"list\"]]", NULL, 0, "[1,2,3]"},
    {"array of the wrong length", "[\"array\",\"number\",2,[\"get\",\"list\"]]", NULL, 0, EVAL},
    {"array of the wrong item", "[\"array\",\"string\",[\"get\",\"list\"]]", NULL, 0, EVAL},
    {"first that fits", "[\"number\",[\"get\",\"s\"],[\"get\",\"n\"]]", NULL, 0, "3"},
    {"object", "[\"get\",\"k\",[\"object\",[\"get\",\"obj\"]]]", NULL, 0, "5"},
    {"typeof list", "[\"typeof\",[\"get\",\"list\"]]", NULL, 0, "\"array<number, 3>\""},
    {"typeof null", "[\"typeof\",[\"get\",\"none\"]]", NULL, 0, "\"null\""},
    /* conversions */
    {"to-number of text", "[\"to-number\",\" 0x1F \"]", NULL, 0, "31"},
    {"to-number of null", "[\"to-number\",[\"get\",\"nil\"]]", NULL, 0, "0"},
    {"to-number fails", "[\"to-number\",[\"get\",\"s\"]]", NULL, 0, EVAL},
    {"to-number falls back", "[\"to-number\",[\"get\",\"s\"],8]", NULL, 0, "8"},
    {"to-string of number", "[\"to-string\",1e21]", NULL, 0, "\"1e+21\""},
    {"to-string of small number", "[\"to-string\",0.0000015]", NULL, 0, "\"0.0000015\""},
    {"to-string of smaller number", "[\"to-string\",0.00000015]", NULL, 0, "\"1.5e-7\""},
    {"to-string of list", "[\"to-string\",[\"get\",\"words\"]]", NULL, 0,
     "\"[\\\"a\\\",\\\"b\\\"]\""},
    {"to-string of colour", "[\"to-string\",[\"rgba\",255,0,128,0.5]]", NULL, 0,
     "\"rgba(255,0,128,0.5)\""},
    {"to-boolean of 0", "[\"to-boolean\",0]", NULL, 0, "false"},
    {"to-boolean of text", "[\"to-boolean\",\"0\"]", NULL, 0, "true"},
    {"to-color of list", "[\"to-color\",[\"literal\",[255,0,0]]]", NULL, 0, "[1,0,0,1]"},
    {"to-rgba", "[\"to-rgba\",\"rgb(51,102,204)\"]", NULL, 0, "[51,102,204,1]"},
    {"rgb out of range", "[\"rgb\",256,0,0]", NULL, 0, PARSE},
    {"half-transparent is premultiplied", "\"rgba(255,0,0,0.5)\"", "color", 0, "[0.5,0,0,0.5]"},
    /* the feature */
    {"get missing", "[\"get\",\"none\"]", NULL, 0, "null"},
    {"get by a computed name", "[\"get\",[\"concat\",\"n\",\"il\"]]", NULL, 0, "null"},
    {"has null", "[\"has\",\"nil\"]", NULL, 0, "true"},
    {"has not", "[\"has\",\"none\"]", NULL, 0, "false"},
    {"has in object", "[\"has\",\"k\",[\"get\",\"obj\"]]", NULL, 0, "true"},
    {"id", "[\"id\"]", NULL, 0, "7"},
    {"geometry type", "[\"geometry-type\"]", NULL, 0, "\"Point\""},
    {"properties", "[\"get\",\"n\",[\"properties\"]]", NULL, 0, "3"},
    {"too many arguments", "[\"get\",\"a\",[\"properties\"],1]", NULL, 0, PARSE},
    /* decisions */
    {"case", "[\"case\",[\">\",[\"get\",\"n\"],2],\"more\",\"less\"]", NULL, 0, "\"more\""},
    {"case with even arguments", "[\"case\",true,1]", NULL, 0, PARSE},
    {"case of two types", "[\"case\",[\"get\",\"yes\"],1,\"a\"]", NULL, 0, PARSE},
    {"match text", "[\"match\",[\"get\",\"s\"],\"x\",1,[\"y\",\"Añez\"],2,3]", NULL, 0, "2"},
    {"match number", "[\"match\",[\"get\",\"n\"],[1,3],\"in\",\"out\"]", NULL, 0, "\"in\""},
    {"match otherwise", "[\"match\",[\"get\",\"none\"],1,\"in\",\"out\"]", NULL, 0, "\"out\""},
    {"match label twice", "[\"match\",[\"get\",\"n\"],1,2,[3,1],4,5]", NULL, 0, PARSE},
    {"match mixed labels", "[\"match\",[\"get\",\"n\"],1,2,\"a\",4,5]", NULL, 0, PARSE},
    {"match fraction", "[\"match\",[\"get\",\"n\"],1.5,2,5]", NULL, 0, PARSE},
    {"match input of another type", "[\"match\",[\"zoom\"],\"a\",1,2]", NULL, 0, PARSE},
    {"coalesce", "[\"coalesce\",[\"get\",\"none\"],[\"get\",\"nil\"],[\"get\",\"n\"]]", "number", 0,
     "3"},
    {"coalesce to nothing", "[\"coalesce\",[\"get\",\"none\"],[\"get\",\"nil\"]]", "number", 0,
     EVAL},
    {"all of none", "[\"all\"]", NULL, 0, "true"},
    {"any stops early", "[\"any\",true,[\"boolean\",[\"get\",\"s\"]]]", NULL, 0, "true"},
    {"not of a number", "[\"!\",1]", NULL, 0, PARSE},
    {"equal types differ", "[\"==\",1,\"1\"]", NULL, 0, PARSE},
    {"equal values differ in type", "[\"==\",[\"get\",\"n\"],\"3\"]", NULL, 0, "false"},
    {"less of text and number", "[\"<\",[\"get\",\"s\"],[\"get\",\"n\"]]", NULL, 0, EVAL},
    {"less of text", "[\"<\",\"Ab\",\"a\"]", NULL, 0, "true"},
    {"lists do not compare", "[\"==\",[\"literal\",[1]],[\"literal\",[1]]]", NULL, 0, PARSE},
    {"collator without accents",
     "[\"==\",\"anez\",[\"get\",\"s\"],[\"collator\",{\"diacritic-sensitive\":false}]]", NULL, 0,
     "true"},
    {"collator with case",
     "[\"==\",\"AÑEZ\",[\"get\",\"s\"],[\"collator\",{\"case-sensitive\":true}]]", NULL, 0,
     "false"},
    {"let and var", "[\"let\",\"a\",[\"get\",\"n\"],[\"*\",[\"var\",\"a\"],[\"var\",\"a\"]]]", NULL,
     0, "9"},
    {"inner let hides the outer", "[\"let\",\"a\",1,[\"let\",\"a\",2,[\"var\",\"a\"]]]", NULL, 0,
     "2"},
    {"var of no let", "[\"var\",\"a\"]", NULL, 0, PARSE},
    {"error", "[\"case\",[\"boolean\",[\"get\",\"yes\"]],[\"error\",\"x\"],1]", "number", 0, EVAL},
    /* curves */
    {"step below", "[\"step\",[\"get\",\"neg\"],\"a\",0,\"b\",1,\"c\"]", NULL, 0, "\"a\""},
    {"step at the stop", "[\"step\",[\"get\",\"n\"],\"a\",3,\"b\",4,\"c\"]", NULL, 0, "\"b\""},
    {"step past the last", "[\"step\",[\"get\",\"n\"],\"a\",1,\"b\",2,\"c\"]", NULL, 0, "\"c\""},
    {"step stops must rise", "[\"step\",[\"get\",\"n\"],0,2,1,1,2]", NULL, 0, PARSE},
    {"step of no number", "[\"step\",[\"get\",\"s\"],0,2,1]", NULL, 0, EVAL},
    {"linear", "[\"interpolate\",[\"linear\"],[\"zoom\"],4,10,8,20]", "number", 5, "12.5"},
    {"exponential", "[\"interpolate\",[\"exponential\",2],[\"zoom\"],0,0,2,30]", "number", 1, "10"},
    {"Bézier is symmetric",
     "[\"interpolate\",[\"cubic-bezier\",0.42,0,0.58,1],[\"zoom\"],0,0,10,1]", "number", 5, "0.5"},
    {"Bézier control out of range",
     "[\"interpolate\",[\"cubic-bezier\",2,0,0,1],[\"zoom\"],0,0,1,1]", "number", 0, PARSE},
    {"colours mix", "[\"interpolate\",[\"linear\"],[\"zoom\"],0,\"#000\",10,\"#ff0000\"]", "color",
     5, "[0.5,0,0,1]"},
    {"lists mix",
     "[\"interpolate\",[\"linear\"],[\"zoom\"],0,[\"literal\",[0,2]],10,"
     "[\"literal\",[10,4]]]",
     "array<number, 2>", 5, "[5,3]"},
    {"texts do not mix", "[\"interpolate\",[\"linear\"],[\"zoom\"],0,\"a\",1,\"b\"]", NULL, 0,
     PARSE},
    {"zoom inside", "[\"+\",1,[\"zoom\"]]", "number", 3, PARSE},
    {"zoom in a curve of something else", "[\"step\",[\"get\",\"n\"],[\"zoom\"],1,2]", "number", 0,
     PARSE},
    {"two zoom curves",
     "[\"interpolate\",[\"linear\"],[\"zoom\"],0,[\"step\",[\"zoom\"],1,2,3],1,2]", "number", 0,
     PARSE},
    {"zoom curve under let", "[\"let\",\"a\",2,[\"step\",[\"zoom\"],[\"var\",\"a\"],5,9]]",
     "number", 4, "2"},
    /* numbers */
    {"sum of none", "[\"+\"]", NULL, 0, "0"},
    {"minus of one", "[\"-\",[\"get\",\"n\"]]", NULL, 0, "-3"},
    {"minus of three", "[\"-\",1,2,3]", NULL, 0, PARSE},
    {"remainder keeps the sign", "[\"%\",[\"get\",\"neg\"],2]", NULL, 0, "-0.5"},
    {"power", "[\"^\",2,10]", NULL, 0, "1024"},
    {"round away from zero", "[\"round\",[\"get\",\"neg\"]]", NULL, 0, "-3"},
    {"division by zero is no number in JSON", "[\"/\",1,0]", NULL, 0, "null"},
    {"min of none", "[\"==\",[\"min\"],[\"/\",1,0]]", NULL, 0, "true"},
    {"log2", "[\"log2\",8]", NULL, 0, "3"},
    {"hypotenuse", "[\"sqrt\",[\"+\",[\"^\",3,2],[\"^\",4,2]]]", NULL, 0, "5"},
    /* texts and lists */
    {"concat", "[\"concat\",\"n=\",[\"get\",\"n\"],[\"get\",\"nil\"],true]", NULL, 0,
     "\"n=3true\""},
    {"upcase", "[\"upcase\",[\"get\",\"s\"]]", NULL, 0, "\"AÑEZ\""},
    {"length counts characters", "[\"length\",[\"get\",\"emoji\"]]", NULL, 0, "3"},
    {"length of a number", "[\"length\",[\"get\",\"n\"]]", NULL, 0, EVAL},
    {"slice from the end", "[\"slice\",[\"get\",\"emoji\"],-1]", NULL, 0, "\"b\""},
    {"slice of a list", "[\"slice\",[\"get\",\"list\"],1,2]", NULL, 0, "[2]"},
    {"index-of text", "[\"index-of\",\"b\",[\"get\",\"emoji\"]]", NULL, 0, "2"},
    {"index-of missing", "[\"index-of\",9,[\"get\",\"list\"]]", NULL, 0, "-1"},
    {"in list", "[\"in\",2,[\"get\",\"list\"]]", NULL, 0, "true"},
    {"in text", "[\"in\",\"ñe\",[\"get\",\"s\"]]", NULL, 0, "true"},
    {"in null", "[\"in\",1,[\"get\",\"nil\"]]", NULL, 0, "false"},
    {"in number", "[\"in\",1,[\"get\",\"n\"]]", NULL, 0, EVAL},
    {"at", "[\"at\",1,[\"get\",\"list\"]]", NULL, 0, "2"},
    {"at the end", "[\"at\",3,[\"get\",\"list\"]]", NULL, 0, EVAL},
    {"at between", "[\"at\",0.5,[\"get\",\"list\"]]", NULL, 0, EVAL},
    {"split and join", "[\"join\",[\"split\",\"a,b,c\",\",\"],\"-\"]", NULL, 0, "\"a-b-c\""},
    {"number in Spanish",
     "[\"number-format\",1234567.891,{\"locale\":\"es-BO\",\"max-fraction-digits\":1}]", NULL, 0,
     "\"1.234.567,9\""},
    {"currency", "[\"number-format\",2.5,{\"locale\":\"en\",\"currency\":\"USD\"}]", NULL, 0,
     "\"$2.50\""},
    {"no such locale", "[\"number-format\",[\"get\",\"n\"],{\"locale\":\"!!\"}]", NULL, 0, EVAL},
    {"image", "[\"image\",\"pozo\"]", NULL, 0, "{\"name\":\"pozo\",\"available\":false}"},
    {"format begins with text", "[\"format\",null,{\"font-scale\":2}]", NULL, 0, PARSE},
    {"formatted text as a number", "[\"to-number\",[\"format\",[\"get\",\"n\"]]]", NULL, 0, "3"},
    {"no number has no sign", "[\"number-format\",[\"%\",1,0],{}]", NULL, 0, "\"NaN\""},
    {"format", "[\"format\",[\"get\",\"s\"],{\"font-scale\":2}]", NULL, 0,
     "{\"sections\":[{\"text\":\"Añez\",\"image\":null,\"scale\":2,\"fontStack\":null,"
     "\"textColor\":null,\"verticalAlign\":null}]}"},
};

static void expressions_evaluate_as_maplibre_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++) {
        struct buf line, answer, expected;
        buf_init(&line), buf_init(&answer), buf_init(&expected);
        buf_printf(&line, "{\"expression\":%s,\"feature\":%s,\"zoom\":%g",
                   expressions[i].expression, feature, expressions[i].zoom);
        if (expressions[i].type)
            buf_printf(&line, ",\"type\":\"%s\"", expressions[i].type);
        buf_putc(&line, '}');
        style_eval_line(line.data, line.len, &answer);
        const char *want = expressions[i].expected;
        bool error = strcmp(want, PARSE) == 0 || strcmp(want, EVAL) == 0;
        buf_printf(&expected, error ? "\"when\":\"%s\"}" : "{\"value\":%s}", want);
        if (error ? !strstr(answer.data, expected.data) : strcmp(answer.data, expected.data) != 0)
            fail_msg("%s: %s -> %s, not %s", expressions[i].name, line.data, answer.data,
                     expected.data);
        buf_free(&line), buf_free(&answer), buf_free(&expected);
    }
}

static void bad_lines_are_answered_too(void **state)
{
    (void)state;
    static const char *const lines[] = {"", "{", "[]", "{\"zoom\":3}", "\xff", "{\"expression\":"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct buf answer;
        buf_init(&answer);
        style_eval_line(lines[i], strlen(lines[i]), &answer);
        assert_non_null(strstr(answer.data, "\"when\":\"parse\""));
        assert_true(text_is_utf8(answer.data, answer.len));
        buf_free(&answer);
    }
}

/* An expression that doubles a text forty times must end soon. */
static void growth_is_bounded(void **state)
{
    (void)state;
    struct buf line, answer;
    buf_init(&line), buf_init(&answer);
    buf_puts(&line, "{\"expression\":");
    for (int i = 0; i < 40; i++)
        buf_printf(&line, "[\"let\",\"v%d\",[\"concat\",%s%d%s,%s%d%s],", i,
                   i ? "[\"var\",\"v" : "", i ? i - 1 : 7, i ? "\"]" : "", i ? "[\"var\",\"v" : "",
                   i ? i - 1 : 7, i ? "\"]" : "");
    buf_puts(&line, "[\"var\",\"v39\"]");
    for (int i = 0; i < 40; i++)
        buf_putc(&line, ']');
    buf_putc(&line, '}');
    style_eval_line(line.data, line.len, &answer);
    assert_non_null(strstr(answer.data, "\"when\":\"parse\""));
    buf_free(&line), buf_free(&answer);
}

/* Colours --------------------------------------------------------------------- */

static void colours_are_read_as_css(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool ok;
        double r, g, b, a;
    } cases[] = {
        {"steelblue", true, 70 / 255.0, 130 / 255.0, 180 / 255.0, 1},
        {" #F0C ", true, 1, 0, 0.8, 1},
        {"#ff00cc80", true, 1, 0, 0.8, 128 / 255.0},
        {"rgb(100% 0% 50% / 25%)", true, 1, 0, 0.5, 0.25},
        {"rgba(300, -5, 0, 2)", true, 1, 0, 0, 1},
        {"hsl(120deg, 100%, 25%)", true, 0, 0.5, 0, 1},
        {"hsl(-120 100% 50%)", true, 0, 0, 1, 1},
        {"transparent", true, 0, 0, 0, 0},
        {"rgb(1,2 3)", false, 0, 0, 0, 0},
        {"rgb(1%,2,3)", false, 0, 0, 0, 0},
        {"rgb(1,2)", false, 0, 0, 0, 0},
        {"#12345", false, 0, 0, 0, 0},
        {"azul", false, 0, 0, 0, 0},
        {"", false, 0, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct color color = {-1, -1, -1, -1};
        if (color_parse(cases[i].text, &color) != cases[i].ok)
            fail_msg("%s", cases[i].text);
        if (!cases[i].ok)
            continue;
        assert_float_equal(color.r, cases[i].r, 1e-6);
        assert_float_equal(color.g, cases[i].g, 1e-6);
        assert_float_equal(color.b, cases[i].b, 1e-6);
        assert_float_equal(color.a, cases[i].a, 1e-6);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions_evaluate_as_maplibre_does),
        cmocka_unit_test(bad_lines_are_answered_too),
        cmocka_unit_test(growth_is_bounded),
        cmocka_unit_test(colours_are_read_as_css),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
