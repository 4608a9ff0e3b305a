/* trace_text.c - reads geotraces and geoshapes from their text. */
#include "geo/place/trace_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/text.h"
#include "geo/place/measure.h"
#include "geo/place/shape.h"

static const char vertex_ends[] = ";\r\n";
static const char blanks[] = " \t";

/* The vertices while they are read. */
struct trace {
    double *xy;
    size_t n, cap;
    double accuracy_m;
    int numbers, last_numbers; /* of every vertex but the last; 0: they differ. Of the last */
};

/* Splitting ------------------------------------------------------------------------ */

/* Length of a decimal number at `at`: "-18.9001"; 0: none. */
static size_t number_len(const char *at, char mark)
{
    size_t sign = *at == '-' || *at == '+';
    size_t whole = strspn(at + sign, "0123456789");
    size_t len = sign + whole;
    if (at[len] == mark)
        len += 1 + strspn(at + len + 1, "0123456789");
    return whole ? len : 0;
}

static double number_of(const char *at, size_t len)
{
    char digits[64];
    len = len < sizeof digits ? len : sizeof digits - 1;
    memcpy(digits, at, len);
    digits[len] = '\0';
    char *comma = strchr(digits, ',');
    if (comma)
        *comma = '.';
    return strtod(digits, NULL);
}

/* The two to four numbers of a vertex; 0: it is none. */
static int split_vertex(const char *text, size_t len, double values[4])
{
    const char *at = text, *end = text + len;
    char mark = memchr(text, '.', len) ? '.' : ',';
    int n = 0;
    for (at += strspn(at, blanks); at < end; at += strspn(at, blanks)) {
        size_t number = number_len(at, mark);
        if (number == 0 || n == 4 || (at + number < end && !strchr(blanks, at[number])))
            return 0;
        values[n++] = number_of(at, number);
        at += number;
    }
    return n >= 2 ? n : 0;
}

/* The next vertex's text at *at, which goes behind it; NULL: no more. */
static const char *next_vertex(const char **at, size_t *len)
{
    *at += strspn(*at, ";\r\n \t");
    const char *vertex = **at ? *at : NULL;
    *len = strcspn(*at, vertex_ends);
    *at += *len;
    return vertex;
}

bool geo_trace_is(const char *text)
{
    double values[4];
    size_t len, n = 0, read = 0;
    for (const char *vertex; (vertex = next_vertex(&text, &len)) != NULL; n++)
        read += split_vertex(vertex, len, values) > 0;
    return n >= 2 && read * 2 > n;
}

bool geo_trace_is_point(const char *text)
{
    double values[4];
    size_t len, more;
    const char *vertex = next_vertex(&text, &len);
    return vertex && split_vertex(vertex, len, values) > 0 && !next_vertex(&text, &more);
}

/* Reading -------------------------------------------------------------------------- */

static bool add_vertex(struct trace *trace, const char *text, size_t len, struct err *err)
{
    double values[4];
    size_t number = trace->n + 1;
    int n = split_vertex(text, len, values), shown = text_cut(text, len < 60 ? (int)len : 60);
    if (n == 0)
        return err_set(err, ERR_INPUT,
                       "vértice %zu: «%.*s»: se esperan latitud y longitud con punto decimal y, si "
                       "acaso, altitud y precisión, separadas por espacios",
                       number, shown, text);
    if (!(fabs(values[0]) <= 90 && fabs(values[1]) <= 180))
        return err_set(err, ERR_INPUT, "vértice %zu: «%.*s»: no es una latitud y una longitud",
                       number, shown, text);
    if (n == 4 && !(values[3] >= 0 && values[3] <= 1e7))
        return err_set(err, ERR_INPUT, "vértice %zu: «%.*s»: la precisión no es válida", number,
                       shown, text);
    if (number > GEO_TRACE_VERTICES_MAX)
        return err_set(err, ERR_INPUT, "más de %d vértices", GEO_TRACE_VERTICES_MAX);
    if (!array_reserve(trace->xy, trace->cap, 2 * number))
        return err_no_memory(err);
    if (number == 2)
        trace->numbers = trace->last_numbers;
    else if (number > 2 && trace->last_numbers != trace->numbers)
        trace->numbers = 0;
    trace->last_numbers = n;
    trace->xy[2 * trace->n] = values[1];
    trace->xy[2 * trace->n + 1] = values[0];
    trace->n = number;
    if (n == 4)
        trace->accuracy_m = fmax(trace->accuracy_m, values[3]); /* fmax() passes over NaN */
    return true;
}

