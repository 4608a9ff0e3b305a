/* cmd_import.c - `sigg import`: imports a source into a layer. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "server/commands/command.h"
#include "server/commands/import_bar.h"
#include "server/commands/import_explained.h"
#include "server/commands/import_reports.h"
#include "server/commands/import_request.h"
#include "server/commands/import_stop.h"
#include "server/served/prepare.h"

enum { MAX_TOLD = 10 };

/* Sentences printed after the work, so that they do not disturb the progress bar. */
struct sentences {
    const char *word; /* "aviso" */
    bool all;         /* not only the first ones */
    struct buf text;
    int64_t told, left_out;
};

static void keep_sentence(void *arg, const char *sentence)
{
    struct sentences *sentences = arg;
    if (sentences->told == MAX_TOLD && !sentences->all) {
        sentences->left_out++;
        return;
    }
    sentences->told++;
    buf_printf(&sentences->text, "%s: %s\n", sentences->word, sentence);
}

static void print_sentences(const struct sentences *sentences)
{
    if (sentences->text.data && !buf_failed(&sentences->text))
        fputs(sentences->text.data, stderr);
    if (sentences->left_out)
        fprintf(stderr, "%s: y %lld más (--report F.html los muestra)\n", sentences->word,
                (long long)sentences->left_out);
}

/* The time limit of the whole import, also of the part that no child process does. A
 * library call cannot be interrupted, but the process can end: an uncommitted transaction
 * has no effect. */
static char time_is_over[ERR_MESSAGE_MAX + 256];

static void out_of_time(int signal)
{
    (void)signal;
    ssize_t written = write(STDERR_FILENO, time_is_over, strlen(time_is_over));
    (void)written;
    _exit(EXIT_FAILURE);
}

static void stop_clock(void)
{
    setitimer(ITIMER_REAL, &(struct itimerval){0}, NULL);
}

static void too_late(void)
{
    stop_clock();
    import_stop_too_late();
}

static void start_clock(const struct geo_import_options *options)
{
    struct err err = {0};
    geo_source_beyond(options->limits, GEO_LIMIT_TOTAL_SECONDS, &err);
    snprintf(time_is_over, sizeof time_is_over, "sigg import: %.200s: %s\n", options->source,
             err.message);
    signal(SIGALRM, out_of_time);
    setitimer(ITIMER_REAL,
              &(struct itimerval){.it_value.tv_sec = options->limits->at[GEO_LIMIT_TOTAL_SECONDS]},
              NULL);
}

static bool import(const struct import_request *request, const char *db_path,
                   struct geo_import_summary *summary, struct err *err)
{
    const struct geo_import_options *options = &request->options;
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_WRITE, err);
    if (!store)
        return false;
    start_clock(options);
    import_stop_begin(store);
    bool ok = geo_import_run(store, options, summary, err);
    stop_clock();
    geo_store_bound(store, NULL);
    if (ok && !options->dry_run && strcmp(options->layer, "municipios") == 0)
        prepare_outlines(store);
    geo_store_close(store);
    import_stop_end();
    return ok;
}

static bool print_summary(const struct import_request *request,
                          const struct geo_import_summary *summary, const struct buf *counts,
                          struct err *err)
{
    struct buf text;
    buf_init(&text);
    if (counts->len)
        buf_puts(&text, counts->data);
    geo_import_describe(&request->options, summary, &text);
    bool ok = !buf_failed(&text) || err_no_memory(err);
    if (ok)
        fputs(text.data, stdout);
    buf_free(&text);
    return ok;
}

/* Faults that were told need not be told again as the error. */
static void sum_up(const struct import_request *request, const struct geo_import_summary *summary,
                   const struct sentences *refusals, struct err *err)
{
    const char *source = request->options.source;
    int64_t columns = summary->columns;
    if (refusals->told < 2)
        return;
    if (columns && summary->rejected)
        err_set(err, err->kind,
                "%s: columnas con faltas: %lld; registros con faltas: %lld; no se "
                "cargó nada",
                source, (long long)columns, (long long)summary->rejected);
    else if (summary->rejected > 1)
        err_set(err, err->kind, "%s: %lld registros tienen faltas; no se cargó nada", source,
                (long long)summary->rejected);
    else if (columns > 1)
        err_set(err, err->kind, "%s: hay %lld faltas de columnas; no se cargó nada", source,
                (long long)columns);
}

