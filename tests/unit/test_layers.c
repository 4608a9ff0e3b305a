/* test_layers.c - walks the tables and the layers.
 * Each has all that docs/architecture.md, "Add a layer", asks for. A failure names the layer,
 * and the file that says nothing of it. Runs in the top folder, whose files it reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <glob.h>
#include <jansson.h>

#include "geo/analysis/conflicts.h"
#include "geo/figures/linker.h"
#include "geo/store/migrations.h"
#include "layers/layer.h"
#include "styles/style.h"
#include "tests/support/tiny.h"

/* What matches the pattern; at least one does. */
static glob_t files_of(const char *pattern)
{
    glob_t found = {0};
    if (glob(pattern, 0, NULL, &found) != 0)
        fail_msg("%s: not there; the test runs in the top folder", pattern);
    return found;
}

static char *text_of(const char *path)
{
    FILE *file = fopen(path, "r");
    struct buf text;
    int c;
    assert_non_null(file);
    buf_init(&text);
    while ((c = fgetc(file)) != EOF)
        buf_putc(&text, (char)c);
    fclose(file);
    return text.data;
}

/* Tables ------------------------------------------------------------------------- */

static void each_migration_is_built_in(void **state)
{
    (void)state;
    glob_t found = files_of("geo/store/migrations/[0-9]*.sql");
    for (size_t i = 0; i < found.gl_pathc; i++) {
        char *sql = text_of(found.gl_pathv[i]);
        bool listed = i < (size_t)geo_migrations_count() && strcmp(sql, geo_migrations[i]) == 0;
        free(sql);
        if (!listed)
            fail_msg("%s: no row, or not in order, in geo/store/migrations.c", found.gl_pathv[i]);
    }
    globfree(&found);
}

static bool nothing(void *arg, const struct geo_record *record)
{
    (void)arg;
    (void)record;
    return true;
}

static void each_table_is_made_by_a_migration(void **state)
{
    (void)state;
    struct err err = {0};
    char folder[] = "/tmp/sigg-test-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a.sqlite", folder);
    struct geo_store *store = geo_store_open(path, GEO_STORE_CREATE, &err);
    if (!store)
        fail_msg("%s", err.message);
    for (const struct geo_table *table = geo_tables; table->name; table++)
        if (!geo_store_each(store, table, NULL, nothing, NULL, &err))
            fail_msg("%s: no file in geo/store/migrations/ makes the table with the fields of "
                     "geo/store/schema.c: %s",
                     table->name, err.message);
    geo_store_close(store);
    unlink(path);
    rmdir(folder);
}

/* Import reads a coordinate with what the record declares, which only linked tables do. */
static void each_table_of_points_is_linked(void **state)
{
    (void)state;
    for (const struct geo_table *table = geo_tables; table->name; table++)
        if ((table->geometry == GEO_POINT || table->geometry == GEO_ANY_GEOMETRY) && !table->linked)
            fail_msg("%s: has points in geo/store/schema.c, and is not LINKED", table->name);
}

static size_t conflicts_of(struct geo_store *store, const struct geo_table *table)
{
    struct err err = {0};
    const struct geo_conflicts_query query = {.layer = table->name};
    struct rows *rows = geo_conflicts_rows(store, &query, &err);
    if (!rows)
        fail_msg("%s: %s", table->name, err.message);
    size_t n = rows_count(rows);
    rows_free(rows);
    return n;
}

