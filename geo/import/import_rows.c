/* import_rows.c - reads the rows of the source; keeps and counts what became of each. */
#include <stdio.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/budget.h"
#include "geo/base/cell.h"
#include "geo/import/import_row_kinds.h"

/* Outcomes ------------------------------------------------------------------- */

static void count_rescue(struct geo_import_summary *summary, const char *how)
{
    summary->rescued++;
    for (size_t i = 0; i + 1 < GEO_IMPORT_RESCUES; i++) {
        if (summary->rescues[i].records == 0)
            snprintf(summary->rescues[i].how, sizeof summary->rescues[i].how, "%s", how);
        if (strcmp(summary->rescues[i].how, how) == 0) {
            summary->rescues[i].records++;
            return;
        }
    }
}

static void tell_warning(struct import_run *run, const struct import_outcome *outcome)
{
    if (!run->options->warning)
        return;
    struct buf sentence;
    buf_init(&sentence);
    const char *text = import_faults_text(run, outcome, true);
    buf_printf(&sentence, "%s (%s): %s", import_place(run, outcome->table, outcome->line),
               outcome->codigo ? outcome->codigo : "sin código", text ? text : "");
    if (!buf_failed(&sentence))
        run->options->warning(run->options->warning_arg, sentence.data);
    buf_free(&sentence);
}

bool import_keep_texts(struct import_run *run, struct import_outcome *outcome, struct err *err)
{
    const char **texts[] = {&outcome->codigo, &outcome->repair, &outcome->rescue, &outcome->crs};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (*texts[i] && !(*texts[i] = arena_strdup(run->kept, *texts[i])))
            return err_no_memory(err);
    return true;
}

static bool keep_id(struct import_run *run, const struct import_outcome *outcome)
{
    if (!array_reserve(run->ids, run->cap_ids, run->n_ids + 1))
        return false;
    run->ids[run->n_ids++] = outcome->id;
    if (outcome->action == IMPORT_UNCHANGED)
        return true;
    if (!array_reserve(run->changed, run->cap_changed, run->n_changed + 1))
        return false;
    run->changed[run->n_changed++] = outcome->id;
    return true;
}

static bool keep_outcome(struct import_run *run, const struct import_outcome *outcome,
                         struct err *err)
{
    bool rejected = outcome->action == IMPORT_REJECTED;
    if (!rejected && !keep_id(run, outcome))
        return err_no_memory(err);
    if (!rejected && !outcome->n_faults && !run->options->report && !run->options->explained)
        return true;
    if (!array_reserve(run->outcomes, run->cap, run->n_outcomes + 1))
        return err_no_memory(err);
    run->outcomes[run->n_outcomes] = *outcome;
    return import_keep_texts(run, &run->outcomes[run->n_outcomes++], err);
}

bool import_keep(struct import_run *run, const struct import_outcome *outcome, struct err *err)
{
    struct geo_import_summary *summary = run->summary;
    if (!keep_outcome(run, outcome, err))
        return false;
    switch (outcome->action) {
    case IMPORT_NEW:
        summary->created++;
        break;
    case IMPORT_UPDATED:
        summary->updated++;
        break;
    case IMPORT_UNCHANGED:
        summary->unchanged++;
        break;
    case IMPORT_REJECTED:
        summary->rejected++;
        return true;
    }
    summary->repaired += outcome->repair != NULL;
    summary->repaired_much += import_repair_is_large(outcome);
    summary->datum_uncertain += outcome->datum_uncertain;
    summary->warned += outcome->n_faults > 0;
    if (outcome->rescue)
        count_rescue(summary, outcome->rescue);
    if (outcome->n_faults)
        tell_warning(run, outcome);
    return true;
}

static void put_reject(struct import_run *run, const struct geo_source_row *row, const char *reason,
                       const struct import_outcome *outcome)
{
    const struct import_table *table = run->at;
    const char **values = arena_array(run->row, run->n_rejects_heads, sizeof *values);
    for (size_t c = 0; values && row->cells && c < table->source->n_columns; c++)
        if (!import_is_repeated(outcome->faults, outcome->n_faults, c))
            values[table->rejects_column[c]] = row->cells[c].text;
    for (size_t c = 0; c < run->n_rejects_heads; c++) {
        cell_put_csv(&run->rejects, values && values[c] ? values[c] : "");
        buf_putc(&run->rejects, ',');
    }
    run->rejects.failed = run->rejects.failed || !values;
    cell_put_csv(&run->rejects, reason);
    buf_printf(&run->rejects, ",%lld\n", (long long)outcome->line);
}

