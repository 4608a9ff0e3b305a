/* portal.c - the files of the web page, built in; the home page; tables as HTML. */
#include "server/portal/portal.h"

#include <libdeflate.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/embed.h"

/* Paths are under build/portal/packed; the Makefile compresses the files named here. */
#define EMBED_PACKED(symbol, path)  \
    EMBED(symbol##_gz, path ".gz"); \
    EMBED(symbol##_br, path ".br"); \
    EMBED(symbol##_zst, path ".zst")

EMBED_PACKED(portal_home_html, "home.html");
EMBED_PACKED(portal_app_js, "app.js");
EMBED_PACKED(portal_overlays_json, "overlays.json");
EMBED_PACKED(portal_app_css, "app.css");
EMBED_PACKED(portal_noscript_css, "noscript.css");
EMBED_PACKED(portal_icon_svg, "icon.svg");
EMBED_PACKED(portal_maplibre_js, "maplibre-gl-csp.js");
EMBED_PACKED(portal_maplibre_worker_js, "maplibre-gl-csp-worker.js");
EMBED_PACKED(portal_maplibre_css, "maplibre-gl.css");
EMBED_PACKED(portal_maplibre_license, "maplibre-gl-LICENSE.txt");

#define JS "text/javascript; charset=utf-8"
#define CSS "text/css; charset=utf-8"
#define PACKED(symbol)                                    \
    {                                                     \
        [CODING_GZIP] = {symbol##_gz, symbol##_gz_end},   \
        [CODING_BROTLI] = {symbol##_br, symbol##_br_end}, \
        [CODING_ZSTD] = {symbol##_zst, symbol##_zst_end}, \
    }

static const struct portal_file files[] = {
    {"app.js", JS, PACKED(portal_app_js)},
    {"overlays.json", "application/json", PACKED(portal_overlays_json)},
    {"app.css", CSS, PACKED(portal_app_css)},
    {"noscript.css", CSS, PACKED(portal_noscript_css)},
    {"icon.svg", "image/svg+xml", PACKED(portal_icon_svg)},
    {"maplibre-gl-csp.js", JS, PACKED(portal_maplibre_js)},
    {"maplibre-gl-csp-worker.js", JS, PACKED(portal_maplibre_worker_js)},
    {"maplibre-gl.css", CSS, PACKED(portal_maplibre_css)},
    {"maplibre-gl-LICENSE.txt", "text/plain; charset=utf-8", PACKED(portal_maplibre_license)},
    {0},
};

static const struct portal_file home_file = {"home.html", "text/html; charset=utf-8",
                                             PACKED(portal_home_html)};

const struct portal_file *portal_find(const char *name)
{
    for (const struct portal_file *file = files; file->name; file++)
        if (strcmp(file->name, name) == 0)
            return file;
    return NULL;
}

/* RFC 1952: a gzip member ends with the content's CRC-32 and its size, little
 * endian. */
static uint32_t trailer(const struct portal_file *file, int before_end)
{
    const unsigned char *at = (const unsigned char *)file->packed[CODING_GZIP].end - before_end;
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

void portal_version(const struct portal_file *file, char version[PORTAL_VERSION_SIZE])
{
    snprintf(version, PORTAL_VERSION_SIZE, "%08x", trailer(file, 8));
}

const char *portal_packed(const struct portal_file *file, enum content_coding coding, size_t *len)
{
    *len = (size_t)(file->packed[coding].end - file->packed[coding].data);
    return file->packed[coding].data;
}

bool portal_unpack(const struct portal_file *file, struct buf *out, struct err *err)
{
    size_t size = trailer(file, 4), packed;
    const char *gzip = portal_packed(file, CODING_GZIP, &packed);
    struct libdeflate_decompressor *gunzip = libdeflate_alloc_decompressor();
    if (!gunzip || !buf_reserve(out, size)) {
        libdeflate_free_decompressor(gunzip);
        return err_no_memory(err);
    }
    enum libdeflate_result result =
        libdeflate_gzip_decompress(gunzip, gzip, packed, out->data + out->len, size, NULL);
    libdeflate_free_decompressor(gunzip);
    if (result != LIBDEFLATE_SUCCESS)
        return err_set(err, ERR_SETUP, "el archivo «%s» del programa está dañado", file->name);
    out->len += size;
    out->data[out->len] = '\0';
    return true;
}

/* Replaces "asset:NAME" by the file's URL with its version. */
static bool put_asset(const char *name, const char *path, struct buf *out)
{
    const struct portal_file *file = portal_find(name);
    char version[PORTAL_VERSION_SIZE];
    if (!file)
        return false;
    portal_version(file, version);
    buf_printf(out, "%s/assets/%s?v=%s", path, name, version);
    return true;
}

static bool put_placeholder(const char *name, const struct portal_home *home, struct buf *out)
{
    if (strncmp(name, "asset:", 6) == 0)
        return put_asset(name + 6, home->path, out);
    if (strcmp(name, "table") == 0)
        buf_puts(out, home->table);
    else if (strcmp(name, "path") == 0)
        buf_puts(out, home->path);
    else if (strcmp(name, "edition") == 0)
        buf_put_html(out, home->edition);
    else if (strcmp(name, "provenance") == 0)
        buf_put_html(out, home->provenance);
    else
        return false;
    return true;
}

bool portal_put_home(const struct portal_home *home, struct buf *out, struct err *err)
{
    struct buf page;
    bool ok = true;
    buf_init(&page);
    if (!portal_unpack(&home_file, &page, err)) {
        buf_free(&page);
        return false;
    }
    const char *at = page.data;
    for (const char *open; ok && (open = strstr(at, "{{"));) {
        const char *close = strstr(open, "}}");
        char name[64] = "";
        size_t len = close ? (size_t)(close - open - 2) : sizeof name;
        buf_put(out, at, (size_t)(open - at));
        if (len < sizeof name)
            memcpy(name, open + 2, len);
        ok = put_placeholder(name, home, out);
        if (!ok)
            err_set(err, ERR_SETUP, "home.html: no se conoce «%s»", name);
        at = close ? close + 2 : open;
    }
    if (ok)
        buf_puts(out, at);
    buf_free(&page);
    return ok;
}

const char *portal_provenance(bool simulated, bool schematic)
{
    if (simulated)
        return schematic ? "Datos simulados. Límites esquemáticos." : "Datos simulados.";
    return schematic ? "Límites esquemáticos." : "";
}

/* Each line a paragraph. */
static void put_note(const char *note, struct buf *out)
{
    while (note && *note) {
        size_t len = strcspn(note, "\n");
        struct buf line;
        buf_init(&line);
        buf_put(&line, note, len);
        buf_puts(out, "<p>");
        if (!buf_failed(&line) && len)
            buf_put_html(out, line.data);
        buf_puts(out, "</p>");
        out->failed = out->failed || buf_failed(&line);
        buf_free(&line);
        note += len + (note[len] == '\n');
    }
}

void portal_put_table(const struct portal_table *table, struct buf *out)
{
    buf_puts(out, "<!doctype html>\n<html lang=\"es\"><head><meta charset=\"utf-8\">"
                  "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>");
    buf_put_html(out, table->title);
    /* Without an icon browsers ask the host for one, outside the path. */
    buf_puts(out, " – SIGG</title><link rel=\"icon\" type=\"image/svg+xml\" href=\"");
    put_asset("icon.svg", table->path, out);
    buf_puts(out, "\"><link rel=\"stylesheet\" href=\"");
    put_asset("app.css", table->path, out);
    buf_printf(out, "\"></head><body class=\"pagina\"><main><p><a href=\"%s/\">← Mapa</a></p><h1>",
               table->path);
    buf_put_html(out, table->title);
    buf_puts(out, "</h1><p class=\"procedencia\">");
    const char *provenance = portal_provenance(table->simulated, table->schematic);
    buf_printf(out, "%s%sEdición de límites: ", provenance, provenance[0] ? " " : "");
    buf_put_html(out, table->edition);
    if (table->as_of) {
        buf_puts(out, ". Al ");
        buf_put_html(out, table->as_of);
    }
    if (table->asked) {
        buf_puts(out, ". Pedido: ");
        buf_put_html(out, table->asked);
    }
    buf_puts(out, ".</p>");
    put_note(table->note, out);
    buf_puts(out, "<div class=\"tabla\">");
    rows_write(table->rows, ROWS_HTML, out);
    buf_puts(out, "</div></main></body></html>\n");
}
