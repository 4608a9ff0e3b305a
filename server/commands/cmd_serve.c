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
    GRACE_S = 1, /* then what is under way is ended */
    THREADS_MAX = 64,
    /* A ranking or clusters take a second or so. A client has two made at a time and some
     * more in line; a third thread is there for the next client. */
    ASIDES = 3,
    ASIDES_EACH = 2,
    ASIDES_LINE = 64,
    ASIDES_LINE_EACH = 8,
    ASIDES_WAIT_S = 15,
    FIGURE_S = 10, /* an answer may take */
    FIGURE_MAX_S = 600,
    CLIENT_MAX_MS = 64000, /* --client-budget */
};

static const char help[] =
    "Uso: sigg [--db ARCHIVO] serve [--listen DIRECCIÓN:PUERTO] [--threads N]\n"
    "                               [--public-url URL] [--archives CARPETA]\n"
    "                               [--client-budget MS] [--figure-seconds S]\n"
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
    "  --client-budget MS   tiempo de procesador que se da a cada cliente (dirección IP;\n"
    "                       en IPv6, su /64), en milisegundos por segundo: MS para\n"
    "                       figuras e informes y cuatro veces tanto para lo demás, y\n"
    "                       de una vez lo de 40 segundos (250); a quien lo agota se le\n"
    "                       responde 429 y cuándo volver; 0: sin límite. Detrás de un\n"
    "                       proxy hay que decir a quién creerle la dirección del\n"
    "                       cliente: si no, todos son uno\n"
    "  --figure-seconds S   lo más que puede tardar una respuesta (10)\n"
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

/* Of each client, and of each answer. */
static bool read_bounds(const char *budget, const char *seconds, struct service *service,
                        struct err *err)
{
    int64_t figures_ms = RATE_LIMIT_FIGURES_MS, most_s = FIGURE_S;
    if (budget && !parse_int(budget, 0, CLIENT_MAX_MS, &figures_ms))
        return err_set(err, ERR_USAGE, "--client-budget: «%s» no es un entero de 0 a %d", budget,
                       CLIENT_MAX_MS);
    if (seconds && !parse_int(seconds, 1, FIGURE_MAX_S, &most_s))
        return err_set(err, ERR_USAGE, "--figure-seconds: «%s» no es un entero de 1 a %d", seconds,
                       FIGURE_MAX_S);
    service->figure_ms = (unsigned)most_s * 1000;
    service->limit = figures_ms ? rate_limit_new((unsigned)figures_ms) : NULL;
    return !figures_ms || service->limit || err_no_memory(err);
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
    const char *archives = NULL, *budget = NULL, *seconds = NULL;
    bool quiet = false, verbose = false;
    const struct option_spec specs[] = {
        {.name = "--listen", .takes_value = true, .value = &listen},
        {.name = "--threads", .takes_value = true, .value = &threads},
        {.name = "--public-url", .takes_value = true, .value = &public_url},
        {.name = "--archives", .takes_value = true, .value = &archives},
        {.name = "--client-budget", .takes_value = true, .value = &budget},
        {.name = "--figure-seconds", .takes_value = true, .value = &seconds},
        {.name = "--verbose", .flag = &verbose},
        {.name = "--quiet", .flag = &quiet},
    };
    struct http_options options = {
        .connections = CONNECTIONS,
        .idle_s = IDLE_S,
        .asides = ASIDES,
        .asides_each = ASIDES_EACH,
        .asides_line = ASIDES_LINE,
        .asides_line_each = ASIDES_LINE_EACH,
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
        !check_url(public_url, err) || !choose_threads(threads, &options.threads, err))
        return false;
    struct service service = {.log = stderr,
                              .public_url = public_url,
                              .address = listen,
                              .archives = -1,
                              .workers = options.threads};
    if (archives && !open_folder(archives, &service.archives, err))
        return false;
    if (!read_bounds(budget, seconds, &service, err))
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
    rate_limit_free(service.limit);
    if (service.archives >= 0)
        close(service.archives);
    return http != NULL;
}

const struct command cmd_serve = {"serve", "el servidor: mapa, figuras y API", help, run};
