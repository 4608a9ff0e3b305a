/* import_located.c - finds the stored records whose place somebody should look at. */
#include "geo/import/import_located.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/import/import_declared.h"
#include "geo/place/measure.h"
#include "geo/place/shape.h"
#include "geo/store/results.h"

/* Records are read from the store so many at a time; of more, all links of the layer are. */
enum { CHUNK = 256 };

/* A record that was stored. */
struct import_located_row {
    int64_t id, line;
    uint32_t table;
    float moved_km;            /* NaN: not far */
    const char *how, *written; /* in run->kept; how NULL: as written */
};

/* What is to be said of it. */
struct import_located_place {
    const struct import_located_row *row;
    struct fault_place place;
};

struct import_located {
    struct import_located_row *rows;
    size_t n, cap;
    size_t rescued;                      /* of them */
    bool found;                          /* the rest is set */
    struct import_located_place *places; /* by table and row */
    size_t n_places, cap_places;
    size_t *left_out; /* by table */
};

void import_located_free(struct import_located *located)
{
    if (!located)
        return;
    free(located->rows);
    free(located->places);
    free(located);
}

/* Noting ------------------------------------------------------------------------------ */

/* The point, or the middle of a line or polygon. */
static bool middle(const struct geo_record *record, double *lon_deg, double *lat_deg,
                   bool *is_point)
{
    struct err none = {0};
    struct geo_shape *shape =
        record->wkb_len ? geo_shape_parse(record->wkb, record->wkb_len, &none) : NULL;
    if (!shape)
        return false;
    *is_point = shape->kind == GEO_SHAPE_POINT;
    *lon_deg = (shape->box.min_x + shape->box.max_x) / 2;
    *lat_deg = (shape->box.min_y + shape->box.max_y) / 2;
    geo_shape_free(shape);
    return true;
}

/* NaN: it did not move, or not far. */
static double moved_km(const struct import_run *run, const struct geo_record *record,
                       const struct import_outcome *outcome)
{
    double from_x, from_y, to_x, to_y;
    bool is_point;
    if (outcome->action != IMPORT_UPDATED || !run->stored || run->over_simulated ||
        !middle(run->stored, &from_x, &from_y, &is_point) ||
        !middle(record, &to_x, &to_y, &is_point))
        return NAN;
    double moved_m = geo_measure_distance(from_x, from_y, to_x, to_y);
    return moved_m > IMPORT_LOCATED_FAR_M ? moved_m / 1000 : NAN;
}

/* The words of more records than are kept are not. */
static bool note_rescue(struct import_run *run, struct import_located_row *row,
                        const struct import_outcome *outcome)
{
    if (run->located->rescued++ >= IMPORT_LOCATED_MAX) {
        row->how = "";
        return true;
    }
    row->how = arena_strdup(run->kept, outcome->rescue);
    row->written = outcome->written ? arena_strdup(run->kept, outcome->written) : NULL;
    return row->how && (row->written || !outcome->written);
}

bool import_located_note(struct import_run *run, const struct geo_record *record,
                         const struct import_outcome *outcome, struct err *err)
{
    if (!run->options->places || !run->table->linked || record->wkb_len == 0)
        return true;
    if (!run->located && !(run->located = calloc(1, sizeof *run->located)))
        return err_no_memory(err);
    struct import_located *located = run->located;
    if (!array_reserve(located->rows, located->cap, located->n + 1))
        return err_no_memory(err);
    struct import_located_row *row = &located->rows[located->n++];
    *row = (struct import_located_row){.id = outcome->id,
                                       .line = outcome->line,
                                       .table = (uint32_t)(outcome->table - run->tables),
                                       .moved_km = (float)moved_km(run, record, outcome)};
    return !outcome->rescue || note_rescue(run, row, outcome) || err_no_memory(err);
}