/* How many vertices differ from all before them, counted up to three. */
static size_t count_different(const struct trace *trace)
{
    const double *seen[3];
    size_t n = 0;
    for (size_t i = 0; i < trace->n && n < 3; i++) {
        const double *at = trace->xy + 2 * i;
        bool known = false;
        for (size_t k = 0; k < n; k++)
            known = known || (seen[k][0] == at[0] && seen[k][1] == at[1]);
        if (!known)
            seen[n++] = at;
    }
    return n;
}

static bool put_shape(const struct trace *trace, bool polygon, bool close, struct buf *wkb,
                      struct err *err)
{
    size_t n = trace->n + close;
    struct geo_shape_room room;
    struct geo_shape *shape =
        geo_shape_new(polygon ? GEO_SHAPE_POLYGON : GEO_SHAPE_LINE, false, n, 1, 1, &room, err);
    if (!shape)
        return false;
    memcpy(room.xy, trace->xy, 2 * trace->n * sizeof *room.xy);
    if (close)
        memcpy(room.xy + 2 * trace->n, trace->xy, 2 * sizeof *room.xy);
    room.rings[0] = room.parts[0] = 0;
    geo_shape_put_wkb(shape, false, wkb);
    geo_shape_free(shape);
    return !buf_failed(wkb) || err_no_memory(err);
}

static bool was_cut(const struct trace *trace, size_t len)
{
    return len == GEO_TRACE_CELL_MAX || (trace->n > 2 && trace->last_numbers < trace->numbers);
}

static double length_m(const struct trace *trace)
{
    double sum = 0;
    for (size_t i = 1; i < trace->n; i++) {
        const double *at = trace->xy + 2 * i;
        sum += geo_measure_distance(at[-2], at[-1], at[0], at[1]);
    }
    return sum;
}

/* Ends that do not nearly meet, where a polygon is wanted. */
static bool refuse_line(const struct trace *trace, const struct geo_trace *found, struct err *err)
{
    double length = found->gap_m > GEO_TRACE_MEET_M ? length_m(trace) : 0;
    return found->gap_m <= GEO_TRACE_MEET_M || found->gap_m <= GEO_TRACE_GAP_SHARE * length ||
           err_set(err, ERR_INPUT,
                   "el trazo es una línea: mide %.0f m, y sus extremos distan %.0f m; se espera un "
                   "polígono. Si rodea una parcela, repita el primer vértice al final",
                   length, found->gap_m);
}

static bool finish(const struct trace *trace, enum geo_trace_kind kind, struct buf *wkb,
                   struct geo_trace *what, struct err *err)
{
    const double *first = trace->xy, *last = trace->xy + 2 * (trace->n - 1);
    size_t different = count_different(trace);
    bool closed = first[0] == last[0] && first[1] == last[1];
    struct geo_trace found = {
        .vertices = trace->n,
        .gap_m = closed ? 0 : geo_measure_distance(first[0], first[1], last[0], last[1]),
        .accuracy_m = trace->accuracy_m,
    };
    found.polygon = kind == GEO_TRACE_SHAPE || (different > 2 && found.gap_m <= GEO_TRACE_MEET_M);
    if (different < (found.polygon ? 3 : 2))
        return err_set(err, ERR_INPUT, "un%s necesita %d vértices distintos",
                       found.polygon ? " polígono" : "a línea", found.polygon ? 3 : 2);
    if (kind == GEO_TRACE_SHAPE && !refuse_line(trace, &found, err))
        return false;
    if (!put_shape(trace, found.polygon, found.polygon && !closed, wkb, err))
        return false;
    *what = found;
    return true;
}

bool geo_trace_read(const char *text, enum geo_trace_kind kind, struct buf *wkb,
                    struct geo_trace *what, struct err *err)
{
    struct trace trace = {.accuracy_m = NAN};
    size_t len, whole = strlen(text);
    bool ok = true;
    for (const char *vertex; ok && (vertex = next_vertex(&text, &len)) != NULL;)
        ok = add_vertex(&trace, vertex, len, err);
    if (ok && trace.n == 0)
        ok = err_set(err, ERR_INPUT, "el trazo no tiene vértices");
    if (ok && was_cut(&trace, whole))
        ok = err_set(err, ERR_INPUT,
                     "el trazo está cortado tras el vértice %zu: una celda no tiene más de %d "
                     "letras; expórtelo como CSV o GeoJSON",
                     trace.n - 1, GEO_TRACE_CELL_MAX);
    ok = ok && finish(&trace, kind, wkb, what, err);
    free(trace.xy);
    return ok;
}
