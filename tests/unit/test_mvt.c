/* test_mvt.c - tests of layers/vector/mvt.
 * The contents of vector tiles, read back by an independent reader. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <jansson.h>

#include "layers/snapshot_internal.h"
#include "layers/vector/features.h"
#include "layers/vector/mvt.h"
#include "layers/vector/mvt_shape.h"
#include "tests/support/served.h"
#include "tests/support/vector_tile.h"

enum { SPAN = MVT_EXTENT + 2 * MVT_BUFFER };

static struct mvt_encoder *encoder;

static int set_up(void **state)
{
    encoder = mvt_encoder_new();
    return encoder ? served_official(state) : -1;
}

static int tear_down(void **state)
{
    mvt_encoder_free(encoder);
    return served_close(state);
}

/* layer NULL: all of them. */
static struct mvt_request request_of(const char *layer, int z, int64_t x, int64_t y)
{
    struct mvt_request request = {.z = z, .x = x, .y = y};
    for (size_t i = 0; i < layers_count(); i++)
        if (!layer || strcmp(layers_at(i)->name, layer) == 0)
            request.layers[request.n_layers++] = layers_at(i);
    return request;
}

static struct vt_tile *encode(struct mvt_request request, struct mvt_report *report, size_t *len)
{
    struct mvt_report unused;
    struct err err = {0};
    struct buf out;
    buf_init(&out);
    if (!report)
        report = &unused;
    memset(report, 0, sizeof *report);
    if (!mvt_encode(encoder, snapshot, &request, report, &out, &err))
        fail_msg("%s", err.message);
    /* The tile's texts point into its bytes, which must stay. */
    static char *kept;
    free(kept);
    if (len)
        *len = out.len;
    size_t n = out.len;
    kept = buf_take(&out, NULL);
    return vt_read(kept, n);
}

static int64_t tile_x(double lon_deg, int z)
{
    return (int64_t)floor((lon_deg + 180) / 360 * ldexp(1, z));
}

static int64_t tile_y(double lat_deg, int z)
{
    double lat = lat_deg * acos(-1) / 180;
    return (int64_t)floor((1 - asinh(tan(lat)) / acos(-1)) / 2 * ldexp(1, z));
}

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
                encode(request_of("municipios", z, tile_x(at[0], z), tile_y(at[1], z)), NULL, NULL);
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

static bool inside(const int64_t *at)
{
    return at[0] > -MVT_BUFFER && at[1] > -MVT_BUFFER && at[0] < MVT_EXTENT + MVT_BUFFER &&
           at[1] < MVT_EXTENT + MVT_BUFFER;
}

static void check_rings(const struct vt_tile *tile, const struct vt_feature *feature)
{
    for (size_t p = 0; p < feature->n_paths; p++) {
        const struct vt_path *path = &tile->paths[feature->first_path + p];
        assert_true(path->closed && path->count >= 3);
        assert_true(vt_area2(tile, path) != 0);
        if (p == 0)
            assert_true(vt_area2(tile, path) > 0); /* a shell comes first */
        const int64_t *first = tile->xy[path->first];
        const int64_t *last = tile->xy[path->first + path->count - 1];
        assert_true(first[0] != last[0] ||
                    first[1] != last[1]); /* the closing position is not repeated */
        for (size_t i = 0; i < path->count; i++) {
            assert_in_range(tile->xy[path->first + i][0] + MVT_BUFFER, 0, SPAN + 1);
            assert_in_range(tile->xy[path->first + i][1] + MVT_BUFFER, 0, SPAN + 1);
        }
    }
}

struct edge {
    int64_t ax, ay, bx, by;
};

static int by_edge(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct edge));
}

/* Edges without a neighbour in the data as delivered: the country's outline, gaps and
 * overlaps. */
static size_t one_sided(int z, int64_t x, int64_t y, struct edge **out)
{
    const struct geometry *geometry = snapshot_slab(snapshot, layers_find("municipios"))->geometry;
    struct mvt_shaper shaper;
    size_t n = 0;
    mvt_shaper_init(&shaper);
    mvt_shaper_place(&shaper, z, x, y);
    *out = malloc((2 * geometry->n_pool + 1) * sizeof **out);
    for (uint32_t a = 0; a < geometry->arcs->n_arcs; a++) {
        const struct arc *arc = &geometry->arcs->arcs[a];
        if (arc->left >= 0 && arc->right >= 0 && !arc->crowded)
            continue;
        uint32_t count;
        const struct arc_xy *xy = geometry_arc(geometry, shaper.level, a, &count);
        for (uint32_t i = 0; i + 1 < count; i++) {
            struct mvt_xy from = mvt_shaper_round(&shaper, xy[i].x, xy[i].y);
            struct mvt_xy to = mvt_shaper_round(&shaper, xy[i + 1].x, xy[i + 1].y);
            (*out)[n++] = (struct edge){from.x, from.y, to.x, to.y};
            (*out)[n++] = (struct edge){to.x, to.y, from.x, from.y};
        }
    }
    mvt_shaper_free(&shaper);
    qsort(*out, n, sizeof **out, by_edge);
    return n;
}

