/* cmd_serve.c - `sigg serve`: the server, until it is told to stop. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/parse.h"
#include "server/command.h"
#include "server/dispatch.h"
#include "server/options.h"

enum {
    CONNECTIONS = 1000,
    IDLE_S = 20,
    TARGET_MAX = 8192,
    HEADERS_MAX = 12 * 1024,
    BODY_MAX = 1024 * 1024,
    GRACE_S = 10,
    THREADS_MAX = 64,
    /* A ranking or clusters take a second or so, at the worst some ten. */
    ASIDES = 2,
    ASIDES_LINE = 16,
    ASIDES_WAIT_S = 15,
    /* A report is made by a process of its own (reports_http.c). */
    REPORT_MEMORY_MB = 2048,
    REPORT_S = 60,
};

static const char help[] =
    "Uso: sigg [--db ARCHIVO] serve [--listen DIRECCIÓN:PUERTO] [--threads N]\n"
    "                               [--public-url URL] [--archives CARPETA]\n"
    "                               [--report-memory MB] [--report-seconds S]\n"
    "                               [--verbose] [--quiet]\n\n"
    "Sirve el mapa, las figuras y la API hasta recibir SIGTERM o SIGINT; entonces\n"
    "termina lo que está en curso y sale. Los cambios de la base de datos (una\n"
    "importación, por ejemplo) se ven sin reiniciar.\n\n"
    "  --listen DIR:PUERTO  dónde escuchar (127.0.0.1:8080); con el puerto 0 lo\n"
    "                       elige el sistema y se imprime\n"
    "  --threads N          hilos que atienden (uno por procesador)\n"
    "  --public-url URL     cómo se llega desde fuera, para los enlaces; si falta,\n"
    "                       la cabecera Host de cada petición\n"
    "  --archives CARPETA   ofrece en /archives los archivos de teselas (.pmtiles,\n"
    "                       .mbtiles) de esa carpeta, enteros o por partes (Range)\n"
    "  --report-memory MB   memoria que puede tomar el proceso que hace un informe\n"
    "                       (2048)\n"
    "  --report-seconds S   y cuánto puede tardar (60); entonces se lo termina y se\n"
    "                       responde 503\n"
    "  --verbose            dice qué memoria ocupa cada capa y cuánto tardó en\n"
    "                       prepararse, al empezar y con cada cambio\n"
    "  --quiet              sin registro de accesos en la salida de errores\n";

/* Signals reach the main thread alone: blocked before any thread starts, taken
 * by sigwait(). A peer that hangs up is an error of write(), not a signal. */
static void block_signals(sigset_t *awaited)
{
    sigemptyset(awaited);
    sigaddset(awaited, SIGTERM);
    sigaddset(awaited, SIGINT);
    pthread_sigmask(SIG_BLOCK, awaited, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static bool check_url(const char *url, struct err *err)
{
    size_t scheme = url && strncmp(url, "https://", 8) == 0  ? 8
                    : url && strncmp(url, "http://", 7) == 0 ? 7
                                                             : 0;
    if (!url || (scheme && request_host_ok(url + scheme)))
        return true;
    return err_set(err, ERR_USAGE,
                   "--public-url: «%s» no se acepta; se acepta http:// o https:// con un nombre y "
                   "un puerto opcional, sin ruta",
                   url);
}

static bool choose_threads(const char *given, unsigned *threads, struct err *err)
{
    int64_t number = sysconf(_SC_NPROCESSORS_ONLN);
    if (number < 1)
        number = 1;
    if (number > THREADS_MAX)
        number = THREADS_MAX;
    if (given && !parse_int(given, 1, THREADS_MAX, &number))
        return err_set(err, ERR_USAGE, "--threads: «%s» no es un entero de 1 a %d", given,
                       THREADS_MAX);
    *threads = (unsigned)number;
    return true;
}

static bool choose_bound(const char *option, const char *given, int64_t min, int64_t max,
                         int64_t *bound, struct err *err)
{
    return !given || parse_int(given, min, max, bound) ||
           err_set(err, ERR_USAGE, "%s: «%s» no es un entero de %lld a %lld", option, given,
                   (long long)min, (long long)max);
}

static bool open_folder(const char *path, int *folder, struct err *err)
{
    *folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return *folder >= 0 ||
           err_set(err, ERR_SETUP, "--archives: no se puede leer la carpeta «%s»: %s", path,
                   err_reason(errno));
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    const char *listen = "127.0.0.1:8080", *threads = NULL, *public_url = NULL;
    const char *archives = NULL, *report_memory = NULL, *report_seconds = NULL;
    int64_t report_memory_mb = REPORT_MEMORY_MB, report_s = REPORT_S;
    bool quiet = false, verbose = false;
    const struct option_spec specs[] = {
        {.name = "--listen", .takes_value = true, .value = &listen},
        {.name = "--threads", .takes_value = true, .value = &threads},
        {.name = "--public-url", .takes_value = true, .value = &public_url},
        {.name = "--archives", .takes_value = true, .value = &archives},
        {.name = "--report-memory", .takes_value = true, .value = &report_memory},
        {.name = "--report-seconds", .takes_value = true, .value = &report_seconds},
        {.name = "--verbose", .flag = &verbose},
        {.name = "--quiet", .flag = &quiet},
    };
    struct http_options options = {
        .connections = CONNECTIONS,
        .idle_s = IDLE_S,
        .asides = ASIDES,
        .asides_line = ASIDES_LINE,
        .asides_wait_s = ASIDES_WAIT_S,
        .target_max = TARGET_MAX,
        .headers_max = HEADERS_MAX,
        .body_max = BODY_MAX,
        .handle = dispatch_handle,
        .worker_new = dispatch_worker_new,
        .worker_free = dispatch_worker_free,
    };
    sigset_t awaited;
    int caught = 0;
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, NULL, 0, 0, NULL, err) ||
        !check_url(public_url, err) || !choose_threads(threads, &options.threads, err) ||
        !choose_bound("--report-memory", report_memory, 64, 1 << 20, &report_memory_mb, err) ||
        !choose_bound("--report-seconds", report_seconds, 1, 3600, &report_s, err))
        return false;
    struct service service = {.log = stderr,
                              .public_url = public_url,
                              .address = listen,
                              .archives = -1,
                              .workers = options.threads,
                              .report_memory_mb = (unsigned)report_memory_mb,
                              .report_s = (unsigned)report_s};
    if (archives && !open_folder(archives, &service.archives, err))
        return false;
    block_signals(&awaited);
    struct http *http = NULL;
    service.metrics = metrics_new();
    service.state = service.metrics ? state_open(db_path, stderr, err) : NULL;
    if (!service.metrics)
        err_no_memory(err);
    if (!service.state)
        goto done;
    if (verbose)
        state_be_verbose(service.state);
    options.listen = listen;
    options.log = quiet ? NULL : stderr;
    options.arg = &service;
    http = http_start(&options, err);
    if (http) {
        printf("SIGG está en http://%s/\n", http_address(http));
        fflush(stdout);
        sigwait(&awaited, &caught);
        http_stop(http, GRACE_S);
    }
done:
    state_close(service.state);
    metrics_free(service.metrics);
    if (service.archives >= 0)
        close(service.archives);
    return http != NULL;
}

const struct command cmd_serve = {"serve", "el servidor: mapa, figuras y API", help, run};
