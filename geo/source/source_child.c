/* source_child.c - starts, watches and ends the process that reads a source. */
#include "geo/source/source_child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "geo/source/source_child_internal.h"

/* PIPE_BYTES: how much the child may read ahead. */
enum { PIPE_BYTES = 1 << 20, READ_BYTES = 1 << 18, TICK_MS = 50, WORDS_BYTES = 4096 };

struct source_child {
    pid_t pid; /* 0: it has been waited for */
    int rows, commands, words;
    struct source_position *position; /* shared with the child */
    const struct geo_source_options *options;
    const struct geo_source_limits *limits;
    struct buf in;
    size_t used; /* bytes of `in` that were already given out */
    int64_t waited_ns;
};

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Starting --------------------------------------------------------------------- */

static void close_pair(int pair[2])
{
    for (int i = 0; i < 2; i++)
        if (pair[i] >= 0)
            close(pair[i]);
}

static bool fork_child(struct source_child *child, const struct source_child_start *start,
                       struct err *err)
{
    int rows[2] = {-1, -1}, commands[2] = {-1, -1}, words[2] = {-1, -1};
    bool ok = pipe2(rows, O_CLOEXEC) == 0 &&
              socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, commands) == 0 &&
              pipe2(words, O_CLOEXEC | O_NONBLOCK) == 0;
    pid_t parent = getpid(), pid = ok ? fork() : -1;
    if (pid == 0)
        source_child_main(start, child->position, parent, rows[1], commands[0], words[1]);
    if (pid < 0) {
        err_set(err, ERR_DEPENDENCY, "no se pudo iniciar el proceso que lee la fuente: %s",
                err_reason(errno));
        close_pair(rows);
        close_pair(commands);
        close_pair(words);
        return false;
    }
    (void)fcntl(rows[0], F_SETPIPE_SZ, PIPE_BYTES); /* as large as allowed */
    close(rows[1]);
    close(commands[0]);
    close(words[1]);
    child->pid = pid;
    child->rows = rows[0];
    child->commands = commands[1]; /* a socket: sending to an ended process raises no signal */
    child->words = words[0];
    return true;
}

struct source_child *source_child_new(const struct source_child_start *start, struct err *err)
{
    struct source_child *child = calloc(1, sizeof *child);
    if (!child) {
        err_no_memory(err);
        return NULL;
    }
    *child = (struct source_child){.rows = -1,
                                   .commands = -1,
                                   .words = -1,
                                   .options = start->options,
                                   .limits = start->options->limits};
    buf_init(&child->in);
    child->position = mmap(NULL, sizeof *child->position, PROT_READ | PROT_WRITE,
                           /* cppcheck-suppress invalidFunctionArg */
                           MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (child->position == MAP_FAILED)
        child->position = NULL;
    if ((child->position || err_no_memory(err)) && fork_child(child, start, err))
        return child;
    source_child_stop(child);
    return NULL;
}

/* Ends the child and returns its status, as waitpid() does. */
static int end(struct source_child *child)
{
    int status = 0;
    if (child->pid <= 0)
        return 0;
    kill(child->pid, SIGKILL);
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
        ;
    child->pid = 0;
    return status;
}

void source_child_stop(struct source_child *child)
{
    if (!child)
        return;
    end(child);
    int files[] = {child->rows, child->commands, child->words};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (files[i] >= 0)
            close(files[i]);
    if (child->position)
        munmap(child->position, sizeof *child->position);
    buf_free(&child->in);
    free(child);
}

/* Why it ended ------------------------------------------------------------------ */

/* True if its output mentions memory: libraries that run out of memory print a message of
 * their own, and abort. */
static bool spoke_of_memory(struct source_child *child)
{
    char words[WORDS_BYTES + 1];
    ssize_t len = read(child->words, words, WORDS_BYTES);
    words[len > 0 ? len : 0] = '\0';
    return strstr(words, "bad_alloc") || strcasestr(words, "memory") ||
           strcasestr(words, "allocat");
}

static bool broke_off(struct source_child *child, int status, struct err *err)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == SOURCE_CHILD_NO_MEMORY)
        return geo_source_beyond(child->limits, GEO_LIMIT_MEMORY_MB, err);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return geo_source_beyond(child->limits, GEO_LIMIT_SECONDS, err);
    if (spoke_of_memory(child))
        return geo_source_beyond(child->limits, GEO_LIMIT_MEMORY_MB, err);
    const char *name = WIFSIGNALED(status) ? sigabbrev_np(WTERMSIG(status)) : NULL;
    return err_set(err, ERR_DEPENDENCY,
                   "la biblioteca que lee este formato se interrumpió (%s%s): el archivo está "
                   "dañado o no es lo que dice; ábralo con otro programa y vuelva a exportarlo",
                   name ? "SIG" : "terminó sin contestar", name ? name : "");
}

/* The pipe ended, or a limit of time was exceeded. If a record's repair was the cause,
 * that record can be skipped; the message is then about the record. */
