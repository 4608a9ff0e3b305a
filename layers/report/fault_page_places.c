/* fault_page_places.c - writes the places to look at on the page of corrections. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layers/report/fault_page_internal.h"
#include "layers/report/fault_words.h"

/* A table of the page. */
enum { SHOWN_PLACES = 100 };

/* Links ------------------------------------------------------------------------------- */

static int by_row(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, two = *(const int64_t *)b;
    return (one > two) - (one < two);
}

static bool put_link_to(struct buf *out, const struct fault_page_groups *at, bool warnings,
                        int64_t row)
{
    const struct fault_groups *groups = warnings ? at->warnings : at->errors;
    for (size_t g = 0; g < groups->n; g++) {
        const struct fault_group *group = &groups->groups[g];
        if (!bsearch(&row, group->rows, group->n_rows, sizeof row, by_row))
            continue;
        buf_puts(out, "<a href=\"#");
        fault_page_put_id(out, at->sheet, warnings, g);
        buf_puts(out, "\">");
        return true;
    }
    return false;
}

/* "fila 12", a link to what else is said of the row. */
static void put_row(struct buf *out, const struct fault_report *report,
                    const struct fault_page_groups *at, const struct fault_place *place)
{
    bool linked = put_link_to(out, at, false, place->row) || put_link_to(out, at, true, place->row);
    fault_page_put_text(out, report->sheets[at->sheet].place);
    buf_putc(out, ' ');
    buf_put_int(out, place->row);
    buf_puts(out, linked ? "</a>" : "");
    if (place->codigo) {
        buf_puts(out, " <bdi class=\"codigo\">");
        fault_page_put_text(out, place->codigo);
        buf_puts(out, "</bdi>");
    }
}

/* Cells ------------------------------------------------------------------------------- */

static void begin_cell(struct buf *out, const char *name)
{
    buf_printf(out, "</td><td data-que=\"%s\">", name);
}

static void put_km(struct buf *out, const char *name, double km)
{
    begin_cell(out, name);
    if (isnan(km))
        buf_puts(out, "–");
    fault_place_put_km(out, km);
}

static void put_unit(struct buf *out, const char *name, const char *unit)
{
    begin_cell(out, name);
    fault_page_put_text(out, unit ? unit : "ninguno");
}

/* A link that a phone opens in its map. */
static void put_lonlat(struct buf *out, const struct fault_place *place)
{
    begin_cell(out, "Está en");
    if (isnan(place->lon_deg)) {
        buf_puts(out, "–");
        return;
    }
    buf_puts(out, place->is_point ? "" : "su centro: ");
    buf_printf(out, "<a href=\"geo:%.5f,%.5f\">", place->lat_deg, place->lon_deg);
    fault_place_put_lonlat(out, place);
    buf_puts(out, "</a>");
}

static void put_written(struct buf *out, const struct fault_place *place)
{
    begin_cell(out, "Llegó así");
    if (place->written)
        fault_page_put_value(out, place->written);
    if (place->how) {
        buf_puts(out, "<span class=\"valores\">");
        fault_place_put_rescue(out, place->how);
        buf_puts(out, "</span>");
    }
}

static void put_place(struct buf *out, const struct fault_report *report,
                      const struct fault_page_groups *at, const struct fault_place *place,
                      enum fault_place_kind kind)
{
    buf_puts(out, "<tr><td>");
    put_row(out, report, at, place);
    if (kind == FAULT_PLACE_RESCUED)
        put_written(out, place);
    else
        put_unit(out, "Declara", place->declared);
    if (kind != FAULT_PLACE_OUTSIDE)
        put_unit(out, "Cae en", place->found);
    if (kind == FAULT_PLACE_MOVED)
        put_km(out, "Se mueve", place->moved_km);
    else if (kind != FAULT_PLACE_RESCUED)
        put_km(out, "Distancia al declarado", place->declared_km);
    put_lonlat(out, place);
    buf_puts(out, "</td></tr>\n");
}

