/* child.c - runs one of our commands as a process; its answer comes through a memory file. */
#include "server/api/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    ARGS_MAX = 16,
    LOOK_MS = 50, /* interval of checking whether the client still waits */
    MAGIC = 0x53494747,
};

/* Precedes the answer, or the message of a refusal. */
struct child_header {
    uint32_t magic;
    int32_t kind; /* enum err_kind; ERR_NONE: an answer */
    int64_t revision, mark;
    uint64_t len;
};

/* ---- in the child ------------------------------------------------------------- */

bool child_confine(const struct confine *bounds, struct err *err)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    return confine_self(bounds, err);
}

static bool write_all(const void *data, size_t len)
{
    const char *at = data;
    while (len) {
        ssize_t n = write(CHILD_ANSWER, at, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += n;
        len -= (size_t)n;
    }
    return true;
}

bool child_give(int64_t revision, int64_t mark, const char *data, size_t len, struct err *err)
{
    const struct child_header header = {MAGIC, ERR_NONE, revision, mark, len};
    return (write_all(&header, sizeof header) && write_all(data, len)) ||
           err_set(err, ERR_DEPENDENCY, "no se pudo entregar la respuesta: %s", err_reason(errno));
}

void child_refuse(const struct err *err)
{
    struct err told = *err;
    err_show_field(&told, "", "");
    const struct child_header header = {MAGIC, (int32_t)told.kind, 0, 0, strlen(told.message)};
    if (write_all(&header, sizeof header))
        write_all(told.message, strlen(told.message));
}

/* ---- in the server ------------------------------------------------------------ */

struct running {
    pid_t pid;
    int answer, words; /* memory file; our end of the pipe from its stderr */
    char tail[256];    /* of stderr */
    size_t len;
};

/* Starts the process, with only these descriptors open. */
static bool start(struct running *running, const char *const *args, int words, struct err *err)
{
    const char *argv[ARGS_MAX + 2] = {"sigg"};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    for (size_t i = 0; i < ARGS_MAX && args[i]; i++)
        argv[i + 1] = args[i];
    sigemptyset(&none);
    sigfillset(&all);
    if (posix_spawn_file_actions_init(&files) != 0)
        return err_no_memory(err);
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&files);
        return err_no_memory(err);
    }
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int failed =
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0) ||
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) ||
        posix_spawn_file_actions_adddup2(&files, words, STDERR_FILENO) ||
        posix_spawn_file_actions_adddup2(&files, running->answer, CHILD_ANSWER) ||
        posix_spawn_file_actions_addclosefrom_np(&files, CHILD_ANSWER + 1);
    /* Executes the running program, even if its file was replaced meanwhile. */
    failed = failed ? ENOMEM
                    : posix_spawn(&running->pid, "/proc/self/exe", &files, &attributes,
                                  (char *const *)(uintptr_t)argv, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return !failed ||
           err_set(err, ERR_DEPENDENCY, "no se pudo iniciar un proceso: %s", err_reason(failed));
}

/* Keeps the end of its output on stderr. False: stderr was closed, because it ended. */
static bool listen_to(struct running *running)
{
    char block[4096];
    ssize_t got = read(running->words, block, sizeof block);
    if (got < 0)
        return errno == EINTR || errno == EAGAIN;
    size_t n = (size_t)got, room = sizeof running->tail - 1;
    const char *from = n > room ? block + n - room : block;
    n = n > room ? room : n;
    size_t keep = running->len < room - n ? running->len : room - n;
    memmove(running->tail, running->tail + running->len - keep, keep);
    memcpy(running->tail + keep, from, n);
    running->len = keep + n;
    running->tail[running->len] = '\0';
    return got > 0;
}

static int64_t seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

