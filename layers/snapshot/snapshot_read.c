/* snapshot_read.c - reads a layer's records, links and figures into columns. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/figures/coverage.h"
#include "geo/store/results.h"
#include "layers/snapshot/snapshot_internal.h"

/* ---- reading records ----------------------------------------------------- */

struct snapshot_read_reading {
    struct columns *columns;
    struct geo_shape **shapes;
    const int *fields; /* of columns: index in table->fields, or -1 */
    const struct geo_table *table;
    size_t n;
    struct err *err;
    bool failed;
};

static union column_cell nothing(enum layer_column_kind kind)
{
    union column_cell cell = {.text = NULL};
    if (kind == LAYER_REAL)
        cell.real = NAN;
    else if (kind != LAYER_TEXT)
        cell.integer = COLUMN_NO_INTEGER;
    return cell;
}

/* false: memory. */
static bool read_cell(struct columns *columns, const struct layer_column *column,
                      const struct geo_field *field, const struct geo_value *value,
                      union column_cell *cell)
{
    *cell = nothing(column->kind);
    if (value->kind == GEO_NULL)
        return true;
    switch (column->kind) {
    case LAYER_TEXT:
        cell->text = columns_keep(columns, value->text);
        return cell->text != NULL;
    case LAYER_REAL:
        cell->real = field->type == GEO_MONEY ? (double)value->integer / 100 : value->real;
        return true;
    case LAYER_INTEGER:
    case LAYER_BOOL:
        cell->integer = value->integer;
    }
    return true;
}

/* *shape stays NULL for a polygon without the holes that the layer shows. */
static bool read_shape(const struct layer *layer, const struct geo_record *record,
                       struct geo_shape **shape, struct err *err)
{
    struct err none = {0};
    *shape = geo_shape_parse(record->wkb, record->wkb_len, err);
    if (!*shape || !layer->holes_of)
        return *shape != NULL;
    struct geo_shape *holes = geo_shape_holes(*shape, &none);
    geo_shape_free(*shape);
    *shape = holes;
    if (none.kind != ERR_NONE)
        *err = none;
    return none.kind == ERR_NONE;
}

static bool take_record(void *arg, const struct geo_record *record)
{
    struct snapshot_read_reading *to = arg;
    struct columns *columns = to->columns;
    const struct layer *layer = columns->layer;
    size_t f = to->n;
    if (f == columns->n_features)
        return false; /* counted in the same transaction: there can be no more */
    columns->rows[f] = record->id;
    for (size_t c = 0; c < layer->n_columns && !to->failed; c++) {
        union column_cell *cell = columns_cell(columns, c, f);
        if (to->fields[c] < 0)
            *cell = nothing(layer->columns[c].kind);
        else if (!read_cell(columns, &layer->columns[c], &to->table->fields[to->fields[c]],
                            &record->values[to->fields[c]], cell))
            to->failed = !err_no_memory(to->err);
    }
    if (record->wkb_len && !to->failed && !read_shape(layer, record, &to->shapes[f], to->err))
        to->failed = !err_wrap(to->err, "%s, fila %lld", layer->name, (long long)record->id);
    to->n++;
    return !to->failed;
}

/* Finds the schema's field of each column; "x_bs" is read from "x_cts". */
static bool map_fields(const struct layer *layer, int *fields, struct err *err)
{
    for (size_t c = 0; c < layer->n_columns; c++) {
        char name[64];
        size_t len = strlen(layer->columns[c].name);
        fields[c] = -1;
        if (layer->columns[c].source != LAYER_FIELD)
            continue;
        strncpy(name, layer->columns[c].name, sizeof name - 2);
        name[sizeof name - 2] = '\0';
        fields[c] = geo_table_field(layer_table(layer), name);
        if (fields[c] < 0 && len > 3 && len < sizeof name - 2 &&
            strcmp(name + len - 3, "_bs") == 0) {
            memcpy(name + len - 3, "_cts", 5);
            fields[c] = geo_table_field(layer_table(layer), name);
        }
        if (fields[c] < 0)
            return err_set(err, ERR_SETUP, "la tabla %s no tiene el campo de la columna %s",
                           layer->name, layer->columns[c].name);
    }
    return true;
}

