/* import.c - an import from opening the source to commit: `geo_import_run()`. */
#include "geo/import/import.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/parse.h"
#include "geo/base/text.h"
#include "geo/import/import_declared.h"
#include "geo/import/import_known.h"
#include "geo/import/import_located.h"
#include "geo/import/import_moves.h"
#include "geo/import/import_run.h"
#include "geo/place/crs.h"
#include "geo/store/store_undo.h"

/* Records --------------------------------------------------------------------- */

struct import_records {
    struct import_run *run;
    struct geo_record record; /* the one being read */
};

/* The record's key was read: a required field of it has a value. */
static bool has_key(const struct import_run *run)
{
    for (int k = 0; run->table->key[k]; k++) {
        int field = geo_table_field(run->table, run->table->key[k]);
        if (run->table->fields[field].flags & GEO_REQUIRED && run->values[field].kind == GEO_NULL)
            return false;
    }
    return true;
}

static bool read_one(void *arg, const struct geo_source_row *row, struct import_outcome *outcome,
                     struct err *err)
{
    struct import_records *records = arg;
    struct import_run *run = records->run;
    if (!import_read_record(run, row, &records->record, outcome, err) ||
        !import_check_record(run, &records->record, err) ||
        (has_key(run) && !import_check_key(run, &records->record, row->line, err)))
        return false;
    import_check_replaced(run, &records->record);
    return true;
}

/* Keeps where a point was stored, to explain the import. */
static void note_point(const struct geo_record *record, struct import_outcome *outcome)
{
    outcome->has_point = record->wkb_len == 21;
    if (outcome->has_point) {
        memcpy(&outcome->lon_deg, record->wkb + 5, sizeof outcome->lon_deg);
        memcpy(&outcome->lat_deg, record->wkb + 13, sizeof outcome->lat_deg);
    }
}

static bool store_one(void *arg, const struct geo_source_row *row, struct import_outcome *outcome,
                      struct err *err)
{
    struct import_records *records = arg;
    struct import_run *run = records->run;
    if (!import_store(run, &records->record, outcome, err))
        return err_wrap(err, "%s", import_place(run, run->at, row->line));
    note_point(&records->record, outcome);
    return import_moves_note(run, &records->record, outcome, err) &&
           import_located_note(run, &records->record, outcome, err) &&
           import_keep(run, outcome, err);
}

static bool import_records(struct import_run *run, struct err *err)
{
    struct import_records records = {.run = run};
    bool ok = true;
    for (size_t t = 0; ok && t < run->n_tables; t++) {
        ok = import_begin_table(run, &run->tables[t], err) &&
             import_each_row(run, read_one, store_one, &records, err);
        if (ok)
            import_tell_unused(run);
    }
    import_progress(run, GEO_IMPORT_CHECKING, 1);
    return ok;
}

/* The run --------------------------------------------------------------------- */

static bool check_options(const struct geo_import_options *options, struct err *err)
{
    const struct geo_table *table = geo_table_named(options->layer, err);
    if (!table)
        return false;
    bool municipios = strcmp(table->name, "municipios") == 0;
    if (municipios && (!options->edition || !options->edition[0]))
        return err_set(err, ERR_USAGE,
                       "municipios necesita --edition (por ejemplo --edition 2024)");
    if (municipios && strlen(options->edition) > 32)
        return err_set(err, ERR_USAGE, "--edition: a lo sumo 32 bytes");
    if (options->edition_title && strlen(options->edition_title) > 127)
        return err_set(err, ERR_USAGE, "--title: a lo sumo 127 bytes");
    if (!municipios && options->edition)
        return err_set(err, ERR_USAGE, "--edition solo vale para municipios");
    if (!municipios && options->keep_current)
        return err_set(err, ERR_USAGE, "--keep-current solo vale para municipios");
    if (options->data_date && !parse_date(options->data_date))
        return err_set(err, ERR_USAGE, "«%s» no es una fecha AAAA-MM-DD", options->data_date);
    return true;
}

