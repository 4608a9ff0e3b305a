/* import_report.c - writes the report of an import as text and JSON, and the rejects. */
#include <stdio.h>
#include <string.h>

#include "geo/base/folder.h"
#include "geo/base/json.h"
#include "geo/import/import_declared.h"
#include "geo/import/import_run.h"
#include "geo/store/results.h"

static const char *const action_names[] = {
    [IMPORT_NEW] = "nuevo",
    [IMPORT_UPDATED] = "actualizado",
    [IMPORT_UNCHANGED] = "sin_cambio",
    [IMPORT_REJECTED] = "rechazado",
};

/* "a, b y 3 más (--report F.html las dice todas)" */
static void put_unused(const struct geo_import_summary *summary, struct buf *out)
{
    buf_puts(out, summary->unused);
    if (summary->unused_more)
        buf_printf(out, "%s%lld más (--report F.html las dice todas)",
                   summary->unused[0] ? " y " : "", (long long)summary->unused_more);
}

void import_put_summary(const struct import_run *run, struct buf *out)
{
    struct buf unused;
    buf_init(&unused);
    const struct geo_import_options *options = run->options;
    const struct geo_import_summary *summary = run->summary;
    const struct {
        const char *name;
        int64_t value;
    } counts[] = {
        {"leidos", summary->read},          {"nuevos", summary->created},
        {"actualizados", summary->updated}, {"sin_cambio", summary->unchanged},
        {"rechazados", summary->rejected},  {"reparados", summary->repaired},
        {"rescatados", summary->rescued},   {"datum_incierto", summary->datum_uncertain},
        {"con_avisos", summary->warned},    {"reparados_mas_de_1_pct", summary->repaired_much},
    };
    buf_puts(out, "{\"capa\":");
    buf_put_json(out, options->layer);
    buf_puts(out, ",\"fuente\":");
    buf_put_json(out, run->source_name.data);
    if (options->edition) {
        buf_puts(out, ",\"edicion\":");
        buf_put_json(out, options->edition);
        buf_printf(out, ",\"huecos\":%lld,\"huecos_m2\":", (long long)summary->units_gaps);
        buf_put_fixed(out, summary->gaps_m2, 1);
    }
    buf_printf(out, ",\"ensayo\":%s", options->dry_run ? "true" : "false");
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        buf_printf(out, ",\"%s\":%lld", counts[i].name, (long long)counts[i].value);
    buf_puts(out, ",\"rescates\":{");
    for (size_t i = 0; summary->rescues[i].records; i++)
        buf_printf(out, "%s\"%s\":%lld", i ? "," : "", summary->rescues[i].how,
                   (long long)summary->rescues[i].records);
    buf_puts(out, "},\"columnas_sin_usar\":");
    put_unused(summary, &unused);
    buf_put_json(out, unused.data ? unused.data : "");
    buf_free(&unused);
    buf_puts(out, ",\"vinculos\":{");
    for (int state = 0; state < GEO_LINK_STATES; state++)
        buf_printf(out, "%s\"%s\":%lld", state ? "," : "", geo_link_state_name(state),
                   (long long)summary->links.by_state[state]);
    buf_puts(out, "}}");
}

static void put_line(struct buf *out, const char *name, int64_t value)
{
    buf_printf(out, "%s: %lld\n", name, (long long)value);
}

