/* mvt_index.c - encoded distinct values, hole flags and point offsets of a layer. */
#include "layers/vector/mvt_index.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/buf.h"
#include "geo/base/hash.h"
#include "layers/snapshot/snapshot_internal.h"
#include "layers/vector/mvt_wire.h"

struct mvt_index {
    struct attachment attachment;
    pthread_mutex_t building;
    _Atomic(struct mvt_tables *) tables;
};

/* State of finding distinct values. */
struct mvt_index_values {
    struct buf bytes;
    size_t *at;
    size_t n, cap;
    uint32_t *slots; /* hash table: value + 1, or 0 */
    size_t n_slots;
};

static void tables_free(struct mvt_tables *tables)
{
    if (!tables)
        return;
    free(tables->value_of);
    free(tables->at);
    free(tables->bytes);
    free(tables->holes);
    free(tables->feature_point);
    free(tables);
}

static void index_free(struct attachment *attachment)
{
    struct mvt_index *index = (struct mvt_index *)attachment;
    tables_free(atomic_load(&index->tables));
    pthread_mutex_destroy(&index->building);
    free(index);
}

static size_t index_bytes(struct attachment *attachment)
{
    const struct mvt_index *index = (const struct mvt_index *)attachment;
    const struct mvt_tables *tables = atomic_load_explicit(&index->tables, memory_order_acquire);
    return tables ? tables->size : 0;
}

/* The layer's index, without tables at first. NULL: memory. */
static struct mvt_index *index_of(const struct slab *slab)
{
    struct attachment *attached = attachment_get(&slab->vectors);
    if (attached)
        return (struct mvt_index *)attached;
    struct mvt_index *index = calloc(1, sizeof *index);
    if (!index)
        return NULL;
    index->attachment = (struct attachment){index_free, index_bytes};
    pthread_mutex_init(&index->building, NULL);
    atomic_init(&index->tables, NULL);
    return (struct mvt_index *)attachment_put(&slab->vectors, &index->attachment);
}

/* ---- values -------------------------------------------------------------- */

/* A Value message with its field tag and length. */
static void put_value(const struct layer_column *column, const union column_cell *cell,
                      struct buf *out)
{
    char scratch[2 * WIRE_VARINT_MAX + 2], *to = scratch;
    size_t len = column->kind == LAYER_TEXT ? strlen(cell->text) : 0;
    int64_t integer = cell->integer;
    double real = cell->real;
    switch (column->kind) {
    case LAYER_TEXT:
        *to++ = WIRE_VALUE_STRING;
        to = wire_varint(to, len);
        break;
    case LAYER_INTEGER:
        /* A negative int would take ten bytes. */
        *to++ = integer < 0 ? WIRE_VALUE_SINT : WIRE_VALUE_INT;
        to = wire_varint(to, integer < 0 ? wire_zigzag(integer) : (uint64_t)integer);
        break;
    case LAYER_REAL:
        /* Rounded to the column's decimals, as in the API. */
        if (column->decimals >= 0 && fabs(real) < 1e12) {
            double scale = pow(10, column->decimals);
            real = round(real * scale) / scale;
        }
        *to++ = WIRE_VALUE_DOUBLE;
        for (size_t i = 0; i < sizeof real; i++) { /* little endian on any machine */
            uint64_t bits;
            memcpy(&bits, &real, sizeof bits);
            *to++ = (char)(bits >> (8 * i));
        }
        break;
    case LAYER_BOOL:
        *to++ = WIRE_VALUE_BOOL;
        *to++ = integer != 0;
        break;
    }
    char head[1 + WIRE_VARINT_MAX], *end = head;
    size_t n = (size_t)(to - scratch);
    *end++ = WIRE_LAYER_VALUE;
    end = wire_varint(end, n + len);
    buf_put(out, head, (size_t)(end - head));
    buf_put(out, scratch, n);
    if (len)
        buf_put(out, cell->text, len);
}

