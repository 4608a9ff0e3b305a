/* names.c - makes plausible names of organisations, products and buyers.
 *
 * They refer to no real organisation or person.
 */
#include "data/generator/generate.h"

#include <string.h>

enum zone { HIGHLAND, VALLEY, LOWLAND, CHACO, N_ZONES };

/* Rough climate of a place; the plan has none. */
static enum zone zone_of(const struct source *source, const struct alliance *alliance)
{
    const char *uo = uo_names[alliance->uo];
    const struct town *town = &source->towns[alliance->town];
    if (strcmp(uo, "Chaco") == 0)
        return CHACO;
    if (strcmp(uo, "Beni") == 0 || strcmp(uo, "Pando") == 0)
        return LOWLAND;
    if (strcmp(uo, "Oruro") == 0)
        return HIGHLAND;
    if (strcmp(uo, "Potosí") == 0)
        return town->lon < -66 ? HIGHLAND : VALLEY;
    if (strcmp(uo, "La Paz") == 0)
        return town->lat > -15.2 && town->lon > -68.3 ? LOWLAND
               : town->lon > -67.9                    ? VALLEY
                                                      : HIGHLAND;
    if (strcmp(uo, "Cochabamba") == 0)
        return town->lat > -17.15 && town->lon > -66 ? LOWLAND : VALLEY;
    if (strcmp(uo, "Santa Cruz") == 0)
        return town->lon < -63.8 && town->lat < -17.7 ? VALLEY : LOWLAND;
    return VALLEY;
}

static const char *const crops[N_ZONES][8] = {
    {"papa", "quinua", "haba", "cebolla", "alfalfa", "cañahua", "zanahoria", "ajo"},
    {"durazno", "maíz", "tomate", "ají", "frutilla", "papa", "vid", "hortalizas"},
    {"cacao", "plátano", "cítricos", "piña", "arroz", "sandía", "café", "hortalizas"},
    {"maíz", "cítricos", "maní", "sandía", "hortalizas", "frejol", "tomate", "forraje"},
};
static const char *const herds[N_ZONES][3] = {
    {"ganado camélido", "ganado ovino", "ganado lechero"},
    {"ganado lechero", "ganado bovino", "ganado caprino"},
    {"ganado bovino", "ganado lechero", "ganado bovino"},
    {"ganado bovino", "ganado caprino", "ganado bovino"},
};
static const char *const fishes[N_ZONES] = {"trucha", "trucha", "pacú y tambaquí", "tilapia"};

static const char *const kinds[] = {
    "Asociación de Productores",          "Asociación de Productores Agropecuarios",
    "Asociación Integral de Productores", "Asociación Comunitaria de Productores",
    "Organización de Productores",        "Asociación de Mujeres Productoras",
    "Asociación de Pequeños Productores", "Cooperativa Agropecuaria",
};
static const char *const dedications[] = {
    "San Isidro",    "Nueva Esperanza", "Virgen de Guadalupe", "El Progreso", "Santa Rosa",
    "Los Andes",     "Unión y Trabajo", "Tierra Fértil",       "San Antonio", "Flor del Campo",
    "Villa Alegre",  "Agua Viva",       "El Porvenir",         "San Pedro",   "Nuevo Amanecer",
    "Sumaj Llajta",  "Pachamama",       "Inti Raymi",          "Yaku Kawsay", "Santa Bárbara",
    "1.º de Mayo",   "2 de Agosto",     "La Candelaria",       "San José",    "El Vergel",
    "Valle Hermoso", "Monte Verde",     "Suma Qamaña",         "Jallalla",    "Ñandereko",
};
static const char *const buyers[] = {
    "Mercado campesino de",     "Acopiadora de alimentos de",   "Feria regional de",
    "Centro de acopio de",      "Comercializadora agrícola de", "Tiendas de barrio de",
    "Procesadora artesanal de", "Desayuno escolar de",          "Mayoristas del mercado de",
    "Red de consumidores de",
};

/* Up to the parenthesis: "Charagua (Autonomía…)" is Charagua. */
const char *town_short_name(const struct town *town, char *room, size_t size)
{
    size_t n = strcspn(town->nombre, "(");
    while (n > 0 && town->nombre[n - 1] == ' ')
        n--;
    snprintf(room, size, "%.*s", (int)n, town->nombre);
    return room;
}

void names_of(const struct source *source, const struct alliance *alliance, struct rng *rng,
              char name[160], char opp[160], char buyer[160])
{
    enum zone zone = zone_of(source, alliance);
    const struct town *town = &source->towns[alliance->town];
    const char *crop = crops[zone][rng_below(rng, 8)], *herd = herds[zone][rng_below(rng, 3)];
    const char *product = crop;
    char room[80];
    town_short_name(town, room, sizeof room);
    switch (alliance->rubro) {
    case 0:
        snprintf(name, 160, "Producción de %s con riego tecnificado, %s", crop, room);
        break;
    case 1:
        product = herd;
        snprintf(name, 160, "Agua para %s, %s", herd, room);
        break;
    case 2:
        product = "miel";
        snprintf(name, 160, "Producción de miel de abeja, %s", room);
        break;
    case 3:
        product = fishes[zone];
        snprintf(name, 160, "Cría de %s en estanques, %s", product, room);
        break;
    default:
        product = rng_unit(rng) < 0.7 ? crop : herd;
        snprintf(name, 160, "Producción y venta de %s, %s", product, room);
    }
    /* One draw a statement: the order of arguments is the compiler's. */
    const char *kind = kinds[rng_below(rng, COUNT(kinds))];
    const char *dedication = dedications[rng_below(rng, COUNT(dedications))];
    const char *market = buyers[rng_below(rng, COUNT(buyers))];
    const char *place = rng_unit(rng) < 0.5 ? room : town->departamento;
    snprintf(opp, 160, "%s de %s «%s»", kind, product, dedication);
    snprintf(buyer, 160, "%s %s", market, place);
}
