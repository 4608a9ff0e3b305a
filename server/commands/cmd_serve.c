/* cmd_serve.c - `sigg serve`: runs the server until it is told to stop. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/parse.h"
#include "server/cli/options.h"
#include "server/commands/command.h"
#include "server/commands/stop_signal.h"
#include "server/http/http_proxies.h"
#include "server/http/log_ring.h"
#include "server/http/rate_limit.h"
#include "server/request/dispatch.h"
#include "server/request/problem.h"

enum {
    CONNECTIONS = 12000,
    CONNECTIONS_MAX = 1000000,
    CONNECTIONS_BUSY = 4096,
    /* For an office or a school behind one address: some 170 browsers with six connections
     * each. */
    PER_ADDRESS = 1024,
    HEAD_MS = 10000,
    BODY_MS = 20000, /* nothing here takes a body; in chunks one might never end */
    RATE_MIN = 1024,
    ANSWERS_MAX = 96 * 1024 * 1024,
    IDLE_S = 20,
    TARGET_MAX = 8192,
    HEADERS_MAX = 12 * 1024,
    BODY_MAX = 1024 * 1024,
    /* On a signal it stops within two seconds: running requests have this long, */
    GRACE_MS = 1000,
    /* then they are cancelled; after this the process exits. */
    STOP_MS = 1600,
    LOG_WAIT_MS = 100,
    THREADS_MAX = 64,
    /* Background threads. A ranking or clusters take a second or so. Two of a client's
     * requests are computed at a time, and some wait; a third thread is for another
     * client. */
    JOBS = 3,
    JOBS_EACH = 2,
    JOBS_LINE = 64,
    JOBS_LINE_EACH = 8,
    JOBS_WAIT_S = 15,
    REPORT_MEMORY_MB = 2048,
    REPORT_S = 60,
    /* Browsers behind one address, with six connections each. */
    DRAWINGS_LINE = 1000,
    DRAWINGS_LINE_EACH = 300,
    FIGURE_S = 20, /* limit for an answer */
    FIGURE_MAX_S = 600,
    CLIENT_MAX_MS = 64000, /* --client-budget */
};

const char cmd_serve_help[] =
    "Uso: sigg [--db ARCHIVO] serve [--listen DIRECCIÓN:PUERTO] [--threads N]\n"
    "                               [--public-url URL] [--archives CARPETA]\n"
    "                               [--trust-proxy DIRECCIÓN[,…]]\n"
    "                               [--max-connections N] [--max-per-address N]\n"
    "                               [--client-budget MS] [--figure-seconds S]\n"
    "                               [--report-memory MB] [--report-seconds S]\n"
    "                               [--verbose] [--quiet]\n\n"
    "Sirve el mapa, las cifras y la API hasta recibir SIGTERM o SIGINT; entonces\n"
    "termina lo que está en curso y sale, en menos de dos segundos. Los cambios de la\n"
    "base de datos (una importación, por ejemplo) se ven sin reiniciar; SIGHUP no hace\n"
    "nada.\n\n"
    "  --listen DIR:PUERTO  dónde escuchar (127.0.0.1:8080); con el puerto 0 lo\n"
    "                       elige el sistema y se imprime\n"
    "  --threads N          hilos que atienden (uno por procesador)\n"
    "  --public-url URL     cómo se llega desde fuera, para los enlaces; si falta, la\n"
    "                       dirección en la que se escucha. Detrás de un proxy o de un\n"
    "                       puerto reenviado hace falta para que los enlaces sirvan.\n"
    "                       Puede tener una ruta (https://sig.ejemplo.bo/mapa); entonces\n"
    "                       se responde con y sin ella, según la quite o no el proxy\n"
    "  --archives CARPETA   ofrece en /archives los archivos de teselas (.pmtiles,\n"
    "                       .mbtiles) de esa carpeta, enteros o por partes (Range)\n"
    "  --trust-proxy DIR    direcciones de los proxies (127.0.0.1, 10.0.0.0/8) a los que\n"
    "                       se les cree quién es su cliente: la última dirección ajena de\n"
    "                       X-Forwarded-For, o de Forwarded\n"
    "  --max-connections N  conexiones abiertas a la vez (12000); si hay más, se cierra\n"
    "                       la que más tiempo lleva sin pedir nada\n"
    "  --max-per-address N  conexiones abiertas de un mismo cliente (1024). No vale para\n"
    "                       los proxies de --trust-proxy; para este equipo, solo si se\n"
    "                       da la opción\n"
    "  --client-budget MS   milisegundos de procesador por segundo que se dan a cada\n"
    "                       cliente (dirección IP; en IPv6, su /64) para cifras e\n"
    "                       informes (250); para lo demás, cuatro veces más. Lo que no\n"
    "                       usa se acumula hasta 40 segundos. A quien lo agota se le\n"
    "                       responde 429 y cuándo volver; 0: sin límite. Detrás de un\n"
    "                       proxy hace falta --trust-proxy: si no, todos cuentan como\n"
    "                       un solo cliente\n"
    "  --figure-seconds S   segundos que puede tardar una respuesta, a lo sumo (20)\n"
    "  --report-memory MB   memoria que puede tomar el proceso que hace un informe\n"
    "                       (2048)\n"
    "  --report-seconds S   segundos que puede tardar ese proceso (60); después se lo\n"
    "                       termina y se responde 503\n"
    "  --verbose            dice qué memoria ocupa cada capa y cuánto tardó en\n"
    "                       prepararse, al empezar y con cada cambio\n"
    "  --quiet              sin registro de accesos en la salida de errores\n";

