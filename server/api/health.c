/* health.c - the endpoints /health (state of server and data) and /metrics. */
#include <string.h>

#include "geo/base/json.h"
#include "geo/base/version.h"
#include "server/api/handlers.h"
#include "server/http/jobs.h"
#include "server/http/log_ring.h"
#include "server/request/respond.h"

/* The newest date of the records; NULL if unknown. The date of the boundaries belongs to
 * their edition. */
static const char *data_date(const struct served *served)
{
    const char *newest = "";
    for (size_t i = 0; i < layers_count(); i++) {
        const char *date = snapshot_layer_info(served->snapshot, layers_at(i))->data_date;
        if (!layers_at(i)->by_edition && strcmp(date, newest) > 0) /* ISO days sort as text */
            newest = date;
    }
    return newest[0] ? newest : NULL;
}

/* Only general messages: details, such as folders, are in the log. */
static const struct {
    const char *word, *sentence;
} states[] = {
    [STATE_FINE] = {"bien", NULL},
    [STATE_STALE] = {"desactualizado",
                     "Hay datos más nuevos que no se pueden mostrar: se muestran los anteriores. "
                     "El registro del servidor dice por qué."},
    [STATE_NO_DATABASE] = {"sin_base_de_datos",
                           "La base de datos falta, está dañada o la están reemplazando: se "
                           "muestran los últimos datos leídos. El registro del servidor dice por "
                           "qué; «sigg restore COPIA» pone una copia en su lugar."},
};

bool health_get(struct call *call, struct err *err)
{
    const struct served *served = call->served;
    const char *path = state_db_path(call->service->state);
    const char *slash = strrchr(path, '/');
    enum state_trouble trouble = state_trouble(call->service->state);
    struct buf body;
    buf_init(&body);
    buf_putc(&body, '{');
    json_text(&body, "estado", states[trouble].word);
    if (states[trouble].sentence)
        json_text(&body, "motivo", states[trouble].sentence);
    json_text(&body, "version", SIGG_VERSION);
    json_text(&body, "base_de_datos", slash ? slash + 1 : path); /* without the folder */
    json_int(&body, "revision", served->revision);
    json_text(&body, "contenido", versions_all(served->versions));
    json_key(&body, "edicion");
    buf_putc(&body, '{');
    json_text(&body, "codigo", served->edition.codigo);
    json_text(&body, "titulo", served->edition.title);
    json_text(&body, "fecha_datos", served->edition.data_date);
    json_int(&body, "municipios", served->edition.units);
    buf_putc(&body, '}');
    json_text(&body, "fecha_datos", data_date(served));
    json_bool(&body, "simulado", served->simulated);
    json_bool(&body, "esquematica", served->schematic);
    json_int(&body, "memoria_datos_bytes", (int64_t)snapshot_bytes(served->snapshot));
    buf_puts(&body, "}\n");
    if (trouble != STATE_FINE)
        call->out->status = 503;
    return respond_buf(call, TYPE_JSON, &body, err);
}

/* Writes memory and build time of each layer. */
static void put_layers(const struct served *served, struct buf *out)
{
    buf_puts(out, "# HELP sigg_layer_bytes Memoria de cada capa, en bytes.\n"
                  "# TYPE sigg_layer_bytes gauge\n");
    for (size_t i = 0; i < layers_count(); i++)
        buf_printf(out, "sigg_layer_bytes{capa=\"%s\"} %zu\n", layers_at(i)->name,
                   snapshot_cost(served->snapshot, layers_at(i)).bytes);
    buf_puts(out, "# HELP sigg_layer_build_seconds Lo que tardó en prepararse cada capa: leerla y "
                  "su geometría.\n# TYPE sigg_layer_build_seconds gauge\n");
    for (size_t i = 0; i < layers_count(); i++) {
        const struct snapshot_cost cost = snapshot_cost(served->snapshot, layers_at(i));
        buf_printf(out,
                   "sigg_layer_build_seconds{capa=\"%s\",parte=\"lectura\"} %.6f\n"
                   "sigg_layer_build_seconds{capa=\"%s\",parte=\"geometria\"} %.6f\n",
                   layers_at(i)->name, cost.read_ms / 1e3, layers_at(i)->name,
                   cost.geometry_ms / 1e3);
    }
}

