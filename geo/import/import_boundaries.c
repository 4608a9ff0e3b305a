/* import_boundaries.c - imports municipal boundaries as an edition.
 *
 * They are read, completed and checked as a whole before they replace what is stored.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/figures/linker.h"
#include "geo/import/import_run.h"
#include "geo/place/boundaries.h"

enum { EDICION, CODIGO, NOMBRE, PROVINCIA, DEPARTAMENTO, UO, N_FIELDS };

/* A municipality that was read and repaired but not stored yet; texts live in run->kept. */
struct unit {
    const char *fields[N_FIELDS]; /* NULL: not known */
    const unsigned char *wkb;
    size_t wkb_len;
    struct import_outcome outcome;
};

struct units {
    struct unit *all;
    size_t n, cap;
};

/* Reading ---------------------------------------------------------------------- */

static bool add_unit(struct import_run *run, struct units *units, const struct geo_record *record,
                     const struct import_outcome *outcome, struct err *err)
{
    if (!array_reserve(units->all, units->cap, units->n + 1))
        return err_no_memory(err);
    struct unit unit = {.outcome = *outcome, .wkb_len = record->wkb_len};
    unsigned char *wkb = arena_alloc(run->kept, record->wkb_len);
    if (!wkb)
        return err_no_memory(err);
    memcpy(wkb, record->wkb, record->wkb_len);
    unit.wkb = wkb;
    for (int f = CODIGO; f < N_FIELDS; f++) {
        const char *text = geo_record_text(record, f);
        if (text && !(unit.fields[f] = arena_strdup(run->kept, text)))
            return err_no_memory(err);
    }
    units->all[units->n++] = unit;
    return true;
}

struct import_boundaries_reading {
    struct import_run *run;
    struct units *units;
    struct geo_record record; /* the one being read */
};

static bool read_unit(void *arg, const struct geo_source_row *row, struct import_outcome *outcome,
                      struct err *err)
{
    struct import_boundaries_reading *reading = arg;
    if (!import_read_record(reading->run, row, &reading->record, outcome, err))
        return false;
    if (!geo_edition_is_code(outcome->codigo))
        return err_set(err, ERR_INPUT, "codigo: «%s» no es un código INE de seis dígitos",
                       outcome->codigo);
    return import_check_key(reading->run, &reading->record, row->line, err);
}

static bool keep_unit(void *arg, const struct geo_source_row *row, struct import_outcome *outcome,
                      struct err *err)
{
    struct import_boundaries_reading *reading = arg;
    (void)row;
    return add_unit(reading->run, reading->units, &reading->record, outcome, err);
}

/* Completing ------------------------------------------------------------------- */

/* Fields of municipalities in the editions loaded before. */
struct known {
    struct import_run *run;
    struct unit *all;
    size_t n, cap;
    bool failed;
};

static bool collect_known(void *arg, const struct geo_record *record)
{
    struct known *known = arg;
    if (!array_reserve(known->all, known->cap, known->n + 1))
        return !(known->failed = true);
    struct unit *unit = &known->all[known->n++];
    *unit = (struct unit){0};
    for (int f = CODIGO; f < N_FIELDS; f++) {
        const char *text = geo_record_text(record, f);
        if (text && text[0] && !(unit->fields[f] = arena_strdup(known->run->kept, text)))
            return !(known->failed = true);
    }
    return true;
}

/* The field of a unit with the same first `digits` digits; later editions go first. NULL
 * if no edition has it, or if they disagree. */
static const char *find_known(const struct known *known, const char *codigo, size_t digits,
                              int field)
{
    const char *found = NULL;
    for (size_t i = known->n; i-- > 0;) {
        const struct unit *unit = &known->all[i];
        if (!unit->fields[field] || strncmp(unit->fields[CODIGO], codigo, digits) != 0)
            continue;
        if (digits == 6)
            return unit->fields[field];
        if (found && strcmp(found, unit->fields[field]) != 0)
            return NULL;
        found = unit->fields[field];
    }
    return found;
}

/* By the first two digits of INE's code. */
static const char *department_of(const char *codigo)
{
    static const char *const names[] = {"Chuquisaca", "La Paz",     "Cochabamba", "Oruro", "Potosí",
                                        "Tarija",     "Santa Cruz", "Beni",       "Pando"};
    int number = (codigo[0] - '0') * 10 + codigo[1] - '0';
    return number >= 1 && number <= 9 ? names[number - 1] : NULL;
}

/* The provinces whose municipalities make up the UO Chaco (the operating plan):
 * Hernando Siles, Luis Calvo, Gran Chaco, O'Connor, Cordillera. */
static bool is_chaco(const char *codigo)
{
    static const char *const provinces[] = {"0105", "0110", "0603", "0606", "0707"};
    for (size_t i = 0; i < sizeof provinces / sizeof *provinces; i++)
        if (strncmp(codigo, provinces[i], 4) == 0)
            return true;
    return false;
}

