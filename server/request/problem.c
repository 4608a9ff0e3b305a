/* problem.c - errors as problem+json (RFC 9457) answers. */
#include "server/request/problem.h"

#include <stdlib.h>
#include <unistd.h>

#include "geo/base/parse.h"
#include "server/request/respond_header.h"

static const struct {
    enum err_kind kind;
    int status;
    bool ours; /* the client gets no details */
} kinds[] = {
    {ERR_NONE, 500, true},       {ERR_USAGE, 400, false}, {ERR_INPUT, 400, false},
    {ERR_NOT_FOUND, 404, false}, {ERR_SETUP, 500, true},  {ERR_DEPENDENCY, 503, true},
    {ERR_MEMORY, 503, true},     {ERR_LIMIT, 503, false}, {ERR_CANCELLED, 503, true},
};

static const struct {
    int status;
    const char *type; /* after "/problemas/" */
    const char *title;
} titles[] = {
    {400, "peticion", "Petición incorrecta"},
    {404, "no-existe", "No existe"},
    {405, "metodo", "Método no permitido"},
    {408, "tiempo", "La petición tardó demasiado"},
    {413, "cuerpo", "Cuerpo demasiado grande"},
    {414, "direccion", "Dirección demasiado larga"},
    {416, "rango", "Fuera del archivo"},
    {417, "expectativa", "No se cumple lo esperado"},
    {429, "demasiado", "Demasiados cálculos"},
    {431, "cabeceras", "Cabeceras demasiado grandes"},
    {500, "interno", "Error del servidor"},
    {501, "no-se-conoce", "No se conoce"},
    {503, "no-disponible", "Servicio no disponible"},
    {505, "version", "Versión de HTTP"},
};

static size_t find_kind(enum err_kind kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].kind == kind)
            return i;
    return 0;
}

void problem_put(struct buf *body, int status, const char *detail, const char *id)
{
    size_t row = 0;
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (titles[i].status == status)
            row = i;
    buf_printf(body, "{\"type\":\"urn:sigg:problema:%s\",\"title\":", titles[row].type);
    buf_put_json(body, titles[row].title);
    buf_printf(body, ",\"status\":%d,\"detail\":", status);
    buf_put_json(body, detail);
    buf_printf(body, ",\"instance\":\"urn:sigg:peticion:%s\"}\n", id);
}

void problem_answer(struct call *call, int status, const char *detail)
{
    struct buf *body = &call->out->body;
    buf_clear(body);
    call->out->n_headers = 0; /* drops what the handler had begun */
    call->out->lent = NULL;
    if (call->out->file >= 0)
        close(call->out->file);
    call->out->file = -1;
    call->out->ready = NULL;
    call->finished = false;
    if (call->out->release)
        call->out->release(call->out->release_arg);
    call->out->release = NULL;
    call->out->status = status;
    problem_put(body, status, detail, http_id(call->http));
    if (buf_failed(body)) { /* no memory even for that: only the status */
        buf_free(body);
        call->out->lent = "";
        call->out->lent_len = 0;
    }
    call->compressible = true;
    respond_header(call, "Content-Type", "application/problem+json");
    if (status >= 500)
        respond_header(call, "Retry-After", "5");
}

void problem_busy(struct call *call, unsigned retry_s)
{
    char *detail = arena_printf(
        call->arena,
        "Desde su dirección ya se pidió todo el cálculo que se da a un cliente de una vez. Espere "
        "%u segundos; lo que ya está hecho, como las teselas del mapa, se sigue sirviendo. Para "
        "muchos cálculos use el programa «sigg» con la base de datos.",
        retry_s);
    char *header = arena_printf(call->arena, "%u", retry_s);
    problem_answer(call, 429, detail ? detail : "Demasiados cálculos.");
    respond_header(call, "Retry-After", header ? header : "60");
}

void problem_from_err(struct call *call, const struct err *failed)
{
    struct err copy = *failed, *err = &copy;
    err_explain(err);
    err_show_field(err, "parámetro «", "»");
    size_t row = find_kind(err->kind);
    if (!kinds[row].ours) {
        problem_answer(call, kinds[row].status, err->message);
        return;
    }
    char now[21];
    date_now(now);
    fprintf(call->service->log, "%s %s %s: %s\n", now, http_id(call->http),
            call->route ? call->route->pattern : "-", err->message);
    problem_answer(call, kinds[row].status,
                   err->kind == ERR_SETUP
                       ? "El servidor tiene un problema de configuración. El identificador de la "
                         "petición está en «instance»."
                       : "El servidor no pudo responder por ahora; intente de nuevo. El "
                         "identificador de la petición está en «instance».");
}
