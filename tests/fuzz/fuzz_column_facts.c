/* fuzz_column_facts.c - any bytes as a table: its columns studied, matched and read.
 * The first byte chooses the table ('A': the first of the schema); then line ends part rows, ';'
 * cells; '=', '^', '@', '!' and '?' at a cell's start are types of cells. Every cell is counted
 * once, examples and messages are UTF-8. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/fields/fields.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { COLUMNS = 8, ROWS = 20 };

struct table {
    const char *headings[COLUMNS];
    struct source_cell cells[ROWS][COLUMNS];
    size_t n_columns, n_rows;
};

static struct source_cell cell_of(const char *text)
{
    static const char types[] = "=^@!?";
    static const enum source_cell_kind kinds[] = {SOURCE_CELL_NUMBER, SOURCE_CELL_PERCENT,
                                                  SOURCE_CELL_DATE, SOURCE_CELL_ERROR,
                                                  SOURCE_CELL_NO_VALUE};
    const char *type = text && text[0] ? strchr(types, text[0]) : NULL;
    if (!text)
        return (struct source_cell){SOURCE_CELL_EMPTY, NULL};
    return (struct source_cell){type ? kinds[type - types] : SOURCE_CELL_TEXT,
                                text + (type != NULL)};
}

/* Splits the next line into texts, in place; returns how many; 0 at the end. */
static size_t next_row(char **text, const char *texts[COLUMNS])
{
    char *line = *text;
    size_t n = 0;
    if (!line || !*line)
        return 0;
    *text = strchr(line, '\n');
    if (*text)
        *(*text)++ = '\0';
    while (line && n < COLUMNS) {
        texts[n++] = line;
        line = strchr(line, ';');
        if (line)
            *line++ = '\0';
    }
    return n;
}

static void split(struct table *table, char *text)
{
    const char *texts[COLUMNS] = {NULL};
    table->n_columns = next_row(&text, table->headings);
    while (table->n_rows < ROWS && next_row(&text, texts) > 0) {
        for (size_t c = 0; c < table->n_columns; c++) {
            table->cells[table->n_rows][c] = cell_of(texts[c]);
            texts[c] = NULL;
        }
        table->n_rows++;
    }
}

static void check(bool sound)
{
    if (!sound)
        abort();
}

static void check_facts(const struct column_facts *facts, size_t rows)
{
    int64_t forms = 0;
    for (int trait = 0; trait < COLUMN_TRAITS; trait++) {
        const char *text = facts->first[trait].text;
        check(text_is_utf8(text, strnlen(text, COLUMN_EXAMPLE_MAX)));
        check(facts->n[trait] <= facts->values);
        check((facts->n[trait] > 0) == (facts->first[trait].line > 0));
        forms += trait <= COLUMN_LAST_FORM ? facts->n[trait] : 0;
    }
    check(forms == facts->values && facts->values + facts->empty == (int64_t)rows);
}

static void check_faults(const struct import_faults *faults)
{
    for (size_t i = 0; i < faults->n; i++)
        check(text_is_utf8(faults->items[i].message, strlen(faults->items[i].message)));
}

static void read_as(const struct geo_table *schema, const struct table *table,
                    const struct column_facts *facts, struct arena *arena)
{
    struct geo_value values[64];
    struct err err = {0};
    struct import_faults notes = import_faults_new(arena);
    struct geo_fields *fields =
        geo_fields_new(schema, table->headings, table->n_columns, NULL, &err);
    bool ok = fields && geo_fields_settle(fields, facts,
                                          strcmp(schema->name, "hechos_municipio") == 0
                                              ? &schema->fields[schema->n_fields - 1]
                                              : NULL,
                                          &notes, &err);
    check(ok || (err.kind != ERR_NONE && text_is_utf8(err.message, strlen(err.message))));
    check_faults(&notes);
    for (size_t r = 0; fields && r < table->n_rows; r++) {
        struct source_cells row = {(int64_t)r + 2, table->n_columns, table->cells[r]};
        struct import_faults faults = import_faults_new(arena);
        check(geo_fields_read(fields, &row, arena, values, &faults) == (faults.errors == 0));
        check_faults(&faults);
    }
    geo_fields_free(fields);
}

static const struct geo_table *chosen(uint8_t byte)
{
    size_t n = 0;
    while (geo_tables[n].name)
        n++;
    return &geo_tables[byte % n];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct table table = {.n_columns = 0};
    struct column_facts facts[COLUMNS] = {0};
    struct arena *arena = arena_new();
    char *text = malloc(size + 1);
    check(text && arena);
    if (size == 0)
        goto done;
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    /* Readers give UTF-8. */
    if (text_is_utf8(text, strlen(text)))
        split(&table, text);
    for (size_t r = 0; r < table.n_rows; r++)
        for (size_t c = 0; c < table.n_columns; c++)
            column_facts_add(&facts[c], &table.cells[r][c], (int64_t)r + 2);
    for (size_t c = 0; c < table.n_columns; c++)
        check_facts(&facts[c], table.n_rows);
    if (table.n_columns)
        read_as(chosen(data[0]), &table, facts, arena);
done:
    free(text);
    arena_free(arena);
    return 0;
}
