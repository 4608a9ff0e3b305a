/* cmd_style.c - `sigg style check FILE` and `sigg style eval`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buf.h"
#include "server/command.h"
#include "server/map_options.h"
#include "server/options.h"
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
    if (ok && (ok = map_option_read(path, &json, err))) {
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

/* One answer a line, at once, so that a program can talk with this one. */
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

static bool run(int argc, char **argv, const char *db_path, struct err *err)
{
    (void)db_path;
    const char *action = argc > 1 ? argv[1] : "";
    if (strcmp(action, "check") == 0)
        return check(argc - 1, argv + 1, err);
    if (strcmp(action, "eval") == 0)
        return eval(argc - 1, argv + 1, err);
    return err_set(err, ERR_USAGE,
                   action[0] ? "no hay una acción «%s»: check o eval"
                             : "falta la acción: check o eval%s",
                   action);
}

const struct command cmd_style = {
    .name = "style",
    .summary = "revisa un estilo, o evalúa expresiones de MapLibre",
    .help =
        "Uso: sigg style check ARCHIVO\n"
        "     sigg style eval\n"
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
        "feature y zoom son opcionales.\n",
    .run = run,
};
