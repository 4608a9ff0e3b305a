/* fields.c - columns of a source matched to fields: making, asking, parsing rows. */
#include "geo/fields/fields.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/buf.h"
#include "geo/base/text.h"
#include "geo/fields/fields_internal.h"
#include "geo/fields/heading.h"
#include "geo/fields/text_letters.h"
#include "geo/texts/number_text.h"
#include "geo/texts/place_text.h"
#include "geo/texts/sheet_error.h"

static bool allocate(struct geo_fields *fields, struct err *err)
{
    size_t n = fields->n_columns;
    fields->folded = arena_array(fields->arena, n, sizeof *fields->folded);
    fields->keys = arena_array(fields->arena, n, sizeof *fields->keys);
    fields->used = arena_array(fields->arena, n, sizeof *fields->used);
    fields->ignored = arena_array(fields->arena, n, sizeof *fields->ignored);
    fields->ours = arena_array(fields->arena, n, sizeof *fields->ours);
    fields->readings = arena_array(fields->arena, n, sizeof *fields->readings);
    fields->twin_of = arena_array(fields->arena, n, sizeof *fields->twin_of);
    fields->column_of = arena_array(fields->arena, fields->n_slots, sizeof *fields->column_of);
    fields->rank_of = arena_array(fields->arena, fields->n_slots, sizeof *fields->rank_of);
    return (fields->folded && fields->keys && fields->used && fields->ignored && fields->ours &&
            fields->readings && fields->twin_of && fields->column_of && fields->rank_of) ||
           err_no_memory(err);
}

static bool fold_columns(struct geo_fields *fields, struct err *err)
{
    for (size_t s = 0; s < fields->n_slots; s++)
        fields->column_of[s] = -1;
    for (size_t c = 0; c < fields->n_columns; c++) {
        fields->folded[c] = heading_fold(fields->arena, fields->columns[c]);
        fields->keys[c] = fields->folded[c] ? heading_key(fields->arena, fields->columns[c]) : NULL;
        if (!fields->folded[c]) /* not UTF-8: matches nothing */
            fields->keys[c] = fields->folded[c] = arena_strdup(fields->arena, "");
        if (!fields->folded[c] || !fields->keys[c])
            return err_no_memory(err);
    }
    return true;
}

struct geo_fields *geo_fields_new(const struct geo_table *table, const char *const *columns,
                                  size_t n_columns, const struct geo_fields_options *options,
                                  struct err *err)
{
    static const struct geo_fields_options none = {0};
    struct geo_fields *fields = calloc(1, sizeof *fields);
    if (!fields || !(fields->arena = arena_new())) {
        err_no_memory(err);
        goto failed;
    }
    fields->table = table;
    fields->columns = columns;
    fields->n_columns = n_columns;
    fields->n_slots = table->n_fields + FIELDS_POSITIONS;
    if (!allocate(fields, err) || !fold_columns(fields, err))
        goto failed;
    fields_mark_ours(fields);
    if (!fields_find_twins(fields, err))
        goto failed;
    if (fields_list_keys(fields, err) && fields_obey(fields, options ? options : &none, err) &&
        fields_match_headings(fields, err))
        return fields;
failed:
    geo_fields_free(fields);
    return NULL;
}

void geo_fields_free(struct geo_fields *fields)
{
    if (!fields)
        return;
    arena_free(fields->arena);
    free(fields);
}

/* Asking --------------------------------------------------------------------- */

/* Appends each required field without a column to a list, with `between` before each but the first
 * and last, and `last` before the last. Returns how many there are. */
static size_t put_missing(const struct geo_fields *fields, const char *before, const char *after,
                          const char *between, const char *last, struct buf *list)
{
    const struct geo_table *table = fields->table;
    size_t missing = 0, told = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t f = 0; f < table->n_fields; f++) {
            const struct geo_field *field = &table->fields[f];
            if (!(field->flags & GEO_REQUIRED) || field->flags & GEO_DERIVED ||
                fields->column_of[f] >= 0)
                continue;
            if (pass == 0) {
                missing++;
                continue;
            }
            told++;
            buf_printf(list, "%s%s%s%s",
                       told == 1         ? ""
                       : told == missing ? last
                                         : between,
                       before, geo_field_published(field), after);
        }
    return missing;
}

/* A whole line in one column: lines in quotes, or a separator that is not known, as those that
 * programs write: "codigo^nombre". */
static bool is_whole_line(const struct geo_fields *fields)
{
    const char *heading = fields->columns[0];
    for (const char *mark = ",;|\t^~:#"; *mark; mark++) {
        const char *end = strchr(heading, *mark);
        char *first = end ? arena_strndup(fields->arena, heading, (size_t)(end - heading)) : NULL;
        if (first && (strchr(",;|\t", *mark) || geo_fields_know(fields, first)))
            return true;
    }
    /* Of fixed width: blanks are between its columns. */
    const char *end = strchr(heading, ' '), *last = strrchr(heading, ' ');
    char *first = end ? arena_strndup(fields->arena, heading, (size_t)(end - heading)) : NULL;
    return first && geo_fields_know(fields, first) && geo_fields_know(fields, last + 1);
}