/* "fila 3: …": the first one becomes the error of an import that is stopped. */
static bool tell_refusal(struct import_run *run, const struct import_outcome *outcome,
                         const char *reason, struct err *err)
{
    const struct geo_import_options *options = run->options;
    const char *place = import_place(run, outcome->table, outcome->line);
    if (run->first.kind == ERR_NONE)
        err_set(&run->first, ERR_INPUT, "%s: %s", place, reason);
    if (!options->refusal || options->skip_invalid)
        return true;
    const char *sentence = arena_printf(run->row, "%s: %s", place, reason);
    if (!sentence)
        return err_no_memory(err);
    options->refusal(options->refusal_arg, sentence);
    return true;
}

static bool reject(struct import_run *run, const struct geo_source_row *row,
                   struct import_outcome *outcome, struct err *err)
{
    const char *reason = import_faults_text(run, outcome, false);
    if (!reason)
        return err_no_memory(err);
    outcome->action = IMPORT_REJECTED;
    run->at->rejected++;
    put_reject(run, row, reason, outcome);
    return tell_refusal(run, outcome, reason, err) && import_keep(run, outcome, err);
}

/* Rows ---------------------------------------------------------------------- */

bool import_store(struct import_run *run, const struct geo_record *record,
                  struct import_outcome *outcome, struct err *err)
{
    static const enum import_action actions[] = {
        [GEO_PUT_NEW] = IMPORT_NEW,
        [GEO_PUT_UPDATED] = IMPORT_UPDATED,
        [GEO_PUT_UNCHANGED] = IMPORT_UNCHANGED,
    };
    enum geo_put what;
    if (!geo_store_put(run->store, run->table, record, &what, &outcome->id, err))
        return false;
    outcome->action = actions[what];
    return true;
}

/* Nothing more is stored: a record was refused, and the import will be stopped. */
static bool is_stopped(const struct import_run *run)
{
    return import_is_refused(run) && !run->options->dry_run;
}

/* One row: `bad` is what the source says of its geometry. */
static bool take_row(struct import_run *run, const struct geo_source_row *row, bool ok,
                     const struct err *bad, import_row_fn *read, import_row_fn *keep, void *arg,
                     struct err *err)
{
    struct import_outcome outcome = {.table = run->at, .line = row->line};
    struct err said = {0};
    if (ok && (import_is_only_numbered(run, row) || import_repeats_header(run, row)))
        return true;
    run->faults = import_faults_new(run->row);
    run->cells = row->cells;
    run->misplaced = !ok;
    run->summary->read++;
    run->at->read++;
    import_note_unused(run, row);
    if (!import_go_on(run, NULL, ok, bad, err) ||
        (!import_refuse_below_header(run, row) &&
         !import_go_on(run, NULL, read(arg, row, &outcome, &said), &said, err)))
        return err_wrap(err, "%s", import_place(run, run->at, row->line));
    import_drop_unsettled(run);
    if (!import_keep_faults(run, row, &outcome, err))
        return false;
    if (outcome.n_errors)
        return reject(run, row, &outcome, err);
    if (!is_stopped(run))
        return keep(arg, row, &outcome, err);
    outcome.action = IMPORT_UNCHANGED; /* it is not stored, and the reports have its warnings */
    return import_keep(run, &outcome, err);
}

static void tell_checked(struct import_run *run)
{
    int64_t read = run->summary->read;
    if (read % 64 == 0 && read < run->count)
        import_progress(run, GEO_IMPORT_CHECKING, (double)read / (double)run->count);
}

bool import_each_row(struct import_run *run, import_row_fn *read, import_row_fn *keep, void *arg,
                     struct err *err)
{
    for (;;) {
        struct geo_source_row row;
        struct err bad = {0};
        bool more;
        arena_reset(run->row);
        if (!budget_left(geo_store_budget(run->store), err))
            return false;
        bool ok = geo_source_next(run->source, &row, &more, &bad);
        if (!more) {
            if (!ok)
                *err = bad;
            import_tell_numbered(run);
            import_tell_repeated(run);
            import_zeros_tell(run);
            return ok;
        }
        ok = take_row(run, &row, ok, &bad, read, keep, arg, err);
        run->cells = NULL;
        if (!ok)
            return false;
        tell_checked(run);
    }
}
