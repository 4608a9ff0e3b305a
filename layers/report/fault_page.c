/* fault_page.c - writes the HTML page of what to correct after an import. */
#include "layers/report/fault_page.h"

#include <string.h>

#include "geo/base/embed.h"
#include "geo/base/number.h"
#include "layers/report/fault_page_internal.h"
#include "layers/report/fault_words.h"

EMBED(report_fault_css, "layers/report/templates/faltas.css");

enum { SHOWN_VALUES = 8, SHOWN_RUNS = 12 };

/* "«value»", as messages have it; NULL: memory. */
static char *quoted_value(struct arena *arena, const char *value)
{
    return arena_printf(arena, "«%s»", value);
}

/* The message, with the value highlighted where it stands in quotes. */
static bool put_message(struct buf *out, const char *message, const char *value,
                        struct arena *arena)
{
    const char *at = message, *found, *quoted = value ? quoted_value(arena, value) : NULL;
    if (value && !quoted)
        return false;
    for (; quoted && (found = strstr(at, quoted)); at = found + strlen(quoted)) {
        char *before = arena_strndup(arena, at, (size_t)(found - at));
        if (!before)
            return false;
        fault_page_put_text(out, before);
        fault_page_put_value(out, value);
    }
    fault_page_put_text(out, at);
    if (value && at == message) {
        buf_puts(out, "<span class=\"valores\">Valor: ");
        fault_page_put_value(out, value);
        buf_puts(out, "</span>");
    }
    return true;
}

/* Faults ------------------------------------------------------------------------------ */

static void put_where(struct buf *out, const struct fault_sheet *sheet,
                      const struct fault_entry *fault)
{
    char letters[FAULT_LETTERS];
    if (fault->column < 0 || (size_t)fault->column >= sheet->n_columns) {
        buf_puts(out, strcmp(sheet->place, "registro") == 0 ? "todo el " : "toda la ");
        fault_page_put_text(out, sheet->place);
        return;
    }
    fault_letters((size_t)fault->column, letters);
    if (strcmp(sheet->place, "registro") != 0) /* other files have no letters */
        buf_printf(out, "<b>%s</b>", letters);
    buf_puts(out, "<bdi>");
    fault_page_put_text(out, sheet->columns[fault->column]);
    buf_puts(out, "</bdi>");
}

static void put_rows(struct buf *out, const struct fault_sheet *sheet,
                     const struct fault_group *group)
{
    if (group->rows[0] == 0) {
        buf_puts(out, "toda la columna");
        return;
    }
    if (group->n_rows > 1) {
        buf_puts(out, "en ");
        number_put_short(out, (double)group->n_rows, 0);
        buf_putc(out, ' ');
    }
    fault_page_put_text(out, sheet->place);
    buf_puts(out, group->n_rows > 1 ? "s: " : " ");
    fault_put_rows(out, group->rows, group->n_rows, SHOWN_RUNS);
}

static void put_values(struct buf *out, const struct fault_group *group)
{
    buf_puts(out, "<span class=\"valores\">Valores: ");
    for (size_t v = 0; v < group->n_values && v < SHOWN_VALUES; v++) {
        buf_puts(out, v ? ", " : "");
        fault_page_put_value(out, group->values[v].value);
        if (group->values[v].n > 1)
            buf_printf(out, " (%zu veces)", group->values[v].n);
    }
    if (group->n_values > SHOWN_VALUES)
        buf_printf(out, " y %zu más", group->n_values - SHOWN_VALUES);
    buf_puts(out, "</span>");
}

/* In a row that has begun. */
static bool put_group(struct buf *out, const struct fault_sheet *sheet,
                      const struct fault_group *group, struct arena *arena)
{
    const struct fault_entry *first = group->first;
    const char *value = group->n_values == 1 ? group->values[0].value : NULL;
    buf_puts(out, "<td>");
    put_rows(out, sheet, group);
    buf_puts(out, "</td><td class=\"donde\">");
    put_where(out, sheet, first);
    buf_puts(out, "</td><td>");
    if (!put_message(out, fault_said(first, group->message), value, arena))
        return false;
    if (group->n_values > 1)
        put_values(out, group);
    if (fault_accepted(first)) {
        buf_puts(out, "<span class=\"acepta\">Se acepta: ");
        fault_page_put_text(out, fault_accepted(first));
        buf_puts(out, "</span>");
    }
    buf_puts(out, "</td></tr>\n");
    return true;
}

