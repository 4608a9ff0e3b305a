/* cmd_import.c - `sigg import`: imports a source into a layer. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "geo/base/folder.h"
#include "geo/base/parse.h"
#include "geo/import/import.h"
#include "server/cli/options.h"
#include "server/cli/print.h"
#include "server/commands/command.h"
#include "server/served/prepare.h"

enum { MAX_MAPS = 64, MAX_TOLD = 10 };

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
        fprintf(stderr, "%s: y %lld más (--report F.json los tiene todos)\n", sentences->word,
                (long long)sentences->left_out);
}

/* "EPSG:32719", "epsg:32719" or "32719". */
static bool parse_crs(const char *word, int *epsg, struct err *err)
{
    const char *digits = strncasecmp(word, "EPSG:", 5) == 0 ? word + 5 : word;
    int64_t code;
    if (!parse_int(digits, 1024, 32767, &code))
        return err_set(err, ERR_USAGE, "--crs: «%s» no es EPSG:n (por ejemplo EPSG:32719)", word);
    *epsg = (int)code;
    return true;
}

static bool parse_decimal(const char *word, enum decimal_mark *mark, struct err *err)
{
    if (strcmp(word, "coma") == 0)
        *mark = MARK_COMMA;
    else if (strcmp(word, "punto") == 0)
        *mark = MARK_POINT;
    else
        return err_set(err, ERR_USAGE, "--decimal: «%s» no es coma ni punto", word);
    return true;
}

/* Limits ---------------------------------------------------------------------- */

enum { OTHER_OPTIONS = 18 };

static bool read_limits(const char *const *words, struct geo_source_limits *limits, struct err *err)
{
    *limits = geo_source_usual_limits;
    for (int i = 0; i < GEO_LIMITS; i++) {
        const struct geo_limit_words *limit = &geo_source_limit_words[i];
        if (words[i] && !parse_int(words[i], 1, limit->most, &limits->at[i]))
            return err_set(err, ERR_USAGE, "%s: «%s» no es un entero de 1 a %lld", limit->option,
                           words[i], (long long)limit->most);
    }
    return true;
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

/* What the command line says. */
struct request {
    struct geo_import_options options;
    struct geo_source_limits limits;
    const char *maps[MAX_MAPS], *ignored[MAX_MAPS];
    const char *report_path;
};

static bool read_request(int argc, char **argv, struct request *request, struct err *err)
{
    struct geo_import_options *options = &request->options;
    const char *positional[2] = {NULL, NULL}, *crs = NULL, *decimal = NULL;
    const char *limit_words[GEO_LIMITS] = {NULL};
    struct option_spec specs[OTHER_OPTIONS + GEO_LIMITS] = {
        {.name = "--solo-capa", .takes_value = true, .value = &options->source_layer},
        {.name = "--source-layer", .takes_value = true, .value = &options->source_layer},
        {.name = "--edition", .takes_value = true, .value = &options->edition},
        {.name = "--title", .takes_value = true, .value = &options->edition_title},
        {.name = "--source-title", .takes_value = true, .value = &options->source_title},
        {.name = "--date", .takes_value = true, .value = &options->data_date},
        {.name = "--crs", .takes_value = true, .value = &crs},
        {.name = "--map", .takes_value = true, .list = request->maps, .list_size = MAX_MAPS},
        {.name = "--ignore", .takes_value = true, .list = request->ignored, .list_size = MAX_MAPS},
        {.name = "--ignore-unused", .flag = &options->ignore_unused},
        {.name = "--decimal", .takes_value = true, .value = &decimal},
        {.name = "--rejects", .takes_value = true, .value = &options->rejects_path},
        {.name = "--report", .takes_value = true, .value = &request->report_path},
        {.name = "--dry-run", .flag = &options->dry_run},
        {.name = "--skip-invalid", .flag = &options->skip_invalid},
        {.name = "--keep-current", .flag = &options->keep_current},
        {.name = "--simulated", .flag = &options->simulated},
        {.name = "--schematic", .flag = &options->schematic},
    };
    for (int i = 0; i < GEO_LIMITS; i++)
        specs[OTHER_OPTIONS + i] = (struct option_spec){.name = geo_source_limit_words[i].option,
                                                        .takes_value = true,
                                                        .value = &limit_words[i]};
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, positional, 2, 2, NULL,
                       err) ||
        (crs && !parse_crs(crs, &options->epsg, err)) ||
        (decimal && !parse_decimal(decimal, &options->decimal, err)) ||
        !read_limits(limit_words, &request->limits, err))
        return false;
    if (options->rejects_path && !options->skip_invalid)
        return err_set(err, ERR_USAGE, "--rejects solo vale con --skip-invalid");
    options->layer = positional[0];
    options->source = positional[1];
    options->map = request->maps;
    options->ignore = request->ignored;
    options->limits = &request->limits;
    /* Checked before the work. */
    return (!options->rejects_path || folder_takes(options->rejects_path, err)) &&
           (!request->report_path || folder_takes(request->report_path, err));
}

