/* test_snapshot.c - tests of layers/snapshot: it holds what the store holds. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <jansson.h>

#include "geo/place/edition.h"
#include "layers/map/tools.h"
#include "layers/snapshot/snapshot_internal.h"
#include "layers/text/lettering.h"
#include "layers/vector/features.h"
#include "layers/vector/mvt_index.h"
#include "tests/support/served.h"

/* The page as a JSON array, read by an independent parser. */
static json_t *page(const char *layer, const struct geo_box *box, int64_t offset, int64_t limit,
                    int64_t *matched)
{
    struct features_query query = {box, offset, limit};
    struct buf out;
    int64_t returned;
    buf_init(&out);
    buf_putc(&out, '[');
    features_put(snapshot, layers_find(layer), &query, &out, matched, &returned);
    buf_putc(&out, ']');
    json_error_t error;
    json_t *array = json_loadb(out.data, out.len, 0, &error);
    if (!array)
        fail_msg("%s: %s", layer, error.text);
    assert_int_equal(json_array_size(array), returned);
    buf_free(&out);
    return array;
}

static const char *id_of(const json_t *features, size_t i)
{
    return json_string_value(json_object_get(json_array_get(features, i), "id"));
}

static json_t *property(const json_t *feature, const char *name)
{
    return json_object_get(json_object_get(feature, "properties"), name);
}

static void pages_hold_every_feature_once(void **state)
{
    (void)state;
    for (size_t l = 0; l < layers_count(); l++) {
        const char *layer = layers_at(l)->name;
        size_t seen = 0, count = snapshot_feature_count(snapshot, layers_at(l));
        char last[128] = "";
        for (int64_t matched = 1, offset = 0; offset < matched; offset += 700) {
            json_t *features = page(layer, NULL, offset, 700, &matched);
            assert_int_equal(matched, count);
            for (size_t i = 0; i < json_array_size(features); i++, seen++) {
                assert_true(strcmp(last, id_of(features, i)) < 0);
                snprintf(last, sizeof last, "%s", id_of(features, i));
            }
            json_decref(features);
            if (count == 0)
                break;
        }
        assert_int_equal(seen, count);
    }
    assert_int_equal(snapshot_feature_count(snapshot, layers_find("municipios")), 339);
    assert_int_equal(snapshot_feature_count(snapshot, layers_find("alianzas")), 4715);
}

static void a_feature_has_its_columns(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out);
    assert_true(features_put_one(snapshot, layers_find("alianzas"), "FA-BEN-0001", &out));
    json_t *feature = json_loadb(out.data, out.len, 0, NULL);
    assert_non_null(feature);
    assert_string_equal(json_string_value(property(feature, "rubro")), "agua_ganaderia");
    assert_int_equal(json_integer_value(property(feature, "familias")), 29);
    assert_true(json_is_null(property(feature, "comprometido_bs")));
    assert_string_equal(json_string_value(property(feature, "municipio")), "080201");
    assert_string_equal(json_string_value(property(feature, "municipio_vinculado")), "Riberalta");
    assert_string_equal(json_string_value(property(feature, "uo")), "Beni");
    assert_string_equal(json_string_value(property(feature, "estado_vinculo")), "coincide");
    assert_null(property(feature, "coordenada_original"));
    json_decref(feature);
    buf_clear(&out);
    assert_false(features_put_one(snapshot, layers_find("alianzas"), "FA-BEN", &out));
    assert_int_equal(out.len, 0);
    buf_free(&out);
}

/* The municipalities' figures add up to those of the records. */
static void figures_are_the_records(void **state)
{
    (void)state;
    int64_t matched;
    double familias = 0, comprometido = 0, seen = 0, sum = 0;
    json_t *units = page("municipios", NULL, 0, 1000, &matched);
    for (size_t i = 0; i < json_array_size(units); i++) {
        const json_t *unit = json_array_get(units, i);
        familias += (double)json_integer_value(property(unit, "familias"));
        comprometido += json_number_value(property(unit, "comprometido_bs"));
        assert_int_equal(json_boolean_value(property(unit, "cubierto_alianzas")),
                         json_integer_value(property(unit, "alianzas")) > 0);
    }
    json_t *records = page("alianzas", NULL, 0, 10000, &matched);
    for (size_t i = 0; i < json_array_size(records); i++) {
        const json_t *record = json_array_get(records, i);
        if (!json_is_string(property(record, "fecha_convenio")) ||
            !json_is_string(property(record, "municipio")))
            continue;
        seen += (double)json_integer_value(property(record, "familias"));
        sum += json_number_value(property(record, "comprometido_bs"));
    }
    assert_true(familias > 1000 && familias == seen);
    assert_true(fabs(comprometido - sum) < 0.005);
    json_decref(units);
    json_decref(records);
}