/* An integer option; if it is not given *number stays. */
static bool read_number(const char *option, const char *given, int64_t least, int64_t most,
                        unsigned *number, struct err *err)
{
    int64_t read = 0;
    if (!given)
        return true;
    if (!parse_int(given, least, most, &read))
        return err_set(err, ERR_USAGE, "%s: «%s» no es un entero de %lld a %lld", option, given,
                       (long long)least, (long long)most);
    *number = (unsigned)read;
    return true;
}

static unsigned count_processors(void)
{
    long number = sysconf(_SC_NPROCESSORS_ONLN);
    return number < 1 ? 1 : number > THREADS_MAX ? THREADS_MAX : (unsigned)number;
}

static bool open_folder(const char *path, int *folder, struct err *err)
{
    *folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return *folder >= 0 ||
           err_set(err, ERR_SETUP, "--archives: no se puede leer la carpeta «%s»: %s", path,
                   err_reason(errno));
}

/* The options given. */
struct wishes {
    const char *listen, *threads, *public_url, *archives, *proxies, *connections, *per_address;
    const char *report_memory, *report_seconds, *client_budget, *figure_seconds;
    bool quiet, verbose;
};

static bool read_wishes(int argc, char **argv, struct wishes *wishes, struct http_options *options,
                        struct service *service, struct err *err)
{
    const struct option_spec specs[] = {
        {.name = "--listen", .takes_value = true, .value = &wishes->listen},
        {.name = "--threads", .takes_value = true, .value = &wishes->threads},
        {.name = "--public-url", .takes_value = true, .value = &wishes->public_url},
        {.name = "--archives", .takes_value = true, .value = &wishes->archives},
        {.name = "--trust-proxy", .takes_value = true, .value = &wishes->proxies},
        {.name = "--max-connections", .takes_value = true, .value = &wishes->connections},
        {.name = "--max-per-address", .takes_value = true, .value = &wishes->per_address},
        {.name = "--client-budget", .takes_value = true, .value = &wishes->client_budget},
        {.name = "--figure-seconds", .takes_value = true, .value = &wishes->figure_seconds},
        {.name = "--report-memory", .takes_value = true, .value = &wishes->report_memory},
        {.name = "--report-seconds", .takes_value = true, .value = &wishes->report_seconds},
        {.name = "--verbose", .flag = &wishes->verbose},
        {.name = "--quiet", .flag = &wishes->quiet},
    };
    unsigned client_ms = RATE_LIMIT_FIGURES_MS, figure_s = FIGURE_S;
    options->threads = count_processors();
    options->limit_loopback = false;
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, NULL, 0, 0, NULL, err) ||
        (wishes->public_url &&
         !public_url_read(wishes->public_url, service->routes, &service->public_url, err)) ||
        !read_number("--threads", wishes->threads, 1, THREADS_MAX, &options->threads, err) ||
        !read_number("--max-connections", wishes->connections, 1, CONNECTIONS_MAX,
                     &options->connections, err) ||
        !read_number("--max-per-address", wishes->per_address, 1, CONNECTIONS_MAX,
                     &options->per_address, err) ||
        !read_number("--client-budget", wishes->client_budget, 0, CLIENT_MAX_MS, &client_ms, err) ||
        !read_number("--figure-seconds", wishes->figure_seconds, 1, FIGURE_MAX_S, &figure_s, err) ||
        !read_number("--report-memory", wishes->report_memory, 64, 1 << 20,
                     &service->report_memory_mb, err) ||
        !read_number("--report-seconds", wishes->report_seconds, 1, 3600, &service->report_s, err))
        return false;
    service->figure_ms = figure_s * 1000;
    service->limit = client_ms ? rate_limit_new(client_ms) : NULL;
    if (client_ms && !service->limit)
        return err_no_memory(err);
    service->workers = options->threads;
    options->limit_loopback = wishes->per_address != NULL;
    options->listen = wishes->listen;
    return true;
}

