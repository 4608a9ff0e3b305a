/* pages.c - the endpoints of the home page, its files, and the description of the API. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/embed.h"
#include "geo/base/json.h"
#include "geo/base/version.h"
#include "geo/figures/coverage.h"
#include "server/api/handlers.h"
#include "server/api/pages.h"
#include "server/figures/figure_api.h"
#include "server/portal/portal.h"
#include "server/request/respond.h"
#include "server/request/response_cache.h"

EMBED(openapi_json, "server/api/openapi.json");

#define TYPE_OPENAPI "application/vnd.oai.openapi+json;version=3.0"

bool pages_put_openapi(const char *path, struct buf *out, struct err *err)
{
    /* Both are labels of one object (geo/base/embed.h). */
    /* cppcheck-suppress comparePointers */
    return figure_api_put(openapi_json, (size_t)(openapi_json_end - openapi_json),
                          path[0] ? path : "/", out, err);
}

static bool landing_json(struct call *call, struct err *err)
{
    struct buf body;
    buf_init(&body);
    buf_putc(&body, '{');
    json_text(&body, "title", "SIGG – Programa EMPODERAR");
    json_text(&body, "description",
              "Alianzas, riego y subproyectos del Programa EMPODERAR por municipio.");
    json_bool(&body, "simulado", call->served->simulated);
    json_bool(&body, "esquematica", call->served->schematic);
    json_key(&body, "links");
    buf_putc(&body, '[');
    json_link(&body, call->base_url, "/?f=json", "self", TYPE_JSON, NULL);
    json_link(&body, call->base_url, "/?f=html", "alternate", "text/html", "Mapa");
    json_link(&body, call->base_url, "/api", "service-desc", TYPE_OPENAPI, "API");
    json_link(&body, call->base_url, "/conformance", "conformance", TYPE_JSON, "Conformidad");
    json_link(&body, call->base_url, "/conformance",
              "http://www.opengis.net/def/rel/ogc/1.0/conformance", TYPE_JSON, "Conformidad");
    json_link(&body, call->base_url, "/collections", "data", TYPE_JSON, "Colecciones");
    json_link(&body, call->base_url, "/tiles",
              "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector", TYPE_JSON, "Teselas");
    json_link(&body, call->base_url, "/tileMatrixSets",
              "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes", TYPE_JSON, "Matrices");
    json_link(&body, call->base_url, "/styles", "http://www.opengis.net/def/rel/ogc/1.0/styles",
              TYPE_JSON, "Estilos");
    buf_puts(&body, "]}\n");
    return respond_buf(call, TYPE_JSON, &body, err);
}

/* Writes coverage by UO as a table, for readers without the map. */
static bool coverage_table(struct call *call, struct buf *out, struct err *err)
{
    static const struct rows_column columns[] = {
        {"Unidad operativa", 0}, {"Municipios", 0},   {"Con alianzas", 0}, {"Con riego", 0},
        {"Con subproyectos", 0}, {"Alianzas", 0},     {"Familias", 0},     {"Comprometido (Bs)", 0},
        {"Riego neto (ha)", 1},  {"Subproyectos", 0},
    };
    const struct geo_coverage_query query = {.group = GEO_BY_UO};
    struct geo_store *store = call_store(call, err);
    struct geo_coverage *coverage = store ? geo_coverage_compute(store, &query, err) : NULL;
    struct rows *rows = NULL;
    if (!coverage)
        return false;
    rows = rows_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; rows && i < coverage->n_rows; i++) {
        const struct geo_coverage_row *row = &coverage->rows[i];
        rows_text(rows, row->unlinked ? "Sin municipio" : row->nombre);
        rows_int(rows, row->municipios);
        rows_int(rows, row->municipios_alianzas);
        rows_int(rows, row->municipios_riego);
        rows_int(rows, row->municipios_subproyectos);
        rows_int(rows, row->alianzas);
        rows_int(rows, row->familias);
        rows_money(rows, row->comprometido_cts);
        rows_real(rows, row->riego_neto_m2 / 1e4);
        rows_int(rows, row->subproyectos);
    }
    geo_coverage_free(coverage);
    if (!rows)
        return err_no_memory(err);
    rows_write(rows, ROWS_HTML, out);
    rows_free(rows);
    return !buf_failed(out) || err_no_memory(err);
}

static bool home_html(struct call *call, struct err *err)
{
    struct buf table, body;
    buf_init(&table);
    buf_init(&body);
    const struct portal_home home = {
        .path = public_url_path(&call->service->public_url),
        .edition = call->served->edition.title,
        .provenance = portal_provenance(call->served->simulated, call->served->schematic),
    };
    struct portal_home filled = home;
    bool ok = coverage_table(call, &table, err);
    if (ok) {
        filled.table = table.data;
        ok = portal_put_home(&filled, &body, err) && respond_buf(call, TYPE_HTML, &body, err);
    }
    buf_free(&table);
    buf_free(&body);
    return ok;
}

bool pages_home(struct call *call, struct err *err)
{
    static const struct offer offers[] = {{"html", "text/html"}, {"json", "application/json"}, {0}};
    const struct offer *offer = respond_negotiate(call, offers);
    if (respond_unchanged(call, offer->name))
        return true;
    return strcmp(offer->name, "json") == 0 ? landing_json(call, err) : home_html(call, err);
}

bool pages_api(struct call *call, struct err *err)
{
    struct buf body;
    if (respond_unchanged_asset(call, "api-" SIGG_VERSION) || response_cache_find(call, "api"))
        return true;
    buf_init(&body);
    if (pages_put_openapi(public_url_path(&call->service->public_url), &body, err))
        return respond_buf(call, TYPE_OPENAPI, &body, err);
    buf_free(&body);
    return false;
}

static bool answer_file(struct call *call, const struct portal_file *file, struct err *err)
{
    struct buf body;
    char *version = arena_alloc(call->arena, PORTAL_VERSION_SIZE);
    if (!version)
        return err_no_memory(err);
    portal_version(file, version);
    if (respond_unchanged_asset(call, version))
        return true;
    enum content_coding coding =
        content_coding_choose(http_header(call->http, "Accept-Encoding"), CODING_CACHED);
    if (coding != CODING_NONE) {
        size_t len;
        const char *packed = portal_packed(file, coding, &len);
        respond_header(call, "Content-Encoding", content_coding_name(coding));
        respond_lent(call, file->type, packed, len);
        return true;
    }
    buf_init(&body);
    if (!portal_unpack(file, &body, err)) {
        buf_free(&body);
        return false;
    }
    return respond_buf(call, file->type, &body, err);
}

bool pages_asset(struct call *call, struct err *err)
{
    const char *name = call_path(call, "file");
    const struct portal_file *file = portal_find(name);
    if (!file)
        return err_set(err, ERR_NOT_FOUND, "no hay un archivo «%.80s»", name);
    return answer_file(call, file, err);
}

bool pages_favicon(struct call *call, struct err *err)
{
    return answer_file(call, portal_find("icon.svg"), err);
}
