/* print.c - prints tables to stdout and progress to stderr. */
#include "server/cli/print.h"

#include <stdio.h>
#include <unistd.h>

bool print_format(const char *word, enum rows_format *format, struct err *err)
{
    *format = ROWS_TABLE;
    if (!word || rows_format_of(word, format))
        return true;
    return err_set(err, ERR_USAGE, "--format: «%s» no es table, csv ni json", word);
}

bool print_rows(struct rows *rows, enum rows_format format, struct err *err)
{
    struct buf out;
    if (!rows)
        return err_no_memory(err);
    buf_init(&out);
    rows_write(rows, format, &out);
    bool ok = !buf_failed(&out) || err_no_memory(err);
    if (ok && fwrite(out.data, 1, out.len, stdout) != out.len)
        ok = err_set(err, ERR_DEPENDENCY, "no se pudo escribir la salida");
    buf_free(&out);
    rows_free(rows);
    return ok;
}

void print_progress(void *label, double done)
{
    enum { WIDTH = 40 };
    if (!isatty(STDERR_FILENO))
        return;
    int full = (int)(done * WIDTH);
    fprintf(stderr, "\r%s [%.*s%*s] %3.0f %%%s", (const char *)label, full,
            "########################################", WIDTH - full, "", 100 * done,
            done >= 1 ? "\n" : "");
}
