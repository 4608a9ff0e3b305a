/* call.c - what handlers ask of a request: parameters, a connection. */
#include "server/request/call.h"

#include <stdlib.h>
#include <string.h>

const struct param_value *call_param(const struct call *call, const char *name)
{
    for (size_t i = 0; call->route->params && call->route->params[i].name; i++)
        if (strcmp(call->route->params[i].name, name) == 0)
            return &call->values[i];
    abort();
}

const char *call_text(const struct call *call, const char *name)
{
    return call_param(call, name)->text;
}

const char *call_path(const struct call *call, const char *name)
{
    for (size_t i = 0; i < call->path.n; i++)
        if (call->path.list[i].name_len == strlen(name) &&
            memcmp(call->path.list[i].name, name, call->path.list[i].name_len) == 0)
            return call->path.list[i].value;
    abort();
}

struct geo_store *call_store(struct call *call, struct err *err)
{
    if (!call->store) {
        call->store = stores_take(state_stores(call->service->state), call->served->file, err);
        if (call->store)
            geo_store_bound(call->store, call->budget);
    }
    return call->store;
}
