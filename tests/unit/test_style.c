/* test_style.c - tests of style documents: refusals, filters, values, legends. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "geo/base/arena.h"
#include "geo/base/text.h"
#include "styles/style.h"
#include "styles/style_layer.h"

/* Documents --------------------------------------------------------------------- */

/* A document with one layer, `%s` being members of the layer after its id. */
#define DOCUMENT(members)                                             \
    "{\"version\":8,\"name\":\"x\",\"metadata\":{\"sigg:id\":\"x\"}," \
    "\"sources\":{\"sigg\":{\"type\":\"vector\"}},\"layers\":[{\"id\":\"a\"," members "}]}"
#define FILL(members) \
    DOCUMENT("\"type\":\"fill\",\"source\":\"sigg\",\"source-layer\":\"municipios\"," members)
#define LINE(members) \
    DOCUMENT("\"type\":\"line\",\"source\":\"sigg\",\"source-layer\":\"municipios\"," members)

static const struct {
    const char *name, *json, *problem; /* how the first problem begins; NULL: none */
} documents[] = {
    {"no JSON", "{", "no es JSON válido"},
    {"no object", "[]", "un estilo es un objeto"},
    {"nothing in it", "{}", "version: "},
    {"plain fill", FILL("\"paint\":{\"fill-color\":\"#fff\"}"), NULL},
    {"null filter", FILL("\"filter\":true"), NULL},
    {"unknown type", DOCUMENT("\"type\":\"hillshade\""), "layers[0].type: "},
    {"no source-layer", DOCUMENT("\"type\":\"fill\",\"source\":\"sigg\""),
     "layers[0].source-layer: "},
    {"no such source", DOCUMENT("\"type\":\"fill\",\"source\":\"osm\",\"source-layer\":\"m\""),
     "layers[0].source: "},
    {"property of another layer", FILL("\"paint\":{\"line-color\":\"#fff\"}"),
     "layers[0].paint.line-color: "},
    {"paint in layout", LINE("\"layout\":{\"line-width\":1}"), "layers[0].layout.line-width: "},
    {"colour", FILL("\"paint\":{\"fill-color\":\"verde\"}"), "layers[0].paint.fill-color: "},
    {"range", FILL("\"paint\":{\"fill-opacity\":2}"), "layers[0].paint.fill-opacity: "},
    {"word", LINE("\"layout\":{\"line-cap\":\"redondo\"}"), "layers[0].layout.line-cap: "},
    {"dash", LINE("\"paint\":{\"line-dasharray\":[2,-1]}"), "layers[0].paint.line-dasharray[1]: "},
    {"no stops", FILL("\"paint\":{\"fill-opacity\":{\"stops\":[]}}"),
     "layers[0].paint.fill-opacity: no es una función"},
    {"breaks without a step",
     FILL("\"metadata\":{\"sigg:breaks\":{\"property\":\"n\",\"method\":\"jenks\"}},\"paint\":{"
          "\"fill-color\":\"#fff\"}"),
     "layers[0].metadata.sigg:breaks: «fill-color» no tiene un «step»"},
    {"path into an expression",
     FILL("\"paint\":{\"fill-color\":[\"case\",[\"has\",\"a\"],[\"rgb\",0,\"1\",0],\"#fff\"]}"),
     "layers[0].paint.fill-color[2][2]: "},
    {"dash does not interpolate",
     LINE("\"paint\":{\"line-dasharray\":[\"interpolate\",[\"linear\"],[\"zoom\"],1,"
          "[\"literal\",[1,2]],2,[\"literal\",[2,1]]]}"),
     "layers[0].paint.line-dasharray"},
    {"background knows no data",
     DOCUMENT("\"type\":\"background\",\"paint\":{\"background-color\":[\"get\",\"c\"]}"),
     "layers[0].paint.background-color: "},
    {"visibility", FILL("\"layout\":{\"visibility\":\"si\"}"), "layers[0].layout.visibility: "},
    {"minzoom", FILL("\"minzoom\":\"4\""), "layers[0].minzoom: "},
    {"filter of a number", FILL("\"filter\":[\"+\",1,2]"), "layers[0].filter: "},
    {"filter among null", FILL("\"filter\":[\"in\",\"etapa\",null]"), "layers[0].filter: "},
    {"filter of nothing", FILL("\"filter\":[\"==\",1]"), "layers[0].filter: "},
    {"zoom anywhere in a filter", FILL("\"filter\":[\"<\",[\"zoom\"],[\"get\",\"z\"]]"), NULL},
    {"unknown member", FILL("\"slot\":\"top\""), "layers[0].slot: "},
    {"labels for classes there are not",
     FILL("\"paint\":{\"fill-color\":\"#fff\"},\"metadata\":{\"sigg:leyenda\":[\"a\"]}"),
     "layers[0].metadata.sigg:leyenda: "},
    {"one label too few",
     FILL("\"paint\":{\"fill-color\":[\"step\",[\"get\",\"n\"],\"#fff\",1,\"#000\"]},"
          "\"metadata\":{\"sigg:leyenda\":[\"a\"]}"),
     "layers[0].metadata.sigg:leyenda: "},
};

