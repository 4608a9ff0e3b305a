/* confine_calls.c - blocks the system calls that reading files does not need (seccomp). */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "geo/base/confine.h"
#include "geo/base/sanitized.h"

/* Always refused. Calls that this system's libseccomp does not know are skipped. */
static const char *const refused[] = {
    /* network */
    "socket",
    "socketpair",
    "connect",
    "bind",
    "listen",
    "accept",
    "accept4",
    "sendto",
    "sendmsg",
    "sendmmsg",
    /* programs and processes */
    "execve",
    "execveat",
    "fork",
    "vfork",
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "pidfd_open",
    "pidfd_getfd",
    "pidfd_send_signal",
    "kill",
    "tkill",
    "rt_sigqueueinfo",
    "rt_tgsigqueueinfo",
    "setns",
    "unshare",
    /* files made, changed or removed */
    "creat",
    "unlink",
    "unlinkat",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "mkdir",
    "mkdirat",
    "rmdir",
    "mknod",
    "mknodat",
    "truncate",
    "chmod",
    "fchmod",
    "fchmodat",
    "fchmodat2",
    "chown",
    "fchown",
    "lchown",
    "fchownat",
    "setxattr",
    "lsetxattr",
    "fsetxattr",
    "removexattr",
    "utime",
    "utimes",
    "utimensat",
    "futimesat",
    "open_by_handle_at",
    /* system administration */
    "mount",
    "umount2",
    "pivot_root",
    "chroot",
    "bpf",
    "perf_event_open",
    "userfaultfd",
    "keyctl",
    "add_key",
    "request_key",
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    "kexec_load",
    "init_module",
    "finit_module",
    "delete_module",
    "reboot",
    "swapon",
    "swapoff",
    "sethostname",
};

static int refuse(scmp_filter_ctx filter, const char *name)
{
    int call = seccomp_syscall_resolve_name(name);
    return call == __NR_SCMP_ERROR ? 0 : seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), call, 0);
}

/* Refused by their arguments: opening files to write, and new processes (threads are
 * allowed). */
static int refuse_some(scmp_filter_ctx filter)
{
    static const int writing[] = {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC};
    int failed = 0;
    for (size_t i = 0; !failed && i < sizeof writing / sizeof *writing; i++) {
        scmp_datum_t flag = (scmp_datum_t)writing[i];
        failed = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(open), 1,
                                  SCMP_A1(SCMP_CMP_MASKED_EQ, flag, flag));
        if (!failed)
            failed = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat), 1,
                                      SCMP_A2(SCMP_CMP_MASKED_EQ, flag, flag));
    }
    /* seccomp cannot inspect their arguments; refused with ENOSYS, so that libc falls back
     * to the older calls. */
    static const char *const newer[] = {"openat2", "clone3"};
    for (size_t i = 0; !failed && i < sizeof newer / sizeof *newer; i++) {
        int call = seccomp_syscall_resolve_name(newer[i]);
        if (call != __NR_SCMP_ERROR)
            failed = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), call, 0);
    }
    /* The own process may be signalled, for abort(), and its own limits read. */
    if (!failed)
        failed = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(tgkill), 1,
                                  SCMP_A0(SCMP_CMP_NE, (scmp_datum_t)getpid(), 0));
    if (!failed)
        failed = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(prlimit64), 1,
                                  SCMP_A0(SCMP_CMP_NE, 0, 0));
    return failed ? failed
                  : seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(clone), 1,
                                     SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
}

bool confine_calls(struct err *err)
{
    if (BUILT_SANITIZED || prctl(PR_GET_SECCOMP) < 0)
        return true;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter)
        return err_no_memory(err);
    int failed = 0;
    for (size_t i = 0; !failed && i < sizeof refused / sizeof *refused; i++)
        failed = refuse(filter, refused[i]);
    if (!failed)
        failed = refuse_some(filter);
    if (!failed)
        failed = seccomp_load(filter);
    seccomp_release(filter);
    return !failed || err_set(err, ERR_SETUP, "no se pudo cerrar las llamadas al sistema: %s",
                              err_reason(-failed));
}