/* Finding ----------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
    const struct import_located_row *one = a, *two = b;
    return (one->id > two->id) - (one->id < two->id);
}

static int by_line(const void *a, const void *b)
{
    const struct import_located_row *one = ((const struct import_located_place *)a)->row;
    const struct import_located_row *two = ((const struct import_located_place *)b)->row;
    if (one->table != two->table)
        return one->table < two->table ? -1 : 1;
    return (one->line > two->line) - (one->line < two->line);
}

/* "Uyuni (Potosí)"; NULL: memory. */
static const char *name_unit(struct import_run *run, const struct geo_edition *edition, int at)
{
    const struct geo_unit *unit = geo_edition_unit(edition, (size_t)at);
    return arena_printf(run->kept, "%s (%s)", unit->nombre, unit->departamento);
}

struct import_located_link {
    struct import_run *run;
    const struct geo_edition *edition;
    struct fault_place *place;
    bool failed;
};

/* What the main link says. */
static bool take_link(void *arg, const struct geo_link_row *row)
{
    struct import_located_link *link = arg;
    struct fault_place *place = link->place;
    bool elsewhere = strcmp(row->estado, geo_link_state_name(GEO_STATE_CONFLICT)) == 0;
    bool outside = strcmp(row->estado, geo_link_state_name(GEO_STATE_OUTSIDE)) == 0;
    int unit = row->municipio && !outside ? geo_edition_find(link->edition, row->municipio) : -1;
    place->kinds |= (unsigned)elsewhere << FAULT_PLACE_ELSEWHERE | (unsigned)outside
                                                                       << FAULT_PLACE_OUTSIDE;
    if (place->kinds && unit >= 0) {
        place->found = name_unit(link->run, link->edition, unit);
        link->failed = !place->found;
    }
    if (elsewhere || outside)
        place->declared_km = row->distancia_m / 1000;
    return false;
}

/* What is known of the row and its link. *wanted false: nobody needs to look. */
static bool look(struct import_run *run, struct geo_link_book *links,
                 const struct import_located_row *row, struct fault_place *place, bool *wanted,
                 struct err *err)
{
    bool moved = !isnan(row->moved_km);
    *place = (struct fault_place){.row = row->line,
                                  .declared_km = NAN,
                                  .moved_km = (double)row->moved_km,
                                  .how = row->how,
                                  .written = row->written,
                                  .kinds = (unsigned)fault_place_is_doubtful(row->how)
                                               << FAULT_PLACE_RESCUED |
                                           (unsigned)moved << FAULT_PLACE_MOVED};
    struct import_located_link link = {run, declared_edition(run->declared), place, false};
    if (!geo_link_book_read(links, row->id, take_link, &link, err))
        return false;
    *wanted = place->kinds != 0;
    return !link.failed || err_no_memory(err);
}

static bool find_places(struct import_run *run, struct geo_link_book *links, struct err *err)
{
    struct import_located *located = run->located;
    for (size_t i = 0; i < located->n; i++) {
        struct fault_place place;
        bool wanted;
        if (!look(run, links, &located->rows[i], &place, &wanted, err))
            return false;
        if (wanted && located->n_places == IMPORT_LOCATED_MAX)
            located->left_out[located->rows[i].table]++;
        if (!wanted || located->n_places == IMPORT_LOCATED_MAX)
            continue;
        if (!array_reserve(located->places, located->cap_places, located->n_places + 1))
            return err_no_memory(err);
        located->places[located->n_places++] =
            (struct import_located_place){&located->rows[i], place};
    }
    return true;
}

/* Reading what the records say ---------------------------------------------------------- */

struct import_located_reading {
    struct import_run *run;
    const struct geo_edition *edition;
    const struct geo_names *names;
    struct import_located_place *at, *end; /* by id */
    bool failed;
};