/* Serves until it is told to stop. */
static bool serve(struct service *service, struct http_options *options, struct stop_signal *stop,
                  struct err *err)
{
    options->arg = service;
    struct http *http = http_start(options, err);
    if (!http)
        return false;
    atomic_store(&service->http, http);
    printf("SIGG está en http://%s/\n", http_address(http));
    fflush(stdout);
    stop_signal_wait(stop);
    atomic_store(&service->http, NULL);
    http_stop(http, GRACE_MS);
    return true;
}

bool cmd_serve_run(const struct route *routes, int argc, char **argv, const char *db_path,
                   struct err *err)
{
    struct wishes wishes = {.listen = "127.0.0.1:8080"};
    struct http_options options = {
        .connections = CONNECTIONS,
        .connections_busy = CONNECTIONS_BUSY,
        .per_address = PER_ADDRESS,
        .head_ms = HEAD_MS,
        .body_ms = BODY_MS,
        .rate_min = RATE_MIN,
        .answers_max = ANSWERS_MAX,
        .idle_s = IDLE_S,
        .jobs = JOBS,
        .jobs_each = JOBS_EACH,
        .jobs_line = JOBS_LINE,
        .jobs_line_each = JOBS_LINE_EACH,
        .jobs_wait_s = JOBS_WAIT_S,
        .drawings_line = DRAWINGS_LINE,
        .drawings_line_each = DRAWINGS_LINE_EACH,
        .target_max = TARGET_MAX,
        .headers_max = HEADERS_MAX,
        .body_max = BODY_MAX,
        .handle = dispatch_handle,
        .problem = problem_put,
        .lent_bytes = dispatch_lent_bytes,
        .worker_new = dispatch_worker_new,
        .worker_free = dispatch_worker_free,
    };
    struct service service = {.routes = routes,
                              .archives = -1,
                              .report_memory_mb = REPORT_MEMORY_MB,
                              .report_s = REPORT_S};
    struct http_proxies *proxies = NULL;
    struct stop_signal *stop = NULL;
    bool ok = false;
    if (!read_wishes(argc, argv, &wishes, &options, &service, err))
        return false;
    if (wishes.proxies && !(proxies = http_proxies_new(wishes.proxies, err)))
        goto done;
    options.proxies = proxies;
    if (wishes.archives && !open_folder(wishes.archives, &service.archives, err))
        goto done;
    stop = stop_signal_start(STOP_MS, err);
    service.ring = stop ? log_ring_start(STDERR_FILENO, err) : NULL;
    if (!service.ring)
        goto done;
    service.log = log_ring_stream(service.ring);
    options.log = wishes.quiet ? NULL : service.ring;
    service.metrics = metrics_new(routes);
    service.state = service.metrics ? state_open(db_path, service.log, err) : NULL;
    if (!service.metrics)
        err_no_memory(err);
    if (!service.state)
        goto done;
    if (wishes.verbose)
        state_be_verbose(service.state);
    ok = serve(&service, &options, stop, err);
done:
    state_close(service.state);
    metrics_free(service.metrics);
    log_ring_stop(service.ring, LOG_WAIT_MS);
    http_proxies_free(proxies);
    rate_limit_free(service.limit);
    if (service.archives >= 0)
        close(service.archives);
    return ok;
}