/* *left: how many faults the page may still have. */
static bool make_groups(const struct fault_sheet *sheet, bool warnings, size_t *left,
                        struct arena *arena, struct fault_groups *groups)
{
    size_t n = fault_count(sheet, warnings);
    *groups = (struct fault_groups){0};
    if (n > 0 && !fault_groups_make(sheet, warnings, *left, arena, groups))
        return false;
    *left -= n - groups->left_out;
    return true;
}

static bool put_faults(struct buf *out, const struct fault_sheet *sheet, size_t at, bool warnings,
                       const struct fault_groups *groups, struct arena *arena)
{
    if (groups->n == 0 && groups->left_out == 0)
        return true;
    buf_printf(out, "<h3>%s</h3>\n",
               warnings ? "Avisos: no impiden cargar, pero conviene mirarlos" : "Por corregir");
    if (groups->n > 0) {
        buf_printf(out,
                   "<table%s><thead><tr><th>Dónde</th><th>Columna</th><th>Qué pasa</th></tr>"
                   "</thead><tbody>\n",
                   warnings ? " class=\"aviso\"" : "");
        for (size_t g = 0; g < groups->n; g++) {
            buf_puts(out, "<tr id=\"");
            fault_page_put_id(out, at, warnings, g);
            buf_puts(out, "\">");
            if (!put_group(out, sheet, &groups->groups[g], arena))
                return false;
        }
        buf_puts(out, "</tbody></table>\n");
    }
    if (groups->left_out) {
        buf_puts(out, "<p class=\"mas\">Hay ");
        fault_put_count(out, (int64_t)groups->left_out, "más que no está aquí",
                        "más que no están aquí");
        buf_puts(out, ": resuelva estas primero.</p>\n");
    }
    return true;
}

/* A command, which breaks at blanks only: not "--skip-" from "invalid". */
static void put_code(struct buf *out, char *command)
{
    buf_puts(out, "<code>");
    for (char *word; (word = strsep(&command, " "));) {
        buf_puts(out, "<span>");
        fault_page_put_text(out, word);
        buf_puts(out, command ? "</span> " : "</span>");
    }
    buf_puts(out, "</code>");
}

/* A sentence of fault_words.h, which has texts of the source. */
static void put_sentence(struct buf *out, struct buf *words)
{
    bool code = false;
    out->failed = out->failed || buf_failed(words);
    for (char *rest = words->data, *part; (part = strsep(&rest, FAULT_CODE));
         code = rest && !code) {
        if (code)
            put_code(out, part);
        else
            fault_page_put_text(out, part);
    }
}

static void put_notes(struct buf *out, const char *const *notes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct buf note;
        buf_init(&note);
        fault_put_note(&note, notes[i]);
        buf_puts(out, "<p class=\"nota\">");
        put_sentence(out, &note);
        buf_puts(out, "</p>\n");
        buf_free(&note);
    }
}

static void put_title(struct buf *out, const struct fault_sheet *sheet, bool titled)
{
    if (!titled || !sheet->name[0]) {
        buf_puts(out, "<h2>Faltas y avisos</h2>\n");
        return;
    }
    buf_puts(out, "<h2>Hoja «<bdi>");
    fault_page_put_text(out, sheet->name);
    buf_puts(out, "</bdi>»</h2>\n");
}

/* What the page may still have. */
struct fault_page_left {
    size_t faults, places;
};

static bool put_sheet(struct buf *out, const struct fault_report *report, size_t at,
                      struct fault_page_left *left, struct arena *arena)
{
    const struct fault_sheet *sheet = &report->sheets[at];
    struct fault_groups errors, warnings;
    if (sheet->n_faults == 0 && sheet->n_notes == 0 && sheet->n_places == 0)
        return true;
    if (!make_groups(sheet, false, &left->faults, arena, &errors) ||
        !make_groups(sheet, true, &left->faults, arena, &warnings))
        return false;
    put_title(out, sheet, report->n_sheets > 1);
    put_notes(out, sheet->notes, sheet->n_notes);
    if (!put_faults(out, sheet, at, false, &errors, arena))
        return false;
    fault_page_put_places(out, report, &(struct fault_page_groups){at, &errors, &warnings},
                          &left->places);
    return put_faults(out, sheet, at, true, &warnings, arena);
}

/* The page ---------------------------------------------------------------------------- */

