/* failing_malloc.c - LD_PRELOAD: the Nth allocation of a process fails.
 *
 * OOM_AT=N     which one; 0 or nothing: none
 * OOM_FILE=F   the file that holds it, instead: it may change from process to process
 * OOM_SPAN=N   how many from there on (1); 0: all that follow
 * OOM_ARG=WORD only in processes that were given this argument
 * OOM_OWN=1    only allocations that the program itself asks for, not its libraries
 * OOM_TRACE=1  a signal that ends the process is told with its frames, one a line
 * OOM_WHERE=1  the frames of each allocation that fails, one a line
 * OOM_COUNT=F  at the end the number of allocations is written to F */
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* glibc's functions, which those below replace. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t align, size_t size);

static atomic_long count;
static long at, span = 1;
static bool own, wanted, where_told;
static uintptr_t text_from, text_to;
static char count_path[256];

static int find_program(struct dl_phdr_info *info, size_t size, void *arg)
{
    (void)size;
    (void)arg;
    for (int i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_LOAD && (info->dlpi_phdr[i].p_flags & PF_X)) {
            text_from = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
            text_to = text_from + info->dlpi_phdr[i].p_memsz;
        }
    return 1; /* the program is the first entry */
}

static bool has_argument(const char *word)
{
    char line[4096];
    int file = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    ssize_t n = file < 0 ? 0 : read(file, line, sizeof line - 1);
    if (file >= 0)
        close(file);
    line[n > 0 ? n : 0] = '\0';
    for (ssize_t i = 0; i < n; i += (ssize_t)strlen(line + i) + 1)
        if (strcmp(line + i, word) == 0)
            return true;
    return false;
}

static long number_in(const char *path)
{
    char digits[24];
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = file < 0 ? 0 : read(file, digits, sizeof digits - 1);
    if (file >= 0)
        close(file);
    digits[n > 0 ? n : 0] = '\0';
    return atol(digits);
}

static void tell(int number)
{
    void *frames[40];
    char line[32];
    int n = snprintf(line, sizeof line, "\nSIGNAL %d\n", number);
    if (write(STDERR_FILENO, line, (size_t)n) == n)
        backtrace_symbols_fd(frames, backtrace(frames, 40), STDERR_FILENO);
    signal(number, SIG_DFL);
    raise(number);
}

__attribute__((constructor)) static void begin(void)
{
    const char *where = getenv("OOM_AT"), *many = getenv("OOM_SPAN"), *word = getenv("OOM_ARG");
    const char *path = getenv("OOM_COUNT"), *file = getenv("OOM_FILE");
    at = file ? number_in(file) : where ? atol(where) : 0;
    span = many ? atol(many) : 1;
    own = getenv("OOM_OWN") != NULL;
    where_told = getenv("OOM_WHERE") != NULL;
    snprintf(count_path, sizeof count_path, "%s", path ? path : "");
    dl_iterate_phdr(find_program, NULL);
    wanted = !word || has_argument(word);
    void *frame;
    backtrace(&frame, 1); /* loads its libraries now, not at the failure */
    if (getenv("OOM_TRACE")) {
        static const int ends[] = {SIGSEGV, SIGABRT, SIGTRAP, SIGBUS, SIGFPE};
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
            signal(ends[i], tell);
    }
    atomic_store(&count, 0);
}

__attribute__((destructor)) static void end(void)
{
    char line[32];
    int file = wanted && count_path[0]
                   ? open(count_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)
                   : -1;
    if (file < 0)
        return;
    int n = snprintf(line, sizeof line, "%ld\n", atomic_load(&count));
    if (write(file, line, (size_t)n) != n)
        unlink(count_path);
    close(file);
}

static bool fails(const void *caller)
{
    uintptr_t from = (uintptr_t)caller;
    if (!wanted || (own && (from < text_from || from >= text_to)))
        return false;
    long n = atomic_fetch_add(&count, 1) + 1;
    if (!at || n < at || (span && n >= at + span))
        return false;
    if (where_told) {
        void *frames[24];
        backtrace_symbols_fd(frames, backtrace(frames, 24), STDERR_FILENO);
    }
    errno = ENOMEM;
    return true;
}

#define FAILS fails(__builtin_return_address(0))

void *malloc(size_t size)
{
    return FAILS ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return FAILS ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
    return FAILS ? NULL : __libc_realloc(old, size);
}

void *aligned_alloc(size_t align, size_t size)
{
    return FAILS ? NULL : __libc_memalign(align, size);
}

void *memalign(size_t align, size_t size)
{
    return FAILS ? NULL : __libc_memalign(align, size);
}

int posix_memalign(void **out, size_t align, size_t size)
{
    void *made = FAILS ? NULL : __libc_memalign(align, size);
    if (!made)
        return ENOMEM;
    *out = made;
    return 0;
}

/* These call malloc() inside glibc; the caller to report is theirs. */
char *strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    char *made = FAILS ? NULL : __libc_malloc(size);
    return made ? memcpy(made, text, size) : NULL;
}

char *strndup(const char *text, size_t most)
{
    size_t len = strnlen(text, most);
    char *made = FAILS ? NULL : __libc_malloc(len + 1);
    if (!made)
        return NULL;
    made[len] = '\0';
    return memcpy(made, text, len);
}
