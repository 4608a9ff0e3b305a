/* test_layers.c - tests that every layer in the list agrees with its table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "layers/layer.h"

static void each_layer_is_complete(void **state)
{
    (void)state;
    for (size_t l = 0; l < layers_count(); l++) {
        const struct layer *layer = layers_at(l);
        assert_ptr_equal(layers_find(layer->name), layer);
        assert_string_equal(layer->table->name, layer->name);
        assert_string_equal(layer->table->title, layer->title);
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
        for (size_t f = 0; f < layer->table->n_fields; f++) {
            const struct geo_field *field = &layer->table->fields[f];
            char name[64];
            snprintf(name, sizeof name, "%s", field->name);
            if (field->type == GEO_MONEY)
                memcpy(name + strlen(name) - 4, "_bs", 4);
            int c = layer_column(layer, name);
            if ((c >= 0) != ((field->flags & GEO_PUBLISHED) != 0))
                fail_msg("%s.%s: published, or not, by mistake", layer->name, name);
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
        bool link = layer_column(layer, "estado_vinculo") >= 0;
        assert_int_equal(link, layer->table->linked);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_layer_is_complete),
        cmocka_unit_test(published_fields_are_columns_and_others_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
