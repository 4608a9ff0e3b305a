/* figure_command.c - runs a figure from the command line. */
#include "server/figures/figure_command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "geo/base/arena.h"
#include "geo/base/folder.h"
#include "server/cli/output.h"
#include "server/figures/figure_help.h"
#include "server/figures/figure_output.h"

const struct figure *figure_command_find(int argc, char **argv, int *n_words)
{
    const struct figure *found = NULL;
    for (size_t i = 0; figures[i]; i++) {
        const char *command = figures[i]->command, *second = strchr(command, ' ');
        size_t len = strcspn(command, " ");
        if (argc < 1 || strlen(argv[0]) != len || memcmp(argv[0], command, len) != 0)
            continue;
        if (second && argc > 1 && strcmp(argv[1], second + 1) == 0) {
            *n_words = 2;
            return figures[i];
        }
        if (!second) {
            *n_words = 1;
            found = figures[i];
        }
    }
    return found;
}

bool figure_command_help(const struct figure *figure, struct err *err)
{
    size_t len = strlen(figure->command);
    struct buf text;
    buf_init(&text);
    bool ok = figure_help_put(figure, &text, err);
    for (size_t i = 0; ok && figures[i]; i++)
        if (strncmp(figures[i]->command, figure->command, len) == 0 &&
            figures[i]->command[len] == ' ') {
            buf_puts(&text, "\n\n");
            ok = figure_help_put(figures[i], &text, err);
        }
    if (ok)
        fwrite(text.data, 1, text.len, stdout);
    buf_free(&text);
    return ok;
}

/* The command line being read. */
struct reading {
    const struct figure *figure;
    struct figure_args *args;
    struct arena *arena;
    const char *format, *file;
    int n_positional;
    struct err *err;
};

static bool usage(struct err *err, const char *format, const char *word)
{
    return err_set(err, ERR_USAGE, format, word);
}

/* "a" then "b" of a list is "a,b". */
static const char *joined(struct reading *reading, const struct param_value *value,
                          const char *text)
{
    return value->given ? arena_printf(reading->arena, "%s,%s", value->text, text) : text;
}

static bool take(struct reading *reading, size_t i, const char *text)
{
    const struct param *param = &reading->figure->params[i];
    struct param_value *value = &reading->args->values[i];
    if (param->list && !(text = joined(reading, value, text)))
        return err_no_memory(reading->err);
    value->given = true;
    if (param_read(param, text, false, value, reading->err))
        return true;
    if (reading->err->kind == ERR_INPUT)
        reading->err->kind = ERR_USAGE;
    return false;
}

static bool take_positional(struct reading *reading, const char *word)
{
    reading->n_positional++;
    for (size_t i = 0; reading->figure->params[i].name; i++)
        if (reading->figure->params[i].position == reading->n_positional)
            return take(reading, i, word);
    return usage(reading->err, "sobra el argumento «%s»", word);
}

/* True if an option, "--by" or "-k" of `len` bytes, is the parameter's. */
static bool is_option(const char *word, size_t len, const char *name)
{
    size_t dashes = name[1] ? 2 : 1;
    return len == dashes + strlen(name) && memcmp(word, "--", dashes) == 0 &&
           memcmp(word + dashes, name, len - dashes) == 0;
}

/* The value of an option: after "=", or the next word. NULL with ERR_USAGE. */
static const char *value_of(struct reading *reading, int argc, char **argv, int *at, size_t len)
{
    const char *word = argv[*at];
    if (word[len])
        return word + len + 1;
    if (*at + 1 < argc)
        return argv[++*at];
    usage(reading->err, "%s necesita un valor", word);
    return NULL;
}

static bool take_option(struct reading *reading, int argc, char **argv, int *at)
{
    const char *word = argv[*at], *text;
    size_t len = strcspn(word, "=");
    const bool is_format = is_option(word, len, "format"), is_file = is_option(word, len, "o");
    if (is_format || is_file) {
        const char **to = is_format ? &reading->format : &reading->file;
        *to = value_of(reading, argc, argv, at, len);
        return *to != NULL;
    }
    for (size_t i = 0; reading->figure->params[i].name; i++) {
        const struct param *param = &reading->figure->params[i];
        if (!is_option(word, len, param->name))
            continue;
        if (param->kind == PARAM_FLAG)
            return word[len] ? usage(reading->err, "%s no lleva valor", word)
                             : take(reading, i, "true");
        text = value_of(reading, argc, argv, at, len);
        return text && take(reading, i, text);
    }
    return usage(reading->err, "opción desconocida «%s»", word);
}

