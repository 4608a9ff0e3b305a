/* figure_help.c - writes the help of a figure's command. */
#include "server/figures/figure_help.h"

#include <string.h>

#include "geo/catalog/column_words.h"
#include "server/figures/figure_output.h"

/* Columns of the page, and of the names of options and of table columns. */
enum { WIDTH = 80, OPTIONS = 20, NAMES = 30 };

/* Width of a word on a terminal: its characters. */
static size_t width_of(const char *word, size_t len)
{
    size_t width = 0;
    for (size_t i = 0; i < len; i++)
        width += ((unsigned char)word[i] & 0xC0) != 0x80;
    return width;
}

static void put_blanks(struct buf *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_putc(out, ' ');
}

/* Writes words from column `at` on, in lines that begin at column `left`. */
static void put_wrapped(struct buf *out, const char *text, size_t at, size_t left)
{
    bool first = true;
    while (*text) {
        size_t len = strcspn(text, " "), width = width_of(text, len);
        if (!first && at + 1 + width > WIDTH) {
            buf_putc(out, '\n');
            put_blanks(out, left);
            at = left;
        } else if (!first) {
            buf_putc(out, ' ');
            at++;
        }
        buf_put(out, text, len);
        at += width;
        first = false;
        text += len;
        text += strspn(text, " ");
    }
    buf_putc(out, '\n');
}

/* "--by", "-k" */
static void put_option(const char *name, struct buf *out)
{
    buf_printf(out, "%s%s", name[1] ? "--" : "-", name);
}

/* One word of the usage, with its brackets: "[--by G]". Blanks in it are no places to break the
 * line, so they are written as no-break marks and replaced by put_usage(). */
static void put_use(const struct param *param, struct buf *out)
{
    bool optional = !param->required;
    buf_puts(out, optional ? "[" : "");
    if (param->position) {
        buf_puts(out, param->value);
    } else {
        put_option(param->name, out);
        if (param->kind != PARAM_FLAG)
            buf_printf(out, "\x01%s", param->value);
    }
    buf_puts(out, optional ? "]" : "");
    buf_puts(out, param->list && !param->position ? "… " : " ");
}

static void put_usage(const struct figure *figure, struct buf *out)
{
    struct buf uses;
    size_t from = out->len, left;
    buf_init(&uses);
    buf_printf(out, "Uso: sigg %s ", figure->command);
    left = width_of(out->data ? out->data + from : "", out->len - from);
    for (const struct param *param = figure->params; param->name; param++)
        if (param->position)
            put_use(param, &uses);
    for (const struct param *param = figure->params; param->name; param++)
        if (!param->position)
            put_use(param, &uses);
    buf_puts(&uses, "[--format\x01"
                    "F] [-o\x01"
                    "ARCHIVO]");
    size_t start = out->len;
    if (!buf_failed(&uses))
        put_wrapped(out, uses.data, left, left);
    for (size_t i = start; !buf_failed(out) && i < out->len; i++)
        if (out->data[i] == '\x01')
            out->data[i] = ' ';
    out->failed = out->failed || buf_failed(&uses);
    buf_free(&uses);
}

/* "  --by G            " and the text beside it. */
static void put_row(struct buf *out, size_t room, const struct buf *name, const char *text)
{
    if (buf_failed(name)) {
        out->failed = true;
        return;
    }
    size_t width = width_of(name->data, name->len);
    buf_puts(out, "  ");
    buf_puts(out, name->data);
    if (2 + width + 1 > room) {
        buf_putc(out, '\n');
        put_blanks(out, room);
    } else {
        put_blanks(out, room - 2 - width);
    }
    put_wrapped(out, text, room, room);
}

/* What the parameter is, what it accepts and what it is if it is not given. */
static void put_meaning(const struct param *param, struct buf *out)
{
    bool ranged = param->kind == PARAM_INT || param->kind == PARAM_REAL;
    buf_puts(out, param->title);
    if (param->kind == PARAM_CHOICE || ranged) {
        struct param bare = *param;
        bare.fallback = NULL;
        buf_puts(out, ranged ? "; " : ": ");
        param_put_accepted(&bare, false, out);
    }
    if (param->fallback)
        buf_printf(out, " (por omisión, %s)", param->fallback);
}

static void put_param(const struct param *param, struct buf *out)
{
    struct buf name, meaning;
    buf_init(&name);
    buf_init(&meaning);
    if (param->position) {
        buf_puts(&name, param->value);
    } else {
        put_option(param->name, &name);
        if (param->kind != PARAM_FLAG)
            buf_printf(&name, " %s", param->value);
    }
    put_meaning(param, &meaning);
    if (!buf_failed(&meaning))
        put_row(out, OPTIONS, &name, meaning.data);
    out->failed = out->failed || buf_failed(&meaning);
    buf_free(&name);
    buf_free(&meaning);
}

static void put_options(const struct figure *figure, struct buf *out)
{
    const struct param format = {.name = "format",
                                 .kind = PARAM_CHOICE,
                                 .value = "F",
                                 .choices = figure_format_choices(figure, false),
                                 .title =
                                     "formato (por omisión, el de la extensión de -o, o table, "
                                     "con las columnas principales; csv-excel lleva punto y "
                                     "coma y coma decimal)"};
    const struct param file = {.name = "o",
                               .kind = PARAM_TEXT,
                               .value = "ARCHIVO",
                               .title = "escribe en el archivo, entero o nada"};
    for (const struct param *param = figure->params; param->name; param++)
        put_param(param, out);
    put_param(&format, out);
    put_param(&file, out);
}

static void put_paragraphs(const char *text, struct buf *out)
{
    while (*text) {
        size_t len = strcspn(text, "\n");
        struct buf paragraph;
        buf_init(&paragraph);
        buf_put(&paragraph, text, len);
        buf_putc(out, '\n');
        if (!buf_failed(&paragraph))
            put_wrapped(out, paragraph.data, 0, 0);
        out->failed = out->failed || buf_failed(&paragraph);
        buf_free(&paragraph);
        text += len + (text[len] == '\n');
    }
}

static bool put_columns(const struct figure *figure, struct buf *out, struct err *err)
{
    struct column_words *words = column_words_load(err);
    if (!words)
        return false;
    buf_puts(out, "\nColumnas:\n");
    for (const char *at = figure->columns; *at; at += strspn(at, " ")) {
        struct buf name;
        size_t len = strcspn(at, " ");
        buf_init(&name);
        buf_put(&name, at, len);
        const char *text =
            buf_failed(&name) ? NULL : column_definition(words, figure->name, name.data);
        put_row(out, NAMES, &name, text ? text : "");
        buf_free(&name);
        at += len;
    }
    column_words_free(words);
    return true;
}

static void put_examples(const struct figure *figure, struct buf *out)
{
    buf_puts(out, "\nEjemplos:\n");
    for (const char *at = figure->examples; *at;) {
        size_t len = strcspn(at, "\n");
        buf_puts(out, "  ");
        buf_put(out, at, len);
        buf_putc(out, '\n');
        at += len + (at[len] == '\n');
    }
    if (figure->path)
        buf_printf(out, "\nEn el servidor: %s, con los mismos parámetros y f= para el formato.\n",
                   figure->path);
}

bool figure_help_put(const struct figure *figure, struct buf *out, struct err *err)
{
    put_usage(figure, out);
    buf_printf(out, "\n%s.\n\n", figure->summary);
    put_options(figure, out);
    put_paragraphs(figure->about, out);
    if (!put_columns(figure, out, err))
        return false;
    put_examples(figure, out);
    return !buf_failed(out) || err_no_memory(err);
}
