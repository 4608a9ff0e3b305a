/* figure_output.c - makes a figure and writes it in the format asked for. */
#include "server/figures/figure_output.h"

#include <string.h>

#include "geo/base/json.h"
#include "geo/base/version.h"
#include "layers/report/xlsx.h"
#include "server/figures/figure_geojson.h"
#include "server/portal/portal.h"

#define SHEETS "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

const struct figure_format_words figure_formats[FIGURE_FORMATS] = {
    [FIGURE_TABLE] = {"table", "txt", "text/plain", "text/plain; charset=utf-8", false},
    [FIGURE_JSON] = {"json", "json", "application/json", "application/json", false},
    [FIGURE_CSV] = {"csv", "csv", "text/csv", "text/csv; charset=utf-8", true},
    [FIGURE_CSV_EXCEL] = {"csv-excel", "csv", "text/csv", "text/csv; charset=utf-8", true},
    [FIGURE_XLSX] = {"xlsx", "xlsx", SHEETS, SHEETS, true},
    [FIGURE_HTML] = {"html", "html", "text/html", "text/html; charset=utf-8", false},
    [FIGURE_GEOJSON] = {"geojson", "geojson", "application/geo+json", "application/geo+json",
                        false},
};

const char *const *figure_format_choices(const struct figure *figure, bool server)
{
    static const char *const everywhere[] = {"table", "json", "csv", "csv-excel",
                                             "xlsx",  "html", NULL};
    static const char *const with_places[] = {"table", "json", "csv",     "csv-excel",
                                              "xlsx",  "html", "geojson", NULL};
    return (figure->place == FIGURE_NOWHERE ? everywhere : with_places) +
           (server ? FIGURE_JSON : FIGURE_TABLE);
}

/* Where the data of an answer come from. */
struct origin {
    struct geo_edition_info edition;
    bool simulated;
    const char *day; /* of the figures; NULL: everything known */
};

static bool find_origin(const struct figure_args *args, struct geo_store *store,
                        struct origin *origin, struct err *err)
{
    const struct figure *figure = args->figure;
    const char *edition = figure_text_if(args, figure->edition ? figure->edition : "edition");
    struct err none = {0};
    origin->day = figure_text_if(args, figure->day ? figure->day : "as-of");
    /* An empty database has no edition. */
    if (!geo_store_edition(store, edition, &origin->edition, &none) &&
        (edition || none.kind != ERR_NOT_FOUND)) {
        *err = none;
        return false;
    }
    const char *const *layer =
        figure->layers ? figure->layers : geo_tables_names(GEO_TABLES_PLACED);
    for (; *layer; layer++) {
        struct geo_layer_info info;
        if (!geo_store_layer(store, *layer, &info, err))
            return false;
        origin->simulated = origin->simulated || info.simulated;
    }
    return true;
}

/* The lines of a text as an array. */
static void put_lines(struct buf *text, struct buf *out)
{
    buf_putc(out, '[');
    for (char *line = text->data, *end; line && *line; line = end) {
        end = line + strcspn(line, "\n");
        if (*end)
            *end++ = '\0';
        json_next(out);
        buf_put_json(out, line);
    }
    buf_putc(out, ']');
}

static void put_head(const struct origin *origin, struct buf *out)
{
    const char *codigo = origin->edition.codigo;
    json_text(out, "edicion", codigo[0] ? codigo : NULL);
    json_text(out, "fecha", origin->day);
    json_bool(out, "simulado", origin->simulated);
    json_bool(out, "esquematica", origin->edition.schematic);
}

static void put_own(const struct figure_result *result, struct buf *out)
{
    if (result->head.len) {
        json_next(out);
        buf_append(out, &result->head);
    }
}

static void put_json(const struct figure_args *args, struct figure_result *result,
                     const struct origin *origin, const struct figure_server *server,
                     struct buf *out)
{
    if (!args->server && result->rows) {
        rows_write(result->rows, ROWS_JSON, out);
        return;
    }
    buf_putc(out, '{');
    put_head(origin, out);
    if (args->server)
        json_int(out, "revision", server->revision);
    put_own(result, out);
    if (result->rows) {
        json_key(out, "filas");
        rows_write(result->rows, ROWS_JSON, out);
    } else {
        json_key(out, "explicacion");
        put_lines(&result->text, out);
    }
    buf_puts(out, "}\n");
}

/* What was asked for: "km 15, of alianzas". */
static void put_asked(const struct figure_args *args, struct buf *out)
{
    for (size_t i = 0; args->figure->params[i].name; i++)
        if (args->values[i].given)
            buf_printf(out, "%s%s %s", out->len ? ", " : "", args->figure->params[i].name,
                       args->values[i].text);
}

