/* test_update.c - tests of layers/snapshot_update.
 * After random edits of every kind, a snapshot that reads only the changes equals one that
 * reads everything. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "geo/figures/linker.h"
#include "geo/store/db_sqlite.h"
#include "geo/store/store_internal.h"
#include "layers/map/tile.h"
#include "layers/vector/features.h"
#include "tests/support/world.h"

enum { ROUNDS = 40, EDITS_MAX = 6 };

static struct world world;
static struct geo_linker *linker;
static struct snapshot *now;

static int set_up(void **state)
{
    struct err err = {0};
    (void)state;
    if (!world_open(&world, NULL))
        return -1;
    linker = geo_linker_open(world.store, &err);
    now = linker ? snapshot_build(world.store, NULL, &err) : NULL;
    return now ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    snapshot_unref(now);
    geo_linker_close(linker);
    world_close(&world);
    return 0;
}

/* ---- edits --------------------------------------------------------------- */

/* A record that can be changed and written again. */
struct copy {
    const struct geo_table *table;
    struct geo_value values[64];
    char *texts[64];
    unsigned char *wkb;
    size_t wkb_len;
    int64_t id;
};

static bool take_copy(void *arg, const struct geo_record *record)
{
    struct copy *copy = arg;
    copy->id = record->id;
    copy->wkb_len = record->wkb_len;
    copy->wkb = malloc(record->wkb_len + 1);
    if (record->wkb_len)
        memcpy(copy->wkb, record->wkb, record->wkb_len);
    for (size_t i = 0; i < copy->table->n_fields; i++) {
        copy->values[i] = record->values[i];
        if (record->values[i].kind == GEO_TEXT_VALUE)
            copy->values[i].text = copy->texts[i] = strdup(record->values[i].text);
    }
    return false;
}

static void free_copy(struct copy *copy)
{
    for (size_t i = 0; i < sizeof copy->texts / sizeof *copy->texts; i++)
        free(copy->texts[i]);
    free(copy->wkb);
}

/* The record at a random row, or the next one. */
static struct copy some_record(const char *layer, unsigned *seed)
{
    struct copy copy = {.table = geo_table_find(layer)};
    struct err err = {0};
    int64_t count = 0;
    assert_true(geo_store_count(world.store, copy.table, NULL, &count, &err));
    struct geo_query query = {.after_id = rand_r(seed) % (count / 2), .limit = 1};
    assert_true(geo_store_each(world.store, copy.table, &query, take_copy, &copy, &err));
    assert_true(copy.id > 0);
    return copy;
}

static int64_t put(const struct copy *copy)
{
    struct err err = {0};
    enum geo_put what;
    int64_t id = 0;
    const struct geo_record record = {
        .wkb = copy->wkb, .wkb_len = copy->wkb_len, .values = copy->values};
    if (!geo_store_put(world.store, copy->table, &record, &what, &id, &err))
        fail_msg("%s", err.message);
    return id;
}

static void set_text(struct copy *copy, const char *field, const char *text)
{
    int f = geo_table_field(copy->table, field);
    free(copy->texts[f]);
    copy->texts[f] = strdup(text);
    copy->values[f] = (struct geo_value){.kind = GEO_TEXT_VALUE, .text = copy->texts[f]};
}

static void move(struct copy *copy, unsigned *seed)
{
    double lon = -68.5 + 8.5 * rand_r(seed) / RAND_MAX, lat = -21 + 10.0 * rand_r(seed) / RAND_MAX;
    copy->wkb = realloc(copy->wkb, 21);
    copy->wkb_len = 21;
    memcpy(copy->wkb, "\x01\x01\0\0\0", 5);
    memcpy(copy->wkb + 5, &lon, 8);
    memcpy(copy->wkb + 13, &lat, 8);
}

enum edit { MOVE, RENAME, COUNT_FAMILIES, ADD, REMOVE, LOSE_PLACE, STATE_OF_WORKS, N_EDITS };