static void documents_are_refused_with_the_path(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        struct err err = {0};
        struct style *style = style_parse(documents[i].json, strlen(documents[i].json), &err);
        const char *want = documents[i].problem;
        if (!style != (want != NULL) || (want && strncmp(err.message, want, strlen(want)) != 0))
            fail_msg("%s: «%s», not «%s»", documents[i].name, err.message, want ? want : "");
        if (want)
            assert_int_equal(err.kind, ERR_INPUT);
        style_free(style);
    }
}

static void keep_count(void *arg, const char *problem)
{
    assert_true(problem[0]);
    ++*(size_t *)arg;
}

static void every_problem_is_named(void **state)
{
    (void)state;
    static const char json[] =
        FILL("\"paint\":{\"fill-color\":1,\"fill-opacity\":\"a\"},\"slot\":1");
    size_t told = 0;
    assert_int_equal(style_check(json, strlen(json), keep_count, &told), 3);
    assert_int_equal(told, 3);
}

/* Drawing ------------------------------------------------------------------------- */

/* A feature as the drawing code has it: values by slot. */
struct record {
    const char *const *names;
    size_t n;
    const char *etapa; /* NULL: null */
    double alianzas;
};

static struct style_value record_get(const void *ctx, int slot)
{
    const struct record *record = ctx;
    const char *name = record->names[slot];
    if (strcmp(name, "etapa") == 0 && record->etapa)
        return (struct style_value){.kind = STYLE_STRING, .string = record->etapa};
    if (strcmp(name, "alianzas") == 0 && record->alianzas >= 0)
        return (struct style_value){.kind = STYLE_NUMBER, .number = record->alianzas};
    return (struct style_value){.kind = STYLE_NULL};
}

static bool record_has(const void *ctx, int slot)
{
    return record_get(ctx, slot).kind != STYLE_NULL;
}

static struct style_feature feature_of(struct record *record, const struct style *style)
{
    record->n = style_slots(style, &record->names);
    return (struct style_feature){
        .get = record_get, .has = record_has, .ctx = record, .geometry_type = "Polygon"};
}

static struct style *parse(const char *json)
{
    struct err err = {0};
    struct style *style = style_parse(json, strlen(json), &err);
    if (!style)
        fail_msg("%s", err.message);
    return style;
}

