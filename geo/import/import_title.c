/* import_title.c - how the source of an import is called in what is stored and published. */
#include <string.h>

#include "geo/import/import_run.h"
#include "geo/source/source_fetch.h"

/* A URL's user, password, query and fragment may open doors: what is stored, and
 * published as where the data come from, goes without. */
bool import_name_source(struct import_run *run, struct err *err)
{
    const char *source = run->options->source, *scheme_end = strstr(source, "://");
    buf_init(&run->source_name);
    if (!source_is_url(source) || !scheme_end) {
        buf_puts(&run->source_name, source);
    } else {
        const char *host = scheme_end + 3, *end = host + strcspn(host, "?#");
        const char *path = host + strcspn(host, "/?#");
        for (const char *at = host; at < path; at++)
            if (*at == '@')
                host = at + 1;
        buf_put(&run->source_name, source, (size_t)(scheme_end + 3 - source));
        buf_put(&run->source_name, host, (size_t)(end - host));
    }
    return !buf_failed(&run->source_name) || err_no_memory(err);
}

const char *import_source_file(const struct import_run *run)
{
    const char *name = run->source_name.data, *slash = strrchr(name, '/');
    return slash && slash[1] ? slash + 1 : name;
}

const char *import_source_title(const struct import_run *run)
{
    return run->options->source_title ? run->options->source_title : import_source_file(run);
}
