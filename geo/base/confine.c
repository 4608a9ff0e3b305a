/* confine.c - sets the resource limits of this process (setrlimit). */
#include "geo/base/confine.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/resource.h>

#include "geo/base/sanitized.h"

/* Sets the soft limit to `most` and the hard limit to `hard`, or lower where the hard limit is. */
static bool bound_both(__rlimit_resource_t what, uint64_t most, uint64_t hard, const char *name,
                       struct err *err)
{
    struct rlimit limit;
    if (getrlimit(what, &limit) != 0)
        return err_set(err, ERR_SETUP, "%s: %s", name, err_reason(errno));
    limit.rlim_cur = most < limit.rlim_max ? most : limit.rlim_max;
    if (limit.rlim_max == RLIM_INFINITY || hard < limit.rlim_max)
        limit.rlim_max = hard;
    return setrlimit(what, &limit) == 0 ||
           err_set(err, ERR_SETUP, "%s: %s", name, err_reason(errno));
}

static bool bound(__rlimit_resource_t what, uint64_t most, const char *name, struct err *err)
{
    return bound_both(what, most, most, name, err);
}

/* The soft limit ends the process with SIGXCPU, which tells the reason. If the hard limit
 * were equal, the signal would be SIGKILL. */
static bool bound_processor(uint64_t seconds, struct err *err)
{
    return bound_both(RLIMIT_CPU, seconds, seconds + 2, "procesador", err);
}

bool confine_self(const struct confine *bounds, struct err *err)
{
    return bound(RLIMIT_CORE, 0, "volcados", err) &&
           (!bounds->memory_bytes || BUILT_SANITIZED ||
            bound(RLIMIT_AS, bounds->memory_bytes, "memoria", err)) &&
           (!bounds->processor_s || bound_processor(bounds->processor_s, err)) &&
           (!bounds->written_bytes ||
            bound(RLIMIT_FSIZE, bounds->written_bytes, "archivos", err)) &&
           (!bounds->open_files || bound(RLIMIT_NOFILE, bounds->open_files, "abiertos", err)) &&
           (!bounds->writes_nothing || bound(RLIMIT_FSIZE, 0, "archivos", err));
}
