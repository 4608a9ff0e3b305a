/* test_log_ring.c - tests of server/http/log_ring.
 * Lines arrive whole and in order, and no writer waits for a reader. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "server/http/log_ring.h"

enum { LINES = 20000, READ_MAX = 8 << 20 };

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static char *read_all(int fd)
{
    char *text = malloc(READ_MAX);
    size_t len = 0;
    ssize_t n;
    assert_non_null(text);
    while ((n = read(fd, text + len, READ_MAX - 1 - len)) > 0)
        len += (size_t)n;
    text[len] = '\0';
    return text;
}

static void lines_arrive_in_order(void **state)
{
    char path[] = "/tmp/sigg-log-XXXXXX";
    struct err err = {0};
    int file = mkstemp(path);
    (void)state;
    assert_true(file >= 0);
    unlink(path);
    struct log_ring *ring = log_ring_start(file, &err);
    assert_non_null(ring);
    for (int i = 0; i < 1000; i++)
        fprintf(log_ring_stream(ring), "line %d of %s\n", i, "many");
    log_ring_put(ring, "the last\n", 9);
    assert_int_equal(log_ring_lost(ring), 0);
    log_ring_stop(ring, 5000);
    lseek(file, 0, SEEK_SET);
    char *text = read_all(file), *at = text, expected[64];
    for (int i = 0; i < 1000; i++) {
        int len = snprintf(expected, sizeof expected, "line %d of many\n", i);
        assert_memory_equal(at, expected, (size_t)len);
        at += len;
    }
    assert_string_equal(at, "the last\n");
    free(text);
    close(file);
}

/* The sum of the missing lines in all notices: room may become free between them. */
static unsigned long long said_lost(const char *text)
{
    static const char words[] = "registro: faltan aquí ";
    unsigned long long sum = 0;
    while ((text = strstr(text, words))) {
        text += strlen(words);
        sum += strtoull(text, NULL, 10);
    }
    return sum;
}

/* A pipe that nobody reads: lines that do not fit are counted, without waiting. When it is
 * read, it holds whole lines and the number of missing ones. */
static void no_writer_waits(void **state)
{
    char line[128];
    struct err err = {0};
    int ends[2];
    (void)state;
    assert_int_equal(pipe(ends), 0);
    struct log_ring *ring = log_ring_start(ends[1], &err);
    assert_non_null(ring);
    double began = now_s();
    for (int i = 0; i < LINES; i++) {
        int len = snprintf(line, sizeof line, "%05d %080d end\n", i, 0);
        log_ring_put(ring, line, (size_t)len);
    }
    assert_true(now_s() - began < 5);
    assert_true(log_ring_lost(ring) > 1000);
    unsigned long long lost = (unsigned long long)log_ring_lost(ring);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    size_t got = 0;
    char *text = malloc(READ_MAX);
    assert_non_null(text);
    bool all = false;
    for (int i = 0; i < 500 && !all; i++) {
        ssize_t n = read(ends[0], text + got, READ_MAX - 1 - got);
        if (n > 0)
            got += (size_t)n;
        else
            usleep(10000);
        text[got] = '\0';
        if (n <= 0)
            log_ring_put(ring, "more\n", 5);
        all = said_lost(text) == log_ring_lost(ring);
    }
    assert_true(all);
    assert_true(said_lost(text) >= lost);
    strrchr(text, '\n')[1] = '\0'; /* without the line that was written in part */
    for (char *rest = text, *one; (one = strtok_r(rest, "\n", &rest));)
        assert_true(strstr(one, "registro: faltan") || strcmp(one, "more") == 0 ||
                    strcmp(one + strlen(one) - 3, "end") == 0);
    free(text);
    close(ends[0]);
    log_ring_stop(ring, 2000);
    close(ends[1]);
}

static void an_unread_pipe_does_not_delay_the_end(void **state)
{
    char line[128];
    struct err err = {0};
    int ends[2];
    (void)state;
    assert_int_equal(pipe(ends), 0);
    struct log_ring *ring = log_ring_start(ends[1], &err);
    assert_non_null(ring);
    memset(line, 'a', sizeof line);
    line[sizeof line - 1] = '\n';
    for (int i = 0; i < LINES; i++)
        log_ring_put(ring, line, sizeof line);
    double began = now_s();
    log_ring_stop(ring, 100);
    assert_true(now_s() - began < 1);
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_arrive_in_order),
        cmocka_unit_test(no_writer_waits),
        cmocka_unit_test(an_unread_pipe_does_not_delay_the_end),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
