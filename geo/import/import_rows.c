/* import_rows.c - reads the rows of the source; keeps and counts what became of each. */
#include <stdio.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/cell.h"
#include "geo/import/import_run.h"

void import_progress(struct import_run *run, double done)
{
    if (run->options->progress)
        run->options->progress(run->options->progress_arg, done);
}

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
    buf_printf(&sentence, "%s (%s): %s", import_place(run, outcome->table, outcome->line),
               outcome->codigo ? outcome->codigo : "sin código", outcome->warnings);
    if (!buf_failed(&sentence))
        run->options->warning(run->options->warning_arg, sentence.data);
    buf_free(&sentence);
}

bool import_keep(struct import_run *run, const struct import_outcome *outcome, struct err *err)
{
    struct geo_import_summary *summary = run->summary;
    if (!array_reserve(run->outcomes, run->cap, run->n_outcomes + 1))
        return err_no_memory(err);
    run->outcomes[run->n_outcomes++] = *outcome;
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
    summary->datum_uncertain += outcome->datum_uncertain;
    summary->warned += outcome->warnings != NULL;
    if (outcome->rescue)
        count_rescue(summary, outcome->rescue);
    if (outcome->warnings)
        tell_warning(run, outcome);
    return true;
}

static void put_reject(struct import_run *run, const struct geo_source_row *row,
                       const struct import_outcome *outcome)
{
    const struct import_table *table = run->at;
    const char **values = arena_array(run->row, run->n_rejects_heads, sizeof *values);
    for (size_t c = 0; values && row->cells && c < table->source->n_columns; c++)
        values[table->rejects_column[c]] = row->cells[c].text;
    for (size_t c = 0; c < run->n_rejects_heads; c++) {
        cell_put_csv(&run->rejects, values && values[c] ? values[c] : "");
        buf_putc(&run->rejects, ',');
    }
    run->rejects.failed = run->rejects.failed || !values;
    cell_put_csv(&run->rejects, outcome->reason);
    buf_printf(&run->rejects, ",%lld\n", (long long)outcome->line);
}

bool import_reject(struct import_run *run, const struct geo_source_row *row,
                   struct import_outcome *outcome, struct err *err)
{
    if (err->kind != ERR_INPUT)
        return err_wrap(err, "%s", import_place(run, run->at, row->line));
    if (!run->options->skip_invalid) {
        err_wrap(err, "%s", import_place(run, run->at, row->line));
        return false;
    }
    outcome->action = IMPORT_REJECTED;
    outcome->reason = arena_strdup(run->kept, err->message);
    if (!outcome->reason)
        return err_no_memory(err);
    *err = (struct err){0};
    put_reject(run, row, outcome);
    return import_keep(run, outcome, err);
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

bool import_each_row(struct import_run *run, import_row_fn *read, import_row_fn *keep, void *arg,
                     struct err *err)
{
    for (;;) {
        struct geo_source_row row;
        struct err bad = {0};
        bool more;
        arena_reset(run->row);
        bool ok = geo_source_next(run->source, &row, &more, &bad);
        if (!more) {
            if (!ok)
                *err = bad;
            return ok;
        }
        struct import_outcome outcome = {.table = run->at, .line = row.line};
        run->summary->read++;
        run->at->read++;
        import_note_unused(run, &row);
        if (ok && read(arg, &row, &outcome, &bad)) {
            if (!keep(arg, &row, &outcome, err))
                return false;
        } else if (!import_reject(run, &row, &outcome, &bad)) {
            *err = bad;
            return false;
        }
    }
}
