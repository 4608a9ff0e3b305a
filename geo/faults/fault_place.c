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
struct fault_place_rescue {
    const char *kind, *words;
    bool doubtful; /* else it is only written in another way */
};

/* The next of the kinds, which *how then is behind; NULL: none that is known. *kind, *len: its
 * word. */
static const struct fault_place_rescue *next_rescue(const char **how, const char **kind,
                                                    size_t *len)
{
    static const struct fault_place_rescue rescues[] = {
        {"invertidas", "longitud y latitud intercambiadas", true},
        {"signo", "sin su signo", true},
        {"gms", "en grados, minutos y segundos", false},
        {"coma_decimal", "con coma decimal", false},
        {"punto_perdido", "sin su punto decimal", true},
        {"utm_zona", "en UTM sin zona", true},
        {"datum", "en PSAD56", true},
        {"enlace", "en un enlace de mapa", false},
        {"vista", "en un enlace que solo muestra un mapa", true},
        {"mgrs", "en MGRS", false},
        {"codigo_plus", "como código plus", false},
        {"mercator", "en metros de Mercator", true},
    };
    *kind = *how;
    *len = strcspn(*kind, "+");
    *how = *kind + *len + ((*kind)[*len] == '+');
    for (size_t i = 0; i < sizeof rescues / sizeof *rescues; i++)
        if (strlen(rescues[i].kind) == *len && memcmp(rescues[i].kind, *kind, *len) == 0)
            return &rescues[i];
    return NULL;
}

bool fault_place_is_doubtful(const char *how)
{
    const char *kind;
    size_t len;
    while (how && *how) {
        const struct fault_place_rescue *rescue = next_rescue(&how, &kind, &len);
        if (!rescue || rescue->doubtful)
            return true;
    }
    return false;
}

void fault_place_put_rescue(struct buf *out, const char *how)
{
    const char *kind, *first = how;
    size_t len;
    while (*how) {
        const struct fault_place_rescue *rescue = next_rescue(&how, &kind, &len);
        buf_puts(out, kind == first ? "" : " y ");
        buf_put(out, rescue ? rescue->words : kind, rescue ? strlen(rescue->words) : len);
    }
}