/* The row that changed. */
static int64_t edit(enum edit what, const char **layer, unsigned *seed, int round)
{
    struct err err = {0};
    char text[64];
    *layer = what == STATE_OF_WORKS || what == REMOVE ? "subproyectos" : "alianzas";
    struct copy copy = some_record(*layer, seed);
    int64_t id = copy.id;
    snprintf(text, sizeof text, "%s %d", what == ADD ? "A" : "Alianza del ensayo", rand_r(seed));
    if (what == MOVE || what == ADD)
        move(&copy, seed);
    if (what == LOSE_PLACE)
        copy.wkb_len = 0;
    if (what == RENAME)
        set_text(&copy, "nombre", text);
    if (what == COUNT_FAMILIES)
        copy.values[geo_table_field(copy.table, "familias")] =
            (struct geo_value){.kind = GEO_INT_VALUE, .integer = 1000 + round};
    if (what == ADD)
        set_text(&copy, "codigo", text);
    if (what == STATE_OF_WORKS)
        set_text(&copy, "estado", round % 2 ? "licitacion" : "ejecucion");
    if (what == REMOVE) {
        if (!geo_store_remove(world.store, copy.table, id, &err))
            fail_msg("%s", err.message);
    } else
        id = put(&copy);
    free_copy(&copy);
    return id;
}

static void transaction(unsigned *seed, int round)
{
    struct err err = {0};
    assert_true(geo_store_begin(world.store, &err));
    int n = 1 + rand_r(seed) % EDITS_MAX;
    for (int i = 0; i < n; i++) {
        const char *layer;
        enum edit what = (enum edit)(rand_r(seed) % N_EDITS);
        int64_t id = edit(what, &layer, seed, round);
        if (!geo_linker_update(linker, geo_table_find(layer), &id, 1, NULL, NULL, &err) ||
            !geo_store_touch(world.store, layer, NULL, false, NULL, &err))
            fail_msg("%s", err.message);
    }
    assert_true(geo_store_commit(world.store, &err));
}

/* ---- both snapshots ------------------------------------------------------ */

static struct buf features(const struct snapshot *snapshot, const struct layer *layer)
{
    const struct features_query query = {.limit = 1000000};
    struct buf out;
    int64_t matched, returned;
    buf_init(&out);
    features_put(snapshot, layer, &query, &out, &matched, &returned);
    return out;
}

static struct buf tile(const struct snapshot *snapshot, const struct style *style, int64_t x,
                       int64_t y)
{
    const struct tile_request request = {.z = 7, .x = x, .y = y, .size_px = 256, .scale = 1};
    struct err err = {0};
    struct buf out;
    struct tile_plan *plan = tile_plan_new(style, snapshot, &err);
    buf_init(&out);
    assert_non_null(plan);
    if (!tile_png(plan, &request, &out, &err))
        fail_msg("%s", err.message);
    tile_plan_free(plan);
    return out;
}

static void same_bytes(struct buf a, struct buf b, const char *what, int round)
{
    size_t at = 0;
    while (at < a.len && at < b.len && a.data[at] == b.data[at])
        at++;
    if (a.len != b.len || at < a.len)
        fail_msg("round %d, %s: differs at byte %zu: %.80s | %.80s", round, what, at,
                 a.data + (at > 40 ? at - 40 : 0), b.data + (at > 40 ? at - 40 : 0));
    buf_free(&a);
    buf_free(&b);
}

static void compare(const struct snapshot *made, const struct snapshot *whole,
                    const struct style *style, int round)
{
    for (size_t l = 0; l < layers_count(); l++)
        same_bytes(features(made, layers_at(l)), features(whole, layers_at(l)), layers_at(l)->name,
                   round);
    for (int64_t x = 40; x <= 41; x++)
        for (int64_t y = 69; y <= 70; y++)
            same_bytes(tile(made, style, x, y), tile(whole, style, x, y), "tile", round);
}

static void an_update_equals_a_new_snapshot(void **state)
{
    (void)state;
    struct err err = {0};
    const char *json;
    size_t len, updated = 0;
    unsigned seed = 20261129;
    assert_true(styles_document("cartera", &json, &len));
    struct style *style = style_parse(json, len, &err);
    assert_non_null(style);
    for (int round = 0; round < ROUNDS; round++) {
        transaction(&seed, round);
        struct snapshot *next = snapshot_build(world.store, now, &err);
        struct snapshot *whole = snapshot_build(world.store, NULL, &err);
        if (!next || !whole)
            fail_msg("%s", err.message);
        compare(next, whole, style, round);
        struct snapshot_cost cost = snapshot_cost(next, layers_find("alianzas"));
        updated += !cost.shared && cost.records_read <= EDITS_MAX;
        assert_int_equal(snapshot_cost(next, layers_find("municipios")).records_read, 0);
        snapshot_unref(whole);
        snapshot_unref(now);
        now = next;
    }
    /* At least half of the rounds changed alliances, and read only those records. */
    assert_true(updated >= ROUNDS / 2);
    style_free(style);
}