/* What to do about what was refused, as the last line. */
static void advise(const struct import_request *request, const struct import_reports *reports,
                   const struct geo_import_summary *summary, struct err *err)
{
    const struct err said = *err;
    if (reports->page_path)
        err_set(err, said.kind, "%s\nqué hacer: abra %s, que muestra todo", said.message,
                reports->page_path);
    else if (summary->rejected == 0)
        return; /* the fault says what to do */
    else if (summary->columns)
        err_set(err, said.kind,
                "%s\nqué hacer: primero las columnas; --report F.html muestra todas las faltas",
                said.message);
    else if (request->options.dry_run)
        err_set(err, said.kind, "%s\nqué hacer: corregir; --report F.html hace una página para eso",
                said.message);
    else
        err_set(err, said.kind,
                "%s\nqué hacer: --report F.html muestra todas las faltas; --skip-invalid carga los "
                "demás registros",
                said.message);
}

/* Told after the work, so that progress bars are not disturbed. */
static bool tell(const struct import_request *request, const struct geo_import_summary *summary,
                 struct import_reports *reports, bool ok, struct err *err)
{
    const struct geo_import_options *options = &request->options;
    const struct sentences *warnings = options->warning_arg, *refusals = options->refusal_arg;
    print_sentences(warnings);
    if (refusals->told > 1) /* a single one is the error */
        print_sentences(refusals);
    /* A trial is told to its end also where records are refused. */
    if (ok || (options->dry_run && summary->rejected))
        ok = print_summary(request, summary, &reports->counts, err) && ok;
    struct err unwritten = {0};
    if (!import_reports_write(reports, &unwritten)) {
        if (ok)
            *err = unwritten;
        return false;
    }
    if (!ok && refusals->told && err->kind == ERR_INPUT) {
        sum_up(request, summary, refusals, err);
        advise(request, reports, summary, err);
    }
    return ok;
}

static bool run_import(struct import_request *request, const char *db_path, struct err *err)
{
    struct print_steps steps;
    struct sentences warnings = {.word = "aviso"};
    struct sentences refusals = {.word = "falta", .all = request->options.dry_run};
    struct geo_import_summary summary = {0};
    struct geo_import_options *options = &request->options;
    struct import_reports reports;
    buf_init(&warnings.text);
    buf_init(&refusals.text);
    import_bar_draw(&steps, options);
    options->warning = options->refusal = keep_sentence;
    options->warning_arg = &warnings;
    options->refusal_arg = &refusals;
    options->before_commit = too_late;
    options->may_be_known = !request->reports[0] && !options->rejects_path;
    bool ok = import_reports_init(&reports, request->reports, db_path, options, err);
    if (ok) {
        ok = import(request, db_path, &summary, err);
        print_steps_end(&steps);
        ok = (ok || !import_stop_came(err)) && tell(request, &summary, &reports, ok, err);
    }
    import_reports_free(&reports);
    buf_free(&warnings.text);
    buf_free(&refusals.text);
    return ok;
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    struct import_request request = {0};
    if (!import_request_read(argc, argv, db_path, &request, err))
        return false;
    if (!request.explain)
        return run_import(&request, db_path, err);
    start_clock(&request.options);
    bool ok = import_explained(&request, db_path, err);
    stop_clock();
    return ok;
}