/* ---- links and figures --------------------------------------------------- */

struct linking {
    struct columns *columns;
    const struct columns *units; /* of municipios; NULL: none */
    size_t next;                 /* links come in the order of rows */
    /* Words that occur in many records are stored once: those of a unit, by [unit *
     * UNIT_TEXTS + what], and the last method and state. */
    const char **unit_texts;
    const char *method, *state;
    struct err *err;
    bool failed;
};

enum { UNIT_TEXTS = LAYER_LINK_UO + 1 };

static const char *unit_text(struct linking *to, int64_t unit, enum layer_link what)
{
    static const char *const names[UNIT_TEXTS] = {"codigo", "nombre", "departamento", "uo"};
    if (unit < 0)
        return NULL;
    const char **kept = &to->unit_texts[(size_t)unit * UNIT_TEXTS + what];
    if (!*kept) {
        int place = layer_column(to->units->layer, names[what]);
        const char *text =
            place < 0 ? NULL : columns_cell(to->units, (size_t)place, (size_t)unit)->text;
        if (text && !(*kept = columns_keep(to->columns, text)))
            to->failed = !err_no_memory(to->err);
    }
    return *kept;
}

/* Returns the last word again if equal, else stores the new one. */
static const char *same_word(struct linking *to, const char **last, const char *word)
{
    if ((!*last || strcmp(*last, word) != 0) && !(*last = columns_keep(to->columns, word)))
        to->failed = !err_no_memory(to->err);
    return *last;
}

static bool take_link(void *arg, const struct geo_link_row *row)
{
    struct linking *to = arg;
    struct columns *columns = to->columns;
    while (to->next < columns->n_features && columns->rows[to->next] < row->record)
        to->next++;
    size_t f = to->next;
    if (f == columns->n_features || columns->rows[f] != row->record)
        return true;
    int64_t unit = to->units && row->municipio ? columns_find(to->units, row->municipio) : -1;
    for (size_t c = 0; c < columns->layer->n_columns; c++) {
        const struct layer_column *column = &columns->layer->columns[c];
        union column_cell *cell = columns_cell(columns, c, f);
        if (column->source != LAYER_LINK)
            continue;
        switch ((enum layer_link)column->from) {
        case LAYER_LINK_CODE:
        case LAYER_LINK_NAME:
        case LAYER_LINK_DEPARTMENT:
        case LAYER_LINK_UO:
            cell->text = unit_text(to, unit, (enum layer_link)column->from);
            break;
        case LAYER_LINK_METHOD:
            cell->text = same_word(to, &to->method, row->metodo);
            break;
        case LAYER_LINK_STATE:
            cell->text = same_word(to, &to->state, row->estado);
            break;
        case LAYER_LINK_DISTANCE:
            cell->real = row->distancia_m;
            break;
        }
    }
    return !to->failed;
}

/* Reads links while rows are still in the order of the store. */
static bool read_links(const struct snapshot_reader *from, struct columns *columns, struct err *err)
{
    const struct columns *units = from->units;
    struct linking to = {.columns = columns, .units = units, .err = err};
    to.unit_texts = calloc((units ? units->n_features : 0) * UNIT_TEXTS + 1, sizeof(char *));
    if (!to.unit_texts)
        return err_no_memory(err);
    bool ok = geo_store_links_main(from->store, columns->layer->name, from->edition, from->only,
                                   take_link, &to, err) &&
              !to.failed;
    free(to.unit_texts);
    return ok;
}

static union column_cell figure(const struct layer_column *column,
                                const struct geo_coverage_row *row)
{
    union column_cell cell = {.integer = 0};
    int64_t count;
    double real;
    memcpy(&count, (const char *)row + column->from, sizeof count);
    memcpy(&real, (const char *)row + column->from, sizeof real);
    switch (column->measure) {
    case LAYER_COUNT:
        cell.integer = count;
        break;
    case LAYER_ANY:
        cell.integer = count > 0;
        break;
    case LAYER_MONEY:
        cell.real = (double)count / 100;
        break;
    case LAYER_HA:
        cell.real = real / 10000;
        break;
    case LAYER_SHARE:
        cell.real = real;
        break;
    }
    return cell;
}

