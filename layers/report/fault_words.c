/* fault_words.c - the sentences of the page and the workbook of corrections. */
#include "layers/report/fault_words.h"

#include <string.h>

#include "geo/base/number.h"
#include "geo/fields/form_sheets.h"

void fault_put_count(struct buf *out, int64_t n, const char *one, const char *many)
{
    number_put_short(out, (double)n, 0);
    buf_printf(out, " %s", n == 1 ? one : many);
}

/* "familias: «doce» no es…", "comprometido_bs: …" of the field comprometido_cts. */
const char *fault_said(const struct fault_entry *fault, const char *message)
{
    static const char *const units[] = {"", "_bs", "_cts"};
    size_t len = fault->field ? strlen(fault->field) : 0;
    if (!len || fault->column < 0)
        return message;
    len -= len > 4 && strcmp(fault->field + len - 4, "_cts") == 0 ? 4 : 0;
    if (strncmp(message, fault->field, len) != 0)
        return message;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t n = strlen(units[i]);
        if (strncmp(message + len, units[i], n) == 0 && strncmp(message + len + n, ": ", 2) == 0)
            return message + len + n + 2;
    }
    return message;
}

const char *fault_accepted(const struct fault_entry *fault)
{
    return fault->accepted && !strstr(fault->message, fault->accepted) ? fault->accepted : NULL;
}

void fault_put_note(struct buf *out, const char *note)
{
    if (note[0] >= 'a' && note[0] <= 'z') {
        buf_putc(out, (char)(note[0] - 'a' + 'A'));
        note++;
    }
    buf_puts(out, note);
}

static bool has_errors(const struct fault_report *report)
{
    for (size_t s = 0; s < report->n_sheets; s++)
        if (fault_count(&report->sheets[s], false) > 0)
            return true;
    return report->rejected > 0 || report->stopped;
}

static bool has_warnings(const struct fault_report *report)
{
    for (size_t s = 0; s < report->n_sheets; s++)
        if (fault_count(&report->sheets[s], true) > 0)
            return true;
    return report->warned > 0;
}

static bool has_places(const struct fault_report *report)
{
    for (size_t s = 0; s < report->n_sheets; s++)
        if (report->sheets[s].n_places > 0)
            return true;
    return false;
}

/* Nothing has to be corrected. */
static void put_no_errors(struct buf *out, const struct fault_report *report)
{
    bool warnings = has_warnings(report), places = has_places(report);
    if (!warnings && !places) {
        buf_puts(out, "Nada: no hay faltas.");
        return;
    }
    buf_printf(out, "No hay nada que corregir por fuerza: %s%s%s, y corrija lo que no sea así.",
               warnings ? "lea los avisos" : "", warnings && places ? " y " : "",
               places ? "mire los lugares por revisar" : "");
}

void fault_put_summary(struct buf *out, const struct fault_report *report)
{
    int64_t taken = report->created + report->updated + report->unchanged;
    if (report->dry_run)
        buf_puts(out, "Ensayo, no se escribió nada. ");
    if (report->stopped) {
        buf_puts(out, "No se cargó ningún registro: ");
        buf_puts(out, report->stopped);
        buf_putc(out, '.');
        return;
    }
    buf_puts(out, report->read == 1 ? "Se leyó " : "Se leyeron ");
    fault_put_count(out, report->read, "registro", "registros");
    if (report->rejected == 0) {
        buf_puts(out, report->dry_run ? " y todos entrarían." : " y todos entraron.");
        return;
    }
    buf_puts(out, ": ");
    number_put_short(out, (double)taken, 0);
    buf_puts(out, report->dry_run ? (taken == 1 ? " entraría y " : " entrarían y ")
                                  : (taken == 1 ? " entró y " : " entraron y "));
    number_put_short(out, (double)report->rejected, 0);
    buf_puts(out, " no.");
}

/* Rows with faults that the workbook does not have: too many, or with a geometry that no cell
 * holds. */
static int64_t count_left_out(const struct fault_report *report)
{
    int64_t left_out = 0;
    for (size_t s = 0; s < report->n_sheets; s++)
        if (report->sheets[s].rejected > (int64_t)report->sheets[s].n_rows)
            left_out += report->sheets[s].rejected - (int64_t)report->sheets[s].n_rows;
    return left_out;
}