static void put_page(const struct figure_args *args, const struct figure_result *result,
                     const struct origin *origin, const struct figure_server *server,
                     struct buf *out)
{
    struct buf asked;
    buf_init(&asked);
    put_asked(args, &asked);
    const struct portal_table table = {.rows = result->rows,
                                       .title = args->figure->title,
                                       .path = server->path,
                                       .edition = origin->edition.codigo,
                                       .as_of = origin->day,
                                       .asked = asked.len ? asked.data : NULL,
                                       .note = result->note.len ? result->note.data : NULL,
                                       .simulated = origin->simulated,
                                       .schematic = origin->edition.schematic};
    portal_put_table(&table, out);
    out->failed = out->failed || buf_failed(&asked);
    buf_free(&asked);
}

/* A cell takes some 100 bytes until the file is closed. */
enum { FIGURE_SHEET_CELLS = 500000 };

static bool fits_sheet(const struct figure_args *args, const struct rows *rows, struct err *err)
{
    const struct rows_column *columns;
    size_t cells = rows_count(rows) * rows_columns(rows, &columns);
    return !args->server || cells <= FIGURE_SHEET_CELLS ||
           err_field(err, "f",
                     "«xlsx»: la tabla tiene %zu celdas, y aquí se hacen hojas de hasta %d; "
                     "pida csv, o hágala con «sigg %s -o tabla.xlsx»",
                     cells, FIGURE_SHEET_CELLS, args->figure->command);
}

static bool put_workbook(const struct figure_args *args, const struct figure_result *result,
                         const struct origin *origin, struct geo_store *store, struct buf *out,
                         struct err *err)
{
    const char *warning = portal_provenance(origin->simulated, origin->edition.schematic);
    struct buf asked;
    buf_init(&asked);
    put_asked(args, &asked);
    const struct xlsx_pair pairs[] = {
        {"Pedido", asked.len ? asked.data : "sin parámetros: los valores por omisión"},
        {"Fecha de las cifras", origin->day ? origin->day : "todo lo conocido"},
        {"Edición de los límites", origin->edition.codigo},
        {"Condición", warning[0] ? warning : "Datos y límites oficiales"},
        {"Nota", result->note.len ? result->note.data : "–"},
        {"Versión del programa", SIGG_VERSION},
        {NULL, NULL},
    };
    const struct xlsx_table table = {.rows = result->rows,
                                     .figure = args->figure->name,
                                     .title = args->figure->title,
                                     .about = args->figure->about,
                                     .pairs = pairs,
                                     .budget = geo_store_budget(store)};
    bool ok = buf_failed(&asked) ? err_no_memory(err) : xlsx_write_table(&table, out, err);
    buf_free(&asked);
    return ok;
}

static bool put_geojson(const struct figure_args *args, const struct figure_result *result,
                        const struct origin *origin, struct geo_store *store, struct buf *out,
                        struct err *err)
{
    buf_puts(out, "{\"type\":\"FeatureCollection\"");
    json_text(out, "name", args->figure->name);
    put_head(origin, out);
    put_own(result, out);
    if (!figure_geojson_put(args, result->rows, origin->edition.codigo, store, out, err))
        return false;
    buf_puts(out, "}\n");
    return true;
}

static bool write(const struct figure_args *args, enum figure_format format,
                  struct figure_result *result, const struct origin *origin,
                  const struct figure_server *server, struct geo_store *store, struct buf *out,
                  struct err *err)
{
    switch (format) {
    case FIGURE_TABLE:
        if (result->rows)
            rows_write(result->rows, ROWS_TABLE, out);
        else
            buf_append(out, &result->text);
        return true;
    case FIGURE_JSON:
        put_json(args, result, origin, server, out);
        return true;
    case FIGURE_CSV:
        rows_write(result->rows, ROWS_CSV, out);
        return true;
    case FIGURE_CSV_EXCEL:
        rows_write(result->rows, ROWS_CSV_EXCEL, out);
        return true;
    case FIGURE_HTML:
        put_page(args, result, origin, server, out);
        return true;
    case FIGURE_XLSX:
        return fits_sheet(args, result->rows, err) &&
               put_workbook(args, result, origin, store, out, err);
    case FIGURE_GEOJSON:
        return put_geojson(args, result, origin, store, out, err);
    case FIGURE_FORMATS:
        break;
    }
    return err_set(err, ERR_SETUP, "un formato que no se conoce");
}

bool figure_output(struct figure_args *args, enum figure_format format, struct geo_store *store,
                   const struct figure_server *server, struct buf *out, struct buf *note,
                   struct err *err)
{
    struct figure_result result = {0};
    struct origin origin = {0};
    args->rounded = format == FIGURE_TABLE || format == FIGURE_HTML;
    bool ok = figure_make(args, store, &result, err) && find_origin(args, store, &origin, err);
    if (ok && !result.rows && format != FIGURE_JSON && format != FIGURE_TABLE)
        ok = err_field(err, args->server ? "f" : "format",
                       "«%s»: la respuesta es un texto, no una tabla; se acepta json%s",
                       figure_formats[format].name, args->server ? "" : ", table");
    ok = ok && write(args, format, &result, &origin, server, store, out, err);
    if (ok && note)
        buf_append(note, &result.note);
    ok = ok && (!(buf_failed(out) || (note && buf_failed(note))) || err_no_memory(err));
    figure_result_free(&result);
    return ok;
}
