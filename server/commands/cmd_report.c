/* cmd_report.c - `sigg report`: reports and sheets, the atlas, the workbook. */
#include <string.h>

#include "geo/base/folder.h"
#include "geo/base/parse.h"
#include "geo/base/version.h"
#include "layers/report/atlas.h"
#include "layers/report/xlsx.h"
#include "server/api/child.h"
#include "server/cli/options.h"
#include "server/cli/output.h"
#include "server/cli/print.h"
#include "server/commands/command.h"

enum what { NACIONAL, DEPARTAMENTO, MUNICIPIO, ATLAS, LIBRO };

static const struct {
    const char *word, *ending, *of; /* of: what must follow the word; NULL: nothing */
} kinds[] = {
    [NACIONAL] = {"nacional", ".pdf", NULL},
    [DEPARTAMENTO] = {"departamento", ".pdf", "el nombre del departamento"},
    [MUNICIPIO] = {"municipio", ".pdf", "el código INE del municipio"},
    [ATLAS] = {"atlas", ".pdf", NULL},
    [LIBRO] = {"libro", ".xlsx", NULL},
};

/* Limits of a report made for a request. One of the built-in data takes some 80 MB (and
 * 500 MB of address space) and a second. */
enum {
    WRITTEN_MAX_MB = 256,
    PROCESSOR_MAX_S = 300,
    ROWS_FOR_REQUEST = 50000, /* rows of a workbook, some 1.5 KiB each */
};

struct cmd_report_asked {
    enum what what;
    const char *which, *path, *departamento;
    bool for_request;      /* run by the server: the answer goes to it (server/api/child.h) */
    const char *memory_mb; /* then: its memory limit */
    struct report_query query;
};

static bool ends_with(const char *path, const char *ending)
{
    size_t len = strlen(path), tail = strlen(ending);
    return len > tail && strcmp(path + len - tail, ending) == 0;
}

static bool parse_kind(const char **words, size_t n, struct cmd_report_asked *asked,
                       struct err *err)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(words[0], kinds[i].word) != 0)
            continue;
        asked->what = (enum what)i;
        asked->which = n > 1 ? words[1] : NULL;
        if (kinds[i].of && !asked->which)
            return err_set(err, ERR_USAGE, "%s: falta %s", words[0], kinds[i].of);
        if (!kinds[i].of && asked->which)
            return err_set(err, ERR_USAGE, "%s no lleva «%s»", words[0], asked->which);
        return true;
    }
    return err_set(err, ERR_USAGE,
                   "«%s» no es un informe: hay nacional, departamento, municipio, atlas y libro",
                   words[0]);
}

static bool parse(int argc, char **argv, struct cmd_report_asked *asked, struct err *err)
{
    const char *words[2] = {NULL, NULL}, *language = NULL, *which = NULL;
    size_t n = 0;
    const struct option_spec specs[] = {
        {.name = "--as-of", .takes_value = true, .value = &asked->query.as_of},
        {.name = "--edition", .takes_value = true, .value = &asked->query.edition},
        {.name = "--departamento", .takes_value = true, .value = &asked->departamento},
        {.name = "--lang", .takes_value = true, .value = &language},
        {.name = "-o", .takes_value = true, .value = &asked->path},
        {.name = "--output", .takes_value = true, .value = &asked->path},
        {.name = "--for-request", .flag = &asked->for_request}, /* these three are for the server */
        {.name = "--memory-mb", .takes_value = true, .value = &asked->memory_mb},
        {.name = "--which", .takes_value = true, .value = &which},
    };
    asked->query.version = SIGG_VERSION;
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, words, 1, 2, &n, err))
        return false;
    if (asked->for_request && which)
        words[n++] = which;
    if (!parse_kind(words, n, asked, err))
        return false;
    if (language && strcmp(language, "es") != 0)
        return err_set(err, ERR_USAGE, "--lang: «%s» no se acepta: los informes están en «es»",
                       language);
    if (asked->query.as_of && !parse_date(asked->query.as_of))
        return err_set(err, ERR_USAGE, "--as-of: «%s» no es una fecha: se espera AAAA-MM-DD",
                       asked->query.as_of);
    if (asked->departamento && asked->what != ATLAS)
        return err_set(err, ERR_USAGE, "--departamento es del atlas: use «departamento NOMBRE»");
    if (asked->for_request) {
        asked->query.rows_max = ROWS_FOR_REQUEST;
        return true;
    }
    if (!asked->path)
        return err_set(err, ERR_USAGE, "falta -o ARCHIVO%s", kinds[asked->what].ending);
    if (!ends_with(asked->path, kinds[asked->what].ending))
        return err_set(err, ERR_USAGE, "«%s»: la extensión tiene que ser %s", asked->path,
                       kinds[asked->what].ending);
    return true;
}