static void put_left_out(struct buf *out, const struct fault_report *report)
{
    int64_t n = count_left_out(report);
    if (n == 0)
        return;
    buf_putc(out, ' ');
    fault_put_count(out, n, "fila con faltas no cabe en él: corríjala en «",
                    "filas con faltas no caben en él: corríjalas en «");
    buf_printf(out, "%s».", report->source);
}

/* A command between marks, for those who show it as one. */
static void put_command(struct buf *out, const char *layer, const char *source, const char *options,
                        const char *more)
{
    buf_printf(out, ": " FAULT_CODE "sigg import %s ", layer);
    fault_put_word(out, source);
    buf_puts(out, options ? options : "");
    buf_printf(out, "%s" FAULT_CODE " ", more);
}

/* Some fault is of a whole column. */
static bool has_columns(const struct fault_report *report)
{
    for (size_t s = 0; s < report->n_sheets; s++)
        for (size_t f = 0; f < report->sheets[s].n_faults; f++)
            if (report->sheets[s].faults[f].row == 0 && !report->sheets[s].faults[f].warning)
                return true;
    return false;
}

/* No row has a fault: an option of the import may be the answer. */
static bool only_columns(const struct fault_report *report)
{
    for (size_t s = 0; s < report->n_sheets; s++)
        for (size_t f = 0; f < report->sheets[s].n_faults; f++)
            if (report->sheets[s].faults[f].row > 0 && !report->sheets[s].faults[f].warning)
                return false;
    return true;
}

/* While nothing is stored, the rows without faults are only in the source. */
static void put_sending(struct buf *out, const struct fault_report *report)
{
    bool both = report->book && (report->stopped || report->dry_run);
    const char *layer = report->layer;
    if (both) {
        buf_puts(out, "Devuelva los dos archivos a quien se los envió. O cárguelos: primero el "
                      "original, sin las filas con faltas");
        put_command(out, layer, report->source, report->options, " --skip-invalid");
        buf_puts(out, "y después las filas corregidas");
    } else
        buf_puts(out, "Devuelva el archivo a quien se lo envió, o cárguelo");
    put_command(out, layer, report->book ? report->book : report->source,
                report->book ? report->book_options : report->options, "");
}

bool fault_put_step(struct buf *out, const struct fault_report *report, size_t step)
{
    if (!has_errors(report)) {
        if (step == 0)
            put_no_errors(out, report);
        return step == 0;
    }
    switch (step) {
    case 0:
        if (report->book) {
            buf_printf(out,
                       "Abra «%s»: tiene solo las filas por corregir. Las celdas en rojo tienen "
                       "una falta, y su comentario dice qué se acepta.",
                       report->book);
            put_left_out(out, report);
            if (has_columns(report))
                buf_printf(
                    out,
                    " Además hay faltas de columnas enteras: cambie en «%s» y en «%s» lo que "
                    "dice esta página, o cargue los dos con la opción que ella da (--map, "
                    "--ignore, --decimal).",
                    report->source, report->book);
        } else
            buf_printf(out,
                       only_columns(report)
                           ? "Las faltas son de columnas enteras. Abra «%s» y cambie lo que dice "
                             "esta página, o cargue el archivo con la opción que ella da (--map, "
                             "--ignore, --decimal): entonces no hace falta cambiarlo."
                           : "Abra «%s» y corrija lo que dice esta página.",
                       report->source);
        return true;
    case 1:
        if (!report->book)
            buf_puts(out, "Guarde el archivo con el mismo formato.");
        else
            buf_printf(out, "Corrija esas celdas y guarde el libro. No cambie %sla columna «%s».",
                       has_columns(report) ? "" : "los encabezados ni ", FORM_COLUMN_ROW);
        return true;
    case 2:
        put_sending(out, report);
        return true;
    case 3:
        buf_puts(out, report->stopped || report->dry_run
                          ? "Hasta entonces no hay nada cargado de este archivo."
                          : "Las filas sin faltas ya están cargadas: no hace falta enviarlas de "
                            "nuevo.");
        return true;
    }
    return false;
}
