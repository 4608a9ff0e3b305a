/* snapshot_read.c - a layer's records, links and figures into columns. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/coverage.h"
#include "geo/results.h"
#include "layers/snapshot_internal.h"

/* ---- reading records ----------------------------------------------------- */

struct reading {
    struct columns *columns;
    struct geo_shape **shapes;
    const int *fields; /* of columns: index in the schema, or -1 */
    size_t n;
    struct err *err;
    bool failed;
};

static const char *keep(struct columns *columns, const char *text)
{
    columns->bytes += strlen(text) + 1;
    return arena_strdup(columns->texts, text);
}

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
        cell->text = keep(columns, value->text);
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

static bool take_record(void *arg, const struct geo_record *record)
{
    struct reading *to = arg;
    struct columns *columns = to->columns;
    const struct layer *layer = columns->layer;
    size_t f = to->n;
    if (f == columns->n_features)
        return false; /* counted in the same transaction: there are no more */
    columns->rows[f] = record->id;
    for (size_t c = 0; c < layer->n_columns && !to->failed; c++) {
        union column_cell *cell = columns_cell(columns, c, f);
        if (to->fields[c] < 0)
            *cell = nothing(layer->columns[c].kind);
        else if (!read_cell(columns, &layer->columns[c], &layer->table->fields[to->fields[c]],
                            &record->values[to->fields[c]], cell))
            to->failed = !err_no_memory(to->err);
    }
    if (record->wkb_len && !to->failed) {
        to->shapes[f] = geo_shape_parse(record->wkb, record->wkb_len, to->err);
        if (!to->shapes[f])
            to->failed = !err_wrap(to->err, "%s, fila %lld", layer->name, (long long)record->id);
    }
    to->n++;
    return !to->failed;
}

/* The schema's field of each column; "x_bs" is read from "x_cts". */
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
        fields[c] = geo_table_field(layer->table, name);
        if (fields[c] < 0 && len > 3 && len < sizeof name - 2 &&
            strcmp(name + len - 3, "_bs") == 0) {
            memcpy(name + len - 3, "_cts", 5);
            fields[c] = geo_table_field(layer->table, name);
        }
        if (fields[c] < 0)
            return err_set(err, ERR_SETUP, "la tabla %s no tiene el campo de la columna %s",
                           layer->table->name, layer->columns[c].name);
    }
    return true;
}

/* ---- links and figures --------------------------------------------------- */

struct linking {
    struct columns *columns;
    const struct columns *units; /* of municipios */
    struct err *err;
    bool failed;
};

