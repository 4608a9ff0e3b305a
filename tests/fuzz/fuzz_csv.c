/* fuzz_csv.c - any bytes as a delimited text file.
 * Read as a source, its columns matched to every table, each row parsed. */
#include <stdint.h>
#include <stdlib.h>

#include "geo/fields/fields.h"
#include "geo/source/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void parse_rows(struct geo_source *source, const struct geo_table *table,
                       struct arena *arena)
{
    struct err err = {0};
    const struct geo_source_table *there = geo_source_table(source, 0);
    struct geo_fields *fields = geo_fields_new(table, there->matches, there->n_columns, NULL, &err);
    struct geo_value *values = calloc(table->n_fields, sizeof *values);
    bool more = fields && values && geo_source_read(source, 0, &err);
    while (more) {
        struct geo_source_row row;
        arena_reset(arena);
        struct import_faults faults = import_faults_new(arena);
        if (geo_source_next(source, &row, &more, &err) && more)
            geo_fields_read(fields, &(struct source_cells){row.line, there->n_columns, row.cells},
                            arena, values, &faults);
    }
    free(values);
    geo_fields_free(fields);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = {0};
    if (!geo_source_put_memory("fuzz.csv", data, size, &err))
        return 0;
    struct geo_source_options options = {
        .path = "/vsimem/fuzz.csv", .embedded = true, .geometry = GEO_ANY_GEOMETRY};
    struct geo_source *source = geo_source_open(&options, &err);
    struct arena *arena = arena_new();
    for (const struct geo_table *table = geo_tables; source && arena && table->name; table++)
        parse_rows(source, table, arena);
    arena_free(arena);
    geo_source_close(source);
    geo_source_drop_memory("fuzz.csv");
    return 0;
}
