/* urban.c - urban areas, looked up in the store or read into memory: `geo_urban_holds()`. */
#include "geo/place/urban.h"

#include <stdlib.h>

#include "geo/base/array.h"
#include "geo/place/locate.h"

/* So many points are looked up before the areas are counted. Reading and indexing an area takes
 * about as long as looking up a point. */
enum { UNCOUNTED = 64 };

/* More points than that of all areas are not held in memory: some 100 MB, index and all. */
enum { POINTS_MAX = 600000 };

struct geo_urban {
    struct geo_store *store;
    const struct geo_table *table;
    int64_t asked, areas;      /* questions; areas there are, -1: not counted */
    struct geo_shape **shapes; /* all areas */
    size_t n, cap, points;
    struct geo_locate *locate; /* of the shapes; NULL: they are not in memory */
    bool many;                 /* they take too much memory */
};

struct geo_urban *geo_urban_open(struct geo_store *store, struct err *err)
{
    struct geo_urban *urban = malloc(sizeof *urban);
    if (urban)
        *urban = (struct geo_urban){
            .store = store, .table = geo_table_find("zonas_urbanas"), .areas = -1};
    else
        err_no_memory(err);
    return urban;
}

static void forget_shapes(struct geo_urban *urban)
{
    for (size_t i = 0; i < urban->n; i++)
        geo_shape_free(urban->shapes[i]);
    free(urban->shapes);
    urban->shapes = NULL;
    urban->n = urban->cap = urban->points = 0;
}

void geo_urban_close(struct geo_urban *urban)
{
    if (!urban)
        return;
    geo_locate_free(urban->locate);
    forget_shapes(urban);
    free(urban);
}

/* NULL with *err. */
static struct geo_shape *parse_area(const struct geo_record *record, struct err *err)
{
    struct geo_shape *shape = geo_shape_parse(record->wkb, record->wkb_len, err);
    if (shape && shape->kind != GEO_SHAPE_POLYGON) {
        geo_shape_free(shape);
        shape = NULL;
        err_set(err, ERR_INPUT, "se espera un polígono");
    }
    if (!shape)
        err_wrap(err, "zona urbana %lld", (long long)record->id);
    return shape;
}

/* In memory ---------------------------------------------------------------------- */

struct urban_reading {
    struct geo_urban *urban;
    struct err *err;
    bool failed;
};

static bool keep_area(void *arg, const struct geo_record *record)
{
    struct urban_reading *reading = arg;
    struct geo_urban *urban = reading->urban;
    if (record->wkb_len == 0)
        return true;
    struct geo_shape *shape = parse_area(record, reading->err);
    if (shape && !array_reserve(urban->shapes, urban->cap, urban->n + 1)) {
        geo_shape_free(shape);
        shape = NULL;
        err_no_memory(reading->err);
    }
    reading->failed = !shape;
    if (!shape)
        return false;
    urban->shapes[urban->n++] = shape;
    urban->points += shape->n_points;
    urban->many = urban->points > POINTS_MAX;
    return !urban->many;
}

static bool read_areas(struct geo_urban *urban, struct err *err)
{
    struct urban_reading reading = {.urban = urban, .err = err};
    if (!geo_store_each(urban->store, urban->table, NULL, keep_area, &reading, err) ||
        reading.failed)
        return false;
    if (urban->many)
        forget_shapes(urban);
    else
        urban->locate = geo_locate_build(urban->shapes, urban->n, err);
    return urban->many || urban->locate;
}

/* Reads the areas if so many points were asked for that it pays. */
static bool read_if_it_pays(struct geo_urban *urban, struct err *err)
{
    if (urban->locate || urban->many || urban->asked++ < UNCOUNTED)
        return true;
    if (urban->areas < 0 && !geo_store_count(urban->store, urban->table, NULL, &urban->areas, err))
        return false;
    return urban->asked < urban->areas || read_areas(urban, err);
}

/* In the store ------------------------------------------------------------------- */

struct urban_question {
    double lon_deg, lat_deg;
    bool holds, failed;
    struct err *err;
};

static bool ask_area(void *arg, const struct geo_record *record)
{
    struct urban_question *question = arg;
    struct geo_shape *shape = parse_area(record, question->err);
    question->failed = !shape;
    question->holds =
        shape && geo_shape_side(shape, question->lon_deg, question->lat_deg) != GEO_SIDE_OUT;
    geo_shape_free(shape);
    return !question->failed && !question->holds;
}

bool geo_urban_holds(struct geo_urban *urban, double lon_deg, double lat_deg, bool *holds,
                     struct err *err)
{
    struct urban_question question = {.lon_deg = lon_deg, .lat_deg = lat_deg, .err = err};
    if (!read_if_it_pays(urban, err))
        return false;
    if (urban->locate) {
        *holds = geo_locate_point(urban->locate, lon_deg, lat_deg) >= 0;
        return true;
    }
    if (!geo_store_at(urban->store, urban->table, lon_deg, lat_deg, ask_area, &question, err) ||
        question.failed)
        return false;
    *holds = question.holds;
    return true;
}