static bool check_required(struct reading *reading)
{
    for (size_t i = 0; reading->figure->params[i].name; i++) {
        const struct param *param = &reading->figure->params[i];
        if (param->required && !reading->args->values[i].given)
            return err_set(reading->err, ERR_USAGE, "falta %s%s: %s",
                           param->position  ? ""
                           : param->name[1] ? "--"
                                            : "-",
                           param->position ? param->value : param->name, param->title);
    }
    return true;
}

static bool read_words(struct reading *reading, int argc, char **argv)
{
    bool only_positional = false;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        if (!only_positional && strcmp(word, "--") == 0) {
            only_positional = true;
        } else if (only_positional || word[0] != '-' || !word[1]) {
            if (!take_positional(reading, word))
                return false;
        } else if (!take_option(reading, argc, argv, &i)) {
            return false;
        }
    }
    param_fall_back(reading->figure->params, reading->args->values);
    return check_required(reading);
}

/* The format that --format names, else that of the file's extension, else a table. */
static bool read_format(const struct reading *reading, enum figure_format *format)
{
    const char *const *choices = figure_format_choices(reading->figure, false);
    const char *dot = reading->file ? strrchr(reading->file, '.') : NULL;
    *format = FIGURE_TABLE;
    if (reading->format) {
        const struct param param = {.name = "format", .kind = PARAM_CHOICE, .choices = choices};
        struct param_value value = {0};
        if (!param_read(&param, reading->format, false, &value, reading->err)) {
            reading->err->kind = ERR_USAGE;
            return false;
        }
        while (strcmp(choices[*format], value.text) != 0)
            (*format)++;
        return true;
    }
    for (size_t i = 0; dot && choices[i]; i++)
        if (strcasecmp(figure_formats[i].extension, dot + 1) == 0) {
            *format = (enum figure_format)i;
            return true;
        }
    return !reading->file ||
           usage(reading->err, "-o: la extensión de «%s» no dice el formato; dígalo con --format",
                 reading->file);
}

static bool write_out(const struct reading *reading, const struct buf *body)
{
    if (reading->file)
        return folder_write(reading->file, body->data, body->len, reading->err);
    return fwrite(body->data, 1, body->len, stdout) == body->len ||
           err_set(reading->err, ERR_DEPENDENCY, "no se pudo escribir la salida");
}

static bool answer(const struct reading *reading, enum figure_format format, const char *db_path)
{
    struct buf body, note;
    const struct figure_server none = {.path = ""};
    buf_init(&body);
    buf_init(&note);
    struct geo_store *store = geo_store_open(db_path, GEO_STORE_READ, reading->err);
    bool ok = store && geo_store_begin_read(store, reading->err) &&
              figure_output(reading->args, format, store, &none, &body, &note, reading->err);
    geo_store_close(store);
    ok = ok && write_out(reading, &body);
    if (ok && note.len) {
        fflush(stdout); /* the note stands after the table on a terminal */
        fputs(note.data, stderr);
    }
    buf_free(&body);
    buf_free(&note);
    return ok;
}

bool figure_command_run(const struct figure *figure, int argc, char **argv, const char *db_path,
                        struct err *err)
{
    struct figure_args args = {.figure = figure};
    struct reading reading = {.figure = figure, .args = &args, .arena = arena_new(), .err = err};
    enum figure_format format;
    bool ok = (reading.arena || err_no_memory(err)) && read_words(&reading, argc, argv);
    if (ok && reading.file && strcmp(reading.file, "-") == 0)
        reading.file = NULL; /* stdout */
    ok = ok && (!reading.file || output_takes("-o", reading.file, db_path, err)) &&
         read_format(&reading, &format);
    if (ok && format == FIGURE_XLSX && !reading.file && isatty(STDOUT_FILENO))
        ok = usage(err, "--format %s: diga el archivo con -o", "xlsx");
    ok = ok && answer(&reading, format, db_path);
    arena_free(reading.arena);
    return ok;
}
