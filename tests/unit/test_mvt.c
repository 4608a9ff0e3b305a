/* test_mvt.c - tests of layers/vector/mvt.
 * The contents of vector tiles, read back by an independent reader. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <jansson.h>

#include "layers/snapshot/snapshot_internal.h"
#include "layers/vector/features.h"
#include "tests/support/matrix.h"
#include "tests/support/served_tiles.h"

/* Features of a layer as the API gives them. */
static json_t *features_of(const char *layer)
{
    struct buf out;
    int64_t matched, returned;
    const struct features_query query = {.limit = INT64_MAX};
    buf_init(&out);
    buf_putc(&out, '[');
    features_put(snapshot, layers_find(layer), &query, &out, &matched, &returned);
    buf_putc(&out, ']');
    json_t *all = json_loadb(out.data, out.len, 0, NULL);
    assert_non_null(all);
    buf_free(&out);
    return all;
}

static json_t *properties(json_t *feature)
{
    return json_object_get(feature, "properties");
}

static const char *codigo(json_t *feature)
{
    return json_string_value(json_object_get(properties(feature), "codigo"));
}

/* The first position of a geometry, at any depth of nesting. */
static void first_position(json_t *feature, double at[2])
{
    json_t *here = json_object_get(json_object_get(feature, "geometry"), "coordinates");
    while (json_is_array(json_array_get(here, 0)))
        here = json_array_get(here, 0);
    at[0] = json_number_value(json_array_get(here, 0));
    at[1] = json_number_value(json_array_get(here, 1));
}

static const struct vt_feature *with_codigo(const struct vt_tile *tile, const char *layer_name,
                                            const char *code)
{
    const struct vt_layer *layer = vt_find_layer(tile, layer_name);
    for (size_t f = 0; layer && f < layer->n_features; f++) {
        const struct vt_feature *feature = &tile->features[layer->first_feature + f];
        const struct vt_value *value = vt_get(layer, feature, "codigo");
        if (value && value->len == strlen(code) && memcmp(value->text, code, value->len) == 0)
            return feature;
    }
    return NULL;
}

/* The tile of a municipality's first vertex contains it, at every zoom. */
static void every_municipality_at_every_zoom(void **state)
{
    (void)state;
    served_note();
    json_t *all = features_of("municipios"), *one;
    size_t i;
    assert_int_equal(json_array_size(all), 339);
    for (int z = 0; z <= 14; z++)
        json_array_foreach(all, i, one)
        {
            double at[2];
            first_position(one, at);
            struct vt_tile *tile =
                encode(request_of("municipios", z, matrix_column(at[0], z), matrix_row(at[1], z)),
                       NULL, NULL);
            const struct vt_feature *found = with_codigo(tile, "municipios", codigo(one));
            if (!found || found->type != 3)
                fail_msg("%s is not in its tile at z%d", codigo(one), z);
            vt_free(tile);
        }
    json_decref(all);
}

/* Plots of a few hectares are smaller than a unit at low zooms; they are kept. */
static void every_record_at_low_zooms(void **state)
{
    static const char *const layers[] = {"alianzas", "areas_riego", "subproyectos"};
    (void)state;
    for (size_t l = 0; l < sizeof layers / sizeof *layers; l++) {
        json_t *all = features_of(layers[l]), *one;
        size_t i;
        struct mvt_report report;
        struct mvt_request request = request_of(layers[l], 0, 0, 0);
        request.budget = SIZE_MAX;
        struct vt_tile *tile = encode(request, &report, NULL);
        assert_int_equal(report.reduced[0], 0);
        json_array_foreach(all, i, one)
        {
            bool there = with_codigo(tile, layers[l], codigo(one)) != NULL;
            assert_int_equal(there, !json_is_null(json_object_get(one, "geometry")));
        }
        vt_free(tile);
        json_decref(all);
    }
}

static void compare(const char *layer, const char *key, const struct vt_value *value,
                    json_t *wanted)
{
    bool same = false;
    if (json_is_string(wanted))
        same = value && value->kind == 's' && value->len == json_string_length(wanted) &&
               memcmp(value->text, json_string_value(wanted), value->len) == 0;
    else if (json_is_boolean(wanted))
        same = value && value->kind == 'b' && (value->number != 0) == json_is_true(wanted);
    else if (json_is_number(wanted))
        same = value && (value->kind == 'd' || value->kind == 'i') &&
               value->number == json_number_value(wanted);
    else
        same = !value;
    if (!same) {
        char *text = json_dumps(wanted, JSON_ENCODE_ANY);
        fail_msg("%s.%s is not %s", layer, key, text);
    }
}