static bool take_record(void *arg, const struct geo_record *record)
{
    struct import_located_reading *reading = arg;
    enum geo_link_method how;
    while (reading->at < reading->end && reading->at->row->id < record->id)
        reading->at++;
    if (reading->at == reading->end || reading->at->row->id != record->id)
        return true;
    struct fault_place *place = &reading->at->place;
    int unit =
        geo_link_declared(reading->edition, reading->names, reading->run->table, record, &how);
    if (unit >= 0) {
        place->declared = name_unit(reading->run, reading->edition, unit);
        reading->failed = reading->failed || !place->declared;
    }
    int field = geo_table_field(reading->run->table, "codigo");
    const char *codigo = field >= 0 ? geo_record_text(record, field) : NULL;
    if (codigo && !(place->codigo = arena_strdup(reading->run->kept, codigo)))
        reading->failed = true;
    if (!middle(record, &place->lon_deg, &place->lat_deg, &place->is_point))
        place->lon_deg = place->lat_deg = NAN;
    return !reading->failed;
}

static bool read_chunk(struct import_located_reading *reading, struct err *err)
{
    int64_t ids[CHUNK];
    size_t n = (size_t)(reading->end - reading->at);
    for (size_t i = 0; i < n; i++)
        ids[i] = reading->at[i].row->id;
    const struct geo_ids only = {ids, n};
    const struct geo_query query = {.ids = &only};
    return geo_store_each(reading->run->store, reading->run->table, &query, take_record, reading,
                          err) &&
           (!reading->failed || err_no_memory(err));
}

static bool read_records(struct import_run *run, struct err *err)
{
    struct import_located *located = run->located;
    struct import_located_reading reading = {.run = run};
    if (!geo_linker_edition(run->linker, geo_edition_codigo(declared_edition(run->declared)),
                            &reading.edition, &reading.names, err))
        return false;
    for (size_t from = 0; from < located->n_places; from += CHUNK) {
        size_t left = located->n_places - from;
        reading.at = located->places + from;
        reading.end = reading.at + (left < CHUNK ? left : CHUNK);
        if (!read_chunk(&reading, err))
            return false;
    }
    return true;
}

/* Once, when the first table asks. */
static bool find(struct import_run *run, struct err *err)
{
    struct import_located *located = run->located;
    if (located->found)
        return true;
    located->left_out = arena_array(run->kept, run->n_tables, sizeof *located->left_out);
    if (!located->left_out)
        return err_no_memory(err);
    qsort(located->rows, located->n, sizeof *located->rows, by_id);
    struct geo_link_book *links = geo_link_book_open(
        run->store, run->table->name, geo_edition_codigo(declared_edition(run->declared)), err);
    bool ok = links && (located->n <= CHUNK || geo_link_book_in_order(links, err)) &&
              find_places(run, links, err) && read_records(run, err);
    geo_link_book_close(links);
    if (ok && located->n_places)
        qsort(located->places, located->n_places, sizeof *located->places, by_line);
    located->found = ok;
    return ok;
}

/* There are links to read. */
static bool is_linked(const struct import_run *run)
{
    bool stopped = import_is_refused(run) && !run->options->dry_run;
    return run->located && run->declared && !run->failed && !stopped && !run->options->link_later;
}

bool import_located_places(struct import_run *run, const struct import_table *table,
                           const struct fault_place **places, size_t *n, size_t *left_out,
                           struct err *err)
{
    *places = NULL;
    *n = *left_out = 0;
    if (!is_linked(run))
        return true;
    if (!find(run, err))
        return false;
    const struct import_located *located = run->located;
    uint32_t at = (uint32_t)(table - run->tables);
    size_t from = 0;
    while (from < located->n_places && located->places[from].row->table < at)
        from++;
    while (from + *n < located->n_places && located->places[from + *n].row->table == at)
        ++*n;
    struct fault_place *copy = arena_array(run->kept, *n, sizeof *copy);
    for (size_t i = 0; copy && i < *n; i++)
        copy[i] = located->places[from + i].place;
    *places = copy;
    *left_out = located->left_out[at];
    return copy || err_no_memory(err);
}