static void complete(struct unit *unit, const struct known *known)
{
    static const size_t digits[] = {6, 4};
    const char *codigo = unit->fields[CODIGO];
    for (int f = PROVINCIA; f < N_FIELDS; f++)
        for (size_t i = 0; i < 2 && !unit->fields[f]; i++)
            unit->fields[f] = find_known(known, codigo, digits[i], f);
    if (!unit->fields[DEPARTAMENTO])
        unit->fields[DEPARTAMENTO] = department_of(codigo);
    if (!unit->fields[UO])
        unit->fields[UO] = is_chaco(codigo) ? "Chaco" : unit->fields[DEPARTAMENTO];
}

static bool complete_all(struct import_run *run, struct units *units, struct err *err)
{
    struct known known = {.run = run};
    struct geo_query query = {.no_geometry = true};
    bool ok = geo_store_each(run->store, run->table, &query, collect_known, &known, err);
    if (ok && known.failed)
        ok = err_no_memory(err);
    for (size_t i = 0; ok && i < units->n; i++)
        complete(&units->all[i], &known);
    free(known.all);
    return ok;
}

/* Checking --------------------------------------------------------------------- */

struct sources {
    struct geo_source_unit *all;
    size_t n, cap;
    struct arena *arena;
    bool failed;
};

static bool add_source(struct sources *sources, const char *codigo, const char *nombre,
                       const unsigned char *wkb, size_t wkb_len)
{
    if (!array_reserve(sources->all, sources->cap, sources->n + 1))
        return !(sources->failed = true);
    struct geo_source_unit unit = {.wkb = wkb, .wkb_len = wkb_len};
    snprintf(unit.unit.codigo, sizeof unit.unit.codigo, "%s", codigo);
    unit.unit.nombre = nombre;
    unit.unit.provincia = unit.unit.departamento = unit.unit.uo = "";
    sources->all[sources->n++] = unit;
    return true;
}

static bool add_water(void *arg, const struct geo_record *record)
{
    struct sources *water = arg;
    unsigned char *wkb = arena_alloc(water->arena, record->wkb_len);
    if (!wkb)
        return !(water->failed = true);
    if (record->wkb_len)
        memcpy(wkb, record->wkb, record->wkb_len);
    return record->wkb_len == 0 || add_source(water, "", "", wkb, record->wkb_len);
}

/* A sentence about the whole source, for its reader and for the report. */
static void tell(struct import_run *run, const char *sentence)
{
    buf_puts(&run->findings, run->findings.len ? "," : "");
    buf_put_json(&run->findings, sentence);
    if (run->options->warning)
        run->options->warning(run->options->warning_arg, sentence);
}

/* Overlaps are an error, all in one message; gaps and islands are warnings. */
static bool judge(struct import_run *run, const struct geo_boundaries_report *report,
                  struct err *err)
{
    struct buf text;
    buf_init(&text);
    size_t listed = 0;
    run->summary->units_overlaps = (int64_t)report->n_overlaps;
    run->summary->units_gaps = (int64_t)report->n_gaps;
    run->summary->gaps_m2 = report->gaps_m2;
    for (size_t i = 0; i < report->n; i++) {
        const struct geo_boundaries_finding *finding = &report->findings[i];
        if (finding->kind == GEO_BOUNDARIES_GAP || finding->kind == GEO_BOUNDARIES_ISLAND) {
            struct buf land;
            buf_init(&land);
            geo_boundaries_describe(finding, &land);
            if (!buf_failed(&land))
                tell(run, land.data);
            buf_free(&land);
        } else if (listed++ < 8) {
            buf_puts(&text, text.len ? "; " : "");
            geo_boundaries_describe(finding, &text);
        }
    }
    if (listed > 8)
        buf_printf(&text, "; y %zu más", listed - 8);
    bool ok = report->fit || err_set(err, ERR_INPUT, "los límites no sirven como edición: %s",
                                     text.data ? text.data : "");
    buf_free(&text);
    return ok;
}

static bool check(struct import_run *run, const struct units *units, struct err *err)
{
    struct sources all = {.arena = run->kept}, water = {.arena = run->kept};
    struct geo_boundaries_report report = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < units->n; i++)
        ok = add_source(&all, units->all[i].fields[CODIGO], units->all[i].fields[NOMBRE],
                        units->all[i].wkb, units->all[i].wkb_len);
    if (!ok) {
        err_no_memory(err);
        goto done;
    }
    ok = geo_store_each(run->store, geo_table_find("cuerpos_agua"), NULL, add_water, &water, err);
    if (ok && water.failed)
        ok = err_no_memory(err);
    ok = ok && geo_boundaries_check(all.all, all.n, water.all, water.n, &report, err) &&
         judge(run, &report, err);
    geo_boundaries_report_free(&report);
done:
    free(all.all);
    free(water.all);
    return ok;
}