static bool make_room(struct import_run *run, struct err *err)
{
    run->linker = geo_linker_open(run->store, err);
    run->row = arena_new();
    run->kept = arena_new();
    run->about = import_faults_new(run->kept);
    run->values = calloc(run->table->n_fields, sizeof *run->values);
    return (run->linker && run->row && run->kept && run->values) || err_no_memory(err);
}

/* Boundaries do not need an edition; water and urban areas are held against it if there is one. */
static bool open_declared(struct import_run *run, struct err *err)
{
    struct geo_edition_info edition;
    struct err none = {0};
    if (strcmp(run->table->name, "municipios") == 0)
        return true;
    if (run->table->bounds && !geo_store_edition(run->store, NULL, &edition, &none))
        return none.kind == ERR_NOT_FOUND || err_set(err, none.kind, "%s", none.message);
    run->declared = declared_open(run->store, run->linker, err);
    return run->declared != NULL;
}

static bool open_tools(struct import_run *run, struct err *err)
{
    run->geos = geo_geos_new(err);
    if (!run->geos)
        return false;
    if (!run->table->linked && !run->table->bounds)
        return true;
    run->rescue = geo_rescue_new(err);
    if (!run->rescue || !open_declared(run, err))
        return false;
    return !run->table->linked ||
           geo_verdicts_load(run->store, run->table->name, &run->verdicts, err);
}

static bool changed_anything(const struct geo_import_summary *summary)
{
    return summary->created + summary->updated > 0;
}

static bool touch(struct import_run *run, struct err *err)
{
    const struct geo_import_options *options = run->options;
    if (!changed_anything(run->summary))
        return true;
    return geo_store_touch(run->store, run->table->name, import_source_title(run),
                           options->simulated, options->data_date, err);
}

/* Stores the undo data of the import, with the layer's previous description. */
static bool record_undo(struct import_run *run, struct store_undo *undo,
                        const struct geo_layer_info *before, struct err *err)
{
    struct buf summary;
    buf_init(&summary);
    buf_puts(&summary, "{\"resumen\":");
    import_put_summary(run, &summary);
    buf_puts(&summary, ",\"antes\":{\"fuente\":");
    buf_put_json(&summary, before->source);
    buf_printf(&summary, ",\"simulada\":%s,\"fecha_datos\":", before->simulated ? "true" : "false");
    buf_put_json(&summary, before->data_date);
    buf_puts(&summary, "}}");
    bool ok = buf_failed(&summary) ? err_no_memory(err)
                                   : geo_undo_finish(undo, run->table->name, run->source_name.data,
                                                     summary.data, NULL, err);
    buf_free(&summary);
    return ok;
}

/* Reads the tables and stores their records, each kind of table in its way. */
static bool read_tables(struct import_run *run, struct err *err)
{
    if (strcmp(run->table->name, "municipios") == 0)
        return import_boundaries(run, err);
    if (strcmp(run->table->name, "hechos_municipio") == 0)
        return import_facts(run, err);
    return import_records(run, err);
}

enum { FIRST_FAULT_MAX = 600 }; /* bytes: other faults of the record may follow */

/* Records were refused, and not to be skipped: the first one is the error. */
static bool refuse_all(struct import_run *run, struct err *err)
{
    int64_t more = run->summary->rejected - 1;
    if (run->unsettled.kind != ERR_NONE)
        return err_set(err, ERR_INPUT, "%s", run->unsettled.message);
    *err = run->first;
    if (more > 0)
        err_set(err, ERR_INPUT, "%.*s; y %lld %s más con faltas",
                text_cut_words(run->first.message, FIRST_FAULT_MAX), run->first.message,
                (long long)more, more == 1 ? "registro" : "registros");
    return false;
}

