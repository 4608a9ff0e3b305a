/* figure_http.c - answers the URLs of figures. */
#include "server/figures/figure_http.h"

#include "server/figures/figure_output.h"
#include "server/request/respond.h"
#include "server/request/response_cache.h"

void figure_http_route(const struct figure *figure, struct param params[PARAMS_MAX],
                       struct route *route)
{
    size_t n = 0;
    for (const struct param *param = figure->params; param->name; param++)
        if (!param->command_only && n + 2 < PARAMS_MAX)
            params[n++] = *param;
    params[n++] = (struct param){.name = "f",
                                 .kind = PARAM_CHOICE,
                                 .choices = figure_format_choices(figure, true),
                                 .title = "formato; tiene prioridad sobre la cabecera Accept"};
    params[n] = (struct param){0};
    *route = (struct route){
        .method = "GET", .pattern = figure->path, .handler = figure_http_get, .params = params};
}

static const struct figure *figure_of(const struct route *route)
{
    for (size_t i = 0; figures[i]; i++)
        if (figures[i]->path == route->pattern)
            return figures[i];
    return NULL;
}

bool figure_http_args(const struct route *route, const struct param_value values[PARAMS_MAX],
                      struct figure_args *args, struct err *err)
{
    *args = (struct figure_args){.figure = figure_of(route), .server = true};
    size_t n = 0; /* of the route, which leaves out what is only for commands */
    for (size_t i = 0; args->figure->params[i].name; i++) {
        const struct param *param = &args->figure->params[i];
        if (!param->command_only)
            args->values[i] = values[n++];
        if (param->required && !args->values[i].given)
            return err_set(err, ERR_INPUT, "falta el parámetro «%s»: %s", param->name,
                           param->title);
    }
    param_fall_back(args->figure->params, args->values);
    return true;
}

struct making {
    struct call *call;
    struct figure_args *args;
    enum figure_format format;
};

static bool make(void *arg, char **data, size_t *len, struct err *err)
{
    const struct making *making = arg;
    struct buf body;
    const struct figure_server server = {.revision = making->call->served->revision,
                                         .path =
                                             public_url_path(&making->call->service->public_url)};
    struct geo_store *store = call_store(making->call, err);
    buf_init(&body);
    bool ok =
        store && figure_output(making->args, making->format, store, &server, &body, NULL, err);
    if (ok) {
        *data = buf_take(&body, len);
        ok = *data != NULL || err_no_memory(err);
    }
    buf_free(&body);
    return ok;
}

static enum figure_format format_of(struct call *call, const struct figure *figure)
{
    struct offer offers[FIGURE_FORMATS + 1] = {0};
    const char *const *choices = figure_format_choices(figure, true);
    for (size_t i = 0; choices[i]; i++)
        offers[i] = (struct offer){choices[i], figure_formats[FIGURE_JSON + i].type};
    return (enum figure_format)(FIGURE_JSON + (respond_negotiate(call, offers) - offers));
}

static const char *disposition(struct call *call, const struct figure *figure,
                               const struct figure_format_words *words)
{
    const char *file =
        arena_printf(call->arena, "attachment; filename=\"%s.%s\"", figure->name, words->extension);
    return file ? file : "attachment";
}

bool figure_http_get(struct call *call, struct err *err)
{
    struct figure_args args;
    const struct figure *figure = figure_of(call->route);
    enum figure_format format = format_of(call, figure);
    const struct figure_format_words *words = &figure_formats[format];
    if (!figure_http_args(call->route, call->values, &args, err))
        return false;
    if (respond_unchanged_own(call, words->name))
        return true;
    struct making making = {call, &args, format};
    /* A workbook, or polygons, take longer than the figure. */
    bool slow =
        format == FIGURE_XLSX || format == FIGURE_GEOJSON || (figure->slow && figure->slow(&args));
    const struct response_form form = {.name = figure->name,
                                       .format = words->name,
                                       .type = words->content,
                                       .disposition =
                                           words->file ? disposition(call, figure, words) : NULL,
                                       .coded = format != FIGURE_XLSX};
    return response_cache_answer_figures(call, &form, slow, make, &making, err);
}