/* Every attribute of every record equals the API's; ids are unique. */
static void attributes_are_those_of_the_api(void **state)
{
    (void)state;
    for (size_t l = 0; l < layers_count(); l++) {
        const char *name = layers_at(l)->name, *key;
        struct mvt_request request = request_of(name, 0, 0, 0);
        request.budget = SIZE_MAX;
        struct vt_tile *tile = encode(request, NULL, NULL);
        const struct vt_layer *layer = vt_find_layer(tile, name);
        json_t *all = features_of(name), *one, *wanted;
        size_t i, n = 0;
        json_array_foreach(all, i, one)
        {
            const struct vt_feature *feature = with_codigo(tile, name, codigo(one));
            if (!feature)
                continue;
            n++;
            json_object_foreach(properties(one), key, wanted)
                compare(name, key, vt_get(layer, feature, key), wanted);
        }
        assert_int_equal(n, tile->n_features);
        for (size_t f = 1; f < tile->n_features; f++)
            for (size_t g = 0; g < f; g++)
                assert_true(tile->features[f].id != tile->features[g].id);
        print_message("%s: %zu records\n", name, n);
        json_decref(all);
        vt_free(tile);
    }
}

/* An alliance's point is at its coordinates, to half a unit. */
static void points_are_in_place(void **state)
{
    (void)state;
    json_t *all = features_of("alianzas"), *one;
    size_t i;
    json_array_foreach(all, i, one)
    {
        double at[2];
        first_position(one, at);
        for (int z = 0; z <= 22; z += 11) {
            double n = ldexp(1, z), lat = at[1] * acos(-1) / 180;
            double x = (at[0] + 180) / 360 * n, y = (1 - asinh(tan(lat)) / acos(-1)) / 2 * n;
            struct mvt_request request = request_of("alianzas", z, (int64_t)x, (int64_t)y);
            request.budget = SIZE_MAX;
            struct vt_tile *tile = encode(request, NULL, NULL);
            const struct vt_feature *feature = with_codigo(tile, "alianzas", codigo(one));
            assert_non_null(feature);
            const int64_t *unit = tile->xy[tile->paths[feature->first_path].first];
            /* a quarter of a unit more: the snapshot's step at z22 */
            double off = z == 22 ? 2.5 : 0.51;
            assert_true(fabs((double)unit[0] - (x - floor(x)) * MVT_EXTENT) < off);
            assert_true(fabs((double)unit[1] - (y - floor(y)) * MVT_EXTENT) < off);
            vt_free(tile);
        }
    }
    json_decref(all);
}

static void a_budget_is_kept(void **state)
{
    static const struct {
        const char *name;
        size_t budget;
        int at_least, at_most; /* reduction of alianzas */
    } cases[] = {
        {"everything fits", SIZE_MAX, 0, 0},
        {"fewer columns", (size_t)740 * 1024, 1, 2},
        {"fewer alliances", (size_t)400 * 1024, 3, 11},
        {"hardly anything", 1, MVT_REDUCTION_MAX, MVT_REDUCTION_MAX},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mvt_request request = request_of(NULL, 0, 0, 0);
        struct mvt_report report, again;
        size_t len, len_again;
        request.budget = cases[i].budget;
        struct vt_tile *tile = encode(request, &report, &len);
        print_message("%s: %zu bytes, alianzas %zu at step %d\n", cases[i].name, len,
                      report.features[1], report.reduced[1]);
        assert_string_equal(request.layers[1]->name, "alianzas");
        assert_in_range(report.reduced[1], cases[i].at_least, cases[i].at_most);
        assert_true(len <= cases[i].budget || cases[i].budget == 1);
        assert_int_equal(report.features[0], 339); /* with any budget */
        assert_int_equal(report.reduced[0], 0);
        const struct vt_layer *layer = vt_find_layer(tile, "alianzas");
        const struct vt_feature *feature = &tile->features[layer->first_feature];
        assert_int_equal(layer->n_features, report.features[1]);
        assert_non_null(vt_get(layer, feature, "rubro"));
        assert_int_equal(vt_get(layer, feature, "municipio") != NULL, report.reduced[1] < 1);
        assert_int_equal(vt_get(layer, feature, "opp") != NULL, report.reduced[1] < 2);
        assert_non_null(vt_get(layer, feature, "codigo"));
        assert_int_equal(layer->n_features == snapshot_feature_count(snapshot, request.layers[1]),
                         report.reduced[1] < 3);
        vt_free(tile);
        vt_free(encode(request, &again, &len_again));
        assert_int_equal(len, len_again);
        assert_memory_equal(&report, &again, sizeof report);
    }
}

static void nothing_is_no_tile(void **state)
{
    static const struct {
        const char *name;
        int z;
        int64_t x, y;
    } cases[] = {
        {"the Arctic", 5, 16, 0},
        {"the last corner", 22, (1 << 22) - 1, (1 << 22) - 1},
        {"the first corner", 22, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t len = 1;
        vt_free(encode(request_of(NULL, cases[i].z, cases[i].x, cases[i].y), NULL, &len));
        assert_int_equal(len, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_municipality_at_every_zoom),
        cmocka_unit_test(every_record_at_low_zooms),
        cmocka_unit_test(attributes_are_those_of_the_api),
        cmocka_unit_test(points_are_in_place),
        cmocka_unit_test(a_budget_is_kept),
        cmocka_unit_test(nothing_is_no_tile),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
