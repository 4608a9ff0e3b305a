/* import_zeros.c - zeros of a format that cannot say "no value", such as MapInfo's .tab.
 *
 * In a .dbf an empty number is blank, but ArcGIS writes 0: a .dbf with a blank among its numbers
 * was written by a program that does not. A 0 does not replace a stored "no value", since an export
 * that comes back would else change it; other zeros are stored. A .tab's are told, because there
 * every empty number is one. */
#include "geo/base/number.h"
#include "geo/import/import_run.h"

struct import_zeros {
    int64_t *kept, *stored; /* by field */
};

static bool is_number(const struct geo_field *field)
{
    return field->type == GEO_INTEGER || field->type == GEO_REAL || field->type == GEO_MONEY;
}

/* Some number of the table is blank. */
static bool has_blank(const struct import_table *table)
{
    for (size_t c = 0; c < table->source->n_columns; c++)
        if (table->facts[c].empty > 0 && table->facts[c].n[COLUMN_TYPED] > 0)
            return true;
    return false;
}

bool import_zeros_begin(struct import_run *run, struct err *err)
{
    struct import_table *table = run->at;
    size_t n = run->table->n_fields;
    if (table->source->zeros == SOURCE_ZEROS || run->table->bounds || has_blank(table))
        return true;
    struct import_zeros *zeros = table->zeros = arena_alloc(run->kept, sizeof *zeros);
    if (!zeros)
        return err_no_memory(err);
    zeros->kept = arena_array(run->kept, n, sizeof *zeros->kept);
    zeros->stored = arena_array(run->kept, n, sizeof *zeros->stored);
    return (zeros->kept && zeros->stored) || err_no_memory(err);
}

static bool is_zero(const struct geo_value *value)
{
    return (value->kind == GEO_INT_VALUE && value->integer == 0) ||
           (value->kind == GEO_REAL_VALUE && value->real == 0);
}

void import_zeros_merge(struct import_run *run)
{
    struct import_zeros *zeros = run->at->zeros;
    for (size_t f = 0; zeros && f < run->table->n_fields; f++) {
        const struct geo_value *before = run->stored ? &run->stored->values[f] : NULL;
        if (!is_number(&run->table->fields[f]) || geo_fields_column(run->fields, (int)f) < 0 ||
            !is_zero(&run->values[f]) || (before && is_zero(before)))
            continue;
        if (before && before->kind == GEO_NULL) {
            run->values[f].kind = GEO_NULL;
            zeros->kept[f]++;
        } else
            zeros->stored[f]++;
    }
}

/* "columna «a»: 12; columna «b»: 3"; false: all are 0. */
static bool list(const struct import_run *run, const int64_t *counts, struct buf *out)
{
    for (size_t f = 0; f < run->table->n_fields; f++) {
        if (!counts[f])
            continue;
        int column = geo_fields_column(run->fields, (int)f);
        buf_printf(out, "%s«%s» (", out->len ? ", " : "", run->at->source->columns[column]);
        number_put_short(out, (double)counts[f], 0);
        buf_putc(out, ')');
    }
    return out->len > 0;
}

void import_zeros_tell(struct import_run *run)
{
    const struct import_zeros *zeros = run->at->zeros;
    struct buf kept, stored;
    if (!zeros)
        return;
    buf_init(&kept);
    buf_init(&stored);
    if (list(run, zeros->kept, &kept) && !buf_failed(&kept))
        import_note(run, run->at,
                    arena_printf(run->kept,
                                 "el formato puede escribir 0 donde no hay valor: los ceros de %s "
                                 "no reemplazan a lo guardado sin valor; si son ceros de verdad, "
                                 "cárguelos de una hoja o un CSV",
                                 kept.data));
    if (run->at->source->zeros == SOURCE_ZEROS_OF_ALL_EMPTY && list(run, zeros->stored, &stored) &&
        !buf_failed(&stored))
        import_note(run, run->at,
                    arena_printf(run->kept,
                                 "el formato no distingue el 0 de lo vacío: los ceros de %s se "
                                 "guardan como 0; si no hay dato, cargue esas columnas de una hoja "
                                 "o un CSV",
                                 stored.data));
    buf_free(&kept);
    buf_free(&stored);
}
