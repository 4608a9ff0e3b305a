/* data.c - the tables and maps of a report, made on demand and cached. */
#include "layers/report/data.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/embed.h"
#include "layers/map/classes.h"
#include "layers/report/data_internal.h"
#include "layers/report/report_snapshot.h"
#include "layers/snapshot/snapshot_internal.h"

EMBED(report_style_ficha, "layers/report/templates/ficha_mapa.json");
EMBED(report_style_portada, "layers/report/templates/portada_mapa.json");

enum { MAX_SOURCES = 64, MAX_PICTURES = 16 };

struct report_data {
    struct geo_store *store;
    struct report_query query;
    const struct report_source *sources; /* ends with a NULL name */
    struct snapshot *snapshot;
    struct geo_units *units;
    struct arena *arena;
    pthread_mutex_t lock;                   /* recursive: a source may ask for another */
    struct figure_result made[MAX_SOURCES]; /* by source; rows NULL: not yet */
    struct {
        char style[33];
        struct picture *picture;
    } pictures[MAX_PICTURES];
    size_t n_pictures;
    struct buf foot;
};

static void put_foot(struct report_data *data)
{
    struct provenance provenance = report_provenance(data);
    const char *date = report_date(data);
    buf_init(&data->foot);
    if (strlen(date) == 10)
        buf_printf(&data->foot, "Datos al %.2s/%.2s/%.4s · ", date + 8, date + 5, date);
    if (provenance.edition[0])
        buf_printf(&data->foot, "Límites: edición %s · ", provenance.edition);
    buf_printf(&data->foot, "SIGG %s", data->query.version);
}

struct report_data *report_data_new(struct geo_store *store, const struct report_query *query,
                                    const struct report_source *sources, struct err *err)
{
    pthread_mutexattr_t recursive;
    struct report_data *data = calloc(1, sizeof *data);
    if (!data) {
        err_no_memory(err);
        return NULL;
    }
    pthread_mutexattr_init(&recursive);
    pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&data->lock, &recursive);
    pthread_mutexattr_destroy(&recursive);
    data->store = store;
    data->sources = sources;
    data->query = *query;
    data->arena = arena_new();
    bool ok = (data->arena || err_no_memory(err)) && geo_store_begin_read(store, err);
    if (ok)
        data->snapshot = report_snapshot_build(store, query->edition, query->as_of, err);
    ok = data->snapshot && (data->units = geo_units_load(store, query->edition, err)) != NULL;
    if (ok) {
        put_foot(data);
        ok = !buf_failed(&data->foot) || err_no_memory(err);
    }
    if (ok)
        return data;
    report_data_close(data);
    return NULL;
}

void report_data_close(struct report_data *data)
{
    if (!data)
        return;
    for (size_t i = 0; i < data->n_pictures; i++)
        picture_free(data->pictures[i].picture);
    for (size_t i = 0; i < MAX_SOURCES; i++)
        figure_result_free(&data->made[i]);
    geo_units_free(data->units);
    snapshot_unref(data->snapshot);
    geo_store_rollback(data->store);
    arena_free(data->arena);
    buf_free(&data->foot);
    pthread_mutex_destroy(&data->lock);
    free(data);
}

static bool make(struct report_data *data, const struct report_source *source,
                 struct figure_result *result, struct err *err)
{
    if (source->make)
        return source->make(data, source, result, err);
    struct rows *rows = source->rows(data, err);
    if (rows && rows_failed(rows)) {
        rows_free(rows);
        return err_no_memory(err);
    }
    result->rows = rows;
    return rows != NULL;
}

/* The table of that name, made once. NULL with *err. */
static const struct figure_result *table_of(struct report_data *data, const char *name,
                                            struct err *err)
{
    size_t i = 0;
    while (data->sources[i].name && strcmp(data->sources[i].name, name) != 0)
        i++;
    const struct report_source *source = &data->sources[i];
    if (!source->name || i == MAX_SOURCES) {
        err_set(err, ERR_SETUP, "ningún informe tiene una tabla «%.60s»", name);
        return NULL;
    }
    pthread_mutex_lock(&data->lock);
    bool ok =
        data->made[i].rows || make(data, source, &data->made[i], err) || err_wrap(err, "%s", name);
    pthread_mutex_unlock(&data->lock);
    return ok ? &data->made[i] : NULL;
}

const struct rows *report_rows(struct report_data *data, const char *name, struct err *err)
{
    const struct figure_result *table = table_of(data, name, err);
    return table ? table->rows : NULL;
}

