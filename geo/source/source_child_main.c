/* source_child_main.c - the child process of a source: reads it and sends its rows.
 *
 * It sets limits, opens the source, gives up access to everything else, and writes rows.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "geo/base/confine.h"
#include "geo/files/gdal_internal.h"
#include "geo/source/source_child_internal.h"

/* Of a folder or a workbook all tables are open at once: 339 Shapefiles, one a municipality, are
 * 1,700 files. */
enum { FLUSH_BYTES = 1 << 18, OPEN_FILES = 1 << 14, ROWS = 3, COMMANDS = 4, FIRST_FREE = 5 };

/* Moves the descriptors it needs to known numbers, and closes all others, the database
 * among them. The database's locks belong to the parent process and stay. */
static void keep_descriptors(int rows, int commands, int words)
{
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    int high[] = {fcntl(rows, F_DUPFD, 100), fcntl(commands, F_DUPFD, 100),
                  fcntl(words, F_DUPFD, 100), fcntl(nothing, F_DUPFD, 100)};
    for (size_t i = 0; i < sizeof high / sizeof *high; i++)
        if (high[i] < 0)
            _exit(1);
    dup2(high[3], STDIN_FILENO);
    dup2(high[3], STDOUT_FILENO);
    dup2(high[2], STDERR_FILENO);
    dup2(high[0], ROWS);
    dup2(high[1], COMMANDS);
    close_range(FIRST_FREE, ~0U, 0);
}

static void write_all(struct buf *out)
{
    if (buf_failed(out))
        _exit(SOURCE_CHILD_NO_MEMORY);
    for (size_t at = 0; at < out->len;) {
        ssize_t len = write(ROWS, out->data + at, out->len - at);
        if (len < 0 && errno != EINTR)
            _exit(1);
        at += len > 0 ? (size_t)len : 0;
    }
    buf_clear(out);
}

static _Noreturn void give_up(struct buf *out, const struct err *err)
{
    if (err->kind == ERR_MEMORY)
        _exit(SOURCE_CHILD_NO_MEMORY);
    wire_put_error(out, WIRE_ERROR, err);
    write_all(out);
    _exit(0);
}

/* Address space in use already, which does not count as the source's. */
static uint64_t address_space(void)
{
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (file && fscanf(file, "%lu", &pages) != 1)
        pages = 0;
    if (file)
        fclose(file);
    return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static bool bound(const struct geo_source_limits *limits, struct err *err)
{
    const struct confine bounds = {
        .memory_bytes = address_space() + ((uint64_t)limits->at[GEO_LIMIT_MEMORY_MB] << 20),
        .processor_s = (uint64_t)limits->at[GEO_LIMIT_SECONDS],
        .open_files = OPEN_FILES,
    };
    return confine_self(&bounds, err);
}

/* From here on only those files can be read, and only the pipe can be written. */
static bool shut_in(const struct source_reader *reader, struct err *err)
{
    return confine_self(&(struct confine){.writes_nothing = true}, err) &&
           confine_files(source_reader_files(reader), err) && confine_calls(err);
}

/* Sends the rows of one table; false with *bad: they end in an error. */
static bool send_rows(struct source_reader *reader, size_t n_columns, struct buf *out,
                      struct err *bad)
{
    for (;;) {
        struct geo_source_row row;
        bool more;
        *bad = (struct err){0};
        bool ok = source_reader_next(reader, &row, &more, bad);
        if (!ok && bad->kind == ERR_MEMORY)
            _exit(SOURCE_CHILD_NO_MEMORY);
        if (!more)
            return ok;
        wire_put_row(out, &row, n_columns, bad);
        if (out->len >= FLUSH_BYTES)
            write_all(out);
    }
}

/* False once the parent has gone. */
static bool next_command(struct source_child_command *command)
{
    char *at = (char *)command;
    for (size_t have = 0; have < sizeof *command;) {
        ssize_t len = read(COMMANDS, at + have, sizeof *command - have);
        if (len == 0 || (len < 0 && errno != EINTR))
            return false;
        have += len > 0 ? (size_t)len : 0;
    }
    return true;
}

/* Sends all rows of a table and what its columns look like. */
static void send_study(struct source_reader *reader, size_t table, struct buf *out)
{
    struct err err = {0};
    size_t n = source_reader_info(reader)->tables[table].n_columns;
    struct column_facts *facts = calloc(n + 1, sizeof *facts);
    struct buf note;
    buf_init(&note);
    if (!facts)
        _exit(SOURCE_CHILD_NO_MEMORY);
    if (source_reader_study(reader, table, facts, &err) && send_rows(reader, n, out, &err) &&
        source_reader_studied(reader, &note, &err))
        wire_put_facts(out, facts, n, note.data);
    else
        wire_put_error(out, WIRE_END, &err);
    free(facts);
    buf_free(&note);
}

/* Sends the rows of a table from one on. */
static void send_rest(struct source_reader *reader, size_t table, int64_t skip, struct buf *out)
{
    struct err err = {0};
    if (source_reader_read(reader, table, skip, &err) &&
        send_rows(reader, source_reader_info(reader)->tables[table].n_columns, out, &err))
        err = (struct err){0};
    wire_put_error(out, WIRE_END, &err);
}

/* Does what the parent asks for. */
static void serve(struct source_reader *reader, struct buf *out)
{
    struct source_child_command command;
    while (next_command(&command)) {
        if (command.facts)
            send_study(reader, command.table, out);
        else
            send_rest(reader, command.table, command.skip, out);
        write_all(out);
    }
}

_Noreturn void source_child_main(const struct source_child_start *start,
                                 struct source_position *position, pid_t parent, int rows,
                                 int commands, int words)
{
    struct err err = {0};
    struct buf out;
    struct source_reader *reader = NULL;
    buf_init(&out);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1); /* the parent ended before that */
    keep_descriptors(rows, commands, words);
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    /* GDAL and its libraries are loaded before the limits, so that they do not count. */
    if (!gdal_load(&err) || !bound(start->options->limits, &err) ||
        !(reader = source_reader_new(start->options, position, &err)) || !shut_in(reader, &err) ||
        !source_reader_open(reader, &err))
        give_up(&out, &err);
    wire_put_info(&out, source_reader_info(reader));
    write_all(&out);
    source_reader_spare(reader, start->spoilt, start->n_spoilt);
    serve(reader, &out);
    _exit(0);
}