static int64_t row_place(const struct columns *columns, int64_t row)
{
    size_t low = 0, high = columns->n_features; /* rows are still in order of id */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (columns->rows[middle] == row)
            return (int64_t)middle;
        if (columns->rows[middle] < row)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

static const char *unit_text(const struct columns *units, const char *codigo, const char *column)
{
    int64_t unit = units && codigo ? columns_find(units, codigo) : -1;
    int place = units ? layer_column(units->layer, column) : -1;
    return unit < 0 || place < 0 ? NULL : columns_cell(units, (size_t)place, (size_t)unit)->text;
}

static bool take_link(void *arg, const struct geo_link_row *row)
{
    struct linking *to = arg;
    struct columns *columns = to->columns;
    int64_t f = row->principal ? row_place(columns, row->record) : -1;
    for (size_t c = 0; f >= 0 && c < columns->layer->n_columns; c++) {
        const struct layer_column *column = &columns->layer->columns[c];
        union column_cell *cell = columns_cell(columns, c, (size_t)f);
        const char *text = NULL;
        if (column->source != LAYER_LINK)
            continue;
        switch ((enum layer_link)column->from) {
        case LAYER_LINK_CODE:
            text = row->municipio;
            break;
        case LAYER_LINK_NAME:
            text = unit_text(to->units, row->municipio, "nombre");
            break;
        case LAYER_LINK_DEPARTMENT:
            text = unit_text(to->units, row->municipio, "departamento");
            break;
        case LAYER_LINK_UO:
            text = unit_text(to->units, row->municipio, "uo");
            break;
        case LAYER_LINK_METHOD:
            text = row->metodo;
            break;
        case LAYER_LINK_STATE:
            text = row->estado;
            break;
        case LAYER_LINK_DISTANCE:
            cell->real = row->distancia_m;
            break;
        }
        if (text && !(cell->text = keep(columns, text)))
            to->failed = !err_no_memory(to->err);
    }
    return !to->failed;
}

static bool read_links(struct geo_store *store, const char *edition, struct columns *columns,
                       const struct columns *units, struct err *err)
{
    struct linking to = {columns, units, err, false};
    return geo_results_links(store, columns->layer->name, edition, take_link, &to, err) &&
           !to.failed;
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

static bool read_figures(struct geo_store *store, const char *edition, struct columns *columns,
                         struct err *err)
{
    struct geo_coverage_query query = {.group = GEO_BY_MUNICIPIO, .edition = edition};
    struct geo_coverage *coverage = geo_coverage_compute(store, &query, err);
    if (!coverage)
        return false;
    size_t codigo = (size_t)layer_column(columns->layer, "codigo");
    for (size_t f = 0; f < columns->n_features; f++)
        for (size_t r = 0; r < coverage->n_rows; r++) {
            const struct geo_coverage_row *row = &coverage->rows[r];
            if (row->unlinked || strcmp(row->codigo, columns_cell(columns, codigo, f)->text) != 0)
                continue;
            for (size_t c = 0; c < columns->layer->n_columns; c++)
                if (columns->layer->columns[c].source == LAYER_FIGURE)
                    *columns_cell(columns, c, f) = figure(&columns->layer->columns[c], row);
            break;
        }
    geo_coverage_free(coverage);
    return true;
}

/* ---- ids ----------------------------------------------------------------- */

struct named {
    const char *id;
    size_t place;
};

static int by_id(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order ? order : x->place < y->place ? -1 : x->place > y->place;
}

/* Ids from codes; where a code is missing or repeats, the row's number. Then
 * everything is put in the order of ids. */
static bool order_by_id(struct columns *columns, struct geo_shape **shapes)
{
    size_t n = columns->n_features, codigo = (size_t)layer_column(columns->layer, "codigo");
    struct named *named = malloc((n + 1) * sizeof *named);
    union column_cell *cells = malloc((n + 1) * sizeof *cells);
    bool ok = named && cells;
    for (size_t i = 0; i < n && ok; i++) {
        const char *code = columns_cell(columns, codigo, i)->text;
        named[i] = (struct named){code ? code : "", i};
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
            named[k].id =
                arena_printf(columns->texts, "%lld", (long long)columns->rows[named[k].place]);
            ok = named[k].id != NULL;
        }
    }
    if (!ok)
        goto done;
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

static bool fill_columns(struct geo_store *store, const char *edition, struct columns *columns,
                         struct geo_shape **shapes, const int *fields,
                         const struct geo_query *query, const struct columns *units,
                         struct err *err)
{
    const struct layer *layer = columns->layer;
    struct reading to = {columns, shapes, fields, 0, err, false};
    if (!geo_store_each(store, layer->table, query, take_record, &to, err) || to.failed)
        return false;
    if (to.n != columns->n_features)
        return err_set(err, ERR_DEPENDENCY, "%s: se leyeron %zu de %zu registros", layer->name,
                       to.n, columns->n_features);
    if (layer->table->linked && edition[0] && !read_links(store, edition, columns, units, err))
        return false;
    if (layer->by_edition && !read_figures(store, edition, columns, err))
        return false;
    return order_by_id(columns, shapes) || err_no_memory(err);
}

bool snapshot_read(struct geo_store *store, const char *edition, const struct layer *layer,
                   const struct columns *units, struct columns **columns,
                   struct geo_shape ***shapes, struct err *err)
{
    struct geo_query query = {0};
    int64_t count = 0;
    bool none = layer->by_edition && !edition[0];
    int fields[64];
    if (layer->by_edition) {
        query.field = "edicion";
        query.equals = edition;
    }
    if (layer->n_columns > sizeof fields / sizeof *fields)
        return err_set(err, ERR_SETUP, "la capa %s tiene demasiadas columnas", layer->name);
    if (!map_fields(layer, fields, err) ||
        (!none && !geo_store_count(store, layer->table, &query, &count, err)))
        return false;
    *shapes = calloc((size_t)count + 1, sizeof(struct geo_shape *));
    *columns = columns_new(layer, (size_t)count);
    if (!*shapes || !*columns)
        return err_no_memory(err);
    return none || fill_columns(store, edition, *columns, *shapes, fields, &query, units, err);
}