static uint64_t value_hash(const char *bytes, size_t len)
{
    uint64_t hash = hash_bytes(HASH_START, bytes, len);
    return hash ^ (hash >> 32);
}

static bool grow_slots(struct mvt_index_values *values)
{
    size_t n = values->n_slots ? 2 * values->n_slots : 1024;
    uint32_t *slots = calloc(n, sizeof *slots);
    if (!slots)
        return false;
    for (size_t v = 0; v < values->n; v++) {
        size_t slot =
            value_hash(values->bytes.data + values->at[v], values->at[v + 1] - values->at[v]) &
            (n - 1);
        while (slots[slot])
            slot = (slot + 1) & (n - 1);
        slots[slot] = (uint32_t)v + 1;
    }
    free(values->slots);
    values->slots = slots;
    values->n_slots = n;
    return true;
}

static bool room(struct mvt_index_values *values)
{
    if (!array_reserve(values->at, values->cap, values->n + 2))
        return false;
    values->at[0] = 0;
    return 2 * values->n < values->n_slots || grow_slots(values);
}

/* The number of a value: it is appended to the others, and removed again if it equals one
 * of them. MVT_NO_VALUE: memory. */
static uint32_t intern(struct mvt_index_values *values, const struct layer_column *column,
                       const union column_cell *cell)
{
    size_t start = values->bytes.len;
    if (!room(values))
        return MVT_NO_VALUE;
    put_value(column, cell, &values->bytes);
    if (buf_failed(&values->bytes))
        return MVT_NO_VALUE;
    const char *mine = values->bytes.data + start;
    size_t len = values->bytes.len - start, slot = value_hash(mine, len) & (values->n_slots - 1);
    for (; values->slots[slot]; slot = (slot + 1) & (values->n_slots - 1)) {
        uint32_t v = values->slots[slot] - 1;
        if (values->at[v + 1] - values->at[v] == len &&
            memcmp(values->bytes.data + values->at[v], mine, len) == 0) {
            values->bytes.len = start;
            return v;
        }
    }
    values->slots[slot] = (uint32_t)values->n + 1;
    values->at[++values->n] = values->bytes.len;
    return (uint32_t)values->n - 1;
}

uint64_t mvt_columns_kept(const struct layer *layer, const struct mvt_tables *tables, int reduced)
{
    int first_gone = reduced >= 1 ? layer_column(layer, "municipio_codigo") : -1;
    uint64_t kept = first_gone < 0 ? UINT64_MAX : ((uint64_t)1 << first_gone) - 1;
    return reduced >= 2 ? kept & ~tables->own_texts : kept;
}

/* Bytes of a feature without attributes: header, id and a point. */
enum { BARE_BYTES = 12 };

static void estimate(struct mvt_tables *tables, const struct columns *columns, const size_t *bytes)
{
    size_t n = columns->n_features ? columns->n_features : 1;
    for (int reduced = 0; reduced < 3; reduced++) {
        uint64_t kept = mvt_columns_kept(columns->layer, tables, reduced);
        size_t sum = 0;
        for (size_t c = 0; c < columns->layer->n_columns; c++)
            sum += kept >> c & 1 ? bytes[c] : 0;
        tables->feature_bytes[reduced] = BARE_BYTES + sum / n;
    }
}