static void put_head(struct buf *out, const struct fault_report *report)
{
    buf_puts(out, "<!doctype html>\n<html lang=\"es\"><head><meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                  "style-src 'unsafe-inline'; img-src data:\">\n<title>");
    fault_page_put_text(out, report->source);
    buf_puts(out, ": qué corregir – SIGG</title>\n<style>\n");
    buf_puts(out, report_fault_css);
    buf_puts(out, "</style></head>\n<body><header><div><p>SIGG · Programa EMPODERAR · ");
    fault_page_put_text(out, report->layer_title);
    buf_puts(out, " · ");
    number_put_date(out, report->date);
    buf_puts(out, "</p><h1>Revisión de «<bdi>");
    fault_page_put_text(out, report->source);
    buf_puts(out, "</bdi>»</h1></div></header>\n<main>\n");
}

static void put_steps(struct buf *out, const struct fault_report *report)
{
    struct buf words;
    buf_init(&words);
    buf_puts(out, "<p class=\"resumen\">");
    fault_put_summary(&words, report);
    put_sentence(out, &words);
    buf_puts(out, "</p>\n<section class=\"hacer\"><h2>Qué hacer ahora</h2><ol>\n");
    for (size_t step = 0; buf_clear(&words), fault_put_step(&words, report, step); step++) {
        buf_puts(out, "<li>");
        put_sentence(out, &words);
        buf_puts(out, "</li>\n");
    }
    buf_puts(out, "</ol></section>\n");
    buf_free(&words);
}

/* An import that stops at a fault places no further record. */
static bool all_placed(const struct fault_report *report)
{
    return !report->stopped || report->dry_run;
}

static void put_counts(struct buf *out, const struct fault_report *report)
{
    const struct {
        const char *name;
        int64_t n;
        bool bad;
        bool stored;   /* what was, or would be */
        bool if_there; /* not shown as 0 */
    } counts[] = {
        {"leídos", report->read, false, false, false},
        {"nuevos", report->created, false, true, false},
        {"actualizados", report->updated, false, true, false},
        {"sin cambio", report->unchanged, false, true, false},
        {"rechazados", report->rejected, report->rejected > 0, false, false},
        {"con avisos", report->warned, false, false, false},
        {"con coordenada corregida", report->rescued, false, false, true},
        {"en otro municipio que el declarado", report->elsewhere, true, false, true},
        {"fuera de todo municipio", report->outside, true, false, true},
    };
    buf_puts(out, "<dl class=\"cifras\">");
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if ((counts[i].stored && report->stopped) ||
            (counts[i].if_there && (counts[i].n == 0 || !all_placed(report))))
            continue;
        buf_printf(out, "<div%s><dt>%s</dt><dd>", counts[i].bad ? " class=\"mal\"" : "",
                   counts[i].name);
        number_put_short(out, (double)counts[i].n, 0);
        buf_puts(out, "</dd></div>");
    }
    buf_puts(out, "</dl>\n");
}

static void put_command(struct buf *out, const struct fault_report *report, const char *before,
                        const char *words, const char *after)
{
    struct buf sentence;
    buf_init(&sentence);
    buf_printf(&sentence, "%s: " FAULT_CODE "sigg import %s%s ", before, words, report->layer);
    fault_put_word(&sentence, report->source);
    buf_printf(&sentence, "%s%s" FAULT_CODE, report->options ? report->options : "", after);
    buf_puts(out, "<p class=\"nota\">");
    put_sentence(out, &sentence);
    buf_puts(out, "</p>\n");
    buf_free(&sentence);
}

/* Where all points fall is seen on a map; of an import that was stopped, in a trial. */
static void put_how_to_see(struct buf *out, const struct fault_report *report)
{
    if (!report->linked)
        return;
    if (!all_placed(report))
        put_command(out, report, "En qué municipio cae cada punto se ve en un ensayo", "",
                    " --dry-run --report lugares.html");
    else if (report->rescued || report->elsewhere || report->outside)
        put_command(out, report, "Todos los puntos, también los que están bien, se ven en un mapa",
                    "--explain ", " -o mapa.png");
}

bool fault_page_write(const struct fault_report *report, struct buf *out, size_t *map_at,
                      struct err *err)
{
    struct arena *arena = arena_new();
    struct fault_page_left left = {FAULT_PAGE_MAX, FAULT_PAGE_PLACES};
    bool ok = arena != NULL;
    put_head(out, report);
    put_steps(out, report);
    put_counts(out, report);
    *map_at = out->len;
    put_how_to_see(out, report);
    put_notes(out, report->notes, report->n_notes);
    for (size_t s = 0; ok && s < report->n_sheets; s++)
        ok = put_sheet(out, report, s, &left, arena);
    buf_puts(out, "</main>\n<footer>Las filas son las del archivo tal como llegó; las letras, las "
                  "de sus columnas.</footer>\n</body></html>\n");
    arena_free(arena);
    return (ok && !buf_failed(out)) || err_no_memory(err);
}