/* Tables ------------------------------------------------------------------------------ */

static const struct {
    const char *title, *advice, *heads, *class;
} kinds[] = {
    [FAULT_PLACE_ELSEWHERE] =
        {"En otro municipio que el declarado",
         "Si el punto está bien, corrija el municipio; si no, la coordenada.",
         "<th>Declara</th><th>Cae en</th><th>Distancia al declarado</th><th>Está en</th>", "fuera"},
    [FAULT_PLACE_OUTSIDE] = {"Fuera de todo municipio",
                             "No están en Bolivia: corrija la coordenada.",
                             "<th>Declara</th><th>Distancia al declarado</th><th>Está en</th>",
                             "fuera"},
    [FAULT_PLACE_MOVED] = {"Lejos de donde estaban",
                           "Ya estaban cargados en otro lugar, a más de 20 km. Si son otros "
                           "registros, deles otro código.",
                           "<th>Declara</th><th>Cae en</th><th>Se mueve</th><th>Está en</th>",
                           "movido"},
    [FAULT_PLACE_RESCUED] =
        {"Coordenadas que se corrigieron",
         "Se leyeron de otro modo que el escrito, porque así caen en el "
         "municipio declarado: mire si es el lugar. Las que solo están escritas "
         "de otra manera (coma decimal, grados y minutos, un enlace) no se "
         "listan.",
         "<th>Llegó así</th><th>Cae en</th><th>Está en</th>", "corregido"},
};

/* Where those are that the page has no room for. */
static void put_rest(struct buf *out, const struct fault_report *report, size_t n)
{
    if (n == 0)
        return;
    buf_puts(out, "<p class=\"mas\">Hay ");
    fault_put_count(out, (int64_t)n, "más que no está aquí", "más que no están aquí");
    if (report->places_book) {
        buf_puts(out, ": la hoja «Lugares por revisar» de «<bdi>");
        fault_page_put_text(out, report->places_book);
        buf_puts(out, "</bdi>» tiene todos");
    }
    buf_puts(out, ".</p>\n");
}

static void put_kind(struct buf *out, const struct fault_report *report,
                     const struct fault_page_groups *at, enum fault_place_kind kind, size_t *left)
{
    const struct fault_sheet *sheet = &report->sheets[at->sheet];
    size_t n = fault_place_count(sheet->places, sheet->n_places, kind), shown = 0;
    size_t most = *left < SHOWN_PLACES ? *left : SHOWN_PLACES;
    if (n == 0)
        return;
    buf_printf(out, "<h3>%s</h3>\n<p class=\"nota\">%s</p>\n", kinds[kind].title,
               kinds[kind].advice);
    buf_printf(out, "<table class=\"lugares %s\"><thead><tr><th>Dónde</th>%s</tr></thead><tbody>\n",
               kinds[kind].class, kinds[kind].heads);
    for (size_t i = 0; i < sheet->n_places && shown < most; i++)
        if (fault_place_is(&sheet->places[i], kind)) {
            put_place(out, report, at, &sheet->places[i], kind);
            shown++;
        }
    buf_puts(out, "</tbody></table>\n");
    put_rest(out, report, n - shown);
    *left -= shown;
}

void fault_page_put_places(struct buf *out, const struct fault_report *report,
                           const struct fault_page_groups *groups, size_t *left)
{
    const struct fault_sheet *sheet = &report->sheets[groups->sheet];
    for (int kind = 0; kind < FAULT_PLACE_KINDS; kind++)
        put_kind(out, report, groups, (enum fault_place_kind)kind, left);
    if (sheet->places_left_out) {
        buf_puts(out, "<p class=\"mas\">Hay ");
        fault_put_count(out, (int64_t)sheet->places_left_out, "lugar más por revisar",
                        "lugares más por revisar");
        buf_puts(out, ", que no se guardaron: resuelva estos primero.</p>\n");
    }
}
