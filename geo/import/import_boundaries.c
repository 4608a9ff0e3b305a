/* import_boundaries.c - imports municipal boundaries as an edition.
 *
 * They are read, joined by code, completed and checked as a whole before they replace what is
 * stored.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/text.h"
#include "geo/figures/linker.h"
#include "geo/import/import_units.h"
#include "geo/place/names_words.h"

/* Reading ---------------------------------------------------------------------- */

static bool add_unit(struct import_run *run, struct import_units *units,
                     const struct geo_record *record, const struct import_outcome *outcome,
                     struct err *err)
{
    if (!array_reserve(units->all, units->cap, units->n + 1))
        return err_no_memory(err);
    struct import_unit unit = {.outcome = *outcome, .wkb_len = record->wkb_len};
    unsigned char *wkb = arena_alloc(run->kept, record->wkb_len);
    if (!wkb)
        return err_no_memory(err);
    memcpy(wkb, record->wkb, record->wkb_len);
    unit.wkb = wkb;
    if (!import_keep_texts(run, &unit.outcome, err))
        return false;
    for (int f = UNIT_CODIGO; f < UNIT_FIELDS; f++) {
        const char *text = geo_record_text(record, f);
        if (text && !(unit.fields[f] = arena_strdup(run->kept, text)))
            return err_no_memory(err);
    }
    units->all[units->n++] = unit;
    return true;
}

struct import_boundaries_reading {
    struct import_run *run;
    struct import_units *units;
    struct geo_record record; /* the one being read */
};

static bool is_municipal(const char *codigo)
{
    return geo_edition_is_code(codigo) && import_units_department(codigo);
}

/* The department that a municipality says is another one than its code's. */
static void check_department(struct import_run *run, const char *codigo, const char *departamento)
{
    const char *own = import_units_department(codigo), *folded = text_fold(run->row, own);
    const char *said = text_fold(run->row, departamento);
    said = said ? names_department(said) : NULL;
    if (said && folded && strcmp(said, folded) != 0 && strcmp(said, "chaco") != 0)
        import_refuse(run, "departamento",
                      "departamento: «%s», y el código %s es de %s: corrija el que esté mal",
                      departamento, codigo, own);
}

static bool read_unit(void *arg, const struct geo_source_row *row, struct import_outcome *outcome,
                      struct err *err)
{
    struct import_boundaries_reading *reading = arg;
    struct import_run *run = reading->run;
    if (!import_read_record(run, row, &reading->record, outcome, err))
        return false;
    const char *nombre = geo_record_text(&reading->record, UNIT_NOMBRE);
    if (outcome->codigo && !is_municipal(outcome->codigo))
        import_refuse(run, "codigo",
                      "codigo: «%s» (%s) no es el código INE de un municipio; lagos y salares se "
                      "importan en cuerpos_agua, y con --skip-invalid quedan fuera",
                      outcome->codigo, nombre ? nombre : "sin nombre");
    const char *departamento = geo_record_text(&reading->record, UNIT_DEPARTAMENTO);
    if (outcome->codigo && is_municipal(outcome->codigo) && departamento)
        check_department(run, outcome->codigo, departamento);
    return true;
}

static bool keep_unit(void *arg, const struct geo_source_row *row, struct import_outcome *outcome,
                      struct err *err)
{
    struct import_boundaries_reading *reading = arg;
    (void)row;
    return add_unit(reading->run, reading->units, &reading->record, outcome, err);
}

static bool read_units(struct import_run *run, struct import_units *units, struct err *err)
{
    struct import_boundaries_reading reading = {.run = run, .units = units};
    for (size_t t = 0; t < run->n_tables; t++)
        if (!import_begin_table(run, &run->tables[t], err) ||
            !import_each_row(run, read_unit, keep_unit, &reading, err))
            return false;
    return units->n > 0 || import_is_refused(run) ||
           err_set(err, ERR_INPUT, "la fuente no tiene ningún municipio");
}

/* Storing ---------------------------------------------------------------------- */

/* The stored records of this edition: equal ones count as "unchanged". */
struct earlier {
    struct import_units *units;
    struct arena *kept;
    size_t same;
    bool failed; /* short memory */
};

static bool same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static int by_code(const void *a, const void *b)
{
    return strcmp(((const struct import_unit *)a)->fields[UNIT_CODIGO],
                  ((const struct import_unit *)b)->fields[UNIT_CODIGO]);
}