/* Changes that the journal does not list, and older revisions. */
static void unlisted_changes_are_read_whole(void **state)
{
    (void)state;
    struct err err = {0};
    const struct layer *layer = layers_find("alianzas");
    size_t all = snapshot_feature_count(now, layer);
    unsigned seed = 7;
    /* More records than one commit lists. */
    assert_true(geo_store_begin(world.store, &err));
    for (int i = 0; i < 300; i++) {
        struct copy copy = {.table = layer_table(layer)};
        const struct geo_query query = {.after_id = i * 3, .limit = 1};
        assert_true(geo_store_each(world.store, copy.table, &query, take_copy, &copy, &err));
        set_text(&copy, "nombre", "Otro nombre");
        put(&copy);
        free_copy(&copy);
    }
    assert_true(geo_store_touch(world.store, "alianzas", NULL, false, NULL, &err));
    assert_true(geo_store_commit(world.store, &err));
    struct snapshot *next = snapshot_build(world.store, now, &err);
    assert_non_null(next);
    assert_int_equal(snapshot_cost(next, layer).records_read, all);
    /* Changes rolled back are not listed. */
    assert_true(geo_store_begin(world.store, &err));
    const char *name;
    edit(RENAME, &name, &seed, 0);
    geo_store_rollback(world.store);
    assert_true(geo_store_begin(world.store, &err));
    edit(RENAME, &name, &seed, 0);
    assert_true(geo_store_touch(world.store, "alianzas", NULL, false, NULL, &err));
    assert_true(geo_store_commit(world.store, &err));
    struct snapshot *after = snapshot_build(world.store, next, &err);
    assert_non_null(after);
    assert_int_equal(snapshot_cost(after, layer).records_read, 1);
    snapshot_unref(next);
    /* A municipality's new name appears in the columns of all its records. */
    struct copy unit = some_record("municipios", &seed);
    set_text(&unit, "nombre", "Nombre nuevo");
    assert_true(geo_store_begin(world.store, &err));
    put(&unit);
    free_copy(&unit);
    assert_true(geo_store_touch(world.store, "municipios", NULL, false, NULL, &err));
    assert_true(geo_store_commit(world.store, &err));
    next = snapshot_build(world.store, after, &err);
    struct snapshot *whole = snapshot_build(world.store, NULL, &err);
    assert_true(next && whole);
    assert_int_equal(snapshot_cost(next, layers_find("municipios")).records_read, 1);
    for (size_t l = 0; l < layers_count(); l++)
        same_bytes(features(next, layers_at(l)), features(whole, layers_at(l)), layers_at(l)->name,
                   -1);
    snapshot_unref(whole);
    snapshot_unref(next);
    snapshot_unref(after);
}

/* An older copy replaces the file: its revisions are lower. */
static void an_older_copy_is_read_whole(void **state)
{
    (void)state;
    struct err err = {0};
    const struct layer *layer = layers_find("alianzas");
    unsigned seed = 3;
    transaction(&seed, 1);
    struct snapshot *late = snapshot_build(world.store, now, &err);
    assert_non_null(late);
    assert_true(db_script(world.store->db,
                          "UPDATE alianzas SET nombre = 'De la copia';"
                          "UPDATE capas SET revision = revision - 1; DELETE FROM cambios",
                          "", &err));
    struct snapshot *old = snapshot_build(world.store, late, &err);
    struct snapshot *whole = snapshot_build(world.store, NULL, &err);
    assert_true(old && whole);
    assert_int_equal(snapshot_cost(old, layer).records_read, snapshot_feature_count(old, layer));
    same_bytes(features(old, layer), features(whole, layer), "an older copy", 0);
    snapshot_unref(whole);
    snapshot_unref(old);
    snapshot_unref(late);
}

/* A copy that reached the same revision through other edits. */
static void another_copy_of_the_same_revision_is_another_content(void **state)
{
    (void)state;
    struct err err = {0};
    const struct layer *layer = layers_find("alianzas");
    assert_true(db_script(world.store->db,
                          "UPDATE alianzas SET nombre = 'De otra copia';"
                          "UPDATE capas SET marca = marca + 1 WHERE capa = 'alianzas'",
                          "", &err));
    struct snapshot *other = snapshot_build(world.store, now, &err);
    assert_non_null(other);
    assert_int_equal(snapshot_revision(other), snapshot_revision(now));
    assert_true(snapshot_mark(other) != snapshot_mark(now));
    assert_int_equal(snapshot_cost(other, layer).records_read, snapshot_feature_count(now, layer));
    snapshot_unref(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_update_equals_a_new_snapshot, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unlisted_changes_are_read_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_older_copy_is_read_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_copy_of_the_same_revision_is_another_content,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
