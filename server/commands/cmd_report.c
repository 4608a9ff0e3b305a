/* cmd_report.c - `sigg report`: reports and sheets, the atlas, the workbook. */
#include <string.h>

#include "geo/base/folder.h"
#include "geo/base/parse.h"
#include "layers/report/atlas.h"
#include "layers/report/workbook.h"
#include "server/command.h"
#include "server/options.h"
#include "server/print.h"
#include "server/version.h"

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

struct asked {
    enum what what;
    const char *which, *path, *departamento;
    struct report_query query;
};

static bool ends_with(const char *path, const char *ending)
{
    size_t len = strlen(path), tail = strlen(ending);
    return len > tail && strcmp(path + len - tail, ending) == 0;
}

static bool parse_kind(const char **words, size_t n, struct asked *asked, struct err *err)
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

static bool parse(int argc, char **argv, struct asked *asked, struct err *err)
{
    const char *words[2] = {NULL, NULL}, *language = NULL;
    size_t n = 0;
    const struct option_spec specs[] = {
        {.name = "--as-of", .takes_value = true, .value = &asked->query.as_of},
        {.name = "--edition", .takes_value = true, .value = &asked->query.edition},
        {.name = "--departamento", .takes_value = true, .value = &asked->departamento},
        {.name = "--lang", .takes_value = true, .value = &language},
        {.name = "-o", .takes_value = true, .value = &asked->path},
        {.name = "--output", .takes_value = true, .value = &asked->path},
    };
    asked->query.version = SIGG_VERSION;
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, words, 1, 2, &n, err) ||
        !parse_kind(words, n, asked, err))
        return false;
    if (language && strcmp(language, "es") != 0)
        return err_set(err, ERR_USAGE, "--lang: «%s» no se acepta: los informes están en «es»",
                       language);
    if (asked->query.as_of && !parse_date(asked->query.as_of))
        return err_set(err, ERR_USAGE, "--as-of: «%s» no es una fecha: se espera AAAA-MM-DD",
                       asked->query.as_of);
    if (asked->departamento && asked->what != ATLAS)
        return err_set(err, ERR_USAGE, "--departamento es del atlas: use «departamento NOMBRE»");
    if (!asked->path)
        return err_set(err, ERR_USAGE, "falta -o ARCHIVO%s", kinds[asked->what].ending);
    if (!ends_with(asked->path, kinds[asked->what].ending))
        return err_set(err, ERR_USAGE, "«%s»: la extensión tiene que ser %s", asked->path,
                       kinds[asked->what].ending);
    return folder_takes(asked->path, err);
}

static bool make(struct report_data *data, const struct asked *asked, struct buf *out,
                 struct err *err)
{
    struct report_scope scope = {0};
    size_t sheets;
    char label[] = "atlas";
    switch (asked->what) {
    case LIBRO:
        return workbook_write(data, out, err);
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

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    struct asked asked = {0};
    struct buf out;
    if (!parse(argc, argv, &asked, err))
        return false;
    buf_init(&out);
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, err);
    struct report_data *data = store ? report_data_open(store, &asked.query, err) : NULL;
    bool ok =
        data && make(data, &asked, &out, err) && folder_write(asked.path, out.data, out.len, err);
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