const char *report_note(struct report_data *data, const char *name, struct err *err)
{
    const struct figure_result *table = table_of(data, name, err);
    if (!table)
        return NULL;
    size_t len = table->note.len;
    const char *note = arena_strndup(data->arena, len ? table->note.data : "", len ? len - 1 : 0);
    if (!note)
        err_no_memory(err);
    return note;
}

/* Styles that only reports use. */
static const struct {
    const char *id, *begin, *end;
} own[] = {
    {"ficha", report_style_ficha, report_style_ficha_end},
    {"portada", report_style_portada, report_style_portada_end},
};

static struct style *load_style(const char *id, struct err *err)
{
    const char *json;
    size_t len;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(id, own[i].id) == 0)
            return style_parse(own[i].begin, (size_t)(own[i].end - own[i].begin), err);
    if (styles_document(id, &json, &len))
        return style_parse(json, len, err);
    err_set(err, ERR_SETUP, "no hay un estilo «%.60s»", id);
    return NULL;
}

/* Computes class breaks from the report's own data, if the style asks for them. */
static struct style *classed_style(struct report_data *data, struct style *style, struct err *err)
{
    if (!style || !style_breaks_computed(style))
        return style;
    struct style *classed = classes_style(style, data->snapshot, err);
    style_free(style);
    return classed;
}

struct picture *report_picture(struct report_data *data, const char *style, struct err *err)
{
    struct picture *picture = NULL;
    pthread_mutex_lock(&data->lock);
    for (size_t i = 0; i < data->n_pictures && !picture; i++)
        if (strcmp(data->pictures[i].style, style) == 0)
            picture = data->pictures[i].picture;
    if (!picture && (data->n_pictures == MAX_PICTURES || strlen(style) > 32))
        err_set(err, ERR_SETUP, "demasiados estilos en un informe");
    else if (!picture) {
        struct style *loaded = classed_style(data, load_style(style, err), err);
        picture = loaded ? picture_new(loaded, data->snapshot, err) : NULL;
        if (picture) {
            strcpy(data->pictures[data->n_pictures].style, style);
            data->pictures[data->n_pictures++].picture = picture;
        }
    }
    pthread_mutex_unlock(&data->lock);
    return picture;
}

struct geo_store *report_store(struct report_data *data)
{
    return data->store;
}

const struct report_query *report_query_of(const struct report_data *data)
{
    return &data->query;
}

const struct geo_edition_info *report_edition(const struct report_data *data)
{
    return snapshot_edition(data->snapshot);
}

const struct geo_units *report_units(const struct report_data *data)
{
    return data->units;
}

struct provenance report_provenance(const struct report_data *data)
{
    return provenance_of(data->snapshot, NULL);
}

/* The date of the programme's records; that of communities or lakes does not matter. */
const char *report_date(const struct report_data *data)
{
    const char *latest = "";
    if (data->query.as_of)
        return data->query.as_of;
    static const char *const records[] = {"alianzas", "areas_riego", "subproyectos"};
    for (size_t i = 0; i < 3; i++) {
        const struct geo_layer_info *info =
            snapshot_layer_info(data->snapshot, layers_find(records[i]));
        if (strcmp(info->data_date, latest) > 0)
            latest = info->data_date;
    }
    return latest;
}

const char *report_foot(const struct report_data *data)
{
    return data->foot.data;
}

struct arena *report_arena(struct report_data *data)
{
    return data->arena;
}

const struct columns *report_columns(const struct report_data *data, const char *layer)
{
    return snapshot_slab(data->snapshot, layers_find(layer))->columns;
}

bool report_counts(const struct report_data *data, const struct columns *columns, size_t feature)
{
    return report_snapshot_counts(data->snapshot, columns, feature, data->query.as_of);
}

int report_column(const struct rows *rows, const char *name)
{
    const struct rows_column *columns;
    size_t n = rows_columns(rows, &columns);
    for (size_t i = 0; i < n; i++)
        if (strcmp(columns[i].name, name) == 0)
            return (int)i;
    return -1;
}

double report_number(const struct rows *rows, size_t row, int column)
{
    enum rows_kind kind;
    if (column < 0 || row >= rows_count(rows))
        return NAN;
    const char *text = rows_cell(rows, row, (size_t)column, &kind);
    return kind == ROWS_NUMBER || kind == ROWS_BOOL ? strtod(text, NULL) : NAN;
}

const char *report_text(const struct rows *rows, size_t row, int column)
{
    enum rows_kind kind;
    return column < 0 || row >= rows_count(rows) ? "" : rows_cell(rows, row, (size_t)column, &kind);
}
