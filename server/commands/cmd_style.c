/* cmd_style.c - `sigg style check FILE`, `sigg style eval` and `sigg style breaks`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buf.h"
#include "geo/base/parse.h"
#include "geo/base/rows.h"
#include "layers/map/classes.h"
#include "server/cli/options.h"
#include "server/cli/print.h"
#include "server/commands/command.h"
#include "server/commands/map_options.h"
#include "styles/style.h"

static void print_problem(void *arg, const char *problem)
{
    (void)arg;
    printf("%s\n", problem);
}

static bool check(int argc, char **argv, struct err *err)
{
    const char *path = NULL;
    struct buf json;
    buf_init(&json);
    bool ok = options_parse(argc, argv, NULL, 0, &path, 1, 1, NULL, err);
    if (ok && (ok = map_options_read(path, &json, err))) {
        size_t problems = style_check(json.data ? json.data : "", json.len, print_problem, NULL);
        if (problems)
            ok = err_set(err, ERR_INPUT, "%s: %zu problema%s", path, problems,
                         problems == 1 ? "" : "s");
        else
            printf("%s: correcto\n", path);
    }
    buf_free(&json);
    return ok;
}

/* One answer a line, flushed at once, so that another program can converse with this one. */
static bool eval(int argc, char **argv, struct err *err)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t len;
    bool ok = true;
    struct buf answer;
    buf_init(&answer);
    if (!options_parse(argc, argv, NULL, 0, NULL, 0, 0, NULL, err))
        return false;
    while (ok && (len = getline(&line, &room, stdin)) >= 0) {
        if (strspn(line, " \t\r\n") == (size_t)len)
            continue;
        buf_clear(&answer);
        style_eval_line(line, (size_t)len, &answer);
        buf_putc(&answer, '\n');
        if (buf_failed(&answer))
            ok = err_no_memory(err);
        else if (fwrite(answer.data, 1, answer.len, stdout) != answer.len || fflush(stdout) != 0)
            ok = err_set(err, ERR_DEPENDENCY, "no se pudo escribir la salida");
    }
    free(line);
    buf_free(&answer);
    return ok;
}

/* Applies --method and --classes instead of the style's own. */
static bool ask(struct style_breaks *asked, const char *method, const char *classes,
                struct err *err)
{
    int64_t n = 0;
    if (method && (!breaks_method_of(method, &asked->method) || asked->method == BREAKS_MANUAL))
        return err_set(err, ERR_USAGE, "--method: «%.40s» no es quantile, equal ni jenks", method);
    if (!classes)
        return true;
    if (!parse_int(classes, 1, BREAKS_MAX_CLASSES, &n))
        return err_set(err, ERR_USAGE, "--classes: «%.40s» no es un entero de 1 a %d", classes,
                       BREAKS_MAX_CLASSES);
    if (asked->method == BREAKS_MANUAL && (size_t)n != asked->n_classes)
        return err_set(err, ERR_USAGE,
                       "--classes: los cortes de «%s» están dados a mano, en %zu clases: dé "
                       "--method",
                       asked->layer_id, asked->n_classes);
    asked->n_classes = (size_t)n;
    return true;
}

static bool put_classes(struct rows *rows, const struct style_breaks *asked,
                        const struct breaks *breaks, struct err *err)
{
    struct arena *arena = arena_new();
    bool ok = arena || err_no_memory(err);
    for (size_t i = 0; i < breaks->n_classes && ok; i++) {
        const char *label = style_breaks_label(asked, breaks, i, arena);
        if (!label)
            ok = err_no_memory(err);
        else {
            rows_text(rows, asked->layer_id);
            rows_text(rows, asked->property);
            rows_text(rows, breaks_method_name(asked->method));
            rows_int(rows, (int64_t)i + 1);
            rows_real(rows, i ? breaks->at[i - 1] : asked->from);
            if (i + 1 < breaks->n_classes)
                rows_real(rows, breaks->at[i]);
            else
                rows_null(rows);
            rows_int(rows, (int64_t)breaks->count[i]);
            rows_text(rows, label);
        }
    }
    arena_free(arena);
    return ok;
}