static bool inside_transaction(struct import_run *run, const struct import_known *known,
                               struct err *err)
{
    const char *stopped =
        run->unsettled.kind == ERR_NONE ? "hay registros con faltas" : "hay columnas con faltas";
    const struct geo_import_options *options = run->options;
    struct geo_layer_info before;
    struct store_undo *undo = NULL;
    bool undoable = !options->in_transaction && !options->dry_run;
    bool ok = geo_store_layer(run->store, run->table->name, &before, err);
    run->over_simulated = ok && before.simulated;
    if (ok && undoable)
        ok = (undo = geo_undo_begin(run->store, err)) != NULL;
    ok = ok && open_tools(run, err) && read_tables(run, err);
    if (!ok && err->kind == ERR_INPUT && run->unsettled.kind != ERR_NONE)
        *err = run->unsettled;
    if (ok && run->summary->read == 0)
        import_note(run, NULL, "la fuente no tiene ningún registro: no hay nada que cargar");
    import_forget_keys(run); /* linking needs their memory */
    bool refused = ok && import_is_refused(run);
    if (refused && !options->dry_run) /* what was stored before the first fault goes */
        run->summary->created = run->summary->updated = run->summary->unchanged = 0;
    if (ok && (!refused || options->dry_run))
        ok = import_link(run, err) && import_moves_tell(run, err) && touch(run, err);
    ok = ok && import_write_report(run, refused ? stopped : NULL, err) &&
         import_give_faults(run, refused ? stopped : NULL, err) &&
         import_explain(run, refused ? stopped : NULL, err);
    run->reported = ok && refused;
    if (ok && undo && !refused && changed_anything(run->summary))
        ok = record_undo(run, undo, &before, err);
    geo_undo_free(undo);
    return ok && (refused ? refuse_all(run, err) : import_known_keep(run, known, err));
}

/* An import that fails is reported too, as far as it came. */
static void report_failure(struct import_run *run, const struct err *why)
{
    struct err unheard = {0};
    const char *stopped = why->message;
    if (run->reported)
        return;
    for (size_t t = 0; t < run->n_tables; t++)
        if (run->tables[t].about.errors)
            stopped = "hay columnas con faltas";
    run->failed = true;
    if (run->kept && run->row && why->kind != ERR_MEMORY &&
        import_write_report(run, stopped, &unheard) && import_give_faults(run, stopped, &unheard))
        import_explain(run, stopped, &unheard);
}

static void end(struct import_run *run)
{
    import_forget_keys(run);
    import_moves_free(run->moves);
    import_located_free(run->located);
    declared_close(run->declared);
    geo_linker_close(run->linker);
    geo_verdicts_free(&run->verdicts);
    geo_crs_free(run->crs);
    geo_rescue_free(run->rescue);
    geo_geos_free(run->geos);
    import_close_source(run);
    arena_free(run->row);
    arena_free(run->kept);
    free(run->values);
    free(run->outcomes);
    free(run->ids);
    free(run->changed);
    buf_free(&run->rejects);
    buf_free(&run->findings);
    buf_free(&run->source_name);
}

static bool write_to_disk(struct import_run *run, struct err *err)
{
    import_progress(run, GEO_IMPORT_WRITING, 0);
    bool ok = geo_store_commit(run->store, err);
    if (ok)
        import_progress(run, GEO_IMPORT_WRITING, 1);
    return ok;
}

bool geo_import_run(struct geo_store *store, const struct geo_import_options *options,
                    struct geo_import_summary *summary, struct err *err)
{
    *summary = (struct geo_import_summary){0};
    if (!check_options(options, err))
        return false;
    struct import_run run = {
        .store = store,
        .options = options,
        .table = geo_table_find(options->layer),
        .summary = summary,
    };
    date_today(run.today);
    bool began = false, found = false;
    struct import_known known;
    bool ok = import_name_source(&run, err);
    if (ok) {
        import_known_look(&run, &known);
        ok = import_known_find(&run, &known, &found, err);
    }
    if (!ok || found) {
        end(&run);
        return ok || err_wrap(err, "%s", options->source);
    }
    ok = make_room(&run, err) && import_open_source(&run, err); /* before the database is locked */
    if (ok && !options->in_transaction)
        ok = began = geo_store_begin(store, err);
    ok = ok && inside_transaction(&run, &known, err) && import_write_rejects(&run, err);
    if (ok && options->before_commit)
        options->before_commit();
    if (began && ok && !options->dry_run)
        ok = write_to_disk(&run, err);
    else if (began)
        geo_store_rollback(store);
    if (!ok)
        report_failure(&run, err);
    end(&run);
    return ok || err_wrap(err, "%s", options->source);
}