static void values_depend_on_feature_and_zoom(void **state)
{
    (void)state;
    struct style *style =
        parse(LINE("\"minzoom\":5,\"maxzoom\":9,\"layout\":{\"line-cap\":\"round\"},\"paint\":{"
                   "\"line-color\":[\"step\",[\"get\",\"alianzas\"],\"#ffffff\",1,\"#ff0000\"],"
                   "\"line-width\":[\"interpolate\",[\"linear\"],[\"zoom\"],4,1,8,3],"
                   "\"line-opacity\":[\"-\",[\"get\",\"alianzas\"]],\"line-dasharray\":[2,1]}"));
    struct arena *arena = arena_new();
    const struct style_layer *layer = style_layer_at(style, 0);
    struct record record = {.alianzas = 2};
    struct style_feature given = feature_of(&record, style);
    size_t n;
    assert_int_equal(record.n, 1);
    assert_int_equal(style_layer_type(layer), STYLE_LINE);
    assert_string_equal(style_layer_source(layer), "municipios");
    assert_false(style_layer_shows(layer, 4.9));
    assert_true(style_layer_shows(layer, 5));
    assert_false(style_layer_shows(layer, 9));
    assert_true(style_layer_constant(layer, STYLE_LINE_WIDTH));
    assert_false(style_layer_constant(layer, STYLE_LINE_COLOR));
    assert_true(style_layer_gives(layer, STYLE_LINE_CAP));
    assert_false(style_layer_gives(layer, STYLE_LINE_JOIN));
    assert_float_equal(style_number(layer, STYLE_LINE_WIDTH, 6, NULL, arena), 2, 1e-12);
    assert_float_equal(style_color(layer, STYLE_LINE_COLOR, 6, &given, arena).g, 0, 1e-6);
    /* a value below the property's minimum; without a value, the default */
    assert_float_equal(style_number(layer, STYLE_LINE_OPACITY, 6, &given, arena), 0, 1e-12);
    record.alianzas = -1;
    assert_float_equal(style_number(layer, STYLE_LINE_OPACITY, 6, &given, arena), 1, 1e-12);
    assert_float_equal(style_color(layer, STYLE_LINE_COLOR, 6, &given, arena).r, 0, 1e-6);
    assert_string_equal(style_word(layer, STYLE_LINE_CAP, 6, NULL, arena), "round");
    assert_string_equal(style_word(layer, STYLE_LINE_JOIN, 6, NULL, arena), "miter");
    const double *dash = style_numbers(layer, STYLE_LINE_DASHARRAY, 6, NULL, arena, &n);
    assert_int_equal(n, 2);
    assert_float_equal(dash[0], 2, 0);
    arena_free(arena);
    style_free(style);
}

static void filters_of_both_syntaxes_agree(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        bool convenio, missing, two; /* passes: etapa convenio; etapa null; 2 alliances */
    } cases[] = {
        {FILL("\"filter\":[\"==\",\"etapa\",\"convenio\"]"), true, false, false},
        {FILL("\"filter\":[\"==\",[\"get\",\"etapa\"],\"convenio\"]"), true, false, false},
        {FILL("\"filter\":[\"!=\",\"etapa\",\"convenio\"]"), false, true, true},
        {FILL("\"filter\":[\"in\",\"etapa\",\"plan\",\"convenio\"]"), true, false, false},
        {FILL("\"filter\":[\"!in\",\"etapa\",\"plan\",\"convenio\"]"), false, true, true},
        {FILL("\"filter\":[\"in\",[\"get\",\"etapa\"],[\"literal\",[\"convenio\"]]]"), true, false,
         false},
        {FILL("\"filter\":[\"has\",\"etapa\"]"), true, false, false},
        {FILL("\"filter\":[\"!has\",\"etapa\"]"), false, true, true},
        {FILL("\"filter\":[\"!=\",[\"get\",\"etapa\"],null]"), true, false, false},
        {FILL("\"filter\":[\">=\",\"alianzas\",2]"), false, false, true},
        {FILL("\"filter\":[\"none\",[\">=\",\"alianzas\",2],[\"has\",\"etapa\"]]"), false, true,
         false},
        {FILL("\"filter\":[\"any\",[\"==\",\"etapa\",\"convenio\"],[\">\",\"alianzas\",1]]"), true,
         false, true},
        {FILL("\"filter\":[\"all\",[\"==\",\"$type\",\"Polygon\"],[\"has\",\"etapa\"]]"), true,
         false, false},
        {FILL("\"filter\":[\">\",[\"get\",\"etapa\"],3]"), false, false, false}, /* an error */
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct style *style = parse(cases[i].json);
        struct record records[] = {
            {.etapa = "convenio", .alianzas = -1}, {.alianzas = -1}, {.alianzas = 2}};
        const bool expected[] = {cases[i].convenio, cases[i].missing, cases[i].two};
        for (size_t k = 0; k < 3; k++) {
            struct style_feature given = feature_of(&records[k], style);
            if (style_layer_accepts(style_layer_at(style, 0), 5, &given, arena) != expected[k])
                fail_msg("record %zu: %s", k, cases[i].json);
        }
        style_free(style);
    }
    arena_free(arena);
}