/* A query at a point gives the polygon that holds it, as geo_edition does. */
static void a_point_finds_its_municipality(void **state)
{
    (void)state;
    struct err err = {0};
    struct geo_edition *edition = geo_edition_load(world.store, NULL, &err);
    assert_non_null(edition);
    unsigned seed = 20240607;
    size_t inside = 0;
    for (int i = 0; i < 400; i++) {
        double lon = -69.7 + 12.3 * rand_r(&seed) / RAND_MAX;
        double lat = -23 + 13.4 * rand_r(&seed) / RAND_MAX;
        struct geo_box box = {lon, lat, lon, lat};
        int64_t matched;
        json_t *found = page("municipios", &box, 0, 10, &matched);
        int unit = geo_edition_locate(edition, lon, lat);
        if (matched != (unit >= 0) ||
            (unit >= 0 &&
             strcmp(id_of(found, 0), geo_edition_unit(edition, (size_t)unit)->codigo) != 0))
            fail_msg("%.6f,%.6f", lon, lat);
        inside += unit >= 0;
        json_decref(found);
    }
    assert_true(inside > 100);
    geo_edition_free(edition);
}

static void a_box_takes_what_meets_it_and_nothing_else(void **state)
{
    (void)state;
    static const struct {
        const char *name, *layer;
        struct geo_box box;
        int64_t least, most;
    } cases[] = {
        {"the whole country", "municipios", {-70, -23, -57, -9}, 339, 339},
        {"the sea", "municipios", {-80, -20, -75, -15}, 0, 0},
        {"beside the outline, inside its box", "municipios", {-58.1, -10.2, -58, -10.1}, 0, 0},
        {"a department", "alianzas", {-66, -18.5, -64.5, -16.5}, 50, 2000},
        {"no size, no record", "alianzas", {-66.00001, -18.00001, -66.00001, -18.00001}, 0, 0},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        int64_t matched;
        json_decref(page(cases[c].layer, &cases[c].box, 0, 1, &matched));
        if (matched < cases[c].least || matched > cases[c].most)
            fail_msg("%s: %lld", cases[c].name, (long long)matched);
    }
}

static void what_did_not_change_is_shared(void **state)
{
    (void)state;
    struct err err = {0};
    struct snapshot *same = snapshot_build(world.store, snapshot, &err);
    assert_non_null(same);
    assert_int_equal(snapshot_revision(same), snapshot_revision(snapshot));
    for (size_t l = 0; l < layers_count(); l++)
        assert_ptr_equal(snapshot_layer_info(same, layers_at(l)),
                         snapshot_layer_info(snapshot, layers_at(l)));
    assert_true(geo_store_begin(world.store, &err));
    assert_true(geo_store_touch(world.store, "subproyectos", NULL, true, NULL, &err));
    assert_true(geo_store_commit(world.store, &err));
    struct snapshot *next = snapshot_build(world.store, same, &err);
    assert_non_null(next);
    assert_true(snapshot_revision(next) > snapshot_revision(same));
    const struct layer *touched = layers_find("subproyectos"), *other = layers_find("alianzas");
    assert_true(snapshot_layer_info(next, touched)->revision >
                snapshot_layer_info(same, touched)->revision);
    assert_ptr_equal(snapshot_layer_info(next, other), snapshot_layer_info(same, other));
    /* Attachments are shared too, whichever snapshot made them. */
    const struct mvt_tables *tables = mvt_index_get(snapshot_slab(same, other));
    assert_non_null(tables);
    assert_ptr_equal(mvt_index_get(snapshot_slab(next, other)), tables);
    assert_ptr_not_equal(mvt_index_get(snapshot_slab(next, touched)),
                         mvt_index_get(snapshot_slab(same, touched)));
    struct painters *painters = tools_painters(next, &err);
    struct lettering *lettering = tools_lettering(next, &err),
                     *before = tools_lettering(same, &err);
    assert_non_null(painters);
    assert_ptr_equal(tools_painters(same, &err), painters);
    assert_non_null(lettering);
    assert_ptr_equal(before, lettering);
    lettering_unref(lettering);
    lettering_unref(before);
    snapshot_unref(same);
    assert_int_equal(snapshot_feature_count(next, other), 4715);
    snapshot_unref(next);
}

static void an_empty_database_has_an_empty_snapshot(void **state)
{
    (void)state;
    struct world empty = {0};
    struct err err = {0};
    strcpy(empty.folder, "/tmp/sigg-test-XXXXXX");
    assert_non_null(mkdtemp(empty.folder));
    snprintf(empty.path, sizeof empty.path, "%s/a.sqlite", empty.folder);
    empty.store = geo_store_open(empty.path, GEO_STORE_CREATE, &err);
    assert_non_null(empty.store);
    struct snapshot *made = snapshot_build(empty.store, NULL, &err);
    if (!made)
        fail_msg("%s", err.message);
    for (size_t l = 0; l < layers_count(); l++) {
        assert_int_equal(snapshot_feature_count(made, layers_at(l)), 0);
        assert_true(geo_box_is_empty(snapshot_extent(made, layers_at(l))));
    }
    assert_string_equal(snapshot_edition(made)->codigo, "");
    snapshot_unref(made);
    world_close(&empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_hold_every_feature_once),
        cmocka_unit_test(a_feature_has_its_columns),
        cmocka_unit_test(figures_are_the_records),
        cmocka_unit_test(a_point_finds_its_municipality),
        cmocka_unit_test(a_box_takes_what_meets_it_and_nothing_else),
        cmocka_unit_test(what_did_not_change_is_shared),
        cmocka_unit_test(an_empty_database_has_an_empty_snapshot),
    };
    return cmocka_run_group_tests(tests, served_embedded, served_close);
}