struct figuring {
    struct columns *columns;
    size_t codigo, next;
};

static bool take_figures(void *arg, const struct geo_coverage_row *row, bool whole)
{
    (void)whole; /* counts by kind are no columns here */
    struct figuring *to = arg;
    struct columns *columns = to->columns;
    size_t n = columns->n_features;
    if (row->unlinked)
        return true;
    /* Both lists are mostly in order of code. */
    for (size_t tried = 0; tried < n; tried++, to->next++) {
        size_t f = to->next %= n;
        if (strcmp(row->codigo, columns_cell(columns, to->codigo, f)->text) != 0)
            continue;
        for (size_t c = 0; c < columns->layer->n_columns; c++)
            if (columns->layer->columns[c].source == LAYER_FIGURE)
                *columns_cell(columns, c, f) = figure(&columns->layer->columns[c], row);
        break;
    }
    return true;
}

static bool take_stored(void *arg, const struct geo_coverage_row *row, bool whole)
{
    struct geo_coverage_row marked = *row;
    geo_coverage_mark(&marked);
    return take_figures(arg, &marked, whole);
}

void snapshot_put_figures(struct columns *columns, const struct geo_coverage_row *rows, size_t n)
{
    struct figuring to = {.columns = columns,
                          .codigo = (size_t)layer_column(columns->layer, "codigo")};
    for (size_t i = 0; i < n; i++)
        take_figures(&to, &rows[i], true);
}

bool snapshot_read_figures(const struct snapshot_reader *from, struct columns *columns,
                           struct err *err)
{
    struct figuring to = {.columns = columns,
                          .codigo = (size_t)layer_column(columns->layer, "codigo")};
    return geo_store_coverage(from->store, from->edition, take_stored, &to, err);
}

/* ---- ids ----------------------------------------------------------------- */

struct snapshot_read_named {
    const char *id;
    size_t place;
};

static int by_id(const void *a, const void *b)
{
    const struct snapshot_read_named *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order ? order : x->place < y->place ? -1 : x->place > y->place;
}

/* True if the codes can be the ids and are in order, which is mostly so. */
static bool in_order(const struct columns *columns, size_t codigo)
{
    const char *before = "";
    for (size_t f = 0; f < columns->n_features; f++) {
        const char *code = columns_cell(columns, codigo, f)->text;
        if (!code || strcmp(before, code) >= 0)
            return false;
        before = columns->ids[f] = code;
    }
    return true;
}

bool snapshot_order(struct columns *columns, struct geo_shape **shapes)
{
    size_t n = columns->n_features, codigo = (size_t)layer_column(columns->layer, "codigo");
    if (in_order(columns, codigo))
        return true;
    struct snapshot_read_named *named = malloc((n + 1) * sizeof *named);
    union column_cell *cells = malloc((n + 1) * sizeof *cells);
    bool ok = named && cells, renamed = false;
    for (size_t i = 0; i < n && ok; i++) {
        const char *code = columns_cell(columns, codigo, i)->text;
        named[i] = (struct snapshot_read_named){code ? code : "", i};
    }
    if (!ok)
        goto done;
    qsort(named, n, sizeof *named, by_id);
    for (size_t i = 0, end; i < n && ok; i = end) {
        for (end = i + 1; end < n && strcmp(named[i].id, named[end].id) == 0; end++)
            ;
        if (end - i == 1 && named[i].id[0])
            continue;
        for (size_t k = i; k < end && ok; k++) {
            char row[24];
            snprintf(row, sizeof row, "%lld", (long long)columns->rows[named[k].place]);
            named[k].id = columns_keep(columns, row);
            ok = named[k].id != NULL;
            renamed = true;
        }
    }
    if (!ok)
        goto done;
    if (renamed)
        qsort(named, n, sizeof *named, by_id);
    for (size_t c = 0; c < columns->layer->n_columns; c++) {
        for (size_t i = 0; i < n; i++)
            cells[i] = *columns_cell(columns, c, named[i].place);
        memcpy(columns_cell(columns, c, 0), cells, n * sizeof *cells);
    }
    for (size_t i = 0; i < n; i++) /* a cell is as wide as a row id and a pointer */
        cells[i].integer = columns->rows[named[i].place];
    for (size_t i = 0; i < n; i++)
        columns->rows[i] = cells[i].integer;
    struct geo_shape **sorted = (struct geo_shape **)cells;
    for (size_t i = 0; i < n; i++)
        sorted[i] = shapes[named[i].place];
    memcpy(shapes, sorted, n * sizeof *sorted);
    for (size_t i = 0; i < n; i++)
        columns->ids[i] = named[i].id;
done:
    free(named);
    free(cells);
    return ok;
}