static void outline_is_the_fill_unless_given(void **state)
{
    (void)state;
    struct style *style = parse(FILL(
        "\"paint\":{\"fill-color\":[\"step\",[\"get\",\"alianzas\"],\"#0000ff\",1,\"#f00\"]}"));
    struct arena *arena = arena_new();
    const struct style_layer *layer = style_layer_at(style, 0);
    struct record record = {.alianzas = 1};
    struct style_feature given = feature_of(&record, style);
    assert_false(style_layer_constant(layer, STYLE_FILL_OUTLINE_COLOR));
    assert_float_equal(style_color(layer, STYLE_FILL_OUTLINE_COLOR, 5, &given, arena).r, 1, 1e-6);
    arena_free(arena);
    style_free(style);
}

/* Legend, documents of the program ---------------------------------------------------- */

static void legend_follows_the_classes(void **state)
{
    (void)state;
    struct style *style = parse(FILL(
        "\"metadata\":{\"sigg:leyenda\":[\"Sin datos\",\"Ninguna\",null,\"Muchas\"]},"
        "\"paint\":{\"fill-opacity\":0.5,\"fill-color\":[\"case\",[\"==\",[\"get\",\"n\"],null],"
        "\"#808080\",[\"step\",[\"number\",[\"get\",\"n\"]],\"#ffffff\",1,\"#00ff00\",9,\"#"
        "ff0000\"]]}"));
    const struct style_legend_entry *entries;
    assert_int_equal(style_legend(style, &entries), 3);
    assert_string_equal(entries[0].label, "Sin datos");
    assert_string_equal(entries[1].label, "Ninguna");
    assert_string_equal(entries[2].label, "Muchas");
    assert_string_equal(entries[2].layer_id, "a");
    assert_int_equal(entries[2].shape, STYLE_LEGEND_FILL);
    assert_float_equal(entries[2].color.r, 1, 1e-6);
    assert_float_equal(entries[2].color.a, 0.5, 1e-6);
    assert_false(entries[2].has_stroke);
    style_free(style);
}

static void documents_of_the_program_are_whole(void **state)
{
    (void)state;
    static const char *const wanted[] = {"cobertura",
                                         "familias",
                                         "inversion",
                                         "riego",
                                         "subproyectos",
                                         "rubros",
                                         "cartera",
                                         "conflictos",
                                         "base",
                                         "cobertura-impresion",
                                         "familias-impresion",
                                         "inversion-impresion",
                                         "riego-impresion",
                                         "subproyectos-impresion",
                                         "rubros-impresion",
                                         "cartera-impresion",
                                         "conflictos-impresion",
                                         "base-impresion"};
    assert_int_equal(styles_count(), sizeof wanted / sizeof *wanted);
    for (size_t i = 0; i < styles_count(); i++) {
        const char *json;
        size_t len, same;
        struct err err = {0};
        assert_string_equal(styles_id(i), wanted[i]);
        assert_true(styles_document(wanted[i], &json, &len));
        struct style *style = style_parse(json, len, &err);
        if (!style)
            fail_msg("%s: %s", wanted[i], err.message);
        assert_string_equal(style_id(style), wanted[i]);
        assert_true(style_title(style)[0]);
        assert_memory_equal(style_json(style, &same), json, len);
        assert_int_equal(same, len);
        const struct style_legend_entry *entries;
        size_t n = style_legend(style, &entries);
        assert_true(n >= 2);
        for (size_t k = 0; k < n; k++)
            assert_true(text_is_utf8(entries[k].label, strlen(entries[k].label)));
        style_free(style);
    }
    const char *json;
    size_t len;
    assert_false(styles_document("nada", &json, &len));
}