static bool import(const struct request *request, const char *db_path,
                   struct geo_import_summary *summary, struct err *err)
{
    const struct geo_import_options *options = &request->options;
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_WRITE, err);
    start_clock(options);
    bool ok = store && geo_import_run(store, options, summary, err);
    stop_clock();
    if (ok && !options->dry_run && strcmp(options->layer, "municipios") == 0)
        prepare_outlines(store);
    geo_store_close(store);
    return ok;
}

static bool print_summary(const struct request *request, const struct geo_import_summary *summary,
                          struct err *err)
{
    struct buf text;
    buf_init(&text);
    geo_import_describe(&request->options, summary, &text);
    bool ok = !buf_failed(&text) || err_no_memory(err);
    if (ok)
        fputs(text.data, stdout);
    buf_free(&text);
    return ok;
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    struct request request = {0};
    struct geo_import_summary summary = {0};
    if (!read_request(argc, argv, &request, err))
        return false;
    char label[] = "importando";
    struct sentences warnings = {.word = "aviso"};
    struct sentences refusals = {.word = "falta", .all = request.options.dry_run};
    struct geo_import_options *options = &request.options;
    struct buf report;
    buf_init(&warnings.text);
    buf_init(&refusals.text);
    buf_init(&report);
    options->report = request.report_path ? &report : NULL;
    options->progress = print_progress;
    options->progress_arg = label;
    options->warning = options->refusal = keep_sentence;
    options->warning_arg = &warnings;
    options->refusal_arg = &refusals;
    options->before_commit = stop_clock;
    bool ok = import(&request, db_path, &summary, err);
    print_sentences(&warnings);
    if (options->dry_run || refusals.told > 1) /* a single one is the error */
        print_sentences(&refusals);
    /* A trial is told to its end also where records are refused. */
    if ((ok || (options->dry_run && summary.rejected)) && !print_summary(&request, &summary, err))
        ok = false;
    if (report.len && !folder_write(request.report_path, report.data, report.len, ok ? err : NULL))
        ok = false;
    buf_free(&warnings.text);
    buf_free(&refusals.text);
    buf_free(&report);
    return ok;
}

const struct command cmd_import = {
    .name = "import",
    .summary = "carga una fuente de datos en una capa",
    .help =
        "Uso: sigg import CAPA FUENTE [opciones]\n"
        "\n"
        "FUENTE: un archivo, una carpeta o una URL: Shapefile (también en .zip),\n"
        "GeoPackage, GeoJSON, CSV, XLSX, ODS, KML, GPX, FlatGeobuf, GML. Las columnas se\n"
        "reconocen por su nombre.\n"
        "\n"
        "  --solo-capa N         lee solo esa hoja, capa o archivo de la fuente (por omisión,\n"
        "                        todas las que sirven); también --source-layer\n"
        "  --edition E           edición de los límites (obligatorio en municipios)\n"
        "  --title T             título de la edición\n"
        "  --keep-current        no la hace la edición vigente; así se carga una que no cubre\n"
        "                        todo el país\n"
        "  --schematic           los límites son esquemáticos\n"
        "  --crs EPSG:n          sistema de referencia de las coordenadas\n"
        "  --map campo=columna   de qué columna sale un campo; se puede repetir. También\n"
        "                        lon, lat, x, y y coordenada\n"
        "  --ignore COLUMNA      no la lee, aunque parezca un campo; se puede repetir\n"
        "  --ignore-unused       no lee ninguna columna que no llene un campo\n"
        "  --decimal coma|punto  cuál es la marca decimal, si los números no lo aclaran\n"
        "  --dry-run             hace todo y no escribe nada\n"
        "  --skip-invalid        deja de lado los registros malos y carga el resto\n"
        "  --rejects F.csv       adónde van los registros malos, cada uno con su motivo\n"
        "  --report F.json       qué pasó con cada registro\n"
        "  --source-title T      de dónde vienen los datos (por omisión, el nombre del archivo)\n"
        "  --date AAAA-MM-DD     fecha de los datos\n"
        "  --simulated           los datos son simulados, y así se los rotula\n"
        "\n"
        "Límites para archivos dañados, o hechos para dañar: los datos de verdad no llegan a\n"
        "ellos, y si uno llega, el mensaje dice cuál. La fuente se lee en un proceso aparte,\n"
        "que se termina al pasarlos; la base queda como estaba.\n"
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
        "Todo va en una transacción: un registro malo la detiene y no se escribe nada. Los\n"
        "registros con un código ya cargado se actualizan. En hechos_municipio, cada columna\n"
        "de números es un hecho. En municipios, los polígonos de un mismo código se unen y se\n"
        "dice; una edición que no cubre el país no llega a ser la vigente. «sigg undo» deshace la "
        "última importación.\n",
    .run = run,
    .layers = GEO_TABLES_ALL,
};