static bool make(struct report_data *data, const struct cmd_report_asked *asked, struct buf *out,
                 struct err *err)
{
    struct report_scope scope = {0};
    size_t sheets;
    char label[] = "atlas";
    switch (asked->what) {
    case LIBRO:
        return xlsx_write_book(data, out, err);
    case ATLAS:
        if (asked->departamento &&
            !report_scope_find(data, REPORT_DEPARTAMENTO, asked->departamento, &scope, err))
            return false;
        return atlas_pdf(data, scope.departamento, 0, print_progress, label, out, &sheets, err);
    case NACIONAL:
    case DEPARTAMENTO:
    case MUNICIPIO:
        break;
    }
    enum report_kind kind = asked->what == NACIONAL       ? REPORT_NACIONAL
                            : asked->what == DEPARTAMENTO ? REPORT_DEPARTAMENTO
                                                          : REPORT_MUNICIPIO;
    return report_scope_find(data, kind, asked->which, &scope, err) &&
           report_pdf(data, kind, &scope, out, err);
}

/* Before anything is opened, so that memory of the database and libraries counts. */
static bool confine(const struct cmd_report_asked *asked, struct err *err)
{
    struct confine bounds = {.processor_s = PROCESSOR_MAX_S,
                             .written_bytes = (uint64_t)WRITTEN_MAX_MB << 20};
    int64_t memory_mb = 0;
    if (asked->memory_mb && !parse_int(asked->memory_mb, 1, 1 << 24, &memory_mb))
        return err_set(err, ERR_USAGE, "--memory-mb: «%s» no es un entero", asked->memory_mb);
    bounds.memory_bytes = (uint64_t)memory_mb << 20;
    return child_confine(&bounds, err);
}

static bool deliver(struct geo_store *store, const struct cmd_report_asked *asked,
                    const struct buf *out, struct err *err)
{
    int64_t revision, mark;
    if (!asked->for_request)
        return folder_write(asked->path, out->data, out->len, err);
    /* Of the transaction in which the report was read. */
    return geo_store_content(store, &revision, &mark, err) &&
           child_give(revision, mark, out->data, out->len, err);
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    struct cmd_report_asked asked = {0};
    struct buf out;
    struct geo_store *store = NULL;
    struct report_data *data = NULL;
    buf_init(&out);
    bool ok =
        parse(argc, argv, &asked, err) &&
        (asked.for_request ? confine(&asked, err) : output_takes("-o", asked.path, db_path, err)) &&
        (store = geo_store_open(db_path, GEO_STORE_READ, err)) != NULL &&
        (data = report_data_open(store, &asked.query, err)) != NULL &&
        make(data, &asked, &out, err) && deliver(store, &asked, &out, err);
    if (asked.for_request && !ok)
        child_refuse(err);
    report_data_close(data);
    geo_store_close(store);
    buf_free(&out);
    return ok;
}

const struct command cmd_report = {
    .name = "report",
    .summary = "informes, fichas y atlas en PDF, y el libro de cálculo",
    .help =
        "Uso: sigg report nacional|departamento NOMBRE|municipio CÓDIGO|atlas -o ARCHIVO.pdf\n"
        "     sigg report libro -o ARCHIVO.xlsx\n"
        "     [--as-of FECHA] [--edition E] [--departamento NOMBRE] [--lang es]\n"
        "\n"
        "  nacional             el avance del país: cifras, mapas, gráficos y cuadros\n"
        "  departamento NOMBRE  lo mismo de un departamento\n"
        "  municipio CÓDIGO     la ficha de un municipio, por su código INE\n"
        "  atlas                las fichas de todos, con índice por departamento y por nombre\n"
        "  libro                un libro de cálculo con una hoja por cuadro\n"
        "\n"
        "  -o ARCHIVO           qué archivo escribir; queda entero o no queda\n"
        "  --as-of FECHA        lo que contaba ese día, AAAA-MM-DD (por omisión, todo lo\n"
        "                       conocido)\n"
        "  --edition E          en la edición E de los límites (por omisión, la vigente)\n"
        "  --departamento N     del atlas, solo las fichas de ese departamento\n"
        "  --lang es            el idioma: español\n"
        "\n"
        "Cada página dice la fecha de los datos, la edición de los límites y la versión; si los\n"
        "datos son simulados o los límites esquemáticos, también. Las cifras son las de\n"
        "«sigg coverage», «sigg irrigation» y los demás subcomandos.\n"
        "\n"
        "Ejemplo: sigg report departamento Potosí --as-of 2021-12-31 -o potosi.pdf\n",
    .run = run,
};