/* Outside the country: each is in the list of conflicts, and its removal takes it away. */
static void what_is_kept_of_a_record_goes_with_it(void **state)
{
    static const uint32_t types[] = {
        [GEO_POINT] = 1, [GEO_MULTIPOLYGON] = 6, [GEO_ANY_GEOMETRY] = 2};
    (void)state;
    struct err err = {0};
    const char *path;
    struct geo_store *store = tiny_open(&path);
    struct geo_linker *linker = geo_linker_open(store, &err);
    assert_true(geo_store_begin(store, &err));
    for (const struct geo_table *table = geo_tables_first(GEO_TABLES_PLACED); table;
         table = geo_tables_next(GEO_TABLES_PLACED, table)) {
        struct geo_value values[TINY_FIELDS];
        enum geo_put what;
        int64_t id;
        struct buf wkb;
        size_t before = conflicts_of(store, table);
        buf_init(&wkb);
        tiny_values(table, 0, "OUTSIDE", values);
        tiny_shape(&wkb, types[table->geometry], -60, -10, 0.1);
        const struct geo_record record = {
            .wkb = (const unsigned char *)wkb.data, .wkb_len = wkb.len, .values = values};
        if (!geo_store_put(store, table, &record, &what, &id, &err) ||
            !geo_linker_update(linker, table, &id, 1, NULL, NULL, &err))
            fail_msg("%s: %s", table->name, err.message);
        buf_free(&wkb);
        assert_int_equal(conflicts_of(store, table), before + 1);
        assert_true(geo_store_remove(store, table, id, &err));
        if (conflicts_of(store, table) != before)
            fail_msg("%s: a record that is removed leaves its conflict behind", table->name);
    }
    geo_store_rollback(store);
    geo_linker_close(linker);
    geo_store_close(store);
}

/* Layers ------------------------------------------------------------------------- */

static void each_table_with_a_place_has_a_layer(void **state)
{
    (void)state;
    for (const struct geo_table *table = geo_tables; table->name; table++)
        if (table->geometry != GEO_NO_GEOMETRY && !layers_find(table->name))
            fail_msg("%s: no row in layers/layers.c", table->name);
}

static void each_layer_file_has_its_row(void **state)
{
    static const char opening[] = "\nconst struct layer layer_";
    (void)state;
    glob_t found = files_of("layers/*.c");
    for (size_t i = 0; i < found.gl_pathc; i++) {
        char name[64] = "", *text = text_of(found.gl_pathv[i]), *at = strstr(text, opening);
        if (at)
            sscanf(at + strlen(opening), "%63[a-z_]", name);
        free(text);
        if (at && !layers_find(name))
            fail_msg("%s: layers/layers.c has no row for it", found.gl_pathv[i]);
    }
    globfree(&found);
}

static void each_layer_is_complete(void **state)
{
    (void)state;
    for (size_t l = 0; l < layers_count(); l++) {
        const struct layer *layer = layers_at(l);
        assert_ptr_equal(layers_find(layer->name), layer);
        if (!layer_table(layer))
            fail_msg("%s: geo/store/schema.c has no table of that name", layer->name);
        assert_string_equal(layer_table(layer)->name,
                            layer->holes_of ? layer->holes_of : layer->name);
        if (!layer->holes_of)
            assert_string_equal(layer_table(layer)->title, layer->title);
        assert_true(strlen(layer->description) > 20);
        for (size_t c = 0; c < layer->n_columns; c++)
            if (layer_column(layer, layer->columns[c].name) != (int)c)
                fail_msg("%s: column %s twice", layer->name, layer->columns[c].name);
    }
    assert_null(layers_find("nada"));
    assert_int_equal(layer_column(layers_at(0), "nada"), -1);
}

