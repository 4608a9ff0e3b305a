/* call_defer.c - hands a request that takes long to a background thread. */
#include "server/request/call.h"
#include "server/request/problem.h"

/* To be called before a figure is made. False: the client has used up its time, and was
 * told so. */
static bool may_compute(struct call *call)
{
    unsigned retry_s = 0;
    if (rate_limit_allows(call->service->limit, call->http->client, RATE_FIGURES, &retry_s))
        return true;
    problem_busy(call, retry_s);
    return false;
}

bool call_defer(struct call *call)
{
    call->costly = true;
    if (call->http->queue == HTTP_FIGURE)
        return false;
    if (!may_compute(call))
        return true;
    if (call->http->queue == HTTP_STRAYED) /* made on this thread */
        return false;
    call->out->queue = HTTP_FIGURE;
    return true;
}

bool call_drawing(struct call *call)
{
    if (!call->http->queue)
        call->out->queue = HTTP_DRAWING;
    return !call->http->queue;
}
