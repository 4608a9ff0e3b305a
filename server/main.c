/* main.c - parses the common options and runs the subcommand. */
#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/version.h"
#include "server/commands/command.h"
#include "server/figures/figure_command.h"
#include "server/routes.h"

static bool serve(int argc, char **argv, const char *db_path, struct err *err)
{
    return cmd_serve_run(routes(), argc, argv, db_path, err);
}

static const struct command cmd_serve = {.name = "serve",
                                         .summary = "el servidor: mapa, cifras y API",
                                         .help = cmd_serve_help,
                                         .run = serve};

/* Every subcommand that is no figure, in the order of `sigg --help`. A new one is a new row. */
static const struct command *const commands[] = {
    &cmd_init,    &cmd_template, &cmd_import, &cmd_undo,   &cmd_link,    &cmd_links,
    &cmd_verdict, &cmd_export,   &cmd_style,  &cmd_render, &cmd_legend,  &cmd_tiles,
    &cmd_report,  &cmd_serve,    &cmd_check,  &cmd_backup, &cmd_restore, NULL,
};

static const struct command *find(const char *name)
{
    for (size_t i = 0; commands[i]; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static void print_usage(FILE *out)
{
    fputs("Uso: sigg [--db ARCHIVO] SUBCOMANDO [opciones]\n\nDatos, mapas y servidor:\n", out);
    for (size_t i = 0; commands[i]; i++)
        fprintf(out, "  %-18s %s\n", commands[i]->name, commands[i]->summary);
    fputs("\nCifras:\n", out);
    for (size_t i = 0; figures[i]; i++)
        fprintf(out, "  %-18s %c%s\n", figures[i]->command, tolower(figures[i]->summary[0]),
                figures[i]->summary + 1);
    fputs("\nsigg SUBCOMANDO --help explica cada uno. La base de datos es --db, o $SIGG_DB,\n"
          "o sigg.sqlite. sigg --version dice la versión. Sale con 0 si terminó, 1 si falló\n"
          "(y no escribió nada), 2 si el uso era incorrecto.\n",
          out);
}

static void print_help(const struct command *command)
{
    fputs(command->help, stdout);
    if (command->layers)
        fputs("\nCAPA:\n", stdout);
    for (const struct geo_table *table = geo_tables_first(command->layers); table;
         table = geo_tables_next(command->layers, table))
        printf("  %-19s %s\n", table->name, table->title);
}

/* Removes "--db FILE" and "--help" from argv; the rest keeps its order. */
static bool take_common(int *argc, char **argv, const char **db_path, bool *help, struct err *err)
{
    int kept = 1;
    for (int i = 1; i < *argc; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            *help = true;
        else if (strncmp(argv[i], "--db=", 5) == 0)
            *db_path = argv[i] + 5;
        else if (strcmp(argv[i], "--db") == 0) {
            if (i + 1 == *argc)
                return err_set(err, ERR_USAGE, "--db necesita un archivo");
            *db_path = argv[++i];
        } else
            argv[kept++] = argv[i];
    }
    *argc = kept;
    argv[kept] = NULL;
    return true;
}

/* If the caller closed stdin, stdout or stderr, opens /dev/null in their place, so that
 * files opened later do not get their numbers. Writing to the read-only one fails, as it
 * should. */
static void hold_standard_files(void)
{
    int file;
    do
        file = open("/dev/null", O_RDONLY);
    while (file >= 0 && file <= STDERR_FILENO);
    if (file >= 0)
        close(file);
}

static int report(const char *name, struct err *err)
{
    err_explain(err);
    if (err->field)
        err_show_field(err, err->field[1] ? "--" : "-", "");
    fprintf(stderr, "sigg%s%s: %s\n", name[0] ? " " : "", name, err->message);
    if (err->kind == ERR_USAGE)
        fprintf(stderr, "Vea: sigg%s%s --help\n", name[0] ? " " : "", name);
    return err_exit_code(err);
}

/* A failure to write buffered output is also an error. */
static int finish(const char *name)
{
    struct err err = {0};
    if (fflush(stdout) == 0)
        return 0;
    err_set(&err, ERR_DEPENDENCY, "no se pudo escribir la salida");
    return report(name, &err);
}

static int run_command(const struct command *command, int argc, char **argv, const char *db_path,
                       bool help)
{
    struct err err = {0};
    if (help)
        print_help(command);
    else if (!command->run(argc - 1, argv + 1, db_path, &err))
        return report(command->name, &err);
    return finish(command->name);
}

static int run_figure(const struct figure *figure, int n_words, int argc, char **argv,
                      const char *db_path, bool help)
{
    struct err err = {0};
    bool ok = help ? figure_command_help(figure, &err)
                   : figure_command_run(figure, argc - n_words, argv + n_words, db_path, &err);
    return ok ? finish(figure->command) : report(figure->command, &err);
}

/* What is no subcommand. */
static int run_other(const char *name, bool help)
{
    struct err err = {0};
    if (help || strcmp(name, "help") == 0) {
        print_usage(stdout);
        return finish("");
    }
    if (strcmp(name, "--version") == 0) {
        puts("sigg " SIGG_VERSION);
        return finish("");
    }
    err_set(&err, ERR_USAGE, name[0] ? "no hay un subcomando «%s»" : "falta el subcomando", name);
    return report("", &err);
}

int main(int argc, char **argv)
{
    struct err err = {0};
    const char *db_path = getenv("SIGG_DB");
    bool help = false;
    int n_words = 0;
    hold_standard_files();
    if (!db_path || !db_path[0])
        db_path = "sigg.sqlite";
    if (!take_common(&argc, argv, &db_path, &help, &err))
        return report("", &err);
    const char *name = argc > 1 ? argv[1] : "";
    const struct command *command = find(name);
    if (command)
        return run_command(command, argc, argv, db_path, help);
    const struct figure *figure = figure_command_find(argc - 1, argv + 1, &n_words);
    if (figure)
        return run_figure(figure, n_words, argc, argv, db_path, help);
    return run_other(name, help);
}
