/* confine.c - a process bounds itself. */
#include "geo/base/confine.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/resource.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SANITIZED = 1 };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif
#else
enum { SANITIZED = 0 };
#endif

static bool bound(__rlimit_resource_t what, uint64_t most, const char *name, struct err *err)
{
    struct rlimit limit;
    if (getrlimit(what, &limit) != 0)
        return err_set(err, ERR_SETUP, "%s: %s", name, err_reason(errno));
    if (limit.rlim_max != RLIM_INFINITY && most > limit.rlim_max)
        return true; /* bounded more tightly already */
    limit.rlim_cur = limit.rlim_max = most;
    return setrlimit(what, &limit) == 0 ||
           err_set(err, ERR_SETUP, "%s: %s", name, err_reason(errno));
}

bool confine_self(const struct confine *bounds, struct err *err)
{
    return bound(RLIMIT_CORE, 0, "volcados", err) &&
           (!bounds->memory_bytes || SANITIZED ||
            bound(RLIMIT_AS, bounds->memory_bytes, "memoria", err)) &&
           (!bounds->processor_s || bound(RLIMIT_CPU, bounds->processor_s, "procesador", err)) &&
           (!bounds->written_bytes || bound(RLIMIT_FSIZE, bounds->written_bytes, "archivos", err));
}