static bool refuse_one_column(const char *heading, struct err *err)
{
    return err_set(err, ERR_INPUT,
                   "la fuente tiene una sola columna, «%.*s»: sus valores no están separados, o "
                   "cada línea está entre comillas, o «sep=» dice otro separador; ábrala en una "
                   "hoja de cálculo, sepárela en columnas y guárdela como .xlsx",
                   text_cut(heading, 200), heading);
}

static const char no_ine_code[] =
    "; «codigo» es el del INE, de seis dígitos (010101), y otros, como GID_3 o shapeID, no lo son: "
    "si "
    "la fuente no lo tiene, únale por nombre y departamento la columna «codigo» de la lista que da "
    "«sigg export municipios -o municipios.csv», por ejemplo en QGIS con «Unir atributos por valor "
    "de campo», y revise los que queden sin código";

/* Boundaries of GADM or geoBoundaries have names and codes of their own. Names are not enough: they
 * are spelled in other ways, and several municipalities share one. */
static bool lacks_ine_code(const struct geo_fields *fields)
{
    int codigo = geo_table_field(fields->table, "codigo");
    return strcmp(fields->table->name, "municipios") == 0 && fields->column_of[codigo] < 0;
}

/* A heading that is a number or a place: the first record stands where the header should. */
static bool is_record(const struct geo_fields *fields)
{
    size_t numbers = 0;
    struct number_text number;
    for (size_t c = 0; c < fields->n_columns; c++) {
        bool decimals = number_text_read(fields->columns[c], &number) && strchr(number.text, '.');
        numbers += decimals || place_text_is(fields->columns[c]);
    }
    return numbers > 0;
}

/* Why no column fills them, where that can be seen; "": it cannot. */
static const char *reason_of(const struct geo_fields *fields)
{
    if (is_record(fields))
        return "; la primera fila parece un registro: falta el encabezado, póngalo encima de ella";
    const char *first = fields->n_columns >= 2 ? fields->columns[0] : "";
    bool one = false;
    for (size_t c = 1; c < fields->n_columns; c++)
        one = one || geo_fields_know(fields, fields->columns[c]);
    return geo_fields_know(fields, first) && !one ? "; si los campos están uno debajo de otro en "
                                                    "la primera columna, transponga la hoja"
                                                  : "";
}

bool geo_fields_complete(const struct geo_fields *fields, struct err *err)
{
    struct buf columns, names, maps;
    buf_init(&columns);
    buf_init(&names);
    buf_init(&maps);
    size_t missing = put_missing(fields, "«", "»", ", ", " y ", &names);
    put_missing(fields, "--map ", "=COLUMNA", " ", " ", &maps);
    fields_put_columns(fields, &columns);
    if (missing && fields->n_columns == 1 && is_whole_line(fields))
        refuse_one_column(fields->columns[0], err);
    else if (missing)
        err_set(err, ERR_INPUT, "ninguna columna llena %s %s; la fuente tiene: %s; dígalo con %s%s",
                missing == 1 ? "el campo obligatorio" : "los campos obligatorios", names.data,
                columns.data ? columns.data : "ninguna", maps.data,
                lacks_ine_code(fields) ? no_ine_code : reason_of(fields));
    buf_free(&columns);
    buf_free(&names);
    buf_free(&maps);
    return missing == 0;
}

int geo_fields_column(const struct geo_fields *fields, int field)
{
    return fields->column_of[field];
}

struct geo_position geo_fields_position(const struct geo_fields *fields)
{
    const int *at = fields->column_of + fields->table->n_fields;
    struct geo_position position = {at[FIELDS_LON],     at[FIELDS_LAT],     at[FIELDS_X],
                                    at[FIELDS_Y],       at[FIELDS_TEXT],    at[FIELDS_LON_MIN],
                                    at[FIELDS_LAT_MIN], at[FIELDS_LON_SEC], at[FIELDS_LAT_SEC],
                                    at[FIELDS_ZONE],    at[FIELDS_DATUM]};
    if (position.lon < 0 || position.lat < 0)
        position.lon = position.lat = -1;
    if (position.x < 0 || position.y < 0)
        position.x = position.y = -1;
    return position;
}

bool geo_fields_uses(const struct geo_fields *fields, size_t column)
{
    return fields->used[column];
}

bool geo_fields_is_ours(const struct geo_fields *fields, size_t column)
{
    return fields->ours[column];
}

