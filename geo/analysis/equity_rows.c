/* equity_rows.c - equity as tables and in words. */
#include <math.h>

#include "geo/analysis/equity.h"
#include "geo/base/number.h"

/* In data formats the parts must sum to the whole; people need four decimals. */
enum { SHARE_DECIMALS = 15, SHARE_FOR_EYES = 4 };

static double per_thousand(double value, double people)
{
    return people > 0 ? 1000 * value / people : NAN;
}

#define EQUITY_COLUMNS(decimals)                                                                   \
    {                                                                                              \
        {"grupo", 0}, {"municipios", 0}, {"excluidos", 0}, {"poblacion_rural", 0}, {"valor", 2},   \
            {"valor_excluido", 2}, {"por_mil_personas", 3}, {"participacion_poblacion", decimals}, \
            {"participacion_valor", decimals}, {"gini", decimals}, {"theil", decimals},            \
            {"theil_dentro", decimals}, {"theil_entre", decimals},                                 \
            {"indice_concentracion", decimals},                                                    \
    }
static const struct rows_column exact[] = EQUITY_COLUMNS(SHARE_DECIMALS);
static const struct rows_column for_eyes[] = EQUITY_COLUMNS(SHARE_FOR_EYES);

struct rows *geo_equity_rows(const struct geo_equity *equity, enum rows_format format)
{
    bool eyes = format == ROWS_TABLE || format == ROWS_HTML;
    struct rows *rows = rows_new(eyes ? for_eyes : exact, sizeof exact / sizeof *exact);
    const struct geo_equity_share *all = &equity->rows[equity->n_rows - 1].share;
    for (size_t i = 0; rows && i < equity->n_rows; i++) {
        const struct geo_equity_row *row = &equity->rows[i];
        rows_text(rows, row->nombre);
        rows_int(rows, (int64_t)row->share.units);
        rows_int(rows, (int64_t)row->excluded);
        rows_real(rows, row->share.people);
        rows_real(rows, row->share.value);
        rows_real(rows, row->excluded_value);
        rows_real(rows, per_thousand(row->share.value, row->share.people));
        rows_real(rows, all->people > 0 ? row->share.people / all->people : NAN);
        rows_real(rows, all->value > 0 ? row->share.value / all->value : NAN);
        rows_real(rows, row->gini);
        rows_real(rows, row->share.theil);
        rows_real(rows, row->share.within);
        rows_real(rows, row->share.between);
        rows_real(rows, row->concentration);
    }
    return rows;
}

struct rows *geo_equity_curve_rows(const struct geo_equity *equity, enum geo_equity_curve curve)
{
    static const struct rows_column columns[] = {
        {"orden", 0},
        {"codigo", 0},
        {"nombre", 0},
        {"departamento", 0},
        {"nbi_pct", 6},
        {"poblacion_rural", 0},
        {"valor", 4},
        {"por_mil_personas", 3},
        {"poblacion_acumulada", SHARE_DECIMALS},
        {"valor_acumulado", SHARE_DECIMALS},
    };
    const struct geo_equity_point *points =
        curve == GEO_EQUITY_LORENZ ? equity->lorenz : equity->concentration;
    size_t n = curve == GEO_EQUITY_LORENZ ? equity->n_lorenz : equity->n_concentration;
    struct rows *rows = rows_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; rows && i < n; i++) {
        size_t at = points[i].at;
        bool start = at >= equity->units->n;
        const struct geo_named *named = start ? NULL : &equity->units->units[at];
        double people = start ? NAN : equity->people[at], value = start ? NAN : equity->values[at];
        rows_int(rows, (int64_t)i);
        rows_text(rows, start ? NULL : named->codigo);
        rows_text(rows, start ? NULL : named->nombre);
        rows_text(rows, start || !named->departamento[0] ? NULL : named->departamento);
        rows_real(rows, start ? NAN : equity->need[at]);
        rows_real(rows, people);
        rows_real(rows, value);
        rows_real(rows, per_thousand(value, people));
        rows_real(rows, points[i].people);
        rows_real(rows, points[i].value);
    }
    return rows;
}

/* In words ---------------------------------------------------------------------- */

static const char *what_is_shared(enum geo_equity_of of)
{
    static const char *const names[] = {"familias en alianzas", "Bs comprometidos",
                                        "hectáreas netas de riego", "familias de subproyectos",
                                        "alianzas"};
    return names[of];
}

void geo_equity_describe(const struct geo_equity *equity, struct buf *out)
{
    const struct geo_equity_row *all = &equity->rows[equity->n_rows - 1];
    const char *what = what_is_shared(equity->query.of);
    buf_printf(out, "Reparto de %s entre la población rural de %zu municipios, edición %s", what,
               all->share.units, equity->edition);
    if (equity->as_of[0])
        buf_printf(out, ", al %s", equity->as_of);
    buf_puts(out, ". ");
    if (isnan(all->gini)) {
        buf_puts(out, "No hay nada que repartir: las medidas no existen.");
    } else {
        buf_puts(out, "Gini ");
        number_put_short(out, all->gini, 3);
        buf_puts(out, " (0: igual para todos; 1: todo en un lugar). Theil ");
        number_put_short(out, all->share.theil, 3);
        if (equity->n_rows > 1) {
            buf_puts(out, ", de él ");
            number_put_short(out, all->share.between, 3);
            buf_printf(out, " entre %s y ",
                       equity->query.group == GEO_BY_UO ? "unidades operativas" : "departamentos");
            number_put_short(out, all->share.within, 3);
            buf_puts(out, " dentro de ellos");
        }
        buf_puts(out, ". ");
    }
    if (!isnan(all->concentration)) {
        buf_puts(out, "Índice de concentración ");
        number_put_short(out, all->concentration, 3);
        buf_printf(out, ": los municipios de mayor NBI reciben %s que lo que toca a su población.",
                   all->concentration < 0 ? "más" : "menos");
    }
    if (all->excluded)
        buf_printf(out, " Sin población rural conocida, y por eso fuera: %zu municipios.",
                   all->excluded);
    if (all->excluded_value > 0) {
        buf_puts(out, " Fuera de las medidas quedan ");
        number_put_short(out, all->excluded_value, 2);
        buf_printf(out, " %s sin municipio o de esos municipios.", what);
    }
    if (equity->without_need)
        buf_printf(out, " Sin NBI, y fuera de la concentración: %zu municipios.",
                   equity->without_need);
}