static bool fill_values(struct mvt_tables *tables, const struct columns *columns)
{
    const struct layer *layer = columns->layer;
    struct mvt_index_values values = {0};
    size_t fresh[MVT_COLUMNS_MAX] = {0};   /* by column: values not seen before */
    size_t present[MVT_COLUMNS_MAX] = {0}; /* by column: bytes of its tags and fresh values */
    buf_init(&values.bytes);
    bool ok = room(&values);
    tables->value_of = malloc((columns->n_features * layer->n_columns + 1) * sizeof(uint32_t));
    for (size_t f = 0; f < columns->n_features && ok && tables->value_of; f++)
        for (size_t c = 0; c < layer->n_columns && ok; c++) {
            size_t known = values.n, before = values.bytes.len;
            uint32_t *value = &tables->value_of[f * layer->n_columns + c];
            *value = MVT_NO_VALUE;
            if (columns_is_null(columns, c, f))
                continue;
            *value = intern(&values, &layer->columns[c], columns_cell(columns, c, f));
            ok = *value != MVT_NO_VALUE;
            fresh[c] += values.n > known;
            present[c] += 3 + values.bytes.len - before; /* a tag of two numbers */
        }
    for (size_t c = 0; c < layer->n_columns; c++)
        if (layer->columns[c].kind == LAYER_TEXT && 2 * fresh[c] > columns->n_features &&
            strcmp(layer->columns[c].name, "codigo") != 0)
            tables->own_texts |= (uint64_t)1 << c;
    estimate(tables, columns, present);
    tables->n_values = values.n;
    tables->at = values.at;
    size_t len = values.bytes.len;
    tables->bytes = buf_take(&values.bytes, NULL);
    free(values.slots);
    tables->size += (columns->n_features * layer->n_columns) * sizeof(uint32_t) + len +
                    values.n * sizeof *values.at;
    return ok && tables->value_of && tables->bytes;
}

/* ---- geometry ------------------------------------------------------------ */

/* Twice the signed area of a ring, from its arcs at full detail. */
static double path_area(const struct geometry *geometry, size_t path)
{
    const struct arcs *arcs = geometry->arcs;
    double sum = 0, x = 0, y = 0;
    struct arc_xy origin = {0, 0};
    for (uint32_t r = arcs->path_first[path]; r < arcs->path_first[path + 1]; r++) {
        int32_t ref = arcs->refs[r];
        uint32_t n, arc = (uint32_t)(ref < 0 ? ~ref : ref);
        const struct arc_xy *xy = geometry_arc(geometry, GEOMETRY_LEVELS - 1, arc, &n);
        for (uint32_t i = 0; i < n; i++) {
            struct arc_xy at = xy[ref < 0 ? n - 1 - i : i];
            if (r == arcs->path_first[path] && i == 0)
                origin = at;
            double next_x = (double)at.x - origin.x, next_y = (double)at.y - origin.y;
            sum += x * next_y - y * next_x;
            x = next_x;
            y = next_y;
        }
    }
    return sum;
}

static bool fill_geometry(struct mvt_tables *tables, const struct geometry *geometry)
{
    size_t n_paths = geometry->arcs->n_paths, p = 0;
    tables->holes = calloc(n_paths / 64 + 1, sizeof *tables->holes);
    tables->feature_point = malloc((geometry->n_features + 1) * sizeof *tables->feature_point);
    if (!tables->holes || !tables->feature_point)
        return false;
    for (size_t path = 0; path < n_paths; path++)
        if (geometry->paths[path].ring && path_area(geometry, path) < 0)
            tables->holes[path / 64] |= (uint64_t)1 << (path % 64);
    for (size_t f = 0; f <= geometry->n_features; f++) {
        while (p < geometry->n_points && geometry->points[p].feature < f)
            p++;
        tables->feature_point[f] = (uint32_t)p;
    }
    tables->size += n_paths / 8 + geometry->n_features * sizeof *tables->feature_point;
    return true;
}

const struct mvt_tables *mvt_index_get(const struct slab *slab)
{
    struct mvt_index *index = index_of(slab);
    if (!index)
        return NULL;
    struct mvt_tables *tables = atomic_load_explicit(&index->tables, memory_order_acquire);
    if (tables)
        return tables;
    pthread_mutex_lock(&index->building);
    tables = atomic_load_explicit(&index->tables, memory_order_relaxed);
    if (!tables) {
        tables = calloc(1, sizeof *tables);
        if (tables &&
            (!fill_values(tables, slab->columns) || !fill_geometry(tables, slab->geometry))) {
            tables_free(tables);
            tables = NULL;
        }
        atomic_store_explicit(&index->tables, tables, memory_order_release);
    }
    pthread_mutex_unlock(&index->building);
    return tables;
}