/* Storing ---------------------------------------------------------------------- */

/* The stored records of this edition: equal ones count as "unchanged". */
struct earlier {
    struct units *units;
    size_t same;
};

static bool same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static int by_code(const void *a, const void *b)
{
    return strcmp(((const struct unit *)a)->fields[CODIGO],
                  ((const struct unit *)b)->fields[CODIGO]);
}

static bool compare_earlier(void *arg, const struct geo_record *record)
{
    struct earlier *earlier = arg;
    struct unit key = {.fields[CODIGO] = geo_record_text(record, CODIGO)};
    struct unit *unit = bsearch(&key, earlier->units->all, earlier->units->n, sizeof key, by_code);
    if (!unit)
        return true;
    bool same =
        unit->wkb_len == record->wkb_len && memcmp(unit->wkb, record->wkb, record->wkb_len) == 0;
    for (int f = CODIGO; f < N_FIELDS; f++)
        same = same && same_text(unit->fields[f], geo_record_text(record, f));
    unit->outcome.action = same ? IMPORT_UNCHANGED : IMPORT_UPDATED;
    earlier->same += same;
    return true;
}

static bool describe_edition(struct import_run *run, struct geo_edition_info *edition,
                             const struct geo_edition_info *before)
{
    const struct geo_import_options *options = run->options;
    *edition = (struct geo_edition_info){.schematic = options->schematic};
    snprintf(edition->codigo, sizeof edition->codigo, "%s", options->edition);
    const char *title = options->edition_title ? options->edition_title
                        : before->title[0]     ? before->title
                                               : options->edition;
    snprintf(edition->title, sizeof edition->title, "%s", title);
    snprintf(edition->source, sizeof edition->source, "%s", import_source_title(run));
    snprintf(edition->data_date, sizeof edition->data_date, "%s",
             options->data_date ? options->data_date : "");
    /* With keep_current an edition that is current stays so. */
    edition->current = !options->keep_current || before->current;
    return strcmp(edition->title, before->title) == 0 &&
           strcmp(edition->source, before->source) == 0 &&
           strcmp(edition->data_date, before->data_date) == 0 &&
           edition->schematic == before->schematic && edition->current == before->current;
}

static bool store_units(struct import_run *run, struct units *units, struct err *err)
{
    for (size_t i = 0; i < units->n; i++) {
        struct unit *unit = &units->all[i];
        struct geo_record record = {
            .values = run->values, .wkb = unit->wkb, .wkb_len = unit->wkb_len};
        enum geo_put what;
        unit->fields[EDICION] = run->options->edition;
        for (int f = 0; f < N_FIELDS; f++)
            run->values[f] = (struct geo_value){.kind = unit->fields[f] ? GEO_TEXT_VALUE : GEO_NULL,
                                                .text = unit->fields[f]};
        if (!geo_store_put(run->store, run->table, &record, &what, &unit->outcome.id, err))
            return err_wrap(err, "%s", unit->fields[CODIGO]);
        if (!import_keep(run, &unit->outcome, err))
            return false;
    }
    return true;
}

/* Replaces the edition, and links every record of every linked table again. */
static bool replace(struct import_run *run, struct units *units, struct err *err)
{
    struct geo_edition_info before = {0}, edition;
    struct earlier earlier = {.units = units};
    struct geo_query query = {.field = "edicion", .equals = run->options->edition};
    struct err none = {0};
    if (!geo_store_edition(run->store, run->options->edition, &before, &none) &&
        none.kind != ERR_NOT_FOUND) {
        *err = none;
        return false;
    }
    if (units->n)
        qsort(units->all, units->n, sizeof *units->all, by_code);
    if (!geo_store_each(run->store, run->table, &query, compare_earlier, &earlier, err))
        return false;
    bool described = describe_edition(run, &edition, &before);
    if (described && earlier.same == units->n && before.units == (int64_t)units->n) {
        for (size_t i = 0; i < units->n; i++)
            if (!import_keep(run, &units->all[i].outcome, err))
                return false;
        return true;
    }
    return geo_store_edition_remove(run->store, run->options->edition, err) &&
           geo_store_edition_put(run->store, &edition, err) && store_units(run, units, err) &&
           (run->options->link_later ||
            geo_link_all(run->store, run->options->edition, &run->summary->links, NULL, NULL, err));
}

bool import_boundaries(struct import_run *run, struct err *err)
{
    struct units units = {0};
    struct import_boundaries_reading reading = {.run = run, .units = &units};
    bool ok = import_each_row(run, read_unit, keep_unit, &reading, err);
    import_progress(run, 0.2);
    if (ok && units.n == 0)
        ok = err_set(err, ERR_INPUT, "la fuente no tiene ningún municipio");
    ok = ok && complete_all(run, &units, err) && check(run, &units, err);
    import_progress(run, 0.5);
    ok = ok && replace(run, &units, err);
    free(units.all);
    return ok;
}
