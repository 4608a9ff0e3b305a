/* lag.c - the figure `lag` (rezago): money requested, transferred and accounted for. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/json.h"
#include "geo/catalog/figure.h"
#include "geo/catalog/params.h"
#include "geo/store/results.h"

struct lag_row {
    const struct geo_named *named;
    int64_t alianzas, solicitado_cts, transferido_cts, descargado_cts;
    int64_t con_saldo, sin_fecha;              /* alliances with a balance; without a closing day */
    int64_t vencidas, sin_descargo, saldo_cts; /* past their closing with a balance */
};

struct lag {
    const struct geo_units *units;
    const char *as_of;
    char day[11]; /* closings before it are past */
    struct geo_grouping grouping;
    struct lag_row *rows; /* of grouping */
    size_t *slots;        /* by record id, while the records are read: 0 is none, else slot + 1 */
    size_t n_slots;
    int convenio, conclusion, prevista, solicitado, transferido, descargado;
    struct err *err;
    bool failed;
};

static bool add_link(void *arg, int64_t record, const char *municipio)
{
    struct lag *lag = arg;
    if (!array_reserve_filled(lag->slots, lag->n_slots, (size_t)record + 1, 0)) {
        lag->failed = true;
        return false;
    }
    lag->slots[record] = geo_units_slot(lag->units, municipio) + 1;
    return true;
}

/* The day from which the alliance's money is to be accounted for: that of its closing or the
 * planned one, whichever is first; NULL: neither is known. */
static const char *closing_of(const struct lag *lag, const struct geo_record *record)
{
    const char *closed = geo_record_text(record, lag->conclusion);
    const char *planned = geo_record_text(record, lag->prevista);
    if (!closed || !planned)
        return closed ? closed : planned;
    return strcmp(planned, closed) < 0 ? planned : closed;
}

static bool add_alianza(void *arg, const struct geo_record *record)
{
    struct lag *lag = arg;
    const char *convenio = geo_record_text(record, lag->convenio);
    if (!convenio || (lag->as_of && strcmp(convenio, lag->as_of) > 0))
        return true;
    size_t known = (size_t)record->id < lag->n_slots ? lag->slots[record->id] : 0;
    struct lag_row *row = &lag->rows[lag->grouping.row_of[known ? known - 1 : lag->units->n]];
    const char *closing = closing_of(lag, record);
    int64_t transferred = geo_record_int(record, lag->transferido);
    int64_t accounted = geo_record_int(record, lag->descargado);
    row->alianzas++;
    row->solicitado_cts += geo_record_int(record, lag->solicitado);
    row->transferido_cts += transferred;
    row->descargado_cts += accounted;
    if (transferred <= accounted)
        return true;
    row->con_saldo++;
    row->sin_fecha += !closing;
    if (closing && strcmp(closing, lag->day) < 0) {
        row->vencidas++;
        row->sin_descargo += accounted == 0;
        row->saldo_cts += transferred - accounted;
    }
    return true;
}

static void find_fields(struct lag *lag)
{
    const struct geo_table *table = geo_table_find("alianzas");
    lag->convenio = geo_table_field(table, "fecha_convenio");
    lag->conclusion = geo_table_field(table, "fecha_conclusion");
    lag->prevista = geo_table_field(table, "fecha_conclusion_prevista");
    lag->solicitado = geo_table_field(table, "solicitado_cts");
    lag->transferido = geo_table_field(table, "transferido_cts");
    lag->descargado = geo_table_field(table, "descargado_cts");
}

static bool count(struct lag *lag, struct geo_store *store, struct err *err)
{
    const struct geo_table *table = geo_table_find("alianzas");
    const struct geo_query query = {.no_geometry = true, .present = "fecha_convenio"};
    if (!geo_store_links_units(store, "alianzas", lag->units->edition, add_link, lag, err))
        return false;
    return lag->failed ? err_no_memory(err)
                       : geo_store_each(store, table, &query, add_alianza, lag, err);
}

/* Most outstanding first; then by code and name. */
static int by_outstanding(const void *a, const void *b)
{
    const struct lag_row *x = a, *y = b;
    int64_t mine = x->transferido_cts - x->descargado_cts;
    int64_t other = y->transferido_cts - y->descargado_cts;
    if (mine != other)
        return mine < other ? 1 : -1;
    int order = strcmp(x->named->codigo, y->named->codigo);
    return order ? order : strcmp(x->named->nombre, y->named->nombre);
}

static double share_pct(int64_t part, int64_t whole)
{
    return whole > 0 ? 100.0 * (double)part / (double)whole : NAN;
}