/* Waits for its end; kills it if necessary. */
static bool await(struct running *running, const struct child_options *options, int *status,
                  int64_t *processor_ns, struct err *err)
{
    struct rusage took;
    int64_t ends = seconds_now() + options->seconds;
    bool ok = true, on = true;
    while (on && ok) {
        struct pollfd from = {running->words, POLLIN, 0};
        if (poll(&from, 1, LOOK_MS) > 0)
            on = listen_to(running);
        ok = budget_left(options->budget, err);
        if (ok && on && seconds_now() > ends)
            ok =
                err_set(err, ERR_LIMIT,
                        "lo que se pidió tarda más de %u segundos: pídalo de nuevo más tarde, o de "
                        "un lugar menor",
                        options->seconds);
    }
    if (!ok)
        kill(running->pid, SIGKILL);
    while (wait4(running->pid, status, 0, &took) < 0 && errno == EINTR)
        continue;
    *processor_ns = (took.ru_utime.tv_sec + took.ru_stime.tv_sec) * INT64_C(1000000000) +
                    (took.ru_utime.tv_usec + took.ru_stime.tv_usec) * INT64_C(1000);
    return ok;
}

static bool take_answer(int file, const struct child_options *options,
                        const struct child_header *header, struct child_answer *answer,
                        struct err *err)
{
    struct stat info;
    if (header->len > options->answer_bytes || fstat(file, &info) != 0 ||
        (uint64_t)info.st_size != sizeof *header + header->len)
        return err_set(err, ERR_LIMIT, "la respuesta quedó incompleta: pídala de nuevo");
    answer->data = malloc(header->len + 1);
    if (!answer->data)
        return err_no_memory(err);
    answer->len = header->len;
    for (size_t at = 0; at < answer->len;) {
        ssize_t n = pread(file, answer->data + at, answer->len - at, (off_t)(sizeof *header + at));
        if (n <= 0 && errno != EINTR) {
            free(answer->data);
            answer->data = NULL;
            return err_set(err, ERR_DEPENDENCY, "no se pudo leer la respuesta");
        }
        at += n > 0 ? (size_t)n : 0;
    }
    return true;
}

static bool refused(int file, const struct child_header *header, struct err *err)
{
    char message[ERR_MESSAGE_MAX] = "";
    size_t len = header->len < sizeof message - 1 ? header->len : sizeof message - 1;
    ssize_t n = pread(file, message, len, sizeof *header);
    message[n > 0 ? n : 0] = '\0';
    return err_set(err, (enum err_kind)header->kind, "%s", message);
}

/* For a process without an answer: the message for the client, and the cause for the log. */
static bool broke(const struct running *running, int status, struct child_answer *answer,
                  struct err *err)
{
    if (WIFSIGNALED(status))
        snprintf(answer->log, sizeof answer->log, "terminó por la señal %d (%s): %s",
                 WTERMSIG(status), strsignal(WTERMSIG(status)), running->tail);
    else
        snprintf(answer->log, sizeof answer->log, "salió con %d: %s", WEXITSTATUS(status),
                 running->tail);
    bool bound =
        WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGXFSZ);
    return err_set(err, ERR_LIMIT,
                   bound ? "lo que se pidió necesita más de lo que se permite: pida un lugar menor"
                         : "el proceso que hacía la respuesta se interrumpió, quizá por falta de "
                           "memoria: pídala de nuevo en unos segundos");
}

bool child_run(const struct child_options *options, struct child_answer *answer, struct err *err)
{
    struct running running = {.answer = -1, .words = -1};
    struct child_header header;
    int ends[2] = {-1, -1}, status = 0;
    *answer = (struct child_answer){0};
    running.answer = memfd_create("respuesta", MFD_CLOEXEC);
    bool ok = running.answer >= 0 && pipe2(ends, O_CLOEXEC) == 0;
    running.words = ends[0];
    if (!ok)
        err_set(err, ERR_DEPENDENCY, "no se pudo iniciar un proceso: %s", err_reason(errno));
    ok = ok && start(&running, options->args, ends[1], err);
    if (ends[1] >= 0)
        close(ends[1]);
    ok = ok && await(&running, options, &status, &answer->processor_ns, err);
    if (ok) {
        bool whole = pread(running.answer, &header, sizeof header, 0) == sizeof header &&
                     header.magic == MAGIC;
        if (whole && header.kind != ERR_NONE)
            ok = refused(running.answer, &header, err);
        else if (whole && WIFEXITED(status) && WEXITSTATUS(status) == 0)
            ok = take_answer(running.answer, options, &header, answer, err);
        else
            ok = broke(&running, status, answer, err);
    }
    if (ok) {
        answer->revision = header.revision;
        answer->mark = header.mark;
    }
    if (running.words >= 0)
        close(running.words);
    if (running.answer >= 0)
        close(running.answer);
    return ok;
}
