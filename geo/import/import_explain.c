/* import_explain.c - explains to people how an import understood its source. */
#include <stdio.h>
#include <string.h>

#include "geo/fields/fields_explain.h"
#include "geo/import/import_declared.h"
#include "geo/import/import_located.h"
#include "geo/import/import_run.h"
#include "geo/store/results.h"

/* Points -------------------------------------------------------------------------- */

/* Where the points of all tables fall. */
struct falls {
    struct explained_point *points;
    size_t n;
    const struct geo_edition *edition; /* NULL: nothing is linked */
    struct geo_link_book *links;
    int64_t *by_unit; /* of the table being explained */
};

struct fall {
    char estado[16], municipio[8];
};

static bool take_main(void *arg, const struct geo_link_row *row)
{
    struct fall *fall = arg;
    snprintf(fall->estado, sizeof fall->estado, "%s", row->estado);
    snprintf(fall->municipio, sizeof fall->municipio, "%s", row->municipio ? row->municipio : "");
    return false;
}

static bool is(const struct fall *fall, enum geo_link_state state)
{
    return strcmp(fall->estado, geo_link_state_name(state)) == 0;
}

static bool add_point(struct falls *falls, const struct import_outcome *outcome,
                      struct explained_sheet *sheet, struct err *err)
{
    struct fall fall = {0};
    if (!geo_link_book_read(falls->links, outcome->id, take_main, &fall, err))
        return false;
    bool outside = is(&fall, GEO_STATE_OUTSIDE), conflict = is(&fall, GEO_STATE_CONFLICT);
    int unit = outside ? -1 : geo_edition_find(falls->edition, fall.municipio);
    falls->points[falls->n++] = (struct explained_point){outcome->lon_deg, outcome->lat_deg,
                                                         outside           ? EXPLAINED_OUTSIDE
                                                         : conflict        ? EXPLAINED_CONFLICT
                                                         : outcome->rescue ? EXPLAINED_CORRECTED
                                                                           : EXPLAINED_PLACED};
    sheet->points++;
    sheet->outside += outside;
    sheet->conflicts += conflict;
    if (unit >= 0)
        falls->by_unit[unit]++;
    return true;
}

/* The coordinate of the record was refused. */
static bool lost_point(const struct import_table *table, const struct import_outcome *outcome)
{
    const struct geo_position at = geo_fields_position(table->fields);
    const int columns[] = {at.lon, at.lat, at.x, at.y, at.text};
    for (size_t f = 0; f < outcome->n_faults; f++)
        for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
            if (!outcome->faults[f].warning && outcome->faults[f].column >= 0 &&
                outcome->faults[f].column == columns[c])
                return true;
    return false;
}

static bool put_places(struct import_run *run, const struct falls *falls,
                       struct explained_sheet *sheet)
{
    size_t n = geo_edition_count(falls->edition);
    struct explained_count *places = arena_array(run->kept, n, sizeof *places);
    for (size_t u = 0; places && u < n; u++) {
        const struct geo_unit *unit = geo_edition_unit(falls->edition, u);
        if (falls->by_unit[u])
            places[sheet->n_places++] =
                (struct explained_count){unit->nombre, unit->departamento, falls->by_unit[u]};
    }
    sheet->places = places;
    return places != NULL;
}

static bool count_points(struct import_run *run, const struct import_table *table,
                         struct falls *falls, struct explained_sheet *sheet, struct err *err)
{
    if (!falls->links)
        return true;
    size_t n = geo_edition_count(falls->edition);
    falls->by_unit = arena_array(run->kept, n, sizeof *falls->by_unit);
    if (!falls->by_unit)
        return err_no_memory(err);
    for (size_t i = 0; i < run->n_outcomes; i++) {
        const struct import_outcome *outcome = &run->outcomes[i];
        if (outcome->table != table)
            continue;
        sheet->unreadable += lost_point(table, outcome);
        if (outcome->has_point && !add_point(falls, outcome, sheet, err))
            return false;
    }
    return put_places(run, falls, sheet) || err_no_memory(err);
}

/* Tables -------------------------------------------------------------------------- */