static void published_fields_are_columns_and_others_are_not(void **state)
{
    (void)state;
    for (size_t l = 0; l < layers_count(); l++) {
        const struct layer *layer = layers_at(l);
        for (size_t f = 0; f < layer_table(layer)->n_fields; f++) {
            const struct geo_field *field = &layer_table(layer)->fields[f];
            char name[64];
            snprintf(name, sizeof name, "%s", field->name);
            if (field->type == GEO_MONEY)
                memcpy(name + strlen(name) - 4, "_bs", 4);
            int c = layer_column(layer, name);
            if ((c >= 0) != ((field->flags & GEO_PUBLISHED) != 0))
                fail_msg("%s.%s: a column of layers/%s.c, or published by geo/store/schema.c, "
                         "but not both",
                         layer->name, name, layer->name);
            if (c < 0)
                continue;
            static const enum layer_column_kind kinds[] = {
                [GEO_TEXT] = LAYER_TEXT,  [GEO_INTEGER] = LAYER_INTEGER, [GEO_REAL] = LAYER_REAL,
                [GEO_MONEY] = LAYER_REAL, [GEO_DATE] = LAYER_TEXT,       [GEO_CHOICE] = LAYER_TEXT,
                [GEO_FLAG] = LAYER_BOOL,
            };
            assert_int_equal(layer->columns[c].kind, kinds[field->type]);
            assert_int_equal(layer->columns[c].source, LAYER_FIELD);
            assert_string_equal(layer->columns[c].title, field->title);
        }
        if ((layer_column(layer, "estado_vinculo") >= 0) != layer_table(layer)->linked)
            fail_msg("%s: LINK_COLUMNS in layers/%s.c, or linked in geo/store/schema.c, but not "
                     "both",
                     layer->name, layer->name);
    }
}

/* What the map lays on top -------------------------------------------------------- */

static void each_language_has_a_title(const char *layer, json_t *entry)
{
    static const char *const languages[] = {"es", "en"};
    for (size_t i = 0; i < 2; i++)
        if (!json_string_value(json_object_get(json_object_get(entry, "titulo"), languages[i])))
            fail_msg("%s: styles/overlays.json gives it no title in %s", layer, languages[i]);
}

static void print_problem(void *arg, const char *problem)
{
    print_message("%s: %s\n", (const char *)arg, problem);
}

/* As the page makes them, from the vector tiles instead of the features. */
static void it_can_be_drawn(const char *layer, json_t *entry)
{
    size_t i;
    json_t *one, *layers = json_object_get(entry, "capas");
    char name[64];
    json_array_foreach(layers, i, one)
    {
        snprintf(name, sizeof name, "%zu", i);
        json_object_set_new(one, "id", json_string(name));
        json_object_set_new(one, "source", json_string("sigg"));
        json_object_set_new(one, "source-layer", json_string(layer));
    }
    json_t *document =
        json_pack("{s:i, s:s, s:{s:{s:s}}, s:O}", "version", 8, "name", layer, "sources", "sigg",
                  "type", "vector", "layers", layers ? layers : json_null());
    char *text = json_dumps(document, 0);
    snprintf(name, sizeof name, "%s", layer);
    if (i == 0 || style_check(text, strlen(text), print_problem, name) != 0)
        fail_msg("%s: styles/overlays.json does not say how to draw it", layer);
    free(text);
    json_decref(document);
}

static void each_layer_is_laid_on_top_or_left_out(void **state)
{
    (void)state;
    json_error_t why;
    json_t *overlays = json_load_file("styles/overlays.json", JSON_REJECT_DUPLICATES, &why), *entry;
    const char *name;
    if (!overlays)
        fail_msg("styles/overlays.json: line %d: %s", why.line, why.text);
    for (size_t l = 0; l < layers_count(); l++)
        if (!json_object_get(overlays, layers_at(l)->name))
            fail_msg("%s: no entry in styles/overlays.json", layers_at(l)->name);
    json_object_foreach(overlays, name, entry)
    {
        if (!layers_find(name))
            fail_msg("%s: styles/overlays.json has it, layers/layers.c has not", name);
        if (json_is_null(entry))
            continue;
        each_language_has_a_title(name, entry);
        it_can_be_drawn(name, entry);
    }
    json_decref(overlays);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_migration_is_built_in),
        cmocka_unit_test(each_table_is_made_by_a_migration),
        cmocka_unit_test(each_table_of_points_is_linked),
        cmocka_unit_test(what_is_kept_of_a_record_goes_with_it),
        cmocka_unit_test(each_table_with_a_place_has_a_layer),
        cmocka_unit_test(each_layer_file_has_its_row),
        cmocka_unit_test(each_layer_is_complete),
        cmocka_unit_test(published_fields_are_columns_and_others_are_not),
        cmocka_unit_test(each_layer_is_laid_on_top_or_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