/* ---- a layer ------------------------------------------------------------- */

static bool fill_columns(const struct snapshot_reader *from, struct columns *columns,
                         struct geo_shape **shapes, const int *fields,
                         const struct geo_query *query, struct err *err)
{
    const struct layer *layer = columns->layer;
    struct snapshot_read_reading to = {.columns = columns,
                                       .shapes = shapes,
                                       .fields = fields,
                                       .table = layer_table(layer),
                                       .err = err};
    if (!geo_store_each(from->store, to.table, query, take_record, &to, err) || to.failed)
        return false;
    if (to.n != columns->n_features)
        return err_set(err, ERR_DEPENDENCY, "%s: se leyeron %zu de %zu registros", layer->name,
                       to.n, columns->n_features);
    return !to.table->linked || !from->edition[0] || read_links(from, columns, err);
}

/* Leaves out the features without a shape. */
static bool drop_shapeless(struct columns **columns, struct geo_shape **shapes)
{
    const struct columns *all = *columns;
    size_t kept = 0;
    for (size_t f = 0; f < all->n_features; f++)
        kept += shapes[f] != NULL;
    struct columns *made = columns_beside(all, kept);
    if (!made)
        return false;
    kept = 0;
    for (size_t f = 0; f < all->n_features; f++) {
        if (!shapes[f])
            continue;
        for (size_t c = 0; c < all->layer->n_columns; c++)
            *columns_cell(made, c, kept) = *columns_cell(all, c, f);
        made->rows[kept] = all->rows[f];
        shapes[kept++] = shapes[f];
    }
    for (size_t f = kept; f < all->n_features; f++)
        shapes[f] = NULL;
    columns_free(*columns);
    *columns = made;
    return true;
}

bool snapshot_read_records(const struct snapshot_reader *from, const struct layer *layer,
                           struct columns **columns, struct geo_shape ***shapes, struct err *err)
{
    struct geo_query query = {.ids = from->only};
    int64_t count = 0;
    bool none = layer->by_edition && !from->edition[0], wanted[64] = {false};
    int fields[64];
    if (layer->by_edition) {
        query.field = "edicion";
        query.equals = from->edition;
    }
    if (layer->n_columns > sizeof fields / sizeof *fields ||
        layer_table(layer)->n_fields > sizeof wanted / sizeof *wanted)
        return err_set(err, ERR_SETUP, "la capa %s tiene demasiadas columnas", layer->name);
    if (!map_fields(layer, fields, err) ||
        (!none && !geo_store_count(from->store, layer_table(layer), &query, &count, err)))
        return false;
    for (size_t c = 0; c < layer->n_columns; c++)
        if (fields[c] >= 0)
            wanted[fields[c]] = true;
    query.fields = wanted;
    *shapes = calloc((size_t)count + 1, sizeof(struct geo_shape *));
    *columns = columns_new(layer, (size_t)count);
    if (!*shapes || !*columns)
        return err_no_memory(err);
    return none || (fill_columns(from, *columns, *shapes, fields, &query, err) &&
                    (!layer->holes_of || drop_shapeless(columns, *shapes) || err_no_memory(err)));
}

bool snapshot_read(const struct snapshot_reader *from, const struct layer *layer,
                   struct columns **columns, struct geo_shape ***shapes, struct err *err)
{
    if (!snapshot_read_records(from, layer, columns, shapes, err) ||
        (layer->by_edition && from->edition[0] && !snapshot_read_figures(from, *columns, err)))
        return false;
    return snapshot_order(*columns, *shapes) || err_no_memory(err);
}