void geo_import_describe(const struct geo_import_options *options,
                         const struct geo_import_summary *summary, struct buf *out)
{
    if (summary->known[0]) {
        buf_puts(out, summary->known);
        buf_printf(out,
                   "la fuente es la que se cargó el %.10s a las %.5s UTC, y desde entonces nada "
                   "cambió: no "
                   "se leyó otra vez\n",
                   summary->known_date, summary->known_date + 11);
        return;
    }
    put_line(out, "leídos", summary->read);
    put_line(out, "nuevos", summary->created);
    put_line(out, "actualizados", summary->updated);
    put_line(out, "sin cambio", summary->unchanged);
    put_line(out, "rechazados", summary->rejected);
    put_line(out, "reparados", summary->repaired);
    if (summary->repaired_much)
        put_line(out, "  con más de 1 % de cambio de superficie", summary->repaired_much);
    put_line(out, "rescatados", summary->rescued);
    for (size_t i = 0; summary->rescues[i].records; i++)
        buf_printf(out, "  %s: %lld\n", summary->rescues[i].how,
                   (long long)summary->rescues[i].records);
    if (summary->datum_uncertain)
        put_line(out, "con datum incierto", summary->datum_uncertain);
    if (summary->warned)
        put_line(out, "con avisos", summary->warned);
    if (strcmp(options->layer, "municipios") == 0) {
        buf_printf(out, "huecos entre municipios: %lld", (long long)summary->units_gaps);
        if (summary->units_gaps) {
            buf_puts(out, " (");
            buf_put_fixed(out, summary->gaps_m2 / 1e4, 2);
            buf_puts(out, " ha)");
        }
        buf_putc(out, '\n');
    }
    if (summary->links.records)
        put_line(out, "vinculados", summary->links.records);
    for (int state = 0; state < GEO_LINK_STATES; state++)
        if (summary->links.by_state[state])
            buf_printf(out, "  %s: %lld\n", geo_link_state_name(state),
                       (long long)summary->links.by_state[state]);
    if (summary->unused[0] || summary->unused_more) {
        buf_puts(out, "columnas sin usar: ");
        put_unused(summary, out);
        buf_putc(out, '\n');
    }
    if (options->dry_run)
        buf_puts(out, "ensayo (--dry-run): no se escribió nada\n");
}

/* The report ---------------------------------------------------------------------- */

static void put_text(struct buf *out, const char *name, const char *text)
{
    if (!text)
        return;
    buf_printf(out, ",\"%s\":", name);
    buf_put_json(out, text);
}

/* The main link comes first. */
static bool put_link(void *arg, const struct geo_link_row *row)
{
    struct buf *out = arg;
    put_text(out, "vinculo", row->estado);
    put_text(out, "metodo", row->metodo);
    put_text(out, "municipio", row->municipio);
    if (row->distancia_m > 0) {
        buf_puts(out, ",\"distancia_m\":");
        buf_put_fixed(out, row->distancia_m, 1);
    }
    return false;
}

/* NULL where there are none. */
static const char *texts_of(struct import_run *run, const struct import_outcome *outcome,
                            bool warnings)
{
    bool any = warnings ? outcome->n_faults > outcome->n_errors : outcome->n_errors > 0;
    return any ? import_faults_text(run, outcome, warnings) : NULL;
}

static bool put_faults(struct import_run *run, struct buf *out,
                       const struct import_outcome *outcome)
{
    const struct geo_source_table *source = outcome->table->source;
    const struct fault_sheet sheet = {.columns = source->columns, .n_columns = source->n_columns};
    struct fault_entry *entries = arena_array(run->row, outcome->n_faults, sizeof *entries);
    for (size_t i = 0; entries && i < outcome->n_faults; i++)
        entries[i] = import_fault_entry(run, outcome->table, outcome->line, &outcome->faults[i]);
    if (entries)
        fault_put_json(out, &sheet, entries, outcome->n_faults);
    return entries != NULL;
}

/* The notes of a table, or of the source (NULL). */
static bool put_notes(struct import_run *run, struct buf *out, const struct import_table *table)
{
    size_t n;
    const char **notes = import_notes_of(run, table, &n);
    json_key(out, "notas");
    buf_putc(out, '[');
    for (size_t i = 0; notes && i < n; i++) {
        json_next(out);
        buf_put_json(out, notes[i]);
    }
    buf_putc(out, ']');
    return notes != NULL;
}