static void add_rescue(struct explained_count *rescues, size_t *n, const char *how)
{
    size_t i = 0;
    while (i < *n && strcmp(rescues[i].name, how) != 0)
        i++;
    if (i == GEO_IMPORT_RESCUES)
        return;
    rescues[i].name = how;
    rescues[i].n++;
    *n += i == *n;
}

static bool count_outcomes(struct import_run *run, const struct import_table *table,
                           struct explained_sheet *sheet)
{
    struct explained_count *rescues = arena_array(run->kept, GEO_IMPORT_RESCUES, sizeof *rescues);
    for (size_t i = 0; rescues && i < run->n_outcomes; i++) {
        const struct import_outcome *outcome = &run->outcomes[i];
        if (outcome->table != table || outcome->action == IMPORT_REJECTED)
            continue;
        sheet->warned += outcome->n_faults > 0;
        if (outcome->rescue)
            add_rescue(rescues, &sheet->n_rescues, outcome->rescue);
    }
    sheet->rescues = rescues;
    return rescues != NULL;
}

static struct explained_column explain_column(struct import_run *run,
                                              const struct geo_fields *fields,
                                              const struct geo_source_table *source,
                                              const struct import_table *table, size_t c)
{
    const struct column_facts *facts = table && table->facts ? &table->facts[c] : NULL;
    struct explained_column column = {.index = c, .heading = source->columns[c]};
    column.field = fields_explain_name(fields, c, &column.why);
    if (!column.field && table && table->facts_named[c]) {
        column.field = arena_printf(run->kept, "hecho %s", table->facts_named[c]);
        column.why = EXPLAINED_BY_CONTENT;
    }
    if (!column.field && (int)c == source->geometry_column) {
        column.field = "geometría";
        column.why = EXPLAINED_BY_CONTENT;
    }
    if (!column.field)
        column.unused = fields_explain_unused(fields, c, facts);
    else if (facts && (int)c != source->geometry_column) {
        column.read_as = fields_explain_reading(fields, c, facts, run->kept);
        column.example = fields_explain_example(fields, c, facts, run->kept);
    }
    return column;
}

static bool explain_columns(struct import_run *run, const struct geo_fields *fields,
                            const struct geo_source_table *source, const struct import_table *table,
                            struct explained_sheet *sheet)
{
    struct explained_column *columns = arena_array(run->kept, source->n_columns, sizeof *columns);
    for (size_t c = 0; columns && c < source->n_columns; c++)
        columns[c] = explain_column(run, fields, source, table, c);
    sheet->columns = columns;
    sheet->n_columns = source->n_columns;
    return columns != NULL;
}

/* Those required first. What a wide table of facts has in its headings is not missing. */
static bool explain_missing(struct import_run *run, const struct geo_fields *fields,
                            struct explained_sheet *sheet)
{
    const struct geo_table *layer = run->table;
    const char **missing = arena_array(run->kept, layer->n_fields, sizeof *missing);
    bool facts = strcmp(layer->name, "hechos_municipio") == 0;
    for (int required = 1; missing && required >= 0; required--)
        for (size_t f = 0; f < layer->n_fields; f++) {
            const struct geo_field *field = &layer->fields[f];
            bool must = field->flags & GEO_REQUIRED && !(facts && f > 0);
            if (field->flags & GEO_DERIVED || geo_fields_column(fields, (int)f) >= 0 ||
                must != (bool)required || (facts && f > 0))
                continue;
            missing[sheet->n_missing++] = fields_explain_slot(fields, f);
            sheet->n_required += must;
        }
    sheet->missing = missing;
    return missing && (sheet->n_missing == 0 || missing[sheet->n_missing - 1]);
}

static bool has_position(const struct geo_fields *fields)
{
    const struct geo_position at = geo_fields_position(fields);
    return at.lon >= 0 || at.x >= 0 || at.text >= 0;
}

