/* fault_place.c - tells of records that lie where somebody should look. */
#include "geo/faults/fault_place.h"

#include <math.h>
#include <string.h>

#include "geo/base/number.h"

bool fault_place_is(const struct fault_place *place, enum fault_place_kind kind)
{
    return place->kinds & 1U << kind;
}

enum fault_place_kind fault_place_kind_of(const struct fault_place *place)
{
    enum fault_place_kind kind = FAULT_PLACE_ELSEWHERE;
    while (kind < FAULT_PLACE_RESCUED && !fault_place_is(place, kind))
        kind++;
    return kind;
}

size_t fault_place_count(const struct fault_place *places, size_t n, enum fault_place_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += fault_place_is(&places[i], kind);
    return count;
}

void fault_place_put_km(struct buf *out, double km)
{
    if (isnan(km))
        return;
    buf_puts(out, km < 0.1 ? "menos de " : "");
    number_put_short(out, fmax(km, 0.1), km < 100 ? 1 : 0);
    buf_puts(out, " km");
}

void fault_place_put_lonlat(struct buf *out, const struct fault_place *place)
{
    buf_put_fixed(out, place->lat_deg, 5);
    buf_puts(out, ", ");
    buf_put_fixed(out, place->lon_deg, 5);
}

/* What the words of the field «rescate» mean (geo/place/rescue.h). */
static const char *words_of_rescue(const char *kind, size_t len)
{
    static const char *const words[][2] = {
        {"invertidas", "longitud y latitud intercambiadas"},
        {"signo", "sin su signo"},
        {"gms", "en grados, minutos y segundos"},
        {"coma_decimal", "con coma decimal"},
        {"punto_perdido", "sin su punto decimal"},
        {"utm_zona", "en UTM sin zona"},
        {"datum", "en PSAD56"},
        {"enlace", "en un enlace de mapa"},
        {"vista", "en un enlace que solo muestra un mapa"},
        {"mgrs", "en MGRS"},
        {"codigo_plus", "como código plus"},
        {"mercator", "en metros de Mercator"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i][0]) == len && memcmp(words[i][0], kind, len) == 0)
            return words[i][1];
    return NULL;
}

void fault_place_put_rescue(struct buf *out, const char *how)
{
    for (const char *kind = how; *kind;) {
        size_t len = strcspn(kind, "+");
        const char *words = words_of_rescue(kind, len);
        buf_puts(out, kind == how ? "" : " y ");
        buf_put(out, words ? words : kind, words ? strlen(words) : len);
        kind += len + (kind[len] == '+');
    }
}