/* Municipalities in classes by their number of alliances. */
static void coverage_has_a_class_for_each_count(void **state)
{
    (void)state;
    static const struct {
        double alianzas;
        const char *label;
    } cases[] = {
        {-1, "Sin datos"},      {0, "Sin alianzas"},     {1, "1 o 2 alianzas"},
        {2, "1 o 2 alianzas"},  {3, "3 a 5 alianzas"},   {5, "3 a 5 alianzas"},
        {6, "6 a 10 alianzas"}, {10, "6 a 10 alianzas"}, {11, "Más de 10 alianzas"},
    };
    const char *json;
    size_t len;
    assert_true(styles_document("cobertura", &json, &len));
    struct style *style = style_parse(json, len, NULL);
    size_t at = 0;
    while (strcmp(style_layer_id(style_layer_at(style, at)), "municipios") != 0)
        at++;
    const struct style_layer *layer = style_layer_at(style, at);
    const struct style_legend_entry *entries;
    size_t n = style_legend(style, &entries);
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct record record = {.alianzas = cases[i].alianzas};
        struct style_feature given = feature_of(&record, style);
        struct style_color color = style_color(layer, STYLE_FILL_COLOR, 5, &given, arena);
        const char *label = "";
        for (size_t k = 0; k < n && !label[0]; k++)
            if (entries[k].color.r == color.r && entries[k].color.g == color.g &&
                entries[k].color.b == color.b)
                label = entries[k].label;
        assert_string_equal(label, cases[i].label);
    }
    arena_free(arena);
    style_free(style);
}

/* Each number has a range (docs/styles.md); computed values are clamped to it. */
static void numbers_stay_within_their_bounds(void **state)
{
    (void)state;
    static const char *const types[] = {"background", "fill", "line", "circle", "symbol"};
    static const double far[] = {1e20, -1e20, 1e300, -1e300};
    size_t checked = 0;
    for (size_t p = 0; p < STYLE_N_PROPERTIES; p++) {
        const struct style_row *row = &style_rows[p];
        bool list = (row->kind == EXPR_ARRAY && !row->texts) || row->kind == EXPR_PADDING;
        if (row->kind != EXPR_NUMBER && !list)
            continue;
        if (!(row->min > -HUGE_VAL && row->max < HUGE_VAL && row->min <= row->fallback &&
              row->fallback <= row->max))
            fail_msg("%s: %g to %g", row->name, row->min, row->max);
        for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
            char json[640], value[96];
            struct err err = {0};
            size_t n;
            snprintf(value, sizeof value,
                     row->kind == EXPR_PADDING ? "[\"literal\",[%g,%g,%g,%g]]"
                     : list                    ? "[\"literal\",[%g,%g]]"
                                               : "%g",
                     far[i], far[i], far[i], far[i]);
            snprintf(json, sizeof json,
                     "{\"version\":8,\"name\":\"x\",\"sources\":{\"sigg\":{\"type\":\"vector\"}},"
                     "\"layers\":[{\"id\":\"a\",\"type\":\"%s\"%s,\"%s\":{\"%s\":"
                     "[\"step\",[\"zoom\"],%s,23,%s]}}]}",
                     types[row->layer],
                     row->layer ? ",\"source\":\"sigg\",\"source-layer\":\"municipios\"" : "",
                     row->layout ? "layout" : "paint", row->name, value, value);
            struct style *style = style_parse(json, strlen(json), &err);
            if (!style)
                fail_msg("%s: %s", row->name, err.message);
            struct arena *arena = arena_new();
            const struct style_layer *layer = style_layer_at(style, 0);
            enum style_property property = (enum style_property)p;
            const double *all = list ? style_numbers(layer, property, 5, NULL, arena, &n) : NULL;
            double got = list ? all[0] : style_number(layer, property, 5, NULL, arena);
            if (got != (far[i] < 0 ? row->min : row->max))
                fail_msg("%s: %g is %g", row->name, far[i], got);
            arena_free(arena);
            style_free(style);
            checked++;
        }
    }
    assert_true(checked >= 4 * 25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_are_refused_with_the_path),
        cmocka_unit_test(every_problem_is_named),
        cmocka_unit_test(values_depend_on_feature_and_zoom),
        cmocka_unit_test(filters_of_both_syntaxes_agree),
        cmocka_unit_test(outline_is_the_fill_unless_given),
        cmocka_unit_test(legend_follows_the_classes),
        cmocka_unit_test(documents_of_the_program_are_whole),
        cmocka_unit_test(coverage_has_a_class_for_each_count),
        cmocka_unit_test(numbers_stay_within_their_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
