/* err.c - error values: message, context added by callers, exit code. */
#include "geo/base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Cuts off the incomplete UTF-8 character at the end of a text. */
static void trim_torn(char *text)
{
    size_t len = strlen(text);
    size_t start = len;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t want = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (len - (start - 1) < want)
        text[start - 1] = '\0';
}

/* Ends a message that vsnprintf() truncated at a word, with "…". */
static void end_at_word(char *message)
{
    static const char more[] = "…";
    char *end = message + ERR_MESSAGE_MAX - sizeof more;
    *end = '\0';
    trim_torn(message);
    char *blank = strrchr(message, ' ');
    if (blank && blank > message + ERR_MESSAGE_MAX / 2)
        *blank = '\0';
    strcat(message, more);
}

static void set(struct err *err, enum err_kind kind, const char *field, const char *format,
                va_list args)
{
    err->kind = kind;
    err->field = field;
    int n = vsnprintf(err->message, sizeof err->message, format, args);
    if (n >= (int)sizeof err->message)
        end_at_word(err->message);
}

bool err_set(struct err *err, enum err_kind kind, const char *format, ...)
{
    if (!err)
        return false;
    va_list args;
    va_start(args, format);
    set(err, kind, NULL, format, args);
    va_end(args);
    return false;
}

bool err_field(struct err *err, const char *field, const char *format, ...)
{
    if (!err)
        return false;
    va_list args;
    va_start(args, format);
    set(err, ERR_INPUT, field, format, args);
    va_end(args);
    return false;
}

bool err_about(struct err *err, const char *field)
{
    if (err)
        err->field = field;
    return false;
}

/* Puts "context: " before the message. */
static void prepend(struct err *err, const char *context)
{
    char whole[2 * ERR_MESSAGE_MAX + 3];
    int n = snprintf(whole, sizeof whole, "%s: %s", context, err->message);
    whole[sizeof err->message - 1] = '\0';
    memcpy(err->message, whole, sizeof err->message);
    if (n >= (int)sizeof err->message)
        end_at_word(err->message);
}

void err_show_field(struct err *err, const char *before, const char *after)
{
    char name[ERR_MESSAGE_MAX];
    if (!err->field)
        return;
    snprintf(name, sizeof name, "%s%s%s", before, err->field, after);
    err->field = NULL;
    prepend(err, name);
}

bool err_wrap(struct err *err, const char *format, ...)
{
    if (!err)
        return false;
    char context[ERR_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(context, sizeof context, format, args);
    va_end(args);
    err_show_field(err, "", "");
    prepend(err, context);
    return false;
}

bool err_no_memory(struct err *err)
{
    return err_set(err, ERR_MEMORY, "memoria insuficiente");
}

void err_explain(struct err *err)
{
    if (err->kind != ERR_NONE)
        return;
    size_t len = strlen(err->message);
    while (len > 0 && strchr(": ", err->message[len - 1]))
        err->message[--len] = '\0';
    char context[ERR_MESSAGE_MAX];
    memcpy(context, err->message, sizeof context);
    err_set(err, ERR_SETUP,
            "falló sin decir por qué: es un error del programa; avise a quien lo mantiene con la "
            "orden y los archivos que lo muestran");
    if (len > 0)
        err_wrap(err, "%s", context);
}

const char *err_reason(int code)
{
    static const struct {
        int code;
        const char *reason;
    } known[] = {
        {ENOENT, "no existe"},
        {EACCES, "falta permiso"},
        {EPERM, "falta permiso"},
        {EEXIST, "ya existe"},
        {EISDIR, "es una carpeta"},
        {ENOTDIR, "una parte de la ruta no es una carpeta"},
        {ENAMETOOLONG, "el nombre es demasiado largo"},
        {EROFS, "el sistema de archivos es de solo lectura"},
        {ENOSPC, "el disco está lleno"},
        {EDQUOT, "la cuota de disco está agotada"},
        {EFBIG, "el archivo sería demasiado grande"},
        {EIO, "el disco no responde bien"},
        {EMFILE, "hay demasiados archivos abiertos"},
        {ENFILE, "hay demasiados archivos abiertos"},
        {ENOMEM, "falta memoria"},
        {EAGAIN, "faltan recursos por ahora"},
        {EPIPE, "el otro lado cerró la conexión"},
        {EADDRINUSE, "otro programa ya escucha ahí"},
        {EADDRNOTAVAIL, "esa dirección no es de este equipo"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].code == code)
            return known[i].reason;
    return strerror(code);
}

int err_exit_code(const struct err *err)
{
    switch (err->kind) {
    case ERR_NONE:
        return 0;
    case ERR_USAGE:
        return 2;
    default:
        return 1;
    }
}
