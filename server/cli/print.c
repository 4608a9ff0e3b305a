/* print.c - prints tables to stdout and progress to stderr. */
#include "server/cli/print.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
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

enum { ESTIMATE_MAX = 40 };

static void draw(const char *label, double done, const char *left)
{
    enum { WIDTH = 40 };
    int full = (int)(done * WIDTH);
    fprintf(stderr, "\r%s [%.*s%*s] %3.0f %%%s%s", label, full,
            "########################################", WIDTH - full, "", 100 * done, left,
            done >= 1 ? "\n" : "");
}

void print_progress(void *label, double done)
{
    if (isatty(STDERR_FILENO))
        draw(label, done, "");
}

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* ", quedan unos 2 min": at the pace until now. As wide each time, to cover the one before. */
static void estimate(double done, int64_t took_ns, char out[ESTIMATE_MAX])
{
    char text[ESTIMATE_MAX] = "";
    double left_s = done > 0 && done < 1 ? (double)took_ns / 1e9 / done * (1 - done) : 0;
    if (took_ns > 1000000000 && left_s >= 90)
        snprintf(text, sizeof text, ", quedan unos %.0f min", left_s / 60);
    else if (took_ns > 1000000000 && left_s >= 2)
        snprintf(text, sizeof text, ", quedan unos %.0f s", left_s);
    snprintf(out, ESTIMATE_MAX, "%-24s", text);
}

void print_steps_end(struct print_steps *steps)
{
    if (steps->label)
        fputc('\n', stderr);
    steps->label = NULL;
}

void print_step(struct print_steps *steps, const char *label, double done)
{
    enum { BETWEEN_NS = 100000000 };
    char left[ESTIMATE_MAX];
    if (!isatty(STDERR_FILENO))
        return;
    int64_t now = now_ns();
    bool begins = !steps->label || strcmp(steps->label, label) != 0;
    if (begins) {
        print_steps_end(steps);
        *steps = (struct print_steps){label, now, 0};
    }
    if (done < 1 && now - steps->drawn_ns < BETWEEN_NS)
        return;
    steps->drawn_ns = now;
    estimate(done, now - steps->began_ns, left);
    draw(label, done, left);
    if (done >= 1)
        steps->label = NULL;
}