static const char *explain_crs(struct import_run *run, const struct geo_fields *fields,
                               const struct geo_source_table *source)
{
    if (run->table->geometry == GEO_NO_GEOMETRY || (!source->has_geometry && !has_position(fields)))
        return NULL;
    if (run->options->epsg)
        return arena_printf(run->kept, "EPSG:%d, lo dice --crs", run->options->epsg);
    if (source->crs[0])
        return arena_printf(run->kept, "%s, lo dice la fuente", source->crs);
    return "la fuente no dice su sistema; en cada registro vale la lectura que cae en el municipio "
           "declarado";
}

/* Also faults and warnings about columns. */
static bool explain_notes(struct import_run *run, const struct import_table *table,
                          struct explained_sheet *sheet)
{
    const struct import_faults *about = &table->about;
    const char **notes = arena_array(run->kept, about->n, sizeof *notes);
    for (size_t i = 0; notes && i < about->n; i++)
        notes[i] = about->items[i].message;
    sheet->notes = notes;
    sheet->n_notes = about->n;
    return notes != NULL;
}

static bool explain_table(struct import_run *run, const struct import_candidate *candidate,
                          const struct import_table *table, struct falls *falls,
                          struct explained_sheet *sheet, struct err *err)
{
    const struct geo_source_table *source = candidate->source;
    sheet->rows = table && table->read ? table->read : source->count;
    sheet->crs = explain_crs(run, candidate->fields, source);
    if (!explain_columns(run, candidate->fields, source, table, sheet) ||
        !explain_missing(run, candidate->fields, sheet))
        return err_no_memory(err);
    if (!table)
        return true;
    sheet->rejected = table->rejected;
    if (!explain_notes(run, table, sheet) || !count_outcomes(run, table, sheet))
        return err_no_memory(err);
    return count_points(run, table, falls, sheet, err) &&
           import_located_places(run, table, &sheet->looks, &sheet->n_looks, &sheet->looks_left_out,
                                 err);
}

static bool explain_candidate(struct import_run *run, size_t index, struct falls *falls,
                              struct explained_sheet *sheet, struct err *err)
{
    const struct import_candidate *candidate = &run->candidates[index];
    const struct import_table *table = NULL;
    for (size_t t = 0; t < run->n_tables; t++)
        if (run->tables[t].index == index)
            table = &run->tables[t];
    *sheet = (struct explained_sheet){.name = run->n_candidates > 1 ? candidate->source->name : "",
                                      .place = candidate->source->place};
    if (table || (run->n_tables == 0 && candidate->fields))
        return explain_table(run, candidate, table, falls, sheet, err);
    sheet->skipped = arena_printf(run->kept, "no se lee: %s", candidate->why.message);
    return sheet->skipped || err_no_memory(err);
}

/* The source ---------------------------------------------------------------------- */

static bool open_falls(struct import_run *run, struct falls *falls, struct err *err)
{
    *falls =
        (struct falls){.points = arena_array(run->kept, run->n_outcomes, sizeof *falls->points)};
    if (!falls->points)
        return err_no_memory(err);
    if (run->failed || !run->table->linked || !run->declared || run->options->link_later)
        return true;
    falls->edition = declared_edition(run->declared);
    falls->links =
        geo_link_book_open(run->store, run->table->name, geo_edition_codigo(falls->edition), err);
    return falls->links != NULL;
}

bool import_explain(struct import_run *run, const char *stopped, struct err *err)
{
    const struct geo_import_options *options = run->options;
    struct falls falls = {0};
    if (!options->explained)
        return true;
    struct explained_sheet *sheets = arena_array(run->kept, run->n_candidates, sizeof *sheets);
    bool ok = sheets ? open_falls(run, &falls, err) : err_no_memory(err);
    if (!ok)
        return false;
    for (size_t i = 0; ok && i < run->n_candidates; i++)
        ok = explain_candidate(run, i, &falls, &sheets[i], err);
    geo_link_book_close(falls.links);
    const struct explanation explanation = {.source = import_source_title(run),
                                            .layer = run->table->name,
                                            .layer_title = run->table->title,
                                            .sheets = sheets,
                                            .n_sheets = run->n_candidates,
                                            .points = falls.points,
                                            .n_points = falls.n,
                                            .stopped = stopped};
    return ok && options->explained(options->explained_arg, &explanation, err);
}