const struct command cmd_import = {
    .name = "import",
    .summary = "carga una fuente de datos en una capa",
    .help = "Uso: sigg import CAPA FUENTE [opciones]\n"
            "     sigg import --explain [CAPA] FUENTE [-o F.png]\n"
            "\n"
            "FUENTE: un archivo, una carpeta, un .zip, un .gz o una URL. Formatos: CSV y\n"
            "otros textos con separador, XLSX, ODS, Shapefile, GeoPackage, GeoJSON, JSON de\n"
            "Esri, KML, GPX, GML, FlatGeobuf, MapInfo, Geodatabase de archivos, DBF. Se lee\n"
            "toda hoja, capa o archivo que sirva, y se nombra lo que no se lee.\n"
            "\n"
            "  --solo-capa N         lee solo esa hoja, capa o archivo; también\n"
            "                        --source-layer\n"
            "  --header-row N        fila del encabezado; por omisión, se busca\n"
            "  --edition E           edición de los límites (obligatorio en municipios)\n"
            "  --title T             título de la edición\n"
            "  --keep-current        no la hace la edición vigente; así se carga una que no\n"
            "                        cubre todo el país\n"
            "  --schematic           los límites son esquemáticos\n"
            "  --crs EPSG:n          sistema de referencia de las coordenadas\n"
            "  --map campo=columna   de qué columna sale un campo; se puede repetir. También\n"
            "                        lon, lat, x, y, coordenada y geometria\n"
            "  --ignore COLUMNA      no la lee, aunque parezca un campo; se puede repetir\n"
            "  --ignore-unused       no lee ninguna columna que no llene un campo\n"
            "  --decimal coma|punto  cuál es la marca decimal, si los números no lo aclaran\n"
            "  --clear-geometry      un registro que llega sin geometría pierde la que tenía;\n"
            "                        por omisión la conserva, con un aviso\n"
            "  --replace             un registro reemplaza a otro de su código, aunque sean\n"
            "                        otros su nombre y su municipio; en municipios, la\n"
            "                        edición puede tener otros códigos que la vigente\n"
            "  --source-title T      de dónde vienen los datos (por omisión, el nombre del\n"
            "                        archivo)\n"
            "  --date AAAA-MM-DD     fecha de los datos\n"
            "  --simulated           los datos son simulados, y así se los rotula\n"
            "\n"
            "Antes de cargar:\n"
            "  --explain             dice qué hoja y qué columna llena qué campo y por qué,\n"
            "                        cómo se leen números y fechas, y dónde caerían los\n"
            "                        puntos; no escribe nada. Sin CAPA, dice a qué capas\n"
            "                        podría ir la fuente\n"
            "  -o F.png              con --explain, el mapa de los puntos\n"
            "  --dry-run             hace todo, dice todas las faltas y no escribe nada\n"
            "\n"
            "Las faltas:\n"
            "  --report F.html       página para quien las corrige; si hay filas por\n"
            "                        corregir, con el libro F.xlsx al lado\n"
            "  --report F.xlsx       solo el libro: corregido, se carga como está\n"
            "  --report F.json       qué pasó con cada registro, para programas. Se puede\n"
            "                        repetir, uno de cada clase; también se escriben si la\n"
            "                        carga se detiene\n"
            "  --skip-invalid        deja de lado los registros malos y carga el resto\n"
            "  --rejects F.csv       adónde van los registros malos, cada uno con su motivo\n"
            "\n"
            "Las columnas se reconocen por su nombre, su título, otros nombres usuales, o el\n"
            "mismo nombre tras el grupo de una encuesta o cortado por un Shapefile. Una\n"
            "columna que parece un campo y no lo llena detiene la carga: dígala con --map o\n"
            "con --ignore.\n"
            "Sin dato: vacío, -, s/d, n/d, n/a, sin dato, no aplica, no disponible, null.\n"
            "Coordenadas: en dos columnas o en una; grados con decimales, o con minutos y\n"
            "segundos; UTM en metros; códigos Plus; como escriben teléfonos, Kobo y ODK.\n"
            "Sin sistema declarado vale la lectura que cae en el municipio declarado.\n"
            "\n"
            "Límites para archivos dañados, o hechos para dañar: los datos de verdad no\n"
            "llegan a ellos, y si uno llega, el mensaje dice cuál. La fuente se lee en un\n"
            "proceso aparte, que se termina al pasarlos; la base queda como estaba.\n"
            "  --max-memory MB             memoria para leerla (4096)\n"
            "  --max-seconds S             segundos para leerla (900)\n"
            "  --max-total-seconds S       segundos para toda la importación (7200)\n"
            "  --max-size MB               tamaño sin comprimir (4096)\n"
            "  --max-ratio N               veces que crece un archivo al descomprimirlo (200)\n"
            "  --max-entries N             archivos de un zip o de una carpeta (10000)\n"
            "  --max-records N             registros (5000000)\n"
            "  --max-columns N             columnas (16384)\n"
            "  --max-all-vertices N        vértices de todas las geometrías (50000000)\n"
            "De un registro, que se rechaza como malo y los demás se leen:\n"
            "  --max-value KB              tamaño de un valor (65536)\n"
            "  --max-vertices N            vértices de su geometría (2000000)\n"
            "  --max-parts N               partes y huecos de su geometría (200000)\n"
            "  --max-repair-seconds S      segundos para reparar su geometría (5)\n"
            "\n"
            "Todo va en una transacción: un registro malo la detiene y no se escribe nada.\n"
            "Los registros con un código ya cargado se actualizan. En hechos_municipio, cada\n"
            "columna de números es un hecho. En municipios, los polígonos de un mismo código\n"
            "se unen y se dice; una edición que no cubre el país no llega a ser la vigente.\n"
            "«sigg undo» deshace la última importación. La misma fuente, si nada cambió desde\n"
            "entonces, no se lee otra vez; con --report, siempre.\n",
    .run = run,
    .layers = GEO_TABLES_ALL,
};