static bool print_breaks(struct rows *rows, const struct style *style,
                         const struct snapshot *snapshot, const char *method, const char *classes,
                         struct err *err)
{
    const struct style_breaks *all;
    size_t n = style_breaks(style, &all);
    if (n == 0)
        return err_set(err, ERR_INPUT, "el estilo no tiene capas con «sigg:breaks»");
    for (size_t i = 0; i < n; i++) {
        struct style_breaks asked = all[i];
        struct breaks breaks;
        double *values = NULL;
        size_t n_values = 0;
        bool ok = ask(&asked, method, classes, err) &&
                  classes_values((void *)(uintptr_t)snapshot, asked.source_layer, asked.property,
                                 &values, &n_values, err) &&
                  style_breaks_of(&asked, values, n_values, &breaks, err) &&
                  put_classes(rows, &asked, &breaks, err);
        free(values);
        if (!ok)
            return false;
    }
    return true;
}

static bool breaks(int argc, char **argv, const char *db_path, struct err *err)
{
    const char *id = NULL, *method = NULL, *classes = NULL, *format = NULL;
    const struct option_spec specs[] = {
        {.name = "--style", .takes_value = true, .value = &id},
        {.name = "--method", .takes_value = true, .value = &method},
        {.name = "--classes", .takes_value = true, .value = &classes},
        {.name = "--format", .takes_value = true, .value = &format},
    };
    static const struct rows_column columns[] = {
        {"capa", 0},  {"propiedad", 0}, {"metodo", 0}, {"clase", 0},
        {"desde", 4}, {"hasta", 4},     {"casos", 0},  {"texto", 0},
    };
    enum rows_format how;
    if (!options_parse(argc, argv, specs, sizeof specs / sizeof *specs, NULL, 0, 0, NULL, err) ||
        !print_format(format, &how, err))
        return false;
    if (!id)
        return err_set(err, ERR_USAGE, "falta --style E");
    struct style *style = map_options_style(id, err);
    struct snapshot *snapshot = style ? map_options_snapshot(db_path, err) : NULL;
    struct rows *rows = snapshot ? rows_new(columns, sizeof columns / sizeof *columns) : NULL;
    bool ok = rows && print_breaks(rows, style, snapshot, method, classes, err);
    if (snapshot && !rows)
        err_no_memory(err);
    snapshot_unref(snapshot);
    style_free(style);
    if (ok)
        return print_rows(rows, how, err);
    rows_free(rows);
    return false;
}

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    const char *action = argc > 1 ? argv[1] : "";
    if (strcmp(action, "check") == 0)
        return check(argc - 1, argv + 1, err);
    if (strcmp(action, "eval") == 0)
        return eval(argc - 1, argv + 1, err);
    if (strcmp(action, "breaks") == 0)
        return breaks(argc - 1, argv + 1, db_path, err);
    return err_set(err, ERR_USAGE,
                   action[0] ? "no hay una acción «%s»: check, eval o breaks"
                             : "falta la acción: check, eval o breaks%s",
                   action);
}

const struct command cmd_style = {
    .name = "style",
    .summary = "revisa un estilo, evalúa expresiones o calcula los cortes de clases",
    .help =
        "Uso: sigg style check ARCHIVO\n"
        "     sigg style eval\n"
        "     sigg style breaks --style E [--method M] [--classes N] [--format table|csv|json]\n"
        "\n"
        "check revisa un estilo MapLibre (versión 8) y escribe, una por línea, la ruta JSON y\n"
        "la explicación de todo lo que está mal o fuera de lo que SIGG dibuja. Sale con 1 si\n"
        "hay algo. «-» lee de la entrada estándar.\n"
        "\n"
        "eval lee de la entrada un objeto JSON por línea:\n"
        "  {\"expression\": …, \"type\": \"color\", \"feature\": {\"id\": …, \"properties\": {…},\n"
        "   \"geometry\": {\"type\": \"Point\"}}, \"zoom\": 7}\n"
        "y escribe uno por línea: {\"value\": …}, o {\"error\": \"…\", \"when\": \"parse\"} (o\n"
        "\"eval\"). Los colores son [r,g,b,a], de 0 a 1, multiplicados por a. type,\n"
        "feature y zoom son opcionales.\n"
        "\n"
        "breaks calcula con los datos de hoy las clases de las capas que las piden\n"
        "(\"sigg:breaks\" en sus metadatos): de «desde» inclusive a «hasta» exclusive, cuántos\n"
        "casos hay en cada una y lo que dice la leyenda. M es quantile, equal o jenks, y N de 1\n"
        "a 12; por omisión, lo que pide el estilo, que es lo que se dibuja.\n",
    .run = run,
};