/* Writes the queues of background threads, and refused requests. */
static void put_jobs(struct call *call, struct buf *out)
{
    static const char *const names[] = {
        [HTTP_FIGURE] = "figuras", [HTTP_DRAWING] = "teselas", [HTTP_STRAYED] = "otras"};
    struct jobs_counts counts[HTTP_QUEUES];
    for (int kind = HTTP_FIGURE; kind < HTTP_QUEUES; kind++)
        http_queue_counts(call->http, (enum http_queue)kind, &counts[kind]);
    buf_puts(out, "# HELP sigg_aside_waiting Respuestas largas que esperan turno.\n"
                  "# TYPE sigg_aside_waiting gauge\n");
    for (int kind = HTTP_FIGURE; kind < HTTP_QUEUES; kind++)
        buf_printf(out, "sigg_aside_waiting{clase=\"%s\"} %u\n", names[kind], counts[kind].waiting);
    buf_puts(out, "# HELP sigg_aside_running Respuestas largas que se hacen.\n"
                  "# TYPE sigg_aside_running gauge\n");
    for (int kind = HTTP_FIGURE; kind < HTTP_QUEUES; kind++)
        buf_printf(out, "sigg_aside_running{clase=\"%s\"} %u\n", names[kind], counts[kind].running);
    buf_puts(out, "# HELP sigg_aside_refused_total Respuestas largas que no se hicieron: la cola "
                  "llena, la parte de un cliente llena, o nadie esperaba ya.\n"
                  "# TYPE sigg_aside_refused_total counter\n");
    for (int kind = HTTP_FIGURE; kind < HTTP_QUEUES; kind++)
        buf_printf(out,
                   "sigg_aside_refused_total{clase=\"%s\",motivo=\"cola\"} %llu\n"
                   "sigg_aside_refused_total{clase=\"%s\",motivo=\"cliente\"} %llu\n"
                   "sigg_aside_refused_total{clase=\"%s\",motivo=\"tarde\"} %llu\n",
                   names[kind], (unsigned long long)counts[kind].refused_line, names[kind],
                   (unsigned long long)counts[kind].refused_client, names[kind],
                   (unsigned long long)counts[kind].run_late);
    metrics_put_figure(out, "sigg_clients_counted", "gauge",
                       "Clientes cuyo tiempo de procesador se cuenta.",
                       (double)rate_limit_clients(call->service->limit));
}

/* Writes connections by state, and counts of those refused or closed. */
static void put_connections(struct http *http, struct log_ring *ring, struct buf *out)
{
    struct http_counts counts;
    if (!http)
        return;
    http_read_counts(http, &counts);
    const struct {
        const char *state;
        size_t n;
    } states[] = {{"espera", counts.waiting}, {"despedida", counts.parting},
                  {"libre", counts.idle},     {"lectura", counts.reading},
                  {"calculo", counts.making}, {"envio", counts.sending}};
    buf_puts(out, "# HELP sigg_http_connections Conexiones abiertas, por lo que hacen.\n"
                  "# TYPE sigg_http_connections gauge\n");
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        buf_printf(out, "sigg_http_connections{estado=\"%s\"} %zu\n", states[i].state, states[i].n);
    metrics_put_figure(out, "sigg_http_arenas", "gauge", "Peticiones que ocupan memoria.",
                       (double)counts.arenas);
    metrics_put_figure(out, "sigg_http_answer_bytes", "gauge",
                       "Respuestas grandes que se están enviando, en bytes.",
                       (double)counts.answer_bytes);
    metrics_put_figure(out, "sigg_http_refused_total", "counter",
                       "Conexiones y cabeceras rechazadas antes de atenderlas.",
                       (double)counts.refused);
    metrics_put_figure(out, "sigg_http_cut_total", "counter",
                       "Conexiones cortadas por demasiado lentas.", (double)counts.cut);
    metrics_put_figure(out, "sigg_http_hung_up_total", "counter", "Cálculos que nadie esperaba ya.",
                       (double)counts.hung_up);
    metrics_put_figure(out, "sigg_log_lost_total", "counter",
                       "Líneas del registro que nadie leyó a tiempo.", (double)log_ring_lost(ring));
}

bool health_metrics(struct call *call, struct err *err)
{
    const struct served *served = call->served;
    struct buf body;
    buf_init(&body);
    metrics_put(call->service->metrics, &body);
    put_connections(atomic_load(&call->service->http), call->service->ring, &body);
    metrics_put_figure(&body, "sigg_cache_bytes", "gauge", "Respuestas guardadas, en bytes.",
                       (double)cache_bytes(served->cache));
    metrics_put_figure(&body, "sigg_snapshot_bytes", "gauge", "Datos en memoria, en bytes.",
                       (double)snapshot_bytes(served->snapshot));
    put_layers(served, &body);
    put_jobs(call, &body);
    metrics_put_figure(&body, "sigg_snapshot_build_seconds", "gauge",
                       "Lo que tardaron en prepararse los datos que se muestran.",
                       served->build_ms / 1e3);
    metrics_put_figure(&body, "sigg_revision", "gauge", "Revisión de los datos que se muestran.",
                       (double)served->revision);
    metrics_put_figure(&body, "sigg_snapshot_stale", "gauge",
                       "1 si hay datos nuevos que no se pueden mostrar.",
                       state_trouble(call->service->state) != STATE_FINE);
    return respond_buf(call, "text/plain; version=0.0.4; charset=utf-8", &body, err);
}