static bool failed(struct source_child *child, enum geo_source_limit took, int64_t *spoilt_record,
                   struct err *err)
{
    int64_t record = child->position->record;
    bool repairing = child->position->repair_began_ns != 0 && record > 0;
    if (took == GEO_LIMITS) { /* it ended by itself; its last message can already be read */
        int status = 0;
        while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
            ;
        child->pid = 0;
        broke_off(child, status, err);
    } else {
        end(child);
        geo_source_beyond(child->limits, took, err);
    }
    if (repairing && took != GEO_LIMIT_SECONDS) {
        *spoilt_record = record;
        if (err)
            err->kind = ERR_INPUT;
    } else if (record > 0)
        err_wrap(err, "al leer el registro %lld", (long long)record);
    return false;
}

/* Reading ------------------------------------------------------------------------ */

/* The limit of time that was exceeded; GEO_LIMITS: none. */
static enum geo_source_limit overdue(const struct source_child *child, int64_t now)
{
    static const int64_t second = 1000000000;
    int64_t began = child->position->repair_began_ns;
    if (child->waited_ns / second >= child->limits->at[GEO_LIMIT_SECONDS])
        return GEO_LIMIT_SECONDS;
    if (began > 0 && (now - began) / second >= child->limits->at[GEO_LIMIT_REPAIR_SECONDS])
        return GEO_LIMIT_REPAIR_SECONDS;
    return GEO_LIMITS;
}

/* The caller of the source goes on waiting. */
static bool may_wait(const struct source_child *child, struct err *err)
{
    const struct geo_source_options *options = child->options;
    return !options->waiting ||
           options->waiting(options->waiting_arg, child->position->record, err);
}

/* Reads more bytes into `in`; *ended at the end of the pipe. */
static bool read_more(struct source_child *child, bool *ended, enum geo_source_limit *took,
                      struct err *err)
{
    struct pollfd wait = {.fd = child->rows, .events = POLLIN};
    *took = GEO_LIMITS;
    *ended = false;
    for (;;) {
        int64_t before = now_ns();
        int ready = poll(&wait, 1, TICK_MS);
        int64_t now = now_ns();
        child->waited_ns += now - before;
        if (ready > 0)
            break;
        if (ready < 0 && errno != EINTR)
            return err_set(err, ERR_DEPENDENCY, "leer de un proceso: %s", err_reason(errno));
        if (!may_wait(child, err))
            return false;
        if ((*took = overdue(child, now)) != GEO_LIMITS)
            return true;
    }
    if (!buf_reserve(&child->in, READ_BYTES))
        return err_no_memory(err);
    ssize_t len = read(child->rows, child->in.data + child->in.len, READ_BYTES);
    if (len < 0 && errno != EINTR && errno != EAGAIN)
        return err_set(err, ERR_DEPENDENCY, "leer de un proceso: %s", err_reason(errno));
    *ended = len == 0;
    child->in.len += len > 0 ? (size_t)len : 0;
    return true;
}

/* Waits for at least len bytes that were not given out yet. */
static bool have(struct source_child *child, size_t len, int64_t *spoilt_record, struct err *err)
{
    if (child->in.len - child->used >= len)
        return true;
    if (child->used) {
        memmove(child->in.data, child->in.data + child->used, child->in.len - child->used);
        child->in.len -= child->used;
        child->used = 0;
    }
    while (child->in.len < len) {
        bool ended;
        enum geo_source_limit took;
        if (!read_more(child, &ended, &took, err))
            return false;
        if (ended || took != GEO_LIMITS)
            return failed(child, took, spoilt_record, err);
    }
    return true;
}

bool source_child_frame(struct source_child *child, enum wire_kind *kind,
                        const unsigned char **bytes, size_t *len, int64_t *spoilt_record,
                        struct err *err)
{
    *spoilt_record = 0;
    if (child->pid == 0)
        return err_set(err, ERR_DEPENDENCY, "el proceso que leía la fuente ya terminó");
    if (!have(child, WIRE_HEAD, spoilt_record, err))
        return false;
    const unsigned char *head = (const unsigned char *)child->in.data + child->used;
    if (!wire_head(head, kind, len, err) || !have(child, WIRE_HEAD + *len, spoilt_record, err))
        return false;
    *bytes = (const unsigned char *)child->in.data + child->used + WIRE_HEAD;
    child->used += WIRE_HEAD + *len;
    return true;
}

static void send_command(struct source_child *child, const struct source_child_command *command)
{
    /* If sending fails, reading the next frame reports that the child ended. */
    ssize_t sent = send(child->commands, command, sizeof *command, MSG_NOSIGNAL);
    (void)sent;
}

void source_child_read(struct source_child *child, size_t table, int64_t skip)
{
    send_command(child, &(struct source_child_command){.table = (uint32_t)table, .skip = skip});
}

void source_child_facts(struct source_child *child, size_t table)
{
    send_command(child, &(struct source_child_command){.table = (uint32_t)table, .facts = true});
}