/* Edges that should have a neighbour by the data, but whose reverse is not in the tile. */
static size_t lone_edges(const struct vt_tile *tile, const struct edge *outline, size_t n_outline,
                         size_t *n_edges, size_t *n_outer)
{
    struct edge *edges = malloc((tile->n_xy + 1) * sizeof *edges);
    size_t n = 0, lone = 0;
    *n_outer = 0;
    for (size_t p = 0; p < tile->n_paths; p++)
        for (size_t i = 0; i < tile->paths[p].count; i++) {
            const int64_t *a = tile->xy[tile->paths[p].first + i];
            const int64_t *b = tile->xy[tile->paths[p].first + (i + 1) % tile->paths[p].count];
            if (inside(a) && inside(b))
                edges[n++] = (struct edge){a[0], a[1], b[0], b[1]};
        }
    qsort(edges, n, sizeof *edges, by_edge);
    for (size_t i = 0; i < n; i++) {
        struct edge back = {edges[i].bx, edges[i].by, edges[i].ax, edges[i].ay};
        if (bsearch(&back, edges, n, sizeof *edges, by_edge))
            continue;
        bool outer = bsearch(&back, outline, n_outline, sizeof *outline, by_edge) != NULL;
        *n_outer += outer;
        lone += !outer;
    }
    free(edges);
    *n_edges = n;
    return lone;
}

/* In the middle of the country the municipalities cover a tile and its buffer
 * exactly, with the same vertices on both sides of every border. Where the
 * official data leave a gap or overlap, that much may be missing. */
static void neighbours_share_their_borders(void **state)
{
    static const struct {
        const char *name;
        double lon, lat;
    } places[] = {
        {"llanos de Santa Cruz", -62.6, -17.3},
        {"valles de Cochabamba", -65.6, -17.6},
        {"Potosí", -65.7, -19.6},
        {"Beni", -65.2, -14.4},
        {"Chuquisaca", -64.3, -19.6},
    };
    (void)state;
    served_note();
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        for (int z = 8; z <= 14; z++) {
            struct vt_tile *tile = encode(
                request_of("municipios", z, tile_x(places[i].lon, z), tile_y(places[i].lat, z)),
                NULL, NULL);
            int64_t area = 0;
            size_t n_edges, n_outer;
            struct edge *outline;
            size_t n_outline =
                one_sided(z, tile_x(places[i].lon, z), tile_y(places[i].lat, z), &outline);
            for (size_t f = 0; f < tile->n_features; f++)
                check_rings(tile, &tile->features[f]);
            for (size_t p = 0; p < tile->n_paths; p++)
                area += vt_area2(tile, &tile->paths[p]);
            size_t lone = lone_edges(tile, outline, n_outline, &n_edges, &n_outer);
            print_message("%s z%d: %zu municipios, %zu edges, %zu along gaps of the data, "
                          "%zu without their neighbour, area off by %lld half units\n",
                          places[i].name, z, tile->n_features, n_edges, n_outer, lone,
                          (long long)(area - 2LL * SPAN * SPAN));
            assert_int_equal(lone, 0);
            if (n_outer == 0)
                assert_int_equal(area, 2LL * SPAN * SPAN);
            free(outline);
            vt_free(tile);
        }
}

/* Features in the buffers of two adjoining tiles have the same vertices in both. */
static void adjoining_tiles_agree(void **state)
{
    (void)state;
    served_note();
    for (int z = 6; z <= 12; z++) {
        int64_t x = tile_x(-65.6, z), y = tile_y(-17.6, z);
        size_t n[2] = {0, 0};
        struct edge *vertices[2];
        for (int side = 0; side < 2; side++) {
            struct vt_tile *tile = encode(request_of("municipios", z, x + side, y), NULL, NULL);
            vertices[side] = calloc(tile->n_xy + 1, sizeof **vertices);
            for (size_t f = 0; f < tile->n_features; f++)
                for (size_t p = 0; p < tile->features[f].n_paths; p++) {
                    const struct vt_path *path = &tile->paths[tile->features[f].first_path + p];
                    for (size_t i = 0; i < path->count; i++) {
                        const int64_t *at = tile->xy[path->first + i];
                        int64_t from_seam = at[0] - (side ? 0 : MVT_EXTENT);
                        if (llabs(from_seam) < MVT_BUFFER && inside(at))
                            vertices[side][n[side]++] =
                                (struct edge){(int64_t)tile->features[f].id, from_seam, at[1], 0};
                    }
                }
            qsort(vertices[side], n[side], sizeof **vertices, by_edge);
            vt_free(tile);
        }
        print_message("z%d: %zu vertices along the seam\n", z, n[0]);
        assert_int_equal(n[0], n[1]);
        assert_memory_equal(vertices[0], vertices[1], n[0] * sizeof **vertices);
        free(vertices[0]);
        free(vertices[1]);
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
        cmocka_unit_test(neighbours_share_their_borders),
        cmocka_unit_test(adjoining_tiles_agree),
        cmocka_unit_test(attributes_are_those_of_the_api),
        cmocka_unit_test(points_are_in_place),
        cmocka_unit_test(a_budget_is_kept),
        cmocka_unit_test(nothing_is_no_tile),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