static struct rows *table_of(const struct lag *lag)
{
    static const struct rows_column columns[] = {
        {"codigo", 0},          {"nombre", 0},
        {"departamento", 0},    {"uo", 0},
        {"alianzas", 0},        {"solicitado_bs", 2},
        {"transferido_bs", 2},  {"descargado_bs", 2},
        {"transferido_pct", 2}, {"descargado_pct", 2},
        {"pendiente_bs", 2},    {"con_saldo", 0},
        {"vencidas", 0},        {"vencidas_sin_descargo", 0},
        {"vencido_bs", 2},      {"sin_fecha", 0},
    };
    static const char *const brief[] = {"codigo",
                                        "nombre",
                                        "alianzas",
                                        "transferido_bs",
                                        "descargado_bs",
                                        "descargado_pct",
                                        "pendiente_bs",
                                        "vencidas",
                                        "vencidas_sin_descargo",
                                        "vencido_bs",
                                        NULL};
    struct rows *rows = rows_new(columns, sizeof columns / sizeof *columns);
    if (rows)
        rows_brief(rows, brief);
    for (size_t i = 0; rows && i < lag->grouping.n_rows; i++) {
        const struct lag_row *row = &lag->rows[i];
        if (row->alianzas == 0 && !row->named->codigo[0] && !row->named->departamento[0] &&
            !row->named->uo[0] && lag->grouping.n_rows > 1)
            continue; /* nothing without municipality */
        rows_text(rows, row->named->codigo);
        rows_text(rows, row->named->nombre);
        rows_text(rows, row->named->departamento);
        rows_text(rows, row->named->uo);
        rows_int(rows, row->alianzas);
        rows_money(rows, row->solicitado_cts);
        rows_money(rows, row->transferido_cts);
        rows_money(rows, row->descargado_cts);
        rows_real(rows, share_pct(row->transferido_cts, row->solicitado_cts));
        rows_real(rows, share_pct(row->descargado_cts, row->transferido_cts));
        rows_money(rows, row->transferido_cts - row->descargado_cts);
        rows_int(rows, row->con_saldo);
        rows_int(rows, row->vencidas);
        rows_int(rows, row->sin_descargo);
        rows_money(rows, row->saldo_cts);
        rows_int(rows, row->sin_fecha);
    }
    return rows;
}

/* Keeps the latest day of an alliance. */
static bool latest(void *arg, const struct geo_record *record)
{
    struct lag *lag = arg;
    const char *days[] = {geo_record_text(record, lag->convenio),
                          geo_record_text(record, lag->conclusion)};
    for (size_t i = 0; i < 2; i++)
        if (days[i] && strlen(days[i]) == 10 && strcmp(days[i], lag->day) > 0)
            memcpy(lag->day, days[i], sizeof lag->day);
    return true;
}

/* The day by which closings are past: as-of, else that of the data, else the latest day of an
 * alliance. Never today: an answer that is kept would grow old. */
static bool find_day(struct lag *lag, struct geo_store *store, struct err *err)
{
    struct geo_layer_info info = {0};
    const struct geo_query query = {.no_geometry = true};
    if (!lag->as_of && !geo_store_layer(store, "alianzas", &info, err))
        return false;
    const char *day = lag->as_of ? lag->as_of : info.data_date;
    if (day[0])
        memcpy(lag->day, day, sizeof lag->day);
    return day[0] || geo_store_each(store, geo_table_find("alianzas"), &query, latest, lag, err);
}

static bool make(const struct figure_args *args, struct geo_store *store,
                 struct figure_result *result, struct err *err)
{
    struct lag lag = {.as_of = figure_text(args, "as-of"), .err = err};
    struct geo_units *units = NULL;
    find_fields(&lag);
    bool ok = find_day(&lag, store, err) &&
              (units = geo_units_load(store, figure_text(args, "edition"), err)) &&
              geo_grouping_make(&lag.grouping, units, figure_group(args), "Sin municipio", err);
    lag.units = units;
    if (ok) {
        lag.rows = calloc(lag.grouping.n_rows, sizeof *lag.rows);
        ok = lag.rows || err_no_memory(err);
    }
    for (size_t i = 0; ok && i < lag.grouping.n_rows; i++)
        lag.rows[i].named = &lag.grouping.rows[i];
    ok = ok && count(&lag, store, err);
    if (ok) {
        qsort(lag.rows, lag.grouping.n_rows, sizeof *lag.rows, by_outstanding);
        json_text(&result->head, "por", figure_text(args, "by"));
        json_text(&result->head, "vencido_al", lag.day);
        buf_printf(
            &result->note,
            "Vencidas: concluían antes del %s, de hecho o según lo previsto, y les falta "
            "descargar. De las que no tienen fecha de conclusión ni prevista (sin_fecha) no se "
            "sabe.\n",
            lag.day);
        ok = figure_take_rows(result, table_of(&lag), err);
    }
    free(lag.slots);
    free(lag.rows);
    geo_grouping_free(&lag.grouping);
    geo_units_free(units);
    return ok;
}

static const struct param params[] = {
    FIGURE_BY("uo"), FIGURE_AS_OF, FIGURE_EDITION, FIGURE_DEPARTAMENTO, FIGURE_UO, {0},
};
static const char *const layers[] = {"alianzas", NULL};

const struct figure figure_lag = {
    .command = "lag",
    .path = "/lag",
    .name = "rezago",
    .title = "Rezago",
    .summary = "Lo solicitado, transferido y descargado, y las alianzas vencidas sin descargo",
    .about =
        "Cuentan las alianzas con convenio, cada una en su municipio principal. Las filas van de "
        "la que más tiene por descargar (lo transferido menos lo descargado) a la que menos. Una "
        "alianza está vencida si su fecha de conclusión o la prevista, la primera de las dos, es "
        "anterior a la fecha pedida (si no se pide, a la de los datos, o a la última de una "
        "alianza) y le falta descargar. De las que no tienen ninguna de las dos no se puede decir "
        "si están atrasadas, y se cuentan en sin_fecha.",
    .columns = "codigo nombre departamento uo alianzas solicitado_bs transferido_bs descargado_bs "
               "transferido_pct descargado_pct pendiente_bs con_saldo vencidas "
               "vencidas_sin_descargo vencido_bs sin_fecha",
    .examples = "sigg lag --by municipio --uo Chaco\n"
                "sigg lag --as-of 2022-12-31 -o rezago.xlsx\n",
    .params = params,
    .layers = layers,
    .place = FIGURE_IN_UNITS,
    .slow = figure_slow,
    .make = make,
};