const struct column_reading *geo_fields_reading(const struct geo_fields *fields, size_t column)
{
    return &fields->readings[column];
}

/* Parsing -------------------------------------------------------------------- */

/* A column with the database's own name ("comprometido_cts") holds centavos, as when
 * another database is imported; every other money column holds Bs. */
static struct geo_field field_as_written(const struct geo_fields *fields, size_t f)
{
    struct geo_field field = fields->table->fields[f];
    int column = fields->column_of[f];
    if (column >= 0 && field.type == GEO_MONEY && strcmp(fields->folded[column], field.name) == 0) {
        field.type = GEO_INTEGER;
        field.min *= 100;
        field.max *= 100;
    }
    return field;
}

static bool read_cell(const struct geo_fields *fields, size_t f, const struct source_cell *cell,
                      struct arena *arena, struct geo_value *out, struct err *err)
{
    static const struct column_reading none = {.mark = MARK_OPEN};
    struct geo_field field = field_as_written(fields, f);
    int column = fields->column_of[f];
    return geo_field_read(&field, cell, column >= 0 ? &fields->readings[column] : &none, arena, out,
                          err);
}

static struct source_cell cell_of(const struct source_cells *row, int column)
{
    return column >= 0 && (size_t)column < row->n ? row->cells[column]
                                                  : (struct source_cell){SOURCE_CELL_EMPTY, NULL};
}

/* Takes the mended text for the value: "&nbsp;" is none. False: it is refused, or not needed any
 * more. */
static bool take_mended(const struct geo_fields *fields, size_t f, const char *mended,
                        struct arena *arena, struct geo_value *value, struct import_faults *faults)
{
    const struct geo_field *field = &fields->table->fields[f];
    const struct source_cell cell = {SOURCE_CELL_TEXT, mended};
    const char *text = value->text;
    struct err bad = {0};
    if (read_cell(fields, f, &cell, arena, value, &bad)) {
        import_faults_add(faults, field->name, fields->column_of[f], text, true,
                          value->kind == GEO_NULL ? "%s: «%.*s» queda sin valor"
                                                  : "%s: «%.*s» se guarda como «%.*s»",
                          field->name, text_cut(text, 100), text, text_cut(mended, 100), mended);
        return value->kind == GEO_TEXT_VALUE;
    }
    *value = (struct geo_value){.kind = GEO_NULL};
    faults->failed = faults->failed || bad.kind == ERR_MEMORY;
    import_faults_add(faults, field->name, fields->column_of[f], text, false, "%s", bad.message);
    return false;
}

/* Mends the letters of a text, and tells of them and of those that are lost. */
static void check_letters(const struct geo_fields *fields, size_t f, struct arena *arena,
                          struct geo_value *value, struct import_faults *faults)
{
    const struct geo_field *field = &fields->table->fields[f];
    if (value->kind != GEO_TEXT_VALUE || field->type != GEO_TEXT || field->flags & GEO_CODE)
        return;
    if (sheet_error_is_formula(value->text))
        import_faults_add(faults, field->name, fields->column_of[f], value->text, true,
                          "%s: «%.*s» parece una fórmula guardada en lugar de su valor, y queda "
                          "como está",
                          field->name, text_cut(value->text, 100), value->text);
    const char *text = value->text, *mended = text_letters_mend(text, arena);
    if (mended && mended != text)
        mended = text_clean(arena, mended);
    faults->failed = faults->failed || !mended;
    if (!mended)
        return;
    if (mended != text && !take_mended(fields, f, mended, arena, value, faults))
        return;
    if (text_letters_lost(mended))
        import_faults_add(faults, field->name, fields->column_of[f], text, true,
                          "%s: «%.*s» parece haber perdido letras, y queda como está", field->name,
                          text_cut(mended, 100), mended);
}

bool geo_fields_read(const struct geo_fields *fields, const struct source_cells *row,
                     struct arena *arena, struct geo_value *out, struct import_faults *faults)
{
    size_t before = faults->errors;
    for (size_t f = 0; f < fields->table->n_fields; f++) {
        const struct geo_field *field = &fields->table->fields[f];
        struct source_cell cell = cell_of(row, fields->column_of[f]);
        struct err bad = {0};
        out[f] = (struct geo_value){.kind = GEO_NULL};
        if (field->flags & GEO_DERIVED)
            continue;
        if (read_cell(fields, f, &cell, arena, &out[f], &bad)) {
            check_letters(fields, f, arena, &out[f], faults);
            continue;
        }
        out[f] = (struct geo_value){.kind = GEO_NULL};
        faults->failed = faults->failed || bad.kind == ERR_MEMORY;
        import_faults_add(faults, field->name, fields->column_of[f], cell.text, false, "%s",
                          bad.message);
    }
    return faults->errors == before && !faults->failed;
}