/* Where the edition is written again, for another title, an unchanged shape stays as it is. */
static bool keep_stored(struct import_unit *unit, const struct geo_record *stored,
                        struct arena *kept)
{
    if (memcmp(unit->wkb, stored->wkb, stored->wkb_len) == 0)
        return true;
    unsigned char *wkb = arena_alloc(kept, stored->wkb_len);
    if (!wkb)
        return false;
    memcpy(wkb, stored->wkb, stored->wkb_len);
    unit->wkb = wkb;
    return true;
}

static bool compare_earlier(void *arg, const struct geo_record *record)
{
    struct earlier *earlier = arg;
    struct import_unit key = {.fields[UNIT_CODIGO] = geo_record_text(record, UNIT_CODIGO)};
    struct import_unit *unit =
        bsearch(&key, earlier->units->all, earlier->units->n, sizeof key, by_code);
    if (!unit)
        return true;
    bool same = geo_store_same_geometry(unit->wkb, unit->wkb_len, record->wkb, record->wkb_len);
    for (int f = UNIT_CODIGO; f < UNIT_FIELDS; f++)
        same = same && same_text(unit->fields[f], geo_record_text(record, f));
    unit->outcome.action = same ? IMPORT_UNCHANGED : IMPORT_UPDATED;
    earlier->same += same;
    earlier->failed = same && !keep_stored(unit, record, earlier->kept);
    return !earlier->failed;
}

/* With keep_current an edition that is current stays so. */
static bool becomes_current(const struct import_run *run, const struct geo_edition_info *before)
{
    return !run->options->keep_current || before->current;
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
    edition->current = becomes_current(run, before);
    return strcmp(edition->title, before->title) == 0 &&
           strcmp(edition->source, before->source) == 0 &&
           strcmp(edition->data_date, before->data_date) == 0 &&
           edition->schematic == before->schematic && edition->current == before->current;
}

static bool store_units(struct import_run *run, struct import_units *units, struct err *err)
{
    for (size_t i = 0; i < units->n; i++) {
        struct import_unit *unit = &units->all[i];
        struct geo_record record = {
            .values = run->values, .wkb = unit->wkb, .wkb_len = unit->wkb_len};
        enum geo_put what;
        unit->fields[UNIT_EDICION] = run->options->edition;
        for (int f = 0; f < UNIT_FIELDS; f++)
            run->values[f] = (struct geo_value){.kind = unit->fields[f] ? GEO_TEXT_VALUE : GEO_NULL,
                                                .text = unit->fields[f]};
        if (!geo_store_put(run->store, run->table, &record, &what, &unit->outcome.id, err))
            return err_wrap(err, "%s", unit->fields[UNIT_CODIGO]);
        if (!import_keep(run, &unit->outcome, err))
            return false;
    }
    return true;
}

/* The stored description of the edition; all zero if it is new. */
static bool read_before(struct import_run *run, struct geo_edition_info *before, struct err *err)
{
    struct err none = {0};
    if (geo_store_edition(run->store, run->options->edition, before, &none) ||
        none.kind == ERR_NOT_FOUND)
        return true;
    *err = none;
    return false;
}

/* Replaces the edition, and links every record of every linked table again. */
static bool replace(struct import_run *run, struct import_units *units,
                    const struct geo_edition_info *before, struct err *err)
{
    struct geo_edition_info edition;
    struct earlier earlier = {.units = units, .kept = run->kept};
    struct geo_query query = {.field = "edicion", .equals = run->options->edition};
    if (!geo_store_each(run->store, run->table, &query, compare_earlier, &earlier, err))
        return false;
    if (earlier.failed)
        return err_no_memory(err);
    bool described = describe_edition(run, &edition, before);
    if (described && earlier.same == units->n && before->units == (int64_t)units->n) {
        for (size_t i = 0; i < units->n; i++)
            if (!import_keep(run, &units->all[i].outcome, err))
                return false;
        return true;
    }
    return geo_store_edition_remove(run->store, run->options->edition, err) &&
           geo_store_edition_put(run->store, &edition, err) && store_units(run, units, err) &&
           (run->options->link_later ||
            geo_link_all(run->store, run->options->edition, &run->summary->links, import_linked,
                         run, err));
}

bool import_boundaries(struct import_run *run, struct err *err)
{
    struct import_units units = {0};
    struct geo_edition_info before = {0};
    bool ok = read_before(run, &before, err) && read_units(run, &units, err);
    if (ok && !import_is_refused(run)) {
        ok = import_units_place(run, &units, err) && import_units_join(run, &units, err) &&
             import_units_complete(run, &units, err) &&
             import_units_check(run, &units, becomes_current(run, &before), err);
        import_progress(run, GEO_IMPORT_CHECKING, 1);
        ok = ok && replace(run, &units, &before, err);
    }
    free(units.all);
    return ok;
}