/* What was said of the tables that are read, and of their columns. */
static bool put_tables(struct import_run *run, struct buf *out)
{
    json_key(out, "tablas");
    buf_putc(out, '[');
    for (size_t t = 0; t < run->n_tables; t++) {
        const struct import_table *table = &run->tables[t];
        const struct geo_source_table *source = table->source;
        const struct fault_sheet sheet = {.columns = source->columns,
                                          .n_columns = source->n_columns};
        struct fault_entry *entries = arena_array(run->kept, table->about.n, sizeof *entries);
        size_t n = 0;
        if (!entries)
            return false;
        for (size_t i = 0; i < table->about.n; i++)
            if (table->about.items[i].column >= 0)
                entries[n++] = import_fault_entry(run, table, 0, &table->about.items[i]);
        json_next(out);
        buf_putc(out, '{');
        json_text(out, "nombre", source->name);
        json_int(out, "leidos", table->read);
        json_int(out, "rechazados", table->rejected);
        if (!put_notes(run, out, table))
            return false;
        fault_put_json(out, &sheet, entries, n);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
    return true;
}

/* stopped: nothing is stored. */
static bool put_record(struct import_run *run, struct buf *out, bool stopped,
                       const struct import_outcome *outcome, struct geo_link_book *links,
                       struct err *err)
{
    arena_reset(run->row);
    buf_printf(out, "{\"linea\":%lld", (long long)outcome->line);
    if (run->n_tables > 1)
        put_text(out, "tabla", outcome->table->source->name);
    buf_puts(out, ",\"codigo\":");
    if (outcome->codigo)
        buf_put_json(out, outcome->codigo);
    else
        buf_puts(out, "null");
    bool lost = stopped && !run->options->dry_run && outcome->action != IMPORT_REJECTED;
    put_text(out, "accion", lost ? "no_cargado" : action_names[outcome->action]);
    put_text(out, "motivo", texts_of(run, outcome, false));
    if (outcome->n_faults && !put_faults(run, out, outcome))
        return err_no_memory(err);
    if (outcome->repair) {
        buf_puts(out, ",\"reparacion\":{\"motivo\":");
        buf_put_json(out, outcome->repair);
        buf_puts(out, ",\"area_antes_m2\":");
        buf_put_fixed(out, outcome->before_m2, 1);
        buf_puts(out, ",\"area_despues_m2\":");
        buf_put_fixed(out, outcome->after_m2, 1);
        buf_putc(out, '}');
    }
    put_text(out, "rescate", outcome->rescue);
    put_text(out, "crs", outcome->crs);
    if (outcome->datum_uncertain)
        buf_puts(out, ",\"datum_incierto\":true");
    put_text(out, "avisos", texts_of(run, outcome, true));
    if (outcome->id && links && !geo_link_book_read(links, outcome->id, put_link, out, err))
        return false;
    buf_putc(out, '}');
    return true;
}

bool import_write_report(struct import_run *run, const char *stopped, struct err *err)
{
    struct buf *out = run->options->report;
    struct geo_link_book *links = NULL;
    bool ok = true;
    if (!out)
        return true;
    buf_clear(out);
    if (run->table->linked && !run->options->link_later && run->declared && !run->failed) {
        links = geo_link_book_open(run->store, run->table->name,
                                   geo_edition_codigo(declared_edition(run->declared)), err);
        if (!links)
            return false;
    }
    buf_puts(out, "{\"resumen\":");
    import_put_summary(run, out);
    put_text(out, "detenida", stopped);
    buf_printf(out, ",\n\"hallazgos\":[%s]", run->findings.data ? run->findings.data : "");
    ok = (put_notes(run, out, NULL) && put_tables(run, out)) || err_no_memory(err);
    buf_puts(out, ",\n\"registros\":[");
    for (size_t i = 0; ok && i < run->n_outcomes; i++) {
        buf_puts(out, i ? ",\n" : "\n");
        ok = put_record(run, out, stopped != NULL, &run->outcomes[i], links, err);
    }
    buf_puts(out, "\n]}\n");
    geo_link_book_close(links);
    return ok && (!buf_failed(out) || err_no_memory(err));
}

bool import_write_rejects(struct import_run *run, struct err *err)
{
    const char *path = run->options->rejects_path;
    if (!path)
        return true;
    if (buf_failed(&run->rejects))
        return err_no_memory(err);
    return folder_write(path, run->rejects.data, run->rejects.len, err);
}
